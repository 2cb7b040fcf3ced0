//! `ListAliases`: with those that AWS reserves for keys that are still to be made. Source: KMS API
//! Reference, "ListAliases".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::page::{Limits, Page};
use super::state::{Alias, Kms, row};
use super::{admin, managed, name, upkeep};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many aliases a page holds.
const LIMITS: Limits = Limits { usual: 50, most: 100 };

/// `kms:ListAliases`.
#[derive(Debug)]
pub struct ListAliases;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Only the aliases of this key, by id or ARN.
    pub key_id: Option<String>,
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The aliases, by name.
    pub aliases: Vec<AliasListEntry>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListAliases {
    const NAME: &'static str = "kms:ListAliases";
    const ASKS: &'static [&'static str] = &["kms:ListAliases"];
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
        let page = Page::read("aliases", input.limit, input.marker.as_deref(), LIMITS)?;
        let key = input.key_id.as_deref().map(|key_id| admin::take(key_id, act)).transpose()?;
        let wanted = |target: Option<&str>| key.is_none() || target == key.as_deref();
        let rows = act.read().aliases.under(&own);
        let mut all: BTreeMap<&str, Option<&Alias>> =
            rows.filter_map(|(at, alias)| Some((at.strip_prefix(&own)?, Some(alias)))).collect();
        for reserved in &managed::ALL {
            all.entry(reserved.alias).or_insert(None);
        }
        all.retain(|_, alias| wanted(alias.map(|alias| alias.target.as_str())));
        let (account, region) = (act.account()?, act.region());
        let entry = |(name, alias): (&str, Option<&Alias>)| {
            let arn = name::alias_arn(account, region, name);
            (name.to_owned(), AliasListEntry::of(name, arn, alias))
        };
        let page = page.of(all.into_iter().map(entry));
        Ok(Output { aliases: page.items, next_marker: page.next_marker, truncated: page.truncated })
    }
}

/// An alias of the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AliasListEntry {
    /// Its name.
    pub alias_name: String,
    /// Its ARN.
    pub alias_arn: String,
    /// The id of its key; one that is still to be made has none.
    pub target_key_id: Option<String>,
    /// When it was made.
    pub creation_date: Option<Millis>,
    /// When it was last pointed at a key.
    pub last_updated_date: Option<Millis>,
}

impl AliasListEntry {
    fn of(name: &str, alias_arn: String, alias: Option<&Alias>) -> Self {
        let target = alias.and_then(|alias| alias.target.rsplit('/').next());
        Self {
            alias_name: name.to_owned(),
            alias_arn,
            target_key_id: target.map(str::to_owned),
            creation_date: alias.map(|alias| Millis(alias.created_ms)),
            last_updated_date: alias.map(|alias| Millis(alias.updated_ms)),
        }
    }
}
