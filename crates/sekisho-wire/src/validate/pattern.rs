//! The models' regular expressions, which are Java's, against whole values, in linear time.
//!
//! Most of them are one class of characters that is repeated (`[\w+=,.@-]{1,64}`): those need no
//! engine, a character is looked up in the class. The rest is left to `regex`. What its syntax says
//! otherwise than Java's, or not at all, is rewritten in [`super::java`].

use std::sync::{Mutex, PoisonError};

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{ClassUnicode, Hir, HirKind, Look};
use rustc_hash::FxHashMap;

use super::java;

/// The most memory that one compiled expression may take, in bytes.
const SIZE_MAX: usize = 4 * 1024 * 1024;

/// A compiled expression.
struct Matcher {
    shape: Form,
    /// What must not match.
    but_not: Option<Regex>,
}

enum Form {
    /// One class, and how often it may stand there.
    Repeated { class: Class, min: usize, max: usize },
    /// Any other expression.
    Other(Regex),
    /// Not an expression: nothing matches. A test holds that the models have none of these.
    Broken,
}

/// A set of characters.
struct Class {
    /// The first 128 of them, a bit each.
    ascii: u128,
    /// All of them, in order.
    ranges: Box<[(char, char)]>,
}

/// Compiled expressions by their text, which is the models' own and never ends.
static COMPILED: Mutex<Option<FxHashMap<&'static str, &'static Matcher>>> = Mutex::new(None);

/// Whether the whole of `value` matches.
pub(super) fn matches(pattern: &'static str, value: &str) -> bool {
    let Matcher { shape, but_not } = matcher(pattern);
    let whole = match shape {
        Form::Repeated { class, min, max } => class.repeats(value, *min, *max),
        Form::Other(regex) => regex.is_match(value),
        Form::Broken => false,
    };
    whole && !but_not.as_ref().is_some_and(|regex| regex.is_match(value))
}

fn matcher(pattern: &'static str) -> &'static Matcher {
    let compiled = || COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = compiled().get_or_insert_default().get(pattern).copied();
    // Nobody waits for somebody else's expression; one that two threads compile counts once.
    known.unwrap_or_else(|| {
        let matcher = compile(pattern);
        let mut compiled = compiled();
        compiled
            .get_or_insert_default()
            .entry(pattern)
            .or_insert_with(|| Box::leak(Box::new(matcher)))
    })
}

fn compile(pattern: &str) -> Matcher {
    let java::Expression { text, but_not } = java::translated(pattern);
    let repeated = regex_syntax::parse(&text).ok().and_then(|hir| repeated(&hir));
    Matcher {
        shape: repeated.unwrap_or_else(|| regex(&text).map_or(Form::Broken, Form::Other)),
        but_not: but_not.and_then(|text| regex(&text)),
    }
}

fn regex(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z")).size_limit(SIZE_MAX).build().ok()
}

/// The expression as one class that is repeated, if it is no more than that.
fn repeated(hir: &Hir) -> Option<Form> {
    match hir.kind() {
        HirKind::Capture(capture) => repeated(&capture.sub),
        HirKind::Class(_) => Some(Form::Repeated { class: class(hir)?, min: 1, max: 1 }),
        HirKind::Repetition(times) => {
            let max = times.max.map_or(Some(usize::MAX), |max| max.try_into().ok())?;
            Some(Form::Repeated { class: class(&times.sub)?, min: times.min.try_into().ok()?, max })
        }
        // Anchors say what goes without saying.
        HirKind::Concat(parts) => {
            let anchor = |look| move |part: &Hir| *part.kind() == HirKind::Look(look);
            let start = usize::from(parts.first().is_some_and(anchor(Look::Start)));
            let end = usize::from(parts.last().is_some_and(anchor(Look::End)));
            let [only] = parts.get(start..parts.len() - end)? else { return None };
            repeated(only)
        }
        _ => None,
    }
}

fn class(hir: &Hir) -> Option<Class> {
    match hir.kind() {
        HirKind::Capture(capture) => class(&capture.sub),
        HirKind::Class(regex_syntax::hir::Class::Unicode(set)) => Some(Class::of(set)),
        _ => None,
    }
}

impl Class {
    fn of(set: &ClassUnicode) -> Self {
        let ranges: Box<[_]> = set.iter().map(|range| (range.start(), range.end())).collect();
        let holds = |letter: u8| among(&ranges, letter.into());
        let ascii =
            (0..128).filter(|letter| holds(*letter)).fold(0, |bits, letter| bits | 1 << letter);
        Self { ascii, ranges }
    }

    fn repeats(&self, value: &str, min: usize, max: usize) -> bool {
        let mut count = 0;
        let all = value.chars().all(|letter| {
            count += 1;
            self.holds(letter)
        });
        all && (min..=max).contains(&count)
    }

    fn holds(&self, letter: char) -> bool {
        let number = u32::from(letter);
        if number < 128 { self.ascii >> number & 1 == 1 } else { among(&self.ranges, letter) }
    }
}

fn among(ranges: &[(char, char)], letter: char) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= letter);
    let range = after.checked_sub(1).and_then(|place| ranges.get(place));
    range.is_some_and(|(_, end)| letter <= *end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Kind};

    fn patterns() -> impl Iterator<Item = &'static str> {
        let shapes = model::services().flat_map(|service| service.shapes);
        shapes.filter_map(|shape| match shape.kind {
            Kind::String { pattern, .. } if !pattern.is_empty() => Some(pattern),
            _ => None,
        })
    }

    #[test]
    fn every_pattern_of_the_models_is_understood() {
        for pattern in patterns() {
            let java::Expression { text, but_not } = java::translated(pattern);
            assert!(!matches!(compile(pattern).shape, Form::Broken), "{pattern} as {text}");
            assert_eq!(compile(pattern).but_not.is_some(), but_not.is_some(), "{pattern}");
        }
    }

    /// Two ways to the same answer: the class that is looked up, and the engine.
    #[test]
    fn repeated_classes_match_what_the_engine_matches() {
        let values =
            ["", "a", "A-1_", "a b", "é", "関所", "\u{1F600}", "a\nb", "\u{85}", "a/b:c", "$[]\\^"];
        let mut looked_up = 0;
        for pattern in patterns() {
            if !matches!(compile(pattern).shape, Form::Repeated { .. }) {
                continue;
            }
            looked_up += 1;
            let Some(engine) = regex(&java::translated(pattern).text) else { continue };
            for value in values {
                assert_eq!(matches(pattern, value), engine.is_match(value), "{pattern} {value:?}");
            }
        }
        assert!(looked_up > 250, "{looked_up}");
    }

    #[test]
    fn the_number_of_characters_is_held() {
        let [short, exact, long] = ["a".repeat(2), "é".repeat(3), "a".repeat(5)];
        for pattern in ["[a-zé]{3,4}", "^[a-zé]{3,4}$", "([a-zé]{3,4})"] {
            let found = [&short, &exact, &long].map(|value| matches(pattern, value));
            assert_eq!(found, [false, true, false], "{pattern}");
        }
    }
}
