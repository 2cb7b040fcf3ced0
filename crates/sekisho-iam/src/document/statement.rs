//! Reads one statement: which elements it has, and that they go together.
//!
//! Source: IAM User Guide, "IAM JSON policy elements reference", the page of each element.

use sekisho_tree::{Diagnostic, Entry, Node, Span};

use super::read::{Reader, find, shown};
use super::rules::Presence;
use super::{Effect, Matcher, PolicyKind, Principal, Statement, Text};
use crate::rcp;
use crate::similar::closest;

/// The elements of a statement.
const ELEMENTS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl Reader {
    /// Reads a statement. `None` only after saying why.
    pub(super) fn statement(&mut self, node: &Node) -> Option<Statement> {
        let entries = self.object(node, "a statement")?;
        self.known_names(entries, ELEMENTS, "a statement");
        let sid = find(entries, "Sid").and_then(|entry| self.sid(&entry.value));
        let effect = self.effect(entries, node.span);
        let principals = self.who(entries, node.span);
        let actions = self.what(entries, node.span);
        let resources = self.on_what(entries, node.span);
        let conditions = find(entries, "Condition").map(|entry| self.conditions(&entry.value));
        let statement = Statement {
            sid,
            effect: effect?,
            principals,
            actions: actions?,
            resources,
            conditions: conditions.unwrap_or_default(),
            span: node.span,
        };
        self.fits_its_kind(&statement);
        Some(statement)
    }

    fn sid(&mut self, node: &Node) -> Option<Text> {
        let sid = self.text(node, "Sid")?;
        let text = shown(&sid.text);
        let plain = sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain && self.rules.strict_sid {
            let message = format!("`Sid` `{text}` has characters other than letters and digits");
            self.refuse("sid-characters", sid.span, message);
        }
        if !sid.text.is_empty() && !self.sids.insert(sid.text.clone()) {
            let say = if self.rules.strict_sid { Diagnostic::error } else { Diagnostic::warning };
            let message = format!("`Sid` `{text}` is used by an earlier statement");
            self.say(say("duplicate-sid", sid.span, message));
        }
        Some(sid)
    }

    fn effect(&mut self, entries: &[Entry], statement: Span) -> Option<Effect> {
        let Some(entry) = find(entries, "Effect") else {
            let message = "the statement has no `Effect`";
            self.refuse_with_help("missing-effect", statement, message, "add `Allow` or `Deny`");
            return None;
        };
        let text = self.text(&entry.value, "Effect")?;
        let written = shown(&text.text);
        let problem = match &*text.text {
            "Allow" => return Some(Effect::Allow),
            "Deny" => return Some(Effect::Deny),
            other if ["allow", "deny"].contains(&&*other.to_ascii_lowercase()) => {
                let message = format!("`Effect` `{written}` is not spelled as AWS wants it");
                Diagnostic::error("effect-case", text.span, message)
            }
            _ => {
                let message = format!("`Effect` `{written}` is neither `Allow` nor `Deny`");
                Diagnostic::error("unknown-effect", text.span, message)
            }
        };
        self.say(match closest(&text.text, ["Allow", "Deny"]) {
            Some(meant) => problem.with_help(format!("write `{meant}`")),
            None => problem,
        });
        None
    }

    fn who(&mut self, entries: &[Entry], statement: Span) -> Option<Matcher<Principal>> {
        let (negated, entry) = self.either(entries, "Principal", "NotPrincipal");
        let name = self.rules.name;
        match (entry, self.rules.principal) {
            (Some(entry), Presence::Forbidden) => {
                let element = &entry.key.text;
                let message = format!("{name} may not have a `{element}`");
                let help = "leave it out: such a policy is about whom it is attached to";
                self.refuse_with_help("principal-not-allowed", entry.key.span, message, help);
                None
            }
            (Some(entry), _) => {
                let span = entry.value.span;
                let items = self.principals(&entry.value, negated);
                items.map(|items| Matcher { negated, items, span })
            }
            (None, Presence::Required) => {
                let message = format!("a statement of {name} must have a `Principal`");
                self.refuse("missing-principal", statement, message);
                None
            }
            (None, _) => None,
        }
    }

    fn what(&mut self, entries: &[Entry], statement: Span) -> Option<Matcher<Text>> {
        let (negated, entry) = self.either(entries, "Action", "NotAction");
        let Some(entry) = entry else {
            return self.left_out(("missing-action", "Action"), self.rules.action, statement);
        };
        let matcher = self.patterns(entry, negated, "missing-action")?;
        matcher.items.iter().for_each(|action| self.action(action));
        Some(matcher)
    }

    fn on_what(&mut self, entries: &[Entry], statement: Span) -> Option<Matcher<Text>> {
        let (negated, entry) = self.either(entries, "Resource", "NotResource");
        let name = self.rules.name;
        match (entry, self.rules.resource) {
            (Some(entry), Presence::Forbidden) => {
                let element = &entry.key.text;
                let message = format!("{name} may not have a `{element}`");
                let help = "leave it out: such a policy is about the role it belongs to";
                let code =
                    if negated { "not-resource-not-allowed" } else { "resource-not-allowed" };
                self.refuse_with_help(code, entry.key.span, message, help);
                None
            }
            (Some(entry), _) => {
                let matcher = self.patterns(entry, negated, "missing-resource")?;
                matcher.items.iter().for_each(|resource| self.resource(resource));
                Some(matcher)
            }
            (None, presence) => {
                self.left_out(("missing-resource", "Resource"), presence, statement)
            }
        }
    }

    /// What stands for an element that is not there. Where AWS stores the statement all the same, it
    /// matches nothing.
    fn left_out(
        &mut self,
        (code, name): (&'static str, &str),
        presence: Presence,
        statement: Span,
    ) -> Option<Matcher<Text>> {
        let message = format!("the statement has neither `{name}` nor `Not{name}`");
        match presence {
            Presence::Required => self.refuse(code, statement, message),
            Presence::Idle => {
                self.warn(code, statement, format!("{message}, so it has no effect"));
                return Some(Matcher { negated: false, items: Vec::new(), span: statement });
            }
            Presence::Optional | Presence::Forbidden => {}
        }
        None
    }

    /// The element or its `Not…` form; both together are refused.
    fn either<'a>(
        &mut self,
        entries: &'a [Entry],
        name: &str,
        negated: &str,
    ) -> (bool, Option<&'a Entry>) {
        let (plain, not) = (find(entries, name), find(entries, negated));
        if let (Some(_), Some(not)) = (plain, not) {
            let message = format!("a statement has `{name}` or `{negated}`, not both");
            self.refuse("both-forms", not.key.span, message);
        }
        (plain.is_none() && not.is_some(), plain.or(not))
    }

    /// A list of patterns, or one; an empty list is refused with `code`.
    fn patterns(
        &mut self,
        entry: &Entry,
        negated: bool,
        code: &'static str,
    ) -> Option<Matcher<Text>> {
        let (name, span) = (&entry.key.text, entry.value.span);
        let items = self.texts(&entry.value, name)?;
        if entry.value.as_list().is_some_and(<[Node]>::is_empty) {
            self.refuse(code, span, format!("`{name}` is an empty list"));
        }
        Some(Matcher { negated, items, span })
    }

    /// What only some kinds of policy refuse.
    fn fits_its_kind(&mut self, statement: &Statement) {
        let not_principal = statement.principals.as_ref().filter(|principals| principals.negated);
        if let Some(principals) = not_principal {
            self.fits_not_principal(statement.effect, principals.span);
        }
        match self.kind {
            PolicyKind::Rcp if !is_rcp_full_access(statement) => self.fits_rcp(statement),
            PolicyKind::Endpoint => self.fits_endpoint(statement),
            PolicyKind::Trust => self.fits_providers(statement),
            _ => {}
        }
    }

    fn fits_rcp(&mut self, statement: &Statement) {
        if statement.actions.negated {
            let message = "a resource control policy may not have a `NotAction`";
            self.refuse("element-not-allowed", statement.actions.span, message);
        }
        if statement.effect == Effect::Allow {
            let message = "a resource control policy can only `Deny`";
            let help = "only AWS's own `RCPFullAWSAccess` allows, and it allows everything";
            self.refuse_with_help("effect-not-allowed", statement.span, message, help);
        }
        statement.actions.items.iter().for_each(|action| self.fits_rcp_action(action));
    }

    /// RCPs name their services, and only some services ask them.
    fn fits_rcp_action(&mut self, action: &Text) {
        let written = shown(&action.text);
        if action.text.starts_with('*') {
            let message = format!("`{written}` names no service");
            let help = "in a resource control policy write `s3:*`, `sts:*` and so on";
            return self.refuse_with_help("action-star", action.span, message, help);
        }
        let service = action.text.split_once(':').map(|(service, _)| service.to_ascii_lowercase());
        if service.is_some_and(|service| !rcp::is_supported(&service)) {
            let message =
                format!("`{written}` is of a service that asks no resource control policy");
            self.warn("rcp-service", action.span, message);
        }
    }

    fn fits_not_principal(&mut self, effect: Effect, span: Span) {
        if matches!(self.kind, PolicyKind::Trust | PolicyKind::Rcp) {
            let message = format!("{} may not have a `NotPrincipal`", self.rules.name);
            let help = "use `Principal` with a condition on `aws:PrincipalArn`";
            let allows = self.kind == PolicyKind::Trust && effect == Effect::Allow;
            let code = if allows { "not-principal-allow" } else { "element-not-allowed" };
            self.refuse_with_help(code, span, message, help);
        } else if effect == Effect::Allow {
            let message = "`NotPrincipal` together with `Allow` lets in everybody else";
            let help = "AWS supports `NotPrincipal` with `Deny` only: name the principals instead";
            self.refuse_with_help("not-principal-allow", span, message, help);
        }
    }
}

/// The one statement of AWS's `RCPFullAWSAccess`.
fn is_rcp_full_access(statement: &Statement) -> bool {
    let is_star = |matcher: &Matcher<Text>| {
        !matcher.negated && matches!(matcher.items.as_slice(), [item] if &*item.text == "*")
    };
    statement.effect == Effect::Allow
        && is_star(&statement.actions)
        && statement.resources.as_ref().is_some_and(is_star)
        && statement.conditions.is_empty()
}
