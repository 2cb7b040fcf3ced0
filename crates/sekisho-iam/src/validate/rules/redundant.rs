//! Entries of a list that others cover: what `redundant-action` and `redundant-resource` share.

use crate::context::Context;
use crate::pattern::{Pattern, Syntax};
use crate::validate::rule::Findings;
use crate::validate::words::shown;
use sekisho_tree::Span;
use std::collections::BTreeSet;

/// How many patterns of a list the others are held against. Real lists have a handful.
const PATTERNS_MAX: usize = 32;

/// A comparison takes at most the product of the lengths, and mostly far less.
const STEP: usize = 8;

/// An entry.
pub(super) struct Item {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Reports the entries that stand for nothing that another does not stand for as well.
pub(super) fn redundant(items: &[Item], found: &mut Findings) {
    let syntax = Syntax { wildcards: true, variables: false };
    let is_pattern = |item: &&Item| item.text.contains(['*', '?']) && !item.text.contains("${");
    let patterns: Vec<(&Item, Pattern)> = items
        .iter()
        .filter(is_pattern)
        .take(PATTERNS_MAX)
        .map(|item| (item, Pattern::compile(&item.text, syntax)))
        .collect();
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(&*item.text) {
            found.say(item.span, "this stands in the list twice", "remove it");
            continue;
        }
        let mut others = patterns.iter().filter(|(other, _)| other.text != item.text);
        let covering = others.find(|(other, pattern)| {
            found.may_work(1 + other.text.len() * item.text.len() / STEP)
                && covers(&other.text, pattern, &item.text)
        });
        if let Some((other, _)) = covering {
            let (written, other) = (shown(&item.text), shown(&other.text));
            found.say(
                item.span,
                format!("`{written}` is covered by `{other}`"),
                "remove one of the two",
            );
        }
    }
}

/// Whether the pattern matches whatever the other text, perhaps a pattern itself, matches. A `?`
/// would take a `*` for one character.
fn covers(written: &str, pattern: &Pattern, other: &str) -> bool {
    let certain = !written.contains('?') || !other.contains(['*', '$']);
    certain && pattern.matches(other, &Context::new())
}
