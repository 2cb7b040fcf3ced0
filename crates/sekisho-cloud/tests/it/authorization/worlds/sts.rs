//! STS: roles that trust the account, the neighbour and the guest.

use sekisho_cloud::dice::Dice;
use sekisho_cloud::services::sts::message::{AuthorizationMessage, Items, Refused, RequestContext};
use sekisho_cloud::vault::VaultOf;
use serde_json::json;

use super::{ADMIN, HOME, NUMBER, with};
use crate::authorization::callers::named;
use crate::authorization::case::{Case, Setting};
use crate::rig::{Rig, root_key};

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let own = json!({ "AWS": format!("arn:aws:iam::{NUMBER}:root") });
    for (name, principals) in [("trusting", vec![own, named(HOME)]), ("distrusting", Vec::new())] {
        let mut statements = vec![json!({
            "Effect": "Allow", "Principal": { "Service": "codebuild.amazonaws.com" },
            "Action": "sts:AssumeRole",
        })];
        let actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
        statements.extend(principals.into_iter().map(
            |principal| json!({ "Effect": "Allow", "Principal": principal, "Action": actions }),
        ));
        let trust = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        let role = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
        rig.tell(ADMIN, "iam:CreateRole", role);
    }
    cases()
}

const NO_SESSION: &str = "sessions do not get sessions (STS API Reference)";
const NOT_BY_ROOT: &str = "root users assume no roles (STS API Reference, \"AssumeRole\")";
const BY_TOKEN: &str = "sessions of GetSessionToken reach AssumeRole and GetCallerIdentity alone (STS API \
    Reference, \"GetSessionToken\")";
const OPEN: &str = "no permission is needed, and none can be taken away (STS API Reference)";

fn cases() -> Vec<Case> {
    let role = |name: &str| {
        let arn = format!("arn:aws:iam::{NUMBER}:role/{name}");
        json!({ "RoleArn": arn, "RoleSessionName": "s" })
    };
    let assume = |more| Case::of("sts:AssumeRole", with(role("trusting"), more));
    let tags = || json!({ "Tags": [{ "Key": "team", "Value": "a" }] });
    let federate = |more| Case::of("sts:GetFederationToken", with(json!({ "Name": "x" }), more));
    vec![
        assume(json!({})).note(NOT_BY_ROOT),
        assume(tags()).variant("with tags"),
        assume(json!({ "SourceIdentity": "alice" })).variant("with a source identity"),
        Case::of("sts:AssumeRole", role("distrusting"))
            .variant("of a role that trusts none of them")
            .ends_in("AccessDenied"),
        Case::of("sts:DecodeAuthorizationMessage", json!({ "EncodedMessage": message() }))
            .note(BY_TOKEN),
        Case::of("sts:GetAccessKeyInfo", json!({ "AccessKeyId": "ASIAQNZGKIQY56JQ7WML" })),
        Case::of("sts:GetCallerIdentity", json!({})).note(OPEN),
        federate(json!({})).note(NO_SESSION),
        federate(tags()).variant("with tags"),
        Case::of("sts:GetSessionToken", json!({})).note(NO_SESSION),
    ]
}

/// The message of a refusal in the account, as a service that encodes them does.
fn message() -> String {
    let message = AuthorizationMessage {
        allowed: false,
        explicit_deny: true,
        context: RequestContext {
            principal: Refused { id: "AIDA1".into(), name: None, arn: "arn".into() },
            action: "ec2:RunInstances".into(),
            resource: "*".into(),
            conditions: Items { items: Vec::new() },
        },
    };
    let vault = root_key().vault(VaultOf::Messages);
    message.encode(NUMBER.parse().unwrap(), &vault, &mut Dice::new(&[7; 32])).unwrap()
}
