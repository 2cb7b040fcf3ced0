//! Instance profiles of IAM through the gate.

use serde_json::{Value as Json, json};

use crate::iam_roles::{denial, make_role, statement};
use crate::rig::Rig;

const ADMIN: &str = "tools/admin";

fn both(role: &str) -> Json {
    json!({ "InstanceProfileName": "web", "RoleName": role })
}

fn tagged(mut more: Json) -> Json {
    more["InstanceProfileName"] = json!("web");
    more
}

#[test]
fn a_profile_is_tagged() {
    let mut rig = Rig::new();
    let tag = json!({ "Key": "Team", "Value": "a" });
    rig.tell(ADMIN, "iam:CreateInstanceProfile", tagged(json!({ "Tags": [tag] })));
    let other = json!({ "Key": "team", "Value": "b" });
    rig.tell(ADMIN, "iam:TagInstanceProfile", tagged(json!({ "Tags": [other] })));
    let list = rig.tell(ADMIN, "iam:ListInstanceProfileTags", tagged(json!({})));
    assert_eq!(list["Tags"], json!([other]));
    rig.tell(ADMIN, "iam:UntagInstanceProfile", tagged(json!({ "TagKeys": ["TEAM"] })));
    let list = rig.tell(ADMIN, "iam:ListInstanceProfileTags", tagged(json!({})));
    assert_eq!(list["Tags"], json!([]));
    rig.verify();
}

#[test]
fn a_profile_holds_one_role() {
    let mut rig = Rig::new();
    let name = json!({ "InstanceProfileName": "web" });
    let made =
        rig.tell(ADMIN, "iam:CreateInstanceProfile", name.clone())["InstanceProfile"].clone();
    assert_eq!(made["Arn"], "arn:aws:iam::111111111111:instance-profile/web");
    assert_eq!((&made["Roles"], &made["Tags"]), (&json!([]), &Json::Null));
    assert_eq!(
        rig.refused(ADMIN, "iam:CreateInstanceProfile", json!({ "InstanceProfileName": "WEB" })),
        "EntityAlreadyExists: Instance Profile WEB already exists."
    );
    ["one", "two"].iter().for_each(|role| drop(make_role(&mut rig, role)));
    rig.tell(ADMIN, "iam:AddRoleToInstanceProfile", both("one"));
    assert_eq!(
        rig.refused(ADMIN, "iam:AddRoleToInstanceProfile", both("two")),
        "LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
    );
    rig.restart();
    let seen = rig.tell(ADMIN, "iam:GetInstanceProfile", name.clone())["InstanceProfile"].clone();
    assert_eq!((&seen["Roles"][0]["RoleName"], &seen["Tags"]), (&json!("one"), &json!([])));
    let of_role = rig.tell(ADMIN, "iam:ListInstanceProfilesForRole", json!({ "RoleName": "one" }));
    assert_eq!(of_role["InstanceProfiles"][0]["InstanceProfileId"], made["InstanceProfileId"]);
    let of_other = rig.tell(ADMIN, "iam:ListInstanceProfilesForRole", json!({ "RoleName": "two" }));
    assert_eq!(of_other["InstanceProfiles"], json!([]));
    let list = rig.tell(ADMIN, "iam:ListInstanceProfiles", json!({}));
    assert_eq!(list["InstanceProfiles"][0]["InstanceProfileName"], "web");
    assert_eq!(
        rig.refused(ADMIN, "iam:DeleteInstanceProfile", name.clone()),
        "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    );
    assert_eq!(
        rig.refused(ADMIN, "iam:RemoveRoleFromInstanceProfile", both("two")),
        "NoSuchEntity: Role two in Instance Profile web cannot be found."
    );
    rig.tell(ADMIN, "iam:RemoveRoleFromInstanceProfile", both("one"));
    rig.tell(ADMIN, "iam:DeleteInstanceProfile", name.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:GetInstanceProfile", name),
        "NoSuchEntity: Instance Profile web cannot be found."
    );
    rig.verify();
}

#[test]
fn who_adds_a_role_must_be_allowed_to_pass_it() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "iam:CreateInstanceProfile", json!({ "InstanceProfileName": "web" }));
    make_role(&mut rig, "one");
    rig.user(
        "tools/mallory",
        Some(&statement(json!({ "Action": "iam:AddRole*", "Resource": "*" }))),
    );
    let told = rig.refused("tools/mallory", "iam:AddRoleToInstanceProfile", both("one"));
    assert_eq!(told, denial("PassRole", "arn:aws:iam::111111111111:role/one"));
    let to_ec2 = json!({ "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" } });
    let pass = statement(json!({ "Action": "iam:PassRole", "Resource": "*", "Condition": to_ec2 }));
    let put =
        json!({ "UserName": "mallory", "PolicyName": "pass", "PolicyDocument": pass.to_string() });
    rig.tell(ADMIN, "iam:PutUserPolicy", put);
    rig.tell("tools/mallory", "iam:AddRoleToInstanceProfile", both("one"));
    rig.verify();
}

#[test]
fn every_operation_asks_and_a_denial_calls_the_profile_as_iam_does() {
    let mut rig = Rig::new();
    rig.user("tools/mallory", None);
    let name = json!({ "InstanceProfileName": "web" });
    let calls = [
        ("AddRoleToInstanceProfile", both("one")),
        ("DeleteInstanceProfile", name.clone()),
        ("GetInstanceProfile", name.clone()),
        ("ListInstanceProfileTags", name.clone()),
        ("RemoveRoleFromInstanceProfile", both("one")),
        ("TagInstanceProfile", tagged(json!({ "Tags": [{ "Key": "a", "Value": "b" }] }))),
        ("UntagInstanceProfile", tagged(json!({ "TagKeys": ["a"] }))),
    ];
    for (operation, input) in calls {
        let told = rig.refused("tools/mallory", &format!("iam:{operation}"), input);
        assert_eq!(told, denial(operation, "instance profile web"));
    }
    // A new one is called by its ARN. Seen in eksctl's and Terraform's reports of AWS's answers.
    let told = rig.refused("tools/mallory", "iam:CreateInstanceProfile", name);
    let arn = "arn:aws:iam::111111111111:instance-profile/web";
    assert_eq!(told, denial("CreateInstanceProfile", arn));
    let told = rig.refused("tools/mallory", "iam:ListInstanceProfiles", json!({}));
    assert_eq!(told, denial("ListInstanceProfiles", "arn:aws:iam::111111111111:instance-profile/"));
    rig.verify();
}
