//! `UpdateAlias`: asked of the alias, of the key that it points at, and of the one that it shall point
//! at. Source: KMS API Reference, "UpdateAlias".

use serde::{Deserialize, Serialize};

use super::alias::{self, ALIASES_MAX};
use super::state::Kms;
use super::{admin, fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:UpdateAlias`.
#[derive(Debug)]
pub struct UpdateAlias;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name: `alias/app`.
    pub alias_name: String,
    /// Its new key, by id or ARN.
    pub target_key_id: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for UpdateAlias {
    const NAME: &'static str = "kms:UpdateAlias";
    const ASKS: &'static [&'static str] = &["kms:UpdateAlias"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = alias::name(&input.alias_name, view.account()?, view.region())?;
        let (held, _) = alias::held(&name, view)?;
        let key = alias::target(&input.target_key_id, view)?;
        let of_alias = Ask::to(Self::NAME).on(name.arn());
        Ok(vec![of_alias, find::ask(Self::NAME, &held, view), find::ask(Self::NAME, &key, view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let name = alias::name(&input.alias_name, act.account()?, act.region())?;
        let (_, from) = alias::held(&name, &act.view())?;
        let to = admin::take_not_pending(&input.target_key_id, act)?;
        if from != to && find::key(&to, act)?.aliases.len() >= ALIASES_MAX {
            return Err(fault::limit(format!("A key has at most {ALIASES_MAX} aliases.")));
        }
        let now_ms = act.now_ms();
        let state = act.state();
        if let Some(alias) = state.aliases.edit(&name.row()) {
            alias.target = to.clone();
            alias.updated_ms = now_ms;
        }
        if let Some(key) = state.keys.edit(&from) {
            key.aliases.remove(&input.alias_name);
        }
        if let Some(key) = state.keys.edit(&to) {
            key.aliases.insert(input.alias_name);
        }
        Ok(Output {})
    }
}
