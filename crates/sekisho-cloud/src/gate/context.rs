//! The condition keys that every call has: time, place, connection, session, tags.
//!
//! Source: IAM User Guide, "AWS global condition context keys" (the *Availability* of each). Keys that
//! follow from caller and resource alone are `sekisho_iam`'s to fill in.

use sekisho_iam::{AccountId, Context};

use super::standing::{Membership, Standing};
use super::{Arrival, Frame};
use crate::time;

/// The keys of a call, whatever it asks.
pub(super) fn of_call(
    frame: &Frame,
    now_ms: i64,
    standing: &Standing,
    own: &Membership,
) -> Context {
    let mut context = Context::new();
    context.set("aws:CurrentTime", time::iso8601(now_ms));
    context.set("aws:EpochTime", (now_ms / 1000).to_string());
    if !frame.region.is_empty() {
        context.set("aws:RequestedRegion", &*frame.region);
    }
    connection(&mut context, frame);
    forwarding(&mut context, frame);
    session(&mut context, frame, now_ms, standing);
    organization(&mut context, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", own);
    context
}

/// The organization of the resource.
pub(super) fn of_resource(context: &mut Context, owner: &Membership) {
    organization(context, "aws:ResourceOrgID", "aws:ResourceOrgPaths", owner);
}

/// The organization's keys: "included only if the principal is a member of an organization".
fn organization(context: &mut Context, id: &str, paths: &str, of: &Membership) {
    if let (Some(organization), Some(path)) = (&of.organization, &of.path) {
        context.set(id, organization.as_str());
        context.set_many(paths, [path.as_str()]);
    }
}

/// How the call came. What a service sends comes over AWS's own connections: encrypted, and from an
/// address that is no client's.
fn connection(context: &mut Context, frame: &Frame) {
    let Arrival { source_ip, user_agent, referer, tls, .. } = &*frame.arrival;
    let by_service = frame.internal || !frame.via.is_empty();
    context.set("aws:SecureTransport", (by_service || tls.is_some()).to_string());
    if by_service {
        return;
    }
    context.set("aws:SourceIp", source_ip.as_str());
    if !user_agent.is_empty() {
        context.set("aws:UserAgent", user_agent.as_str());
    }
    if let Some(referer) = referer {
        context.set("aws:Referer", referer.as_str());
    }
}

fn forwarding(context: &mut Context, frame: &Frame) {
    if let (Some(first), Some(last)) = (frame.via.first(), frame.via.last()) {
        context.set("aws:CalledViaFirst", *first);
        context.set("aws:CalledViaLast", *last);
        context.set_many("aws:CalledVia", frame.via.iter().copied());
    }
}

/// The session and the tags of the principal; those of the session stand before those of the role.
fn session(context: &mut Context, frame: &Frame, now_ms: i64, standing: &Standing) {
    for (key, value) in &standing.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), value.as_str());
    }
    let Some(session) = frame.principal.session() else { return };
    context.set("aws:TokenIssueTime", time::iso8601(session.issued_ms));
    context.set("aws:MultiFactorAuthPresent", session.mfa.to_string());
    if session.mfa {
        let age_s = (now_ms - session.issued_ms) / 1000;
        context.set("aws:MultiFactorAuthAge", age_s.to_string());
    }
    if let Some(identity) = &session.source_identity {
        context.set("aws:SourceIdentity", identity.as_str());
    }
    for (key, value) in &session.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), value.as_str());
    }
}

/// The account whose organization a question is about.
pub(super) fn owner(
    arn: &str,
    stated: Option<AccountId>,
    caller: Option<AccountId>,
) -> Option<AccountId> {
    let named = || sekisho_iam::Arn::parse(arn).and_then(|arn| arn.account_id());
    stated.or_else(named).or(caller.filter(|_| arn == "*"))
}
