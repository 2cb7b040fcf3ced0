//! `CreateKey`: symmetric encryption keys. Source: KMS API Reference, "CreateKey"; KMS Developer
//! Guide, "AWS KMS permissions" (a request with tags also asks `kms:TagResource`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::metadata::KeyMetadata;
use super::state::{Key, Kms, Manager, MaterialOrigin, Status, row};
use super::tags::{self, Tag};
use super::{cipher, fault, find, lockout, policy, spec, upkeep};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:CreateKey`.
#[derive(Debug)]
pub struct CreateKey;

/// The input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its key policy; the default one where it is left out.
    pub policy: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `ENCRYPT_DECRYPT`.
    pub key_usage: Option<String>,
    /// `SYMMETRIC_DEFAULT`, under its old name.
    pub customer_master_key_spec: Option<String>,
    /// `SYMMETRIC_DEFAULT`.
    pub key_spec: Option<String>,
    /// `AWS_KMS`.
    pub origin: Option<String>,
    /// Whether the policy may shut out whoever makes the key.
    pub bypass_policy_lockout_safety_check: Option<bool>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// `false`.
    pub multi_region: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The key.
    pub key_metadata: KeyMetadata,
}

impl Operation for CreateKey {
    const NAME: &'static str = "kms:CreateKey";
    const ASKS: &'static [&'static str] = &["kms:CreateKey", "kms:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        spec::symmetric_only(input)?;
        let tags = tags::map(&input.tags);
        let ask = |action: &'static str| {
            let ask = Ask::to(action).tagging(&tags);
            ask.with_some("kms:ViaService", find::via_service(view.frame()))
        };
        let bypass = input.bypass_policy_lockout_safety_check.map(|bypass| bypass.to_string());
        let create = find::of_symmetric_key(ask("kms:CreateKey"))
            .with_some("kms:BypassPolicyLockoutSafetyCheck", bypass);
        let mut asks = vec![create];
        if !tags.is_empty() {
            asks.push(ask("kms:TagResource"));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        upkeep::bury(act);
        let mut key = key(&input, act)?;
        let bypass = input.bypass_policy_lockout_safety_check == Some(true);
        if input.policy.is_some() && !bypass {
            lockout::check(&key, &act.view())?;
        }
        let at = key.row();
        let now_ms = act.now_ms();
        key.materials.push(cipher::new_material(&at, now_ms, MaterialOrigin::Creation, act)?);
        let key_metadata = KeyMetadata::of(&key);
        act.state().keys.put(at, key);
        Ok(Output { key_metadata })
    }
}

/// The key, without key material.
fn key(input: &Input, act: &mut Act<'_, Kms>) -> Result<Key, Fault> {
    let account = act.account()?;
    let default = || policy::default_text(account);
    let text = input.policy.clone().unwrap_or_else(default);
    let policy = policy::read(&text, &act.directory())?;
    let tags = tags::added(&BTreeMap::new(), &input.tags)?;
    let id = act.dice().uuid();
    if act.read().keys.has(&row(account, act.region(), &id)) {
        return Err(fault::limit("The id of the new key is taken."));
    }
    Ok(Key {
        id,
        account,
        region: act.region().to_owned(),
        created_ms: act.now_ms(),
        manager: Manager::Customer,
        description: input.description.clone().unwrap_or_default(),
        status: Status::Enabled,
        policy,
        materials: Vec::new(),
        rotation: None,
        tags,
        aliases: Default::default(),
    })
}
