//! Java's regular expressions, rewritten for an engine without looking around.
//!
//! - `\w`, `\d`, `\s` are ASCII, and POSIX classes have names of their own.
//! - `.` stands for no line's end, of which Java knows five.
//! - Characters beyond the first plane are written as two halves.
//! - Upper and lower case are those of ASCII.
//! - Looking ahead and behind, and references back: a handful, each written out by hand.
//!
//! Source: Java SE API, `java.util.regex.Pattern`.

/// An expression, and one that must not match beside it.
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) but_not: Option<String>,
}

/// What is written out by hand.
struct Rewritten {
    /// A part of an expression of the models.
    theirs: &'static str,
    ours: &'static str,
    but_not: Option<&'static str>,
}

/// Not a number: some character is no digit.
const NO_NUMBER: &str = r"[0-9a-zA-Z\-_]*[a-zA-Z\-_][0-9a-zA-Z\-_]*";

const REWRITTEN: [Rewritten; 11] = [
    // Java folds the case of ASCII only.
    Rewritten { theirs: "(?i)", ours: "(?i-u)", but_not: None },
    Rewritten { theirs: r"(?!^\d+$)^[0-9a-zA-Z-_]+$", ours: NO_NUMBER, but_not: None },
    Rewritten { theirs: r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)", ours: NO_NUMBER, but_not: None },
    Rewritten { theirs: r"(?!\d+$)[0-9a-zA-Z-_]+", ours: NO_NUMBER, but_not: None },
    Rewritten {
        theirs: r"[0-9A-Za-z\.\-_]*(?<!\.)",
        ours: r"([0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?",
        but_not: None,
    },
    Rewritten {
        theirs: r"(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)",
        ours: r"[_a-zA-Z0-9][^$]*",
        but_not: Some(r"system\.[\d\D]*"),
    },
    Rewritten { theirs: r"^(?!\s*$).+", ours: r".*[^\s\x{85}\x{2028}\x{2029}].*", but_not: None },
    Rewritten {
        theirs: r"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$",
        ours: r"[a-zA-Z0-9_\-.]*[a-zA-Z_\-.][a-zA-Z0-9_\-.]*",
        but_not: None,
    },
    Rewritten {
        theirs: r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
        ours: r"[a-z0-9][a-z0-9\-]{1,61}[a-z0-9]",
        but_not: Some("[a-z0-9-]*--[a-z0-9-]*"),
    },
    Rewritten {
        theirs: r"^([\-]?\d{4}(?!\d{2}\b))((-?)((0[1-9]|1[0-2])(\3([12]\d|0[1-9]|3[01]))?|W([0-4]\d|5[0-2])(-?[1-7])?|(00[1-9]|0[1-9]\d|[12]\d{2}|3([0-5]\d|6[1-6])))([T\s]((([01]\d|2[0-3])((:?)[0-5]\d)?|24\:?00)([\.,]\d(?!:))?)?(\17[0-5]\d([\.,]\d)?)?([zZ]|([\-])([01]\d|2[0-3]):?([0-5]\d)?)?)?)?$",
        ours: ISO_8601,
        but_not: Some(r"-?\d{6}(\W[\d\D]*)?"),
    },
    Rewritten {
        theirs: r"\uD800\uDC00-\uDBFF\uDFFF",
        ours: r"\x{10000}-\x{10FFFF}",
        but_not: None,
    },
];

/// A year, then a month, a week or a day, then a time. With the references back written out: where
/// a dash stands before the month one stands before the day, and colons stand everywhere or nowhere.
const ISO_8601: &str = concat!(
    r"-?\d{4}(",
    r"(-((0[1-9]|1[0-2])(-([12]\d|0[1-9]|3[01]))?|W([0-4]\d|5[0-2])(-?[1-7])?|(00[1-9]|0[1-9]\d|[12]\d{2}|3([0-5]\d|6[1-6])))",
    r"|(0[1-9]|1[0-2])([12]\d|0[1-9]|3[01])?|W([0-4]\d|5[0-2])(-?[1-7])?|(00[1-9]|0[1-9]\d|[12]\d{2}|3([0-5]\d|6[1-6])))",
    r"([T\s](([01]\d|2[0-3]):[0-5]\d([.,]\d|:[0-5]\d([.,]\d)?)?",
    r"|([01]\d|2[0-3])[0-5]\d([.,]\d)?([0-5]\d([.,]\d)?)?",
    r"|([01]\d|2[0-3]|24:?00)([.,]\d)?)?",
    r"([zZ]|-([01]\d|2[0-3]):?([0-5]\d)?)?)?",
    r")?"
);

/// What Java calls by a name: within a class, and outside of one.
const NAMED: [(&str, &str, &str); 14] = [
    (r"\w", "0-9A-Za-z_", "[0-9A-Za-z_]"),
    (r"\W", "[^0-9A-Za-z_]", "[^0-9A-Za-z_]"),
    (r"\d", "0-9", "[0-9]"),
    (r"\D", "[^0-9]", "[^0-9]"),
    (r"\s", r"\t\n\x0B\f\r ", r"[\t\n\x0B\f\r ]"),
    (r"\S", r"[^\t\n\x0B\f\r ]", r"[^\t\n\x0B\f\r ]"),
    (r"\p{ASCII}", r"\x00-\x7F", r"[\x00-\x7F]"),
    (r"\p{Print}", r"\x20-\x7E", r"[\x20-\x7E]"),
    (r"\p{Graph}", r"\x21-\x7E", r"[\x21-\x7E]"),
    (r"\p{Alnum}", "0-9A-Za-z", "[0-9A-Za-z]"),
    (r"\p{Alpha}", "A-Za-z", "[A-Za-z]"),
    (r"\p{Digit}", "0-9", "[0-9]"),
    (r"\p{Punct}", r"!-/:-@\[-`{-~", r"[!-/:-@\[-`{-~]"),
    (r"\p{Blank}", r" \t", r"[ \t]"),
];

/// `.` outside of a class, and in an expression that begins with `(?s)`.
const DOT: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]";
const DOT_ALL: &str = r"[\x{0}-\x{10FFFF}]";

/// A Java expression as ours.
pub(super) fn translated(pattern: &str) -> Expression {
    let mut pattern = pattern.to_owned();
    let mut but_not = None;
    for rewritten in REWRITTEN.iter().filter(|one| pattern.contains(one.theirs)).collect::<Vec<_>>()
    {
        pattern = pattern.replace(rewritten.theirs, rewritten.ours);
        but_not = but_not.or(rewritten.but_not);
    }
    let all = pattern.strip_prefix("(?s)");
    let dot = if all.is_some() { DOT_ALL } else { DOT };
    Expression {
        text: spelled(all.unwrap_or(&pattern), dot),
        but_not: but_not.map(|text| spelled(text, DOT)),
    }
}

/// The same expression in the spelling of our engine.
fn spelled(pattern: &str, dot: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let (mut rest, mut depth) = (pattern, 0_usize);
    while let Some(letter) = rest.chars().next() {
        if let Some((name, within, outside)) =
            NAMED.iter().find(|(name, ..)| rest.starts_with(name))
        {
            out.push_str(if depth > 0 { within } else { outside });
            rest = rest.get(name.len()..).unwrap_or_default();
            // After a named class, a dash is a dash.
            if let Some(after) = rest.strip_prefix('-').filter(|_| depth > 0) {
                out.push_str(r"\-");
                rest = after;
            }
            continue;
        }
        let escaped = rest.chars().nth(1).filter(|_| letter == '\\').map_or(0, char::len_utf8);
        let (piece, after) =
            rest.split_at_checked(letter.len_utf8() + escaped).unwrap_or((rest, ""));
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push_str(match piece {
            "." if depth == 0 => dot,
            r"\_" => "_",
            r"\b" => r"(?-u:\b)",
            other => other,
        });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::REWRITTEN;
    use crate::model::{self, Kind};
    use crate::validate::pattern::matches;

    fn patterns() -> impl Iterator<Item = &'static str> {
        let shapes = model::services().flat_map(|service| service.shapes);
        shapes.filter_map(|shape| match shape.kind {
            Kind::String { pattern, .. } => Some(pattern),
            _ => None,
        })
    }

    #[test]
    fn all_that_is_rewritten_is_in_the_models() {
        for rewritten in &REWRITTEN {
            let used = patterns().any(|pattern| pattern.contains(rewritten.theirs));
            assert!(used, "{}", rewritten.theirs);
        }
    }

    fn holds(pattern: &'static str, good: &[&str], bad: &[&str]) {
        for value in good {
            assert!(matches(pattern, value), "{pattern} must match {value:?}");
        }
        for value in bad {
            assert!(!matches(pattern, value), "{pattern} must not match {value:?}");
        }
    }

    #[test]
    fn values_match_as_java_reads_the_pattern() {
        holds(r"[\w+=,.@-]*", &["build@tools", ""], &["é", "a b"]);
        holds(r"[\w+=,.@-]+", &["a"], &[""]);
        holds(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", &["v12", "v1.a"], &["xv12", "v12 "]);
        holds(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", &["関所 12"], &["a\u{1F600}"]);
        holds(r"[\u0009\u000A\u000D\u0020-\u00FF]+", &["a\tb\u{e9}"], &["\u{1}", "関"]);
        holds(r"[\s\S]*", &["all\nof it", "関所"], &[]);
        holds(r"\d{12}", &["123456789012"], &["１２３４５６７８９０１２", "12345678901"]);
        holds(".*", &["", "a é"], &["a\nb", "a\rb", "a\u{2028}b"]);
        holds("(?s).*", &["a\nb"], &[]);
        holds(r"(?i)all|[0-9]{12}", &["All", "123456789012"], &["al", "allx"]);
        holds("^$|x", &["", "x"], &["y"]);
    }

    #[test]
    fn what_looks_around_is_written_out() {
        let of = |part: &str| patterns().find(|pattern| pattern.contains(part)).unwrap();
        holds(of(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)"), &["a", "1a", "a1"], &["", "11", "a.b"]);
        holds(of(r"(?!^[0-9]+$)([a-z"), &["1-1", "_"], &["7", ""]);
        holds(of(r"(?<!\.)"), &["", "a.b", "a"], &["a.", "."]);
        holds(
            of("system"),
            &["systems", "a$".trim_end_matches('$'), "system"],
            &["system.x", "a$"],
        );
        holds(of(r"(?!\s*$)"), &["a", " a "], &["", "  ", "a\n"]);
        holds(of(r"(?=.*"), &["a1", "-", "1.1"], &["11", "", "a b"]);
        holds(of("-(?!-)"), &["abc", "a-b", "a-b-c"], &["a--b", "-ab", "ab-", "ab"]);
        let long = "arn:aws:lambda:eu-west-1:111111111111:function:f";
        let alias = of(r"((?!\d+$)[0-9a-zA-Z-_]+))?");
        let (named, numbered) = (format!("{long}:live2"), format!("{long}:12"));
        holds(alias, &["f", long, &named], &[&numbered, "f:12", "f:"]);
        holds(of("uDBFF"), &["a\u{1F600}"], &["\u{0}"]);
    }

    #[test]
    fn dates_of_iso_8601_need_their_separators_everywhere_or_nowhere() {
        let good = [
            "2024",
            "2024-01",
            "2024-01-31",
            "20240131",
            "2024-W05-1",
            "2024W051",
            "2024-366",
            "2024001",
            "2024-01-31T10:20:30.5Z",
            "20240131T102030Z",
            "2024-01-31 10:20",
            "2024-01-31T24:00",
            "-2024-01-31T10:20-05:00",
            "2024-01-31T10,5",
            "202401T10",
            "2024-01-31T",
        ];
        let bad = [
            "",
            "202",
            "202401",
            "202401 10",
            "2024-0131",
            "202401-31",
            "2024-13",
            "2024-01-32",
            "2024-01-31T10:2030",
            "2024-01-31T1020:30",
            "2024-01-31T10:20.5:30",
            "2024-01-31T25",
            "2024-367",
            "2024-01-31T10:20+05:00",
            "x2024",
            "2024-01-31T:30",
        ];
        holds(patterns().find(|pattern| pattern.contains(r"\17")).unwrap(), &good, &bad);
    }
}
