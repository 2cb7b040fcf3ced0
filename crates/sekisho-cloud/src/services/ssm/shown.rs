//! A parameter as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::name::{self, Named};
use super::state::Ssm;
use super::value;
use crate::act::Act;
use crate::fault::Fault;

/// A parameter with its value.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Shown {
    name: String,
    r#type: String,
    value: String,
    version: u64,
    selector: Option<String>,
    last_modified_date: Millis,
    #[serde(rename = "ARN")]
    arn: String,
    data_type: String,
}

/// Shows what is named, decrypted as the caller where that is asked.
pub(super) fn show(named: &Named, decrypts: bool, act: &mut Act<'_, Ssm>) -> Result<Shown, Fault> {
    let version = name::selected(named, act.read())?.clone();
    let value = match decrypts {
        true => value::decrypt(&version.value, &named.arn, act)?,
        false => version.value.undecrypted(),
    };
    Ok(Shown {
        name: named.name.clone(),
        r#type: version.kind,
        value,
        version: version.number,
        selector: named.selector.as_ref().map(|selector| format!(":{selector}")),
        last_modified_date: Millis(version.modified_ms),
        arn: named.arn.clone(),
        data_type: version.data_type,
    })
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown").field("name", &self.name).finish_non_exhaustive()
    }
}
