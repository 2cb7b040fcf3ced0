//! Whatever is changed of a signed request, it is refused.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{HeaderValue, request::Parts};
use sekisho_wire::sigv4::{Body, Claim, Dialect, Signer, verify};

mod support;
use support::{BODY, DIALECTS, decide, endpoint, now, presigned, signed};

/// A small generator of our own (xorshift64*), so that the same seed makes the same changes.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % sides
    }

    /// One of some things.
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        of.get(self.roll(of.len())).unwrap()
    }

    /// Another letter or digit in some place.
    fn changed(&mut self, text: &str) -> String {
        let places: Vec<_> =
            text.char_indices().filter(|(_, letter)| letter.is_ascii_alphanumeric()).collect();
        let (place, old) = *self.one(&places);
        let letters: Vec<_> = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
        let others: Vec<_> = letters.into_iter().filter(|letter| *letter != old).collect();
        let (before, after) = text.split_at(place);
        format!("{before}{}{}", self.one(&others), after.chars().skip(1).collect::<String>())
    }
}

/// Changes one field of a signed request, and says how.
fn change(head: &mut Parts, dice: &mut Dice) -> String {
    let names = ["host", "content-type", "x-amz-target", "x-amz-date", "x-amz-security-token"];
    let name = *dice.one(&names);
    match dice.roll(6) {
        0 => renew(head, "authorization", dice),
        1 => renew(head, name, dice),
        2 => {
            head.headers.remove(name);
            format!("no {name}")
        }
        3 => {
            head.headers.append(name, HeaderValue::from_static("more"));
            format!("more {name}")
        }
        4 => {
            head.uri = loop {
                if let Ok(uri) = dice.changed(&head.uri.to_string()).parse() {
                    break uri;
                }
            };
            head.uri.to_string()
        }
        _ => {
            head.method = http::Method::PUT;
            "PUT".to_owned()
        }
    }
}

fn renew(head: &mut Parts, name: &'static str, dice: &mut Dice) -> String {
    let new = dice.changed(head.headers.get(name).unwrap().to_str().unwrap());
    head.headers.insert(name, new.parse().unwrap());
    format!("{name}: {new}")
}

/// Every field of a signed request, one letter changed: nothing gets through.
#[test]
fn every_change_is_refused() {
    let mut dice = Dice(0x5EED);
    for dialect in DIALECTS.into_iter().cycle().take(4_000) {
        let mut head = signed(dialect, true);
        let what = change(&mut head, &mut dice);
        assert!(decide(&head, dialect, now()).is_err(), "{dialect:?} {what}");
    }
}

/// The same for presigned URLs.
#[test]
fn every_change_of_a_url_is_refused() {
    let mut dice = Dice(0x5EED);
    for dialect in DIALECTS.into_iter().cycle().take(4_000) {
        let mut head = presigned(dialect);
        let Ok(uri) = dice.changed(&head.uri.to_string()).parse() else { continue };
        head.uri = uri;
        assert!(decide(&head, dialect, now()).is_err(), "{dialect:?} {}", head.uri);
    }
}

#[test]
fn another_key_is_another_signature() {
    let head = signed(Dialect::Query, false);
    let claim = Claim::read(&head, &endpoint(Dialect::Query), now()).unwrap().unwrap();
    let other = Signer::new("another secret", claim.credential().clone(), Dialect::Query);
    assert!(verify(&claim, &other.key, &head, Body::Whole(BODY)).is_err());
}
