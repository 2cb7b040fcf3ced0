//! A rule, and what it finds.

use super::subject::{Policy, Subject};
use crate::document::Condition;
use sekisho_tree::{Diagnostic, Severity, Span};

/// The most findings of one rule in one policy. Whoever has mended twenty runs the check again.
const FINDINGS_MAX: usize = 20;

/// How much work one rule may do for one policy, in steps of comparing patterns; about ten
/// milliseconds. What is left over then is not judged.
const WORK_MAX: usize = 1 << 21;

/// One thing that is looked for in policies.
#[derive(Debug)]
pub struct Rule {
    /// Its id in kebab-case, the code of its diagnostics and the name of its file.
    pub id: &'static str,
    /// What it finds, as a half sentence.
    pub title: &'static str,
    /// How bad that is, at worst.
    pub severity: Severity,
    /// The issue code of the same check of IAM Access Analyzer, if it has one.
    pub analyzer: Option<&'static str>,
    /// The page of AWS's documentation behind it, below `https://docs.aws.amazon.com/`.
    pub page: &'static str,
    pub(super) check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub(super) enum Check {
    Policy(fn(&Policy<'_>, &mut Findings)),
    Statement(fn(&Subject<'_>, &mut Findings)),
    Condition(fn(&Subject<'_>, &Condition, &mut Findings)),
}

impl Rule {
    /// Holds the rule against a policy.
    pub(super) fn run(&self, policy: &Policy<'_>, found: &mut Findings) {
        match self.check {
            Check::Policy(check) => check(policy, found),
            Check::Statement(check) => {
                for subject in &policy.statements {
                    if found.is_full() {
                        return;
                    }
                    check(subject, found);
                }
            }
            Check::Condition(check) => {
                let both = |subject| conditions(subject).map(move |one| (subject, one));
                let mut all = policy.statements.iter().flat_map(both);
                while let Some((subject, condition)) = all.next().filter(|_| !found.is_full()) {
                    check(subject, condition, found);
                }
            }
        }
    }
}

fn conditions<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = &'s Condition> {
    subject.statement.conditions.iter()
}

/// What one rule finds in one policy.
pub(super) struct Findings {
    rule: &'static Rule,
    list: Vec<Diagnostic>,
    work_left: usize,
}

impl Findings {
    pub(super) fn of(rule: &'static Rule) -> Self {
        Self { rule, list: Vec::new(), work_left: WORK_MAX }
    }

    /// Reports a finding: where, what and why, and what to do.
    pub(super) fn say(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.say_as(self.rule.severity, span, message, help);
    }

    /// Reports a finding that is less grave than the rule at worst.
    pub(super) fn say_as(
        &mut self,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.is_full() {
            let (code, message, help) = (self.rule.id, message.into(), Some(help.into()));
            self.list.push(Diagnostic { code, severity, message, span, help });
        }
    }

    /// Whether further findings would be dropped: a rule need not look for them.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= FINDINGS_MAX
    }

    /// Takes so many steps from the allowance. `false` where they are no longer there.
    pub(super) fn may_work(&mut self, steps: usize) -> bool {
        let left = self.work_left.checked_sub(steps);
        self.work_left = left.unwrap_or_default();
        left.is_some()
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
