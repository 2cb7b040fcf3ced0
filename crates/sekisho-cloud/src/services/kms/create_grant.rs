//! `CreateGrant`: lets somebody use a key, until the grant is retired or revoked. Whoever acts by a
//! grant itself can pass on no more than it has. Source: KMS API Reference, "CreateGrant".

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use super::constraints::{self, GrantConstraints};
use super::find::{self, Takes};
use super::state::{Grant, Kms, grants_of, grants_on};
use super::{crypto, fault, grantee, tokens};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most grants of a key. Source: KMS Developer Guide, "Resource quotas".
const GRANTS_MAX: usize = 50_000;
/// The number of hexadecimal digits in the id of a grant.
const ID_DIGITS: usize = 64;

/// What a grant on a symmetric encryption key can allow. Source: KMS Developer Guide, "Grant
/// operations".
const OPERATIONS: [&str; 11] = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
];

/// `kms:CreateGrant`.
#[derive(Debug)]
pub struct CreateGrant;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// Who may use it.
    pub grantee_principal: String,
    /// Who may retire the grant.
    pub retiring_principal: Option<String>,
    /// What it allows.
    pub operations: Vec<String>,
    /// Under which constraints.
    pub constraints: Option<GrantConstraints>,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
    /// A name, by which the same request makes no second grant.
    pub name: Option<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Names the grant, and is another one each time.
    pub grant_token: String,
    /// The id of the grant.
    pub grant_id: String,
}

impl Operation for CreateGrant {
    const NAME: &'static str = "kms:CreateGrant";
    const ASKS: &'static [&'static str] = &["kms:CreateGrant"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let target = find::target(&input.key_id, Takes::Key, view)?;
        let constraint =
            input.constraints.as_ref().map(GrantConstraints::read).transpose()?.flatten();
        let operations: BTreeSet<_> = input.operations.iter().cloned().collect();
        let covers = |grant: &Grant| constraints::covers(grant, &operations, constraint.as_ref());
        let ask = find::ask(Self::NAME, &target, view)
            .granted(target.bearing_if(view, covers))
            .with_many("kms:GrantOperations", operations.iter().map(String::as_str))
            .with("kms:GranteePrincipal", input.grantee_principal.as_str())
            .with_some("kms:RetiringPrincipal", input.retiring_principal.as_deref());
        Ok(vec![constraints::asked(find::for_service(ask, view), constraint.as_ref())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        tokens::check(&input.grant_tokens)?;
        let row = find::take(&input.key_id, Takes::Key, act)?;
        find::usable(&row, act)?;
        let grant = grant(&row, &input, act)?;
        if act.read().grants.under(&grants_on(&row)).take(GRANTS_MAX).count() >= GRANTS_MAX {
            return Err(fault::limit(format!("A key has at most {GRANTS_MAX} grants.")));
        }
        crypto::unless_dry_run(input.dry_run)?;
        let grant = the_same(&grant, act.read()).unwrap_or(grant);
        let (at, grant_id) = (grant.row(), grant.id.clone());
        let grant_token = tokens::new(&at, act.dice());
        if !act.read().grants.has(&at) {
            act.state().grants.put(at, grant);
        }
        Ok(Output { grant_token, grant_id })
    }
}

/// The grant that is asked for.
fn grant(row: &str, input: &Input, act: &mut Act<'_, Kms>) -> Result<Grant, Fault> {
    let strange = |operation: &&String| !OPERATIONS.contains(&operation.as_str());
    if let Some(operation) = input.operations.iter().find(strange) {
        return Err(fault::validation(format!(
            "The operation {operation} is not valid for a key of the spec SYMMETRIC_DEFAULT."
        )));
    }
    let constraint = input.constraints.as_ref().map(GrantConstraints::read).transpose()?.flatten();
    let directory = act.directory();
    let grantee = grantee::bound(&input.grantee_principal, &directory)?;
    let retiring = input.retiring_principal.as_deref();
    let retiring = retiring.map(|name| grantee::bound(name, &directory)).transpose()?;
    Ok(Grant {
        id: act.dice().hex(ID_DIGITS),
        key: row.to_owned(),
        name: input.name.clone(),
        created_ms: act.now_ms(),
        grantee,
        retiring,
        operations: input.operations.iter().cloned().collect(),
        constraint,
        issued_by: act.account()?,
    })
}

/// The grant that an earlier request with the same name and parameters made.
fn the_same(grant: &Grant, state: &Kms) -> Option<Grant> {
    grant.name.as_ref()?;
    let like = |other: &&Grant| {
        let Grant { id, created_ms, .. } = (*other).clone();
        **other == Grant { id, created_ms, ..grant.clone() }
    };
    let rows = state.grants.under(&grants_of(&grant.key, &grant.grantee));
    rows.map(|(_, other)| other).find(like).cloned()
}
