//! Which statements may match a request: found by action, and by resource where many statements
//! speak of one action.

use rustc_hash::FxHashMap;

use super::layer::{Resources, Rule};
use super::prefix::PrefixMap;
use crate::document::{Matcher, Text};
use crate::pattern::{NoVariables, Pattern, Syntax};

/// Up to so many statements under one action pattern are simply tried one after the other.
const TRIED_IN_TURN_MAX: usize = 8;

/// The number of a rule within its layer.
pub(super) type RuleId = u32;

/// The rules of one effect, by the actions they speak of.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// Actions without wildcard.
    exact: FxHashMap<Box<str>, Rules>,
    /// Actions with wildcards.
    wild: PrefixMap<Wild>,
    /// `NotAction`.
    except: Vec<Except>,
}

#[derive(Debug, Clone)]
struct Wild {
    pattern: Pattern,
    rules: Rules,
}

#[derive(Debug, Clone)]
struct Except {
    patterns: Box<[Pattern]>,
    rule: RuleId,
}

/// The rules under one action pattern.
#[derive(Debug, Clone, Default)]
struct Rules {
    all: Vec<RuleId>,
    by_resource: Option<Box<ByResource>>,
}

#[derive(Debug, Clone, Default)]
struct ByResource {
    exact: FxHashMap<Box<str>, Vec<RuleId>>,
    prefixes: PrefixMap<RuleId>,
}

/// Actions know wildcards but no variables.
const ACTION: Syntax = Syntax { wildcards: true, variables: false };

/// Actions are compared in lower case.
pub(super) fn compile_action(text: &Text) -> Pattern {
    Pattern::compile(&text.text.to_ascii_lowercase(), ACTION)
}

impl Index {
    /// Adds a rule under each of its actions.
    pub(super) fn add(&mut self, rule: RuleId, actions: &Matcher<Text>) {
        if actions.negated {
            let patterns = actions.items.iter().map(compile_action).collect();
            self.except.push(Except { patterns, rule });
            return;
        }
        for action in &actions.items {
            self.under(compile_action(action), &action.text.to_ascii_lowercase()).all.push(rule);
        }
    }

    fn under(&mut self, pattern: Pattern, text: &str) -> &mut Rules {
        if pattern.is_literal() {
            return self.exact.entry(text.into()).or_default();
        }
        let kept = self.wild.under(pattern.literal_prefix());
        let at = kept.iter().position(|wild| wild.pattern == pattern).unwrap_or_else(|| {
            kept.push(Wild { pattern, rules: Rules::default() });
            kept.len() - 1
        });
        #[expect(
            clippy::indexing_slicing,
            reason = "`at` was found in the list or has just been pushed"
        )]
        &mut kept[at].rules
    }

    /// Indexes by resource wherever an action has many rules. Called once, after the last `add`.
    pub(super) fn finish(&mut self, rules: &[Rule]) {
        self.exact.values_mut().for_each(|found| found.finish(rules));
        self.wild.all_mut().for_each(|wild| wild.rules.finish(rules));
    }

    /// Whether `matches` says yes to a rule that speaks of the action and may speak of the
    /// resource. A rule may be asked about more than once.
    pub(super) fn any(
        &self,
        action: &str,
        resource: &str,
        mut matches: impl FnMut(RuleId) -> bool,
    ) -> bool {
        let exact = self.exact.get(action).into_iter();
        let wild = self.wild.of(action).filter(|wild| wild.pattern.matches(action, &NoVariables));
        let mut found = exact.chain(wild.map(|wild| &wild.rules));
        found.any(|rules| rules.any(resource, &mut matches))
            || self.except.iter().any(|except| {
                !except.patterns.iter().any(|pattern| pattern.matches(action, &NoVariables))
                    && matches(except.rule)
            })
    }
}

impl Rules {
    fn finish(&mut self, rules: &[Rule]) {
        if self.all.len() <= TRIED_IN_TURN_MAX {
            return;
        }
        let mut index = ByResource::default();
        for id in self.all.drain(..) {
            let rule = usize::try_from(id).ok().and_then(|at| rules.get(at));
            match rule.map(|rule| &rule.resources) {
                Some(Resources::Any(patterns)) => {
                    patterns.iter().for_each(|pattern| index.add(id, pattern));
                }
                _ => index.prefixes.under("").push(id),
            }
        }
        self.by_resource = Some(Box::new(index));
    }

    fn any(&self, resource: &str, matches: &mut impl FnMut(RuleId) -> bool) -> bool {
        match &self.by_resource {
            None => self.all.iter().any(|id| matches(*id)),
            Some(index) => index.of(resource).any(|id| matches(*id)),
        }
    }
}

impl ByResource {
    fn add(&mut self, id: RuleId, pattern: &Pattern) {
        match pattern.literal() {
            Some(literal) => self.exact.entry(literal.into()).or_default().push(id),
            None => self.prefixes.under(pattern.literal_prefix()).push(id),
        }
    }

    fn of<'a>(&'a self, resource: &'a str) -> impl Iterator<Item = &'a RuleId> {
        self.exact.get(resource).into_iter().flatten().chain(self.prefixes.of(resource))
    }
}
