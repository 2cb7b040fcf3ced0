//! Whether a bucket policy is public in the sense of S3 Block Public Access.
//!
//! Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", section "The
//! meaning of 'public'". A policy is taken to be public unless each of its Allow statements grants
//! only to fixed principals or under a condition that fixes one of the values S3 lists. A value is
//! fixed if it holds neither wildcard nor policy variable.

use crate::arn::Arn;
use crate::condition::ip::IpRange;
use crate::document::{
    Comparison, Condition, Document, Effect, Principal, PrincipalKind, SetPrefix, Statement,
};

/// Condition keys that make a grant non-public by a fixed value, in lower case.
const FIXING_KEYS: [&str; 10] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "s3:dataaccesspointaccount",
];

/// The shortest prefixes of address ranges that are not public: IPv4 and IPv6.
const PREFIX_MIN_V4: u32 = 8;
const PREFIX_MIN_V6: u32 = 32;

/// Whether one of its statements grants to the public.
pub fn is_public(document: &Document) -> bool {
    first_public_statement(document).is_some()
}

/// The index of the first statement that grants to the public.
pub fn first_public_statement(document: &Document) -> Option<usize> {
    document.statements.iter().position(grants_to_the_public)
}

fn grants_to_the_public(statement: &Statement) -> bool {
    let fixed_principals = statement.principals.as_ref().is_some_and(|principals| {
        !principals.negated && principals.items.iter().all(is_fixed_principal)
    });
    statement.effect == Effect::Allow
        && !fixed_principals
        && !statement.conditions.iter().any(fixes_a_value)
}

fn is_fixed_principal(principal: &Principal) -> bool {
    use PrincipalKind as K;
    let kind = matches!(principal.kind, K::Aws | K::Service | K::CanonicalUser);
    kind && is_fixed(&principal.value.text)
}

fn is_fixed(text: &str) -> bool {
    !text.contains(['*', '?']) && !text.contains("${")
}

/// Whether a condition lets through only requests that carry one of a few fixed values.
fn fixes_a_value(condition: &Condition) -> bool {
    use Comparison as C;
    let operator = condition.operator;
    if operator.if_exists || operator.set == Some(SetPrefix::ForAllValues) {
        return false;
    }
    let key = condition.key.text.to_ascii_lowercase();
    let is_fixing: fn(&str) -> bool = match (operator.comparison, key.as_str()) {
        (C::IpAddress, "aws:sourceip") => is_narrow_range,
        (
            C::StringEquals | C::StringEqualsIgnoreCase | C::StringLike | C::ArnEquals | C::ArnLike,
            key,
        ) => match key {
            "aws:userid" => is_fixed_userid,
            "s3:dataaccesspointarn" => is_access_point_of_an_account,
            key if FIXING_KEYS.contains(&key) => is_fixed,
            _ => return false,
        },
        _ => return false,
    };
    let mut values = condition.values.iter();
    !condition.values.is_empty() && values.all(|value| is_fixing(&value.text))
}

/// Fixed, and not of the form `AROLEID:*`.
fn is_fixed_userid(text: &str) -> bool {
    is_fixed(text) && !(text.starts_with("AROA") && text.contains(':'))
}

/// The name of an access point may hold wildcards if its account is fixed.
fn is_access_point_of_an_account(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        let head = [arn.partition, arn.service, arn.region].into_iter().all(is_fixed);
        let name = arn.resource.strip_prefix("accesspoint/");
        head && arn.account_id().is_some() && name.is_some_and(|name| !name.contains("${"))
    })
}

fn is_narrow_range(text: &str) -> bool {
    IpRange::parse(text).is_some_and(|range| {
        range.prefix() >= if range.is_ipv4() { PREFIX_MIN_V4 } else { PREFIX_MIN_V6 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PolicyKind;

    fn is_public_with(principal: &str, condition: &str) -> bool {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{principal},
               "Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{condition}}}}}"#
        );
        is_public(&Document::from_json(&text, PolicyKind::Bucket).document.unwrap())
    }

    #[test]
    fn a_fixed_principal_is_not_public() {
        assert!(is_public_with(r#""*""#, "{}"));
        assert!(is_public_with(r#"{"AWS":["*","111111111111"]}"#, "{}"));
        assert!(!is_public_with(r#"{"AWS":"111111111111"}"#, "{}"));
        assert!(!is_public_with(r#"{"Service":"logging.s3.amazonaws.com"}"#, "{}"));
    }

    #[test]
    fn a_fixed_value_is_not_public() {
        for (condition, expected) in [
            (r#"{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#, false),
            (r#"{"StringLike":{"aws:PrincipalOrgID":"o-*"}}"#, true),
            (r#"{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}"#, true),
            (r#"{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#, true),
            (r#"{"StringEquals":{"aws:SourceVpce":["vpce-1","${aws:username}"]}}"#, true),
            (r#"{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#, false),
            (r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}"#, true),
            (r#"{"IpAddress":{"aws:SourceIp":["203.0.113.7","2001:db8::/16"]}}"#, true),
            (r#"{"Bool":{"aws:SecureTransport":"true"}}"#, true),
            (
                r#"{"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:111111111111:accesspoint/*"}}"#,
                false,
            ),
            (
                r#"{"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:*:accesspoint/a"}}"#,
                true,
            ),
            (r#"{"StringEquals":{"aws:userid":"AIDAEXAMPLE"}}"#, false),
        ] {
            assert_eq!(is_public_with(r#""*""#, condition), expected, "{condition}");
        }
    }

    #[test]
    fn the_statement_that_makes_the_policy_public_is_found() {
        let first = |statements: &str| {
            let text = format!(r#"{{"Statement":[{statements}]}}"#);
            let document = Document::from_json(&text, PolicyKind::Bucket).document.unwrap();
            first_public_statement(&document)
        };
        let of = |effect: &str, principal: &str| {
            format!(
                r#"{{"Effect":"{effect}","Principal":{principal},"Action":"s3:*","Resource":"arn:aws:s3:::b"}}"#
            )
        };
        let (deny, narrow) = (of("Deny", r#""*""#), of("Allow", r#"{"AWS":"111111111111"}"#));
        let public = of("Allow", r#""*""#);
        assert_eq!(first(&format!("{deny},{narrow},{public},{public}")), Some(2));
        assert_eq!(first(&format!("{deny},{narrow}")), None);
    }
}
