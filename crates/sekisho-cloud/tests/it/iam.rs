//! IAM through the gate.

use serde_json::json;

use crate::rig::Rig;

#[test]
fn a_user_is_made_seen_and_remembered() {
    let mut rig = Rig::new();
    let made =
        rig.tell("tools/admin", "iam:CreateUser", json!({ "UserName": "Alice", "Path": "/dev/" }));
    assert_eq!(made["User"]["Arn"], "arn:aws:iam::111111111111:user/dev/Alice");
    rig.restart();
    let seen = rig.tell("tools/admin", "iam:GetUser", json!({ "UserName": "alice" }));
    assert_eq!(seen["User"], made["User"]);
    let twice = rig.refused("tools/admin", "iam:CreateUser", json!({ "UserName": "ALICE" }));
    assert_eq!(twice, "EntityAlreadyExists: User with name ALICE already exists.");
    rig.verify();
}

#[test]
fn a_user_without_policies_is_refused_and_the_refusal_is_recorded() {
    let mut rig = Rig::new();
    rig.user("tools/mallory", None);
    let text = rig.refused("tools/mallory", "iam:GetUser", json!({ "UserName": "admin" }));
    assert_eq!(
        text,
        "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to perform: \
         iam:GetUser on resource: user admin because no identity-based policy allows the iam:GetUser action"
    );
    let call = &rig.last_record()["calls"][0];
    assert_eq!(call["outcome"], "AccessDenied");
    assert_eq!(call["asked"][0]["resource"], "arn:aws:iam::111111111111:user/admin");
    rig.verify();
}

#[test]
fn who_am_i_needs_no_permission() {
    let mut rig = Rig::new();
    rig.user("staging/nobody", None);
    let reply = rig.tell("staging/nobody", "sts:GetCallerIdentity", json!({}));
    assert_eq!(reply["Arn"], "arn:aws:iam::222222222222:user/nobody");
}
