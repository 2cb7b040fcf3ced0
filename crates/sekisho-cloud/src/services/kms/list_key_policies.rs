//! `ListKeyPolicies`: a key has one, `default`. Source: KMS API Reference, "ListKeyPolicies".

use serde::{Deserialize, Serialize};

use super::page::{Filled, Limits, Page};
use super::state::Kms;
use super::{admin, policy};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many names a page holds.
const LIMITS: Limits = Limits { usual: 100, most: 1_000 };

/// `kms:ListKeyPolicies`.
#[derive(Debug)]
pub struct ListKeyPolicies;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// `default`.
    pub policy_names: Vec<&'static str>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListKeyPolicies {
    const NAME: &'static str = "kms:ListKeyPolicies";
    const ASKS: &'static [&'static str] = &["kms:ListKeyPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        admin::take(&input.key_id, act)?;
        let page = Page::read("policies", input.limit, input.marker.as_deref(), LIMITS)?;
        let page = page.of([(policy::NAME.to_owned(), policy::NAME)]);
        let Filled { items: policy_names, next_marker, truncated } = page;
        Ok(Output { policy_names, next_marker, truncated })
    }
}
