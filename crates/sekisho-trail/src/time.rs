//! Times as the trail writes them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::service::Dates;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn clock(ms: i64) -> DateTime {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at)
}

/// `2025-10-27T00:01:13Z`: whole seconds.
pub fn iso8601(ms: i64) -> String {
    let at = clock(ms);
    let (year, month, day) = (at.year(), at.month(), at.day());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// `Oct 27, 2025, 12:16:57 AM`: twelve hours, no leading zeros of day and hour, UTC.
pub fn date(ms: i64, dates: Dates) -> String {
    let at = clock(ms);
    let month = usize::try_from(at.month() - 1).ok().and_then(|month| MONTHS.get(month));
    let month = month.copied().unwrap_or_default();
    let comma = if dates == Dates::WithComma { "," } else { "" };
    let half = if at.hour() < 12 { "AM" } else { "PM" };
    let hour = (at.hour() + 11) % 12 + 1;
    let (day, year, minute, second) = (at.day(), at.year(), at.minute(), at.second());
    format!("{month} {day}, {year}{comma} {hour}:{minute:02}:{second:02} {half}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_javas() {
        // 2025-10-27T00:16:57Z, as a delivered record has it.
        assert_eq!(date(1_761_524_217_000, Dates::WithComma), "Oct 27, 2025, 12:16:57 AM");
        // 2024-08-01T13:33:28Z, as a delivered record of IAM has it.
        assert_eq!(date(1_722_519_208_999, Dates::WithoutComma), "Aug 1, 2024 1:33:28 PM");
        assert_eq!(date(1_722_513_600_000, Dates::WithComma), "Aug 1, 2024, 12:00:00 PM");
    }

    #[test]
    fn events_are_timed_to_the_second() {
        assert_eq!(iso8601(1_761_524_217_999), "2025-10-27T00:16:57Z");
    }
}
