//! Managed policies of IAM, the customers' and AWS's, through the gate.

use serde_json::{Value as Json, json};

use crate::iam_roles::{denial, encoded, make_role, statement};
use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const ARN: &str = "arn:aws:iam::111111111111:policy/ci/deploy";

fn allow(action: &str) -> String {
    statement(json!({ "Action": action, "Resource": "*" })).to_string()
}

fn make(rig: &mut Rig) -> Json {
    let input = json!({ "PolicyName": "deploy", "Path": "/ci/", "Description": "deploys",
                        "PolicyDocument": allow("iam:GetRole") });
    rig.tell(ADMIN, "iam:CreatePolicy", input)["Policy"].clone()
}

fn versions(rig: &mut Rig) -> Vec<String> {
    let list = rig.tell(ADMIN, "iam:ListPolicyVersions", json!({ "PolicyArn": ARN }));
    let ids = list["Versions"].as_array().unwrap().iter().map(|one| one["VersionId"].as_str());
    ids.map(|id| id.unwrap().to_owned()).collect()
}

#[test]
fn a_policy_is_made_and_seen() {
    let mut rig = Rig::new();
    let made = make(&mut rig);
    assert_eq!((&made["Arn"], &made["DefaultVersionId"]), (&json!(ARN), &json!("v1")));
    assert_eq!((&made["Description"], &made["Tags"]), (&Json::Null, &Json::Null));
    let twice = json!({ "PolicyName": "DEPLOY", "PolicyDocument": allow("s3:*") });
    assert_eq!(
        rig.refused(ADMIN, "iam:CreatePolicy", twice),
        "EntityAlreadyExists: A policy called DEPLOY already exists. Duplicate names are not allowed."
    );
    let bad = json!({ "PolicyName": "bad", "PolicyDocument": "{" });
    let told = rig.refused(ADMIN, "iam:CreatePolicy", bad);
    assert!(told.starts_with("MalformedPolicyDocument: "), "{told}");
    rig.restart();
    let seen = rig.tell(ADMIN, "iam:GetPolicy", json!({ "PolicyArn": ARN }))["Policy"].clone();
    assert_eq!((&seen["PolicyId"], &seen["Tags"]), (&made["PolicyId"], &json!([])));
    assert_eq!((&seen["Description"], &seen["AttachmentCount"]), (&json!("deploys"), &json!(0)));
    rig.verify();
}

#[test]
fn what_is_attached_follows_the_version_in_force() {
    let mut rig = Rig::new();
    make(&mut rig);
    make_role(&mut rig, "build");
    rig.user("tools/alice", None);
    rig.tell(ADMIN, "iam:AttachUserPolicy", json!({ "UserName": "alice", "PolicyArn": ARN }));
    let read = json!({ "RoleName": "build" });
    rig.tell("tools/alice", "iam:GetRole", read.clone());
    let second = json!({ "PolicyArn": ARN, "PolicyDocument": allow("iam:ListRoles"),
                         "SetAsDefault": true });
    let told = rig.tell(ADMIN, "iam:CreatePolicyVersion", second);
    let version = &told["PolicyVersion"];
    assert_eq!((&version["VersionId"], &version["IsDefaultVersion"]), (&json!("v2"), &json!(true)));
    assert_eq!(version["Document"], Json::Null);
    rig.refused("tools/alice", "iam:GetRole", read.clone());
    rig.tell("tools/alice", "iam:ListRoles", json!({}));
    let back = json!({ "PolicyArn": ARN, "VersionId": "v1" });
    rig.tell(ADMIN, "iam:SetDefaultPolicyVersion", back.clone());
    rig.restart();
    rig.tell("tools/alice", "iam:GetRole", read);
    let told = rig.tell(ADMIN, "iam:GetPolicyVersion", back);
    assert_eq!(told["PolicyVersion"]["Document"], encoded(&allow("iam:GetRole")));
    rig.verify();
}

#[test]
fn numbers_of_versions_are_not_used_again() {
    let mut rig = Rig::new();
    make(&mut rig);
    let next = json!({ "PolicyArn": ARN, "PolicyDocument": allow("s3:*") });
    for _ in 0..4 {
        rig.tell(ADMIN, "iam:CreatePolicyVersion", next.clone());
    }
    assert_eq!(versions(&mut rig), ["v5", "v4", "v3", "v2", "v1"]);
    assert_eq!(
        rig.refused(ADMIN, "iam:CreatePolicyVersion", next.clone()),
        "LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, \
         you must delete an existing version."
    );
    let version = |id: &str| json!({ "PolicyArn": ARN, "VersionId": id });
    assert_eq!(
        rig.refused(ADMIN, "iam:DeletePolicyVersion", version("v1")),
        "DeleteConflict: Cannot delete the default version of a policy."
    );
    rig.tell(ADMIN, "iam:DeletePolicyVersion", version("v5"));
    rig.tell(ADMIN, "iam:CreatePolicyVersion", next);
    assert_eq!(versions(&mut rig), ["v6", "v4", "v3", "v2", "v1"]);
    let gone =
        format!("NoSuchEntity: Policy {ARN} version v5 does not exist or is not attachable.");
    for operation in ["DeletePolicyVersion", "GetPolicyVersion", "SetDefaultPolicyVersion"] {
        assert_eq!(rig.refused(ADMIN, &format!("iam:{operation}"), version("v5")), gone);
    }
    let page =
        rig.tell(ADMIN, "iam:ListPolicyVersions", json!({ "PolicyArn": ARN, "MaxItems": 2 }));
    let input = json!({ "PolicyArn": ARN, "Marker": page["Marker"] });
    let page = rig.tell(ADMIN, "iam:ListPolicyVersions", input);
    assert_eq!(page["Versions"][0]["VersionId"], "v3");
    rig.verify();
}

#[test]
fn a_policy_is_deleted_when_nobody_has_it() {
    let mut rig = Rig::new();
    make(&mut rig);
    make_role(&mut rig, "build");
    let name = json!({ "PolicyArn": ARN });
    let of_role = json!({ "RoleName": "build", "PolicyArn": ARN });
    rig.tell(ADMIN, "iam:AttachRolePolicy", of_role.clone());
    let told = "DeleteConflict: Cannot delete a policy attached to entities.";
    assert_eq!(rig.refused(ADMIN, "iam:DeletePolicy", name.clone()), told);
    rig.tell(ADMIN, "iam:DetachRolePolicy", of_role);
    let boundary = json!({ "RoleName": "build", "PermissionsBoundary": ARN });
    rig.tell(ADMIN, "iam:PutRolePermissionsBoundary", boundary);
    assert_eq!(rig.refused(ADMIN, "iam:DeletePolicy", name.clone()), told);
    rig.tell(ADMIN, "iam:DeleteRolePermissionsBoundary", json!({ "RoleName": "build" }));
    let version = json!({ "PolicyArn": ARN, "PolicyDocument": allow("s3:*") });
    rig.tell(ADMIN, "iam:CreatePolicyVersion", version);
    let told = rig.refused(ADMIN, "iam:DeletePolicy", name.clone());
    assert!(told.starts_with("DeleteConflict: This policy has more than one version."), "{told}");
    rig.tell(ADMIN, "iam:DeletePolicyVersion", json!({ "PolicyArn": ARN, "VersionId": "v2" }));
    rig.tell(ADMIN, "iam:DeletePolicy", name.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:GetPolicy", name),
        format!("NoSuchEntity: Policy {ARN} was not found.")
    );
    rig.verify();
}

#[test]
fn who_has_a_policy_is_told() {
    let mut rig = Rig::new();
    make(&mut rig);
    make_role(&mut rig, "build");
    make_role(&mut rig, "bounded");
    rig.user("tools/alice", None);
    rig.tell(ADMIN, "iam:AttachRolePolicy", json!({ "RoleName": "build", "PolicyArn": ARN }));
    rig.tell(ADMIN, "iam:AttachUserPolicy", json!({ "UserName": "alice", "PolicyArn": ARN }));
    let boundary = json!({ "RoleName": "bounded", "PermissionsBoundary": ARN });
    rig.tell(ADMIN, "iam:PutRolePermissionsBoundary", boundary);
    let mut names = |more: Json| {
        let mut input = json!({ "PolicyArn": ARN });
        more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
        let told = rig.tell(ADMIN, "iam:ListEntitiesForPolicy", input);
        let of = |list: &str, name: &str| {
            let list = told[list].as_array().unwrap().clone();
            list.iter().map(|one| one[name].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let groups = told["PolicyGroups"].as_array().unwrap().len();
        (
            groups,
            of("PolicyRoles", "RoleName"),
            of("PolicyUsers", "UserName"),
            told["Marker"].clone(),
        )
    };
    let (groups, roles, users, _) = names(json!({}));
    assert_eq!(
        (groups, roles, users),
        (0, vec!["bounded".into(), "build".into()], vec!["alice".into()])
    );
    let (_, roles, users, _) = names(json!({ "PolicyUsageFilter": "PermissionsBoundary" }));
    assert_eq!((roles, users.len()), (vec!["bounded".into()], 0));
    let (_, roles, users, _) = names(json!({ "EntityFilter": "User" }));
    assert_eq!((roles.len(), users.len()), (0, 1));
    let (_, roles, users, marker) = names(json!({ "MaxItems": 2 }));
    assert_eq!((roles.len(), users.len()), (2, 0));
    let (_, roles, users, _) = names(json!({ "Marker": marker }));
    assert_eq!((roles.len(), users.len()), (0, 1));
    let told = rig.tell(ADMIN, "iam:GetPolicy", json!({ "PolicyArn": ARN }))["Policy"].clone();
    let counts = (&told["AttachmentCount"], &told["PermissionsBoundaryUsageCount"]);
    assert_eq!(counts, (&json!(2), &json!(1)));
    rig.verify();
}

#[test]
fn keys_of_a_policys_tags_differ_by_case() {
    let mut rig = Rig::new();
    make(&mut rig);
    let tag = |key: &str| json!({ "Key": key, "Value": "v" });
    let input = json!({ "PolicyArn": ARN, "Tags": [tag("abc"), tag("a"), tag("A")] });
    rig.tell(ADMIN, "iam:TagPolicy", input);
    let list = rig.tell(ADMIN, "iam:ListPolicyTags", json!({ "PolicyArn": ARN }));
    assert_eq!(list["Tags"], json!([tag("A"), tag("a"), tag("abc")]));
    rig.tell(ADMIN, "iam:UntagPolicy", json!({ "PolicyArn": ARN, "TagKeys": ["A"] }));
    let list = rig.tell(ADMIN, "iam:ListPolicyTags", json!({ "PolicyArn": ARN }));
    assert_eq!(list["Tags"], json!([tag("a"), tag("abc")]));
    let twice = json!({ "PolicyArn": ARN, "Tags": [tag("b"), tag("b")] });
    assert_eq!(
        rig.refused(ADMIN, "iam:TagPolicy", twice),
        "InvalidInput: Duplicate tag keys found."
    );
    let reserved = json!({ "PolicyArn": ARN, "Tags": [tag("AWS:a")] });
    assert_eq!(
        rig.refused(ADMIN, "iam:TagPolicy", reserved),
        "InvalidInput: aws: prefixed tag key names are not allowed for external use."
    );
    let reserved = json!({ "UserName": "admin", "Tags": [tag("aws:a")] });
    assert_eq!(
        rig.refused(ADMIN, "iam:TagUser", reserved),
        "InvalidInput: aws: prefixed tag key names are not allowed for external use."
    );
    rig.verify();
}

#[test]
fn policies_of_aws_are_read_by_all_who_may_and_changed_by_nobody() {
    let mut rig = Rig::new();
    let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    rig.user("tools/reader", None);
    rig.tell(ADMIN, "iam:AttachUserPolicy", json!({ "UserName": "reader", "PolicyArn": arn }));
    let seen = rig.tell("tools/reader", "iam:GetPolicy", json!({ "PolicyArn": arn }));
    let seen = &seen["Policy"];
    assert_eq!(
        (&seen["PolicyName"], &seen["AttachmentCount"]),
        (&json!("ReadOnlyAccess"), &json!(1))
    );
    let version = json!({ "PolicyArn": arn, "VersionId": seen["DefaultVersionId"] });
    let told = rig.tell("tools/reader", "iam:GetPolicyVersion", version);
    let document = told["PolicyVersion"]["Document"].as_str().unwrap();
    assert!(document.starts_with("%7B%22Statement%22%3A%5B%7B"), "{document}");
    rig.refused("tools/reader", "iam:CreateUser", json!({ "UserName": "x" }));
    let version = json!({ "PolicyArn": arn, "PolicyDocument": allow("*") });
    let refusal = |who: &str, layer: &str| {
        format!(
            "AccessDenied: User: arn:aws:iam::111111111111:user/{who} is not authorized to perform: \
             iam:CreatePolicyVersion on resource: policy {arn} because no {layer} policy allows the \
             iam:CreatePolicyVersion action"
        )
    };
    assert_eq!(
        rig.refused(ADMIN, "iam:CreatePolicyVersion", version.clone()),
        refusal("admin", "resource-based")
    );
    assert_eq!(
        rig.refused("tools/reader", "iam:CreatePolicyVersion", version),
        refusal("reader", "identity-based")
    );
    let none = "arn:aws:iam::aws:policy/None";
    assert_eq!(
        rig.refused(ADMIN, "iam:GetPolicy", json!({ "PolicyArn": none })),
        format!("NoSuchEntity: Policy {none} was not found.")
    );
    let nobodys = "arn:aws:iam:::policy/None";
    assert_eq!(
        rig.refused(ADMIN, "iam:GetPolicy", json!({ "PolicyArn": nobodys })),
        format!("InvalidInput: ARN {nobodys} is not valid.")
    );
    let services = "arn:aws:iam::aws:policy/aws-service-role/AWSConfigServiceRolePolicy";
    make_role(&mut rig, "build");
    assert_eq!(
        rig.refused(
            ADMIN,
            "iam:AttachRolePolicy",
            json!({ "RoleName": "build", "PolicyArn": services })
        ),
        "PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role."
    );
    rig.verify();
}

#[test]
fn policies_are_listed_by_scope_use_and_path() {
    let mut rig = Rig::new();
    make(&mut rig);
    let names = |rig: &mut Rig, input: Json| {
        let told = rig.tell(ADMIN, "iam:ListPolicies", input);
        let list = told["Policies"].as_array().unwrap().clone();
        let names: Vec<_> =
            list.iter().map(|one| one["PolicyName"].as_str().unwrap().to_owned()).collect();
        (names, told["Marker"].clone())
    };
    assert_eq!(names(&mut rig, json!({ "Scope": "Local" })).0, ["deploy"]);
    let used = names(&mut rig, json!({ "OnlyAttached": true })).0;
    assert_eq!(used, ["AdministratorAccess"]);
    assert_eq!(names(&mut rig, json!({ "PolicyUsageFilter": "PermissionsBoundary" })).0.len(), 0);
    let billing = names(&mut rig, json!({ "PathPrefix": "/job-function/", "Scope": "AWS" })).0;
    assert!(billing.contains(&"Billing".to_owned()), "{billing:?}");
    let (mut all, marker) = names(&mut rig, json!({ "MaxItems": 1000 }));
    let (rest, end) = names(&mut rig, json!({ "MaxItems": 1000, "Marker": marker }));
    assert_eq!(
        (all.first().map(String::as_str), all.len(), end),
        (Some("deploy"), 1000, Json::Null)
    );
    all.extend(rest);
    assert!(all.len() > 1200 && all.get(1..).unwrap().is_sorted(), "{}", all.len());
    rig.verify();
}

#[test]
fn a_policy_is_its_accounts_own() {
    let mut rig = Rig::new();
    make(&mut rig);
    let told = rig.refused("staging/admin", "iam:GetPolicy", json!({ "PolicyArn": ARN }));
    assert!(told.starts_with("AccessDenied: "), "{told}");
    let attach = json!({ "UserName": "admin", "PolicyArn": ARN });
    assert_eq!(
        rig.refused("staging/admin", "iam:AttachUserPolicy", attach),
        format!("NoSuchEntity: Policy {ARN} does not exist or is not attachable.")
    );
    let not = json!({ "PolicyArn": "arn:aws:iam::111111111111:user/x" });
    assert_eq!(
        rig.refused(ADMIN, "iam:GetPolicy", not),
        "ValidationError: ARN arn:aws:iam::111111111111:user/x is not valid."
    );
    rig.verify();
}

#[test]
fn every_operation_asks_and_a_denial_calls_the_policy_as_iam_does() {
    let mut rig = Rig::new();
    make(&mut rig);
    rig.user("tools/mallory", None);
    let version = json!({ "VersionId": "v1" });
    let calls = [
        ("CreatePolicyVersion", json!({ "PolicyDocument": "{}" })),
        ("DeletePolicy", json!({})),
        ("DeletePolicyVersion", version.clone()),
        ("GetPolicy", json!({})),
        ("GetPolicyVersion", version.clone()),
        ("ListEntitiesForPolicy", json!({})),
        ("ListPolicyTags", json!({})),
        ("ListPolicyVersions", json!({})),
        ("SetDefaultPolicyVersion", version),
        ("TagPolicy", json!({ "Tags": [{ "Key": "a", "Value": "b" }] })),
        ("UntagPolicy", json!({ "TagKeys": ["a"] })),
    ];
    for (operation, mut input) in calls {
        input["PolicyArn"] = json!(ARN);
        let told = rig.refused("tools/mallory", &format!("iam:{operation}"), input);
        assert_eq!(told, denial(operation, &format!("policy {ARN}")));
    }
    let create = json!({ "PolicyName": "p", "Path": "/x/", "PolicyDocument": "{}" });
    let told = rig.refused("tools/mallory", "iam:CreatePolicy", create);
    assert_eq!(told, denial("CreatePolicy", "policy p"));
    let asked = rig.last_record()["calls"][0]["asked"][0]["resource"].clone();
    assert_eq!(asked, "arn:aws:iam::111111111111:policy/x/p");
    let told = rig.refused("tools/mallory", "iam:ListPolicies", json!({}));
    assert_eq!(told, denial("ListPolicies", "policy path /"));
    rig.verify();
}
