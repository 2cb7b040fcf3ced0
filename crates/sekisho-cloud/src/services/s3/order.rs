//! How objects, versions and uploads stand in their tables: a listing is a range of rows.
//!
//! A row's key is `bucket/key`, NUL, and an id whose first digits count backwards (versions: the
//! newest first) or forwards (uploads: the oldest first). Listings are in the order of the UTF-8 bytes
//! of keys (S3 API Reference, `ListObjectsV2`), which is the order of the rows, because NUL in a key
//! is written so that it cannot be taken for the one behind it.

use crate::dice::Dice;

/// Ends the key of an object within the key of a row. It is smaller than whatever goes on.
const END: char = '\0';
/// The first that may stand where a key ends without its row being one of this key.
const AFTER_END: char = '\u{1}';

/// Digits in the order of ASCII (RFC 4648, "base32hex"), so that ids are sorted as their numbers.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
const BITS: u32 = 5;
/// 45 bits: milliseconds until the year 3084.
const NUMBER_DIGITS: u32 = 9;
const NUMBER_MAX: u64 = (1 << (BITS * NUMBER_DIGITS)) - 1;
/// The length of a version's id, as AWS's have today.
const VERSION_DIGITS: usize = 32;
/// The length of an upload's id. AWS's are about as long; how they are made is not known.
const UPLOAD_DIGITS: usize = 96;

/// What all rows of a bucket begin with that are of keys with this prefix.
pub(super) fn under(bucket: &str, prefix: &str) -> String {
    format!("{bucket}/{}", written(prefix))
}

/// What all rows of a key begin with.
pub(super) fn of_key(bucket: &str, key: &str) -> String {
    format!("{}{END}", under(bucket, key))
}

/// The row of a version or an upload.
pub(super) fn row(bucket: &str, key: &str, id: &str) -> String {
    format!("{}{id}", of_key(bucket, key))
}

/// A place behind all rows of a key and before those of the next.
pub(super) fn after_key(bucket: &str, key: &str) -> String {
    format!("{}{AFTER_END}", under(bucket, key))
}

/// A place behind all rows of keys with this prefix; `None` where nothing can follow.
pub(super) fn after_prefix(bucket: &str, prefix: &str) -> Option<String> {
    let mut text = written(prefix);
    while let Some(last) = text.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            text.push(next);
            return Some(format!("{bucket}/{text}"));
        }
    }
    None
}

/// The key of the object and the id in a row's key.
pub(super) fn read<'a>(bucket: &str, row: &'a str) -> Option<(String, &'a str)> {
    let rest = row.strip_prefix(bucket)?.strip_prefix('/')?;
    let (key, id) = rest.split_once(END)?;
    Some((key.replace("\u{1}\u{1}", "\0").replace("\u{1}\u{2}", "\u{1}"), id))
}

/// Whether two rows are of one key.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    let key = |row: &str| row.find(END).and_then(|at| row.get(..at).map(str::to_owned));
    key(one) == key(other)
}

/// A key without NUL, in the same order.
fn written(key: &str) -> String {
    key.replace('\u{1}', "\u{1}\u{2}").replace('\0', "\u{1}\u{1}")
}

/// The id of a new version; `newest` is that of the newest version of the key. Two versions of one
/// millisecond are numbered on.
pub(super) fn version_id(now_ms: i64, newest: Option<&str>, dice: &mut Dice) -> String {
    let now = u64::try_from(now_ms).unwrap_or_default();
    let after = newest.and_then(number).map_or(0, |number| NUMBER_MAX - number + 1);
    let number = NUMBER_MAX.saturating_sub(now.max(after));
    id(number, VERSION_DIGITS, dice)
}

/// The id of a new upload.
pub(super) fn upload_id(now_ms: i64, dice: &mut Dice) -> String {
    id(u64::try_from(now_ms).unwrap_or_default(), UPLOAD_DIGITS, dice)
}

fn id(number: u64, digits: usize, dice: &mut Dice) -> String {
    let digit = |place| {
        let digit = usize::try_from(number >> (BITS * place) & 0x1f).ok()?;
        DIGITS.get(digit).copied()
    };
    let number = (0..NUMBER_DIGITS).rev().filter_map(digit).map(char::from);
    let random = digits.saturating_sub(NUMBER_DIGITS as usize);
    number.chain(dice.text(DIGITS, random).chars()).collect()
}

/// Whether a text could be the id of a version.
pub(super) fn is_version_id(text: &str) -> bool {
    is_id(text, VERSION_DIGITS)
}

/// Whether a text could be the id of an upload.
pub(super) fn is_upload_id(text: &str) -> bool {
    is_id(text, UPLOAD_DIGITS)
}

fn is_id(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| DIGITS.contains(&byte))
}

fn number(id: &str) -> Option<u64> {
    let digits = id.bytes().take(NUMBER_DIGITS as usize);
    digits
        .map(|byte| DIGITS.iter().position(|digit| *digit == byte))
        .try_fold(0, |sum, digit| Some(sum << BITS | u64::try_from(digit?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_the_order_of_keys_whatever_is_in_them() {
        let keys = [
            "\0",
            "\0\0",
            "\0a",
            "\u{1}",
            "\u{1}\u{1}",
            "a",
            "a\0",
            "a\u{1}",
            "a!",
            "a/",
            "b",
            "ä",
        ];
        let rows: Vec<_> = keys.iter().map(|key| row("bucket", key, "0")).collect();
        assert!(rows.is_sorted(), "{rows:?}");
        for (key, row) in keys.iter().zip(&rows) {
            assert_eq!(read("bucket", row), Some(((*key).to_owned(), "0")));
            assert!(*row < after_key("bucket", key));
        }
        for pair in keys.windows(2) {
            let [one, next] = pair else { continue };
            assert!(after_key("bucket", one) < row("bucket", next, "0"), "{one:?} {next:?}");
        }
    }

    #[test]
    fn nothing_with_the_prefix_is_behind_its_end() {
        let after = after_prefix("b", "a/").unwrap();
        assert!(row("b", "a/\u{10FFFF}\u{10FFFF}", "V") < after);
        assert!(after < row("b", "a0", "0"));
        assert_eq!(after_prefix("b", "a\u{10FFFF}").as_deref(), Some("b/b"));
        assert_eq!(after_prefix("b", "\u{10FFFF}"), None);
        assert_eq!(after_prefix("b", "\u{D7FF}").as_deref(), Some("b/\u{E000}"));
    }

    #[test]
    fn later_versions_come_first_also_within_a_millisecond() {
        let mut dice = Dice::new(&[1; 32]);
        let mut ids = vec![version_id(1_795_478_400_000, None, &mut dice)];
        for now_ms in [1_795_478_400_000, 1_795_478_400_000, 1_795_478_400_001, 5] {
            let id = version_id(now_ms, ids.last().map(String::as_str), &mut dice);
            assert!(is_version_id(&id), "{id}");
            assert!(ids.last().is_some_and(|newest| id < *newest), "{id} {ids:?}");
            ids.push(id);
        }
        assert!(upload_id(1, &mut dice) < upload_id(2, &mut dice));
        assert!(!is_version_id("null") && !is_version_id(&"a".repeat(32)));
    }
}
