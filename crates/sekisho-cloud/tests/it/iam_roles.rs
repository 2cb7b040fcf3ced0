//! Roles of IAM through the gate.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const STAGING: &str = "222222222222";

/// A trust policy that lets a principal assume the role.
pub(crate) fn trust(principal: &Json) -> String {
    let statement =
        json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

/// Makes a role that the account `staging` may assume.
pub(crate) fn make_role(rig: &mut Rig, name: &str) -> Json {
    let trust = trust(&json!({ "AWS": STAGING }));
    let input = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
    rig.tell(ADMIN, "iam:CreateRole", input)["Role"].clone()
}

/// A policy of one statement.
pub(crate) fn statement(mut statement: Json) -> Json {
    statement["Effect"] = json!("Allow");
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// A document as replies hold it.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn role(rig: &mut Rig, name: &str) -> Json {
    rig.tell(ADMIN, "iam:GetRole", json!({ "RoleName": name }))["Role"].clone()
}

#[test]
fn a_role_is_made_and_seen() {
    let mut rig = Rig::new();
    let trust = trust(&json!({ "AWS": STAGING }));
    let input = json!({
        "RoleName": "Deploy", "Path": "/pipeline/", "AssumeRolePolicyDocument": trust,
        "Description": "deploys", "Tags": [{ "Key": "stage", "Value": "test" }]
    });
    let made = rig.tell(ADMIN, "iam:CreateRole", input.clone())["Role"].clone();
    assert_eq!(made["Arn"], "arn:aws:iam::111111111111:role/pipeline/Deploy");
    assert_eq!(made["AssumeRolePolicyDocument"], encoded(&trust));
    assert_eq!((&made["Description"], &made["MaxSessionDuration"]), (&Json::Null, &Json::Null));
    assert_eq!(
        rig.refused(ADMIN, "iam:CreateRole", input),
        "EntityAlreadyExists: Role with name Deploy already exists."
    );
    rig.restart();
    let seen = role(&mut rig, "Deploy");
    assert_eq!((&seen["RoleId"], &seen["Tags"]), (&made["RoleId"], &made["Tags"]));
    assert_eq!(seen["RoleLastUsed"], json!({}));
    assert_eq!(
        (&seen["Description"], &seen["MaxSessionDuration"]),
        (&json!("deploys"), &json!(3600))
    );
    let list = rig.tell(ADMIN, "iam:ListRoles", json!({ "PathPrefix": "/pipeline/" }));
    assert_eq!(list["Roles"][0]["Description"], "deploys");
    assert_eq!(list["Roles"][0]["Tags"], Json::Null);
    let none = rig.tell(ADMIN, "iam:ListRoles", json!({ "PathPrefix": "/other/" }));
    assert_eq!(none["Roles"], json!([]));
    rig.verify();
}

#[test]
fn nobody_makes_a_role_that_looks_service_linked() {
    let mut rig = Rig::new();
    let trust = trust(&json!({ "Service": "ec2.amazonaws.com" }));
    let input = json!({ "RoleName": "AWSServiceRoleForEC2", "AssumeRolePolicyDocument": trust,
                        "Path": "/aws-service-role/ec2.amazonaws.com/" });
    assert_eq!(
        rig.refused(ADMIN, "iam:CreateRole", input),
        "InvalidInput: The path /aws-service-role/ is reserved for service-linked roles."
    );
}

#[test]
fn roles_are_listed_page_by_page() {
    let mut rig = Rig::new();
    ["c", "A", "b"].iter().for_each(|name| drop(make_role(&mut rig, name)));
    let first = rig.tell(ADMIN, "iam:ListRoles", json!({ "MaxItems": 2 }));
    let names = |page: &Json| {
        let roles = page["Roles"].as_array().unwrap();
        roles.iter().map(|role| role["RoleName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (names(&first), &first["IsTruncated"]),
        (vec!["A".into(), "b".into()], &json!(true))
    );
    let rest = rig.tell(ADMIN, "iam:ListRoles", json!({ "Marker": first["Marker"] }));
    assert_eq!((names(&rest), &rest["IsTruncated"]), (vec!["c".into()], &json!(false)));
}

#[test]
fn a_trust_policy_names_only_who_exists() {
    let mut rig = Rig::new();
    make_role(&mut rig, "build");
    let nobody = "arn:aws:iam::222222222222:role/nobody";
    let bad = trust(&json!({ "AWS": nobody }));
    let told =
        format!("MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"{nobody}\"");
    let create = json!({ "RoleName": "other", "AssumeRolePolicyDocument": bad });
    assert_eq!(rig.refused(ADMIN, "iam:CreateRole", create), told);
    let update = json!({ "RoleName": "build", "PolicyDocument": bad });
    assert_eq!(rig.refused(ADMIN, "iam:UpdateAssumeRolePolicy", update), told);
    let resource = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Resource": "*",
        "Principal": { "AWS": STAGING }, "Action": "sts:AssumeRole" }] });
    let update = json!({ "RoleName": "build", "PolicyDocument": resource.to_string() });
    assert_eq!(
        rig.refused(ADMIN, "iam:UpdateAssumeRolePolicy", update),
        "MalformedPolicyDocument: Has prohibited field Resource"
    );
    rig.verify();
}

#[test]
fn a_principal_that_was_deleted_shows_as_its_id_and_its_namesake_is_a_stranger() {
    let mut rig = Rig::new();
    let caller = |rig: &mut Rig| {
        rig.user("staging/alice", Some(&statement(json!({ "Action": "*", "Resource": "*" }))));
        let reply = rig.tell("staging/admin", "iam:GetUser", json!({ "UserName": "alice" }));
        reply["User"]["UserId"].as_str().unwrap().to_owned()
    };
    let id = caller(&mut rig);
    let alice = "arn:aws:iam::222222222222:user/alice";
    let document = trust(&json!({ "AWS": alice }));
    let input = json!({ "RoleName": "deploy", "AssumeRolePolicyDocument": document });
    rig.tell(ADMIN, "iam:CreateRole", input);
    assert_eq!(role(&mut rig, "deploy")["AssumeRolePolicyDocument"], encoded(&document));
    let assume =
        json!({ "RoleArn": "arn:aws:iam::111111111111:role/deploy", "RoleSessionName": "s" });
    rig.tell("staging/alice", "sts:AssumeRole", assume.clone());

    delete_user(&mut rig, "alice");
    let dead = encoded(&document.replace(alice, &id));
    assert_eq!(role(&mut rig, "deploy")["AssumeRolePolicyDocument"], dead);
    let namesake = caller(&mut rig);
    assert_ne!(id, namesake);
    assert_eq!(role(&mut rig, "deploy")["AssumeRolePolicyDocument"], dead);
    let told = rig.refused("staging/alice", "sts:AssumeRole", assume.clone());
    assert!(told.starts_with("AccessDenied: "), "{told}");

    let again = json!({ "RoleName": "deploy", "PolicyDocument": document });
    rig.tell(ADMIN, "iam:UpdateAssumeRolePolicy", again);
    rig.restart();
    assert_eq!(role(&mut rig, "deploy")["AssumeRolePolicyDocument"], encoded(&document));
    rig.tell("staging/alice", "sts:AssumeRole", assume);
    rig.verify();
}

fn delete_user(rig: &mut Rig, name: &str) {
    let admin = "staging/admin";
    let user = json!({ "UserName": name });
    let keys = rig.tell(admin, "iam:ListAccessKeys", user.clone());
    let key = keys["AccessKeyMetadata"][0]["AccessKeyId"].clone();
    rig.tell(admin, "iam:DeleteAccessKey", json!({ "UserName": name, "AccessKeyId": key }));
    let policy = json!({ "UserName": name, "PolicyName": "inline" });
    rig.tell(admin, "iam:DeleteUserPolicy", policy);
    rig.tell(admin, "iam:DeleteUser", user);
}

#[test]
fn with_a_role_its_sessions_die() {
    let mut rig = Rig::new();
    let first = make_role(&mut rig, "deploy");
    let assume = json!({ "RoleArn": first["Arn"], "RoleSessionName": "s" });
    rig.assume("staging/admin", "session", assume);
    rig.tell("session", "sts:GetCallerIdentity", json!({}));
    let used = role(&mut rig, "deploy")["RoleLastUsed"].clone();
    assert_eq!(used["Region"], "us-east-1");
    rig.tell(ADMIN, "iam:DeleteRole", json!({ "RoleName": "deploy" }));
    let second = make_role(&mut rig, "deploy");
    assert_ne!(first["RoleId"], second["RoleId"]);
    let told = rig.refused("session", "sts:GetCallerIdentity", json!({}));
    assert!(told.starts_with("InvalidClientTokenId"), "{told}");
    assert_eq!(role(&mut rig, "deploy")["RoleLastUsed"], json!({}));
    rig.verify();
}

#[test]
fn a_role_is_deleted_when_nothing_hangs_on_it() {
    let mut rig = Rig::new();
    make_role(&mut rig, "build");
    let name = json!({ "RoleName": "build" });
    let profile = json!({ "InstanceProfileName": "build" });
    let both = json!({ "InstanceProfileName": "build", "RoleName": "build" });
    let managed =
        json!({ "RoleName": "build", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
    let policy = statement(json!({ "Action": "s3:*", "Resource": "*" })).to_string();
    let inline = json!({ "RoleName": "build", "PolicyName": "p", "PolicyDocument": policy });
    rig.tell(ADMIN, "iam:CreateInstanceProfile", profile);
    rig.tell(ADMIN, "iam:AddRoleToInstanceProfile", both.clone());
    rig.tell(ADMIN, "iam:AttachRolePolicy", managed.clone());
    rig.tell(ADMIN, "iam:PutRolePolicy", inline);
    let steps = [
        ("remove roles from instance profile", "iam:RemoveRoleFromInstanceProfile", both),
        ("detach all policies", "iam:DetachRolePolicy", managed),
        (
            "delete policies",
            "iam:DeleteRolePolicy",
            json!({ "RoleName": "build", "PolicyName": "p" }),
        ),
    ];
    for (first, operation, input) in steps {
        let told = rig.refused(ADMIN, "iam:DeleteRole", name.clone());
        assert_eq!(told, format!("DeleteConflict: Cannot delete entity, must {first} first."));
        rig.tell(ADMIN, operation, input);
    }
    rig.tell(ADMIN, "iam:DeleteRole", name.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:GetRole", name),
        "NoSuchEntity: The role with name build cannot be found."
    );
    rig.verify();
}

#[test]
fn policies_of_a_role_are_put_told_and_taken_away() {
    let mut rig = Rig::new();
    make_role(&mut rig, "build");
    let text = statement(json!({ "Action": "s3:GetObject", "Resource": "*" })).to_string();
    let inline = json!({ "RoleName": "build", "PolicyName": "p", "PolicyDocument": text });
    rig.tell(ADMIN, "iam:PutRolePolicy", inline);
    let of = json!({ "RoleName": "build", "PolicyName": "p" });
    let told = rig.tell(ADMIN, "iam:GetRolePolicy", of.clone());
    assert_eq!(told["PolicyDocument"], encoded(&text));
    let names = rig.tell(ADMIN, "iam:ListRolePolicies", json!({ "RoleName": "build" }));
    assert_eq!(names["PolicyNames"], json!(["p"]));
    let arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    let managed = json!({ "RoleName": "build", "PolicyArn": arn });
    rig.tell(ADMIN, "iam:AttachRolePolicy", managed.clone());
    let attached = rig.tell(ADMIN, "iam:ListAttachedRolePolicies", json!({ "RoleName": "build" }));
    let one = json!({ "PolicyName": "AWSLambdaBasicExecutionRole", "PolicyArn": arn });
    assert_eq!(attached["AttachedPolicies"], json!([one]));
    rig.tell(ADMIN, "iam:DetachRolePolicy", managed.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:DetachRolePolicy", managed),
        format!("NoSuchEntity: Policy {arn} was not found.")
    );
    rig.tell(ADMIN, "iam:DeleteRolePolicy", of.clone());
    assert_eq!(
        rig.refused(ADMIN, "iam:GetRolePolicy", of),
        "NoSuchEntity: The role policy with name p cannot be found."
    );
    rig.verify();
}

#[test]
fn a_role_is_changed() {
    let mut rig = Rig::new();
    make_role(&mut rig, "build");
    let update = json!({ "RoleName": "build", "Description": "one", "MaxSessionDuration": 7200 });
    rig.tell(ADMIN, "iam:UpdateRole", update);
    rig.tell(ADMIN, "iam:UpdateRole", json!({ "RoleName": "build" }));
    let seen = role(&mut rig, "build");
    assert_eq!((&seen["Description"], &seen["MaxSessionDuration"]), (&json!("one"), &json!(7200)));
    let describe = json!({ "RoleName": "build", "Description": "two" });
    let told = rig.tell(ADMIN, "iam:UpdateRoleDescription", describe);
    assert_eq!(
        (&told["Role"]["Description"], &told["Role"]["MaxSessionDuration"]),
        (&json!("two"), &Json::Null)
    );
    let tags = json!({ "RoleName": "build", "Tags": [{ "Key": "Team", "Value": "a" }] });
    rig.tell(ADMIN, "iam:TagRole", tags);
    let other_case = json!({ "RoleName": "build", "Tags": [{ "Key": "team", "Value": "b" }] });
    rig.tell(ADMIN, "iam:TagRole", other_case);
    let list = rig.tell(ADMIN, "iam:ListRoleTags", json!({ "RoleName": "build" }));
    assert_eq!(list["Tags"], json!([{ "Key": "team", "Value": "b" }]));
    rig.tell(ADMIN, "iam:UntagRole", json!({ "RoleName": "build", "TagKeys": ["TEAM"] }));
    let list = rig.tell(ADMIN, "iam:ListRoleTags", json!({ "RoleName": "build" }));
    assert_eq!(list["Tags"], json!([]));
    rig.verify();
}

#[test]
fn who_may_only_make_bounded_roles_makes_no_other() {
    let mut rig = Rig::new();
    let boundary = "arn:aws:iam::aws:policy/PowerUserAccess";
    let bounded = json!({ "StringEquals": { "iam:PermissionsBoundary": boundary } });
    let policy =
        statement(json!({ "Action": "iam:*Role*", "Resource": "*", "Condition": bounded }));
    rig.user("tools/junior", Some(&policy));
    let trust = trust(&json!({ "AWS": STAGING }));
    let mut input = json!({ "RoleName": "build", "AssumeRolePolicyDocument": trust });
    let told = rig.refused("tools/junior", "iam:CreateRole", input.clone());
    assert_eq!(
        told,
        "AccessDenied: User: arn:aws:iam::111111111111:user/junior is not authorized to perform: \
         iam:CreateRole on resource: arn:aws:iam::111111111111:role/build because no identity-based \
         policy allows the iam:CreateRole action"
    );
    input["PermissionsBoundary"] = json!(boundary);
    let made = rig.tell("tools/junior", "iam:CreateRole", input);
    assert_eq!(made["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"], boundary);
    let other = json!({ "RoleName": "build", "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
    rig.refused("tools/junior", "iam:PutRolePermissionsBoundary", other.clone());
    rig.tell(ADMIN, "iam:PutRolePermissionsBoundary", other);
    let managed = json!({ "RoleName": "build", "PolicyArn": boundary });
    let told = rig.refused("tools/junior", "iam:AttachRolePolicy", managed);
    assert!(told.contains("iam:AttachRolePolicy on resource: role build because"), "{told}");
    rig.tell(ADMIN, "iam:DeleteRolePermissionsBoundary", json!({ "RoleName": "build" }));
    assert_eq!(role(&mut rig, "build")["PermissionsBoundary"], Json::Null);
    let none =
        json!({ "RoleName": "build", "PermissionsBoundary": "arn:aws:iam::aws:policy/Nothing" });
    assert_eq!(
        rig.refused(ADMIN, "iam:PutRolePermissionsBoundary", none),
        "NoSuchEntity: Scope ARN: arn:aws:iam::aws:policy/Nothing does not exist or is not attachable."
    );
    rig.verify();
}

#[test]
fn tags_in_the_request_are_a_permission_of_their_own() {
    let mut rig = Rig::new();
    let policy = statement(json!({ "Action": "iam:CreateRole", "Resource": "*" }));
    rig.user("tools/junior", Some(&policy));
    let trust = trust(&json!({ "AWS": STAGING }));
    let input = json!({ "RoleName": "r", "Path": "/p/", "AssumeRolePolicyDocument": trust,
                        "Tags": [{ "Key": "a", "Value": "b" }] });
    let told = rig.refused("tools/junior", "iam:CreateRole", input);
    assert!(
        told.contains(
            "perform: iam:TagRole on resource: arn:aws:iam::111111111111:role/p/r because"
        ),
        "{told}"
    );
    rig.verify();
}

#[test]
fn every_operation_asks_and_a_denial_calls_the_role_as_iam_does() {
    let mut rig = Rig::new();
    make_role(&mut rig, "build");
    rig.user("tools/mallory", None);
    let with = |more: Json| {
        let mut input = json!({ "RoleName": "build" });
        more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
        input
    };
    let arn = json!("arn:aws:iam::aws:policy/ReadOnlyAccess");
    let calls = [
        ("AttachRolePolicy", json!({ "PolicyArn": arn })),
        ("DeleteRole", json!({})),
        ("DeleteRolePermissionsBoundary", json!({})),
        ("DeleteRolePolicy", json!({ "PolicyName": "p" })),
        ("DetachRolePolicy", json!({ "PolicyArn": arn })),
        ("GetRole", json!({})),
        ("GetRolePolicy", json!({ "PolicyName": "p" })),
        ("ListAttachedRolePolicies", json!({})),
        ("ListInstanceProfilesForRole", json!({})),
        ("ListRolePolicies", json!({})),
        ("ListRoleTags", json!({})),
        ("PutRolePermissionsBoundary", json!({ "PermissionsBoundary": arn })),
        ("PutRolePolicy", json!({ "PolicyName": "p", "PolicyDocument": "{}" })),
        ("TagRole", json!({ "Tags": [{ "Key": "a", "Value": "b" }] })),
        ("UntagRole", json!({ "TagKeys": ["a"] })),
        ("UpdateAssumeRolePolicy", json!({ "PolicyDocument": "{}" })),
        ("UpdateRole", json!({})),
        ("UpdateRoleDescription", json!({ "Description": "d" })),
    ];
    for (operation, more) in calls {
        let told = rig.refused("tools/mallory", &format!("iam:{operation}"), with(more));
        assert_eq!(told, denial(operation, "role build"));
        let asked = rig.last_record()["calls"][0]["asked"][0]["resource"].clone();
        assert_eq!(asked, "arn:aws:iam::111111111111:role/build", "{operation}");
    }
    let told = rig.refused("tools/mallory", "iam:ListRoles", json!({ "PathPrefix": "/p/" }));
    assert_eq!(told, denial("ListRoles", "arn:aws:iam::111111111111:role/p/"));
    rig.verify();
}

/// What `tools/mallory`, who may do nothing, is told.
pub(crate) fn denial(operation: &str, resource: &str) -> String {
    format!(
        "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to perform: \
         iam:{operation} on resource: {resource} because no identity-based policy allows the \
         iam:{operation} action"
    )
}
