//! The signing key of a day, a region and a service.

use std::fmt;

use aws_lc_rs::{constant_time, digest, hmac};
use zeroize::Zeroizing;

use super::credential::{Credential, TERMINATOR};

/// A secret access key narrowed to one day, region and service: four HMACs that are worth keeping.
///
/// It signs anything in its scope until the day is over, so it is wiped when dropped and shows
/// nothing when printed.
#[derive(Clone)]
pub struct SigningKey(Zeroizing<[u8; 32]>);

impl SigningKey {
    /// Derives the key of a secret for a credential's scope.
    pub fn derive(secret: &str, credential: &Credential) -> Self {
        let first = Zeroizing::new(format!("AWS4{secret}"));
        let mut key = mac(first.as_bytes(), credential.day.as_bytes());
        for part in [&credential.region, &credential.service, TERMINATOR] {
            key = mac(key.as_slice(), part.as_bytes());
        }
        Self(key)
    }

    /// The signature of a string, in lower-case hexadecimal.
    pub fn sign(&self, string_to_sign: &[u8]) -> String {
        hex::encode(mac(self.0.as_slice(), string_to_sign).as_slice())
    }

    /// Whether `given` is the signature of a string, in a time that does not tell how much of it is.
    pub fn matches(&self, string_to_sign: &[u8], given: &str) -> bool {
        let expected = self.sign(string_to_sign);
        constant_time::verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

fn mac(key: &[u8], data: &[u8]) -> Zeroizing<[u8; 32]> {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data);
    let mut out = Zeroizing::new([0; 32]);
    out.iter_mut().zip(tag.as_ref()).for_each(|(out, byte)| *out = *byte);
    out
}

/// SHA-256 of some bytes in lower-case hexadecimal, as payload hashes are written.
pub fn sha256_hex(data: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, data))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Deriving the signing key", AWS General Reference, "Examples of how to derive a signing key".
    #[test]
    fn the_published_key_is_derived() {
        let credential = Credential::new("AKIDEXAMPLE", "20120215", "us-east-1", "iam");
        let key = SigningKey::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", &credential);
        let published = "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d";
        assert_eq!(hex::encode(key.0.as_slice()), published);
    }

    #[test]
    fn a_key_does_not_show_itself() {
        let credential = Credential::new("AKIDEXAMPLE", "20120215", "us-east-1", "iam");
        assert_eq!(format!("{:?}", SigningKey::derive("secret", &credential)), "SigningKey(..)");
    }

    #[test]
    fn a_signature_is_matched_to_the_letter() {
        let key = SigningKey::derive("secret", &Credential::new("A", "20120215", "r", "s"));
        let signature = key.sign(b"text");
        assert!(key.matches(b"text", &signature));
        assert!(!key.matches(b"text", &signature.to_uppercase()));
        assert!(!key.matches(b"texts", &signature));
        assert!(!key.matches(b"text", ""));
    }
}
