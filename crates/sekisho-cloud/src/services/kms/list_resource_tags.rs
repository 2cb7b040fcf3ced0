//! `ListResourceTags`. Source: KMS API Reference, "ListResourceTags".

use serde::{Deserialize, Serialize};

use super::page::{Limits, Page};
use super::state::Kms;
use super::tags::{self, Tag};
use super::{admin, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many tags a page holds.
const LIMITS: Limits = Limits { usual: 50, most: 50 };

/// `kms:ListResourceTags`.
#[derive(Debug)]
pub struct ListResourceTags;

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
    /// The tags, by key.
    pub tags: Vec<Tag>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListResourceTags {
    const NAME: &'static str = "kms:ListResourceTags";
    const ASKS: &'static [&'static str] = &["kms:ListResourceTags"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        let page = Page::read("tags", input.limit, input.marker.as_deref(), LIMITS)?;
        let tags = tags::list(&find::key(&row, act)?.tags);
        let page = page.of(tags.map(|tag| (tag.tag_key.clone(), tag)));
        Ok(Output { tags: page.items, next_marker: page.next_marker, truncated: page.truncated })
    }
}
