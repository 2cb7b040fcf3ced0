//! `ListGrants`. Source: KMS API Reference, "ListGrants".

use serde::{Deserialize, Serialize};

use super::find::{self, Takes};
use super::grant_entry::GrantListEntry;
use super::grantee;
use super::page::{Limits, Page};
use super::state::{Grant, Kms, grants_on};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many grants a page holds.
const LIMITS: Limits = Limits { usual: 50, most: 100 };

/// `kms:ListGrants`.
#[derive(Debug)]
pub struct ListGrants;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
    /// The key, by id or ARN.
    pub key_id: String,
    /// Only the grant with this id.
    pub grant_id: Option<String>,
    /// Only the grants of this grantee.
    pub grantee_principal: Option<String>,
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

impl Operation for ListGrants {
    const NAME: &'static str = "kms:ListGrants";
    const ASKS: &'static [&'static str] = &["kms:ListGrants"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let target = find::target(&input.key_id, Takes::Key, view)?;
        Ok(vec![find::for_service(find::ask(Self::NAME, &target, view), view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = find::take(&input.key_id, Takes::Key, act)?;
        let page = Page::read("grants", input.limit, input.marker.as_deref(), LIMITS)?;
        let grantee = input.grantee_principal.as_deref();
        let grantee = grantee.map(|name| grantee::bound(name, &act.directory())).transpose()?;
        let wanted = |grant: &Grant| {
            input.grant_id.as_ref().is_none_or(|id| *id == grant.id)
                && grantee.as_ref().is_none_or(|name| *name == grant.grantee)
        };
        let rows = act.read().grants.under_after(&grants_on(&row), page.after());
        let rows = rows.filter(|(_, grant)| wanted(grant));
        let page = page.of(rows.map(|(at, grant)| (at.to_owned(), GrantListEntry::of(grant, act))));
        Ok(Output { grants: page.items, next_marker: page.next_marker, truncated: page.truncated })
    }
}
