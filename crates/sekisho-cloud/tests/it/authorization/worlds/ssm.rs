//! The Parameter Store: a plain parameter, one under the key aws/ssm, and one under a key of its own.

use serde_json::{Value as Json, json};

use super::{ADMIN, HOME, kms, with};
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

fn put(name: &str, kind: &str, more: Json) -> Json {
    with(json!({ "Name": name, "Type": kind, "Value": "v" }), more)
}

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let key = kms::key(rig);
    let tags = || json!({ "Tags": [{ "Key": "t", "Value": "1" }] });
    for parameter in [
        put("/app/plain", "String", tags()),
        put("/app/sealed", "SecureString", json!({ "KeyId": key })),
    ] {
        rig.tell(ADMIN, "ssm:PutParameter", parameter);
    }
    [plain(), sealed(&key), tagging()].into_iter().flatten().collect()
}

fn plain() -> Vec<Case> {
    let name = || json!({ "Name": "/app/plain" });
    let names = || json!({ "Names": ["/app/plain"] });
    vec![
        Case::of("ssm:PutParameter", put("/app/new", "String", json!({}))),
        Case::of("ssm:GetParameter", name()),
        Case::of("ssm:GetParameters", names()),
        Case::of("ssm:GetParametersByPath", json!({ "Path": "/app" })),
        Case::of("ssm:GetParameterHistory", name()),
        Case::of("ssm:LabelParameterVersion", with(name(), json!({ "Labels": ["live"] }))),
        Case::of(
            "ssm:UnlabelParameterVersion",
            with(name(), json!({ "ParameterVersion": 1, "Labels": ["live"] })),
        ),
        Case::of("ssm:DescribeParameters", json!({})),
        Case::of("ssm:DeleteParameter", name()),
        Case::of("ssm:DeleteParameters", names()),
    ]
}

fn sealed(key: &str) -> Vec<Case> {
    let secret = json!({ "Name": "/app/sealed", "WithDecryption": true });
    let new = put("/app/new", "SecureString", json!({ "KeyId": key }));
    let key_is_asked = "the key is asked too, as the same caller: kms:Decrypt, or kms:Encrypt";
    let (opened, own) = ("with decryption", "under a key of its own");
    vec![
        Case::of("ssm:GetParameter", secret).variant(opened).note(key_is_asked),
        Case::of("ssm:PutParameter", new).variant(own).note(key_is_asked),
    ]
}

fn tagging() -> Vec<Case> {
    let of = || json!({ "ResourceType": "Parameter", "ResourceId": "/app/plain" });
    let tags = || json!({ "Tags": [{ "Key": "t", "Value": "2" }] });
    vec![
        Case::of("ssm:AddTagsToResource", with(of(), tags())),
        Case::of("ssm:RemoveTagsFromResource", with(of(), json!({ "TagKeys": ["t"] }))),
        Case::of("ssm:ListTagsForResource", of()),
        Case::of("ssm:PutParameter", put("/app/new", "String", tags())).variant("with tags"),
    ]
}
