//! What is grammatical and still wrong or dubious in a policy.
//!
//! [`Document::read`] says what AWS refuses. What it stores may still name actions that do not
//! exist, ask for keys that no request carries, or contradict itself: such findings are made here,
//! with AWS's published facts ([`crate::knowledge`]). A rule is a file under `rules/`, and
//! [`RULES`] lists them all; `docs/validation-rules.md` is made of that list.
//!
//! A finding of [`Severity::Error`] says that something can never work, a warning that it probably
//! does not do what was meant, a note that it is worth knowing. Where the facts have gaps, nothing
//! is said: an action that nobody knows could match anything.
//!
//! Every rule has its own allowance of findings and of work, so that a hostile policy costs
//! milliseconds, and one noisy rule does not silence the others.
//!
//! Many rules have a counterpart in IAM Access Analyzer, and carry its name:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
//!
//! [`Severity::Error`]: sekisho_tree::Severity::Error

mod action;
#[cfg(test)]
mod check;
mod logic;
mod reach;
mod rule;
mod rules;
mod subject;
mod variable;
mod words;

pub use rule::Rule;
pub use rules::RULES;

use crate::document::{Document, PolicyKind};
use rule::Findings;
use sekisho_tree::Diagnostic;
use subject::Policy;

/// Everything that the rules find in a policy, in the order of the text.
pub fn validate(document: &Document, kind: PolicyKind) -> Vec<Diagnostic> {
    let policy = Policy::new(document, kind);
    let mut all: Vec<Diagnostic> = Vec::new();
    for rule in RULES {
        let mut found = Findings::of(rule);
        rule.run(&policy, &mut found);
        all.extend(found.into_list());
    }
    // The sort is stable: findings at one place stay in the order of the rules.
    all.sort_by_key(|finding| finding.span.start);
    all
}
