//! The canonical request: one text for all the ways in which the same request can be written.
//!
//! ```text
//! method, path, query, one line a signed header, the names of the signed headers, payload hash
//! ```
//! S3 encodes the path once and leaves its dots and slashes alone, since keys may hold them; every
//! other service removes dot segments and double slashes and encodes the path again as it was sent.
//! AWS page: "Create a signed AWS API request", step 1 (IAM User Guide).

use std::borrow::Cow;

use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};

use super::{ALGORITHM, credential::Credential, key::sha256_hex};

/// Everything but RFC 3986's unreserved characters: `A-Z a-z 0-9 - . _ ~`.
pub(super) const NAME: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same for paths, which keep their slashes.
const PATH: &AsciiSet = &NAME.remove(b'/');

/// Where the signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// In the `Authorization` header.
    Header,
    /// In the query: a presigned URL.
    Query,
}

/// How a path is made canonical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathRule {
    /// Whether dot segments and double slashes are removed.
    pub normalize: bool,
    /// Whether the path is encoded again as it stands, `%20` to `%2520`.
    pub twice: bool,
}

impl PathRule {
    /// S3: keys are kept to the letter, and encoded once.
    pub const S3: Self = Self { normalize: false, twice: false };
    /// Every other service.
    pub const OTHERS: Self = Self { normalize: true, twice: true };
}

/// Writes the canonical request of a head whose `signed` headers are signed.
///
/// The payload hash is given, since it may be a word. Bytes, because header values may be.
pub fn canonical_request<N: AsRef<str>>(
    head: &Parts,
    signed: &[N],
    rule: PathRule,
    signing: Signing,
    payload: &str,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(head.method.as_str().as_bytes());
    out.push(b'\n');
    path(&mut out, head.uri.path(), rule);
    out.push(b'\n');
    query(&mut out, head.uri.query().unwrap_or_default(), signing);
    out.push(b'\n');
    signed.iter().for_each(|name| header(&mut out, head, name.as_ref()));
    out.push(b'\n');
    for (place, name) in signed.iter().enumerate() {
        out.extend_from_slice(if place == 0 { b"" } else { b";" });
        out.extend_from_slice(name.as_ref().as_bytes());
    }
    out.push(b'\n');
    out.extend_from_slice(payload.as_bytes());
    out
}

/// The text that is signed: algorithm, date, scope and the hash of the canonical request.
pub fn string_to_sign(date: &str, credential: &Credential, canonical: &[u8]) -> String {
    let scope = credential.scope();
    format!("{ALGORITHM}\n{date}\n{scope}\n{}", sha256_hex(canonical))
}

fn path(out: &mut Vec<u8>, path: &str, rule: PathRule) {
    let path = if rule.normalize { normalized(path) } else { Cow::Borrowed(path) };
    let bytes: Cow<[u8]> = match rule.twice {
        true => Cow::Borrowed(path.as_bytes()),
        false => percent_decode(path.as_bytes()).into(),
    };
    percent_encode(&bytes, PATH).for_each(|piece| out.extend_from_slice(piece.as_bytes()));
}

/// Removes empty and dot segments (RFC 3986, 5.2.4) as the SDKs do it: only a final slash stays one.
fn normalized(path: &str) -> Cow<'_, str> {
    let plain = |segment: &str| !matches!(segment, "" | "." | "..");
    let body = path.strip_prefix('/').unwrap_or(path);
    let body = body.strip_suffix('/').unwrap_or(body);
    if path == "/" || (path.starts_with('/') && body.split('/').all(plain)) {
        return Cow::Borrowed(path);
    }
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            plain => kept.push(plain),
        }
    }
    let end = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    Cow::Owned(format!("/{}{end}", kept.join("/")))
}

/// Each name and value decoded, encoded the one way, and sorted; a presigned URL's own signature is
/// left out, since it cannot sign itself.
fn query(out: &mut Vec<u8>, query: &str, signing: Signing) {
    if query.is_empty() {
        return;
    }
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .filter(|(name, _)| signing == Signing::Header || name != "X-Amz-Signature")
        .collect();
    pairs.sort_unstable();
    for (place, (name, value)) in pairs.iter().enumerate() {
        out.extend_from_slice(if place == 0 { b"" } else { b"&" });
        out.extend_from_slice(name.as_bytes());
        out.push(b'=');
        out.extend_from_slice(value.as_bytes());
    }
}

fn encoded(text: &str) -> String {
    percent_encode(&decoded(text), NAME).to_string()
}

/// Decodes a name or value of a query; in a query a plus is a space.
pub(super) fn decoded(text: &str) -> Vec<u8> {
    let spaced: Vec<u8> = text.bytes().map(|byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_decode(&spaced).collect()
}

/// One line of a signed header: `name:value,value`. One that is not there has an empty value, which
/// signs nothing and matches only a caller who signed an empty value too. The host is that of the
/// header, and the URL's (`:authority`) where there is none: whoever routes must look in this order.
fn header(out: &mut Vec<u8>, head: &Parts, name: &str) {
    out.extend_from_slice(name.as_bytes());
    out.push(b':');
    let mut values = head.headers.get_all(name).iter().map(http::HeaderValue::as_bytes).peekable();
    if values.peek().is_none() && is_host(name) {
        let authority = head.uri.authority().map_or("", http::uri::Authority::as_str);
        out.extend_from_slice(authority.as_bytes());
    }
    for (place, value) in values.enumerate() {
        out.extend_from_slice(if place == 0 { b"" } else { b"," });
        collapsed(out, value);
    }
    out.push(b'\n');
}

/// Whether a signed header is the host: HTTP/2 calls it `:authority`.
pub(super) fn is_host(name: &str) -> bool {
    name.eq_ignore_ascii_case("host") || name == ":authority"
}

/// A value without spaces around it, and with one for many within it.
fn collapsed(out: &mut Vec<u8>, value: &[u8]) {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    for (place, word) in words.enumerate() {
        out.extend_from_slice(if place == 0 { b"" } else { b" " });
        out.extend_from_slice(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical_path(given: &str, rule: PathRule) -> String {
        let mut out = Vec::new();
        path(&mut out, given, rule);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn s3_keeps_keys_to_the_letter() {
        for (given, expected) in [
            ("/", "/"),
            ("/a//b/./../c/", "/a//b/./../c/"),
            ("/test$file.text", "/test%24file.text"),
            ("/test%24file.text", "/test%24file.text"),
            ("/a%2Fb+c", "/a/b%2Bc"),
            ("/50%", "/50%25"),
        ] {
            assert_eq!(canonical_path(given, PathRule::S3), expected, "{given}");
        }
    }

    #[test]
    fn others_normalize_and_encode_again() {
        for (given, expected) in [
            ("/", "/"),
            ("//", "/"),
            ("/a//b/./c", "/a/b/c"),
            ("/a/b/../c/", "/a/c/"),
            ("/a/..", "/"),
            ("/a/b/..", "/a"),
            ("/a/./", "/a/"),
            ("/../..", "/"),
            ("/a%20b", "/a%2520b"),
            ("/a/@connections/x%3D", "/a/%40connections/x%253D"),
        ] {
            assert_eq!(canonical_path(given, PathRule::OTHERS), expected, "{given}");
        }
    }

    /// The path's rules are the two services'; what `CodeCommit` signs for `git` is no HTTP request
    /// (aws/git-remote-codecommit), and is signed with the same pieces, its date without the `Z`.
    #[test]
    fn other_texts_are_signed_too() {
        let credential = Credential::new("AKIDEXAMPLE", "20150830", "us-east-1", "codecommit");
        let canonical =
            b"GIT\n/v1/repos/app\n\nhost:git-codecommit.us-east-1.amazonaws.com\n\nhost\n";
        let text = string_to_sign("20150830T123600", &credential, canonical);
        let scope = "20150830/us-east-1/codecommit/aws4_request";
        let hash = sha256_hex(canonical);
        assert_eq!(text, format!("AWS4-HMAC-SHA256\n20150830T123600\n{scope}\n{hash}"));
    }

    #[test]
    fn queries_are_sorted_as_encoded() {
        let canonical = |text: &str, signing| {
            let mut out = Vec::new();
            query(&mut out, text, signing);
            String::from_utf8(out).unwrap()
        };
        for (given, expected) in [
            ("", ""),
            ("b&a", "a=&b="),
            ("a=2&a=10&A=3", "A=3&a=10&a=2"),
            ("a=b=c&&x=%7e%2f", "a=b%3Dc&x=~%2F"),
            ("q=a+b%20c%2Bd", "q=a%20b%20c%2Bd"),
            ("a=%zz", "a=%25zz"),
        ] {
            assert_eq!(canonical(given, Signing::Header), expected, "{given}");
        }
        assert_eq!(canonical("X-Amz-Signature=1&a=2", Signing::Query), "a=2");
        assert_eq!(canonical("X-Amz-Signature=1", Signing::Header), "X-Amz-Signature=1");
    }
}
