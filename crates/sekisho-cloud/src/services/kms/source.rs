//! What is to be decrypted: the ciphertext names its key, and the request may name it too.
//!
//! A ciphertext of a key that is not there is treated like one of a key that nobody may use, so that
//! nobody learns which keys exist by sending made-up ciphertexts.
//! Source: KMS API Reference, "Decrypt", `KeyId`.

use super::context::{self, EncryptionContext};
use super::envelope::Envelope;
use super::find::{self, Takes, Target};
use super::state::{self, Kms};
use super::{crypto, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// What a denial calls a key that only the ciphertext names.
const UNNAMED: &str = "on the resource associated with this ciphertext";

/// A ciphertext blob, if it is one.
pub(super) fn envelope(blob: &[u8]) -> Result<Envelope<'_>, Fault> {
    Envelope::read(blob).ok_or_else(fault::invalid_ciphertext)
}

/// The question of an operation that decrypts.
pub(super) fn ask<'a>(
    action: &'static str,
    blob: &[u8],
    key_id: Option<&str>,
    context: &EncryptionContext,
    view: &View<'a, Kms>,
) -> Result<(Ask<'a>, String), Fault> {
    let envelope = envelope(blob)?;
    context::check(context)?;
    let (target, arn) = match key_id {
        Some(key_id) => {
            let target = find::target(key_id, Takes::KeyOrAlias, view)?;
            let arn = target.arn();
            (target, arn)
        }
        None => {
            let arn = state::arn(envelope.account, envelope.region, &envelope.key_id());
            let target = find::target(&arn, Takes::KeyOrAlias, view);
            (target.unwrap_or_else(|_| Target::Hidden(arn.clone())), arn)
        }
    };
    let ask = crypto::asked(find::ask(action, &target, view), context);
    let ask = if key_id.is_none() { ask.shown_in_place(UNNAMED) } else { ask };
    Ok((ask, arn))
}

/// The key of an allowed request, which must be that of the ciphertext.
pub(super) fn take(
    envelope: &Envelope<'_>,
    key_id: Option<&str>,
    grant_tokens: &[String],
    act: &mut Act<'_, Kms>,
) -> Result<String, Fault> {
    let arn = state::arn(envelope.account, envelope.region, &envelope.key_id());
    let row = crypto::take(key_id.unwrap_or(&arn), grant_tokens, act)?;
    let own = state::row(envelope.account, envelope.region, &envelope.key_id());
    if row == own { Ok(row) } else { Err(fault::incorrect_key()) }
}
