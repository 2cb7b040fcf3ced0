//! Query strings and forms as pairs, and percent-encoding.
//!
//! In a path `+` is a plus; in a query string and in a form it is a space.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The most parameters that a query string or a form may have. `PutMetricData` with 1,000 metrics of
/// 30 dimensions each has about 63,000 and is larger than AWS takes (1 MB).
pub const PARAMETERS_MAX: usize = 65_536;

/// Names and values, decoded, in the order in which they came.
pub(crate) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// Why a query string or a form is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadPairs {
    /// More than [`PARAMETERS_MAX`].
    TooMany,
    /// Its bytes, once decoded, are not UTF-8.
    NotUtf8,
}

/// Reads a query string or a form. A name without `=` has an empty value.
pub(crate) fn pairs(text: &str) -> Result<Pairs<'_>, BadPairs> {
    let mut pairs = Vec::new();
    for part in text.split('&').filter(|part| !part.is_empty()) {
        if pairs.len() == PARAMETERS_MAX {
            return Err(BadPairs::TooMany);
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((form_decode(name)?, form_decode(value)?));
    }
    Ok(pairs)
}

/// Decodes a segment of a path. `None` where its bytes are not UTF-8.
pub(crate) fn path_decode(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

fn form_decode(text: &str) -> Result<Cow<'_, str>, BadPairs> {
    if !text.bytes().any(|byte| byte == b'+' || byte == b'%') {
        return Ok(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(decoded) => Ok(Cow::Owned(decoded.into_owned())),
        Err(_) => Err(BadPairs::NotUtf8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_a_space_in_forms_and_itself_in_paths() {
        let pairs = pairs("a=b+c%2Bd&&flag&x=%E3%81%82=").unwrap();
        let expected = [("a", "b c+d"), ("flag", ""), ("x", "あ=")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.into(), value.into())));
        assert_eq!(path_decode("a+b%2Fc").unwrap(), "a+b/c");
    }

    #[test]
    fn bounds_and_bytes_are_checked() {
        assert_eq!(pairs("a=%FF").unwrap_err(), BadPairs::NotUtf8);
        assert_eq!(path_decode("%FF"), None);
        let many = "a&".repeat(PARAMETERS_MAX);
        assert_eq!(pairs(&many).unwrap().len(), PARAMETERS_MAX);
        assert_eq!(pairs(&format!("{many}a")).unwrap_err(), BadPairs::TooMany);
    }
}
