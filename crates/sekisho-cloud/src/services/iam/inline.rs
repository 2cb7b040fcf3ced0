//! Inline policies, which users, groups and roles have alike.
//!
//! Source: IAM User Guide, "IAM and AWS STS quotas": the inline policies of one holder are counted
//! together, white space left out. Replies show documents percent-encoded after RFC 3986 (IAM API
//! Reference, "GetUserPolicy").

use sekisho_iam::document::limits;
use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{Document, PolicyKind};

use super::fault;
use super::paging::{Page, page};
use super::state::Attached;
use crate::fault::Fault;

/// Who holds inline policies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder<'a> {
    kind: PolicyKind,
    name: &'a str,
}

impl<'a> Holder<'a> {
    /// A user.
    pub(super) fn user(name: &'a str) -> Self {
        Self { kind: PolicyKind::UserInline, name }
    }

    /// A group.
    pub(super) fn group(name: &'a str) -> Self {
        Self { kind: PolicyKind::GroupInline, name }
    }

    /// A role.
    pub(super) fn role(name: &'a str) -> Self {
        Self { kind: PolicyKind::RoleInline, name }
    }

    fn noun(self) -> &'static str {
        match self.kind {
            PolicyKind::UserInline => "user",
            PolicyKind::GroupInline => "group",
            _ => "role",
        }
    }

    /// Its policies with this one put among them.
    ///
    /// # Errors
    /// When the policy is none, or they become too long together.
    pub(super) fn put(
        self,
        attached: &Attached,
        policy: String,
        text: String,
    ) -> Result<Attached, Fault> {
        let read = Document::from_json(&text, self.kind);
        match malformed(self.kind, &read.diagnostics) {
            Some(told) if told.code == "LimitExceeded" => return Err(self.too_long()),
            Some(told) => return Err(Fault::new(told.code, told.message)),
            None => {}
        }
        let mut attached = attached.clone();
        attached.inline.insert(policy, text);
        let texts = attached.inline.values().map(String::as_str);
        match limits::excess(texts, self.kind) {
            Some(_) => Err(self.too_long()),
            None => Ok(attached),
        }
    }

    /// Its policies without this one.
    ///
    /// # Errors
    /// When it has none of this name.
    pub(super) fn without(self, attached: &Attached, policy: &str) -> Result<Attached, Fault> {
        let mut attached = attached.clone();
        let held = attached.inline.remove(policy);
        held.map(|_| attached).ok_or_else(|| fault::no_inline(self.noun(), policy))
    }

    /// The document of this policy as replies show it.
    ///
    /// # Errors
    /// When it has none of this name.
    pub(super) fn document(self, attached: &Attached, policy: &str) -> Result<String, Fault> {
        let text = attached.inline.get(policy);
        text.map(|text| encoded(text)).ok_or_else(|| fault::no_inline(self.noun(), policy))
    }

    fn too_long(self) -> Fault {
        let size = limits::limit(self.kind).map_or(0, |limit| limit.size);
        fault::inline_too_long(size, self.noun(), self.name)
    }
}

/// The names of the inline policies, page by page.
///
/// # Errors
/// When the marker is none of ours.
pub(super) fn names(
    attached: &Attached,
    marker: Option<&str>,
    max_items: Option<u32>,
) -> Result<Page<String>, Fault> {
    page(attached.inline.keys().map(|name| (name.as_str(), name.clone())), marker, max_items)
}

/// A document as replies show it: percent-encoded after RFC 3986, white space and all.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An Allow with this many characters in its `Sid`.
    fn policy(letters: usize) -> String {
        let sid = "a".repeat(letters);
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Sid":"{sid}","Effect":"Allow","Action":"*","Resource":"*"}}}}"#
        )
    }

    #[test]
    fn documents_are_shown_as_rfc_3986_has_it() {
        assert_eq!(encoded("{\"a\": \"é~-._*\"}"), "%7B%22a%22%3A%20%22%C3%A9~-._%2A%22%7D");
    }

    #[test]
    fn policies_of_one_holder_are_counted_together_and_a_new_text_replaces_the_old() {
        let user = Holder::user("alice");
        let put = |held: &Attached, name: &str| user.put(held, name.to_owned(), policy(1_000));
        let one = put(&Attached::default(), "a").unwrap();
        assert_eq!(put(&one, "a").unwrap(), one);
        let fault = put(&one, "b").unwrap_err();
        assert_eq!(fault.code, "LimitExceeded");
        let text = "Maximum policy size of 2048 bytes exceeded for user alice";
        assert_eq!(fault.message.as_deref(), Some(text));
        assert!(Holder::role("alice").put(&one, "b".to_owned(), policy(1_000)).is_ok());
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        let put = Holder::group("g").put(&Attached::default(), "p".to_owned(), "{}".to_owned());
        assert_eq!(put.unwrap_err().code, "MalformedPolicyDocument");
        assert_eq!(
            Holder::group("g").without(&Attached::default(), "p").unwrap_err().message.as_deref(),
            Some("The group policy with name p cannot be found.")
        );
    }
}
