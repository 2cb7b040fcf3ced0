//! Where a page of the history ends, as the token that goes on from there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::fault;
use crate::fault::Fault;
use crate::journal;
use crate::writes::EventKey;

/// The token that goes on after `last`. It holds a digest of the question (`asked`), because a token
/// goes with the parameters for which it was issued.
pub(super) fn token(last: EventKey, asked: &str) -> String {
    let EventKey { time_ms, record, place, .. } = last;
    let digest = journal::sha256(asked.as_bytes());
    STANDARD.encode(format!("{time_ms} {record} {place} {digest}"))
}

/// The place after which a token goes on.
///
/// # Errors
/// When it is not a token for this question.
pub(super) fn read(token: &str, account: u64, asked: &str) -> Result<EventKey, Fault> {
    parse(token, account, asked).ok_or_else(fault::token)
}

fn parse(token: &str, account: u64, asked: &str) -> Option<EventKey> {
    let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
    let mut parts = text.split(' ');
    let (time_ms, record) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let place = parts.next()?.parse().ok()?;
    let same = parts.next()? == journal::sha256(asked.as_bytes()) && parts.next().is_none();
    same.then_some(EventKey { account, time_ms, record, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_with_its_question() {
        let key = EventKey { account: 1, time_ms: -5, record: 7, place: 2 };
        let token = token(key, "who");
        assert_eq!(read(&token, 1, "who").unwrap(), key);
        for (token, asked) in [(token.as_str(), "what"), ("", "who"), ("bm8=", "who"), ("%", "who")]
        {
            let fault = read(token, 1, asked).unwrap_err();
            assert_eq!(fault.code, "InvalidNextTokenException");
        }
    }
}
