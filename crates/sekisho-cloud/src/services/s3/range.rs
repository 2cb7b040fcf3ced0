//! Which bytes of an object are wanted. Source: RFC 9110, section 14.1; what S3 makes of other texts is
//! as recorded: several ranges and malformed ones give the whole object.

use super::object_fault;
use crate::fault::Fault;

/// Bytes of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes {
    /// The first.
    pub(super) from: u64,
    /// How many.
    pub(super) count: u64,
}

impl Bytes {
    /// `bytes 0-8/10`.
    pub(super) fn content_range(self, size: u64) -> String {
        format!("bytes {}-{}/{size}", self.from, (self.from + self.count).saturating_sub(1))
    }
}

/// The bytes that `Range` means; `None`: the whole object.
///
/// # Errors
/// When the object has none of them.
pub(super) fn read(text: &str, size: u64) -> Result<Option<Bytes>, Fault> {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|text| text.split_once('-'))
    else {
        return Ok(None);
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => return Ok(None),
        (Some(from), Some(last)) if from < size => {
            Bytes { from, count: last.saturating_add(1).min(size) - from }
        }
        (Some(from), None) if last.is_empty() && from < size => Bytes { from, count: size - from },
        (None, Some(count)) if first.is_empty() && count > 0 && size > 0 => {
            let count = count.min(size);
            Bytes { from: size - count, count }
        }
        (Some(_), Some(_)) => return Err(object_fault::invalid_range(text, size)),
        (Some(_), None) if last.is_empty() => return Err(object_fault::invalid_range(text, size)),
        (None, Some(_)) if first.is_empty() => return Err(object_fault::invalid_range(text, size)),
        _ => return Ok(None),
    };
    Ok(Some(range))
}

/// The bytes that `x-amz-copy-source-range` means: no other form is taken, and no more than there is.
///
/// # Errors
/// When the object does not have them all.
pub(super) fn of_copy(text: &str, size: u64) -> Result<Bytes, Fault> {
    let inside = text.strip_prefix("bytes=").and_then(|text| text.split_once('-'));
    let ends = inside.and_then(|(first, last)| Some((number(first)?, number(last)?)));
    match ends {
        Some((from, last)) if from <= last && last < size => {
            Ok(Bytes { from, count: last - from + 1 })
        }
        Some((from, last)) if from <= last => Err(object_fault::copy_range_outside(text, size)),
        _ => Err(object_fault::copy_range(text)),
    }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit are more bytes than there are.
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ten(text: &str) -> String {
        match read(text, 10) {
            Ok(Some(range)) => range.content_range(10),
            Ok(None) => "whole".to_owned(),
            Err(fault) => fault.code.to_owned(),
        }
    }

    #[test]
    fn ranges_are_as_recorded() {
        for (text, expected) in [
            ("bytes=0-8", "bytes 0-8/10"),
            ("bytes=0-100", "bytes 0-9/10"),
            ("bytes=-15", "bytes 0-9/10"),
            ("bytes=-3", "bytes 7-9/10"),
            ("bytes=5-", "bytes 5-9/10"),
            ("bytes=100-200", "InvalidRange"),
            ("bytes=10-", "InvalidRange"),
            ("bytes=-0", "InvalidRange"),
            ("bytes=99999999999999999999-99999999999999999999", "InvalidRange"),
            ("bytes=1-0", "whole"),
            ("bytes=-1-", "whole"),
            ("bytes=0--1", "whole"),
            ("bytes=-", "whole"),
            ("bytes=0-1,3-4", "whole"),
            ("octets=0-1", "whole"),
        ] {
            assert_eq!(of_ten(text), expected, "{text}");
        }
        assert!(read("bytes=0-0", 0).is_err());
    }

    #[test]
    fn ranges_of_copies_are_whole_and_inside() {
        assert_eq!(of_copy("bytes=0-9", 10), Ok(Bytes { from: 0, count: 10 }));
        assert_eq!(of_copy("bytes=9-9", 10), Ok(Bytes { from: 9, count: 1 }));
        let text = |text| of_copy(text, 10).unwrap_err().message.unwrap();
        for outside in ["bytes=0-10", "bytes=10-10", "bytes=3-99999999999999999999"] {
            assert!(text(outside).starts_with("Range specified is not valid"), "{outside}");
        }
        for bad in ["bytes=1-0", "bytes=-3", "bytes=3-", "0-1", "bytes=0-1,3-4", ""] {
            assert!(text(bad).starts_with("The x-amz-copy-source-range value must"), "{bad}");
        }
    }
}
