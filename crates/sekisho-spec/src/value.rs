//! The types that condition values have besides text: each read from text, or `None`.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; W3C note "Date and Time
//! Formats"; RFC 4648 (base64).

use std::cmp::Ordering;
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A decimal number, exactly as written.
#[derive(Debug)]
pub(crate) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
}

/// `[+-]digits[.digits]`
pub(crate) fn number(text: &str) -> Option<Number> {
    let negative = text.starts_with('-');
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let written = is_digits(whole) && is_digits(fraction);
    written.then(|| Number { negative, whole: whole.into(), fraction: fraction.into() })
}

impl Number {
    pub(crate) fn cmp(&self, other: &Self) -> Ordering {
        let whole = self.whole.len().max(other.whole.len());
        let fraction = self.fraction.len().max(other.fraction.len());
        // Digits of the same places compare as text.
        let digits =
            |number: &Self| format!("{:0>whole$}{:0<fraction$}", number.whole, number.fraction);
        let (mine, theirs) = (digits(self), digits(other));
        let zero = mine == theirs && mine.bytes().all(|digit| digit == b'0');
        match (self.negative, other.negative) {
            _ if zero => Ordering::Equal,
            (false, false) => mine.cmp(&theirs),
            (true, true) => theirs.cmp(&mine),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Exactly `width` digits.
fn digits(text: &str, width: usize) -> Option<i16> {
    if is_digits(text) && text.len() == width { text.parse().ok() } else { None }
}

/// A W3C form of ISO 8601 (a year, a month, a day, or a day and a time with its zone), or seconds
/// since 1970. Four digits are a year.
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    if is_digits(text) && text.len() != 4 {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    let (day, clock) = match text.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (text, None),
    };
    let parts: Vec<&str> = day.split('-').collect();
    let (year, month, day) = match (&*parts, clock) {
        ([year], None) => (year, "01", "01"),
        ([year, month], None) => (year, *month, "01"),
        ([year, month, day], _) => (year, *month, *day),
        _ => return None,
    };
    let small = |text| digits(text, 2).and_then(|number| i8::try_from(number).ok());
    let day = Date::new(digits(year, 4)?, small(month)?, small(day)?).ok()?;
    let (time, offset) = time_of_day(clock.unwrap_or("00:00Z"))?;
    offset.to_timestamp(day.to_datetime(time)).ok()
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s` (up to nine places), and `Z`, `+hh:mm` or `-hh:mm`.
fn time_of_day(text: &str) -> Option<(Time, Offset)> {
    let (clock, offset) = match text.strip_suffix('Z') {
        Some(clock) => (clock, Offset::UTC),
        None => {
            let (clock, zone) = text.split_at_checked(text.len().checked_sub(6)?)?;
            (clock, zone_offset(zone)?)
        }
    };
    let (clock, nanosecond) = match clock.split_once('.') {
        None => (clock, 0),
        Some((clock, places)) if is_digits(places) && places.len() <= 9 && clock.len() == 8 => {
            (clock, format!("{places:0<9}").parse().ok()?)
        }
        Some(_) => return None,
    };
    let small = |text| digits(text, 2).and_then(|number| i8::try_from(number).ok());
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match &*parts {
        [hour, minute] => (small(hour)?, small(minute)?, 0),
        [hour, minute, second] => (small(hour)?, small(minute)?, small(second)?),
        _ => return None,
    };
    Some((Time::new(hour, minute, second, nanosecond).ok()?, offset))
}

fn zone_offset(zone: &str) -> Option<Offset> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.strip_prefix(['+', '-'])?.split_once(':')?;
    let (hours, minutes) = (i32::from(digits(hours, 2)?), i32::from(digits(minutes, 2)?));
    let valid = hours <= 23 && minutes <= 59;
    if valid { Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok() } else { None }
}

/// `true` or `false`, whatever the case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Base64 with its padding and without stray bits.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = text.trim_end_matches('=');
    let padded = text.len() - letters.len() <= 2 && text.len().is_multiple_of(4);
    let mut bits = String::new();
    for letter in letters.chars() {
        bits += &format!("{:06b}", ALPHABET.find(letter)?);
    }
    let whole = bits.len() / 8 * 8;
    let (bytes, stray) = bits.split_at_checked(whole)?;
    let clean = padded && stray.len() < 6 && !stray.contains('1');
    let byte = |chunk: &[u8]| u8::from_str_radix(std::str::from_utf8(chunk).ok()?, 2).ok();
    if clean { bytes.as_bytes().chunks(8).map(byte).collect() } else { None }
}

/// An IPv4 or IPv6 address.
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// An address and the number of its leading bits that count: all of them where none are given.
pub(crate) fn range(text: &str) -> Option<(IpAddr, u32)> {
    let (address_text, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let address = address(address_text)?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let prefix = match prefix {
        None => width,
        Some(prefix) => is_digits(prefix).then(|| prefix.parse().ok())??,
    };
    (prefix <= width).then_some((address, prefix))
}

/// Whether an address lies in a range of its own kind.
pub(crate) fn is_in_range(got: &str, range_text: &str) -> bool {
    let (Some(got), Some((base, prefix))) = (address(got), range(range_text)) else {
        return false;
    };
    let bits = |address: IpAddr| match address {
        IpAddr::V4(four) => format!("{:032b}", four.to_bits()),
        IpAddr::V6(six) => format!("{:0128b}", six.to_bits()),
    };
    let same = bits(got).chars().zip(bits(base).chars()).take_while(|(a, b)| a == b).count();
    got.is_ipv4() == base.is_ipv4() && same >= prefix as usize
}
