//! A range whose address has bits beyond its prefix: `203.0.113.7/24`.
//!
//! IAM takes it for the whole range. Whoever wrote it may have meant the one address.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (IP address operators:
//! CIDR, RFC 4632).

use crate::condition::ip::IpRange;
use crate::document::{Comparison, Condition};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "ip-range-host-bits",
    title: "an IP range names an address within it, not its first",
    severity: Severity::Note,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    if !matches!(condition.operator.comparison, Comparison::IpAddress | Comparison::NotIpAddress) {
        return;
    }
    for value in &condition.values {
        let Some(first) = IpRange::parse(&value.text).and_then(|range| range.first_if_not_base())
        else {
            continue;
        };
        let (written, prefix) = (shown(&value.text), value.text.rsplit('/').next().unwrap_or(""));
        found.say(
            value.span,
            format!("`{written}` is the whole range from `{first}` on"),
            format!("write `{first}/{prefix}`, or leave `/{prefix}` out for the one address"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check_condition, said};

    #[test]
    fn addresses_with_a_prefix() {
        let condition = r#"{"IpAddress":{"aws:SourceIp":["203.0.113.7/24","2001:db8::1/32"]}}"#;
        check_condition(&RULE, "s3:*", condition, &["203.0.113.7/24", "2001:db8::1/32"]);
        let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.7/24"}}}"#;
        assert_eq!(
            said(&RULE, statement).1,
            "write `203.0.113.0/24`, or leave `/24` out for the one address"
        );
    }

    #[test]
    fn ranges_and_addresses() {
        let condition = r#"{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","203.0.113.7","203.0.113.7/32","0.0.0.0/0","::/0"]}}"#;
        check_condition(&RULE, "s3:*", condition, &[]);
    }
}
