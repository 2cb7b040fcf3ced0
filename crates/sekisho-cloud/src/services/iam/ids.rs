//! Unique ids and access key ids, which hold the account's number.
//!
//! After the four letters that tell the kind stand sixteen digits of base32: ten bytes, of which the
//! first 48 bits hold a one, the account in 40 bits and seven random bits; the rest is random.
//! Source: IAM User Guide, "IAM identifiers" (the prefixes); the place of the account was observed
//! in ids of users, roles and keys whose account was known.

use data_encoding::BASE32_NOPAD;
use sekisho_iam::AccountId;

use crate::dice::Dice;

/// What an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdOf {
    /// `AIDA…`
    User,
    /// `AROA…`
    Role,
    /// `AGPA…`
    Group,
    /// `ANPA…`
    ManagedPolicy,
    /// `AIPA…`
    InstanceProfile,
    /// `AKIA…`
    AccessKey,
    /// `ASIA…`
    TemporaryKey,
}

impl IdOf {
    fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Role => "AROA",
            Self::Group => "AGPA",
            Self::ManagedPolicy => "ANPA",
            Self::InstanceProfile => "AIPA",
            Self::AccessKey => "AKIA",
            Self::TemporaryKey => "ASIA",
        }
    }

    /// Access key ids have 20 characters, the others 21.
    fn has_last_digit(self) -> bool {
        !matches!(self, Self::AccessKey | Self::TemporaryKey)
    }
}

/// Where the account stands in the first six bytes.
const ACCOUNT_SHIFT: u64 = 7;
/// The bit that says that an id holds its account.
const HOLDS_ACCOUNT: u64 = 1 << 47;

/// A new id.
pub fn new_id(of: IdOf, account: AccountId, dice: &mut Dice) -> String {
    let number: u64 = account.to_string().parse().unwrap_or_default();
    let [_, _, rolled @ ..]: [u8; 8] = dice.bytes();
    let [low, ..] = rolled;
    let head = HOLDS_ACCOUNT | number << ACCOUNT_SHIFT | u64::from(low & 0x7f);
    let [_, _, head @ ..] = head.to_be_bytes();
    let [_, _, tail @ ..] = rolled;
    let digits = BASE32_NOPAD.encode(&[&head[..], &tail[..]].concat());
    let last = if of.has_last_digit() { dice.base32(1) } else { String::new() };
    format!("{}{digits}{last}", of.prefix())
}

/// The account in an access key id; `None` where it holds none. Nothing is looked up.
pub fn account_in(id: &str) -> Option<AccountId> {
    let bytes = BASE32_NOPAD.decode(id.get(4..20)?.as_bytes()).ok()?;
    let head = bytes.first_chunk::<6>()?;
    let head = head.iter().fold(0_u64, |head, byte| head << 8 | u64::from(*byte));
    let number = (head & (HOLDS_ACCOUNT - 1)) >> ACCOUNT_SHIFT;
    (head & HOLDS_ACCOUNT != 0).then(|| AccountId::parse(&format!("{number:012}"))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_its_length_and_tells_its_account() {
        let mut dice = Dice::new(&[5; 32]);
        for account in ["000000000000", "111111111111", "999999999999"] {
            let account = AccountId::parse(account).unwrap();
            for (of, length) in [(IdOf::User, 21), (IdOf::AccessKey, 20), (IdOf::TemporaryKey, 20)]
            {
                let id = new_id(of, account, &mut dice);
                assert_eq!((id.len(), account_in(&id)), (length, Some(account)), "{id}");
            }
        }
    }

    /// Published with its account in "A short note on AWS KEY ID" (T. Be'ery, 2023).
    #[test]
    fn a_published_key_tells_its_account() {
        assert_eq!(account_in("ASIAQNZGKIQY56JQ7WML"), AccountId::parse("029608264753"));
    }

    #[test]
    fn what_is_no_id_has_no_account() {
        for text in ["", "AKIA", "AKIAIOSFODNN7EXAMPLE", "AKIA1111111111111111"] {
            assert_eq!(account_in(text), None, "{text}");
        }
    }
}
