//! IAM: users, groups, roles, instance profiles and policies, each with something in it and each empty.

use serde_json::{Value as Json, json};

use super::{ADMIN, HOME, NUMBER, policy, reading, text};
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

const AWS_MANAGED: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

/// What is made by calls that the table has too.
fn furnish(rig: &mut Rig) -> Vec<Case> {
    for (operation, input) in things() {
        rig.tell(ADMIN, &format!("iam:{operation}"), input);
    }
    let key = rig.tell(ADMIN, "iam:CreateAccessKey", json!({ "UserName": "worker" }));
    let key = text(&key["AccessKey"]["AccessKeyId"]);
    let on = |rest: &[(&'static str, Json)]| {
        rest.iter().map(|(operation, input)| Case::of(operation, input.clone())).collect::<Vec<_>>()
    };
    let groups = [users(&key), groups(), roles(), profiles(), policies(), account(&key)];
    groups.iter().flat_map(|group| on(group)).chain(variants()).collect()
}

fn own(name: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:policy/{name}")
}

fn arn(rest: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:{rest}")
}

fn tags() -> Json {
    json!([{ "Key": "team", "Value": "a" }])
}

fn trust() -> String {
    let principal = json!({ "Service": "codebuild.amazonaws.com" });
    policy(&json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" }))
}

fn things() -> Vec<(&'static str, Json)> {
    let mut things = Vec::new();
    for name in ["own", "bound", "unused"] {
        let document = json!({ "PolicyName": name, "PolicyDocument": reading(), "Tags": tags() });
        things.push(("CreatePolicy", document));
    }
    let version = json!({ "PolicyArn": own("own"), "PolicyDocument": reading() });
    things.push(("CreatePolicyVersion", version));
    for (kind, make) in [("User", "CreateUser"), ("Group", "CreateGroup"), ("Role", "CreateRole")] {
        let member = format!("{kind}Name");
        for name in ["worker", "empty"] {
            let mut new = json!({ (&*member): name });
            if kind == "Role" {
                new["AssumeRolePolicyDocument"] = json!(trust());
            }
            if kind != "Group" {
                new["Tags"] = tags();
            }
            things.push((make, new));
        }
        let (put, attach) = match kind {
            "User" => ("PutUserPolicy", "AttachUserPolicy"),
            "Group" => ("PutGroupPolicy", "AttachGroupPolicy"),
            _ => ("PutRolePolicy", "AttachRolePolicy"),
        };
        let inline = json!({
            (&*member): "worker", "PolicyName": "inline", "PolicyDocument": reading()
        });
        things.push((put, inline));
        things.push((attach, json!({ (&*member): "worker", "PolicyArn": own("own") })));
    }
    for (operation, member) in
        [("PutUserPermissionsBoundary", "UserName"), ("PutRolePermissionsBoundary", "RoleName")]
    {
        let input = json!({ member: "worker", "PermissionsBoundary": own("bound") });
        things.push((operation, input));
    }
    let member = json!({ "GroupName": "worker", "UserName": "worker" });
    things.push(("AddUserToGroup", member));
    for name in ["worker", "empty"] {
        let profile = json!({ "InstanceProfileName": name, "Tags": tags() });
        things.push(("CreateInstanceProfile", profile));
    }
    let role = json!({ "InstanceProfileName": "worker", "RoleName": "worker" });
    things.push(("AddRoleToInstanceProfile", role));
    things.push(("CreateAccountAlias", json!({ "AccountAlias": "a-nickname" })));
    things
}

fn users(key: &str) -> Vec<(&'static str, Json)> {
    let user = || json!({ "UserName": "worker" });
    let inline = || json!({ "UserName": "worker", "PolicyName": "inline" });
    let put = json!({ "UserName": "worker", "PolicyName": "new", "PolicyDocument": reading() });
    let bound = json!({ "UserName": "worker", "PermissionsBoundary": own("bound") });
    vec![
        ("iam:CreateUser", json!({ "UserName": "new" })),
        ("iam:GetUser", user()),
        ("iam:UpdateUser", json!({ "UserName": "worker", "NewUserName": "other" })),
        ("iam:DeleteUser", json!({ "UserName": "empty" })),
        ("iam:ListUsers", json!({})),
        ("iam:TagUser", json!({ "UserName": "worker", "Tags": tags() })),
        ("iam:UntagUser", json!({ "UserName": "worker", "TagKeys": ["team"] })),
        ("iam:ListUserTags", user()),
        ("iam:CreateAccessKey", json!({ "UserName": "empty" })),
        ("iam:ListAccessKeys", user()),
        ("iam:GetAccessKeyLastUsed", json!({ "AccessKeyId": key })),
        (
            "iam:UpdateAccessKey",
            json!({ "UserName": "worker", "AccessKeyId": key, "Status": "Inactive" }),
        ),
        ("iam:DeleteAccessKey", json!({ "UserName": "worker", "AccessKeyId": key })),
        ("iam:PutUserPolicy", put),
        ("iam:GetUserPolicy", inline()),
        ("iam:DeleteUserPolicy", inline()),
        ("iam:ListUserPolicies", user()),
        ("iam:AttachUserPolicy", json!({ "UserName": "worker", "PolicyArn": AWS_MANAGED })),
        ("iam:DetachUserPolicy", json!({ "UserName": "worker", "PolicyArn": own("own") })),
        ("iam:ListAttachedUserPolicies", user()),
        ("iam:PutUserPermissionsBoundary", bound),
        ("iam:DeleteUserPermissionsBoundary", user()),
        ("iam:ListGroupsForUser", user()),
    ]
}

fn groups() -> Vec<(&'static str, Json)> {
    let group = || json!({ "GroupName": "worker" });
    let inline = || json!({ "GroupName": "worker", "PolicyName": "inline" });
    let put = json!({ "GroupName": "worker", "PolicyName": "new", "PolicyDocument": reading() });
    vec![
        ("iam:CreateGroup", json!({ "GroupName": "new" })),
        ("iam:GetGroup", group()),
        ("iam:UpdateGroup", json!({ "GroupName": "worker", "NewGroupName": "other" })),
        ("iam:DeleteGroup", json!({ "GroupName": "empty" })),
        ("iam:ListGroups", json!({})),
        ("iam:AddUserToGroup", json!({ "GroupName": "empty", "UserName": "worker" })),
        ("iam:RemoveUserFromGroup", json!({ "GroupName": "worker", "UserName": "worker" })),
        ("iam:PutGroupPolicy", put),
        ("iam:GetGroupPolicy", inline()),
        ("iam:DeleteGroupPolicy", inline()),
        ("iam:ListGroupPolicies", group()),
        ("iam:AttachGroupPolicy", json!({ "GroupName": "worker", "PolicyArn": AWS_MANAGED })),
        ("iam:DetachGroupPolicy", json!({ "GroupName": "worker", "PolicyArn": own("own") })),
        ("iam:ListAttachedGroupPolicies", group()),
    ]
}

fn roles() -> Vec<(&'static str, Json)> {
    let role = || json!({ "RoleName": "worker" });
    let inline = || json!({ "RoleName": "worker", "PolicyName": "inline" });
    let put = json!({ "RoleName": "worker", "PolicyName": "new", "PolicyDocument": reading() });
    let bound = json!({ "RoleName": "worker", "PermissionsBoundary": own("bound") });
    let new = json!({ "RoleName": "new", "AssumeRolePolicyDocument": trust() });
    let trusting = json!({ "RoleName": "worker", "PolicyDocument": trust() });
    vec![
        ("iam:CreateRole", new),
        ("iam:GetRole", role()),
        ("iam:UpdateRole", json!({ "RoleName": "worker", "MaxSessionDuration": 7200 })),
        ("iam:UpdateRoleDescription", json!({ "RoleName": "worker", "Description": "x" })),
        ("iam:UpdateAssumeRolePolicy", trusting),
        ("iam:DeleteRole", json!({ "RoleName": "empty" })),
        ("iam:ListRoles", json!({})),
        ("iam:TagRole", json!({ "RoleName": "worker", "Tags": tags() })),
        ("iam:UntagRole", json!({ "RoleName": "worker", "TagKeys": ["team"] })),
        ("iam:ListRoleTags", role()),
        ("iam:PutRolePolicy", put),
        ("iam:GetRolePolicy", inline()),
        ("iam:DeleteRolePolicy", inline()),
        ("iam:ListRolePolicies", role()),
        ("iam:AttachRolePolicy", json!({ "RoleName": "worker", "PolicyArn": AWS_MANAGED })),
        ("iam:DetachRolePolicy", json!({ "RoleName": "worker", "PolicyArn": own("own") })),
        ("iam:ListAttachedRolePolicies", role()),
        ("iam:PutRolePermissionsBoundary", bound),
        ("iam:DeleteRolePermissionsBoundary", role()),
        ("iam:ListInstanceProfilesForRole", role()),
    ]
}

fn profiles() -> Vec<(&'static str, Json)> {
    let profile = || json!({ "InstanceProfileName": "worker" });
    let with_role = |name: &str| json!({ "InstanceProfileName": name, "RoleName": "worker" });
    let untag = json!({ "InstanceProfileName": "worker", "TagKeys": ["team"] });
    vec![
        ("iam:CreateInstanceProfile", json!({ "InstanceProfileName": "new" })),
        ("iam:GetInstanceProfile", profile()),
        ("iam:DeleteInstanceProfile", json!({ "InstanceProfileName": "empty" })),
        ("iam:ListInstanceProfiles", json!({})),
        ("iam:AddRoleToInstanceProfile", with_role("empty")),
        ("iam:RemoveRoleFromInstanceProfile", with_role("worker")),
        ("iam:TagInstanceProfile", json!({ "InstanceProfileName": "worker", "Tags": tags() })),
        ("iam:UntagInstanceProfile", untag),
        ("iam:ListInstanceProfileTags", profile()),
    ]
}

fn policies() -> Vec<(&'static str, Json)> {
    let of = || json!({ "PolicyArn": own("own") });
    let version = |id: &str| json!({ "PolicyArn": own("own"), "VersionId": id });
    let next = json!({ "PolicyArn": own("own"), "PolicyDocument": reading() });
    vec![
        ("iam:CreatePolicy", json!({ "PolicyName": "new", "PolicyDocument": reading() })),
        ("iam:GetPolicy", of()),
        ("iam:DeletePolicy", json!({ "PolicyArn": own("unused") })),
        ("iam:ListPolicies", json!({ "Scope": "Local" })),
        ("iam:CreatePolicyVersion", next),
        ("iam:GetPolicyVersion", version("v1")),
        ("iam:SetDefaultPolicyVersion", version("v2")),
        ("iam:DeletePolicyVersion", version("v2")),
        ("iam:ListPolicyVersions", of()),
        ("iam:ListEntitiesForPolicy", of()),
        ("iam:TagPolicy", json!({ "PolicyArn": own("own"), "Tags": tags() })),
        ("iam:UntagPolicy", json!({ "PolicyArn": own("own"), "TagKeys": ["team"] })),
        ("iam:ListPolicyTags", of()),
    ]
}

fn account(_: &str) -> Vec<(&'static str, Json)> {
    let of = || json!({ "PolicySourceArn": arn("user/worker") });
    let custom = json!({ "PolicyInputList": [reading()], "ActionNames": ["s3:GetObject"] });
    let principal =
        json!({ "PolicySourceArn": arn("user/worker"), "ActionNames": ["s3:GetObject"] });
    vec![
        ("iam:CreateAccountAlias", json!({ "AccountAlias": "another-nickname" })),
        ("iam:DeleteAccountAlias", json!({ "AccountAlias": "a-nickname" })),
        ("iam:ListAccountAliases", json!({})),
        ("iam:GetAccountSummary", json!({})),
        ("iam:GetAccountAuthorizationDetails", json!({})),
        ("iam:GetContextKeysForCustomPolicy", json!({ "PolicyInputList": [reading()] })),
        ("iam:GetContextKeysForPrincipalPolicy", of()),
        ("iam:SimulateCustomPolicy", custom),
        ("iam:SimulatePrincipalPolicy", principal),
    ]
}

/// What asks more, because it does more.
fn variants() -> Vec<Case> {
    let user = json!({ "UserName": "new", "Tags": tags() });
    let role = json!({ "RoleName": "new", "AssumeRolePolicyDocument": trust(), "Tags": tags() });
    let policy = json!({ "PolicyName": "new", "PolicyDocument": reading(), "Tags": tags() });
    let profile = json!({ "InstanceProfileName": "new", "Tags": tags() });
    let tagged = [
        ("iam:CreateUser", user),
        ("iam:CreateRole", role),
        ("iam:CreatePolicy", policy),
        ("iam:CreateInstanceProfile", profile),
    ];
    tagged.map(|(operation, input)| Case::of(operation, input).variant("with tags")).into()
}
