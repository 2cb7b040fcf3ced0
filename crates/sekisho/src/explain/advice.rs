//! What to change so that a denied request is allowed: where it stands, and in a sentence.

use sekisho_iam::document::{Condition, Effect, Matcher, Statement};
use sekisho_iam::explanation::{Change, Miss, NearStatement, StatementRef};
use sekisho_iam::public::first_public_statement;
use sekisho_iam::{Caller, LayerKind, Request};
use sekisho_tree::Span;

use super::case::{Case, Quoted};
use super::condition;
use super::words;
use crate::render::Mark;

/// Advice on one change.
#[derive(Debug, Clone)]
pub(crate) struct Advice<'a> {
    /// The layer to change, for people.
    pub(crate) layer: String,
    /// The statement to change, or beside which to add one.
    pub(crate) at: Option<Quoted<'a>>,
    /// What to look at in it.
    pub(crate) marks: Vec<Mark>,
    /// What to do: one sentence for each thing that is wrong with the statement.
    pub(crate) fixes: Vec<String>,
}

/// A place in a statement and what to do about it.
pub(super) type Repair = (Mark, String);

/// The advice for a change.
pub(crate) fn advice<'a>(case: &'a Case, change: &Change) -> Advice<'a> {
    match change {
        Change::Widen { layer, level, near } => widen(case, (*layer, *level), near),
        Change::Add { layer, level } => add(case, (*layer, *level)),
        Change::Lift { layer, level, at } => lift(case, (*layer, *level), *at),
        Change::UnblockPublicAccess => unblock(case),
    }
}

/// The statement that makes a bucket policy public, and how to live with it.
fn unblock(case: &Case) -> Advice<'_> {
    let policy = case.layer(LayerKind::Resource, None).first();
    let document = policy.and_then(|policy| policy.document.as_ref());
    let public = document.and_then(first_public_statement);
    let at = public.and_then(|index| {
        let at = StatementRef { policy: 0, statement: Some(index) };
        case.quote(LayerKind::Resource, None, at)
    });
    let to_whom = at
        .and_then(|quoted| quoted.statement)
        .and_then(|(_, statement)| statement.principals.as_ref());
    let mark = |principals: &Matcher<_>| {
        primary(principals.span, "this makes the bucket policy public".to_owned())
    };
    let narrow = match case.request.caller() {
        Caller::Anonymous => "pin the callers with a condition such as `aws:SourceIp`",
        _ => "name the callers in `Principal`, or pin them with a condition",
    };
    let fix = format!(
        "the bucket policy is public and `RestrictPublicBuckets` is on: in every public statement \
         {narrow}; or switch `RestrictPublicBuckets` off"
    );
    let layer = words::layer(case, LayerKind::PublicAccessBlock, None);
    Advice { layer, at, marks: to_whom.map(mark).into_iter().collect(), fixes: vec![fix] }
}

type Layer = (LayerKind, Option<usize>);

fn widen<'a>(case: &'a Case, (layer, level): Layer, near: &NearStatement) -> Advice<'a> {
    let at = case.quote(layer, level, near.at);
    let statement = at.and_then(|quoted| quoted.statement).map(|(_, statement)| statement);
    let repair = |miss| repair(&case.request, statement?, miss);
    let (marks, fixes) = near.misses.iter().filter_map(repair).unzip();
    Advice { layer: words::layer(case, layer, level), at, marks, fixes }
}

fn repair(request: &Request, statement: &Statement, miss: &Miss) -> Option<Repair> {
    match miss {
        Miss::Action => Some(listed(&statement.actions, "Action", request.action())),
        Miss::Resource => {
            let resources = statement.resources.as_ref()?;
            let (mut mark, fix) = listed(resources, "Resource", &request.resource().arn);
            if let Some(difference) = only_item_differs(resources, &request.resource().arn) {
                mark.label = difference;
            }
            Some((mark, fix))
        }
        Miss::Principal => Some(principal(statement.principals.as_ref()?, request.caller())),
        Miss::Condition { condition, got } => {
            Some(condition::unmet(statement.conditions.get(*condition)?, got.as_deref()))
        }
    }
}

/// The repair of an `Action` or `Resource` and their `Not…` forms.
fn listed<T>(matcher: &Matcher<T>, element: &str, wanted: &str) -> Repair {
    let (label, fix) = if matcher.negated {
        let fix = format!("take what covers `{wanted}` out of this `Not{element}`");
        (format!("this excludes `{wanted}`"), fix)
    } else {
        let label = match matcher.items.len() {
            0 | 1 => format!("this is not `{wanted}`"),
            _ => format!("`{wanted}` is not among these"),
        };
        (label, format!("add `{wanted}` to this `{element}`"))
    };
    (primary(matcher.span, label), fix)
}

/// Says in which field the only ARN of a `Resource` differs from the one that is asked for.
fn only_item_differs(
    resources: &Matcher<sekisho_iam::document::Text>,
    asked: &str,
) -> Option<String> {
    let [item] = resources.items.as_slice() else { return None };
    let (here, asked) = (sekisho_iam::Arn::parse(&item.text)?, sekisho_iam::Arn::parse(asked)?);
    let name = |resource: &'_ str| resource.split('/').next().unwrap_or_default().to_owned();
    let fields = [
        ("partition", here.partition.to_owned(), asked.partition.to_owned()),
        ("service", here.service.to_owned(), asked.service.to_owned()),
        ("region", here.region.to_owned(), asked.region.to_owned()),
        ("account", here.account.to_owned(), asked.account.to_owned()),
        (
            if here.service == "s3" { "bucket" } else { "resource" },
            name(here.resource),
            name(asked.resource),
        ),
    ];
    let differs = |(_, here, asked): &&(&str, String, String)| {
        !here.contains(['*', '?', '$']) && here != asked
    };
    let (field, here, asked) = fields.iter().find(differs)?;
    (!resources.negated)
        .then(|| format!("the {field} here is `{here}`, the request's is `{asked}`"))
}

fn principal<T>(principals: &Matcher<T>, caller: &Caller) -> Repair {
    let (label, fix) = if principals.negated {
        let fix = "name the account, the role and the session in this `NotPrincipal`, or replace it with a condition on `aws:PrincipalArn`";
        (format!("this does not spare `{caller}`"), fix.to_owned())
    } else {
        let fix = match principal_entry(caller) {
            (None, everyone) => format!("add `{everyone}` to this `Principal`"),
            (Some(key), name) => format!("add `{name}` under `{key}` in this `Principal`"),
        };
        (format!("this does not name `{caller}`"), fix)
    };
    (primary(principals.span, label), fix)
}

/// How a `Principal` element names the caller: under which key, and by which name.
fn principal_entry(caller: &Caller) -> (Option<&'static str>, String) {
    match caller {
        Caller::Role(role) => (Some("AWS"), role.role_arn.clone()),
        Caller::Root(_) | Caller::User(_) | Caller::FederatedUser(_) => {
            (Some("AWS"), caller.to_string())
        }
        Caller::External(provider) => (Some("Federated"), provider.clone()),
        Caller::Service(name) => (Some("Service"), name.clone()),
        Caller::Anonymous => (None, "*".to_owned()),
    }
}

fn add(case: &Case, (layer, level): Layer) -> Advice<'_> {
    let last = last_allow(case, layer, level);
    let statement = allow_statement(&case.request, layer);
    let fix = match (layer, last.is_some()) {
        (LayerKind::Grant, _) => grant(&case.request),
        (_, true) => format!("add the statement {statement}"),
        (LayerKind::Identity, false) => format!("give the caller a policy with {statement}"),
        (_, false) => format!("there is none: add one with {statement}"),
    };
    let full_access = match layer {
        LayerKind::Scp => vec!["or attach `FullAWSAccess` at this level".to_owned()],
        _ => Vec::new(),
    };
    let mark = |span| primary(span, "beside this statement".to_owned());
    Advice {
        layer: words::layer(case, layer, level),
        at: last,
        marks: last.and_then(|quoted| quoted.handle()).map(mark).into_iter().collect(),
        fixes: std::iter::once(fix).chain(full_access).collect(),
    }
}

/// The last Allow statement of the first policy of a layer: beside it there is room for one more.
fn last_allow(case: &Case, layer: LayerKind, level: Option<usize>) -> Option<Quoted<'_>> {
    let document = case.layer(layer, level).first()?.document.as_ref()?;
    let allows = |statement: &Statement| statement.effect == Effect::Allow;
    let statement = document.statements.iter().rposition(allows);
    case.quote(layer, level, StatementRef { policy: 0, statement })
}

fn grant(request: &Request) -> String {
    let (_, grantee) = principal_entry(request.caller());
    let operation = request.action().split(':').nth(1).unwrap_or_default();
    format!(
        "create a grant on the key with the grantee `{grantee}` and the operation `{operation}`"
    )
}

/// The smallest statement that allows the request in this layer, as JSON in AWS's own order of keys.
fn allow_statement(request: &Request, layer: LayerKind) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut fields = vec![("Effect", quoted("Allow"))];
    if let Some(principal) = principal_json(request, layer) {
        fields.push(("Principal", principal));
    }
    fields.push(("Action", quoted(request.action())));
    match (layer, words::resource_policy(request)) {
        (LayerKind::Resource, "trust policy") => {}
        (LayerKind::Resource, "key policy") => fields.push(("Resource", quoted("*"))),
        _ => fields.push(("Resource", quoted(&request.resource().arn))),
    }
    let fields: Vec<String> =
        fields.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{{}}}", fields.join(", "))
}

/// The `Principal` of such a statement: the caller in a resource policy, everyone where the element
/// must be there and the layer is not about callers.
fn principal_json(request: &Request, layer: LayerKind) -> Option<String> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match (layer, principal_entry(request.caller())) {
        (LayerKind::Endpoint | LayerKind::Rcp, _) => Some(quoted("*")),
        (LayerKind::Resource, (None, everyone)) => Some(quoted(&everyone)),
        (LayerKind::Resource, (Some(key), name)) => {
            Some(format!("{{{}: {}}}", quoted(key), quoted(&name)))
        }
        _ => None,
    }
}

fn lift<'a>(case: &'a Case, (layer, level): Layer, at: StatementRef) -> Advice<'a> {
    let quoted = case.quote(layer, level, at);
    let layer_name = words::layer(case, layer, level);
    let Some((_, statement)) = quoted.and_then(|quoted| quoted.statement) else {
        let fix = "repair the policy: one that cannot be read denies everything".to_owned();
        return Advice { layer: layer_name, at: quoted, marks: Vec::new(), fixes: vec![fix] };
    };
    let surprises = |condition: &Condition| condition::holds_on_missing(condition, &case.request);
    let (mut marks, mut fixes): (Vec<Mark>, Vec<String>) =
        statement.conditions.iter().filter_map(surprises).unzip();
    if marks.is_empty() {
        let holds = |condition| condition::holds(condition, &case.request);
        marks.extend(statement.conditions.iter().map(holds));
    }
    if let Some(span) = quoted.and_then(|quoted| quoted.handle()) {
        let label = format!("this Deny covers `{}`", case.request.action());
        marks.push(Mark { primary: marks.is_empty(), ..primary(span, label) });
    }
    if fixes.is_empty() {
        fixes.push(narrow(&case.request, statement));
    }
    Advice { layer: layer_name, at: quoted, marks, fixes }
}

fn narrow(request: &Request, statement: &Statement) -> String {
    let (action, resource) = (request.action(), &request.resource().arn);
    let how = if statement.conditions.is_empty() {
        "remove this Deny, or narrow it".to_owned()
    } else {
        "all conditions of this Deny hold: make one of them fail, or narrow it".to_owned()
    };
    format!("{how} so that it no longer covers `{action}` on `{resource}`")
}

/// A mark that is the point.
pub(super) fn primary(span: Span, label: String) -> Mark {
    Mark { span, primary: true, label }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use sekisho_tree::Source;

    use super::*;
    use crate::explain::input;

    fn case(policies: &str) -> Case {
        let request = "{caller: anonymous, action: 's3:GetObject', \
                       resource: {arn: 'arn:aws:s3:::b/k', account: '111111111111'}}";
        let text = format!("request: {request}\npolicies: {policies}\n");
        let source = Rc::new(Source::new("case.yaml", text.into()).unwrap());
        input::read(&source, "case.yaml").unwrap()
    }

    fn fixes(policies: &str, change: &Change) -> Vec<String> {
        advice(&case(policies), change).fixes
    }

    #[test]
    fn a_blocked_public_policy_can_be_narrowed_or_unblocked() {
        let allow = |principal| {
            format!(
                "{{Effect: Allow, Principal: {principal}, Action: 's3:*', Resource: 'arn:aws:s3:::b/*'}}"
            )
        };
        let statements = format!("{}, {}", allow("{AWS: '222222222222'}"), allow("'*'"));
        let case = case(&format!(
            "{{restrict-public-buckets: true, resource: {{Statement: [{statements}]}}}}"
        ));
        let advice = advice(&case, &Change::UnblockPublicAccess);
        assert_eq!(advice.layer, "S3 Block Public Access");
        assert_eq!(advice.at.and_then(|quoted| quoted.statement).map(|(index, _)| index), Some(1));
        assert_eq!(advice.marks.len(), 1);
        assert!(advice.fixes.concat().contains("`aws:SourceIp`"), "{:?}", advice.fixes);
    }

    #[test]
    fn added_statements_have_the_principal_their_layer_wants() {
        for (layer, principal) in [
            (LayerKind::Resource, true),
            (LayerKind::Endpoint, true),
            (LayerKind::Rcp, true),
            (LayerKind::Identity, false),
            (LayerKind::Scp, false),
        ] {
            let fixes = fixes("{}", &Change::Add { layer, level: None });
            let named = fixes.iter().any(|fix| fix.contains("\"Principal\": \"*\""));
            assert_eq!(named, principal, "{layer:?} {fixes:?}");
        }
    }

    #[test]
    fn a_grant_is_created_for_the_operation() {
        let fixes = fixes("{}", &Change::Add { layer: LayerKind::Grant, level: None });
        assert!(fixes.iter().any(|fix| fix.contains("the operation `GetObject`")), "{fixes:?}");
    }

    #[test]
    fn a_change_that_points_nowhere_still_gives_advice() {
        let at = StatementRef { policy: 9, statement: Some(9) };
        let near = NearStatement { at, misses: vec![Miss::Action] };
        let (layer, level) = (LayerKind::Scp, Some(7));
        let lift = Change::Lift { layer, level, at: StatementRef { policy: 0, statement: None } };
        assert_eq!(fixes("{}", &lift).len(), 1);
        assert!(fixes("{}", &Change::Widen { layer, level, near }).is_empty());
    }
}
