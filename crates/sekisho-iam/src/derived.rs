//! Condition keys that follow from who calls and what for.
//!
//! Source: IAM User Guide, "AWS global condition context keys" (the *Availability* of each key) and
//! "IAM policy elements: Variables and tags" (table of principal key values); service authorization
//! reference for `kms:CallerAccount` and `s3:ResourceAccount`.

use crate::arn::Arn;
use crate::caller::{Caller, last_segment};
use crate::context::ContextValue;
use crate::request::Request;

/// Services and actions whose requests lack `aws:ResourceAccount`, in lower case: "The following
/// actions don't support this key".
const WITHOUT_RESOURCE_ACCOUNT: [&str; 15] = [
    "auditmanager:updateassessmentframeworkshare",
    "detective:acceptinvitation",
    "ds:acceptshareddirectory",
    "ebs",
    "ec2:accepttransitgatewaypeeringattachment",
    "ec2:acceptvpcendpointconnections",
    "ec2:acceptvpcpeeringconnection",
    "ec2:createtransitgatewaypeeringattachment",
    "ec2:createvpcendpoint",
    "ec2:createvpcpeeringconnection",
    "es:acceptinboundconnection",
    "guardduty:acceptadministratorinvitation",
    "macie2:acceptinvitation",
    "route53:associatevpcwithhostedzone",
    "route53:createvpcassociationauthorization",
];

/// The keys that have exactly this value, whatever else is known.
pub(crate) fn certain(request: &Request) -> Vec<(&'static str, String)> {
    let mut keys = of_caller(request.caller(), partition(request));
    if let Some(account) = request.caller().account() {
        keys.push(("aws:PrincipalAccount", account.to_string()));
        if request.service() == "kms" {
            keys.push(("kms:CallerAccount", account.to_string()));
        }
    }
    if let Some(owner) = request.owner() {
        if has_resource_account(request) {
            keys.push(("aws:ResourceAccount", owner.to_string()));
        }
        if request.service() == "s3" {
            keys.push(("s3:ResourceAccount", owner.to_string()));
        }
    }
    keys
}

/// The keys that are always there, with the value they have where nobody says otherwise.
pub(crate) fn usual(request: &Request) -> Vec<(&'static str, ContextValue)> {
    let called_via = request.context().get_lower("aws:calledvia");
    let forwarded = called_via.is_some_and(|services| !services.values().is_empty());
    let mut keys =
        vec![("aws:ViaAWSService", ContextValue::One(forwarded.to_string().into_boxed_str()))];
    if let Caller::Service(name) = request.caller() {
        let names = vec![name.clone().into_boxed_str()];
        keys.push(("aws:PrincipalServiceNamesList", ContextValue::Many(names)));
    }
    keys
}

fn has_resource_account(request: &Request) -> bool {
    let action = request.action_lower();
    !WITHOUT_RESOURCE_ACCOUNT.iter().any(|known| *known == action || *known == request.service())
}

/// A request stays within one partition, so that of the resource is the caller's.
fn partition(request: &Request) -> &str {
    Arn::parse(&request.resource().arn).map_or("aws", |arn| arn.partition)
}

fn of_caller(caller: &Caller, partition: &str) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    let mut add = |key, value: String| keys.push((key, value));
    if !matches!(caller, Caller::Anonymous | Caller::External(_)) {
        add("aws:PrincipalIsAWSService", matches!(caller, Caller::Service(_)).to_string());
    }
    match caller {
        Caller::Root(account) => {
            add("aws:PrincipalType", "Account".into());
            add("aws:PrincipalArn", format!("arn:{partition}:iam::{account}:root"));
            add("aws:userid", account.to_string());
        }
        Caller::User(user) => {
            add("aws:PrincipalType", "User".into());
            add("aws:PrincipalArn", user.arn.clone());
            add("aws:username", last_segment(&user.arn).to_owned());
            user.id.iter().for_each(|id| add("aws:userid", id.clone()));
        }
        Caller::Role(role) => {
            add("aws:PrincipalType", "AssumedRole".into());
            add("aws:PrincipalArn", role.role_arn.clone());
            if let (Some(id), Some(name)) = (&role.role_id, &role.session_name) {
                add("aws:userid", format!("{id}:{name}"));
            }
        }
        Caller::FederatedUser(user) => {
            add("aws:PrincipalType", "FederatedUser".into());
            add("aws:PrincipalArn", user.arn.clone());
            add("aws:userid", format!("{}:{}", user.account, last_segment(&user.arn)));
        }
        Caller::Service(name) => add("aws:PrincipalServiceName", name.clone()),
        Caller::External(_) => {}
        Caller::Anonymous => {
            add("aws:PrincipalType", "Anonymous".into());
            add("aws:PrincipalAccount", "anonymous".into());
            add("aws:userid", "anonymous".into());
        }
    }
    keys
}
