//! What a simulation is asked: the members that both simulating operations have.

use std::sync::Arc;

use sekisho_iam::{AccountId, Arn, Context};
use serde::{Deserialize, Serialize};

use super::super::state::Iam;
use super::caller::caller;
use super::source::{Source, sent, sent_of_resource};
use super::subject::Subject;
use super::{Side, Simulation};
use crate::fault::Fault;
use crate::gate::standing::Membership;

/// A condition key with its values.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ContextEntry {
    /// `aws:SourceIp`.
    pub context_key_name: Option<String>,
    /// Its values.
    #[serde(default)]
    pub context_key_values: Vec<String>,
    /// `string`, `stringList`, `numeric` …
    pub context_key_type: Option<String>,
}

/// What the caller has sent.
#[derive(Debug, Default)]
pub(in super::super) struct Scenario {
    pub(in super::super) policies: Vec<String>,
    pub(in super::super) boundary: Vec<String>,
    pub(in super::super) actions: Vec<String>,
    pub(in super::super) resources: Vec<String>,
    pub(in super::super) resource_policy: Option<String>,
    pub(in super::super) resource_owner: Option<String>,
    pub(in super::super) caller_arn: Option<String>,
    pub(in super::super) context: Vec<ContextEntry>,
    pub(in super::super) marker: Option<String>,
    pub(in super::super) max_items: Option<u32>,
}

impl Scenario {
    /// Puts the policies together: those that were sent and, for a simulation of a subject, its own,
    /// its boundary where none was sent, and its account's place in the organization.
    ///
    /// # Errors
    /// When something that was sent cannot be read.
    pub(in super::super) fn simulation(
        &self,
        iam: &Iam,
        account: AccountId,
        subject: Option<(Subject<'_>, Arc<Membership>)>,
    ) -> Result<Simulation, Fault> {
        let (subject, membership) = subject.unzip();
        let context = context(&self.context);
        let has_resource_policy = self.resource_policy.is_some();
        let caller_arn = self.caller_arn.as_deref();
        let caller = caller(caller_arn, subject, has_resource_policy, account, &context)?;
        let mut identity = subject.map(|subject| subject.sources(iam)).unwrap_or_default();
        identity.extend(sent("PolicyInputList", &self.policies)?);
        let resource = self.resource_policy.as_deref().map(sent_of_resource).transpose()?;
        Ok(Simulation {
            account: caller.account().unwrap_or(account),
            caller,
            identity: Side::new(identity),
            boundary: self.boundary(iam, subject)?,
            resource: resource.map(|source| Side::new(vec![source])),
            membership,
            owner: self.owner()?,
            context,
        })
    }

    fn boundary(&self, iam: &Iam, subject: Option<Subject<'_>>) -> Result<Option<Side>, Fault> {
        if !self.boundary.is_empty() {
            let sent = sent("PermissionsBoundaryPolicyInputList", &self.boundary)?;
            return Ok(Some(Side::new(sent)));
        }
        let own = subject.and_then(Subject::boundary);
        Ok(own.map(|arn| Side::new(vec![Source::boundary(iam, arn)])))
    }

    /// The account of `ResourceOwner`, an account's ARN.
    fn owner(&self) -> Result<Option<AccountId>, Fault> {
        let Some(owner) = self.resource_owner.as_deref() else { return Ok(None) };
        let account = Arn::parse(owner).and_then(|arn| arn.account_id()).or(owner.parse().ok());
        let text = || format!("the resource owner `{owner}` is no ARN of an account");
        account.map(Some).ok_or_else(|| invalid(text()))
    }
}

/// What was sent makes no simulation.
pub(in super::super) fn invalid(text: impl Into<String>) -> Fault {
    Fault::new("InvalidInput", text)
}

fn context(entries: &[ContextEntry]) -> Context {
    let mut context = Context::new();
    for entry in entries {
        let Some(key) = entry.context_key_name.as_deref() else { continue };
        let is_list = entry.context_key_type.as_deref().is_some_and(|one| one.ends_with("List"));
        match &entry.context_key_values[..] {
            [value] if !is_list => context.set(key, value.as_str()),
            values => context.set_many(key, values.iter().map(String::as_str)),
        }
    }
    context
}
