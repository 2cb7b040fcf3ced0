//! `CreateAccessKey`: the only time that the secret is told. Source: IAM API Reference, "CreateAccessKey".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::ids::{IdOf, new_id};
use super::state::{AccessKey, Iam, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::vault::VaultOf;

/// The most access keys of a user. Source: IAM User Guide, "IAM and AWS STS quotas".
const KEYS_MAX: usize = 2;

/// The length of a secret access key.
pub(crate) const SECRET_DIGITS: usize = 40;

/// `iam:CreateAccessKey`.
#[derive(Debug)]
pub struct CreateAccessKey;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user; the caller where it is left out.
    pub user_name: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The new key.
    pub access_key: NewKey,
}

/// A new key, with its secret.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewKey {
    /// Whose it is.
    pub user_name: String,
    /// `AKIA…`.
    pub access_key_id: String,
    /// `Active`.
    pub status: &'static str,
    /// The secret.
    pub secret_access_key: String,
    /// When it was made.
    pub create_date: Millis,
}

impl Operation for CreateAccessKey {
    const NAME: &'static str = "iam:CreateAccessKey";
    const ASKS: &'static [&'static str] = &["iam:CreateAccessKey"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = who::user(input.user_name.as_deref(), view.principal())?;
        Ok(vec![who::ask_user("iam:CreateAccessKey", &name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let name = who::user(input.user_name.as_deref(), act.principal())?;
        let user = act.read().user(account, &name)?.clone();
        let key = named(account, &name);
        if act.read().keys_of(&key).count() >= KEYS_MAX {
            return Err(fault::quota("AccessKeysPerUser", KEYS_MAX));
        }
        let id = new_id(IdOf::AccessKey, account, act.dice());
        let secret = act.dice().base64(SECRET_DIGITS);
        let (vault, dice) = act.vault(VaultOf::AccessKeys);
        let sealed = vault.seal(dice, &id, secret.as_bytes());
        let sealed = sealed.ok_or_else(|| Fault::internal(&"the cipher refused"))?;
        let created_ms = act.now_ms();
        let row = AccessKey {
            id: id.clone(),
            user: key,
            user_id: user.id,
            secret: sealed,
            active: true,
            created_ms,
        };
        act.state().access_keys.put(id.as_str(), row);
        let access_key = NewKey {
            user_name: user.name,
            access_key_id: id,
            status: "Active",
            secret_access_key: secret,
            create_date: Millis(created_ms),
        };
        Ok(Output { access_key })
    }
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey").field("id", &self.access_key_id).finish_non_exhaustive()
    }
}
