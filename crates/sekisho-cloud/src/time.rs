//! Times as text.

use jiff::Timestamp;

/// `2026-11-24T09:30:00Z`: whole seconds, as condition keys and the trail have them.
pub fn iso8601(ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
