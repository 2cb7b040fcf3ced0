//! `RevokeGrant`: takes a grant away, for whoever administers the key. Source: KMS API Reference,
//! "RevokeGrant".

use serde::{Deserialize, Serialize};

use super::find::{self, Takes};
use super::state::Kms;
use super::{crypto, grants};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:RevokeGrant`.
#[derive(Debug)]
pub struct RevokeGrant;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// The grant.
    pub grant_id: String,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for RevokeGrant {
    const NAME: &'static str = "kms:RevokeGrant";
    const ASKS: &'static [&'static str] = &["kms:RevokeGrant"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let target = find::target(&input.key_id, Takes::Key, view)?;
        Ok(vec![find::for_service(find::ask(Self::NAME, &target, view), view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = find::take(&input.key_id, Takes::Key, act)?;
        let grant = grants::find(act.read(), &row, &input.grant_id)?.row();
        crypto::unless_dry_run(input.dry_run)?;
        act.state().grants.remove(&grant);
        Ok(Output {})
    }
}
