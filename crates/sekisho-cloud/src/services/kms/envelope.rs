//! The layout of a ciphertext blob. AWS does not document its own; this is ours, version 1.
//!
//! ```text
//! bytes   what
//! 5       01 02 02 00 78: the version; AWS's blobs begin so too (`AQICAH…` in base64)
//! 8       the account, big-endian
//! 1 + n   the region, preceded by its length
//! 16      the id of the key (a UUID)
//! 4       the number of the key material, big-endian
//! 32      salt: the key of this one message is HKDF(key material, salt)
//! 12      nonce
//! n + 16  AES-256-GCM ciphertext and tag
//! ```
//! All that stands before the ciphertext is authenticated with it, followed by the encryption context.

use sekisho_iam::AccountId;

/// What a blob of this version begins with.
const MARK: [u8; 5] = [0x01, 0x02, 0x02, 0x00, 0x78];
/// The longest name of a region; AWS's longest has fourteen letters.
const REGION_BYTES_MAX: usize = 32;
/// The length of a salt.
pub(super) const SALT_BYTES: usize = 32;
/// The length of a nonce.
pub(super) const NONCE_BYTES: usize = 12;

/// A ciphertext blob, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Envelope<'a> {
    /// The account of the key.
    pub(super) account: AccountId,
    /// The region of the key.
    pub(super) region: &'a str,
    /// The id of the key.
    pub(super) key: u128,
    /// The number of the key material.
    pub(super) material: u32,
    /// The salt.
    pub(super) salt: &'a [u8; SALT_BYTES],
    /// The nonce.
    pub(super) nonce: &'a [u8; NONCE_BYTES],
    /// All that stands before the ciphertext.
    pub(super) head: &'a [u8],
    /// Ciphertext and tag.
    pub(super) sealed: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Takes a blob apart; `None` where it is none.
    pub(super) fn read(blob: &'a [u8]) -> Option<Self> {
        let rest = blob.strip_prefix(&MARK)?;
        let (account, rest) = rest.split_first_chunk::<8>()?;
        let account = AccountId::parse(&format!("{:012}", u64::from_be_bytes(*account)))?;
        let (length, rest) = rest.split_first()?;
        let (region, rest) = rest.split_at_checked(usize::from(*length))?;
        let region = std::str::from_utf8(region).ok().filter(|region| is_region(region))?;
        let (key, rest) = rest.split_first_chunk::<16>()?;
        let (material, rest) = rest.split_first_chunk::<4>()?;
        let (salt, rest) = rest.split_first_chunk::<SALT_BYTES>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let head = blob.get(..blob.len() - sealed.len())?;
        let (key, material) = (u128::from_be_bytes(*key), u32::from_be_bytes(*material));
        Some(Self { account, region, key, material, salt, nonce, head, sealed })
    }

    /// The id of the key, as text.
    pub(super) fn key_id(&self) -> String {
        let digits = format!("{:032x}", self.key);
        let piece = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
        [piece(0..8), piece(8..12), piece(12..16), piece(16..20), piece(20..32)].join("-")
    }
}

/// What stands before the ciphertext; `None` where the key's id is no UUID.
pub(super) fn head(
    account: AccountId,
    region: &str,
    key: &str,
    material: u32,
    salt: &[u8; SALT_BYTES],
    nonce: &[u8; NONCE_BYTES],
) -> Option<Vec<u8>> {
    let account: u64 = account.to_string().parse().ok()?;
    let digits: String = key.split('-').collect();
    let key = u128::from_str_radix(&digits, 16).ok()?;
    let length = u8::try_from(region.len()).ok().filter(|_| is_region(region))?;
    let mut head = Vec::from(MARK);
    head.extend_from_slice(&account.to_be_bytes());
    head.push(length);
    head.extend_from_slice(region.as_bytes());
    head.extend_from_slice(&key.to_be_bytes());
    head.extend_from_slice(&material.to_be_bytes());
    head.extend_from_slice(salt);
    head.extend_from_slice(nonce);
    Some(head)
}

fn is_region(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.len() <= REGION_BYTES_MAX && text.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_taken_apart_as_it_was_put_together() {
        let account = AccountId::parse("000000000001").unwrap();
        let id = "0034abcd-12ab-34cd-56ef-1234567890ab";
        let mut blob = head(account, "ap-southeast-2", id, 7, &[1; 32], &[2; 12]).unwrap();
        let length = blob.len();
        blob.extend([9; 20]);
        let read = Envelope::read(&blob).unwrap();
        assert_eq!((read.account, read.region, read.material), (account, "ap-southeast-2", 7));
        assert_eq!((read.key_id().as_str(), read.salt, read.nonce), (id, &[1; 32], &[2; 12]));
        assert_eq!((read.head.len(), read.sealed), (length, &[9; 20][..]));
    }

    #[test]
    fn what_is_cut_off_is_no_blob() {
        let account = AccountId::parse("111111111111").unwrap();
        let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
        let head = head(account, "us-east-1", id, 0, &[0; 32], &[0; 12]).unwrap();
        assert!((0..head.len()).all(|length| Envelope::read(&head[..length]).is_none()));
    }
}
