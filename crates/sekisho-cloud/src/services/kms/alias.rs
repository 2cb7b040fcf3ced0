//! Aliases: their names, and the keys that they point at.
//! Source: KMS API Reference, "CreateAlias", `AliasName`; KMS Developer Guide, "Aliases in AWS KMS".

use sekisho_iam::AccountId;

use super::find::{self, Held, Takes, Target};
use super::name::{Name, NameOf};
use super::state::Kms;
use super::{fault, managed};
use crate::act::View;
use crate::fault::Fault;

/// The most aliases of a key. Source: KMS Developer Guide, "Resource quotas".
pub(super) const ALIASES_MAX: usize = 50;

/// The name of an alias that its owner may set.
///
/// # Errors
/// When it has no prefix, holds a colon, or is AWS's.
pub(super) fn name(text: &str, account: AccountId, region: &str) -> Result<Name, Fault> {
    if text.strip_prefix("alias/").is_none_or(str::is_empty) {
        return Err(fault::alias_prefix());
    }
    if text.contains(':') {
        return Err(fault::validation(format!("{text} contains invalid characters for an alias")));
    }
    if managed::is_reserved(text) {
        return Err(fault::reserved_alias());
    }
    let region = region.to_owned();
    Ok(Name { account, region, of: NameOf::Alias(text.to_owned()) })
}

/// The key that an alias is to point at: one of the caller's account.
pub(super) fn target<'a>(key_id: &str, view: &View<'a, Kms>) -> Result<Target<'a>, Fault> {
    let is_alias = key_id.starts_with("alias/") || key_id.contains(":alias/");
    if is_alias {
        return Err(fault::validation("Aliases must refer to keys. Not aliases"));
    }
    find::target(key_id, Takes::OwnKey, view)
}

/// The key that an alias points at now, and its row.
pub(super) fn held<'a>(name: &Name, view: &View<'a, Kms>) -> Result<(Target<'a>, String), Fault> {
    let state = view.state();
    let alias = state.aliases.get(&name.row()).map(|alias| alias.target.clone());
    let found = alias.and_then(|row| Some((state.living(&row, view.now_ms())?, row)));
    let (key, row) = found.ok_or_else(|| fault::no_alias(&name.arn()))?;
    Ok((Target::Known { key: Held::Living(key), alias: None }, row))
}
