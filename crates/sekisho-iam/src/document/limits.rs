//! How long a policy may be, and which characters it may have.
//!
//! Sources: IAM User Guide, "IAM and AWS STS quotas" (reference_iam-quotas.html); Organizations User
//! Guide, "Quotas and service limits" (orgs_reference_limits.html), and AWS's announcement of May 2026
//! of the larger quota for SCPs; S3 User Guide, "Bucket policies";
//! KMS Developer Guide, "Resource quotas"; VPC User Guide, "Control access to VPC endpoints using
//! endpoint policies".

use sekisho_tree::{Diagnostic, Span};

use super::PolicyKind;

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Characters, white space left out: IAM's way for what it stores.
    CharactersWithoutSpace,
    /// All characters.
    Characters,
    /// Bytes of the text in UTF-8.
    Bytes,
}

/// How long a policy may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What AWS takes in an account that has asked for nothing.
    pub size: usize,
    /// What AWS takes at most; more than `size` where a quota can be raised.
    pub size_max: usize,
    /// What both are counted in.
    pub unit: Unit,
    /// Whether all policies of a kind on one user, group or role are counted together.
    pub together: bool,
    /// The page that says so.
    pub page: &'static str,
}

const IAM: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const ORGANIZATIONS: &str =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html";
const SCP: &str =
    "https://aws.amazon.com/about-aws/whats-new/2026/05/aws-organizations-increased-scp-quotas/";
const S3: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html";
const KMS: &str = "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html";
const VPC: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";

/// The limit of a kind. `None` for policies of other resources: each service has its own.
pub fn limit(kind: PolicyKind) -> Option<Limit> {
    use PolicyKind as K;
    use Unit::{Bytes, Characters, CharactersWithoutSpace as NoSpace};
    let of = |size, unit, page| Limit { size, size_max: size, unit, together: false, page };
    let inline = |size| Limit { together: true, ..of(size, NoSpace, IAM) };
    Some(match kind {
        K::Managed => of(6_144, NoSpace, IAM),
        K::UserInline => inline(2_048),
        K::GroupInline => inline(5_120),
        K::RoleInline => inline(10_240),
        // The quota of a role's trust policy can be raised: to 4,096 by the guide, to 8,192 by what
        // others quote in 2026.
        K::Trust => Limit { size_max: 4_096, ..of(2_048, NoSpace, IAM) },
        K::Session => of(2_048, Characters, IAM),
        K::Scp => of(10_240, Characters, SCP),
        K::Rcp => of(5_120, Characters, ORGANIZATIONS),
        K::Bucket => of(20_480, Bytes, S3),
        K::Key => of(32_768, Bytes, KMS),
        K::Endpoint => of(20_480, Characters, VPC),
        K::Resource => return None,
    })
}

/// How long AWS finds `text` as a policy of `kind`.
pub fn size(text: &str, kind: PolicyKind) -> usize {
    let unit = limit(kind).map_or(Unit::Bytes, |limit| limit.unit);
    text.chars().map(|char| weight(char, unit)).sum()
}

/// What the policies of one user, group or role are too long by, taken together: the inline
/// policies of a role share 10,240 characters. `None` where they fit, or are not counted together.
pub fn excess<'a>(texts: impl IntoIterator<Item = &'a str>, kind: PolicyKind) -> Option<usize> {
    let limit = limit(kind).filter(|limit| limit.together)?;
    let total: usize = texts.into_iter().map(|text| size(text, kind)).sum();
    total.checked_sub(limit.size).filter(|excess| *excess > 0)
}

/// What is wrong with the length and the characters of a policy.
pub(super) fn check(text: &str, kind: PolicyKind) -> Vec<Diagnostic> {
    let checks = [too_long, leading_space, strange_character];
    checks.into_iter().filter_map(|check| check(text, kind)).collect()
}

/// An error above what AWS takes at most; a warning above what it takes without being asked.
fn too_long(text: &str, kind: PolicyKind) -> Option<Diagnostic> {
    let limit = limit(kind)?;
    let has = size(text, kind);
    if has <= limit.size {
        return None;
    }
    let (crossed, say): (_, fn(_, _, String) -> _) = match has > limit.size_max {
        true => (limit.size_max, Diagnostic::error),
        false => (limit.size, Diagnostic::warning),
    };
    let unit = match limit.unit {
        Unit::CharactersWithoutSpace => "characters that are not white space",
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    };
    let message = format!("the policy has {has} {unit}, and AWS takes {crossed}");
    Some(say("policy-too-long", crossing(text, crossed, limit.unit), message).with_help(limit.page))
}

/// The first character beyond `size`.
fn crossing(text: &str, size: usize, unit: Unit) -> Span {
    let mut sum = 0;
    let beyond = text.char_indices().find(|(_, char)| {
        sum += weight(*char, unit);
        sum > size
    });
    beyond.map(|(at, char)| Span::new(at, at + char.len_utf8())).unwrap_or_default()
}

fn weight(char: char, unit: Unit) -> usize {
    match unit {
        Unit::CharactersWithoutSpace => usize::from(!char.is_ascii_whitespace()),
        Unit::Characters => 1,
        Unit::Bytes => char.len_utf8(),
    }
}

/// Whether IAM or STS reads the policy.
fn is_of_iam(kind: PolicyKind) -> bool {
    use PolicyKind as K;
    matches!(
        kind,
        K::Managed | K::UserInline | K::GroupInline | K::RoleInline | K::Trust | K::Session
    )
}

/// IAM and S3 want the brace first: what comes before it, if only white space, is refused
/// (hashicorp/terraform #14652, hashicorp/terraform-provider-aws #12267, aws/aws-cli #2779).
fn leading_space(text: &str, kind: PolicyKind) -> Option<Diagnostic> {
    let space = text.len() - text.trim_start().len();
    if space == 0 || space == text.len() || !(is_of_iam(kind) || kind == PolicyKind::Bucket) {
        return None;
    }
    let message = "the policy begins with white space, and AWS wants the `{` first";
    Some(Diagnostic::error("leading-space", Span::new(0, space), message))
}

/// Policies of IAM and KMS have tab, line feed, carriage return and U+0020 to U+00FF only ("IAM name
/// requirements" on the page of IAM's quotas; KMS API Reference, `PutKeyPolicy`).
fn strange_character(text: &str, kind: PolicyKind) -> Option<Diagnostic> {
    if !is_of_iam(kind) && kind != PolicyKind::Key {
        return None;
    }
    let fits = |char: char| matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
    let (at, char) = text.char_indices().find(|(_, char)| !fits(*char))?;
    let code = u32::from(char);
    let span = Span::new(at, at + char.len_utf8());
    let message =
        format!("the policy has the character U+{code:04X}, which AWS does not take here");
    let help = match (at, char) {
        (0, '\u{feff}') => "this is a byte order mark: save the file as UTF-8 without it",
        _ => "it takes U+0020 to U+00FF, tab and line ends; write `\\u` and four digits",
    };
    Some(Diagnostic::error("policy-characters", span, message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_called_by_its_name() {
        let help = |text| strange_character(text, PolicyKind::Managed).unwrap().help.unwrap();
        assert!(help("\u{feff}{}").contains("byte order mark"));
        assert!(!help("{\u{feff}}").contains("byte order mark"));
    }

    #[test]
    fn sizes_are_counted_as_each_service_counts() {
        let text = "{ \"é\":\t1 }\n";
        assert_eq!(size(text, PolicyKind::Managed), 7);
        assert_eq!(size(text, PolicyKind::Session), 11);
        assert_eq!(size(text, PolicyKind::Bucket), 12);
    }

    #[test]
    fn too_long_is_said_where_the_limit_is_crossed() {
        let text = format!("{}xy", " ".repeat(10) + &"a".repeat(6_144));
        let found = too_long(&text, PolicyKind::Managed).unwrap();
        assert_eq!(found.span, Span::new(6_154, 6_155));
        assert_eq!(found.severity, sekisho_tree::Severity::Error);
        assert!(found.message.contains("6146") && found.message.contains("6144"));
        assert_eq!(too_long(text.get(..6_154).unwrap(), PolicyKind::Managed), None);
    }

    #[test]
    fn a_quota_that_can_be_raised_is_a_warning_first() {
        let severity = |n| too_long(&"a".repeat(n), PolicyKind::Trust).map(|found| found.severity);
        assert_eq!(severity(2_048), None);
        assert_eq!(severity(2_049), Some(sekisho_tree::Severity::Warning));
        assert_eq!(severity(4_096), Some(sekisho_tree::Severity::Warning));
        assert_eq!(severity(4_097), Some(sekisho_tree::Severity::Error));
    }

    #[test]
    fn organizations_counts_all_characters() {
        let text = " ".repeat(5_121);
        assert_eq!(too_long(&text, PolicyKind::Scp), None);
        assert!(too_long(&text, PolicyKind::Rcp).is_some());
        assert!(too_long(&" ".repeat(10_241), PolicyKind::Scp).is_some());
    }

    #[test]
    fn white_space_before_the_brace_is_refused_by_iam_and_s3() {
        let found = leading_space(" \n{}", PolicyKind::Managed).unwrap();
        assert_eq!(found.span, Span::new(0, 2));
        assert!(leading_space("\n{}", PolicyKind::Bucket).is_some());
        assert_eq!(leading_space(" {}", PolicyKind::Key), None);
        assert_eq!(leading_space("{} ", PolicyKind::Managed), None);
        assert_eq!(leading_space("  ", PolicyKind::Managed), None);
    }

    #[test]
    fn inline_policies_are_counted_together() {
        let text = "a".repeat(4_096);
        let texts = |n| std::iter::repeat_n(text.as_str(), n);
        assert_eq!(excess(texts(2), PolicyKind::RoleInline), None);
        assert_eq!(excess(texts(3), PolicyKind::RoleInline), Some(2_048));
        assert_eq!(excess(texts(3), PolicyKind::Managed), None);
    }

    #[test]
    fn iam_and_kms_take_latin_1_only() {
        assert!(strange_character("{\"Sid\":\"é\t\"}", PolicyKind::Trust).is_none());
        let found = strange_character("ab☃", PolicyKind::Trust).unwrap();
        assert_eq!(found.span, Span::new(2, 5));
        assert!(found.message.contains("U+2603"));
        assert!(strange_character("ab☃", PolicyKind::Key).is_some());
        assert!(strange_character("ab☃", PolicyKind::Bucket).is_none());
    }
}
