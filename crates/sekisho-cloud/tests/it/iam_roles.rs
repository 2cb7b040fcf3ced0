//! Roles of IAM through the gate.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

/// A trust policy that lets a principal assume the role.
fn trust(principal: &Json) -> String {
    let statement =
        json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

#[test]
fn a_role_is_made_and_seen() {
    let mut rig = Rig::new();
    let trust = trust(&json!({ "AWS": "222222222222" }));
    let input = json!({
        "RoleName": "Deploy", "Path": "/pipeline/", "AssumeRolePolicyDocument": trust,
        "Description": "deploys", "Tags": [{ "Key": "stage", "Value": "test" }]
    });
    let made = rig.tell("tools/admin", "iam:CreateRole", input)["Role"].clone();
    assert_eq!(made["Arn"], "arn:aws:iam::111111111111:role/pipeline/Deploy");
    assert_eq!(made["AssumeRolePolicyDocument"], encoded(&trust));
    assert_eq!((&made["Description"], &made["MaxSessionDuration"]), (&Json::Null, &Json::Null));
    rig.restart();
    let seen = rig.tell("tools/admin", "iam:GetRole", json!({ "RoleName": "Deploy" }));
    let seen = &seen["Role"];
    assert_eq!((&seen["RoleId"], &seen["Tags"]), (&made["RoleId"], &made["Tags"]));
    assert_eq!(
        (&seen["Description"], &seen["MaxSessionDuration"]),
        (&json!("deploys"), &json!(3600))
    );
    rig.verify();
}
