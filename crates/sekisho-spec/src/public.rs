//! Whether a bucket policy is public.
//!
//! Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", section "The
//! meaning of 'public'": a policy is public unless every statement that allows does so only to fixed
//! values (without wildcard or policy variable) of one of the elements named there.

use std::net::IpAddr;

use sekisho_iam::arn::Arn;
use sekisho_iam::document::{
    Comparison, Condition, Document, Effect, PrincipalKind, SetPrefix, Statement,
};

use crate::value;

/// Condition keys of which a fixed value makes a grant non-public, in lower case. `aws:SourceIp`,
/// `aws:userid` and `s3:DataAccessPointArn` have rules of their own.
const FIXING_KEYS: [&str; 10] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "s3:dataaccesspointaccount",
];

/// Ranges of addresses broader than these are public.
const PREFIX_MIN: (u32, u32) = (8, 32);

/// Whether one statement grants to the public.
pub(crate) fn is_public(document: &Document) -> bool {
    document.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && !has_fixed_principals(statement)
            && !statement.conditions.iter().any(is_fixed)
    })
}

fn has_fixed_principals(statement: &Statement) -> bool {
    let Some(principals) = &statement.principals else { return false };
    !principals.negated
        && principals.items.iter().all(|entry| match entry.kind {
            PrincipalKind::Everyone | PrincipalKind::Federated => false,
            PrincipalKind::Aws | PrincipalKind::Service | PrincipalKind::CanonicalUser => {
                is_fixed_text(&entry.value.text)
            }
        })
}

fn is_fixed_text(text: &str) -> bool {
    !text.contains(['*', '?']) && !text.contains("${")
}

/// Whether a condition lets only fixed values through; a condition that also holds where the key is
/// absent does not.
fn is_fixed(condition: &Condition) -> bool {
    use Comparison as C;
    let operator = condition.operator;
    let needs_key = !operator.if_exists && operator.set != Some(SetPrefix::ForAllValues);
    let key = condition.key.text.to_ascii_lowercase();
    let all = |fixed: fn(&str) -> bool| condition.values.iter().all(|value| fixed(&value.text));
    let fixed = match operator.comparison {
        C::IpAddress => key == "aws:sourceip" && all(is_narrow_range),
        C::StringEquals | C::StringEqualsIgnoreCase | C::StringLike | C::ArnEquals | C::ArnLike => {
            match key.as_str() {
                "aws:userid" => all(is_fixed_user_id),
                "s3:dataaccesspointarn" => all(is_access_point_of_an_account),
                _ => FIXING_KEYS.contains(&key.as_str()) && all(is_fixed_text),
            }
        }
        _ => false,
    };
    needs_key && fixed && !condition.values.is_empty()
}

/// `aws:userid` counts outside the pattern `AROLEID:*`.
fn is_fixed_user_id(text: &str) -> bool {
    is_fixed_text(text) && !(text.starts_with("AROA") && text.contains(':'))
}

/// The name of the access point may hold wildcards, its account may not.
fn is_access_point_of_an_account(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        [arn.partition, arn.service, arn.region].into_iter().all(is_fixed_text)
            && arn.account_id().is_some()
            && arn.resource.starts_with("accesspoint/")
            && !arn.resource.contains("${")
    })
}

fn is_narrow_range(text: &str) -> bool {
    value::range(text).is_some_and(|(address, prefix)| match address {
        IpAddr::V4(_) => prefix >= PREFIX_MIN.0,
        IpAddr::V6(_) => prefix >= PREFIX_MIN.1,
    })
}
