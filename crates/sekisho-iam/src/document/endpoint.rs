//! What the policy of a VPC endpoint may not say, although the language would let it.
//!
//! Source: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies",
//! "Considerations" (vpc-endpoints-access.html). Which keys name identifiers that AWS made, the page
//! shows by two examples; the list is that of the keys which Access Analyzer calls sensitive.

use super::read::{Reader, shown};
use super::{Comparison, Condition, Statement, Text, ValueType};

/// Global keys whose values are identifiers that AWS made, in lower case.
const SYSTEM_KEYS: [&str; 10] = [
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
];

/// So many characters in a row must stand before or after each wildcard of a string condition.
const LITERAL_CHARS_MIN: usize = 6;

const WILDCARDS: [char; 2] = ['*', '?'];

impl Reader {
    /// Says what a VPC endpoint refuses in the statement.
    pub(super) fn fits_endpoint(&mut self, statement: &Statement) {
        let resources = statement.resources.iter().flat_map(|resources| &resources.items);
        resources.for_each(|resource| self.endpoint_account(resource));
        for condition in &statement.conditions {
            self.endpoint_condition(condition);
            condition.values.iter().for_each(|value| self.endpoint_account(value));
        }
    }

    fn endpoint_condition(&mut self, condition: &Condition) {
        let (key, comparison) = (&condition.key, condition.operator.comparison);
        let system = SYSTEM_KEYS.contains(&&*key.text.to_ascii_lowercase());
        if system && comparison.value_type() == ValueType::Numeric {
            let message = format!(
                "a VPC endpoint policy compares `{}` as text, not as a number",
                shown(&key.text)
            );
            self.refuse("endpoint-system-key", key.span, message);
        }
        let like = matches!(comparison, Comparison::StringLike | Comparison::StringNotLike);
        for value in condition.values.iter().filter(|value| value.text.contains(WILDCARDS)) {
            let written = shown(&value.text);
            if system {
                let message =
                    format!("a VPC endpoint policy takes no wildcard for `{}`", shown(&key.text));
                self.refuse("endpoint-system-key", value.span, message);
            } else if like && !has_long_literals(&value.text) {
                let message = format!("`{written}` says too little around its wildcards");
                let help = "in a VPC endpoint policy at least six characters in a row stand before \
                            or after each wildcard";
                self.refuse_with_help("endpoint-wildcard", value.span, message, help);
            }
        }
    }

    /// The account of an ARN is an id or a wildcard, not both.
    fn endpoint_account(&mut self, text: &Text) {
        let account = text.text.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(3));
        let mixed = account.is_some_and(|account| {
            account.contains(WILDCARDS) && !account.chars().all(|char| WILDCARDS.contains(&char))
        });
        if mixed {
            let message = format!("the account of `{}` is half a pattern", shown(&text.text));
            let help = "in a VPC endpoint policy the account is an id or a wildcard, not both";
            self.refuse_with_help("endpoint-arn-account", text.span, message, help);
        }
    }
}

/// Whether each wildcard has enough characters on one of its sides. `${*}` and `${?}` are none.
fn has_long_literals(text: &str) -> bool {
    let literal = text.replace("${*}", "x").replace("${?}", "x");
    let lengths: Vec<usize> = literal.split(WILDCARDS).map(|piece| piece.chars().count()).collect();
    lengths.windows(2).all(|sides| sides.iter().any(|length| *length >= LITERAL_CHARS_MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_want_six_characters_on_one_side() {
        for (text, expected) in [
            ("abcdef*", true),
            ("*abcdef", true),
            ("abcde*", false),
            ("abc*abc", false),
            ("abcdef*?", false),
            ("*abcdef*", true),
            ("abcde${*}", true),
            ("abcdef", true),
            ("*", false),
        ] {
            assert_eq!(has_long_literals(text), expected, "{text}");
        }
    }
}
