//! `CreateAlias`: asked of the alias and of the key. Source: KMS API Reference, "CreateAlias"; KMS
//! Developer Guide, "Controlling access to aliases".

use serde::{Deserialize, Serialize};

use super::alias::{self, ALIASES_MAX};
use super::state::{Alias, Kms};
use super::{admin, fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:CreateAlias`.
#[derive(Debug)]
pub struct CreateAlias;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name: `alias/app`.
    pub alias_name: String,
    /// Its key, by id or ARN.
    pub target_key_id: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for CreateAlias {
    const NAME: &'static str = "kms:CreateAlias";
    const ASKS: &'static [&'static str] = &["kms:CreateAlias"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = alias::name(&input.alias_name, view.account()?, view.region())?;
        let key = alias::target(&input.target_key_id, view)?;
        let of_alias = Ask::to(Self::NAME).on(name.arn());
        Ok(vec![of_alias, find::ask(Self::NAME, &key, view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let name = alias::name(&input.alias_name, act.account()?, act.region())?;
        let row = admin::take_not_pending(&input.target_key_id, act)?;
        if act.read().aliases.has(&name.row()) {
            return Err(fault::alias_exists(&name.arn()));
        }
        if find::key(&row, act)?.aliases.len() >= ALIASES_MAX {
            return Err(fault::limit(format!("A key has at most {ALIASES_MAX} aliases.")));
        }
        let now_ms = act.now_ms();
        let alias = Alias { target: row.clone(), created_ms: now_ms, updated_ms: now_ms };
        let state = act.state();
        state.aliases.put(name.row(), alias);
        if let Some(key) = state.keys.edit(&row) {
            key.aliases.insert(input.alias_name);
        }
        Ok(Output {})
    }
}
