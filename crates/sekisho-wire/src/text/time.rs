//! The three ways in which AWS writes a point in time.
//!
//! Smithy, "timestampFormat trait": `date-time` (ISO 8601, fraction optional), `http-date` (RFC 7231's
//! IMF-fixdate) and `epoch-seconds` (fraction optional). Here they are milliseconds since 1970.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::Place;
use crate::model::TimestampFormat;

/// Milliseconds since 1970; finer fractions are cut off.
pub(super) fn read(format: TimestampFormat, text: &str) -> Option<i64> {
    match format {
        TimestampFormat::UnixTimestamp => seconds(text),
        TimestampFormat::Rfc822 => rfc822(text),
        TimestampFormat::Usual | TimestampFormat::Iso8601 => {
            Some(text.parse::<Timestamp>().ok()?.as_millisecond())
        }
    }
}

/// The place says what ISO 8601 tells of what is below a second.
pub(super) fn write(format: TimestampFormat, place: Place, time: i64) -> Option<String> {
    let clock = TimeZone::UTC.to_datetime(Timestamp::from_millisecond(time).ok()?);
    Some(match format {
        TimestampFormat::UnixTimestamp => unix_text(time),
        TimestampFormat::Rfc822 => http_date(clock),
        TimestampFormat::Usual | TimestampFormat::Iso8601 => iso(clock, place),
    })
}

/// Zones by name (`EST`) and numbers are for mail; HTTP has `GMT` alone, which is what SDKs send.
fn rfc822(text: &str) -> Option<i64> {
    DateTimeParser::new().parse_timestamp(text).ok().map(Timestamp::as_millisecond)
}

fn seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let milliseconds = fraction.chars().chain("000".chars()).take(3).collect::<String>();
    let milliseconds: i64 = milliseconds.parse().ok()?;
    let signed = if whole.starts_with('-') { -milliseconds } else { milliseconds };
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(signed)
}

fn unix_text(time: i64) -> String {
    let sign = if time < 0 { "-" } else { "" };
    let (whole, fraction) = (time.unsigned_abs() / 1000, time.unsigned_abs() % 1000);
    match fraction {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction:03}"),
    }
}

fn iso(clock: civil::DateTime, place: Place) -> String {
    let day = format!("{:04}-{:02}-{:02}", clock.year(), clock.month(), clock.day());
    let time = format!("{:02}:{:02}:{:02}", clock.hour(), clock.minute(), clock.second());
    match place {
        Place::Query => format!("{day}T{time}Z"),
        Place::Rest => format!("{day}T{time}.000Z"),
        Place::Precise | Place::Header => format!("{day}T{time}.{:03}Z", clock.millisecond()),
    }
}

/// Names are fixed in English by RFC 7231, whatever the locale.
fn http_date(clock: civil::DateTime) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = |names: &'static [&'static str], index: i8| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
    };
    let day = name(&DAYS, clock.weekday().to_monday_zero_offset());
    let month = name(&MONTHS, clock.month() - 1);
    let date = format!("{day}, {:02} {month} {:04}", clock.day(), clock.year());
    format!("{date} {:02}:{:02}:{:02} GMT", clock.hour(), clock.minute(), clock.second())
}
