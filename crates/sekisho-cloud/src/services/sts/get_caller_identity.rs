//! `GetCallerIdentity`: who am I?
//!
//! "No permissions are required to perform this operation. If an administrator attaches a policy …
//! that explicitly denies access to the `sts:GetCallerIdentity` action, you can still perform this
//! operation." Source: STS API Reference, "GetCallerIdentity".

use serde::{Deserialize, Serialize};

use super::state::Sts;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `sts:GetCallerIdentity`.
#[derive(Debug)]
pub struct GetCallerIdentity;

/// The input has no members.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user_id: String,
    account: String,
    arn: String,
}

impl Operation for GetCallerIdentity {
    const NAME: &'static str = "sts:GetCallerIdentity";
    const ASKS: &'static [&'static str] = &["sts:GetCallerIdentity"];
    const EFFECT: Effect = Effect::Read;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("sts:GetCallerIdentity")])
    }

    fn act(_: Permit<Self>, _: Input, act: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        let principal = act.principal();
        Ok(Output {
            user_id: principal.user_id(),
            account: act.account()?.to_string(),
            arn: principal.caller.to_string(),
        })
    }
}
