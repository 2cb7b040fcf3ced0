//! Grant tokens: "unique, nonsecret, variable-length, base64-encoded strings" that name a grant. Ours
//! hold the row of the grant's key, its grantee and id, something random, and a digest of all that.
//! Grants take effect at once here, so that a token adds nothing to them; it must be one, though.
//! Source: KMS Developer Guide, "Grant tokens".

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::fault;
use crate::dice::Dice;
use crate::fault::Fault;

/// How many hexadecimal digits of the digest a token holds.
const DIGEST_DIGITS: usize = 16;
/// How many random digits a token holds.
const RANDOM_DIGITS: usize = 32;

/// A new token for the grant in this row.
pub(super) fn new(grant: &str, dice: &mut Dice) -> String {
    let text = format!("{}|{grant}", dice.hex(RANDOM_DIGITS));
    STANDARD.encode(format!("{}|{text}", sum(&text)))
}

/// The row of the grant that a token names.
///
/// # Errors
/// When it is no token.
pub(super) fn read(token: &str) -> Result<String, Fault> {
    let text = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(fault::invalid_grant_token)?;
    let named = text.split_once('|').filter(|(digest, rest)| *digest == sum(rest));
    let grant = named.and_then(|(_, rest)| Some(rest.split_once('|')?.1));
    grant.map(str::to_owned).ok_or_else(fault::invalid_grant_token)
}

/// Refuses what is no token.
pub(super) fn check(tokens: &[String]) -> Result<(), Fault> {
    tokens.iter().try_for_each(|token| read(token).map(|_| ()))
}

fn sum(text: &str) -> String {
    let mut digits = hex::encode(digest(&SHA256, text.as_bytes()));
    digits.truncate(DIGEST_DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_grant_and_no_two_are_alike() {
        let mut dice = Dice::new(&[1; 32]);
        let tokens = [new("a/b/c|d|e", &mut dice), new("a/b/c|d|e", &mut dice)];
        assert_ne!(tokens[0], tokens[1]);
        assert!(tokens.iter().all(|token| read(token).as_deref() == Ok("a/b/c|d|e")));
        let cut = tokens[0].get(..tokens[0].len() - 4).unwrap();
        assert!(["", "AAAA", "?", cut].iter().all(|text| read(text).is_err()));
    }
}
