//! How a case looks in the message of a test that failed: as policy text, one statement a line.

use std::fmt;

use sekisho_iam::document::{
    Condition, Document, Effect, Matcher, Principal, PrincipalKind, Statement, Text, Version,
};
use sekisho_iam::policies::{Policies, Policy};
use sekisho_iam::request::Request;

use super::Case;

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show_request(&self.request, f)?;
        show_policies(&self.policies, f)
    }
}

fn show_request(request: &Request, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "caller   {:?}", request.caller())?;
    writeln!(f, "action   {}", request.action())?;
    let owner = request.owner().map_or("nobody".to_owned(), |owner| owner.to_string());
    writeln!(f, "resource {} of {owner}", request.resource().arn)?;
    for entry in request.context().entries() {
        writeln!(f, "context  {:?}: {:?}", entry.key, entry.value)?;
    }
    Ok(())
}

fn show_policies(policies: &Policies, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    show_all("identity", &policies.identity, f)?;
    show_all("boundary", &policies.boundary, f)?;
    if let Some(session) = &policies.session {
        writeln!(f, "session  of {} policies", session.len())?;
        show_all("session", session, f)?;
    }
    for (name, levels) in [("scp", &policies.scps), ("rcp", &policies.rcps)] {
        for (number, level) in levels.iter().enumerate() {
            writeln!(f, "{name}      level {number} of {} policies", level.len())?;
            show_all(name, level, f)?;
        }
    }
    show_all("endpoint", &policies.endpoint, f)?;
    show_all("resource", &policies.resource, f)?;
    for grant in &policies.grants {
        writeln!(f, "grant    {grant:?}")?;
    }
    if policies.restrict_public_buckets {
        writeln!(f, "RestrictPublicBuckets")?;
    }
    match policies.management_account {
        Some(account) => writeln!(f, "management account {account}"),
        None => Ok(()),
    }
}

fn show_all<'p>(
    layer: &str,
    policies: impl IntoIterator<Item = &'p Policy>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for policy in policies {
        match &policy.document {
            None => writeln!(f, "{layer:8} unreadable")?,
            Some(document) => show_document(layer, document, f)?,
        }
    }
    Ok(())
}

fn show_document(layer: &str, document: &Document, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let version = match document.version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    writeln!(f, "{layer:8} {version}")?;
    for statement in &document.statements {
        writeln!(f, "         {}", show_statement(statement))?;
    }
    Ok(())
}

fn show_statement(statement: &Statement) -> String {
    let effect = if statement.effect == Effect::Allow { "Allow" } else { "Deny" };
    let mut elements = vec![format!("\"Effect\": \"{effect}\"")];
    if let Some(principals) = &statement.principals {
        elements.push(element("Principal", principals, show_principal));
    }
    elements.push(element("Action", &statement.actions, show_text));
    if let Some(resources) = &statement.resources {
        elements.push(element("Resource", resources, show_text));
    }
    let conditions: Vec<String> = statement.conditions.iter().map(show_condition).collect();
    if !conditions.is_empty() {
        elements.push(format!("\"Condition\": {{{}}}", conditions.join(", ")));
    }
    format!("{{{}}}", elements.join(", "))
}

fn element<T>(name: &str, matcher: &Matcher<T>, show: fn(&T) -> String) -> String {
    let not = if matcher.negated { "Not" } else { "" };
    let items: Vec<String> = matcher.items.iter().map(show).collect();
    format!("\"{not}{name}\": [{}]", items.join(", "))
}

fn show_text(text: &Text) -> String {
    format!("{:?}", text.text)
}

fn show_principal(entry: &Principal) -> String {
    let value = show_text(&entry.value);
    match entry.kind {
        PrincipalKind::Everyone => value,
        PrincipalKind::Aws => format!("{{\"AWS\": {value}}}"),
        kind => format!("{{\"{kind:?}\": {value}}}"),
    }
}

fn show_condition(condition: &Condition) -> String {
    let values: Vec<String> = condition.values.iter().map(show_text).collect();
    let (operator, key) = (condition.operator, show_text(&condition.key));
    format!("\"{operator}\": {{{key}: [{}]}}", values.join(", "))
}
