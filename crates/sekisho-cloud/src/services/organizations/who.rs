//! Who may ask what of the organization.
//!
//! Everything belongs to the management account: what other accounts ask crosses accounts, and no
//! resource policy lets them in, so that the gate refuses it. Only `DescribeOrganization` and the
//! answer to an invitation are asked of the caller's own account. Source: Organizations API Reference,
//! "Actions by access level"; an account outside is told so after its permission is asked.

use super::fault;
use super::state::{Organization, Organizations};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The question of an action without resource.
pub(super) fn ask<'a>(
    action: &'static str,
    view: &View<'a, Organizations>,
) -> Result<Ask<'a>, Fault> {
    let ask = Ask::to(action).telling_strangers(fault::NO_PERMISSION);
    Ok(match view.state().of(view.account()?) {
        Some(organization) => ask.owned_by(organization.management),
        None => ask,
    })
}

/// The question about what has this id.
pub(super) fn ask_on<'a>(
    action: &'static str,
    id: &str,
    view: &View<'a, Organizations>,
) -> Result<Ask<'a>, Fault> {
    let (ask, state) = (ask(action, view)?, view.state());
    let Some(organization) = state.of(view.account()?) else { return Ok(ask) };
    let ask = ask.on(state.arn(organization, id));
    Ok(match state.tags(id) {
        Some(tags) => ask.tagged(tags),
        None => ask,
    })
}

/// The question about a policy, with its type.
pub(super) fn ask_on_policy<'a>(
    action: &'static str,
    id: &str,
    view: &View<'a, Organizations>,
) -> Result<Ask<'a>, Fault> {
    let kind = view.state().policies.get(id).map(|policy| policy.kind.name());
    Ok(ask_on(action, id, view)?.with_some("organizations:PolicyType", kind))
}

/// The organization of the caller.
///
/// # Errors
/// When there is none.
pub(super) fn organization(act: &Act<'_, Organizations>) -> Result<Organization, Fault> {
    act.read().of(act.account()?).cloned().ok_or_else(fault::not_in_use)
}
