//! Organizations through the gate: who is in it, and what its policies forbid.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const STAGING: &str = "222222222222";
const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn org(rig: &mut Rig, operation: &str, input: Json) -> Json {
    rig.tell(ADMIN, &format!("organizations:{operation}"), input)
}

fn refused(rig: &mut Rig, operation: &str, input: Json) -> String {
    rig.refused(ADMIN, &format!("organizations:{operation}"), input)
}

fn root(rig: &mut Rig) -> String {
    text(&org(rig, "ListRoots", json!({}))["Roots"][0]["Id"])
}

fn text(value: &Json) -> String {
    value.as_str().unwrap().to_owned()
}

fn deny(action: &str) -> String {
    json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Action": action, "Resource": "*" }
    ] })
    .to_string()
}

/// Makes an SCP; its id and its ARN.
fn scp(rig: &mut Rig, name: &str, content: &str) -> (String, String) {
    let input = json!({
        "Name": name, "Description": "d", "Type": "SERVICE_CONTROL_POLICY", "Content": content
    });
    let made = org(rig, "CreatePolicy", input);
    let summary = &made["Policy"]["PolicySummary"];
    (text(&summary["Id"]), text(&summary["Arn"]))
}

#[test]
fn an_estate_becomes_an_organization_by_recorded_calls() {
    let mut rig = Rig::new();
    rig.organize();
    let called: Vec<_> = rig.last_record()["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| text(&call["operation"]).replace("organizations:", ""))
        .collect();
    let joined = ["InviteAccountToOrganization", "AcceptHandshake"];
    let (unit, moved) = ("CreateOrganizationalUnit", "MoveAccount");
    let wanted =
        [&["CreateOrganization"], &joined[..], &[unit, unit, moved], &joined, &[unit, moved]];
    assert_eq!(called, wanted.concat());
    rig.restart();
    let seen = rig.tell("production/admin", "organizations:DescribeOrganization", json!({}));
    assert_eq!(seen["Organization"]["MasterAccountId"], "111111111111");
    let accounts = org(&mut rig, "ListAccounts", json!({ "MaxResults": 2 }));
    assert_eq!(accounts["Accounts"].as_array().unwrap().len(), 2);
    let next = json!({ "NextToken": accounts["NextToken"] });
    let rest = org(&mut rig, "ListAccounts", next);
    assert_eq!(rest["Accounts"][0]["Name"], "production");
    rig.verify();
}

#[test]
fn an_scp_binds_an_administrator_of_a_member_and_not_the_management_account() {
    let mut rig = Rig::new();
    rig.organize();
    let root = root(&mut rig);
    let (id, arn) = scp(&mut rig, "no-users", &deny("iam:CreateUser"));
    let at = json!({ "PolicyId": id, "TargetId": root });
    rig.tell("staging/admin", "iam:CreateUser", json!({ "UserName": "before" }));
    org(&mut rig, "AttachPolicy", at.clone());
    assert_eq!(
        rig.refused("staging/admin", "iam:CreateUser", json!({ "UserName": "after" })),
        format!(
            "AccessDenied: User: arn:aws:iam::222222222222:user/admin is not authorized to perform: \
             iam:CreateUser on resource: arn:aws:iam::222222222222:user/after with an explicit deny \
             in a service control policy: {arn}"
        )
    );
    rig.tell(ADMIN, "iam:CreateUser", json!({ "UserName": "after" }));
    assert!(refused(&mut rig, "AttachPolicy", at.clone()).starts_with(
        "DuplicatePolicyAttachmentException: A policy with the specified name and type already"
    ));
    assert!(
        refused(&mut rig, "DeletePolicy", json!({ "PolicyId": id })).starts_with("PolicyInUse")
    );
    let update = json!({ "PolicyId": id, "Content": deny("iam:DeleteUser"), "Name": "other" });
    org(&mut rig, "UpdatePolicy", update);
    rig.tell("staging/admin", "iam:CreateUser", json!({ "UserName": "after" }));
    let targets = org(&mut rig, "ListTargetsForPolicy", json!({ "PolicyId": id }));
    assert_eq!(targets["Targets"][0]["Type"], "ROOT");
    org(&mut rig, "DetachPolicy", at);
    rig.tell("staging/admin", "iam:DeleteUser", json!({ "UserName": "after" }));
    org(&mut rig, "DeletePolicy", json!({ "PolicyId": id }));
    assert!(
        refused(&mut rig, "DescribePolicy", json!({ "PolicyId": id }))
            .starts_with("PolicyNotFound")
    );
    rig.verify();
}

#[test]
fn every_level_must_allow_and_one_policy_stays() {
    let mut rig = Rig::new();
    rig.organize();
    let full = json!({ "PolicyId": "p-FullAWSAccess", "TargetId": STAGING });
    let text = refused(&mut rig, "DetachPolicy", full.clone());
    // Source: hashicorp/terraform-provider-aws#26797.
    assert_eq!(
        text,
        "ConstraintViolationException: You cannot remove the last policy attached to the specified \
         target. You must have at least one attached at all times."
    );
    let reading = ALLOW.replace(r#""Action":"*""#, r#""Action":"iam:Get*""#);
    let (id, _) = scp(&mut rig, "reading", &reading);
    org(&mut rig, "AttachPolicy", json!({ "PolicyId": id, "TargetId": STAGING }));
    org(&mut rig, "DetachPolicy", full);
    let text = rig.refused("staging/admin", "iam:CreateUser", json!({ "UserName": "x" }));
    assert!(text.ends_with("because no service control policy allows the iam:CreateUser action"));
    rig.tell("staging/admin", "iam:GetUser", json!({}));
    let list = json!({ "TargetId": STAGING, "Filter": "SERVICE_CONTROL_POLICY" });
    let listed = org(&mut rig, "ListPoliciesForTarget", list);
    assert_eq!(listed["Policies"][0]["Name"], "reading");
    let root = root(&mut rig);
    let scps = json!({ "RootId": root, "PolicyType": "SERVICE_CONTROL_POLICY" });
    let told = org(&mut rig, "DisablePolicyType", scps.clone());
    assert_eq!(told["Root"]["PolicyTypes"][0]["Status"], "ENABLED");
    rig.tell("staging/admin", "iam:CreateUser", json!({ "UserName": "x" }));
    let again = json!({ "PolicyId": id, "TargetId": STAGING });
    assert!(refused(&mut rig, "AttachPolicy", again).starts_with("PolicyTypeNotEnabledException"));
    org(&mut rig, "EnablePolicyType", scps.clone());
    assert!(refused(&mut rig, "EnablePolicyType", scps).starts_with("PolicyTypeAlreadyEnabled"));
    rig.tell("staging/admin", "iam:CreateUser", json!({ "UserName": "y" }));
    let rcps = json!({ "RootId": root, "PolicyType": "RESOURCE_CONTROL_POLICY" });
    org(&mut rig, "EnablePolicyType", rcps);
    let full = json!({ "PolicyId": "p-RCPFullAWSAccess", "TargetId": STAGING });
    let text = refused(&mut rig, "DetachPolicy", full);
    assert!(text.starts_with("InvalidInputException: You cannot detach this policy."), "{text}");
    rig.verify();
}

#[test]
fn a_created_account_is_there_with_a_role_to_enter_by() {
    let mut rig = Rig::new();
    rig.organize();
    let root = root(&mut rig);
    let (id, _) = scp(&mut rig, "no-roles", &deny("iam:CreateRole"));
    org(&mut rig, "AttachPolicy", json!({ "PolicyId": id, "TargetId": root }));
    let new = json!({ "Email": "dev@example.com", "AccountName": "dev" });
    let asked = org(&mut rig, "CreateAccount", new.clone());
    assert_eq!(asked["CreateAccountStatus"]["State"], "IN_PROGRESS");
    let status = json!({ "CreateAccountRequestId": asked["CreateAccountStatus"]["Id"] });
    let told = org(&mut rig, "DescribeCreateAccountStatus", status);
    assert_eq!(told["CreateAccountStatus"]["State"], "SUCCEEDED");
    let number = text(&told["CreateAccountStatus"]["AccountId"]);
    let role = format!("arn:aws:iam::{number}:role/OrganizationAccountAccessRole");
    rig.restart();
    rig.assume(ADMIN, "dev", json!({ "RoleArn": role, "RoleSessionName": "enter" }));
    rig.tell("dev", "iam:CreateUser", json!({ "UserName": "first" }));
    let seen = org(&mut rig, "DescribeAccount", json!({ "AccountId": number }));
    assert_eq!(seen["Account"]["JoinedMethod"], "CREATED");
    org(&mut rig, "CreateAccount", new);
    let failed = org(&mut rig, "ListCreateAccountStatus", json!({ "States": ["FAILED"] }));
    assert_eq!(failed["CreateAccountStatuses"][0]["FailureReason"], "EMAIL_ALREADY_EXISTS");
    rig.verify();
}

#[test]
fn units_hold_accounts_and_go_when_they_are_empty() {
    let mut rig = Rig::new();
    rig.organize();
    let root = root(&mut rig);
    let new =
        json!({ "ParentId": root, "Name": "sandbox", "Tags": [{ "Key": "a", "Value": "b" }] });
    let made = org(&mut rig, "CreateOrganizationalUnit", new.clone());
    let id = text(&made["OrganizationalUnit"]["Id"]);
    let text = refused(&mut rig, "CreateOrganizationalUnit", new);
    assert_eq!(
        text,
        "DuplicateOrganizationalUnitException: An OU with the same name already exists."
    );
    let parents = org(&mut rig, "ListParents", json!({ "ChildId": STAGING }));
    let from = &parents["Parents"][0]["Id"];
    let to = json!({ "AccountId": STAGING, "SourceParentId": from, "DestinationParentId": id });
    org(&mut rig, "MoveAccount", to.clone());
    assert!(refused(&mut rig, "MoveAccount", to).starts_with("SourceParentNotFoundException"));
    let accounts = org(&mut rig, "ListAccountsForParent", json!({ "ParentId": id }));
    assert_eq!(accounts["Accounts"][0]["Id"], STAGING);
    let children = org(&mut rig, "ListChildren", json!({ "ParentId": id, "ChildType": "ACCOUNT" }));
    assert_eq!(children["Children"], json!([{ "Id": STAGING, "Type": "ACCOUNT" }]));
    let unit = json!({ "OrganizationalUnitId": id });
    let text = refused(&mut rig, "DeleteOrganizationalUnit", unit.clone());
    assert!(text.starts_with("OrganizationalUnitNotEmptyException"), "{text}");
    let back = json!({ "AccountId": STAGING, "SourceParentId": id, "DestinationParentId": from });
    org(&mut rig, "MoveAccount", back);
    let renamed = json!({ "OrganizationalUnitId": id, "Name": "playground" });
    org(&mut rig, "UpdateOrganizationalUnit", renamed);
    let seen = org(&mut rig, "DescribeOrganizationalUnit", unit.clone());
    assert_eq!(seen["OrganizationalUnit"]["Name"], "playground");
    let listed = org(&mut rig, "ListOrganizationalUnitsForParent", json!({ "ParentId": root }));
    assert_eq!(listed["OrganizationalUnits"].as_array().unwrap().len(), 2);
    let tags = json!({ "ResourceId": id, "Tags": [{ "Key": "c", "Value": "d" }] });
    org(&mut rig, "TagResource", tags);
    let reserved = json!({ "ResourceId": id, "Tags": [{ "Key": "aws:c", "Value": "d" }] });
    let text = refused(&mut rig, "TagResource", reserved);
    assert!(
        text.starts_with("InvalidInputException: You specified a tag key that is a system tag")
    );
    org(&mut rig, "UntagResource", json!({ "ResourceId": id, "TagKeys": ["a"] }));
    let tags = org(&mut rig, "ListTagsForResource", json!({ "ResourceId": id }));
    assert_eq!(tags["Tags"], json!([{ "Key": "c", "Value": "d" }]));
    org(&mut rig, "DeleteOrganizationalUnit", unit);
    rig.verify();
}

#[test]
fn units_are_five_deep_and_documents_are_read() {
    let mut rig = Rig::new();
    let account = "organizations:ListAccounts";
    assert_eq!(
        rig.refused(ADMIN, account, json!({})),
        "AWSOrganizationsNotInUseException: Your account is not a member of an organization."
    );
    org(&mut rig, "CreateOrganization", json!({}));
    let text = refused(&mut rig, "CreateOrganization", json!({}));
    assert!(text.starts_with("AlreadyInOrganizationException"), "{text}");
    let mut parent = root(&mut rig);
    for depth in 0..6 {
        let new = json!({ "ParentId": parent, "Name": "a" });
        match rig.call(ADMIN, "organizations:CreateOrganizationalUnit", new) {
            Ok(made) => parent = self::text(&made["OrganizationalUnit"]["Id"]),
            Err(fault) => assert_eq!((depth, fault.code), (5, "ConstraintViolationException")),
        }
    }
    let bad = |content: &str| {
        json!({
            "Name": "n", "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": content
        })
    };
    let text = refused(&mut rig, "CreatePolicy", bad("{"));
    assert!(text.starts_with("MalformedPolicyDocumentException"), "{text}");
    let long = refused(&mut rig, "CreatePolicy", bad(&" ".repeat(10_241)));
    assert!(long.starts_with("ConstraintViolationException"), "{long}");
    scp(&mut rig, "n", ALLOW);
    let twice = refused(&mut rig, "CreatePolicy", bad(ALLOW));
    assert!(twice.starts_with("DuplicatePolicyException"), "{twice}");
    let listed = org(&mut rig, "ListPolicies", json!({ "Filter": "SERVICE_CONTROL_POLICY" }));
    assert_eq!(listed["Policies"][0]["Name"], "FullAWSAccess");
    let update = json!({ "PolicyId": "p-FullAWSAccess", "Name": "x" });
    assert!(refused(&mut rig, "UpdatePolicy", update).starts_with("InvalidInputException"));
    rig.verify();
}

/// Every operation with the input of a stranger, in the order of their names.
fn calls() -> Vec<(&'static str, Json)> {
    let (root, unit, policy) = ("r-abcd", "ou-abcd-abcdefgh", "p-abcdefgh");
    let ou = json!({ "OrganizationalUnitId": unit });
    let both = json!({ "PolicyId": policy, "TargetId": root });
    let scp = "SERVICE_CONTROL_POLICY";
    let kind = json!({ "RootId": root, "PolicyType": scp });
    let move_to =
        json!({ "AccountId": STAGING, "SourceParentId": root, "DestinationParentId": unit });
    let new_policy = json!({ "Name": "n", "Description": "", "Type": scp, "Content": ALLOW });
    vec![
        ("AttachPolicy", both.clone()),
        ("CreateAccount", json!({ "Email": "a@example.com", "AccountName": "a" })),
        ("CreateOrganizationalUnit", json!({ "ParentId": root, "Name": "a" })),
        ("CreatePolicy", new_policy),
        ("DeleteOrganizationalUnit", ou.clone()),
        ("DeletePolicy", json!({ "PolicyId": policy })),
        ("DescribeAccount", json!({ "AccountId": STAGING })),
        ("DescribeCreateAccountStatus", json!({ "CreateAccountRequestId": "car-abcdefgh" })),
        ("DescribeOrganizationalUnit", ou.clone()),
        ("DescribePolicy", json!({ "PolicyId": policy })),
        ("DetachPolicy", both),
        ("DisablePolicyType", kind.clone()),
        ("EnablePolicyType", kind),
        ("InviteAccountToOrganization", json!({ "Target": { "Id": STAGING, "Type": "ACCOUNT" } })),
        ("ListAWSServiceAccessForOrganization", json!({})),
        ("ListAccounts", json!({})),
        ("ListAccountsForParent", json!({ "ParentId": root })),
        ("ListChildren", json!({ "ParentId": root, "ChildType": "ACCOUNT" })),
        ("ListCreateAccountStatus", json!({})),
        ("ListOrganizationalUnitsForParent", json!({ "ParentId": root })),
        ("ListParents", json!({ "ChildId": unit })),
        ("ListPolicies", json!({ "Filter": scp })),
        ("ListPoliciesForTarget", json!({ "TargetId": root, "Filter": scp })),
        ("ListRoots", json!({})),
        ("ListTagsForResource", json!({ "ResourceId": root })),
        ("ListTargetsForPolicy", json!({ "PolicyId": policy })),
        ("MoveAccount", move_to),
        ("TagResource", json!({ "ResourceId": root, "Tags": [] })),
        ("UntagResource", json!({ "ResourceId": root, "TagKeys": [] })),
        ("UpdateOrganizationalUnit", ou),
        ("UpdatePolicy", json!({ "PolicyId": policy })),
    ]
}

#[test]
fn members_are_told_nothing_and_users_without_permission_why() {
    let mut rig = Rig::new();
    rig.organize();
    rig.user("tools/nobody", None);
    for (operation, input) in calls() {
        let name = format!("organizations:{operation}");
        assert_eq!(
            rig.refused("staging/admin", &name, input.clone()),
            "AccessDeniedException: You don't have permissions to access this resource.",
            "{name}"
        );
        let text = rig.refused("tools/nobody", &name, input);
        assert!(
            text.ends_with(&format!("no identity-based policy allows the {name} action")),
            "{text}"
        );
    }
    for operation in ["CreateOrganization", "DescribeOrganization"] {
        let name = format!("organizations:{operation}");
        let text = rig.refused("tools/nobody", &name, json!({}));
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    let stray = json!({ "HandshakeId": "h-abcdefgh" });
    let accept = "organizations:AcceptHandshake";
    assert!(rig.refused("tools/nobody", accept, stray.clone()).starts_with("AccessDenied"));
    assert!(rig.refused("staging/admin", accept, stray).starts_with("HandshakeNotFound"));
    rig.verify();
}
