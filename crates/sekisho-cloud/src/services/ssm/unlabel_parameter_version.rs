//! `UnlabelParameterVersion`: takes labels from a version.
//! Source: Systems Manager API Reference, "UnlabelParameterVersion".

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::{name, state};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:UnlabelParameterVersion`.
#[derive(Debug)]
pub struct UnlabelParameterVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The parameter.
    pub name: String,
    /// The version.
    pub parameter_version: u64,
    /// The labels.
    pub labels: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Those that the version no longer has.
    pub removed_labels: Vec<String>,
    /// Those that it did not have.
    pub invalid_labels: Vec<String>,
}

impl Operation for UnlabelParameterVersion {
    const NAME: &'static str = "ssm:UnlabelParameterVersion";
    const ASKS: &'static [&'static str] = &["ssm:UnlabelParameterVersion"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![name::ask(Self::NAME, &input.name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let mut named = name::of_call(&input.name, act)?;
        named.selector = Some(input.parameter_version.to_string());
        let version = name::selected(&named, act.read())?;
        let row = state::version(&named.row, version.number);
        let bears = |label: &String| version.labels.contains(label);
        let (removed_labels, invalid_labels) =
            input.labels.into_iter().partition::<Vec<_>, _>(bears);
        if let Some(version) = act.state().versions.edit(&row) {
            version.labels.retain(|label| !removed_labels.contains(label));
        }
        Ok(Output { removed_labels, invalid_labels })
    }
}
