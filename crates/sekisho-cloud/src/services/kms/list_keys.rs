//! `ListKeys`: those of the caller's account. Source: KMS API Reference, "ListKeys".

use serde::{Deserialize, Serialize};

use super::page::{Limits, Page};
use super::state::{Key, Kms, row};
use super::upkeep;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many keys a page holds.
const LIMITS: Limits = Limits { usual: 100, most: 1_000 };

/// `kms:ListKeys`.
#[derive(Debug)]
pub struct ListKeys;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The keys.
    pub keys: Vec<KeyListEntry>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListKeys {
    const NAME: &'static str = "kms:ListKeys";
    const ASKS: &'static [&'static str] = &["kms:ListKeys"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        upkeep::bury(act);
        let own = row(act.account()?, act.region(), "");
        let page = Page::read("keys", input.limit, input.marker.as_deref(), LIMITS)?;
        let rows = act.read().keys.under_after(&own, page.after());
        let page = page.of(rows.map(|(at, key)| (at.to_owned(), KeyListEntry::of(key))));
        Ok(Output { keys: page.items, next_marker: page.next_marker, truncated: page.truncated })
    }
}

/// A key of the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyListEntry {
    /// Its id.
    pub key_id: String,
    /// Its ARN.
    pub key_arn: String,
}

impl KeyListEntry {
    fn of(key: &Key) -> Self {
        Self { key_id: key.id.clone(), key_arn: key.arn() }
    }
}
