//! One layer of policies: the statements of all policies that are united in it.

use super::index::{Index, RuleId, compile_action};
use super::principals::{Grades, Principals};
use crate::condition::Condition;
use crate::document::{Document, Effect, Matcher, Statement, Text, Version};
use crate::explanation::StatementRef;
use crate::pattern::{NoVariables, Pattern};
use crate::policies::Policy;
use crate::request::Request;

/// A compiled layer.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    rules: Vec<Rule>,
    denying: Index,
    allowing: Index,
    /// The policies that could not be read. One is enough to deny everything.
    unreadable: Vec<usize>,
}

/// A compiled statement.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Where it comes from.
    pub(crate) at: StatementRef,
    /// What it does.
    pub(crate) effect: Effect,
    /// Whom it speaks of; `None` in policies that are attached to principals.
    pub(crate) principals: Option<Principals>,
    /// What it is about.
    actions: Actions,
    /// What it speaks of.
    pub(super) resources: Resources,
    /// What must hold besides.
    pub(crate) conditions: Box<[Condition]>,
}

/// The actions of a statement. A layer finds its rules by the index; these are for explanations.
#[derive(Debug, Clone)]
struct Actions {
    negated: bool,
    patterns: Box<[Pattern]>,
}

/// The resources of a statement.
#[derive(Debug, Clone)]
pub(super) enum Resources {
    /// No `Resource`: the one the policy is attached to.
    Itself,
    /// `Resource`.
    Any(Box<[Pattern]>),
    /// `NotResource`.
    Except(Box<[Pattern]>),
}

/// A request as a layer is asked about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    /// The request.
    pub(crate) request: &'a Request,
    /// Whether the caller has a permissions boundary: `NotPrincipal` never spares such a caller.
    pub(crate) has_boundary: bool,
    /// Whether this is the policy of a VPC endpoint for a service with gateway endpoints: an account
    /// entry then names only its root user.
    pub(crate) at_gateway: bool,
}

impl Layer {
    /// Compiles policies into a layer: what one of them allows, the layer allows; what one denies, it denies.
    pub fn compile(policies: &[Policy]) -> Self {
        let mut layer = Self::default();
        for (index, policy) in policies.iter().enumerate() {
            match &policy.document {
                Some(document) => layer.add(index, document),
                None => layer.unreadable.push(index),
            }
        }
        layer.denying.finish(&layer.rules);
        layer.allowing.finish(&layer.rules);
        layer
    }

    fn add(&mut self, policy: usize, document: &Document) {
        let variables = document.version == Version::V2012;
        for (index, statement) in document.statements.iter().enumerate() {
            // A layer of four thousand million statements does not fit into memory.
            let Ok(id) = RuleId::try_from(self.rules.len()) else { return };
            let at = StatementRef { policy, statement: Some(index) };
            self.rules.push(Rule::compile(at, statement, variables));
            match statement.effect {
                Effect::Deny => self.denying.add(id, &statement.actions),
                Effect::Allow => self.allowing.add(id, &statement.actions),
            }
        }
    }

    /// Whether a Deny statement matches, or a policy could not be read.
    pub(crate) fn denies(&self, ask: Ask<'_>) -> bool {
        !self.unreadable.is_empty()
            || self.any(&self.denying, ask, |rule| !rule.matches(ask).is_empty())
    }

    /// Whether an Allow statement matches.
    pub(crate) fn allows(&self, ask: Ask<'_>) -> bool {
        self.any(&self.allowing, ask, |rule| !rule.matches(ask).is_empty())
    }

    /// In which grades the Allow statements that match name the caller.
    pub(crate) fn grades(&self, ask: Ask<'_>) -> Grades {
        let mut grades = Grades::NONE;
        self.any(&self.allowing, ask, |rule| {
            grades = grades.and(rule.matches(ask));
            false
        });
        grades
    }

    /// All rules, in the order of their policies.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules of this effect that match, in the order of their policies, each once.
    pub(crate) fn matching(&self, effect: Effect, ask: Ask<'_>) -> Vec<&Rule> {
        let index = match effect {
            Effect::Allow => &self.allowing,
            Effect::Deny => &self.denying,
        };
        let mut found = Vec::new();
        let (action, resource) = (ask.request.action_lower(), &ask.request.resource().arn);
        index.any(action, resource, |id| {
            found.push(id);
            false
        });
        found.sort_unstable();
        found.dedup();
        let rules = found.into_iter().filter_map(|id| self.rules.get(usize::try_from(id).ok()?));
        rules.filter(|rule| !rule.matches(ask).is_empty()).collect()
    }

    /// The indexes of the policies that could not be read.
    pub(crate) fn unreadable(&self) -> &[usize] {
        &self.unreadable
    }

    fn any(&self, index: &Index, ask: Ask<'_>, mut matches: impl FnMut(&Rule) -> bool) -> bool {
        let (action, resource) = (ask.request.action_lower(), &ask.request.resource().arn);
        index.any(action, resource, |id| {
            usize::try_from(id).ok().and_then(|at| self.rules.get(at)).is_some_and(&mut matches)
        })
    }
}

impl Rule {
    fn compile(at: StatementRef, statement: &Statement, variables: bool) -> Self {
        let principals = statement.principals.as_ref().map(Principals::compile);
        let resources = Resources::compile(statement.resources.as_ref(), variables);
        let (conditions, effect) = (statement.conditions.iter(), statement.effect);
        let conditions = conditions.map(|one| Condition::compile(one, effect, variables)).collect();
        let patterns = statement.actions.items.iter().map(compile_action).collect();
        let actions = Actions { negated: statement.actions.negated, patterns };
        Self { at, effect, principals, actions, resources, conditions }
    }

    /// Whether it speaks of the action.
    pub(crate) fn names_action(&self, ask: Ask<'_>) -> bool {
        let action = ask.request.action_lower();
        let listed = self.actions.patterns.iter().any(|one| one.matches(action, &NoVariables));
        listed != self.actions.negated
    }

    /// Whether it speaks of some action of the same service.
    pub(crate) fn names_service(&self, ask: Ask<'_>) -> bool {
        let service = ask.request.service();
        let mut patterns = self.actions.patterns.iter().map(Pattern::literal_prefix);
        self.actions.negated
            || patterns.any(|prefix| match prefix.split_once(':') {
                Some((named, _)) => named == service,
                None => service.starts_with(prefix),
            })
    }

    /// Whether it speaks of all that a service does, or of all but what it lists.
    pub(crate) fn names_whole_service(&self) -> bool {
        let is_whole = |one: &Pattern| {
            let name = one.literal_prefix().split_once(':').map(|(_, name)| name);
            !one.is_literal() && name.is_none_or(str::is_empty)
        };
        self.actions.negated || self.actions.patterns.iter().any(is_whole)
    }

    /// Whether it speaks of every resource, or of all but those it lists.
    pub(crate) fn names_every_resource(&self) -> bool {
        match &self.resources {
            Resources::Itself => false,
            Resources::Any(patterns) => patterns.iter().any(Pattern::matches_everything),
            Resources::Except(_) => true,
        }
    }

    /// In which grades the rule matches, its action apart; none if it does not.
    pub(crate) fn matches(&self, ask: Ask<'_>) -> Grades {
        let context = ask.request.context();
        if self.names_resource(ask)
            && self.conditions.iter().all(|condition| condition.holds(context))
        {
            self.grades(ask)
        } else {
            Grades::NONE
        }
    }

    /// Whether it speaks of the resource.
    pub(crate) fn names_resource(&self, ask: Ask<'_>) -> bool {
        let (arn, context) = (&ask.request.resource().arn, ask.request.context());
        match &self.resources {
            Resources::Itself => true,
            Resources::Any(patterns) => patterns.iter().any(|one| one.matches(arn, context)),
            Resources::Except(patterns) => !patterns.iter().any(|one| one.matches(arn, context)),
        }
    }

    /// In which grades it names the caller.
    pub(crate) fn grades(&self, ask: Ask<'_>) -> Grades {
        match &self.principals {
            None => Grades::ATTACHED,
            Some(principals) => principals.grades(ask, self.effect),
        }
    }
}

impl Resources {
    fn compile(written: Option<&Matcher<Text>>, variables: bool) -> Self {
        let Some(matcher) = written else { return Self::Itself };
        let compile = |text: &Text| Pattern::of_resource(&text.text, variables);
        let patterns = matcher.items.iter().map(compile).collect();
        if matcher.negated { Self::Except(patterns) } else { Self::Any(patterns) }
    }
}
