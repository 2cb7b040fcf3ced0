//! Tags as the service takes and gives them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::{fault, name};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The most tags of a parameter. Source: Systems Manager API Reference, "AddTagsToResource".
const TAGS_MAX: usize = 50;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Adds tags to those that are there.
///
/// # Errors
/// Refuses keys that are AWS's, and too many tags.
pub(super) fn add(to: &mut BTreeMap<String, String>, tags: &[Tag]) -> Result<(), Fault> {
    if tags.iter().any(|tag| tag.key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(fault::validation("Tag keys can't begin with \"aws:\"."));
    }
    to.extend(map(tags));
    if to.len() > TAGS_MAX { Err(Fault::silent("TooManyTagsError")) } else { Ok(()) }
}

/// The question of an operation on tags.
pub(super) fn ask<'a>(
    action: &'static str,
    kind: &str,
    id: &str,
    view: &View<'a, Ssm>,
) -> Result<Ask<'a>, Fault> {
    if kind != "Parameter" {
        let text = format!("tags of the resource type `{kind}` are not served; `Parameter` is");
        return Err(Fault::not_served(&text));
    }
    name::ask(action, id, view)
}

/// The row of the parameter whose tags are meant, and its tags.
pub(super) fn held(
    id: &str,
    act: &Act<'_, Ssm>,
) -> Result<(String, BTreeMap<String, String>), Fault> {
    let row = name::of_call(id, act)?.row;
    let held = act.read().parameters.get(&row).ok_or_else(fault::no_resource)?;
    Ok((row, held.tags.clone()))
}

/// Keeps changed tags.
pub(super) fn keep(row: &str, tags: BTreeMap<String, String>, act: &mut Act<'_, Ssm>) {
    if let Some(held) = act.state().parameters.edit(row) {
        held.tags = tags;
    }
}
