//! The columns of the table: the kinds of callers, and how each comes to be.

use serde_json::{Value as Json, json};

use super::case::{Case, Setting, number};
use crate::rig::Rig;

/// A kind of caller.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Who that is, for the head of the table.
    pub(super) says: &'static str,
    pub(super) of: Of,
    /// Makes such a caller for an operation that asks these actions; gives the name of its key.
    enter: fn(&mut Rig, home: &str, actions: &[&str]) -> String,
}

/// Where there are callers of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Everywhere.
    All,
    /// In an organization.
    Organization,
    /// In services whose resources have policies, which are also those that RCPs reach. Source: AWS
    /// Organizations User Guide, "Resource control policies (RCPs)", of the services served here.
    ResourcePolicies,
}

const WITH_RESOURCE_POLICIES: [&str; 4] = ["kms", "s3", "secretsmanager", "sts"];

/// In the same account, named by the resource policies of the settings, without policies of its own.
pub(super) const NEIGHBOUR: &str = "neighbour";
/// In the account `production`, named likewise, and allowed everything there.
pub(super) const GUEST: &str = "guest";
const ABROAD: &str = "production";

#[rustfmt::skip]
pub(super) const KINDS: [Kind; 15] = [
    Kind { name: "anonymous", of: Of::All, enter: anonymous,
        says: "the call is not signed" },
    Kind { name: "nobody", of: Of::All, enter: nobody,
        says: "a user of the account without policies" },
    Kind { name: "admin", of: Of::All, enter: admin,
        says: "a user with AdministratorAccess" },
    Kind { name: "root", of: Of::All, enter: root,
        says: "the root user of the account, in a session of GetSessionToken with MFA" },
    Kind { name: "asked", of: Of::All, enter: asked,
        says: "a user allowed what the operation asks (docs/services.md), and nothing else" },
    Kind { name: "denied", of: Of::All, enter: denied,
        says: "a user allowed everything and denied that" },
    Kind { name: "bounded", of: Of::All, enter: bounded,
        says: "a role allowed everything, whose permissions boundary lacks that" },
    Kind { name: "session", of: Of::All, enter: session,
        says: "a role allowed everything, in a session whose policy lacks that" },
    Kind { name: "token", of: Of::All, enter: token,
        says: "the administrator, in a session of GetSessionToken without MFA" },
    Kind { name: "federated", of: Of::All, enter: federated,
        says: "somebody the administrator lets act by GetFederationToken, allowed everything" },
    Kind { name: "scp", of: Of::Organization, enter: under_scp,
        says: "the administrator, of an account under an SCP that denies that" },
    Kind { name: "rcp", of: Of::ResourcePolicies, enter: under_rcp,
        says: "the administrator, of an account under an RCP that denies that" },
    Kind { name: "foreign", of: Of::All, enter: foreign,
        says: "the administrator of another account, whom no policy here names" },
    Kind { name: NEIGHBOUR, of: Of::ResourcePolicies, enter: neighbour,
        says: "a user of the account without policies, named by the policy of the resource" },
    Kind { name: GUEST, of: Of::ResourcePolicies, enter: guest,
        says: "a user of another account, allowed everything there, and named by that policy" },
];

impl Kind {
    /// Makes the caller, where there are such callers.
    pub(super) fn enter(&self, rig: &mut Rig, setting: &Setting, case: &Case) -> Option<String> {
        let there = match self.of {
            Of::All => true,
            Of::Organization => setting.organized,
            Of::ResourcePolicies => has_resource_policies(case.served().service()),
        };
        there.then(|| (self.enter)(rig, setting.home, &case.actions()))
    }
}

/// Whether there is a column for such callers in the table of a service.
pub(super) fn has_column(kind: &Kind, service: &str) -> bool {
    kind.of != Of::ResourcePolicies || has_resource_policies(service)
}

fn has_resource_policies(service: &str) -> bool {
    WITH_RESOURCE_POLICIES.contains(&service)
}

/// The rig of a setting, with the two users whom resource policies can name.
pub(super) fn rig(setting: &Setting) -> Rig {
    let mut rig = Rig::new();
    if setting.organized {
        rig.organize();
        let root = rig.tell("tools/admin", "organizations:ListRoots", json!({}));
        let kind = "RESOURCE_CONTROL_POLICY";
        let input = json!({ "RootId": root["Roots"][0]["Id"], "PolicyType": kind });
        rig.tell("tools/admin", "organizations:EnablePolicyType", input);
    }
    rig.user(&format!("{}/{NEIGHBOUR}", setting.home), None);
    rig.user(&format!("{ABROAD}/{GUEST}"), Some(&everything()));
    rig
}

/// The principals that the resource policies of a setting name.
pub(super) fn named(home: &str) -> Json {
    let [home, abroad] = [home, ABROAD].map(number);
    json!({ "AWS": [
        format!("arn:aws:iam::{home}:user/{NEIGHBOUR}"),
        format!("arn:aws:iam::{abroad}:user/{GUEST}"),
    ] })
}

fn statements(statements: &[Json]) -> Json {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn everything() -> Json {
    statements(&[json!({ "Effect": "Allow", "Action": "*", "Resource": "*" })])
}

fn everything_but(actions: &[&str]) -> Json {
    statements(&[json!({ "Effect": "Allow", "NotAction": actions, "Resource": "*" })])
}

fn anonymous(_: &mut Rig, _: &str, _: &[&str]) -> String {
    "anonymous".to_owned()
}

fn nobody(rig: &mut Rig, home: &str, _: &[&str]) -> String {
    let who = format!("{home}/nobody");
    rig.user(&who, None);
    who
}

fn admin(_: &mut Rig, home: &str, _: &[&str]) -> String {
    format!("{home}/admin")
}

fn root(rig: &mut Rig, home: &str, _: &[&str]) -> String {
    rig.root(home)
}

fn asked(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let who = format!("{home}/asked");
    let policy = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
    rig.user(&who, Some(&statements(&[policy])));
    who
}

fn denied(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let who = format!("{home}/denied");
    let allow = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let deny = json!({ "Effect": "Deny", "Action": actions, "Resource": "*" });
    rig.user(&who, Some(&statements(&[allow, deny])));
    who
}

/// Makes a role that is allowed everything and may be assumed by its account.
fn role(rig: &mut Rig, home: &str, boundary: Option<String>) -> String {
    let (admin, number) = (format!("{home}/admin"), number(home));
    let principal = json!({ "AWS": format!("arn:aws:iam::{number}:root") });
    let trust = json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    let mut input = json!({
        "RoleName": "caller", "AssumeRolePolicyDocument": statements(&[trust]).to_string()
    });
    if let Some(boundary) = boundary {
        input["PermissionsBoundary"] = json!(boundary);
    }
    rig.tell(&admin, "iam:CreateRole", input);
    let policy = everything().to_string();
    let policy = json!({ "RoleName": "caller", "PolicyName": "all", "PolicyDocument": policy });
    rig.tell(&admin, "iam:PutRolePolicy", policy);
    format!("arn:aws:iam::{number}:role/caller")
}

fn bounded(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let (admin, who) = (format!("{home}/admin"), format!("{home}/bounded"));
    let document = everything_but(actions).to_string();
    let policy = json!({ "PolicyName": "boundary", "PolicyDocument": document });
    let made = rig.tell(&admin, "iam:CreatePolicy", policy);
    let arn = made["Policy"]["Arn"].as_str().unwrap().to_owned();
    let role = role(rig, home, Some(arn));
    rig.assume(&admin, &who, json!({ "RoleArn": role, "RoleSessionName": "bounded" }));
    who
}

fn session(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let who = format!("{home}/session");
    let role = role(rig, home, None);
    let policy = everything_but(actions).to_string();
    let input = json!({ "RoleArn": role, "RoleSessionName": "session", "Policy": policy });
    rig.assume(&format!("{home}/admin"), &who, input);
    who
}

fn token(rig: &mut Rig, home: &str, _: &[&str]) -> String {
    let who = format!("{home}/token");
    rig.enter(&format!("{home}/admin"), &who, "sts:GetSessionToken", json!({}));
    who
}

fn federated(rig: &mut Rig, home: &str, _: &[&str]) -> String {
    let who = format!("{home}/federated");
    let input = json!({ "Name": "federated", "Policy": everything().to_string() });
    rig.enter(&format!("{home}/admin"), &who, "sts:GetFederationToken", input);
    who
}

/// Attaches a policy of the organization to the account.
fn attach(rig: &mut Rig, home: &str, kind: &str, statement: &Json) {
    let content = statements(std::slice::from_ref(statement)).to_string();
    let input = json!({
        "Name": "denying", "Description": "", "Type": kind, "Content": content
    });
    let made = rig.tell("tools/admin", "organizations:CreatePolicy", input);
    let id = &made["Policy"]["PolicySummary"]["Id"];
    let target = json!({ "PolicyId": id, "TargetId": number(home) });
    rig.tell("tools/admin", "organizations:AttachPolicy", target);
}

fn under_scp(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let statement = json!({ "Effect": "Deny", "Action": actions, "Resource": "*" });
    attach(rig, home, "SERVICE_CONTROL_POLICY", &statement);
    format!("{home}/admin")
}

fn under_rcp(rig: &mut Rig, home: &str, actions: &[&str]) -> String {
    let statement =
        json!({ "Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*" });
    attach(rig, home, "RESOURCE_CONTROL_POLICY", &statement);
    format!("{home}/admin")
}

fn foreign(_: &mut Rig, _: &str, _: &[&str]) -> String {
    format!("{ABROAD}/admin")
}

fn neighbour(_: &mut Rig, home: &str, _: &[&str]) -> String {
    format!("{home}/{NEIGHBOUR}")
}

fn guest(_: &mut Rig, _: &str, _: &[&str]) -> String {
    format!("{ABROAD}/{GUEST}")
}
