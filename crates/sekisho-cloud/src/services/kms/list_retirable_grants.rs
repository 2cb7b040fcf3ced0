//! `ListRetirableGrants`: the grants, on whichever account's keys in this region, that a principal of
//! the caller's account may retire. The resource that is asked about is that principal. Source: KMS
//! API Reference, "ListRetirableGrants".

use sekisho_iam::Arn;
use serde::{Deserialize, Serialize};

use super::grant_entry::GrantListEntry;
use super::page::{Limits, Page};
use super::state::{Grant, Kms};
use super::{fault, grantee, upkeep};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many grants a page holds.
const LIMITS: Limits = Limits { usual: 50, most: 100 };

/// `kms:ListRetirableGrants`.
#[derive(Debug)]
pub struct ListRetirableGrants;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
    /// The principal.
    pub retiring_principal: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The grants.
    pub grants: Vec<GrantListEntry>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListRetirableGrants {
    const NAME: &'static str = "kms:ListRetirableGrants";
    const ASKS: &'static [&'static str] = &["kms:ListRetirableGrants"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, _: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let principal = input.retiring_principal.as_str();
        let named = Arn::parse(principal).and_then(|arn| arn.account_id());
        named.ok_or_else(|| fault::invalid_principal(principal))?;
        Ok(vec![Ask::to(Self::NAME).on(principal)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        upkeep::bury(act);
        let page = Page::read("retirable", input.limit, input.marker.as_deref(), LIMITS)?;
        let retiring = grantee::bound(&input.retiring_principal, &act.directory())?;
        let here = |grant: &Grant| grant.key.split('/').nth(1) == Some(act.region());
        let rows = act.read().grants.under_after("", page.after());
        let rows =
            rows.filter(|(_, grant)| grant.retiring.as_deref() == Some(&*retiring) && here(grant));
        let page = page.of(rows.map(|(at, grant)| (at.to_owned(), GrantListEntry::of(grant, act))));
        Ok(Output { grants: page.items, next_marker: page.next_marker, truncated: page.truncated })
    }
}
