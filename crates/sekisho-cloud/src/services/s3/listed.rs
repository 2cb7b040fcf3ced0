//! What all listings share: paging, url-encoding, owners. Source: S3 API Reference, `ListObjectsV2`,
//! `ListObjects`, `ListObjectVersions`.

use serde::Serialize;

use super::fault;
use super::state::Object;
use crate::fault::Fault;

/// The most entries of a page.
const PAGE_MAX: i64 = 1_000;

/// The owner of an object. Names are no longer shown (since November 2025).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Owner {
    /// A canonical user id.
    #[serde(rename = "ID")]
    pub(crate) id: String,
}

/// A common prefix.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CommonPrefix {
    prefix: String,
}

/// The size of a page: a larger one is cut.
///
/// # Errors
/// When it is negative.
pub(super) fn size(max: Option<i64>, name: &str) -> Result<usize, Fault> {
    let max = max.unwrap_or(PAGE_MAX);
    let text = format!("Argument {name} must be an integer between 0 and 2147483647");
    let refused = || fault::invalid_argument(name, &max.to_string(), text);
    usize::try_from(max.min(PAGE_MAX)).map_err(|_| refused())
}

/// `MaxKeys` of a listing of versions: what was asked for, although a page holds no more than 1,000.
///
/// # Errors
/// When it is negative.
pub(super) fn asked(max: Option<i64>) -> Result<i64, Fault> {
    let max = max.unwrap_or(PAGE_MAX);
    let refused = fault::fault("InvalidArgument", 400, "max-keys cannot be negative");
    if max < 0 { Err(refused.with("ArgumentName", "max-keys")) } else { Ok(max) }
}

/// How names are written in a listing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    is_url: bool,
}

impl Names {
    /// Url-encoded.
    pub(super) const URL: Self = Self { is_url: true };

    /// As `encoding-type` wants it, in any case: `URL` is recorded as taken.
    ///
    /// # Errors
    /// When it wants what S3 does not know.
    pub(super) fn of(encoding: Option<&str>) -> Result<Self, Fault> {
        match encoding {
            None => Ok(Self { is_url: false }),
            Some(name) if name.eq_ignore_ascii_case("url") => Ok(Self::URL),
            Some(other) => {
                let text = "Invalid Encoding Method specified in Request";
                Err(fault::invalid_argument("encoding-type", other, text))
            }
        }
    }

    /// A name as it is written: `a=b c` is `a%3Db+c`.
    pub(super) fn write(self, name: &str) -> String {
        if !self.is_url {
            return name.to_owned();
        }
        let mut text = String::with_capacity(name.len());
        for byte in name.bytes() {
            match byte {
                b' ' => text.push('+'),
                b'/' | b'-' | b'_' | b'.' | b'*' => text.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
                _ => text.push_str(&format!("%{byte:02X}")),
            }
        }
        text
    }

    /// The common prefixes of a page.
    pub(super) fn prefixes<'a>(self, prefixes: impl Iterator<Item = &'a str>) -> Vec<CommonPrefix> {
        prefixes.map(|prefix| CommonPrefix { prefix: self.write(prefix) }).collect()
    }
}

/// `STANDARD` where nothing else was wished.
pub(super) fn class(object: &Object) -> String {
    object.about.class.clone().unwrap_or_else(|| "STANDARD".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_as_s3_does() {
        let names = Names::of(Some("url")).unwrap();
        assert_eq!(names.write("a=b c/ü"), "a%3Db+c/%C3%BC");
        assert_eq!(Names::of(None).unwrap().write("a=b"), "a=b");
        assert_eq!(Names::of(Some("URL")).unwrap().write("a=b"), "a%3Db");
        assert_eq!(Names::of(Some("xml")).unwrap_err().code, "InvalidArgument");
    }

    #[test]
    fn pages_are_cut() {
        assert_eq!(size(None, "maxKeys"), Ok(1_000));
        assert_eq!(size(Some(5_000), "maxKeys"), Ok(1_000));
        assert_eq!(size(Some(0), "maxKeys"), Ok(0));
        assert!(size(Some(-1), "maxKeys").is_err());
    }
}
