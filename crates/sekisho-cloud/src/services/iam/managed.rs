//! Managed policies, the customers' and AWS's own.

use std::borrow::Cow;

use super::state::Iam;

/// The text of a managed policy that is in force; `None` where there is no such policy.
pub fn text<'a>(iam: &'a Iam, arn: &str) -> Option<Cow<'a, str>> {
    iam.policies.get(arn).map(|policy| Cow::Borrowed(policy.text()))
}
