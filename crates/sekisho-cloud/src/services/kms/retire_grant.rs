//! `RetireGrant`: gives a grant back. The grant itself says who may: its retiring principal, its grantee
//! where it allows that, the account in which it was issued. Source: KMS API Reference, "RetireGrant";
//! KMS Developer Guide, "Retiring and revoking grants".

use serde::{Deserialize, Serialize};

use super::find::{self, Takes, Target};
use super::state::{Grant, Kms};
use super::{constraints, crypto, fault, grants, tokens};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:RetireGrant`.
#[derive(Debug)]
pub struct RetireGrant;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// A grant token; this or both others.
    pub grant_token: Option<String>,
    /// The ARN of the key.
    pub key_id: Option<String>,
    /// The grant.
    pub grant_id: Option<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for RetireGrant {
    const NAME: &'static str = "kms:RetireGrant";
    const ASKS: &'static [&'static str] = &["kms:RetireGrant"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let (target, grant) = named(input, view)?;
        let ask = find::ask(Self::NAME, &target, view);
        let Some(grant) = grant else { return Ok(vec![ask]) };
        let ask = ask.granted(vec![grants::compiled(grant)]);
        Ok(vec![constraints::asked(ask, grant.constraint.as_ref())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let (_, grant) = named(&input, &act.view())?;
        let grant = grant.ok_or_else(|| fault::no_grant(""))?.row();
        crypto::unless_dry_run(input.dry_run)?;
        act.state().grants.remove(&grant);
        Ok(Output {})
    }
}

/// The key and the grant that a request means. A grant on what is hidden from the caller is not
/// there for it.
fn named<'a>(
    input: &Input,
    view: &View<'a, Kms>,
) -> Result<(Target<'a>, Option<&'a Grant>), Fault> {
    let (key, id) = match (&input.grant_token, &input.key_id, &input.grant_id) {
        (Some(token), None, None) => of_token(token, view)?,
        (None, Some(key), Some(id)) if key.starts_with("arn:") => (key.clone(), id.clone()),
        (None, Some(key), Some(_)) => return Err(fault::invalid_key_arn(key)),
        _ => {
            let text = "Please specify either a grant token or both a key ARN and a grant ID.";
            return Err(fault::validation(text));
        }
    };
    let target = find::target(&key, Takes::Key, view)?;
    let grant = match &target {
        Target::Hidden(_) => None,
        Target::Known { key, .. } => match grants::find(view.state(), &key.row(), &id) {
            Ok(grant) => Some(grant),
            Err(fault) if Some(key.account) == view.principal().account() => return Err(fault),
            Err(_) => None,
        },
    };
    Ok((target, grant))
}

/// The ARN of the key and the id of the grant that a token names.
fn of_token(token: &str, view: &View<'_, Kms>) -> Result<(String, String), Fault> {
    let grant = view.state().grants.get(&tokens::read(token)?);
    let grant = grant.ok_or_else(fault::invalid_grant_token)?;
    let key = view.state().living(&grant.key, view.now_ms());
    let key = key.ok_or_else(fault::invalid_grant_token)?;
    Ok((key.arn(), grant.id.clone()))
}
