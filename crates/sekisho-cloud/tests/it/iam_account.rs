//! What an account is told about itself as a whole.

use serde_json::{Value, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

fn names<'a>(reply: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    reply[list].as_array().unwrap().iter().map(|one| one[member].as_str().unwrap()).collect()
}

fn policy(action: &str) -> String {
    json!({ "Version": "2012-10-17",
            "Statement": { "Effect": "Allow", "Action": action, "Resource": "*" } })
    .to_string()
}

/// A user in a group, a role in a profile, a policy of two versions.
fn furnished() -> Rig {
    let mut rig = Rig::new();
    let trust = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::111111111111:user/admin" },
        "Action": "sts:AssumeRole" } });
    let own = "arn:aws:iam::111111111111:policy/own";
    for (operation, input) in [
        ("CreateUser", json!({ "UserName": "alice", "Tags": [{ "Key": "k", "Value": "v" }] })),
        ("CreateGroup", json!({ "GroupName": "g" })),
        ("AddUserToGroup", json!({ "GroupName": "g", "UserName": "alice" })),
        (
            "PutGroupPolicy",
            json!({ "GroupName": "g", "PolicyName": "p", "PolicyDocument": policy("s3:*") }),
        ),
        ("CreatePolicy", json!({ "PolicyName": "own", "PolicyDocument": policy("kms:*") })),
        ("CreatePolicyVersion", json!({ "PolicyArn": own, "PolicyDocument": policy("sqs:*") })),
        ("PutUserPermissionsBoundary", json!({ "UserName": "alice", "PermissionsBoundary": own })),
        ("CreateRole", json!({ "RoleName": "r", "AssumeRolePolicyDocument": trust.to_string() })),
        ("AttachRolePolicy", json!({ "RoleName": "r", "PolicyArn": own })),
        ("CreateInstanceProfile", json!({ "InstanceProfileName": "i" })),
        ("AddRoleToInstanceProfile", json!({ "InstanceProfileName": "i", "RoleName": "r" })),
    ] {
        rig.tell(ADMIN, &format!("iam:{operation}"), input);
    }
    rig
}

#[test]
fn an_account_is_counted() {
    let mut rig = furnished();
    let summary = rig.tell(ADMIN, "iam:GetAccountSummary", json!({}));
    let map = &summary["SummaryMap"];
    for (name, count) in [
        ("Users", 2),
        ("Groups", 1),
        ("Roles", 1),
        ("InstanceProfiles", 1),
        ("Policies", 1),
        ("PolicyVersionsInUse", 2),
        ("MFADevices", 0),
        ("AccessKeysPerUserQuota", 2),
        ("AssumeRolePolicySizeQuota", 2_048),
        ("GroupPolicySizeQuota", 5_120),
        ("PoliciesQuota", 1_500),
        ("RolePolicySizeQuota", 10_240),
        ("UserPolicySizeQuota", 2_048),
        ("UsersQuota", 5_000),
        ("VersionsPerPolicyQuota", 5),
    ] {
        assert_eq!(map[name], count, "{name}");
    }
    assert_eq!(map.as_object().unwrap().len(), 34);
}

#[test]
fn an_account_is_told_in_all_detail() {
    let mut rig = furnished();
    let told = rig.tell(ADMIN, "iam:GetAccountAuthorizationDetails", json!({}));
    assert_eq!(names(&told, "UserDetailList", "UserName"), ["admin", "alice"]);
    let alice = &told["UserDetailList"][1];
    assert_eq!(alice["GroupList"], json!(["g"]));
    assert_eq!(alice["UserPolicyList"], json!([]));
    assert_eq!(alice["Tags"], json!([{ "Key": "k", "Value": "v" }]));
    let text = told["GroupDetailList"][0]["GroupPolicyList"][0]["PolicyDocument"].as_str().unwrap();
    assert!(text.starts_with("%7B%22"), "{text}");
    let role = &told["RoleDetailList"][0];
    assert_eq!(role["InstanceProfileList"][0]["Roles"][0]["RoleName"], "r");
    assert_eq!(role["RoleLastUsed"], json!({}));
    assert_eq!(role["AttachedManagedPolicies"][0]["PolicyName"], "own");
    assert_eq!(names(&told, "Policies", "PolicyName"), ["own", "AdministratorAccess"]);
    let own = &told["Policies"][0];
    assert_eq!(
        (&own["AttachmentCount"], &own["PermissionsBoundaryUsageCount"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(names(own, "PolicyVersionList", "VersionId"), ["v2", "v1"]);
    assert_eq!(told["Policies"][1]["Arn"], ADMINISTRATOR);
    rig.verify();
}

#[test]
fn the_details_come_in_pages_and_by_kind() {
    let mut rig = furnished();
    let mut marker = Value::Null;
    let mut seen = Vec::new();
    for _ in 0..6 {
        let mut ask = json!({ "MaxItems": 1 });
        if marker.is_string() {
            ask["Marker"] = marker;
        }
        let page = rig.tell(ADMIN, "iam:GetAccountAuthorizationDetails", ask);
        for list in ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
            let items = page[list].as_array().unwrap();
            seen.extend(items.iter().map(|one| one["Arn"].as_str().unwrap().to_owned()));
        }
        marker = page["Marker"].clone();
    }
    assert_eq!(marker, Value::Null);
    let whole: Vec<_> = ["user/admin", "user/alice", "group/g", "role/r", "policy/own"]
        .iter()
        .map(|name| format!("arn:aws:iam::111111111111:{name}"))
        .chain([ADMINISTRATOR.to_owned()])
        .collect();
    assert_eq!(seen, whole);
    let some = json!({ "Filter": ["Group", "AWSManagedPolicy"] });
    let told = rig.tell(ADMIN, "iam:GetAccountAuthorizationDetails", some);
    assert_eq!((told["UserDetailList"].clone(), &told["RoleDetailList"]), (json!([]), &json!([])));
    assert_eq!(names(&told, "GroupDetailList", "GroupName"), ["g"]);
    assert_eq!(names(&told, "Policies", "PolicyName"), ["AdministratorAccess"]);
}

#[test]
fn an_account_is_not_told_to_everybody() {
    let mut rig = Rig::new();
    rig.user("tools/mallory", None);
    for operation in ["GetAccountSummary", "GetAccountAuthorizationDetails"] {
        let action = format!("iam:{operation}");
        assert_eq!(
            rig.refused("tools/mallory", &action, json!({})),
            format!(
                "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to \
                 perform: {action} on resource: * because no identity-based policy allows the \
                 {action} action"
            )
        );
    }
}
