//! Which texts AWS takes as the value of a date condition when a policy is written.
//!
//! IAM reads dates leniently (`2017`, `01T` and `2016-12-13t2:00:00.593194+23` are all taken) and
//! answers "The policy failed legacy parsing" to the rest. Source: IAM User Guide, "Date condition
//! operators" (W3C ISO 8601 profile, or seconds since 1970), and messages of IAM recorded by the
//! moto project (tests/test_iam/test_iam_policies.py). How a date is compared is decided elsewhere.

/// The years IAM takes: those of a 64-bit count of milliseconds.
const YEARS: std::ops::RangeInclusive<i64> = -292_275_054..=292_278_993;

/// Whether AWS takes `text` as a date.
pub(super) fn is_date(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(['t', '-']) {
        return number(&lower).is_some();
    }
    let (date, time) = lower.split_once('t').unwrap_or((&lower, ""));
    is_day(date) && is_time(time)
}

/// `2017`, `2017-07`, `2017-07-01`; the year may be negative.
fn is_day(text: &str) -> bool {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut parts = text.split('-');
    let year = parts.next().and_then(number).is_some_and(|year| YEARS.contains(&(year * sign)));
    let month = parts.next().is_none_or(|month| is_within(month, 1, 12));
    let day = parts.next().is_none_or(|day| is_within(day, 1, 31));
    year && month && day && parts.next().is_none()
}

/// Nothing, `2`, `2:00`, `13:20:15Z`, `21:20:37.593194+00:00`.
fn is_time(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let hours = parts.next().is_none_or(|hours| hours.is_empty() || is_within(hours, 0, 23));
    let minutes = parts.next().is_none_or(|minutes| is_within(minutes, 0, 59));
    hours && minutes && parts.next().is_none_or(is_seconds_and_zone)
}

fn is_seconds_and_zone(text: &str) -> bool {
    let (seconds, zone) = match (text.strip_suffix('z'), text.find(['+', '-'])) {
        (Some(seconds), _) => (seconds, None),
        (None, Some(at)) => (text.get(..at).unwrap_or(""), text.get(at + 1..)),
        (None, None) => (text, None),
    };
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    is_within(whole, 0, 59) && is_within(fraction, 0, 999_999_999) && zone.is_none_or(is_zone)
}

/// `23`, `10:59`: two digits each.
fn is_zone(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').unwrap_or((text, "00"));
    hours.len() == 2 && minutes.len() == 2 && is_within(hours, 0, 23) && is_within(minutes, 0, 59)
}

fn is_within(text: &str, low: i64, high: i64) -> bool {
    number(text).is_some_and(|number| (low..=high).contains(&number))
}

/// Digits only: no sign.
fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_iam_takes_is_a_date() {
        for text in [
            "2017-07-01T00:00:00Z",
            "2019-07-01T13:20:15Z",
            "2016-12-13T21:20:37.593194+00:00",
            "2016-12-13t2:00:00.593194+23",
            "2016-12-13T21:20:37-08:00",
            "01T",
            "2024-02",
            "-292275054",
            "0",
            "1719792000",
            "9223372036854775807",
        ] {
            assert!(is_date(text), "{text}");
        }
    }

    #[test]
    fn what_iam_refuses_is_none() {
        for text in [
            "",
            "sdfdsf",
            "234-13",
            "9223372036854775808",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "2016-12-13-01",
            "2016-12-32",
            "2016-12-13T24",
            "2016-12-13T23:60",
            "2016-12-13T23:00:60Z",
            "292278994-01-01",
            "${aws:CurrentTime}",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
