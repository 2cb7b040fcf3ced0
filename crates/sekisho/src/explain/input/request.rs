//! The `request` of a request file: who, what, on what, and in which circumstances.

use std::collections::BTreeMap;

use sekisho_iam::caller::{FederatedUser, RoleSession, User};
use sekisho_iam::context::ContextEntry;
use sekisho_iam::request::RequestError;
use sekisho_iam::{Caller, Context, ContextValue, Request, Resource};
use sekisho_tree::{Diagnostic, Node, Span};

use super::fields::{Fields, Reader};
use super::known;

/// Reads `request`. `None` where a fact is missing or wrong; each has been noted then.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Option<Request> {
    let known = ["caller", "action", "resource", "context"];
    let fields = reader.fields(node, "`request`", &known)?;
    let caller = reader.required(fields, "caller").and_then(|node| caller(reader, node));
    let action_node = reader.required(fields, "action");
    let action = action_node.and_then(|node| action(reader, node));
    let resource_node = reader.required(fields, "resource");
    let resource = resource_node.and_then(|node| resource(reader, node));
    let context = fields.get("context").map(|node| context(reader, node));
    let (values, keys) = context.unwrap_or_else(|| Some(Default::default()))?;
    let places = Places { action: action_node?.span, resource: resource_node?, keys };
    let request = Request::new(caller?, action?, resource?, values);
    match &request {
        Err(error) => reader.say(places.diagnostic(error)),
        Ok(request) => places.unknown_names(request).into_iter().for_each(|note| reader.say(note)),
    }
    request.ok()
}

/// An action, judged alone: a mistake elsewhere must not hide one here.
fn action<'n>(reader: &mut Reader, node: &'n Node) -> Option<&'n str> {
    let text = reader.text(node, "`action`")?;
    let alone = Request::new(Caller::Anonymous, text, Resource::new("*"), Context::new());
    alone.map_err(|error| reader.error("action", node.span, error.to_string())).ok()?;
    Some(text)
}

/// A resource, judged alone.
fn resource(reader: &mut Reader, node: &Node) -> Option<Resource> {
    let resource = described(reader, node)?;
    let places = Places { action: node.span, resource: node, keys: BTreeMap::new() };
    let alone = Request::new(Caller::Anonymous, "service:Action", resource.clone(), Context::new());
    alone.map_err(|error| reader.say(places.diagnostic(&error))).ok()?;
    Some(resource)
}

/// Where the facts stand that a request can be wrong about.
struct Places<'n> {
    action: Span,
    resource: &'n Node,
    /// By their lower-case names.
    keys: BTreeMap<String, Span>,
}

impl Places<'_> {
    fn unknown_names(&self, request: &Request) -> Vec<Diagnostic> {
        let key =
            |entry: &ContextEntry| known::condition_key(&entry.key, *self.keys.get(&*entry.lower)?);
        let keys = request.context().entries().iter().filter_map(key);
        known::action(request.action(), self.action).into_iter().chain(keys).collect()
    }

    /// Where a condition key stands; the action where it stands nowhere.
    fn place_of(&self, key: &str) -> Span {
        self.keys.get(&key.to_ascii_lowercase()).copied().unwrap_or(self.action)
    }

    fn diagnostic(&self, error: &RequestError) -> Diagnostic {
        let of = |key: &str| self.resource.get(key).map_or(self.resource.span, |node| node.span);
        match error {
            RequestError::Action(_) => Diagnostic::error("action", self.action, error.to_string()),
            RequestError::Resource(_) => {
                Diagnostic::error("resource", of("arn"), error.to_string())
            }
            RequestError::ResourceAccount(arn) => {
                let help = format!("write `resource: {{arn: '{arn}', account: '111111111111'}}`");
                Diagnostic::error("resource-account", of("arn"), error.to_string()).with_help(help)
            }
            RequestError::ResourceAccountDiffers { .. } => {
                Diagnostic::error("resource-account", of("account"), error.to_string())
            }
            RequestError::Contradiction { key, .. } => {
                Diagnostic::error("context-contradicts", self.place_of(key), error.to_string())
            }
            RequestError::ContextValueTooLong { key, .. } => {
                Diagnostic::error("context-too-long", self.place_of(key), error.to_string())
            }
        }
    }
}

/// The forms of a caller: its key, and the keys that may stand beside it.
const CALLER_FORMS: [(&str, &[&str]); 5] = [
    ("role", &["role", "session", "id", "provider"]),
    ("user", &["user", "id"]),
    ("federated-user", &["federated-user", "issuer"]),
    ("service", &["service"]),
    ("external", &["external"]),
];

fn caller(reader: &mut Reader, node: &Node) -> Option<Caller> {
    if node.as_map().is_none() {
        let text = reader.text(node, "`caller`")?;
        return named(reader, node.span, text);
    }
    let form = CALLER_FORMS.iter().find(|(key, _)| node.get(key).is_some());
    let Some((form, known)) = form else {
        let forms = CALLER_FORMS.map(|(key, _)| key).join("`, `");
        let message = format!("`caller` does not say who calls: it needs one of `{forms}`");
        reader.error("caller", node.span, message);
        return None;
    };
    let fields = reader.fields(node, "this `caller`", known)?;
    let name = reader.required(fields, form)?;
    let text = reader.text(name, &format!("`{form}`"))?;
    match *form {
        "external" => Some(Caller::External(text.to_owned())),
        form => {
            let caller = named(reader, name.span, text)?;
            completed(reader, caller, form, name.span, fields)
        }
    }
}

fn named(reader: &mut Reader, span: Span, text: &str) -> Option<Caller> {
    Caller::parse(text).map_err(|error| reader.error("caller", span, error.to_string())).ok()
}

/// Adds what stands beside the name, and holds the name against the form.
fn completed(
    reader: &mut Reader,
    caller: Caller,
    form: &str,
    span: Span,
    fields: Fields<'_>,
) -> Option<Caller> {
    let mut more = |key: &str| reader.optional_text(fields, key).map(str::to_owned);
    match (form, caller) {
        ("role", Caller::Role(role)) => Some(Caller::Role(RoleSession {
            session_name: more("session").or(role.session_name),
            role_id: more("id"),
            provider: more("provider"),
            ..role
        })),
        ("user", Caller::User(user)) => Some(Caller::User(User { id: more("id"), ..user })),
        ("federated-user", Caller::FederatedUser(user)) => {
            Some(Caller::FederatedUser(FederatedUser { issuer_arn: more("issuer"), ..user }))
        }
        ("service", caller @ Caller::Service(_)) => Some(caller),
        (form, caller) => {
            let message = format!("`{caller}` does not name a {}", form.replace('-', " "));
            reader.error("caller", span, message);
            None
        }
    }
}

fn described(reader: &mut Reader, node: &Node) -> Option<Resource> {
    if node.as_map().is_none() {
        return Some(Resource::new(reader.text(node, "`resource`")?));
    }
    let fields = reader.fields(node, "`resource`", &["arn", "account", "bucket-abac"])?;
    let arn = reader.required(fields, "arn").and_then(|node| reader.text(node, "`arn`"));
    let account = fields.get("account").map(|node| reader.account(node, "`account`"));
    let abac = fields.get("bucket-abac").map(|node| reader.boolean(node, "`bucket-abac`"));
    let account = account.map_or(Some(None), |read| read.map(Some));
    Some(Resource {
        arn: arn?.to_owned(),
        account: account?,
        bucket_abac: abac.unwrap_or(Some(false))?,
    })
}

/// The condition keys, and where each stands, by its lower-case name.
fn context(reader: &mut Reader, node: &Node) -> Option<(Context, BTreeMap<String, Span>)> {
    let (mut context, mut spans) = (Context::new(), BTreeMap::new());
    for entry in reader.map(node, "`context`")? {
        let key = &*entry.key.text;
        if spans.insert(key.to_ascii_lowercase(), entry.key.span).is_some() {
            let message =
                format!("`{key}` stands here a second time: condition keys are case-insensitive");
            reader.error("duplicate-key", entry.key.span, message);
        }
        if let Some(value) = context_value(reader, key, &entry.value) {
            context.put(key, value);
        }
    }
    Some((context, spans))
}

fn context_value(reader: &mut Reader, key: &str, node: &Node) -> Option<ContextValue> {
    let what = format!("a value of `{key}`");
    match node.as_list() {
        None => Some(ContextValue::One(reader.scalar(node, &what)?.into())),
        Some(items) => {
            let values = items.iter().map(|item| reader.scalar(item, &what).map(Into::into));
            // Collected in two steps, so that every item is looked at.
            let values: Vec<Option<Box<str>>> = values.collect();
            Some(ContextValue::Many(values.into_iter().collect::<Option<_>>()?))
        }
    }
}
