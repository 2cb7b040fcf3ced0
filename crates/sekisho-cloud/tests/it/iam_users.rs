//! Users, groups and access keys through the gate.

use serde_json::{Value, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

fn allow(action: &str) -> Value {
    json!({ "Version": "2012-10-17",
            "Statement": { "Effect": "Allow", "Action": action, "Resource": "*" } })
}

fn names<'a>(reply: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    reply[list].as_array().unwrap().iter().map(|one| one[member].as_str().unwrap()).collect()
}

#[test]
fn a_user_is_renamed_with_keys_groups_and_session_rights() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("iam:GetUser")));
    rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": "Builders" }));
    let member = json!({ "GroupName": "builders", "UserName": "ALICE" });
    rig.tell(ADMIN, "iam:AddUserToGroup", member.clone());
    rig.tell(ADMIN, "iam:AddUserToGroup", member);
    let id =
        rig.tell(ADMIN, "iam:GetUser", json!({ "UserName": "alice" }))["User"]["UserId"].clone();
    let rename = json!({ "UserName": "alice", "NewUserName": "Bob", "NewPath": "/ops/" });
    rig.tell(ADMIN, "iam:UpdateUser", rename);
    let bob = rig.tell("tools/alice", "iam:GetUser", json!({}));
    assert_eq!(bob["User"]["Arn"], "arn:aws:iam::111111111111:user/ops/Bob");
    assert_eq!(bob["User"]["UserId"], id);
    let groups = rig.tell(ADMIN, "iam:ListGroupsForUser", json!({ "UserName": "bob" }));
    assert_eq!(names(&groups, "Groups", "GroupName"), ["Builders"]);
    let keys = rig.tell(ADMIN, "iam:ListAccessKeys", json!({ "UserName": "bob" }));
    assert_eq!(names(&keys, "AccessKeyMetadata", "Status"), ["Active"]);
    let taken = json!({ "UserName": "bob", "NewUserName": "ADMIN" });
    assert_eq!(
        rig.refused(ADMIN, "iam:UpdateUser", taken),
        "EntityAlreadyExists: User with name ADMIN already exists."
    );
    assert_eq!(
        rig.refused(ADMIN, "iam:GetUser", json!({ "UserName": "alice" })),
        "NoSuchEntity: The user with name alice cannot be found."
    );
    rig.restart();
    rig.tell("tools/alice", "iam:GetUser", json!({}));
    rig.verify();
}

#[test]
fn a_rename_needs_the_permission_for_both_names() {
    let mut rig = Rig::new();
    let only = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Action": ["iam:UpdateUser", "iam:UpdateGroup"],
        "Resource": ["arn:aws:iam::111111111111:user/alice", "arn:aws:iam::111111111111:group/g"] } });
    rig.user("tools/alice", Some(&only));
    rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": "g" }));
    let text = rig.refused(
        "tools/alice",
        "iam:UpdateUser",
        json!({ "UserName": "alice", "NewPath": "/admins/" }),
    );
    assert!(text.contains("on resource: arn:aws:iam::111111111111:user/admins/alice"), "{text}");
    let text = rig.refused(
        "tools/alice",
        "iam:UpdateGroup",
        json!({ "GroupName": "g", "NewGroupName": "admins" }),
    );
    assert!(text.contains("on resource: arn:aws:iam::111111111111:group/admins"), "{text}");
    rig.tell(ADMIN, "iam:UpdateGroup", json!({ "GroupName": "g", "NewGroupName": "H" }));
    rig.tell(ADMIN, "iam:GetGroup", json!({ "GroupName": "h" }));
    rig.verify();
}

#[test]
fn a_user_is_deleted_when_nothing_hangs_on_it_and_a_namesake_is_another() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("iam:GetUser")));
    let name = json!({ "UserName": "alice" });
    let policy = json!({ "UserName": "alice", "PolicyArn": ADMINISTRATOR });
    rig.tell(ADMIN, "iam:AttachUserPolicy", policy.clone());
    rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": "g" }));
    rig.tell(ADMIN, "iam:AddUserToGroup", json!({ "GroupName": "g", "UserName": "alice" }));
    let keys = rig.tell(ADMIN, "iam:ListAccessKeys", name.clone());
    let key = json!({ "UserName": "alice",
                      "AccessKeyId": keys["AccessKeyMetadata"][0]["AccessKeyId"] });
    let steps = [
        ("detach all policies", "iam:DetachUserPolicy", policy),
        (
            "delete policies",
            "iam:DeleteUserPolicy",
            json!({ "UserName": "alice", "PolicyName": "inline" }),
        ),
        (
            "remove users from group",
            "iam:RemoveUserFromGroup",
            json!({ "GroupName": "g", "UserName": "alice" }),
        ),
        ("delete access keys", "iam:DeleteAccessKey", key),
    ];
    for (first, operation, input) in steps {
        assert_eq!(
            rig.refused(ADMIN, "iam:DeleteUser", name.clone()),
            format!("DeleteConflict: Cannot delete entity, must {first} first.")
        );
        rig.tell(ADMIN, operation, input);
    }
    let before = rig.tell(ADMIN, "iam:GetUser", name.clone())["User"]["UserId"].clone();
    rig.tell(ADMIN, "iam:DeleteUser", name.clone());
    rig.tell(ADMIN, "iam:CreateUser", name.clone());
    let after = rig.tell(ADMIN, "iam:GetUser", name)["User"]["UserId"].clone();
    assert_ne!(before, after);
    let gone = rig.refused("tools/alice", "iam:GetUser", json!({}));
    assert!(gone.starts_with("InvalidClientTokenId"), "{gone}");
    rig.restart();
    rig.verify();
}

#[test]
fn groups_give_their_policies_to_their_members() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let ask = json!({ "UserName": "admin" });
    let group = |more: Value| {
        let mut input = json!({ "GroupName": "g" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let made = rig.tell(ADMIN, "iam:CreateGroup", group(json!({ "Path": "/x/" })));
    assert_eq!(made["Group"]["Arn"], "arn:aws:iam::111111111111:group/x/g");
    assert_eq!(
        rig.refused(ADMIN, "iam:CreateGroup", json!({ "GroupName": "G" })),
        "EntityAlreadyExists: Group with name G already exists."
    );
    rig.tell(ADMIN, "iam:AddUserToGroup", group(json!({ "UserName": "alice" })));
    rig.refused("tools/alice", "iam:GetUser", ask.clone());
    let text = allow("iam:GetUser").to_string();
    let put = group(json!({ "PolicyName": "p", "PolicyDocument": text }));
    rig.tell(ADMIN, "iam:PutGroupPolicy", put);
    rig.tell("tools/alice", "iam:GetUser", ask.clone());
    let read = rig.tell(ADMIN, "iam:GetGroupPolicy", group(json!({ "PolicyName": "p" })));
    let shown = read["PolicyDocument"].as_str().unwrap();
    assert!(shown.starts_with("%7B%22Statement%22%3A%7B"), "{shown}");
    let listed = rig.tell(ADMIN, "iam:ListGroupPolicies", group(json!({})));
    assert_eq!(listed["PolicyNames"], json!(["p"]));
    rig.tell(ADMIN, "iam:DeleteGroupPolicy", group(json!({ "PolicyName": "p" })));
    rig.refused("tools/alice", "iam:GetUser", ask.clone());
    let arn = group(json!({ "PolicyArn": ADMINISTRATOR }));
    rig.tell(ADMIN, "iam:AttachGroupPolicy", arn.clone());
    rig.tell("tools/alice", "iam:GetUser", ask.clone());
    let listed = rig.tell(ADMIN, "iam:ListAttachedGroupPolicies", group(json!({})));
    assert_eq!(names(&listed, "AttachedPolicies", "PolicyName"), ["AdministratorAccess"]);
    rig.tell(ADMIN, "iam:DetachGroupPolicy", arn.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:DetachGroupPolicy", arn),
        format!("NoSuchEntity: Policy {ADMINISTRATOR} was not found.")
    );
    rig.refused("tools/alice", "iam:GetUser", ask);
    assert_eq!(
        rig.refused(ADMIN, "iam:DeleteGroup", group(json!({}))),
        "DeleteConflict: Cannot delete entity, must remove users from group first."
    );
    let member = group(json!({ "UserName": "alice" }));
    rig.tell(ADMIN, "iam:RemoveUserFromGroup", member.clone());
    rig.tell(ADMIN, "iam:RemoveUserFromGroup", member);
    rig.tell(ADMIN, "iam:DeleteGroup", group(json!({})));
    let both = json!({ "GroupName": "g", "UserName": "nobody" });
    assert_eq!(
        rig.refused(ADMIN, "iam:AddUserToGroup", both),
        "NoSuchEntity: The user with name nobody cannot be found."
    );
    rig.restart();
    rig.verify();
}

#[test]
fn lists_come_in_pages_and_by_path() {
    let mut rig = Rig::new();
    for (name, path) in [("Zoe", "/dev/"), ("bea", "/dev/"), ("carl", "/ops/")] {
        rig.tell(ADMIN, "iam:CreateUser", json!({ "UserName": name, "Path": path }));
        rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": name, "Path": path }));
    }
    for name in ["zoe", "bea", "carl"] {
        rig.tell(ADMIN, "iam:AddUserToGroup", json!({ "GroupName": "bea", "UserName": name }));
    }
    let all = rig.tell(ADMIN, "iam:ListUsers", json!({}));
    assert_eq!(names(&all, "Users", "UserName"), ["admin", "bea", "carl", "Zoe"]);
    assert_eq!((&all["IsTruncated"], &all["Marker"]), (&json!(false), &Value::Null));
    let first = rig.tell(ADMIN, "iam:ListUsers", json!({ "PathPrefix": "/dev/", "MaxItems": 1 }));
    assert_eq!(names(&first, "Users", "UserName"), ["bea"]);
    let next = json!({ "PathPrefix": "/dev/", "MaxItems": 1, "Marker": first["Marker"] });
    let second = rig.tell(ADMIN, "iam:ListUsers", next);
    assert_eq!(names(&second, "Users", "UserName"), ["Zoe"]);
    assert_eq!(second["IsTruncated"], false);
    assert_eq!(
        rig.refused(ADMIN, "iam:ListUsers", json!({ "Marker": "?" })),
        "ValidationError: Invalid Marker."
    );
    let groups = rig.tell(ADMIN, "iam:ListGroups", json!({ "PathPrefix": "/dev/" }));
    assert_eq!(names(&groups, "Groups", "GroupName"), ["bea", "Zoe"]);
    let group = rig.tell(ADMIN, "iam:GetGroup", json!({ "GroupName": "BEA", "MaxItems": 2 }));
    assert_eq!(names(&group, "Users", "UserName"), ["bea", "carl"]);
    let strangers = rig.tell("staging/admin", "iam:ListUsers", json!({}));
    assert_eq!(names(&strangers, "Users", "UserName"), ["admin"]);
}

#[test]
fn tag_keys_are_the_same_whatever_their_case() {
    let mut rig = Rig::new();
    let tag = |key: &str, value: &str| json!({ "Key": key, "Value": value });
    rig.tell(ADMIN, "iam:CreateUser", json!({ "UserName": "alice" }));
    let tags = |list: Value| json!({ "UserName": "alice", "Tags": list });
    rig.tell(ADMIN, "iam:TagUser", tags(json!([tag("Team", "a"), tag("Stage", "x")])));
    rig.tell(ADMIN, "iam:TagUser", tags(json!([tag("team", "b")])));
    let listed = rig.tell(ADMIN, "iam:ListUserTags", json!({ "UserName": "alice" }));
    assert_eq!(listed["Tags"], json!([tag("Stage", "x"), tag("team", "b")]));
    assert_eq!(
        rig.refused(ADMIN, "iam:TagUser", tags(json!([tag("k", "1"), tag("K", "2")]))),
        "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."
    );
    let many: Vec<_> = (0..50).map(|number| tag(&format!("k{number}"), "")).collect();
    assert!(rig.refused(ADMIN, "iam:TagUser", tags(json!(many))).starts_with("LimitExceeded"));
    let untag = json!({ "UserName": "alice", "TagKeys": ["TEAM", "none"] });
    rig.tell(ADMIN, "iam:UntagUser", untag);
    let user = rig.tell(ADMIN, "iam:GetUser", json!({ "UserName": "alice" }));
    assert_eq!(user["User"]["Tags"], json!([tag("Stage", "x")]));
    rig.verify();
}

#[test]
fn tags_of_the_user_and_of_the_request_are_asked_about() {
    let mut rig = Rig::new();
    let policy = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Action": "iam:TagUser", "Resource": "*", "Condition": { "StringEquals": {
            "aws:ResourceTag/team": "a", "aws:RequestTag/stage": "dev" } } } });
    rig.user("tools/tagger", Some(&policy));
    for (name, team) in [("mine", "a"), ("theirs", "b")] {
        let tags = json!([{ "Key": "team", "Value": team }]);
        rig.tell(ADMIN, "iam:CreateUser", json!({ "UserName": name, "Tags": tags }));
    }
    let tag = |user: &str, value: &str| json!({ "UserName": user, "Tags": [{ "Key": "stage", "Value": value }] });
    rig.tell("tools/tagger", "iam:TagUser", tag("mine", "dev"));
    rig.refused("tools/tagger", "iam:TagUser", tag("mine", "prod"));
    rig.refused("tools/tagger", "iam:TagUser", tag("theirs", "dev"));
}

#[test]
fn an_access_key_is_switched_off_on_and_away() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("iam:*")));
    let keys = rig.tell("tools/alice", "iam:ListAccessKeys", json!({}));
    let id = keys["AccessKeyMetadata"][0]["AccessKeyId"].clone();
    let set = |status: &str| json!({ "UserName": "alice", "AccessKeyId": id, "Status": status });
    rig.tell(ADMIN, "iam:UpdateAccessKey", set("Inactive"));
    rig.refused("tools/alice", "iam:GetUser", json!({}));
    let keys = rig.tell(ADMIN, "iam:ListAccessKeys", json!({ "UserName": "alice" }));
    assert_eq!(names(&keys, "AccessKeyMetadata", "Status"), ["Inactive"]);
    rig.tell(ADMIN, "iam:UpdateAccessKey", set("Active"));
    rig.tell("tools/alice", "iam:GetUser", json!({}));
    let not_hers = json!({ "UserName": "admin", "AccessKeyId": id });
    let text =
        format!("NoSuchEntity: The Access Key with id {} cannot be found.", id.as_str().unwrap());
    assert_eq!(rig.refused(ADMIN, "iam:DeleteAccessKey", not_hers), text);
    rig.tell("tools/alice", "iam:DeleteAccessKey", json!({ "AccessKeyId": id }));
    assert!(rig.refused("tools/alice", "iam:GetUser", json!({})).starts_with("InvalidClient"));
    rig.verify();
}

#[test]
fn the_last_use_of_a_key_is_kept_to_a_quarter_of_an_hour() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("iam:ListUsers")));
    let keys = rig.tell(ADMIN, "iam:ListAccessKeys", json!({ "UserName": "alice" }));
    let id = json!({ "AccessKeyId": keys["AccessKeyMetadata"][0]["AccessKeyId"] });
    let never = rig.tell(ADMIN, "iam:GetAccessKeyLastUsed", id.clone());
    let unused = json!({ "ServiceName": "N/A", "Region": "N/A" });
    assert_eq!(never, json!({ "UserName": "alice", "AccessKeyLastUsed": unused }));
    rig.refused("tools/alice", "iam:GetUser", json!({}));
    let used = rig.tell(ADMIN, "iam:GetAccessKeyLastUsed", id.clone());
    assert_eq!(used["AccessKeyLastUsed"]["ServiceName"], "iam");
    let mut told = |rig: &mut Rig, wait: i64| {
        rig.pass(wait);
        rig.tell("tools/alice", "sts:GetCallerIdentity", json!({}));
        rig.tell(ADMIN, "iam:GetAccessKeyLastUsed", id.clone())["AccessKeyLastUsed"].clone()
    };
    assert_eq!(told(&mut rig, 899), used["AccessKeyLastUsed"]);
    let later = told(&mut rig, 1);
    assert_eq!(later["ServiceName"], "sts");
    assert_ne!(later["LastUsedDate"], used["AccessKeyLastUsed"]["LastUsedDate"]);
    rig.restart();
    rig.verify();
}

#[test]
fn nobody_learns_of_keys_that_the_account_does_not_have() {
    let mut rig = Rig::new();
    let keys = rig.tell("staging/admin", "iam:ListAccessKeys", json!({}));
    let stranger = keys["AccessKeyMetadata"][0]["AccessKeyId"].as_str().unwrap();
    for id in ["AKIAQQQQQQQQQQQQQQQQ", stranger] {
        assert_eq!(
            rig.refused(ADMIN, "iam:GetAccessKeyLastUsed", json!({ "AccessKeyId": id })),
            format!(
                "AccessDenied: User: arn:aws:iam::111111111111:user/admin is not authorized to \
                 perform iam:GetAccessKeyLastUsed on resource: access key {id}"
            )
        );
    }
}

#[test]
fn inline_policies_are_put_read_and_deleted() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let ask = |name: &str| json!({ "UserName": "alice", "PolicyName": name });
    let put = |name: &str, text: &str| json!({ "UserName": "alice", "PolicyName": name, "PolicyDocument": text });
    let text = "{ \"Version\": \"2012-10-17\",\n\"Statement\": []}";
    let empty = rig.refused(ADMIN, "iam:PutUserPolicy", put("p", text));
    assert!(empty.starts_with("MalformedPolicyDocument: "), "{empty}");
    let text = "{ \"Version\": \"2012-10-17\",\n\"Statement\": [{\"Effect\":\"Allow\",\
                \"Action\":\"iam:GetUser\",\"Resource\":\"*\"}]}";
    rig.tell(ADMIN, "iam:PutUserPolicy", put("p", text));
    rig.tell(ADMIN, "iam:PutUserPolicy", put("q", text));
    rig.tell("tools/alice", "iam:GetUser", json!({}));
    let read = rig.tell(ADMIN, "iam:GetUserPolicy", ask("p"));
    let shown = read["PolicyDocument"].as_str().unwrap();
    assert!(shown.starts_with("%7B%20%22Version%22%3A%20%222012-10-17%22%2C%0A"), "{shown}");
    let page =
        rig.tell(ADMIN, "iam:ListUserPolicies", json!({ "UserName": "alice", "MaxItems": 1 }));
    assert_eq!((&page["PolicyNames"], &page["IsTruncated"]), (&json!(["p"]), &json!(true)));
    rig.tell(ADMIN, "iam:DeleteUserPolicy", ask("p"));
    rig.tell(ADMIN, "iam:DeleteUserPolicy", ask("q"));
    rig.refused("tools/alice", "iam:GetUser", json!({}));
    assert_eq!(
        rig.refused(ADMIN, "iam:GetUserPolicy", ask("p")),
        "NoSuchEntity: The user policy with name p cannot be found."
    );
    let long = allow(&format!("s3:Get{}", "x".repeat(2_048))).to_string();
    assert_eq!(
        rig.refused(ADMIN, "iam:PutUserPolicy", put("p", &long)),
        "LimitExceeded: Maximum policy size of 2048 bytes exceeded for user alice"
    );
    rig.verify();
}

#[test]
fn a_boundary_limits_and_is_a_condition_key() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("iam:GetUser")));
    let held = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Action": ["iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"],
        "Resource": "*", "Condition": { "StringEquals": { "iam:PermissionsBoundary": ADMINISTRATOR } } } });
    rig.user("tools/keeper", Some(&held));
    let name = json!({ "UserName": "alice" });
    let put = |arn: &str| json!({ "UserName": "alice", "PermissionsBoundary": arn });
    rig.refused("tools/keeper", "iam:DeleteUserPermissionsBoundary", name.clone());
    let missing = "arn:aws:iam::111111111111:policy/none";
    assert_eq!(
        rig.refused(ADMIN, "iam:PutUserPermissionsBoundary", put(missing)),
        format!("NoSuchEntity: Scope ARN: {missing} does not exist or is not attachable.")
    );
    rig.refused("tools/keeper", "iam:PutUserPermissionsBoundary", put(missing));
    let no_policy = "arn:aws:iam::111111111111:role/none";
    assert_eq!(
        rig.refused(ADMIN, "iam:PutUserPermissionsBoundary", put(no_policy)),
        format!("InvalidInput: ARN {no_policy} is not valid.")
    );
    rig.tell("tools/keeper", "iam:PutUserPermissionsBoundary", put(ADMINISTRATOR));
    let user = rig.tell("tools/alice", "iam:GetUser", json!({}));
    let shown = &user["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"];
    assert_eq!(shown, ADMINISTRATOR);
    rig.tell("tools/keeper", "iam:DeleteUserPermissionsBoundary", name.clone());
    let user = rig.tell(ADMIN, "iam:GetUser", name);
    assert_eq!(user["User"]["PermissionsBoundary"], Value::Null);
    rig.verify();
}

#[test]
fn an_alias_is_of_one_account() {
    let mut rig = Rig::new();
    let alias = |name: &str| json!({ "AccountAlias": name });
    rig.tell(ADMIN, "iam:CreateAccountAlias", alias("first"));
    rig.tell(ADMIN, "iam:CreateAccountAlias", alias("second"));
    let listed = rig.tell(ADMIN, "iam:ListAccountAliases", json!({}));
    assert_eq!(listed["AccountAliases"], json!(["second"]));
    assert_eq!(
        rig.refused("staging/admin", "iam:CreateAccountAlias", alias("second")),
        "EntityAlreadyExists: The account alias second already exists."
    );
    rig.tell("staging/admin", "iam:CreateAccountAlias", alias("first"));
    let gone = rig.refused(ADMIN, "iam:DeleteAccountAlias", alias("first"));
    assert!(gone.starts_with("NoSuchEntity"), "{gone}");
    rig.tell(ADMIN, "iam:DeleteAccountAlias", alias("second"));
    rig.restart();
    let listed = rig.tell(ADMIN, "iam:ListAccountAliases", json!({}));
    assert_eq!(listed["AccountAliases"], json!([]));
    rig.verify();
}

/// Every operation of this file, to somebody without a policy: what the denial calls the resource.
#[test]
fn denials_call_things_as_iam_does() {
    let mut rig = Rig::new();
    rig.user("tools/mallory", None);
    rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": "g", "Path": "/x/" }));
    let document = allow("*").to_string();
    let user = "user admin";
    let group = "group g";
    for (operation, input, shown) in [
        ("UpdateUser", json!({ "UserName": "admin" }), user),
        ("DeleteUser", json!({ "UserName": "admin" }), user),
        ("ListUsers", json!({ "PathPrefix": "/a/" }), "arn:aws:iam::111111111111:user/a/"),
        ("TagUser", json!({ "UserName": "admin", "Tags": [] }), user),
        ("UntagUser", json!({ "UserName": "admin", "TagKeys": [] }), user),
        ("ListUserTags", json!({ "UserName": "admin" }), user),
        ("CreateGroup", json!({ "GroupName": "h" }), "arn:aws:iam::111111111111:group/h"),
        ("GetGroup", json!({ "GroupName": "g" }), group),
        ("UpdateGroup", json!({ "GroupName": "g" }), group),
        ("DeleteGroup", json!({ "GroupName": "none" }), "group none"),
        ("ListGroups", json!({}), "arn:aws:iam::111111111111:group/"),
        ("AddUserToGroup", json!({ "GroupName": "g", "UserName": "mallory" }), group),
        ("RemoveUserFromGroup", json!({ "GroupName": "g", "UserName": "admin" }), group),
        ("ListGroupsForUser", json!({ "UserName": "admin" }), user),
        ("UpdateAccessKey", key(json!({ "UserName": "admin", "Status": "Inactive" })), user),
        ("DeleteAccessKey", key(json!({ "UserName": "admin" })), user),
        ("ListAccessKeys", json!({}), "user mallory"),
        (
            "PutUserPolicy",
            json!({ "UserName": "mallory", "PolicyName": "p", "PolicyDocument": document }),
            "user mallory",
        ),
        ("GetUserPolicy", json!({ "UserName": "admin", "PolicyName": "p" }), user),
        ("DeleteUserPolicy", json!({ "UserName": "admin", "PolicyName": "p" }), user),
        ("ListUserPolicies", json!({ "UserName": "admin" }), user),
        (
            "PutGroupPolicy",
            json!({ "GroupName": "g", "PolicyName": "p", "PolicyDocument": document }),
            group,
        ),
        ("GetGroupPolicy", json!({ "GroupName": "g", "PolicyName": "p" }), group),
        ("DeleteGroupPolicy", json!({ "GroupName": "g", "PolicyName": "p" }), group),
        ("ListGroupPolicies", json!({ "GroupName": "g" }), group),
        ("AttachGroupPolicy", json!({ "GroupName": "g", "PolicyArn": ADMINISTRATOR }), group),
        ("DetachGroupPolicy", json!({ "GroupName": "g", "PolicyArn": ADMINISTRATOR }), group),
        ("ListAttachedGroupPolicies", json!({ "GroupName": "g" }), group),
        ("DetachUserPolicy", json!({ "UserName": "admin", "PolicyArn": ADMINISTRATOR }), user),
        ("ListAttachedUserPolicies", json!({ "UserName": "admin" }), user),
        (
            "PutUserPermissionsBoundary",
            json!({ "UserName": "admin", "PermissionsBoundary": ADMINISTRATOR }),
            user,
        ),
        ("DeleteUserPermissionsBoundary", json!({ "UserName": "admin" }), user),
        ("CreateAccountAlias", json!({ "AccountAlias": "mine" }), "*"),
        ("DeleteAccountAlias", json!({ "AccountAlias": "mine" }), "*"),
        ("ListAccountAliases", json!({}), "*"),
    ] {
        let action = format!("iam:{operation}");
        assert_eq!(
            rig.refused("tools/mallory", &action, input),
            format!(
                "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to \
                 perform: {action} on resource: {shown} because no identity-based policy allows \
                 the {action} action"
            )
        );
    }
    rig.verify();
}

fn key(mut input: Value) -> Value {
    input["AccessKeyId"] = json!("AKIAQQQQQQQQQQQQQQQQ");
    input
}

#[test]
fn what_is_attached_to_a_user_is_listed() {
    let mut rig = Rig::new();
    let listed = rig.tell(ADMIN, "iam:ListAttachedUserPolicies", json!({ "UserName": "admin" }));
    assert_eq!(names(&listed, "AttachedPolicies", "PolicyArn"), [ADMINISTRATOR]);
    let elsewhere = json!({ "UserName": "admin", "PathPrefix": "/service-role/" });
    let listed = rig.tell(ADMIN, "iam:ListAttachedUserPolicies", elsewhere);
    assert_eq!(listed["AttachedPolicies"], json!([]));
}
