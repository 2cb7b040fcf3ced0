//! One file a rule; the file's name is the rule's id. This is the table of all of them.

mod action_resource_mismatch;
mod allow_not_action;
mod allow_not_resource;
mod always_true_condition;
mod condition_key_never_carried;
mod condition_value;
mod contradictory_condition;
mod deny_without_key;
mod for_all_values_in_allow;
mod full_access;
mod ip_range_host_bits;
mod key_policy_resource;
mod key_without_root;
mod malformed_variable;
mod missing_set_operator;
mod not_principal;
mod old_version;
mod operator_type;
mod pass_any_role;
mod principal_unique_id;
mod private_source_ip;
mod public_principal;
mod redundant;
mod redundant_action;
mod redundant_resource;
mod resource_fields;
mod set_operator_on_single_value;
mod statement_never_matches;
mod trust_action;
mod trust_external_id;
mod unknown_action;
mod unknown_condition_key;
mod unknown_service;
mod unknown_variable;
mod unused_resource;
mod variable_needs_version;
mod variable_position;
mod wildcard_action;
mod wildcard_without_like;

use super::rule::{Findings, Rule};
use super::subject::Subject;
use crate::document::{Statement, Text};

/// Every rule: actions, resources, conditions, variables, principals, what is too much, and form.
pub static RULES: &[&Rule] = &[
    &unknown_service::RULE,
    &unknown_action::RULE,
    &statement_never_matches::RULE,
    &action_resource_mismatch::RULE,
    &unused_resource::RULE,
    &resource_fields::RULE,
    &unknown_condition_key::RULE,
    &condition_key_never_carried::RULE,
    &operator_type::RULE,
    &condition_value::RULE,
    &missing_set_operator::RULE,
    &set_operator_on_single_value::RULE,
    &for_all_values_in_allow::RULE,
    &deny_without_key::RULE,
    &contradictory_condition::RULE,
    &always_true_condition::RULE,
    &wildcard_without_like::RULE,
    &private_source_ip::RULE,
    &ip_range_host_bits::RULE,
    &variable_needs_version::RULE,
    &malformed_variable::RULE,
    &unknown_variable::RULE,
    &variable_position::RULE,
    &trust_action::RULE,
    &trust_external_id::RULE,
    &principal_unique_id::RULE,
    &public_principal::RULE,
    &not_principal::RULE,
    &key_policy_resource::RULE,
    &key_without_root::RULE,
    &full_access::RULE,
    &pass_any_role::RULE,
    &allow_not_action::RULE,
    &allow_not_resource::RULE,
    &wildcard_action::RULE,
    &redundant_action::RULE,
    &redundant_resource::RULE,
    &old_version::RULE,
];

/// Judges each text of a statement in which variables are read; none where the version knows no
/// variables, which `variable-needs-version` says. `problem_of` gives a message and a help.
fn judge_variables<M: Into<String>, H: Into<String>>(
    subject: &Subject<'_>,
    found: &mut Findings,
    problem_of: impl Fn(&Text) -> Option<(M, H)>,
) {
    let texts = texts_with_variables(subject.statement).filter(|_| subject.variables);
    for text in texts {
        if found.is_full() {
            return;
        }
        if let Some((message, help)) = problem_of(text) {
            found.say(text.span, message, help);
        }
    }
}

/// The texts of a statement in which variables are read: its resources, and what string and ARN
/// operators compare with.
fn texts_with_variables(statement: &Statement) -> impl Iterator<Item = &Text> {
    let resources = statement.resources.iter().flat_map(|resources| &resources.items);
    let conditions = statement.conditions.iter();
    let reading = conditions.filter(|condition| condition.operator.comparison.takes_variables());
    resources.chain(reading.flat_map(|condition| &condition.values))
}
