//! Which names a bucket may have.
//!
//! Source: S3 User Guide, "General purpose bucket naming rules". The names of account-regional
//! namespaces (`…-an`) are not served.

use std::net::Ipv4Addr;

/// How long a name may be, in bytes.
const BYTES: std::ops::RangeInclusive<usize> = 3..=63;
/// Beginnings that AWS keeps for itself.
const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// Ends that AWS keeps for itself.
const RESERVED_SUFFIXES: [&str; 6] =
    ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];

/// Whether a bucket can be called so. Every operation refuses other names before it looks for them.
pub(super) fn is_well_formed(name: &str) -> bool {
    let outer = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let inner = |byte: u8| outer(Some(byte)) || byte == b'-' || byte == b'.';
    let (first, last) = (name.bytes().next(), name.bytes().next_back());
    BYTES.contains(&name.len())
        && outer(first)
        && outer(last)
        && name.bytes().all(inner)
        && !name.contains("..")
        && name.parse::<Ipv4Addr>().is_err()
}

/// Whether a new bucket may be called so.
pub(super) fn is_free_to_use(name: &str) -> bool {
    is_well_formed(name)
        && !RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !RESERVED_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_the_guide_says() {
        let longest = "a".repeat(63);
        for name in ["abc", "1-2", "example.com", "my-bucket-2", &longest] {
            assert!(is_free_to_use(name), "{name}");
        }
        let too_long = "a".repeat(64);
        for name in [
            "ab",
            "Abc",
            "a_b",
            "-ab",
            "ab-",
            ".ab",
            "ab.",
            "a..b",
            "192.168.5.4",
            "a/b",
            "",
            "añb",
            &too_long,
        ] {
            assert!(!is_well_formed(name), "{name}");
        }
        for name in ["xn--abc", "sthree-a", "a-s3alias", "a--x-s3", "a.mrap", "a-an"] {
            assert!(is_well_formed(name) && !is_free_to_use(name), "{name}");
        }
    }
}
