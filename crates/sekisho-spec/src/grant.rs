//! Whether the constraints of a KMS grant fit a request.
//!
//! Source: KMS Developer Guide, "Creating grants".

use std::collections::BTreeMap;

use sekisho_iam::caller::Caller;
use sekisho_iam::policies::{Grant, GrantConstraint};
use sekisho_iam::request::Request;

use crate::pattern::Pattern;

/// What is asked of the key.
pub(crate) fn operation(request: &Request) -> &str {
    request.action_lower().split_once(':').map_or("", |(_, name)| name)
}

/// Whether encryption context and source are as the grant wants them.
pub(crate) fn constraints_hold(request: &Request, grant: &Grant) -> bool {
    let unconstrained = ["describekey", "retiregrant"].contains(&operation(request));
    let context = encryption_context(request);
    let constraint = match &grant.constraint {
        None => true,
        Some(_) if unconstrained => true,
        Some(GrantConstraint::Equals(pairs)) => context == *pairs,
        Some(GrantConstraint::Subset(pairs)) => {
            pairs.iter().all(|(key, value)| context.get(key) == Some(value))
        }
    };
    let source = match (&grant.source_arn, request.caller()) {
        (Some(pattern), Caller::Service(_)) => source_arn_is_like(request, pattern),
        _ => true,
    };
    constraint && source
}

fn encryption_context(request: &Request) -> BTreeMap<String, String> {
    let prefix = "kms:EncryptionContext:";
    let pair = |key: &str, value: Option<&str>| {
        let head = key.get(..prefix.len())?;
        let name = key.get(prefix.len()..)?;
        head.eq_ignore_ascii_case(prefix).then_some((name.to_owned(), value?.to_owned()))
    };
    let entries = request.context().entries().iter();
    entries.filter_map(|entry| pair(&entry.key, entry.value.single())).collect()
}

fn source_arn_is_like(request: &Request, pattern: &str) -> bool {
    let source = request.context().get("aws:SourceArn").and_then(|value| value.single());
    let Some(source) = source else { return false };
    Pattern::without_variables(pattern).matches_arn(source)
}
