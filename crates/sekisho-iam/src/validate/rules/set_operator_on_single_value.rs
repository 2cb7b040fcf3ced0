//! `ForAllValues:` or `ForAnyValue:` on a key that has one value.
//!
//! `ForAllValues` is true where the request lacks the key: an Allow that looks narrow lets
//! everybody in who does not send it. `ForAnyValue` only misleads the reader.
//!
//! Keys of identity providers are not judged: the provider decides what its claims hold.
//!
//! Source: IAM User Guide, "Set operators for multivalued context keys".

use crate::document::{Condition, SetPrefix};
use crate::knowledge::Knowledge;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "set-operator-on-single-value",
    title: "`ForAllValues` or `ForAnyValue` on a key that has one value",
    severity: Severity::Warning,
    analyzer: Some("FORALLVALUES_WITH_SINGLE_VALUED_KEY"),
    page: "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let key = &*condition.key.text;
    let of_provider = key.split_once(':').is_some_and(|(prefix, _)| prefix.contains('.'));
    let known = Knowledge::get().condition_key(key);
    let single = !of_provider && known.is_some_and(|known| !known.multivalued);
    let Some(set) = condition.operator.set.filter(|_| single) else { return };
    let (severity, why) = match set {
        SetPrefix::ForAllValues => (Severity::Warning, "which is true where the request lacks it"),
        SetPrefix::ForAnyValue => (Severity::Note, "which is for keys with several"),
    };
    found.say_as(
        severity,
        condition.operator_span,
        format!(
            "`{}` has one value, and is asked for with `{}`, {why}",
            shown(key),
            condition.operator
        ),
        "leave the set operator out",
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    #[test]
    fn one_value_needs_no_set_operator() {
        for operator in ["ForAllValues:StringEquals", "ForAnyValue:StringLike"] {
            let condition = format!(r#"{{"{operator}":{{"aws:PrincipalOrgID":"o-1"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[operator]);
        }
    }

    #[test]
    fn many_values_and_claims_of_providers() {
        for key in ["aws:PrincipalOrgPaths", "cognito-identity.amazonaws.com:amr", "no:such"] {
            let condition = format!(r#"{{"ForAnyValue:StringLike":{{"{key}":"x*"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[]);
        }
    }
}
