//! The calls of the article's pipeline get the decisions that an independent evaluator gave them.
//!
//! `data/article.json` holds the policies of the article's fragments, resolved for its accounts, and
//! 52 calls with the decision expected for each. The benches ask the same calls.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sekisho_iam::{
    AccountId, Caller, Context, Document, Policies, Policy, PolicyKind, Request, Resource, decide,
};
use sekisho_tree::{Node, read_json};

const ARTICLE: &str = include_str!("data/article.json");

#[test]
fn every_call_gets_its_decision() {
    let article = read_json(ARTICLE).into_result().unwrap();
    let cases = article.get("cases").and_then(Node::as_list).unwrap();
    assert_eq!(cases.len(), 52);
    for case in cases {
        let request = request(case);
        let policies = policies(case, article.get("policies").unwrap());
        let decision = decide(&request, &policies.compile().layers());
        let (caller, action) = (request.caller(), request.action());
        let expected = text(case, "expected").unwrap();
        assert_eq!(format!("{:?}", decision.outcome), expected, "{caller} {action}");
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key)?.as_text()
}

fn request(case: &Node) -> Request {
    let mut context = Context::new();
    for entry in case.get("context").and_then(Node::as_map).unwrap() {
        context.set(&entry.key.text, entry.value.as_text().unwrap());
    }
    let mut resource = Resource::new(text(case, "resource").unwrap());
    resource.account = text(case, "owner").and_then(AccountId::parse);
    let caller = Caller::parse(text(case, "caller").unwrap()).unwrap();
    Request::new(caller, text(case, "action").unwrap(), resource, context).unwrap()
}

fn policies(case: &Node, texts: &Node) -> Policies {
    let policy = |name: &str, kind| {
        let read = Document::read(texts.get(name).unwrap(), kind);
        assert!(read.document.is_some(), "{name}: {:?}", read.diagnostics);
        Policy { name: name.to_owned(), document: read.document }
    };
    let identity = case.get("identity").and_then(Node::as_list).unwrap().iter();
    let identity = identity.map(|name| policy(name.as_text().unwrap(), PolicyKind::RoleInline));
    let kind = |name| match name {
        "key" => PolicyKind::Key,
        "bucket" => PolicyKind::Bucket,
        _ => PolicyKind::Trust,
    };
    Policies {
        identity: identity.collect(),
        boundary: text(case, "boundary").map(|name| policy(name, PolicyKind::Managed)),
        resource: text(case, "resource-policy").map(|name| policy(name, kind(name))),
        ..Policies::default()
    }
}
