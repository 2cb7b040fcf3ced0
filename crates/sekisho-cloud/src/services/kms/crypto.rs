//! What all cryptographic operations share: their questions, and what is checked before the cipher.
//! Source: KMS Developer Guide, "AWS KMS condition keys".

use super::context::{self, EncryptionContext};
use super::find::{self, Takes};
use super::state::Kms;
use super::{fault, tokens};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The only algorithm of symmetric encryption keys.
pub(super) const ALGORITHM: &str = "SYMMETRIC_DEFAULT";

/// The question of an operation that uses a key with an encryption context.
pub(super) fn ask<'a>(
    action: &'static str,
    key_id: &str,
    context: &EncryptionContext,
    view: &View<'a, Kms>,
) -> Result<Ask<'a>, Fault> {
    context::check(context)?;
    let target = find::target(key_id, Takes::KeyOrAlias, view)?;
    Ok(asked(find::ask(action, &target, view), context))
}

/// A question with the condition keys of a cryptographic operation.
pub(super) fn asked<'a>(ask: Ask<'a>, context: &EncryptionContext) -> Ask<'a> {
    context::asked(ask, context).with("kms:EncryptionAlgorithm", ALGORITHM)
}

/// The key that an allowed request uses, if it can be used.
pub(super) fn take(
    key_id: &str,
    grant_tokens: &[String],
    act: &mut Act<'_, Kms>,
) -> Result<String, Fault> {
    tokens::check(grant_tokens)?;
    let row = find::take(key_id, Takes::KeyOrAlias, act)?;
    find::usable(&row, act)?;
    Ok(row)
}

/// Refuses algorithms that are not for symmetric keys.
pub(super) fn algorithm(asked: Option<&str>) -> Result<(), Fault> {
    match asked.filter(|asked| *asked != ALGORITHM) {
        Some(other) => Err(fault::incompatible(other)),
        None => Ok(()),
    }
}

/// Ends a request that was only to be tried. Source: KMS Developer Guide, "Testing your permissions".
pub(super) fn unless_dry_run(dry_run: Option<bool>) -> Result<(), Fault> {
    if dry_run == Some(true) { Err(fault::dry_run()) } else { Ok(()) }
}
