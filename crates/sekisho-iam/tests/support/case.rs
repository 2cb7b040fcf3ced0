//! One row of a decision table as a request, its policies and the decision expected.

use std::collections::BTreeMap;

use sekisho_iam::{
    Caller, Context, Decision, Grant, GrantConstraint, LayerKind, LayerSet, Outcome, Policies,
    Request,
};

use super::cast::{self, Parsed};
use super::shorthand::{Names, at_most_one, levels, policies};

/// The facts of a case by the names of their columns: what the group gives, and over it the row.
pub(crate) struct Facts<'a>(BTreeMap<&'a str, &'a str>);

/// The columns of a decision table.
const COLUMNS: [&str; 19] = [
    "caller",
    "action",
    "resource",
    "context",
    "bucket abac",
    "identity",
    "boundary",
    "session",
    "scp",
    "rcp",
    "endpoint",
    "resource policy",
    "grants",
    "restrict public buckets",
    "management account",
    "decision",
    "by",
    "because",
    "why",
];

impl<'a> Facts<'a> {
    /// Puts a row over what its group gives.
    pub(crate) fn new(
        given: &'a [(String, String)],
        header: &'a [String],
        cells: &'a [String],
    ) -> Self {
        let given = given.iter().map(|(name, cell)| (name.as_str(), cell.as_str()));
        let row = header.iter().zip(cells).map(|(name, cell)| (name.as_str(), cell.as_str()));
        Self(given.chain(row).collect())
    }

    /// A fact; `-` where nobody says anything.
    pub(crate) fn get(&self, name: &str) -> &'a str {
        self.0.get(name).copied().unwrap_or("-")
    }

    /// Refuses names that no table of this kind has: a misspelt column must not pass.
    pub(crate) fn allow_only(&self, names: &[&str]) -> Parsed<()> {
        match self.0.keys().find(|name| !names.contains(name)) {
            Some(unknown) => Err(format!("no column is called `{unknown}`")),
            None => Ok(()),
        }
    }

    fn is_on(&self, name: &str) -> Parsed<bool> {
        match self.get(name) {
            "-" | "off" => Ok(false),
            "on" => Ok(true),
            other => Err(format!("`{name}` is `{other}`: write on or off")),
        }
    }
}

/// A case of a decision table.
pub(crate) struct Case {
    pub(crate) request: Request,
    pub(crate) policies: Policies,
    pub(crate) expected: Decision,
}

impl Case {
    /// Reads a case from its facts.
    pub(crate) fn read(facts: &Facts<'_>) -> Parsed<Self> {
        facts.allow_only(&COLUMNS)?;
        Ok(Self {
            request: request(facts)?,
            policies: policies_of(facts)?,
            expected: decision(facts.get("decision"), facts.get("by"))?,
        })
    }
}

/// The request of a row.
pub(crate) fn request(facts: &Facts<'_>) -> Parsed<Request> {
    let mut resource = cast::resource(facts.get("resource"))?;
    resource.bucket_abac = facts.is_on("bucket abac")?;
    let caller = cast::caller(facts.get("caller"))?;
    let context = context(facts.get("context"))?;
    Request::new(caller, facts.get("action"), resource, context).map_err(|why| why.to_string())
}

/// `key = value; key = {value, value}`.
pub(crate) fn context(cell: &str) -> Parsed<Context> {
    let mut context = Context::new();
    let entries = if cell == "-" { "" } else { cell };
    for entry in entries.split(';').filter(|entry| !entry.trim().is_empty()) {
        let (key, value) = entry.split_once(" = ").ok_or_else(|| format!("`{entry}`: no ` = `"))?;
        put(&mut context, key.trim(), value.trim());
    }
    Ok(context)
}

/// Puts a key into the context: `{a, b}` is multivalued, `{}` holds no value, `-` is absent.
pub(crate) fn put(context: &mut Context, key: &str, value: &str) {
    let many = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match (value, many) {
        ("-", _) => {}
        (_, None) => context.set(key, super::shorthand::unquoted(value)),
        (_, Some("")) => context.set_many(key, [""; 0]),
        (_, Some(list)) => {
            let values = list.split(", ").map(super::shorthand::unquoted);
            context.set_many(key, values);
        }
    }
}

fn policies_of(facts: &Facts<'_>) -> Parsed<Policies> {
    use Names::{Nobody, Somebody};
    let session = match facts.get("session") {
        "-" => None,
        "empty" => Some(Vec::new()),
        cell => Some(policies(cell, Nobody)?),
    };
    let management_account = match facts.get("management account") {
        "-" => None,
        name => Some(cast::account(name)?),
    };
    Ok(Policies {
        identity: policies(facts.get("identity"), Nobody)?,
        boundary: at_most_one(facts.get("boundary"), Nobody)?,
        session,
        scps: levels(facts.get("scp"), Nobody)?,
        rcps: levels(facts.get("rcp"), Somebody)?,
        endpoint: at_most_one(facts.get("endpoint"), Somebody)?,
        resource: at_most_one(facts.get("resource policy"), Somebody)?,
        grants: grants(facts.get("grants"))?,
        restrict_public_buckets: facts.is_on("restrict public buckets")?,
        management_account,
    })
}

fn grants(cell: &str) -> Parsed<Vec<Grant>> {
    match cell {
        "-" => Ok(Vec::new()),
        _ => cell.split(" + ").map(grant).collect(),
    }
}

/// `Decrypt, Encrypt to role build when equals k=v from arn:… issued by B retired by user carol`.
fn grant(cell: &str) -> Parsed<Grant> {
    let (rest, retiring) = cell.split_once(" retired by ").unwrap_or((cell, "-"));
    let (rest, issued) = rest.split_once(" issued by ").unwrap_or((cell, "-"));
    let (rest, source) = rest.split_once(" from ").unwrap_or((rest, "-"));
    let (rest, constraint) = rest.split_once(" when ").unwrap_or((rest, "-"));
    let (operations, to) = rest.split_once(" to ").ok_or_else(|| format!("`{cell}`: no to"))?;
    let present = |text: &str| (text != "-").then(|| text.to_owned());
    Ok(Grant {
        id: cell.to_owned(),
        grantee: cast::principal(to)?.value.text.into(),
        operations: operations.split(", ").map(str::to_owned).collect(),
        constraint: constraint_of(constraint)?,
        source_arn: present(source),
        retiring: present(retiring)
            .map(|name| cast::principal(&name).map(|principal| principal.value.text.into()))
            .transpose()?,
        issued_by: present(issued).map(|name| cast::account(&name)).transpose()?,
    })
}

/// `equals k=v, l=w` or `subset k=v`.
fn constraint_of(cell: &str) -> Parsed<Option<GrantConstraint>> {
    if cell == "-" {
        return Ok(None);
    }
    let (kind, pairs) = cell.split_once(' ').unwrap_or((cell, ""));
    let pairs = pairs.split(", ").filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    match kind {
        "equals" => Ok(Some(GrantConstraint::Equals(pairs))),
        "subset" => Ok(Some(GrantConstraint::Subset(pairs))),
        other => Err(format!("`{other}` is neither equals nor subset")),
    }
}

fn decision(outcome: &str, by: &str) -> Parsed<Decision> {
    let outcome = match outcome {
        "allowed" => Outcome::Allowed,
        "implicit" => Outcome::ImplicitlyDenied,
        "explicit" => Outcome::ExplicitlyDenied,
        other => return Err(format!("`{other}` is neither allowed, implicit nor explicit")),
    };
    let mut layers = LayerSet::EMPTY;
    for name in by.split(", ").filter(|name| *name != "-") {
        layers = layers.with(layer(name).ok_or_else(|| format!("`{name}` is no layer"))?);
    }
    Ok(Decision { outcome, layers })
}

/// The layers by the names of their columns.
fn layer(name: &str) -> Option<LayerKind> {
    LayerKind::ALL.into_iter().find(|kind| layer_name(*kind) == name)
}

fn layer_name(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Identity => "identity",
        LayerKind::Boundary => "boundary",
        LayerKind::Session => "session",
        LayerKind::Scp => "scp",
        LayerKind::Rcp => "rcp",
        LayerKind::Endpoint => "endpoint",
        LayerKind::Resource => "resource",
        LayerKind::Grant => "grant",
        LayerKind::PublicAccessBlock => "public access block",
    }
}

/// A decision in the words of the tables.
pub(crate) fn in_words(decision: Decision) -> String {
    let outcome = match decision.outcome {
        Outcome::Allowed => "allowed",
        Outcome::ImplicitlyDenied => "implicit",
        Outcome::ExplicitlyDenied => "explicit",
    };
    let layers: Vec<_> = decision.layers.iter().map(layer_name).collect();
    format!("{outcome} by {}", layers.join(", "))
}

/// The kind of a caller, for counting.
pub(crate) fn kind_of(caller: &Caller) -> &'static str {
    match caller {
        Caller::Root(_) => "root",
        Caller::User(_) => "user",
        Caller::Role(_) => "role",
        Caller::FederatedUser(_) => "federated user",
        Caller::External(_) => "outsider",
        Caller::Service(_) => "service",
        Caller::Anonymous => "anonymous",
    }
}
