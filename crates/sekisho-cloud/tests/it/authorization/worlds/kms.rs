//! KMS: keys whose policies name the neighbour and the guest beside the account.

use serde_json::{Value as Json, json};

use super::{ADMIN, HOME, NUMBER, text, with};
use crate::authorization::callers::named;
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

/// What the cases are about.
struct World {
    /// A key with an alias, tags, rotation and a grant.
    key: String,
    /// Another like it, with nothing.
    other: String,
    disabled: String,
    /// A key that is to be deleted.
    going: String,
    /// Something sealed under the key.
    sealed: Json,
    grant: Json,
}

/// The policy of every key here.
pub(super) fn policy() -> Json {
    let account = json!({ "AWS": format!("arn:aws:iam::{NUMBER}:root") });
    let allow = |principal: &Json| json!({ "Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*" });
    json!({ "Version": "2012-10-17", "Statement": [allow(&account), allow(&named(HOME))] })
}

/// Makes a key and gives its ARN.
pub(super) fn key(rig: &mut Rig) -> String {
    let made = rig.tell(ADMIN, "kms:CreateKey", json!({ "Policy": policy().to_string() }));
    text(&made["KeyMetadata"]["Arn"])
}

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let [key, other, disabled, going] = [(); 4].map(|()| key(rig));
    let tell = |rig: &mut Rig, operation: &str, key: &str, more: Json| {
        rig.tell(ADMIN, &format!("kms:{operation}"), with(json!({ "KeyId": key }), more))
    };
    tell(rig, "DisableKey", &disabled, json!({}));
    tell(rig, "ScheduleKeyDeletion", &going, json!({}));
    tell(rig, "EnableKeyRotation", &key, json!({}));
    tell(rig, "TagResource", &key, json!({ "Tags": [{ "TagKey": "team", "TagValue": "a" }] }));
    let alias = json!({ "AliasName": "alias/app", "TargetKeyId": key });
    rig.tell(ADMIN, "kms:CreateAlias", alias);
    let sealed = tell(rig, "Encrypt", &key, json!({ "Plaintext": "AAAA" }));
    let grant = json!({ "GranteePrincipal": grantee(), "Operations": ["Decrypt"] });
    let grant = tell(rig, "CreateGrant", &key, grant);
    let sealed = sealed["CiphertextBlob"].clone();
    let world = World { key, other, disabled, going, sealed, grant };
    [upkeep(&world), use_of_keys(&world), naming(&world), grants(&world)]
        .into_iter()
        .flatten()
        .collect()
}

fn grantee() -> String {
    format!("arn:aws:iam::{NUMBER}:user/admin")
}

fn of(operation: &'static str, key: &str, more: Json) -> Case {
    Case::of(operation, with(json!({ "KeyId": key }), more))
}

const ONLY_AT_HOME: &str = "not across accounts, whatever the key policy says (KMS API Reference, \"Cross-account use: No\")";

const ALIAS: &str = "the alias is asked too, and has no policy: only identity policies allow it";
const RETIRING: &str = "neither key policies nor RCPs decide about it (KMS Developer Guide, \"Retiring and \
    revoking grants\"; Organizations User Guide, \"Resource control policies\")";

fn upkeep(world: &World) -> Vec<Case> {
    let World { key, other, disabled, going, .. } = world;
    let policy = || json!({ "Policy": policy().to_string() });
    let tags = || json!({ "Tags": [{ "TagKey": "team", "TagValue": "b" }] });
    vec![
        Case::of("kms:CreateKey", json!({})),
        Case::of("kms:CreateKey", tags()).variant("with tags"),
        of("kms:CancelKeyDeletion", going, json!({})).note(ONLY_AT_HOME),
        of("kms:DescribeKey", key, json!({})),
        of("kms:DisableKey", key, json!({})).note(ONLY_AT_HOME),
        of("kms:EnableKey", disabled, json!({})).note(ONLY_AT_HOME),
        of("kms:EnableKeyRotation", other, json!({})).note(ONLY_AT_HOME),
        of("kms:DisableKeyRotation", key, json!({})).note(ONLY_AT_HOME),
        of("kms:GetKeyRotationStatus", key, json!({})),
        of("kms:ListKeyRotations", key, json!({})).note(ONLY_AT_HOME),
        of("kms:RotateKeyOnDemand", key, json!({})).note(ONLY_AT_HOME),
        of("kms:ScheduleKeyDeletion", other, json!({})).note(ONLY_AT_HOME),
        of("kms:UpdateKeyDescription", key, json!({ "Description": "x" })).note(ONLY_AT_HOME),
        of("kms:GetKeyPolicy", key, json!({})).note(ONLY_AT_HOME),
        of("kms:ListKeyPolicies", key, json!({})).note(ONLY_AT_HOME),
        of("kms:PutKeyPolicy", key, policy()).note(ONLY_AT_HOME),
        of("kms:TagResource", key, tags()).note(ONLY_AT_HOME),
        of("kms:UntagResource", key, json!({ "TagKeys": ["team"] })).note(ONLY_AT_HOME),
        of("kms:ListResourceTags", key, json!({})).note(ONLY_AT_HOME),
        Case::of("kms:ListKeys", json!({})),
    ]
}

fn use_of_keys(world: &World) -> Vec<Case> {
    let World { key, other, sealed, .. } = world;
    let data_key = || json!({ "KeySpec": "AES_256" });
    let again = json!({ "CiphertextBlob": sealed, "DestinationKeyId": other });
    vec![
        of("kms:Encrypt", key, json!({ "Plaintext": "AAAA" })),
        Case::of("kms:Decrypt", json!({ "CiphertextBlob": sealed })),
        Case::of("kms:ReEncrypt", again),
        of("kms:GenerateDataKey", key, data_key()),
        of("kms:GenerateDataKeyWithoutPlaintext", key, data_key()),
        Case::of("kms:GenerateRandom", json!({ "NumberOfBytes": 8 })),
    ]
}

fn naming(world: &World) -> Vec<Case> {
    let World { key, other, .. } = world;
    let alias = |name: &str, key: &str| json!({ "AliasName": name, "TargetKeyId": key });
    vec![
        Case::of("kms:CreateAlias", alias("alias/new", key)).note(ALIAS),
        Case::of("kms:UpdateAlias", alias("alias/app", other)).note(ALIAS),
        Case::of("kms:DeleteAlias", json!({ "AliasName": "alias/app" })).note(ALIAS),
        Case::of("kms:ListAliases", json!({})),
    ]
}

fn grants(world: &World) -> Vec<Case> {
    let World { key, grant, .. } = world;
    let id = || json!({ "GrantId": grant["GrantId"] });
    let new = json!({ "GranteePrincipal": grantee(), "Operations": ["Encrypt"] });
    vec![
        of("kms:CreateGrant", key, new),
        of("kms:ListGrants", key, json!({})),
        of("kms:RevokeGrant", key, id()),
        of("kms:RetireGrant", key, id()).note(RETIRING),
        Case::of("kms:ListRetirableGrants", json!({ "RetiringPrincipal": grantee() })),
    ]
}
