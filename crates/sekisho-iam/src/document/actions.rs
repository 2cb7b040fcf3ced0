//! The form of an action: `*`, or a service's prefix, a colon and a name with wildcards.
//!
//! Whether the service and the action exist is not judged: IAM takes actions it does not know.
//! Source: IAM User Guide, "IAM JSON policy elements: Action"; "Editing a trust policy".

use super::PolicyKind;
use super::Text;
use super::read::{Reader, shown};

/// The actions of a trust policy; STS has no others that ask the role.
const TRUST_ACTIONS: &[&str] = &[
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
];

impl Reader {
    /// Says what is wrong with the form of an action.
    pub(super) fn action(&mut self, action: &Text) {
        let (text, span) = (&*action.text, action.span);
        if text == "*" {
            return self.action_of_kind(action, "*");
        }
        let written = shown(text);
        let Some((vendor, name)) = text.split_once(':') else {
            let message = format!("`{written}` has no service in front of it");
            let help = "write `service:Action`, such as `s3:GetObject`";
            return self.refuse_with_help("action-without-vendor", span, message, help);
        };
        if name.contains(':') {
            let message = format!("`{written}` has more than one colon");
            return self.refuse("action-colons", span, message);
        }
        if vendor != "*" && (vendor.is_empty() || !vendor.bytes().all(is_vendor_byte)) {
            let message = format!("`{}` is no service prefix", shown(vendor));
            let help = "it has letters, digits, `-` and `.`; wildcards stand behind the colon";
            return self.refuse_with_help("action-vendor", span, message, help);
        }
        if name.is_empty() || name.contains(|char: char| char.is_whitespace()) {
            self.warn("action-name", span, format!("no action is called `{written}`"));
        }
        self.action_of_kind(action, vendor);
    }

    /// S3 takes its own actions only, a trust policy those of STS that assume a role.
    fn action_of_kind(&mut self, action: &Text, vendor: &str) {
        let written = shown(&action.text);
        match self.kind {
            PolicyKind::Bucket if !["*", "s3", "s3express"].contains(&vendor) => {
                let message = format!("`{written}` is not an action of S3");
                self.refuse("action-not-s3", action.span, message);
            }
            PolicyKind::Trust if !is_trust_action(&action.text) => {
                let message = format!("`{written}` is not an action of a trust policy");
                let help = "it takes `sts:AssumeRole`, `sts:AssumeRoleWithSAML`, \
                            `sts:AssumeRoleWithWebIdentity`, `sts:TagSession`, \
                            `sts:SetSourceIdentity` and `sts:SetContext`";
                self.refuse_with_help("action-not-sts", action.span, message, help);
            }
            _ => {}
        }
    }
}

fn is_vendor_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.'
}

/// One of the actions, or a pattern that begins like one: `sts:AssumeRole*`.
fn is_trust_action(text: &str) -> bool {
    let literal = text.split(['*', '?']).next().unwrap_or_default();
    let pattern = literal.len() < text.len() && literal.len() >= "sts:".len();
    let same = |known: &str| known.eq_ignore_ascii_case(text);
    let begins = |known: &str| {
        known.get(..literal.len()).is_some_and(|start| start.eq_ignore_ascii_case(literal))
    };
    TRUST_ACTIONS.iter().any(|known| same(known) || pattern && begins(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_policies_take_actions_of_sts_and_patterns_of_them() {
        for text in ["sts:AssumeRole", "STS:assumerole", "sts:TagSession", "sts:AssumeRole*"] {
            assert!(is_trust_action(text), "{text}");
        }
        for text in ["*", "s*", "sts:TagSessions", "sts:GetSession*", "s3:Get*", "sts:AssumeRoot"] {
            assert!(!is_trust_action(text), "{text}");
        }
    }
}
