//! Explanations hold: over generated cases the decision of an explanation is the engine's, the
//! changes of a nearest miss allow the request when they are made, and none of them is idle.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use sekisho_iam::caller::Caller;
use sekisho_iam::document::{
    Document, Effect, Matcher, Principal, PrincipalKind, Statement, Text, Version,
};
use sekisho_iam::explanation::{Change, Miss, NearStatement, StatementRef};
use sekisho_iam::{Explanation, LayerKind, Policies, Policy, Request, decide, explain};
use sekisho_spec::{Case, case};
use sekisho_tree::Span;

const CASES: u64 = 40_000;

#[test]
fn the_nearest_miss_of_a_denial_allows_it_and_each_change_is_needed() {
    let mut repaired = 0;
    for seed in 0..CASES {
        let Case { request, policies } = case(seed);
        let Explanation { decision, nearest_miss, .. } = explained(&request, &policies);
        let says = |what: &str| panic!("seed {seed}: {what}\n{nearest_miss:#?}\n{}", case(seed));
        if decision != decided(&request, &policies) {
            says("the explanation has another decision than the engine");
        }
        if decision.is_allowed() != nearest_miss.is_empty() && !cannot_be_helped(&request) {
            says("a denial has changes, an allowed request has none");
        }
        if nearest_miss.is_empty() {
            continue;
        }
        repaired += 1;
        let with = |changes: &[&Change]| decided(&request, &changed(&policies, &request, changes));
        let all: Vec<&Change> = nearest_miss.iter().collect();
        if !with(&all).is_allowed() {
            says("the changes do not allow the request");
        }
        for idle in 0..all.len() {
            let mut others = all.clone();
            others.remove(idle);
            if with(&others).is_allowed() {
                says(&format!("change {idle} is not needed"));
            }
        }
    }
    assert!(repaired > CASES / 3, "only {repaired} denials were repaired");
}

/// No policy lets a root user assume a role, a federated user call STS or IAM, nobody use a key, or
/// somebody retire a grant that does not say so.
fn cannot_be_helped(request: &Request) -> bool {
    let service = request.service();
    request.retires_grant()
        || match request.caller() {
            Caller::Root(_) => service == "sts",
            Caller::FederatedUser(_) => service == "sts" || service == "iam",
            Caller::Anonymous => service == "sts" || service == "kms",
            _ => false,
        }
}

fn explained(request: &Request, policies: &Policies) -> Explanation {
    explain(request, &policies.compile().layers())
}

fn decided(request: &Request, policies: &Policies) -> sekisho_iam::Decision {
    decide(request, &policies.compile().layers())
}

/// The policies after the changes.
fn changed(policies: &Policies, request: &Request, changes: &[&Change]) -> Policies {
    let mut policies = policies.clone();
    let mut additions = Vec::new();
    for change in changes {
        match change {
            Change::Lift { layer, level, at } => lift(layer_of(&mut policies, *layer, *level), *at),
            Change::Widen { layer, level, near } => {
                let was_public = is_public(&policies);
                widen(layer_of(&mut policies, *layer, *level), near, *layer, request);
                // The condition is dropped here, which may make the policy public; one that is
                // made to hold does not.
                policies.restrict_public_buckets &= was_public || !is_public(&policies);
            }
            Change::Add { layer, level } => additions.push((*layer, *level)),
            Change::UnblockPublicAccess => policies.restrict_public_buckets = false,
        }
    }
    // At the end, so that references to statements stay true.
    for (layer, level) in additions {
        add(&mut policies, layer, level, request);
    }
    policies
}

fn is_public(policies: &Policies) -> bool {
    let document = policies.resource.as_ref().and_then(|policy| policy.document.as_ref());
    document.is_some_and(sekisho_iam::public::is_public)
}

fn layer_of(policies: &mut Policies, layer: LayerKind, level: Option<usize>) -> Vec<&mut Policy> {
    match layer {
        LayerKind::Identity => policies.identity.iter_mut().collect(),
        LayerKind::Boundary => policies.boundary.iter_mut().collect(),
        LayerKind::Session => policies.session.iter_mut().flatten().collect(),
        LayerKind::Scp => nth(&mut policies.scps, level),
        LayerKind::Rcp => nth(&mut policies.rcps, level),
        LayerKind::Endpoint => policies.endpoint.iter_mut().collect(),
        LayerKind::Resource => policies.resource.iter_mut().collect(),
        LayerKind::Grant | LayerKind::PublicAccessBlock => Vec::new(),
    }
}

fn nth(levels: &mut [Vec<Policy>], level: Option<usize>) -> Vec<&mut Policy> {
    levels.get_mut(level.expect("a level")).into_iter().flatten().collect()
}

/// An unreadable policy is replaced by an empty one, a Deny statement is turned elsewhere.
fn lift(mut layer: Vec<&mut Policy>, at: StatementRef) {
    let policy = layer.get_mut(at.policy).expect("the policy that was named");
    match at.statement {
        None => policy.document = Some(empty()),
        Some(_) => statement(policy, at).actions = only(text("nothing:Nothing")),
    }
}

fn statement(policy: &mut Policy, at: StatementRef) -> &mut Statement {
    let document = policy.document.as_mut().expect("a policy that can be read");
    let index = at.statement.expect("a statement");
    document.statements.get_mut(index).expect("the statement that was named")
}

fn widen(mut layer: Vec<&mut Policy>, near: &NearStatement, kind: LayerKind, request: &Request) {
    let policy = layer.get_mut(near.at.policy).expect("the policy that was named");
    let statement = statement(policy, near.at);
    for miss in &near.misses {
        match miss {
            Miss::Action => put(&mut statement.actions, text(request.action())),
            Miss::Resource => {
                let resources = statement.resources.as_mut().expect("resources that miss");
                put(resources, text(&request.resource().arn));
            }
            Miss::Principal => {
                let principals = statement.principals.as_mut().expect("principals that miss");
                put(principals, principal(kind, request));
            }
            Miss::Condition { condition, .. } => {
                statement.conditions.remove(*condition);
            }
        }
    }
}

/// Adds an item to a list; a `Not…` list is replaced by the item.
fn put<T>(matcher: &mut Matcher<T>, item: T) {
    if std::mem::take(&mut matcher.negated) {
        matcher.items.clear();
    }
    matcher.items.push(item);
}

fn add(policies: &mut Policies, layer: LayerKind, level: Option<usize>, request: &Request) {
    let has_principal = matches!(layer, LayerKind::Endpoint | LayerKind::Resource);
    let statement = Statement {
        sid: None,
        effect: Effect::Allow,
        principals: has_principal.then(|| only(principal(layer, request))),
        actions: only(text(request.action())),
        resources: Some(only(text(&request.resource().arn))),
        conditions: Vec::new(),
        span: Span::default(),
    };
    let attach = |slot: &mut Option<Policy>| {
        let whole =
            slot.take().unwrap_or(Policy { name: "new".to_owned(), document: Some(empty()) });
        // Nothing can be added to a policy that cannot be read.
        *slot = Some(match whole.document {
            Some(document) => policy(document, statement.clone()),
            None => whole,
        });
    };
    let added = policy(empty(), statement.clone());
    match layer {
        LayerKind::Identity => policies.identity.push(added),
        LayerKind::Session => policies.session.get_or_insert_default().push(added),
        LayerKind::Scp => {
            policies.scps.get_mut(level.expect("a level")).expect("the level").push(added);
        }
        LayerKind::Boundary => attach(&mut policies.boundary),
        LayerKind::Endpoint => attach(&mut policies.endpoint),
        LayerKind::Resource => attach(&mut policies.resource),
        LayerKind::Rcp | LayerKind::Grant | LayerKind::PublicAccessBlock => {
            panic!("nothing is added to {layer:?}")
        }
    }
}

fn policy(mut document: Document, statement: Statement) -> Policy {
    document.statements.push(statement);
    Policy { name: "repaired".to_owned(), document: Some(document) }
}

/// The entry that names the caller most plainly; an endpoint lets everybody through.
fn principal(layer: LayerKind, request: &Request) -> Principal {
    let caller = request.caller();
    let (kind, value) = match caller {
        _ if layer == LayerKind::Endpoint => (PrincipalKind::Everyone, "*".to_owned()),
        Caller::Anonymous => (PrincipalKind::Everyone, "*".to_owned()),
        Caller::Service(name) => (PrincipalKind::Service, name.clone()),
        Caller::External(provider) => (PrincipalKind::Federated, provider.clone()),
        Caller::Role(role) => (PrincipalKind::Aws, role.role_arn.clone()),
        Caller::Root(_) | Caller::User(_) | Caller::FederatedUser(_) => {
            (PrincipalKind::Aws, caller.to_string())
        }
    };
    Principal { kind, value: text(&value) }
}

fn empty() -> Document {
    Document { version: Version::V2012, id: None, statements: Vec::new(), span: Span::default() }
}

fn only<T>(item: T) -> Matcher<T> {
    Matcher { negated: false, items: vec![item], span: Span::default() }
}

fn text(text: &str) -> Text {
    Text { text: text.into(), span: Span::default() }
}
