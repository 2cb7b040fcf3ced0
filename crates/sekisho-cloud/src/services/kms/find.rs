//! From what a request names to the key, and the question about it.
//!
//! Order, as recorded: the form of the name; a key or alias of the caller's own account that is not
//! there is told; one of another account is not told apart from one that is not allowed. Then the
//! gate; then the state of the key. Source: KMS Developer Guide, "Allowing users in other accounts to
//! use a KMS key", also for which operations reach other accounts at all.

use std::borrow::Cow;

use super::name::{Name, NameOf};
use super::state::{Key, Kms, Status};
use super::{fault, grants, managed, upkeep};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::gate::Frame;

/// What an operation lets its caller name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A key or an alias, of any account.
    KeyOrAlias,
    /// A key, of any account.
    Key,
    /// A key of the caller's account.
    OwnKey,
}

/// What a request means.
#[derive(Debug, Clone)]
pub(super) enum Target<'a> {
    /// A key.
    Known {
        /// It. One that AWS manages and that is not yet made is made for the question.
        key: Cow<'a, Key>,
        /// The alias by which it was named.
        alias: Option<String>,
    },
    /// Nothing that the caller may learn of; its ARN.
    Hidden(String),
}

impl Target<'_> {
    /// Its ARN.
    pub(super) fn arn(&self) -> String {
        match self {
            Self::Known { key, .. } => key.arn(),
            Self::Hidden(arn) => arn.clone(),
        }
    }
}

/// Finds what a request means.
pub(super) fn target<'a>(
    key_id: &str,
    takes: Takes,
    view: &View<'a, Kms>,
) -> Result<Target<'a>, Fault> {
    let account = view.account()?;
    let name = Name::read(key_id, account, view.region())?;
    if takes != Takes::KeyOrAlias && matches!(name.of, NameOf::Alias(_)) {
        return Err(fault::aliases_not_supported());
    }
    if takes == Takes::OwnKey && name.account != account {
        return Ok(Target::Hidden(name.arn()));
    }
    let alias = match &name.of {
        NameOf::Alias(alias) => Some(alias.clone()),
        NameOf::Key(_) => None,
    };
    match known(&name, view) {
        Some(key) => Ok(Target::Known { key, alias }),
        None if name.account != account => Ok(Target::Hidden(hidden(&name))),
        None if alias.is_some() => Err(fault::no_alias(&name.arn())),
        None => Err(fault::no_key(&name.arn())),
    }
}

fn known<'a>(name: &Name, view: &View<'a, Kms>) -> Option<Cow<'a, Key>> {
    let (state, now_ms) = (view.state(), view.now_ms());
    let row = name.row();
    let found = match &name.of {
        NameOf::Key(_) => state.living(&row, now_ms),
        NameOf::Alias(_) => {
            let alias = state.aliases.get(&row);
            alias.and_then(|alias| state.living(&alias.target, now_ms))
        }
    };
    let unborn = || managed::unborn(name, view.now_ms(), &view.directory());
    found.map(Cow::Borrowed).or_else(|| unborn().map(Cow::Owned))
}

/// A key's ARN in the place of what is not there in another account: were it an alias's, the gate
/// would not treat it as a key.
fn hidden(name: &Name) -> String {
    match &name.of {
        NameOf::Key(_) => name.arn(),
        NameOf::Alias(_) => name.arn().replacen(":alias/", ":key/alias/", 1),
    }
}

/// A question about a key. About what is hidden, it is one that nothing allows.
pub(super) fn ask<'a>(action: &'static str, target: &Target<'_>, view: &View<'a, Kms>) -> Ask<'a> {
    let (key, alias) = match target {
        Target::Known { key, alias } => (key, alias),
        Target::Hidden(arn) => return Ask::to(action).on(arn.as_str()),
    };
    let ask = Ask::to(action)
        .on(key.arn())
        .under(Some(key.policy.layer(&view.directory())))
        .granted(grants::bearing(&key.row(), view))
        .tagged(&key.tags)
        .with_some("kms:ViaService", via_service(view.frame()))
        .with_some("kms:RequestAlias", alias.as_deref());
    let ask = of_symmetric_key(ask);
    if key.aliases.is_empty() {
        return ask;
    }
    ask.with_many("kms:ResourceAliases", key.aliases.iter().map(String::as_str))
}

/// The condition keys that all symmetric encryption keys have alike.
pub(super) fn of_symmetric_key(ask: Ask<'_>) -> Ask<'_> {
    const KEYS: [(&str, &str); 6] = [
        ("kms:KeySpec", "SYMMETRIC_DEFAULT"),
        ("kms:KeyUsage", "ENCRYPT_DECRYPT"),
        ("kms:KeyOrigin", "AWS_KMS"),
        ("kms:MultiRegion", "false"),
        ("kms:CustomerMasterKeySpec", "SYMMETRIC_DEFAULT"),
        ("kms:CustomerMasterKeyUsage", "ENCRYPT_DECRYPT"),
    ];
    KEYS.into_iter().fold(ask, |ask, (key, value)| ask.with(key, value))
}

/// `s3.us-east-1.amazonaws.com`, where the call comes by way of a service.
/// Source: KMS Developer Guide, "AWS KMS condition keys", `kms:ViaService`.
pub(super) fn via_service(frame: &Frame) -> Option<String> {
    let service = frame.via.last()?.split('.').next()?;
    Some(format!("{service}.{}.amazonaws.com", frame.region))
}

/// The row of the key that an allowed request means: made if it is AWS's to make, brought up to date.
pub(super) fn take(key_id: &str, takes: Takes, act: &mut Act<'_, Kms>) -> Result<String, Fault> {
    let (row, unborn) = match target(key_id, takes, &act.view())? {
        Target::Known { key: Cow::Borrowed(key), .. } => (key.row(), None),
        Target::Known { key: Cow::Owned(key), .. } => (key.row(), Some(key)),
        Target::Hidden(arn) => return Err(fault::no_key(&arn)),
    };
    if let Some(key) = unborn {
        managed::bear(key, act)?;
    }
    upkeep::up_to_date(&row, act)?;
    Ok(row)
}

/// Refuses a key that cannot be used as it is.
pub(super) fn usable(row: &str, act: &Act<'_, Kms>) -> Result<(), Fault> {
    let key = act.read().keys.get(row).ok_or_else(|| fault::no_key(row))?;
    match key.status {
        Status::Enabled => Ok(()),
        Status::Disabled => Err(fault::disabled(&key.arn())),
        Status::PendingDeletion { .. } => Err(fault::pending_deletion(&key.arn())),
    }
}
