//! What objects hold: bytes that say which object they are of, at which place, and how long it is.
//! Bytes of two writes in one object, or of half a write, are seen whatever they are cut into.

use crate::random::mixed;

/// The shortest content, so that each says what it is.
pub(crate) const LEN_MIN: usize = BLOCK;
const BLOCK: usize = 24;

/// The content of one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    /// No two writes have the same.
    pub(crate) number: u64,
    pub(crate) len: usize,
}

impl Content {
    pub(crate) fn bytes(self) -> Vec<u8> {
        let len = u64::try_from(self.len).unwrap();
        let block = |place: u64| {
            let hash = mixed(self.number ^ mixed(place ^ mixed(len)));
            [self.number, len, hash].into_iter().flat_map(u64::to_be_bytes)
        };
        (0..len.div_ceil(BLOCK as u64)).flat_map(block).take(self.len).collect()
    }

    /// What was written, if all of it is there and nothing else.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let word = |at: usize| bytes.get(at..at + 8)?.try_into().map(u64::from_be_bytes).ok();
        let (number, len) = word(0).zip(word(8)).ok_or("it is too short to be anything")?;
        let content = Self { number, len: usize::try_from(len).unwrap_or(usize::MAX) };
        if content.len != bytes.len() {
            return Err(format!("{content:?} came with {} bytes", bytes.len()));
        }
        let expected = content.bytes();
        match expected.iter().zip(bytes).position(|(expected, found)| expected != found) {
            Some(at) => Err(format!("{content:?} is torn at byte {at}")),
            None => Ok(content),
        }
    }
}

#[test]
fn a_torn_content_is_seen() {
    let (one, two) = (Content { number: 1, len: 100_000 }, Content { number: 2, len: 100_000 });
    assert_eq!(Content::read(&one.bytes()), Ok(one));
    let (first, second) = (one.bytes(), two.bytes());
    for at in [24, 48, 65_536, 99_990] {
        let torn = [&first[..at], &second[at..]].concat();
        assert!(Content::read(&torn).is_err(), "{at}");
        assert!(Content::read(&first[..at]).is_err(), "{at}");
    }
    let mut swapped = first;
    swapped.rotate_left(48);
    assert!(Content::read(&swapped).is_err());
}
