//! Times as text.

use jiff::Timestamp;

/// `2026-11-24T09:30:00Z`: whole seconds, as condition keys and the trail have them.
pub fn iso8601(ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `Tue, 24 Nov 2026 09:30:00 GMT`: as HTTP headers have it (RFC 9110, section 5.6.7).
pub fn http_date(ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
