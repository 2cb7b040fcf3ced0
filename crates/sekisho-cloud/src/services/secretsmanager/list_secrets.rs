//! `ListSecrets`: those of the account, by name.
//! Source: Secrets Manager API Reference, "ListSecrets".

use serde::{Deserialize, Serialize};

use super::fault;
use super::filter::{self, Filter};
use super::shown::Listed;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token;

/// `secretsmanager:ListSecrets`.
#[derive(Debug)]
pub struct ListSecrets;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Whether those marked for deletion are listed too.
    pub include_planned_deletion: Option<bool>,
    /// The most secrets of a page.
    pub max_results: Option<u32>,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// What they must be like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The secrets.
    pub secret_list: Vec<Listed>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for ListSecrets {
    const NAME: &'static str = "secretsmanager:ListSecrets";
    const ASKS: &'static [&'static str] = &["secretsmanager:ListSecrets"];
    const EFFECT: Effect = Effect::Read;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let (held, now_ms) = (act.read(), act.now_ms());
        let own = format!("{}/{}/", act.account()?, act.region());
        let planned = input.include_planned_deletion.unwrap_or_default();
        let living = held.secrets.under(&own).filter(|(_, one)| one.is_living(now_ms));
        let listed = living.filter(|(_, one)| planned || one.until_ms.is_none());
        let passing = listed.filter(|(_, one)| filter::passes(&input.filters, one));
        let shown = passing.map(|(row, one)| (row.to_owned(), Listed::of(one, held)));
        let (most, from) = (input.max_results.unwrap_or(MOST), input.next_token.as_deref());
        let page = token::page("secrets", shown, from, most).ok_or_else(fault::bad_token)?;
        Ok(Output { secret_list: page.items, next_token: page.next })
    }
}

/// The most secrets of a page.
const MOST: u32 = 100;
