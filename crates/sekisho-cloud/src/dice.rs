//! Dice: everything random that the engine needs, from one seed that the shell gives each step.
//!
//! The numbers are HMAC-SHA-256 of a counter under the seed, so that the same seed gives the same
//! bytes and a seed of the operating system's generator gives unguessable ones.

use aws_lc_rs::hmac;

/// Random bytes from a seed.
pub struct Dice {
    key: hmac::Key,
    counter: u64,
}

/// The digits of AWS's unique ids: base32. Source: IAM User Guide, "IAM identifiers".
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Dice {
    /// Dice that will fall as `seed` says.
    pub fn new(seed: &[u8; 32]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, seed), counter: 0 }
    }

    /// Fills a buffer.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        for piece in buffer.chunks_mut(32) {
            let block = hmac::sign(&self.key, &self.counter.to_be_bytes());
            self.counter += 1;
            piece.iter_mut().zip(block.as_ref()).for_each(|(byte, rolled)| *byte = *rolled);
        }
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random (version 4) UUID. Source: RFC 9562, section 5.4.
    pub fn uuid(&mut self) -> String {
        let mut value = u128::from_be_bytes(self.bytes());
        value = value & !(0xf << 76) | (4 << 76);
        value = value & !(0x3 << 62) | (2 << 62);
        let hex = format!("{value:032x}");
        let piece = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default().to_owned();
        [piece(0..8), piece(8..12), piece(12..16), piece(16..20), piece(20..32)].join("-")
    }

    /// So many capital letters and digits of base32, as in `AIDA…`.
    pub fn base32(&mut self, digits: usize) -> String {
        self.text(BASE32, digits)
    }

    /// So many small letters and digits, as in `o-a1b2c3d4e5`.
    pub fn lower(&mut self, digits: usize) -> String {
        self.text(LOWER, digits)
    }

    /// So many digits of base64, as in a secret access key.
    pub fn base64(&mut self, digits: usize) -> String {
        self.text(BASE64, digits)
    }

    /// So many hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        self.text(b"0123456789abcdef", digits)
    }

    /// So many digits of an alphabet of at most 256, each equally likely.
    pub fn text(&mut self, alphabet: &[u8], digits: usize) -> String {
        let whole = 256 - 256 % alphabet.len().max(1);
        let mut text = String::with_capacity(digits);
        while text.len() < digits {
            for rolled in self.bytes::<32>() {
                let fair = usize::from(rolled) < whole && text.len() < digits;
                let digit = alphabet.get(usize::from(rolled) % alphabet.len().max(1));
                text.extend(digit.filter(|_| fair).map(|digit| char::from(*digit)));
            }
        }
        text
    }
}

impl std::fmt::Debug for Dice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dice")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_text_and_another_gives_another() {
        let roll = |seed: u8| Dice::new(&[seed; 32]).base32(16);
        assert_eq!(roll(1), roll(1));
        assert_ne!(roll(1), roll(2));
    }

    #[test]
    fn a_uuid_says_its_version_and_variant() {
        let mut dice = Dice::new(&[7; 32]);
        for _ in 0..100 {
            let uuid = dice.uuid();
            let dashes: Vec<_> = uuid.match_indices('-').map(|(index, _)| index).collect();
            assert_eq!((uuid.len(), dashes), (36, vec![8, 13, 18, 23]), "{uuid}");
            assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
            assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
        }
    }

    #[test]
    fn all_digits_of_an_alphabet_fall() {
        let text = Dice::new(&[3; 32]).lower(5_000);
        assert!(LOWER.iter().all(|digit| text.contains(char::from(*digit))));
        assert_eq!(text.len(), 5_000);
    }
}
