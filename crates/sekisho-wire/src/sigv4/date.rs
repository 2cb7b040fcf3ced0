//! The date of a request: ISO 8601's basic form in `X-Amz-Date`, or HTTP's own in `Date`.

use jiff::{Timestamp, civil, fmt::rfc2822, tz::Offset};

/// When a request says it was signed, to the second, in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmzDate {
    milliseconds: i64,
    text: String,
}

impl AmzDate {
    /// The date of a moment; `None` outside the years 0 to 9999.
    pub fn at(milliseconds: i64) -> Option<Self> {
        let seconds = milliseconds.div_euclid(1000);
        let when = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
        if when.year() < 0 {
            return None;
        }
        let text = format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            when.year(),
            when.month(),
            when.day(),
            when.hour(),
            when.minute(),
            when.second()
        );
        Some(Self { milliseconds: seconds.checked_mul(1000)?, text })
    }

    /// Reads `20150830T123600Z`, and nothing else.
    pub fn from_basic(text: &str) -> Option<Self> {
        let when = basic(text.as_bytes())?;
        let milliseconds = Offset::UTC.to_timestamp(when).ok()?.as_millisecond();
        Some(Self { milliseconds, text: text.to_owned() })
    }

    /// Reads the value of a `Date` header: `Sun, 30 Aug 2015 12:36:00 GMT`, or the basic form.
    pub fn from_http(text: &str) -> Option<Self> {
        Self::from_basic(text)
            .or_else(|| Self::at(rfc2822::parse(text).ok()?.timestamp().as_millisecond()))
    }

    /// Milliseconds since 1970.
    pub fn milliseconds(&self) -> i64 {
        self.milliseconds
    }

    /// `20150830T123600Z`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `20150830`: the day that the signing key is derived for.
    pub fn day(&self) -> &str {
        self.text.get(..8).unwrap_or_default()
    }
}

/// Fixed places, so fixed slices: four digits of year, then pairs, with `T` and `Z` between.
fn basic(text: &[u8]) -> Option<civil::DateTime> {
    let [date @ .., b'T', _, _, _, _, _, _, b'Z'] = text else { return None };
    let [_, _, _, _, _, _, _, _] = date else { return None };
    let at = |from: usize, to: usize| number(text.get(from..to)?);
    let pair = |from: usize| i8::try_from(at(from, from + 2)?).ok();
    civil::DateTime::new(at(0, 4)?, pair(4)?, pair(6)?, pair(9)?, pair(11)?, pair(13)?, 0).ok()
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0_i16, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
    })
}

/// `2015-08-30T12:36:00Z`, the form in which S3 prints its own clock.
pub(super) fn extended(milliseconds: i64) -> String {
    Timestamp::from_second(milliseconds.div_euclid(1000))
        .map_or_else(|_| milliseconds.to_string(), |when| when.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_name_the_same_second() {
        let basic = AmzDate::from_basic("20150830T123600Z").unwrap();
        assert_eq!(basic, AmzDate::from_http("Sun, 30 Aug 2015 12:36:00 GMT").unwrap());
        assert_eq!((basic.milliseconds(), basic.day()), (1_440_938_160_000, "20150830"));
        assert_eq!(AmzDate::at(1_440_938_160_999).unwrap(), basic);
        assert_eq!(extended(1_440_938_160_999), "2015-08-30T12:36:00Z");
    }

    #[test]
    fn nothing_but_a_date_is_one() {
        for text in [
            "",
            "2015-08-30T12:36:00Z",
            "20150830T123600",
            "20150830T123600z",
            "20150830t123600Z",
            "20151330T123600Z",
            "20150830T246000Z",
            "2015083aT123600Z",
            "+2150830T123600Z",
            "20150830T123600ZZ",
            "２０150830T123600Z",
        ] {
            assert_eq!(AmzDate::from_basic(text), None, "{text}");
        }
        assert_eq!(AmzDate::from_http("yesterday"), None);
    }

    #[test]
    fn years_of_four_digits_only() {
        assert_eq!(AmzDate::at(i64::MAX), None);
        assert_eq!(AmzDate::at(i64::MIN), None);
        assert_eq!(AmzDate::at(0).unwrap().text(), "19700101T000000Z");
    }
}
