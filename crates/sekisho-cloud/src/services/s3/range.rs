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
}
