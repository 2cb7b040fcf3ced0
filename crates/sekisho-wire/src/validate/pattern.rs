//! The models' regular expressions, which are Java's, matched in linear time against whole values.
//!
//! Java's `\w`, `\d` and `\s` are ASCII, its POSIX classes have names of their own, and a class that is
//! repeated thousands of times is counted rather than compiled. Source: Java SE API, `java.util.regex.Pattern`.

use std::sync::{Arc, Mutex};

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

/// The most memory that one compiled expression may take, in bytes.
const SIZE_MAX: usize = 4 * 1024 * 1024;

/// What an engine of linear time has no form for: looking ahead and back. The models have a handful of
/// such expressions, none on a member that is served; a test holds that nothing else is left out.
#[cfg(test)]
const LOOKING_AROUND: [&str; 3] = ["(?!", "(?=", "(?<!"];

/// A compiled expression.
enum Matcher {
    /// The whole expression.
    Whole(Regex),
    /// One class, and how often it may stand there.
    Counted { class: Regex, min: usize, max: Option<usize> },
    /// Not to be had: everything matches.
    Any,
}

/// Compiled expressions by their text, which is the models' own and never ends.
static COMPILED: Mutex<Option<FxHashMap<&'static str, Arc<Matcher>>>> = Mutex::new(None);

/// Whether the whole of `value` matches.
pub(super) fn matches(pattern: &'static str, value: &str) -> bool {
    match &*matcher(pattern) {
        Matcher::Any => true,
        Matcher::Whole(regex) => regex.is_match(value),
        Matcher::Counted { class, min, max } => {
            let count = value.chars().count();
            count >= *min && max.is_none_or(|max| count <= max) && class.is_match(value)
        }
    }
}

fn matcher(pattern: &'static str) -> Arc<Matcher> {
    // A thread that panicked here has compiled nothing wrong.
    let mut compiled = COMPILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let known = compiled.get_or_insert_default();
    Arc::clone(known.entry(pattern).or_insert_with(|| Arc::new(compile(pattern))))
}

fn compile(pattern: &str) -> Matcher {
    let translated = translated(pattern);
    if let Some((class, min, max)) = counted(&translated)
        && let Some(class) = regex(&format!("{class}*"))
    {
        return Matcher::Counted { class, min, max };
    }
    regex(&translated).map_or(Matcher::Any, Matcher::Whole)
}

fn regex(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z")).size_limit(SIZE_MAX).build().ok()
}

/// `[class]{min,max}`, `[class]+` and `[class]*`, anchored or not, as the class and its bounds.
fn counted(pattern: &str) -> Option<(&str, usize, Option<usize>)> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let end = class_end(pattern)?;
    let (class, times) = pattern.split_at_checked(end)?;
    match times {
        "*" => Some((class, 0, None)),
        "+" => Some((class, 1, None)),
        _ => {
            let (min, max) = times.strip_prefix('{')?.strip_suffix('}')?.split_once(',')?;
            let max = if max.is_empty() { None } else { Some(max.parse().ok()?) };
            Some((class, min.parse().ok()?, max))
        }
    }
}

/// Where the class ends that a pattern begins with.
fn class_end(pattern: &str) -> Option<usize> {
    if pattern.starts_with('.') {
        return Some(1);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, letter) in pattern.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

/// What Java calls by a name, and what it is.
const CLASSES: [(&str, &str, &str); 14] = [
    (r"\w", "0-9A-Za-z_", r"[0-9A-Za-z_]"),
    (r"\W", r"[^0-9A-Za-z_]", r"[^0-9A-Za-z_]"),
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

/// A Java expression as ours.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    // Two halves of characters beyond the first plane, as Java writes them.
    let pattern = pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\x{10000}-\x{10FFFF}");
    let (mut rest, mut depth) = (pattern.as_str(), 0_usize);
    while let Some(letter) = rest.chars().next() {
        if let Some((name, inside, outside)) =
            CLASSES.iter().find(|(name, ..)| rest.starts_with(name))
        {
            out.push_str(if depth > 0 { inside } else { outside });
            rest = rest.get(name.len()..).unwrap_or_default();
            if let Some(after) = rest.strip_prefix('-').filter(|_| depth > 0) {
                out.push_str(r"\-");
                rest = after;
            }
            continue;
        }
        let length = if letter == '\\' {
            1 + rest.chars().nth(1).map_or(0, char::len_utf8)
        } else {
            letter.len_utf8()
        };
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(after) = rest.strip_prefix("(?i)") {
            out.push_str("(?i-u)");
            rest = after;
            continue;
        }
        out.push_str(escape(rest.get(..length).unwrap_or_default()));
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// Escapes that are written otherwise here.
fn escape(piece: &str) -> &str {
    match piece {
        r"\_" => "_",
        r"\ " => " ",
        r"\<" => "<",
        r"\>" => ">",
        r"\Z" => r"\z",
        r"\b" => r"(?-u:\b)",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Kind};

    #[test]
    fn every_pattern_of_the_models_is_understood_but_those_that_look_around() {
        let mut not_understood = Vec::new();
        for service in model::services() {
            for shape in service.shapes {
                let Kind::String { pattern, .. } = &shape.kind else { continue };
                let looks_around = LOOKING_AROUND.iter().any(|sign| pattern.contains(sign));
                if matches!(compile(pattern), Matcher::Any) != looks_around {
                    not_understood.push(format!("{}: {pattern}", shape.name));
                }
            }
        }
        assert!(not_understood.is_empty(), "{}", not_understood.join("\n"));
    }

    #[test]
    fn a_value_matches_as_a_whole_and_as_java_reads_the_pattern() {
        let cases = [
            (r"[\w+=,.@-]*", "build@tools", true),
            (r"[\w+=,.@-]*", "é", false),
            (r"[\w+=,.@-]+", "", false),
            (r"[a-z]{2,3}", "abcd", false),
            (r"[a-z]{2,3}", "abc", true),
            (r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", "v12", true),
            (r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", "xv12", false),
            (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "関所 12", true),
            (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "a\u{1F600}", false),
            (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "a\tb", true),
            (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "\u{1}", false),
            (r"[\S\s]*", "all\nof it", true),
            (r"\d{12}", "123456789012", true),
            (r"\d{12}", "１２３４５６７８９０１２", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(matches(pattern, value), expected, "{pattern} {value}");
        }
    }
}
