//! Statements that almost match, and what they miss.

use crate::compile::{Ask, Layer, Principals, Rule};
use crate::document::Effect;
use crate::explanation::{Miss, NEAR_STATEMENTS_MAX, NearStatement};

/// The Allow statements of a layer that come nearest to the request: fewest misses first, among
/// equals those about the same service, then those that speak of the action, the resource, the
/// caller. A statement about other services is near only if its actions are all that keeps it from
/// matching.
pub(super) fn near(layer: &Layer, ask: Ask<'_>) -> Vec<NearStatement> {
    let can_allow = |rule: &&Rule| {
        // `NotPrincipal` with Allow never allows, whatever else is mended.
        let named = !rule.principals.as_ref().is_some_and(Principals::is_negated);
        rule.effect == Effect::Allow && named
    };
    let allowing = layer.rules().iter().filter(can_allow);
    let scored = allowing.map(|rule| (score(rule, ask), rule));
    let mut near: Vec<_> = scored.filter(|(score, _)| score.is_near()).collect();
    near.sort_by_key(|(score, _)| *score);
    near.truncate(NEAR_STATEMENTS_MAX);
    near.into_iter().map(|(_, rule)| describe(rule, ask)).collect()
}

/// How far a statement is from matching; less is nearer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    misses: usize,
    other_service: bool,
    other_action: bool,
    other_resource: bool,
    other_caller: bool,
}

impl Score {
    fn is_near(self) -> bool {
        self.misses == 1 || (self.misses > 1 && !self.other_service)
    }
}

fn score(rule: &Rule, ask: Ask<'_>) -> Score {
    let other_action = !rule.names_action(ask);
    let other_resource = !rule.names_resource(ask);
    let other_caller = rule.grades(ask).is_empty();
    let context = ask.request.context();
    let failing = rule.conditions.iter().filter(|condition| !condition.holds(context)).count();
    let misses = usize::from(other_action)
        + usize::from(other_resource)
        + usize::from(other_caller)
        + failing;
    let other_service = !rule.names_service(ask);
    Score { misses, other_service, other_action, other_resource, other_caller }
}

fn describe(rule: &Rule, ask: Ask<'_>) -> NearStatement {
    let mut misses = Vec::new();
    let mut miss = |missed: bool, what: Miss| missed.then(|| misses.push(what));
    miss(!rule.names_action(ask), Miss::Action);
    miss(!rule.names_resource(ask), Miss::Resource);
    miss(rule.grades(ask).is_empty(), Miss::Principal);
    let context = ask.request.context();
    for (index, condition) in rule.conditions.iter().enumerate() {
        if !condition.holds(context) {
            let got = condition.got(context);
            let got = got.map(|value| value.values().iter().map(ToString::to_string).collect());
            misses.push(Miss::Condition { condition: index, got });
        }
    }
    NearStatement { at: rule.at, misses }
}
