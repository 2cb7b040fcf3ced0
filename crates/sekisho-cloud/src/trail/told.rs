//! Who is told of a call: the account of the caller, and the accounts whose resources were used.
//!
//! Source: KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail" (both accounts; a
//! denied call is recorded in the caller's account alone); IAM User Guide, "Logging IAM and AWS STS
//! API calls with AWS CloudTrail" (cross-account `AssumeRole`); S3 User Guide, "Amazon S3 CloudTrail
//! events" (the owner of the bucket as well as the requester).

use sekisho_iam::{AccountId, Caller};
use sekisho_trail::Sight;

use super::Call;
use crate::gate::Entry;
use crate::journal;

/// An account that is told, and how much of the caller it sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) account: AccountId,
    pub(super) sight: Sight,
}

/// The services whose resources can be used from another account: whether their owners are also
/// told of calls that were denied.
const CROSSED: [(&str, bool); 4] =
    [("kms", false), ("s3", true), ("secretsmanager", false), ("sts", false)];

/// The accounts that are told, the caller's first.
pub(super) fn told(call: &Call<'_>) -> Vec<Told> {
    let entry = call.entry;
    let caller = entry.frame.principal.account();
    let mut told: Vec<_> =
        caller.map(|account| Told { account, sight: Sight::Own }).into_iter().collect();
    if owners_are_told(entry, call.facts.name) {
        for account in entry.asked.iter().filter_map(|asked| asked.account) {
            if told.iter().all(|one| one.account != account) {
                told.push(Told { account, sight: Sight::Foreign });
            }
        }
    }
    told
}

/// A service has no account of its own: of what it does, the owners are always told.
fn owners_are_told(entry: &Entry, service: &str) -> bool {
    let by_service = matches!(entry.frame.principal.caller, Caller::Service(_));
    let crossed = CROSSED.iter().find(|(name, _)| *name == service);
    by_service || crossed.is_some_and(|(_, of_denied)| *of_denied || !entry.is_denied())
}

/// Whether the copies have an id in common: where there are several, and where the other account is
/// AWS's own, because a service or nobody called.
pub(super) fn is_shared(entry: &Entry, told: &[Told]) -> bool {
    let stranger = matches!(entry.frame.principal.caller, Caller::Service(_) | Caller::Anonymous);
    told.len() > 1 || stranger
}

/// A further id that follows from the event's own, in the form of a random UUID: dice are the
/// gate's, and a record must not depend on how many copies were made of another.
pub(super) fn derived_id(entry: &Entry, of: &str) -> String {
    let digest = journal::sha256(format!("{} {of}", entry.event_id).as_bytes());
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}
