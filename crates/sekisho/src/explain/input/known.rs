//! Names that AWS does not have. They are no errors (a new service may bring them any day), but
//! what is misspelled silently matches nothing.

use sekisho_iam::knowledge::Knowledge;
use sekisho_tree::{Diagnostic, Span};

/// What there is to say about the action.
pub(super) fn action(name: &str, span: Span) -> Option<Diagnostic> {
    let knowledge = Knowledge::get();
    if knowledge.action(name).is_some() {
        return None;
    }
    let actions = knowledge.nearest_actions(name);
    let mut nearest: Vec<String> =
        actions.iter().map(|action| format!("`{}:{}`", action.service, action.name)).collect();
    if nearest.is_empty() {
        let service = name.split(':').next().unwrap_or_default();
        let services = knowledge.nearest_services(service);
        nearest = services.iter().map(|prefix| format!("`{prefix}:`")).collect();
    }
    let message = format!("`{name}` is no action of AWS's service authorization reference");
    Some(with_nearest(Diagnostic::warning("unknown-action", span, message), &nearest))
}

/// What there is to say about a condition key.
pub(super) fn condition_key(name: &str, span: Span) -> Option<Diagnostic> {
    if Knowledge::get().condition_key(name).is_some() {
        return None;
    }
    let message = format!(
        "`{name}` is no condition key of AWS's service authorization reference; it is taken as it \
         stands"
    );
    let diagnostic = Diagnostic::note("unknown-condition-key", span, message);
    let nearest = Knowledge::get().nearest_condition_keys(name);
    if nearest.is_empty() {
        return Some(diagnostic.with_help("identity providers bring keys of their own"));
    }
    let nearest: Vec<String> = nearest.iter().map(|key| format!("`{key}`")).collect();
    Some(with_nearest(diagnostic, &nearest))
}

fn with_nearest(diagnostic: Diagnostic, nearest: &[String]) -> Diagnostic {
    if nearest.is_empty() {
        return diagnostic;
    }
    diagnostic.with_help(format!("did you mean {}?", nearest.join(" or ")))
}
