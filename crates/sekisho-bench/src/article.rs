//! The article's policies and the calls its pipeline makes.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use sekisho_iam::{
    AccountId, Caller, Compiled, Context, Document, Policies, Policy, PolicyKind, Request, Resource,
};
use serde::Deserialize;

const ARTICLE: &str = include_str!("../../sekisho-iam/tests/data/article.json");

/// One call, compiled.
#[derive(Debug)]
pub struct Case {
    /// The call.
    pub request: Request,
    /// The policies that bear on it.
    pub policies: Compiled,
}

/// The article's calls.
#[derive(Debug)]
pub struct Article {
    /// In the order in which the pipeline makes them.
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Written {
    policies: BTreeMap<String, serde_json::Value>,
    cases: Vec<WrittenCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenCase {
    caller: String,
    action: String,
    resource: String,
    identity: Vec<String>,
    context: BTreeMap<String, String>,
    boundary: Option<String>,
    resource_policy: Option<String>,
    owner: Option<String>,
}

impl Article {
    /// Reads and compiles the article's policies and calls.
    ///
    /// # Errors
    /// If the committed data is damaged.
    pub fn read() -> Result<Self> {
        let written: Written = serde_json::from_str(ARTICLE).context("reading article.json")?;
        let cases = written.cases.iter().map(|case| case.compile(&written.policies));
        Ok(Self { cases: cases.collect::<Result<_>>()? })
    }
}

impl WrittenCase {
    fn compile(&self, texts: &BTreeMap<String, serde_json::Value>) -> Result<Case> {
        let mut context = Context::new();
        self.context.iter().for_each(|(key, value)| context.set(key, value.as_str()));
        let mut resource = Resource::new(&self.resource);
        resource.account = self.owner.as_deref().and_then(AccountId::parse);
        let request = Request::new(Caller::parse(&self.caller)?, &self.action, resource, context)?;
        let policy = |name: &String, kind| policy(texts, name, kind);
        let identity = self.identity.iter().map(|name| policy(name, PolicyKind::RoleInline));
        let policies = Policies {
            identity: identity.collect::<Result<_>>()?,
            boundary: self
                .boundary
                .iter()
                .map(|name| policy(name, PolicyKind::Managed))
                .next()
                .transpose()?,
            resource: self
                .resource_policy
                .iter()
                .map(|name| policy(name, resource_kind(name)))
                .next()
                .transpose()?,
            ..Policies::default()
        };
        Ok(Case { request, policies: policies.compile() })
    }
}

fn resource_kind(name: &str) -> PolicyKind {
    match name {
        "key" => PolicyKind::Key,
        "bucket" => PolicyKind::Bucket,
        _ => PolicyKind::Trust,
    }
}

fn policy(
    texts: &BTreeMap<String, serde_json::Value>,
    name: &str,
    kind: PolicyKind,
) -> Result<Policy> {
    let text = texts.get(name).with_context(|| format!("there is no policy `{name}`"))?.to_string();
    let read = Document::from_json(&text, kind);
    ensure!(read.document.is_some(), "the policy `{name}` cannot be read: {:?}", read.diagnostics);
    Ok(Policy { name: name.to_owned(), document: read.document })
}
