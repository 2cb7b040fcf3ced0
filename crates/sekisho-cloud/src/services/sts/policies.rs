//! The policies that are passed with a session, and how much of its token they fill.
//!
//! Source: STS API Reference, "AssumeRole" (`Policy`, `PolicyArns`, `PackedPolicySize`). How AWS packs
//! is not published; ours is deflate, against a limit that gives the figures known from records.

use std::collections::BTreeMap;

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{AccountId, Document, PolicyKind};
use serde::{Deserialize, Serialize};

use super::fault;
use crate::directory::Directory;
use crate::fault::Fault;
use crate::session::SessionPolicies;

/// The most managed policies of a session. Source: STS API Reference, "AssumeRole".
const ARNS_MAX: usize = 10;

/// The most characters of the inline policy and the ARNs together. Source: likewise.
const CHARACTERS_MAX: usize = 2_048;

/// What a session's policies and tags may take up packed, in bytes. With it a policy that allows
/// everything takes up 4 percent, as it was recorded from AWS.
const PACKED_BYTES_MAX: usize = 2_048;

/// How hard to compress: the usual middle between fast and small.
const DEFLATE_LEVEL: u8 = 6;

/// The ARN of a managed policy, as requests have it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyArn {
    /// The ARN.
    pub arn: Option<String>,
}

/// Reads the policies of a session in an account; `None` where none are passed.
///
/// # Errors
/// Refuses policies that cannot be read, are too long or not there.
pub(super) fn read(
    inline: Option<String>,
    managed: Vec<PolicyArn>,
    account: AccountId,
    directory: &Directory<'_>,
) -> Result<Option<SessionPolicies>, Fault> {
    let managed: Vec<_> = managed.into_iter().filter_map(|policy| policy.arn).collect();
    if managed.len() > ARNS_MAX {
        return Err(fault::validation(format!(
            "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: \
             Member must have length less than or equal to {ARNS_MAX}"
        )));
    }
    if let Some(text) = &inline {
        let read = Document::from_json(text, PolicyKind::Session);
        if let Some(told) = malformed(PolicyKind::Session, &read.diagnostics) {
            let status = if told.code == "ValidationError" { Some(400) } else { None };
            return Err(Fault { status, ..Fault::new(told.code, told.message) });
        }
    }
    if let Some(arn) = managed.iter().find(|arn| !directory.has_managed_policy(account, arn)) {
        return Err(fault::validation(format!(
            "Policy {arn} does not exist or is not attachable."
        )));
    }
    let texts = inline.iter().chain(&managed);
    let characters: usize = texts.map(|text| text.chars().count()).sum();
    if characters > CHARACTERS_MAX {
        return Err(fault::validation(format!(
            "The session policy and the policy ARNs have {characters} characters together; \
             the most is {CHARACTERS_MAX}."
        )));
    }
    let passed = inline.is_some() || !managed.is_empty();
    Ok(passed.then_some(SessionPolicies { inline, managed }))
}

/// How much of a token policies and tags take up, in percent.
///
/// # Errors
/// Refuses more than the whole.
pub(super) fn packed_percent(
    policies: Option<&SessionPolicies>,
    tags: &BTreeMap<String, String>,
) -> Result<usize, Fault> {
    let texts = policies.iter().flat_map(|one| one.inline.iter().chain(&one.managed));
    let tags = tags.iter().flat_map(|(key, value)| [key, value]);
    let all: Vec<_> = texts.chain(tags).map(String::as_str).collect();
    if all.is_empty() {
        return Ok(0);
    }
    let packed = miniz_oxide::deflate::compress_to_vec(all.join("\n").as_bytes(), DEFLATE_LEVEL);
    let percent = (packed.len() * 100).div_ceil(PACKED_BYTES_MAX);
    if percent > 100 {
        return Err(fault::packed(percent, policies.is_some()));
    }
    Ok(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(text: &str) -> SessionPolicies {
        SessionPolicies { inline: Some(text.to_owned()), managed: Vec::new() }
    }

    #[test]
    fn a_policy_that_allows_everything_takes_up_what_was_recorded() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
        assert_eq!(packed_percent(Some(&inline(text)), &BTreeMap::new()), Ok(4));
        assert_eq!(packed_percent(None, &BTreeMap::new()), Ok(0));
    }

    #[test]
    fn tags_that_do_not_fit_are_refused() {
        let mut dice = crate::dice::Dice::new(&[1; 32]);
        let tags = (0..50).map(|_| (dice.base64(128), dice.base64(256))).collect();
        let fault = packed_percent(None, &tags).unwrap_err();
        assert_eq!(fault.code, "PackedPolicyTooLarge");
        assert!(fault.message.unwrap().starts_with("Packed size of session tags consumes "));
    }
}
