//! `DecodeAuthorizationMessage`. Source: STS API Reference, "DecodeAuthorizationMessage".

use serde::{Deserialize, Serialize};

use super::message;
use super::state::Sts;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::vault::VaultOf;

/// `sts:DecodeAuthorizationMessage`.
#[derive(Debug)]
pub struct DecodeAuthorizationMessage;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The message.
    pub encoded_message: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    decoded_message: String,
}

impl Operation for DecodeAuthorizationMessage {
    const NAME: &'static str = "sts:DecodeAuthorizationMessage";
    const ASKS: &'static [&'static str] = &["sts:DecodeAuthorizationMessage"];
    const EFFECT: Effect = Effect::Write;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("sts:DecodeAuthorizationMessage")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        let account = act.account()?;
        let (vault, _) = act.vault(VaultOf::Messages);
        let decoded_message = message::decode(&input.encoded_message, account, vault);
        let invalid = || {
            let text = "The encoded authorization message is invalid.";
            Fault::new("InvalidAuthorizationMessageException", text)
        };
        Ok(Output { decoded_message: decoded_message.ok_or_else(invalid)? })
    }
}
