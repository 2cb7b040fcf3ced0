//! `aws:SourceIp` compared with private addresses only.
//!
//! The key holds the public address a request comes from; requests through a VPC endpoint do not
//! carry it. So `10.0.0.0/8` never matches. The address in the VPC is `aws:VpcSourceIp`.
//!
//! Source: IAM User Guide, "AWS global condition context keys" (`aws:SourceIp`, `aws:VpcSourceIp`);
//! RFC 1918, RFC 4193.

use crate::condition::ip::IpRange;
use crate::document::{Comparison, Condition};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "private-source-ip",
    title: "`aws:SourceIp` is compared with private addresses only",
    severity: Severity::Error,
    analyzer: Some("PRIVATE_IP_ADDRESS, PRIVATE_NOT_IP_ADDRESS"),
    page: "IAM/latest/UserGuide/reference_policies_condition-keys.html",
    check: Check::Condition(check),
};

/// The ranges that are not routed on the internet.
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let is_ip =
        matches!(condition.operator.comparison, Comparison::IpAddress | Comparison::NotIpAddress);
    if !is_ip || !condition.key.text.eq_ignore_ascii_case("aws:SourceIp") {
        return;
    }
    let is_private = |text: &str| {
        let Some(range) = IpRange::parse(text) else { return false };
        PRIVATE.iter().filter_map(|one| IpRange::parse(one)).any(|one| one.includes(&range))
    };
    if !condition.values.is_empty() && condition.values.iter().all(|value| is_private(&value.text))
    {
        found.say(
            condition.key.span,
            "`aws:SourceIp` is a public address, and all of these are private",
            "compare `aws:VpcSourceIp` together with `aws:SourceVpc`, or list public addresses",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    #[test]
    fn private_addresses_only() {
        let condition =
            r#"{"NotIpAddress":{"aws:SourceIp":["10.1.0.0/16","192.168.0.1","fd00::/8"]}}"#;
        check_condition(&RULE, "s3:*", condition, &["aws:SourceIp"]);
    }

    #[test]
    fn public_addresses_and_other_keys() {
        check_condition(
            &RULE,
            "s3:*",
            r#"{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.0/24"]}}"#,
            &[],
        );
        check_condition(&RULE, "s3:*", r#"{"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}}"#, &[]);
        check_condition(&RULE, "s3:*", r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#, &[]);
    }
}
