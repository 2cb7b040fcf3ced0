//! Policies in a few words: `allow s3:Get* on object to role build if Bool aws:SecureTransport true`.
//! The grammar stands in `tests/truth/README.md`.

use sekisho_iam::document::{Condition, Effect, Matcher, Operator, Principal, Statement, Version};
use sekisho_iam::{Document, Policy};

use super::cast::{self, Parsed, text};

/// Whether statements without `to` are about everyone: in policies that must name somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Policies of resources, RCPs, endpoint policies.
    Somebody,
    /// Policies of principals and SCPs.
    Nobody,
}

/// Policies joined by ` + `; `-` is none of them.
pub(crate) fn policies(cell: &str, names: Names) -> Parsed<Vec<Policy>> {
    match cell {
        "-" => Ok(Vec::new()),
        _ => cell.split(" + ").map(|one| policy(one, names)).collect(),
    }
}

/// One policy, or none.
pub(crate) fn at_most_one(cell: &str, names: Names) -> Parsed<Option<Policy>> {
    let mut found = policies(cell, names)?;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        more => Err(format!("{more} policies, and there is at most one")),
    }
}

/// Levels of SCPs or RCPs, from the root down, joined by ` > `; `-` is none of them.
pub(crate) fn levels(cell: &str, names: Names) -> Parsed<Vec<Vec<Policy>>> {
    match cell {
        "-" => Ok(Vec::new()),
        _ => cell.split(" > ").map(|level| policies(level, names)).collect(),
    }
}

fn policy(cell: &str, names: Names) -> Parsed<Policy> {
    let document = match cell.trim() {
        "unreadable" => None,
        "nothing" => Some(document("allow none:Nothing", names)?),
        statements => Some(document(statements, names)?),
    };
    Ok(Policy { name: cell.to_owned(), document })
}

/// Statements joined by `;`, after `2008:` where they are in the old version.
pub(crate) fn document(cell: &str, names: Names) -> Parsed<Document> {
    let (version, cell) = match cell.trim().strip_prefix("2008: ") {
        Some(rest) => (Version::V2008, rest),
        None => (Version::V2012, cell),
    };
    let statements = cell.split(';').map(|one| statement(one.trim(), names));
    let statements = statements.collect::<Parsed<_>>()?;
    Ok(Document { version, id: None, statements, span: Default::default() })
}

fn statement(cell: &str, names: Names) -> Parsed<Statement> {
    let (head, conditions) = cell.split_once(" if ").unwrap_or((cell, ""));
    let (head, to) = head.split_once(" to ").unwrap_or((head, ""));
    let (head, on) = head.split_once(" on ").unwrap_or((head, "*"));
    let (effect, actions) = head.split_once(' ').unwrap_or((head, "*"));
    let effect = match effect {
        "allow" => Effect::Allow,
        "deny" => Effect::Deny,
        other => return Err(format!("`{other}` is neither allow nor deny in `{cell}`")),
    };
    let resources = if on == "itself" { None } else { Some(matcher(on, resource)?) };
    Ok(Statement {
        sid: None,
        effect,
        principals: principals(to, names)?,
        actions: matcher(actions, |action| Ok(text(action)))?,
        resources,
        conditions: self::conditions(conditions)?,
        span: Default::default(),
    })
}

fn resource(name: &str) -> Parsed<sekisho_iam::document::Text> {
    cast::arn(name).map(|arn| text(&arn))
}

fn principals(to: &str, names: Names) -> Parsed<Option<Matcher<Principal>>> {
    match (to, names) {
        ("", Names::Nobody) => Ok(None),
        ("", Names::Somebody) => matcher("everyone", cast::principal).map(Some),
        (_, Names::Nobody) => Err(format!("`to {to}` in a policy that names nobody")),
        (_, Names::Somebody) => matcher(to, cast::principal).map(Some),
    }
}

/// A list, or `all but` a list.
fn matcher<T>(list: &str, read: impl Fn(&str) -> Parsed<T>) -> Parsed<Matcher<T>> {
    let (negated, list) = match list.strip_prefix("all but ") {
        Some(rest) => (true, rest),
        None => (false, list),
    };
    let items = items(list).into_iter().map(|item| read(item.trim())).collect::<Parsed<_>>()?;
    Ok(Matcher { negated, items, span: Default::default() })
}

/// The parts between commas; those within `${key, 'default'}` join nothing.
fn items(list: &str) -> Vec<&str> {
    let mut inside = false;
    let between = |character: char| {
        inside = character == '{' || (inside && character != '}');
        character == ',' && !inside
    };
    list.split(between).collect()
}

fn conditions(cell: &str) -> Parsed<Vec<Condition>> {
    match cell {
        "" => Ok(Vec::new()),
        _ => cell.split(" and ").map(|one| spelled_condition(one.trim())).collect(),
    }
}

/// `StringEquals aws:username alice or bob`.
fn spelled_condition(cell: &str) -> Parsed<Condition> {
    let mut words = cell.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(operator), Some(key), Some(values)) => condition(operator, key, values),
        _ => Err(format!("`{cell}` is no `OPERATOR KEY VALUE`")),
    }
}

/// A condition of its parts; the values are joined by ` or `, and `""` is the empty one.
pub(crate) fn condition(operator: &str, key: &str, values: &str) -> Parsed<Condition> {
    let operator = Operator::parse(operator).ok_or_else(|| format!("no operator `{operator}`"))?;
    let values = values.split(" or ").map(|value| text(unquoted(value.trim()))).collect();
    Ok(Condition { operator, operator_span: Default::default(), key: text(key), values })
}

/// `""` is the empty text; quotes keep blanks.
pub(crate) fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}
