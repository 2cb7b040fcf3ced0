//! Amazon Resource Names and account ids.
//!
//! `arn:partition:service:region:account:resource`: six fields, of which only the last may hold
//! further colons. Source: IAM User Guide, "IAM identifiers" and AWS General Reference, "Amazon
//! Resource Names (ARNs)".

use std::fmt;

/// The longest ARN that is taken, in bytes; IAM's own limit for an ARN parameter is 2,048.
pub const ARN_BYTES_MAX: usize = 2_048;

/// An AWS account id: twelve digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u64);

impl AccountId {
    /// Reads exactly twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok().map(Self)).flatten()
    }
}

/// A text is not twelve digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an account id has twelve digits")]
pub struct AccountIdError;

impl std::str::FromStr for AccountId {
    type Err = AccountIdError;

    fn from_str(text: &str) -> Result<Self, AccountIdError> {
        Self::parse(text).ok_or(AccountIdError)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

/// The six fields of an ARN, borrowed from its text. Reading one does not judge the fields: they
/// may be empty, and in a policy they may hold wildcards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// `s3`, `iam`, `sts` …
    pub service: &'a str,
    /// Empty for global services and for S3.
    pub region: &'a str,
    /// Empty for S3.
    pub account: &'a str,
    /// Everything after the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits `text` at its first five colons. `None` where it does not start with `arn:` or has
    /// fewer than six fields.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut fields = text.splitn(6, ':');
        if fields.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: fields.next()?,
            service: fields.next()?,
            region: fields.next()?,
            account: fields.next()?,
            resource: fields.next()?,
        })
    }

    /// The account, where the field holds twelve digits.
    pub fn account_id(&self) -> Option<AccountId> {
        AccountId::parse(self.account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_field_holds_colons() {
        let arn =
            Arn::parse("arn:aws:logs:us-east-1:111111111111:log-group:/a:log-stream:b").unwrap();
        assert_eq!(arn.service, "logs");
        assert_eq!(arn.account_id(), AccountId::parse("111111111111"));
        assert_eq!(arn.resource, "log-group:/a:log-stream:b");
    }

    #[test]
    fn too_few_fields_are_no_arn() {
        for text in
            ["", "*", "arn", "arn:aws:s3", "arn:aws:s3:::", "urn:aws:s3:::b", "arn:aws:s3::b"]
        {
            let arn = Arn::parse(text);
            assert_eq!(arn.is_some(), text == "arn:aws:s3:::", "{text}");
        }
    }

    #[test]
    fn an_account_id_is_twelve_digits() {
        assert_eq!(AccountId::parse("012345678901").unwrap().to_string(), "012345678901");
        for text in ["", "12345678901", "1234567890123", "12345678901x", "+12345678901"] {
            assert_eq!(AccountId::parse(text), None, "{text}");
        }
    }
}
