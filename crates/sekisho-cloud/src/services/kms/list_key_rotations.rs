//! `ListKeyRotations`: the rotations that were done, the oldest first. Source: KMS API Reference,
//! "ListKeyRotations".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::page::{Filled, Limits, Page};
use super::state::{Key, Kms, Material, MaterialOrigin};
use super::{admin, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many rotations a page holds.
const LIMITS: Limits = Limits { usual: 100, most: 1_000 };

/// `kms:ListKeyRotations`.
#[derive(Debug)]
pub struct ListKeyRotations;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// `ROTATIONS_ONLY` or `ALL_KEY_MATERIAL`: with that which the key was made with.
    pub include_key_material: Option<String>,
    /// The most items of a page.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub marker: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The rotations.
    pub rotations: Vec<RotationsListEntry>,
    /// Where the next page begins.
    pub next_marker: Option<String>,
    /// Whether there is another page.
    pub truncated: bool,
}

impl Operation for ListKeyRotations {
    const NAME: &'static str = "kms:ListKeyRotations";
    const ASKS: &'static [&'static str] = &["kms:ListKeyRotations"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        let page = Page::read("rotations", input.limit, input.marker.as_deref(), LIMITS)?;
        let key = find::key(&row, act)?;
        let all = input.include_key_material.as_deref() == Some("ALL_KEY_MATERIAL");
        let wanted = |material: &Material| all || material.origin != MaterialOrigin::Creation;
        let materials = key.materials.iter().enumerate().filter(|(_, one)| wanted(one));
        let entry = |(number, material)| {
            (format!("{number:06}"), RotationsListEntry::of(key, material, all))
        };
        let page = page.of(materials.map(entry));
        let Filled { items: rotations, next_marker, truncated } = page;
        Ok(Output { rotations, next_marker, truncated })
    }
}

/// A rotation of the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotationsListEntry {
    /// The id of the key.
    pub key_id: String,
    /// The id of the key material that it brought.
    pub key_material_id: String,
    /// `CURRENT` or `NON_CURRENT`, in the list of all key material.
    pub key_material_state: Option<&'static str>,
    /// When; the first key material came by no rotation.
    pub rotation_date: Option<Millis>,
    /// `AUTOMATIC` or `ON_DEMAND`.
    pub rotation_type: Option<&'static str>,
}

impl RotationsListEntry {
    fn of(key: &Key, material: &Material, with_state: bool) -> Self {
        let current = key.current().is_some_and(|(_, current)| current.id == material.id);
        let rotation_type = match material.origin {
            MaterialOrigin::Creation => None,
            MaterialOrigin::Automatic => Some("AUTOMATIC"),
            MaterialOrigin::OnDemand => Some("ON_DEMAND"),
        };
        Self {
            key_id: key.id.clone(),
            key_material_id: material.id.clone(),
            key_material_state: with_state.then_some(if current {
                "CURRENT"
            } else {
                "NON_CURRENT"
            }),
            rotation_date: rotation_type.map(|_| Millis(material.since_ms)),
            rotation_type,
        }
    }
}
