//! `RotateKeyOnDemand`: new key material at once; automatic rotation keeps its date. Source: KMS API
//! Reference, "RotateKeyOnDemand".

use serde::{Deserialize, Serialize};

use super::state::{Kms, MaterialOrigin};
use super::{admin, cipher, fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How often a key can be rotated on demand. Source: KMS Developer Guide, "Perform on-demand key
/// rotation".
const ROTATIONS_MAX: usize = 25;

/// `kms:RotateKeyOnDemand`.
#[derive(Debug)]
pub struct RotateKeyOnDemand;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The ARN of the key.
    pub key_id: String,
}

impl Operation for RotateKeyOnDemand {
    const NAME: &'static str = "kms:RotateKeyOnDemand";
    const ASKS: &'static [&'static str] = &["kms:RotateKeyOnDemand"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        find::usable(&row, act)?;
        let key = find::key(&row, act)?;
        let arn = key.arn();
        let on_demand = |origin| origin == MaterialOrigin::OnDemand;
        if key.materials.iter().filter(|one| on_demand(one.origin)).count() >= ROTATIONS_MAX {
            return Err(fault::limit(format!(
                "The on-demand rotations limit has been reached for the given keyId. No more \
                 on-demand rotations can be performed for this key: {arn}"
            )));
        }
        let material = cipher::new_material(&row, act.now_ms(), MaterialOrigin::OnDemand, act)?;
        if let Some(key) = act.state().keys.edit(&row) {
            key.materials.push(material);
        }
        Ok(Output { key_id: arn })
    }
}
