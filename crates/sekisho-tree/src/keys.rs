//! Keys that stand twice in one map.
//!
//! What AWS does with them differs by service (the last wins, the first wins, the document is
//! refused), so a repeated key is an error here and the first stays.
//!
//! Repetitions are found by sorting: a map of 100,000 keys must not take 10,000,000,000 comparisons.

use crate::diagnostic::shown;
use crate::report::Report;
use crate::{Diagnostic, Entry};

/// The id of the diagnostic for a repeated key.
pub(crate) const DUPLICATE_KEY: &str = "duplicate-key";

/// Takes out every entry whose key stood before, and says so.
pub(crate) fn drop_repeated(
    entries: &mut Vec<Entry>,
    text: &str,
    report: &mut Report,
) -> Option<()> {
    let repeated = repeated(entries);
    for (first, second) in &repeated {
        if let (Some(first), Some(second)) = (entries.get(*first), entries.get(*second)) {
            report.say(duplicate(first, second, text))?;
        }
    }
    drop_at(entries, &repeated);
    Some(())
}

/// Takes out every entry whose key stood before, in silence.
pub(crate) fn keep_first(entries: &mut Vec<Entry>) {
    let repeated = repeated(entries);
    drop_at(entries, &repeated);
}

/// Which entries repeat which, in the order of the repetitions.
fn repeated(entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut keys: Vec<(&str, usize)> =
        entries.iter().enumerate().map(|(at, entry)| (&*entry.key.text, at)).collect();
    keys.sort_unstable();
    let mut repeated: Vec<(usize, usize)> = keys
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(<[_]>::split_first)
        .flat_map(|(first, rest)| rest.iter().map(|again| (first.1, again.1)))
        .collect();
    repeated.sort_unstable_by_key(|(_, second)| *second);
    repeated
}

fn drop_at(entries: &mut Vec<Entry>, repeated: &[(usize, usize)]) {
    if repeated.is_empty() {
        return;
    }
    let mut at = 0;
    let mut gone = repeated.iter().map(|(_, second)| *second).peekable();
    entries.retain(|_| {
        at += 1;
        gone.next_if_eq(&(at - 1)).is_none()
    });
}

fn duplicate(first: &Entry, second: &Entry, text: &str) -> Diagnostic {
    let before = text.as_bytes().get(..first.key.span.range().start).unwrap_or_default();
    let line = line_breaks(before) + 1;
    let message = format!("the key `{}` stands here a second time", shown(&second.key.text));
    Diagnostic::error(DUPLICATE_KEY, second.key.span, message)
        .with_help(format!("remove one of the two; the first stands in line {line}"))
}

/// Counts line breaks. In parts whose count fits a byte, which is ten times as fast: a hundred
/// repetitions at the end of the longest text are to be told in no time.
fn line_breaks(text: &[u8]) -> usize {
    let in_part = |part: &[u8]| part.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.chunks(usize::from(u8::MAX)).map(|part| usize::from(in_part(part))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, Node, Span, Style, Value};

    fn entries(keys: &[&str]) -> Vec<Entry> {
        let entry = |(at, key): (usize, &&str)| {
            let span = Span::new(at, at + 1);
            let value = Node::new(span, Value::Scalar("".into(), Style::Null));
            Entry { key: Key { text: (*key).into(), span }, value }
        };
        keys.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn the_first_of_each_key_stays_where_it_was() {
        let mut map = entries(&["b", "a", "b", "c", "a", "b"]);
        let mut report = Report::default();
        assert_eq!(drop_repeated(&mut map, "b\na", &mut report), Some(()));
        assert_eq!(
            map,
            entries(&["b", "a", "x", "c"])
                .into_iter()
                .filter(|e| &*e.key.text != "x")
                .collect::<Vec<_>>()
        );
        let said: Vec<_> =
            report.finish(None).diagnostics.into_iter().map(|d| (d.span.start, d.help)).collect();
        let help = |line| Some(format!("remove one of the two; the first stands in line {line}"));
        assert_eq!(said, [(2, help(1)), (4, help(1)), (5, help(1))]);
    }

    #[test]
    fn any_number_of_line_breaks_is_counted() {
        for breaks in [0, 1, 254, 255, 256, 511, 100_000] {
            assert_eq!(line_breaks("\n".repeat(breaks).as_bytes()), breaks);
            assert_eq!(line_breaks("x\r\n".repeat(breaks).as_bytes()), breaks);
        }
    }

    #[test]
    fn keep_first_says_nothing_and_does_the_same() {
        let mut map = entries(&["a", "a", "a"]);
        keep_first(&mut map);
        assert_eq!(map, entries(&["a"]));
    }
}
