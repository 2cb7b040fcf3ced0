//! Reads a `Condition` block: operators, keys and values.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition" and "Condition operators"; messages
//! of IAM recorded by the moto project (tests/test_iam/test_iam_policies.py): IAM takes an empty
//! block, an empty operator and an empty list of values.

use std::collections::BTreeSet;

use sekisho_tree::{Diagnostic, Entry, Node, Span};

use super::dates::is_date;
use super::read::{Reader, shown};
use super::{Comparison, Condition, Operator, PolicyKind, SetPrefix, Text, ValueType};

impl Reader {
    /// The lines of a `Condition` block; none where it cannot be read, which has been said.
    pub(super) fn conditions(&mut self, node: &Node) -> Vec<Condition> {
        let Some(entries) = self.object(node, "`Condition`") else { return Vec::new() };
        if entries.is_empty() {
            self.warn("empty-condition", node.span, "`Condition` is empty: it asks for nothing");
        }
        let read: Vec<_> = entries.iter().map(|entry| self.conditions_under(entry)).collect();
        read.into_iter().flatten().collect()
    }

    /// The keys under one operator.
    fn conditions_under(&mut self, entry: &Entry) -> Vec<Condition> {
        let name = &entry.key.text;
        let Some(keys) = self.object(&entry.value, &format!("`{}`", shown(name))) else {
            return Vec::new();
        };
        let operator = Operator::parse(name);
        match operator {
            None => self.unknown_operator(entry, keys.is_empty()),
            Some(_) if keys.is_empty() => {
                let message = format!("`{}` compares nothing", shown(name));
                self.warn("empty-condition", entry.value.span, message);
            }
            Some(operator) => self.set_of_nulls(operator, entry.key.span),
        }
        self.keys_differing_in_case(keys);
        let read: Vec<_> = keys.iter().map(|key| self.condition(operator, entry, key)).collect();
        read.into_iter().flatten().collect()
    }

    /// `Null` asks about the key and not about its values, so a set operator makes it a constant.
    /// IAM stores it (Access Analyzer only suggests against it).
    fn set_of_nulls(&mut self, operator: Operator, span: Span) {
        let (Comparison::Null, Some(set)) = (operator.comparison, operator.set) else { return };
        let holds = if set == SetPrefix::ForAllValues { "always" } else { "never" };
        let message = format!("`{operator}` {holds} holds, whatever the request carries");
        let problem = Diagnostic::warning("null-with-set-operator", span, message);
        self.say(problem.with_help("write `Null`"));
    }

    /// The same key twice under one operator. Both lines must hold; Access Analyzer calls it an error.
    fn keys_differing_in_case(&mut self, entries: &[Entry]) {
        let mut seen = BTreeSet::new();
        for key in entries.iter().map(|entry| &entry.key) {
            if !seen.insert(key.text.to_ascii_lowercase()) {
                let key_text = shown(&key.text);
                let message = format!("`{key_text}` differs from an earlier key only in its case");
                let help = "case does not matter, so both lines must hold: make them one";
                let problem = Diagnostic::warning("duplicate-condition-key", key.span, message);
                self.say(problem.with_help(help));
            }
        }
    }

    /// IAM refuses an operator it does not have, unless it has nothing to do.
    fn unknown_operator(&mut self, entry: &Entry, idle: bool) {
        let name = &entry.key.text;
        let message = format!("there is no condition operator `{}`", shown(name));
        let say = if idle { Diagnostic::warning } else { Diagnostic::error };
        let problem = say("unknown-operator", entry.key.span, message);
        self.say(match self.similar_operator(name) {
            Some(meant) => problem.with_help(format!("did you mean `{meant}`?")),
            None => problem,
        });
    }

    /// The operator that was probably meant, with the prefix and suffix that were written.
    fn similar_operator(&self, name: &str) -> Option<String> {
        let (prefix, rest) = name.rsplit_once(':').unwrap_or(("", name));
        let prefix = match prefix {
            "" => "",
            _ => self.meant(prefix, ["ForAllValues:", "ForAnyValue:"].into_iter())?,
        };
        let base = rest.strip_suffix("IfExists").unwrap_or(rest);
        let suffix = if base == rest { "" } else { "IfExists" };
        let base = self.meant(base, Comparison::ALL.iter().map(|known| known.name()))?;
        let meant = format!("{prefix}{base}{suffix}");
        Operator::parse(&meant).is_some().then_some(meant)
    }

    fn condition(
        &mut self,
        operator: Option<Operator>,
        under: &Entry,
        entry: &Entry,
    ) -> Option<Condition> {
        let key = Text { text: entry.key.text.clone(), span: entry.key.span };
        self.key(&key);
        let items = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
        if items.is_empty() {
            let message = format!("`{}` is compared with no value", shown(&key.text));
            self.warn("empty-condition", entry.value.span, message);
        }
        let read: Vec<_> = items.iter().map(|item| self.scalar(item, &key.text)).collect();
        let values: Vec<_> = read.into_iter().flatten().collect();
        let operator = operator?;
        values.iter().for_each(|value| self.value(operator.comparison, value));
        Some(Condition { operator, operator_span: under.key.span, key, values })
    }

    /// S3 refuses a key without a service in front; IAM takes it, and no request ever has it.
    fn key(&mut self, key: &Text) {
        let named = key
            .text
            .split_once(':')
            .is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if !named {
            let bucket = self.kind == PolicyKind::Bucket;
            let say = if bucket { Diagnostic::error } else { Diagnostic::warning };
            let message = format!("`{}` has no service in front of it", shown(&key.text));
            let help = "write `aws:…`, or the prefix of a service or identity provider";
            self.say(say("key-without-vendor", key.span, message).with_help(help));
        }
    }

    /// Dates are the only values that IAM reads when a policy is written.
    fn value(&mut self, comparison: Comparison, value: &Text) {
        if comparison.value_type() == ValueType::Date && !is_date(&value.text) {
            let message = format!("`{}` is not a date", shown(&value.text));
            let help = "write `2026-01-31T12:00:00Z`, or seconds since 1970";
            self.refuse_with_help("bad-date", value.span, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_operators_are_recognised_with_their_prefix_and_suffix() {
        for (written, meant) in [
            ("StringEqual", Some("StringEquals")),
            ("StringLikes", Some("StringLike")),
            ("ForAnyValues:StringLik", Some("ForAnyValue:StringLike")),
            ("ForAnyValue::StringEqualsIfExists", Some("ForAnyValue:StringEqualsIfExists")),
            ("Boolean", None),
            ("NullIfExists", None),
            ("StringMatches", None),
        ] {
            let reader = Reader::new(PolicyKind::Managed);
            assert_eq!(reader.similar_operator(written).as_deref(), meant, "{written}");
        }
    }
}
