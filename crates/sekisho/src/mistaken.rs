//! Files that were given to the wrong command. One sentence about that helps more than ten about
//! keys that are not there.

use sekisho_tree::{Diagnostic, Node};

/// The complaint where a text is meant as a request file, and is something else.
pub(crate) fn no_request(node: &Node) -> Option<Diagnostic> {
    if node.get("request").is_some() {
        return None;
    }
    let policy = ("Statement", "a policy", "`sekisho policy validate` reads it");
    let help = "write down one request and its policies: see `sekisho explain --help`";
    let found =
        [policy, ("AWSTemplateFormatVersion", TEMPLATE, help), ("Resources", TEMPLATE, help)];
    complaint("not-a-request", node, found, "a request file")
}

/// The complaint where a text is meant as a policy, and is something else.
pub(crate) fn no_policy(node: &Node) -> Option<Diagnostic> {
    if node.get("Statement").is_some() {
        return None;
    }
    let request = ("request", "a request file", "`sekisho explain` reads it");
    let help = "give one of its policies in a file of its own";
    let found =
        [request, ("AWSTemplateFormatVersion", TEMPLATE, help), ("Resources", TEMPLATE, help)];
    complaint("not-a-policy", node, found, "a policy")
}

const TEMPLATE: &str = "a CloudFormation template";

/// By which key it is known, what it is, and what to do.
type Sign = (&'static str, &'static str, &'static str);

fn complaint(
    code: &'static str,
    node: &Node,
    signs: [Sign; 3],
    wanted: &str,
) -> Option<Diagnostic> {
    let entries = node.as_map()?;
    signs.into_iter().find_map(|(key, what, help)| {
        let entry = entries.iter().find(|entry| &*entry.key.text == key)?;
        let message = format!("this is {what}, not {wanted}");
        Some(Diagnostic::error(code, entry.key.span, message).with_help(help))
    })
}

#[cfg(test)]
mod tests {
    use sekisho_tree::read_any;

    use super::*;

    fn said(text: &str, complain: fn(&Node) -> Option<Diagnostic>) -> Option<String> {
        complain(&read_any(text).node.unwrap()).map(|found| found.message)
    }

    #[test]
    fn only_what_is_surely_something_else_is_refused() {
        for (text, request, policy) in [
            ("{request: {}}", false, true),
            ("{Statement: []}", true, false),
            ("{Resources: {}}", true, true),
            ("{AWSTemplateFormatVersion: x}", true, true),
            ("{request: {}, Resources: {}}", false, true),
            ("{Statement: [], Resources: {}}", true, false),
            ("{Statment: []}", false, false),
            ("[]", false, false),
        ] {
            assert_eq!(said(text, no_request).is_some(), request, "{text}");
            assert_eq!(said(text, no_policy).is_some(), policy, "{text}");
        }
    }
}
