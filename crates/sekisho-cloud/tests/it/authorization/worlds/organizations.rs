//! Organizations: called from the management account, which its own policies do not bind.

use serde_json::{Value as Json, json};

use super::{NUMBER, policy, text, with};
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] = &[
    Setting { home: "tools", organized: true, furnish },
    Setting { home: "tools", organized: false, furnish: alone },
    Setting { home: "staging", organized: false, furnish: invited },
];

const EVERY_ACCOUNT: &str = "every account of the organization may ask this of its own";
const MANAGER: &str = "tools/admin";
/// An account that is not in the organization.
const OUTSIDE: &str = "444444444444";

fn tell(rig: &mut Rig, operation: &str, input: Json) -> Json {
    rig.tell(MANAGER, &format!("organizations:{operation}"), input)
}

fn denying() -> String {
    policy(&json!({ "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }))
}

fn new_policy(name: &str) -> Json {
    let (kind, content) = ("SERVICE_CONTROL_POLICY", denying());
    json!({ "Name": name, "Description": "", "Type": kind, "Content": content })
}

fn tags() -> Json {
    json!({ "Tags": [{ "Key": "team", "Value": "a" }] })
}

/// What the cases are about.
struct World {
    root: String,
    /// The unit of the account `staging`.
    parent: String,
    unit: String,
    /// A unit without accounts.
    empty: String,
    /// A policy that is attached to the unit.
    attached: String,
    loose: String,
    request: String,
}

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let root = text(&tell(rig, "ListRoots", json!({}))["Roots"][0]["Id"]);
    let parent = tell(rig, "ListParents", json!({ "ChildId": NUMBER }));
    let parent = text(&parent["Parents"][0]["Id"]);
    let [unit, empty] = ["unit", "empty"].map(|name| {
        let new = with(json!({ "ParentId": root, "Name": name }), tags());
        text(&tell(rig, "CreateOrganizationalUnit", new)["OrganizationalUnit"]["Id"])
    });
    let [attached, loose] = ["attached", "loose"].map(|name| {
        let made = tell(rig, "CreatePolicy", new_policy(name));
        text(&made["Policy"]["PolicySummary"]["Id"])
    });
    tell(rig, "AttachPolicy", json!({ "PolicyId": attached, "TargetId": unit }));
    let account = json!({ "AccountName": "first", "Email": "first@example.com" });
    let request = text(&tell(rig, "CreateAccount", account)["CreateAccountStatus"]["Id"]);
    let rcps = json!({ "RootId": root, "PolicyType": "RESOURCE_CONTROL_POLICY" });
    tell(rig, "DisablePolicyType", rcps);
    rig.found("outside", OUTSIDE);
    let world = World { root, parent, unit, empty, attached, loose, request };
    [accounts(&world), units(&world), policies(&world)].into_iter().flatten().collect()
}

fn of(operation: &'static str, input: Json) -> Case {
    Case::of(operation, input)
}

fn accounts(world: &World) -> Vec<Case> {
    let World { root, unit, parent, request, .. } = world;
    let new = || json!({ "AccountName": "new", "Email": "new@example.com" });
    let target = || json!({ "Target": { "Id": OUTSIDE, "Type": "ACCOUNT" } });
    let account = || json!({ "AccountId": NUMBER });
    vec![
        of("organizations:CreateAccount", new()),
        of("organizations:CreateAccount", with(new(), tags())).variant("with tags"),
        of("organizations:DescribeAccount", account()),
        of(
            "organizations:DescribeCreateAccountStatus",
            json!({ "CreateAccountRequestId": request }),
        ),
        of("organizations:ListCreateAccountStatus", json!({})),
        of("organizations:InviteAccountToOrganization", target()),
        of("organizations:InviteAccountToOrganization", with(target(), tags()))
            .variant("with tags"),
        of("organizations:ListAccounts", json!({})),
        of("organizations:ListAWSServiceAccessForOrganization", json!({})),
        of("organizations:ListAccountsForParent", json!({ "ParentId": root })),
        of(
            "organizations:MoveAccount",
            with(account(), json!({ "SourceParentId": parent, "DestinationParentId": unit })),
        ),
        of("organizations:DescribeOrganization", json!({})).note(EVERY_ACCOUNT),
        of("organizations:ListRoots", json!({})),
    ]
}

fn units(world: &World) -> Vec<Case> {
    let World { root, unit, empty, .. } = world;
    let new = || json!({ "ParentId": root, "Name": "new" });
    let unit = || json!({ "OrganizationalUnitId": unit });
    let resource = || json!({ "ResourceId": empty });
    vec![
        of("organizations:CreateOrganizationalUnit", new()),
        of("organizations:CreateOrganizationalUnit", with(new(), tags())).variant("with tags"),
        of("organizations:DescribeOrganizationalUnit", unit()),
        of("organizations:UpdateOrganizationalUnit", with(unit(), json!({ "Name": "other" }))),
        of("organizations:DeleteOrganizationalUnit", json!({ "OrganizationalUnitId": empty })),
        of("organizations:ListOrganizationalUnitsForParent", json!({ "ParentId": root })),
        of("organizations:ListChildren", json!({ "ParentId": root, "ChildType": "ACCOUNT" })),
        of("organizations:ListParents", json!({ "ChildId": NUMBER })),
        of("organizations:TagResource", with(resource(), tags())),
        of("organizations:UntagResource", with(resource(), json!({ "TagKeys": ["team"] }))),
        of("organizations:ListTagsForResource", resource()),
    ]
}

fn policies(world: &World) -> Vec<Case> {
    let World { root, unit, empty, attached, loose, .. } = world;
    let id = |id: &str| json!({ "PolicyId": id });
    let at = |id: &str, target: &str| json!({ "PolicyId": id, "TargetId": target });
    let kind = |kind: &str| json!({ "RootId": root, "PolicyType": kind });
    let scps = || json!({ "Filter": "SERVICE_CONTROL_POLICY" });
    vec![
        of("organizations:CreatePolicy", new_policy("new")),
        of("organizations:CreatePolicy", with(new_policy("new"), tags())).variant("with tags"),
        of("organizations:DescribePolicy", id(loose)),
        of("organizations:UpdatePolicy", with(id(loose), json!({ "Description": "x" }))),
        of("organizations:DeletePolicy", id(loose)),
        of("organizations:AttachPolicy", at(loose, empty)),
        of("organizations:DetachPolicy", at(attached, unit)),
        of("organizations:ListPolicies", scps()),
        of("organizations:ListPoliciesForTarget", with(scps(), json!({ "TargetId": unit }))),
        of("organizations:ListTargetsForPolicy", id(attached)),
        of("organizations:EnablePolicyType", kind("RESOURCE_CONTROL_POLICY")),
        of("organizations:DisablePolicyType", kind("SERVICE_CONTROL_POLICY")),
    ]
}

/// Before there is an organization.
fn alone(_: &mut Rig) -> Vec<Case> {
    vec![Case::of("organizations:CreateOrganization", json!({}))]
}

/// An account that is invited and in no organization.
fn invited(rig: &mut Rig) -> Vec<Case> {
    tell(rig, "CreateOrganization", json!({}));
    let target = json!({ "Target": { "Id": NUMBER, "Type": "ACCOUNT" } });
    let made = tell(rig, "InviteAccountToOrganization", target);
    let handshake = json!({ "HandshakeId": made["Handshake"]["Id"] });
    vec![Case::of("organizations:AcceptHandshake", handshake)]
}
