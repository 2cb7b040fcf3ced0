//! Points in time: the W3C forms of ISO 8601, or seconds since 1970.
//!
//! Source: IAM User Guide, "Condition operators" (date operators) and
//! <https://www.w3.org/TR/NOTE-datetime>: `2026`, `2026-07`, `2026-07-01`, `2026-07-01T12:00Z`,
//! `2026-07-01T12:00:00.5+09:00`.

use jiff::civil;

/// Nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(i128);

const NANOS: i128 = 1_000_000_000;

impl Date {
    /// Reads a date. A form without time is the first moment of its year, month or day in UTC. Four
    /// digits are a year, any other whole number seconds since 1970.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() != 4 && is_whole_number(text) {
            return text.parse::<i64>().ok().map(|seconds| Self(i128::from(seconds) * NANOS));
        }
        let (date, time) = match text.split_once('T') {
            Some((date, time)) if date.len() == 10 => (date, Some(time)),
            Some(_) => return None,
            None => (text, None),
        };
        let midnight = days(date)? * 86_400 * NANOS;
        Some(Self(midnight + time.map_or(Some(0), nanos_of_day)?))
    }
}

fn is_whole_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days from 1970-01-01 to `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn days(text: &str) -> Option<i128> {
    let mut parts = text.split('-');
    let year = i16::try_from(digits(parts.next()?, 4)?).ok()?;
    let mut next = || parts.next().map_or(Some(1), |part| i8::try_from(digits(part, 2)?).ok());
    let (month, day) = (next()?, next()?);
    if parts.next().is_some() {
        return None;
    }
    // Asked for beforehand, because the library's errors allocate and a decision must not.
    let month = Some(month).filter(|month| (1..=12).contains(month))?;
    let first = civil::Date::new(year, month, 1).ok()?;
    let day = Some(day).filter(|day| (1..=first.days_in_month()).contains(day))?;
    let date = civil::Date::new(year, month, day).ok()?;
    let span = date.since(civil::date(1970, 1, 1)).ok()?;
    Some(span.get_days().into())
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s…`, then `Z` or `±hh:mm`; as an offset from midnight UTC.
fn nanos_of_day(text: &str) -> Option<i128> {
    let (clock, offset) = match text.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = text.find(['+', '-'])?;
            let (clock, zone) = text.split_at_checked(at)?;
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let size = hours_and_minutes(hours, minutes)?;
            (clock, if zone.starts_with('-') { -size } else { size })
        }
    };
    let (hours, rest) = clock.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    Some(hours_and_minutes(hours, minutes)? - offset + nanos_of_minute(seconds)?)
}

fn hours_and_minutes(hours: &str, minutes: &str) -> Option<i128> {
    let hours = Some(digits(hours, 2)?).filter(|hours| *hours < 24)?;
    let minutes = Some(digits(minutes, 2)?).filter(|minutes| *minutes < 60)?;
    Some(i128::from(hours * 60 + minutes) * 60 * NANOS)
}

/// `ss` or `ss.s…`; digits beyond nanoseconds are cut.
fn nanos_of_minute(text: &str) -> Option<i128> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let seconds = Some(digits(seconds, 2)?).filter(|seconds| *seconds < 60)?;
    let fraction = fraction.get(..9).unwrap_or(fraction);
    let scale = 10_i128.pow(9 - u32::try_from(fraction.len()).ok()?);
    Some(i128::from(seconds) * NANOS + i128::from(digits(fraction, fraction.len())?) * scale)
}

/// A number of exactly `count` digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_same_moment() {
        for (a, b) in [
            ("1970", "1970-01-01T00:00:00Z"),
            ("2026-07", "2026-07-01"),
            ("2026-07-01", "2026-07-01T00:00Z"),
            ("2026-07-01T09:00+09:00", "2026-07-01T00:00:00Z"),
            ("2026-06-30T19:30:00-04:30", "2026-07-01T00:00:00.000Z"),
            ("86400", "1970-01-02"),
            ("1782864000", "2026-07-01T00:00:00Z"),
        ] {
            assert_eq!(Date::parse(a).unwrap(), Date::parse(b).unwrap(), "{a} and {b}");
        }
        assert!(Date::parse("2026-07-01T00:00:00.5Z") > Date::parse("2026-07-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "-",
            "20-01-01",
            "2026-13",
            "2026-02-30",
            "2026-1-1",
            "2026-01-01T",
            "2026-01-01T00:00",
            "2026-01-01T24:00Z",
            "2026-01-01T00:60Z",
            "2026-01T00:00Z",
            "2026-01-01 00:00Z",
            "soon",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00+9",
            "1.5",
            "-86400",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
