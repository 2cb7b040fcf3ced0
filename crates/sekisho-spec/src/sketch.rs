//! Policies written in Rust, without text and without places in it: for generated cases and tests.

use sekisho_iam::document::{
    Condition, Document, Effect, Matcher, Operator, Principal, PrincipalKind, Statement, Text,
    Version,
};
use sekisho_iam::policies::Policy;
use sekisho_tree::Span;

/// A text that stands nowhere.
pub fn text(text: &str) -> Text {
    Text { text: text.into(), span: Span::default() }
}

/// Some patterns, or everything but them.
pub fn matcher<T>(negated: bool, items: Vec<T>) -> Matcher<T> {
    Matcher { negated, items, span: Span::default() }
}

/// A list of texts as an element of a statement.
pub fn texts(items: &[&str]) -> Matcher<Text> {
    matcher(false, items.iter().map(|item| text(item)).collect())
}

/// An entry of a `Principal` element.
pub fn principal(kind: PrincipalKind, value: &str) -> Principal {
    Principal { kind, value: text(value) }
}

/// A statement about everything on everything. Narrow it with the functions below.
pub fn statement(effect: Effect) -> Statement {
    Statement {
        sid: None,
        effect,
        principals: None,
        actions: texts(&["*"]),
        resources: Some(texts(&["*"])),
        conditions: Vec::new(),
        span: Span::default(),
    }
}

/// A statement that allows an action on a resource.
pub fn allow(action: &str, resource: &str) -> Statement {
    Statement {
        actions: texts(&[action]),
        resources: Some(texts(&[resource])),
        ..statement(Effect::Allow)
    }
}

/// A statement that denies an action on a resource.
pub fn deny(action: &str, resource: &str) -> Statement {
    Statement { effect: Effect::Deny, ..allow(action, resource) }
}

/// The statement, for these principals under `AWS`; `*` alone stands without that key.
pub fn to(names: &[&str], statement: Statement) -> Statement {
    let entry = |name: &&str| match *name {
        "*" => principal(PrincipalKind::Everyone, "*"),
        name if name.ends_with(".amazonaws.com") => principal(PrincipalKind::Service, name),
        name => principal(PrincipalKind::Aws, name),
    };
    let principals = matcher(false, names.iter().map(entry).collect());
    Statement { principals: Some(principals), ..statement }
}

/// The statement, for everybody but these principals.
pub fn to_all_but(names: &[&str], statement: Statement) -> Statement {
    let mut statement = to(names, statement);
    if let Some(principals) = &mut statement.principals {
        principals.negated = true;
    }
    statement
}

/// A condition. `None` where AWS has no such operator.
pub fn condition(operator: &str, key: &str, values: &[&str]) -> Option<Condition> {
    Some(Condition {
        operator: Operator::parse(operator)?,
        operator_span: Span::default(),
        key: text(key),
        values: values.iter().map(|value| text(value)).collect(),
    })
}

/// The statement, under one condition more. An operator that AWS does not have adds none.
pub fn when(operator: &str, key: &str, values: &[&str], mut statement: Statement) -> Statement {
    statement.conditions.extend(condition(operator, key, values));
    statement
}

/// A document of version 2012-10-17.
pub fn document(statements: Vec<Statement>) -> Document {
    Document { version: Version::V2012, id: None, statements, span: Span::default() }
}

/// A policy of version 2012-10-17.
pub fn policy(statements: Vec<Statement>) -> Policy {
    Policy { name: "sketch".into(), document: Some(document(statements)) }
}
