//! The form of principals: `*`, or an object of lists under `AWS`, `Service`, `Federated` and
//! `CanonicalUser`.
//!
//! Whether a principal exists is not judged here: that is asked when the policy is stored.
//! Source: IAM User Guide, "AWS JSON policy elements: Principal".

use sekisho_tree::{Diagnostic, Entry, Node, Span};

use super::read::{Reader, shown};
use super::{PolicyKind, Principal, PrincipalKind, Text};
use crate::arn::{AccountId, Arn};

/// The keys of a `Principal` object.
const KEYS: &[(&str, PrincipalKind)] = &[
    ("AWS", PrincipalKind::Aws),
    ("Service", PrincipalKind::Service),
    ("Federated", PrincipalKind::Federated),
    ("CanonicalUser", PrincipalKind::CanonicalUser),
];

/// The same in words.
const KINDS: &str = "there are `AWS`, `Service`, `Federated` and `CanonicalUser`";

/// How unique ids of what can be a principal begin. Source: IAM User Guide, "IAM identifiers".
const UNIQUE_ID_PREFIXES: &[&str] = &["AIDA", "AROA"];

/// How the names of services end, partition by partition.
const SERVICE_SUFFIXES: &[&str] = &[
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".amazon.com",
    ".aws.internal",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
];

impl Reader {
    /// Reads the value of `Principal` or `NotPrincipal`. `None` only after saying why.
    pub(super) fn principals(&mut self, node: &Node, negated: bool) -> Option<Vec<Principal>> {
        if node.as_text() == Some("*") && node.tag.is_none() {
            return self.everyone(node.span, negated);
        }
        if self.kind == PolicyKind::Rcp {
            let message = "the `Principal` of a resource control policy is `\"*\"`";
            let help = "write `\"Principal\": \"*\"` and narrow it with conditions";
            self.refuse_with_help("principal-not-star", node.span, message, help);
            return None;
        }
        if node.as_map().is_none() {
            let kind = node.kind();
            let message = format!("`Principal` is `\"*\"` or an object, not {kind}");
            let help = "write `{\"AWS\": \"…\"}`, `{\"Service\": \"…\"}` or `\"*\"`";
            self.refuse_with_help("principal-form", node.span, message, help);
            return None;
        }
        let entries = self.object(node, "a principal")?;
        if entries.is_empty() {
            self.refuse("empty-principal", node.span, "`Principal` names nobody");
        }
        let read: Vec<_> = entries.iter().map(|entry| self.principals_under(entry)).collect();
        Some(read.into_iter().flatten().flatten().collect())
    }

    fn everyone(&mut self, span: Span, negated: bool) -> Option<Vec<Principal>> {
        if self.kind == PolicyKind::Trust {
            // IAM: AssumeRolepolicy contained an invalid principal: "STAR":"*".
            let message = "`\"*\"` is not taken as the `Principal` of a trust policy";
            let help = "write `{\"AWS\": \"*\"}`, and narrow it with conditions";
            self.refuse_with_help("principal-star", span, message, help);
            return None;
        }
        if negated {
            self.warn("principal-nobody", span, "`NotPrincipal` `\"*\"` leaves nobody");
        }
        let value = Text { text: "*".into(), span };
        Some(vec![Principal { kind: PrincipalKind::Everyone, value }])
    }

    fn principals_under(&mut self, entry: &Entry) -> Option<Vec<Principal>> {
        let key = &*entry.key.text;
        let Some(&(_, kind)) = KEYS.iter().find(|(known, _)| *known == key) else {
            let message = format!("`{}` is no kind of principal", shown(key));
            let problem = Diagnostic::error("unknown-principal-kind", entry.key.span, message);
            self.say(match self.meant(key, KEYS.iter().map(|(name, _)| *name)) {
                Some(meant) => problem.with_help(format!("did you mean `{meant}`?")),
                None => problem.with_help(KINDS),
            });
            return None;
        };
        self.kind_of_principal(kind, entry.key.span);
        let values = self.texts(&entry.value, key)?;
        if entry.value.as_list().is_some_and(<[Node]>::is_empty) {
            self.refuse("empty-principal", entry.value.span, format!("`{key}` names nobody"));
        }
        values.iter().for_each(|value| self.principal(kind, key, value));
        Some(values.into_iter().map(|value| Principal { kind, value }).collect())
    }

    /// Not every policy takes every kind of principal.
    fn kind_of_principal(&mut self, kind: PrincipalKind, span: Span) {
        let name = self.rules.name;
        match (kind, self.kind) {
            (PrincipalKind::CanonicalUser, PolicyKind::Trust | PolicyKind::Key) => {
                let message =
                    format!("`CanonicalUser` is a name of S3, and {name} does not take it");
                self.refuse("principal-kind", span, message);
            }
            (PrincipalKind::Federated, kind) if kind != PolicyKind::Trust => {
                let message = format!("`Federated` is for trust policies: nobody asks {name} so");
                self.warn("principal-kind", span, message);
            }
            _ => {}
        }
    }

    fn principal(&mut self, kind: PrincipalKind, key: &str, value: &Text) {
        let (fits, help) = match kind {
            PrincipalKind::Aws | PrincipalKind::Everyone => (
                is_aws(&value.text),
                "it takes `*`, an account of twelve digits, or the ARN of an account's root, a user, \
                 a role, a session or a federated user, without wildcards",
            ),
            PrincipalKind::Service => (
                is_service(&value.text),
                "a service has a name such as `codebuild.amazonaws.com`, without wildcards",
            ),
            PrincipalKind::Federated => (
                is_provider(&value.text),
                "it takes the ARN of a SAML or OIDC provider, or the domain of a well-known one",
            ),
            PrincipalKind::CanonicalUser => {
                (is_canonical_user(&value.text), "it has 64 hexadecimal digits")
            }
        };
        if !fits {
            let message = format!("`{key}` has no principal `{}`", shown(&value.text));
            let code = match kind {
                PrincipalKind::Federated => "invalid-provider",
                _ => "invalid-principal",
            };
            self.refuse_with_help(code, value.span, message, help);
        }
    }
}

fn is_aws(text: &str) -> bool {
    text == "*"
        || AccountId::parse(text).is_some()
        || is_unique_id(text)
        || Arn::parse(text).is_some_and(|arn| is_aws_arn(&arn))
}

fn is_unique_id(text: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    UNIQUE_ID_PREFIXES.iter().any(|prefix| text.starts_with(prefix))
        && (16..=128).contains(&text.len())
        && text.bytes().all(letters)
}

/// An account's root, a user, a role, a session, a federated user; or CloudFront's own users
/// (`arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1`).
fn is_aws_arn(arn: &Arn<'_>) -> bool {
    let is_account = arn.account_id().is_some() || arn.account == "cloudfront";
    let whole = !arn.resource.contains(['*', '?', '$']);
    let (kind, name) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    let named = !name.is_empty() && !name.ends_with('/');
    let known = match (arn.service, kind) {
        ("iam", "root") => arn.resource == "root",
        ("iam", "user" | "role") | ("sts", "federated-user") => named,
        ("sts", "assumed-role") => named && name.contains('/'),
        _ => false,
    };
    arn.partition.starts_with("aws") && arn.region.is_empty() && is_account && whole && known
}

fn is_service(text: &str) -> bool {
    let name = SERVICE_SUFFIXES.iter().find_map(|suffix| text.strip_suffix(suffix));
    name.is_some_and(|name| !name.is_empty()) && is_domain(text)
}

fn is_provider(text: &str) -> bool {
    let is_arn = |arn: Arn<'_>| {
        let (kind, name) = arn.resource.split_once('/').unwrap_or_default();
        let whole = !arn.resource.contains(['*', '?', '$']);
        arn.service == "iam"
            && arn.account_id().is_some()
            && ["saml-provider", "oidc-provider"].contains(&kind)
            && !name.is_empty()
            && whole
    };
    match Arn::parse(text) {
        Some(arn) => is_arn(arn),
        None => is_domain(text),
    }
}

/// `www.amazon.com`: letters, digits and hyphens between dots.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

fn is_canonical_user(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_principals_are_accounts_arns_and_unique_ids() {
        for text in [
            "*",
            "111111111111",
            "arn:aws:iam::111111111111:root",
            "arn:aws-cn:iam::111111111111:user/division/alice",
            "arn:aws:iam::111111111111:role/service-role/build",
            "arn:aws:sts::111111111111:assumed-role/build/session",
            "arn:aws:sts::111111111111:federated-user/bob",
            "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E15MNIMTCFKK4C",
            "AROADBQP57FF2AEXAMPLE",
            "AIDAJQABLZS4A3QDU576Q",
        ] {
            assert!(is_aws(text), "{text}");
        }
        for text in [
            "",
            "alice",
            "11111111111",
            "arn:aws:iam::111111111111:*",
            "arn:aws:iam::*:root",
            "arn:aws:iam::111111111111:role/*",
            "arn:aws:iam::111111111111:role/",
            "arn:aws:iam::111111111111:group/admins",
            "arn:aws:iam:us-east-1:111111111111:role/build",
            "arn:aws:sts::111111111111:assumed-role/build",
            "arn:aws:s3:::bucket",
            "AKIAIOSFODNN7EXAMPLE",
        ] {
            assert!(!is_aws(text), "{text}");
        }
    }

    #[test]
    fn services_and_providers_have_names() {
        for text in ["ec2.amazonaws.com", "logs.us-east-1.amazonaws.com", "ec2.amazonaws.com.cn"] {
            assert!(is_service(text), "{text}");
        }
        for text in ["*", "ec2", ".amazonaws.com", "*.amazonaws.com", "a b.amazonaws.com"] {
            assert!(!is_service(text), "{text}");
        }
        for text in [
            "arn:aws:iam::111111111111:saml-provider/corp",
            "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
            "cognito-identity.amazonaws.com",
            "www.amazon.com",
        ] {
            assert!(is_provider(text), "{text}");
        }
        for text in
            ["*", "corp", "arn:aws:iam::111111111111:role/x", "arn:aws:iam::1:oidc-provider/x"]
        {
            assert!(!is_provider(text), "{text}");
        }
    }
}
