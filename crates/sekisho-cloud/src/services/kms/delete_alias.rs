//! `DeleteAlias`: asked of the alias and of its key. Source: KMS API Reference, "DeleteAlias".

use serde::{Deserialize, Serialize};

use super::state::Kms;
use super::{alias, find, upkeep};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:DeleteAlias`.
#[derive(Debug)]
pub struct DeleteAlias;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name: `alias/app`.
    pub alias_name: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for DeleteAlias {
    const NAME: &'static str = "kms:DeleteAlias";
    const ASKS: &'static [&'static str] = &["kms:DeleteAlias"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = alias::name(&input.alias_name, view.account()?, view.region())?;
        let (held, _) = alias::held(&name, view)?;
        Ok(vec![Ask::to(Self::NAME).on(name.arn()), find::ask(Self::NAME, &held, view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        upkeep::bury(act);
        let name = alias::name(&input.alias_name, act.account()?, act.region())?;
        let (_, row) = alias::held(&name, &act.view())?;
        let state = act.state();
        state.aliases.remove(&name.row());
        if let Some(key) = state.keys.edit(&row) {
            key.aliases.remove(&input.alias_name);
        }
        Ok(Output {})
    }
}
