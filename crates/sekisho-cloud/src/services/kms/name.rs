//! What a request names: a key or an alias, by id or by ARN.
//! Source: KMS Developer Guide, "Key identifiers (KeyId)".

use sekisho_iam::{AccountId, Arn};

use super::fault;
use super::state::{arn, row};
use crate::fault::Fault;

/// A key or an alias that is named, whether or not it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The account it belongs to: the one in the ARN, otherwise the caller's.
    pub(super) account: AccountId,
    /// The region, which is the one that is called.
    pub(super) region: String,
    /// Which of the two.
    pub(super) of: NameOf,
}

/// A key or an alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameOf {
    /// A key, by its id.
    Key(String),
    /// An alias, by its name: `alias/app`.
    Alias(String),
}

impl Name {
    /// Reads a key id, key ARN, alias name or alias ARN.
    ///
    /// # Errors
    /// When it is none of them, or of another region than the one that is called.
    pub(super) fn read(text: &str, account: AccountId, region: &str) -> Result<Self, Fault> {
        let name = |account, of| Ok(Self { account, region: region.to_owned(), of });
        if text.starts_with("alias/") {
            return name(account, NameOf::Alias(text.to_owned()));
        }
        if !text.starts_with("arn:") {
            return match is_key_id(text) {
                true => name(account, NameOf::Key(text.to_ascii_lowercase())),
                false => Err(fault::invalid_key_id(text)),
            };
        }
        let parsed = Arn::parse(text).filter(|arn| arn.service == "kms" && arn.partition == "aws");
        let parsed = parsed.ok_or_else(|| fault::invalid_arn(text))?;
        let account = parsed.account_id().ok_or_else(|| fault::invalid_arn(text))?;
        if parsed.region != region {
            return Err(fault::invalid_arn(parsed.region));
        }
        match parsed.resource.split_once('/') {
            Some(("key", id)) if is_key_id(id) => {
                name(account, NameOf::Key(id.to_ascii_lowercase()))
            }
            Some(("key", id)) => Err(fault::invalid_key_id(id)),
            Some(("alias", _)) => name(account, NameOf::Alias(parsed.resource.to_owned())),
            _ => Err(fault::invalid_arn(text)),
        }
    }

    /// Its ARN.
    pub(super) fn arn(&self) -> String {
        match &self.of {
            NameOf::Key(id) => arn(self.account, &self.region, id),
            NameOf::Alias(name) => alias_arn(self.account, &self.region, name),
        }
    }

    /// The key of its row, in the table of keys or of aliases.
    pub(super) fn row(&self) -> String {
        match &self.of {
            NameOf::Key(name) | NameOf::Alias(name) => row(self.account, &self.region, name),
        }
    }
}

/// The ARN of an alias.
pub(super) fn alias_arn(account: AccountId, region: &str, name: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:{name}")
}

/// Whether a text has the form of a key id: a UUID, or `mrk-` with as many digits.
fn is_key_id(text: &str) -> bool {
    let hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if let Some(digits) = text.strip_prefix("mrk-") {
        return digits.len() == 32 && hex(digits);
    }
    let mut lengths = [8, 4, 4, 4, 12].into_iter();
    let fits = |piece: &str| lengths.next() == Some(piece.len()) && hex(piece);
    text.split('-').all(fits) && text.len() == 36
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    fn read(text: &str) -> Result<Name, String> {
        let account = AccountId::parse("111111111111").unwrap();
        Name::read(text, account, "us-east-1").map_err(|fault| fault.message.unwrap_or_default())
    }

    #[test]
    fn all_four_forms_are_read() {
        let arn = format!("arn:aws:kms:us-east-1:222222222222:key/{ID}");
        assert_eq!(read(&arn).unwrap().arn(), arn);
        assert_eq!(read(ID).unwrap().row(), format!("111111111111/us-east-1/{ID}"));
        let alias = "arn:aws:kms:us-east-1:111111111111:alias/app/prod";
        assert_eq!(read(alias), read("alias/app/prod"));
        assert_eq!(read("alias/app/prod").unwrap().arn(), alias);
    }

    #[test]
    fn what_names_no_key_is_told() {
        for (text, told) in [
            ("fake-key-id", "Invalid keyId 'fake-key-id'"),
            ("1234abcd-12ab-34cd-56ef-1234567890ag", "Invalid keyId"),
            ("1234abcd12ab34cd56ef1234567890ab----", "Invalid keyId"),
            ("arn:aws:kms:us-east-1:111111111111:key/x", "Invalid keyId 'x'"),
            ("arn:aws:kms:eu-west-1:111111111111:alias/x", "Invalid arn eu-west-1"),
            ("arn:aws:s3:::b", "Invalid arn arn:aws:s3:::b"),
            ("arn:aws:kms:us-east-1::key/x", "Invalid arn"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(told), "{text}: {error}");
        }
    }
}
