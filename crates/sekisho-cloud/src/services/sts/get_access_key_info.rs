//! `GetAccessKeyInfo`: the account in an access key id. Nothing is looked up, so that the key of
//! a deleted user tells its account as well. Source: STS API Reference, "GetAccessKeyInfo".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Sts;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::services::iam::ids;

/// `sts:GetAccessKeyInfo`.
#[derive(Debug)]
pub struct GetAccessKeyInfo;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// `AKIA…` or `ASIA…`.
    pub access_key_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    account: String,
}

impl Operation for GetAccessKeyInfo {
    const NAME: &'static str = "sts:GetAccessKeyInfo";
    const ASKS: &'static [&'static str] = &["sts:GetAccessKeyInfo"];
    const EFFECT: Effect = Effect::Read;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("sts:GetAccessKeyInfo")])
    }

    fn act(_: Permit<Self>, input: Input, _: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        let id = &input.access_key_id;
        let of_a_key = id.starts_with("AKIA") || id.starts_with("ASIA");
        let account = ids::account_in(id).filter(|_| of_a_key);
        let account = account.ok_or_else(|| fault::not_an_arn(id))?;
        Ok(Output { account: account.to_string() })
    }
}
