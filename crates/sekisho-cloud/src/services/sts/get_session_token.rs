//! `GetSessionToken`: temporary credentials of the user who calls. It needs no permission.
//!
//! Source: STS API Reference, "GetSessionToken". What its credentials do not reach is `gate::limits`.

use sekisho_iam::Caller;
use serde::{Deserialize, Serialize};

use super::credentials::{Credentials, Holding};
use super::state::Sts;
use super::{fault, mfa};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::principal::Principal;
use crate::session::SessionOf;

/// How long a session of a user lasts where it does not say so, in seconds.
pub(super) const USER_S: u32 = 43_200;
/// How long a session of the root user lasts at most: "if the duration is longer than one hour, the
/// session for AWS account owners defaults to one hour".
pub(super) const ROOT_S: u32 = 3_600;

/// `sts:GetSessionToken`.
#[derive(Debug)]
pub struct GetSessionToken;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// How long the session lasts, in seconds.
    pub duration_seconds: Option<u32>,
    /// An MFA device.
    pub serial_number: Option<String>,
    /// A code of that device.
    pub token_code: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    credentials: Credentials,
}

impl Operation for GetSessionToken {
    const NAME: &'static str = "sts:GetSessionToken";
    const ASKS: &'static [&'static str] = &["sts:GetSessionToken"];
    const EFFECT: Effect = Effect::Write;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        without_session("GetSessionToken", view.principal())?;
        Ok(vec![Ask::to("sts:GetSessionToken")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        mfa::refuse(input.serial_number.as_deref(), input.token_code.as_deref())?;
        let of = match act.principal().id() {
            Some(id) => SessionOf::User { id: id.to_owned() },
            None => SessionOf::Root,
        };
        let seconds = seconds(input.duration_seconds, act.principal());
        let account = act.account()?;
        let credentials = Credentials::issue(account, of, seconds, Holding::default(), act)?;
        Ok(Output { credentials })
    }
}

/// Refuses callers other than users and the root user with their long-term credentials.
pub(super) fn without_session(operation: &str, principal: &Principal) -> Result<(), Fault> {
    let own = matches!(principal.caller, Caller::User(_) | Caller::Root(_));
    let refused = !own || principal.session().is_some();
    if refused { Err(fault::has_session(operation)) } else { Ok(()) }
}

/// How long a session lasts.
pub(super) fn seconds(wanted: Option<u32>, principal: &Principal) -> u32 {
    match principal.caller {
        Caller::Root(_) => wanted.map_or(ROOT_S, |seconds| seconds.min(ROOT_S)),
        _ => wanted.unwrap_or(USER_S),
    }
}
