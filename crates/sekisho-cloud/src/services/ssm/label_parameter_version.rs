//! `LabelParameterVersion`: gives labels to a version, which others may lose.
//! Source: Systems Manager API Reference, "LabelParameterVersion".

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::{name, state};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:LabelParameterVersion`.
#[derive(Debug)]
pub struct LabelParameterVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The parameter.
    pub name: String,
    /// The version; the newest where it is left out.
    pub parameter_version: Option<u64>,
    /// The labels.
    pub labels: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Those that cannot be labels.
    pub invalid_labels: Vec<String>,
    /// The version.
    pub parameter_version: u64,
}

impl Operation for LabelParameterVersion {
    const NAME: &'static str = "ssm:LabelParameterVersion";
    const ASKS: &'static [&'static str] = &["ssm:LabelParameterVersion"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![name::ask(Self::NAME, &input.name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let mut named = name::of_call(&input.name, act)?;
        named.selector = input.parameter_version.map(|number| number.to_string());
        let version = name::selected(&named, act.read())?;
        let number = version.number;
        let (labels, invalid_labels) =
            input.labels.into_iter().partition::<Vec<_>, _>(|label| is_label(label));
        let mut all = version.labels.clone();
        all.extend(labels.iter().cloned());
        if all.len() > LABELS_MAX {
            return Err(Fault::new("ParameterVersionLabelLimitExceeded", TOO_MANY));
        }
        take_away(&labels, &named.row, act);
        if let Some(version) = act.state().versions.edit(&state::version(&named.row, number)) {
            version.labels = all;
        }
        Ok(Output { invalid_labels, parameter_version: number })
    }
}

/// The most labels of a version. Source: Systems Manager User Guide, "Working with parameter labels".
const LABELS_MAX: usize = 10;

const TOO_MANY: &str = "A parameter version can have maximum 10 labels. Move one or more labels to \
    another version and try again.";

/// Whether a text can be a label: no number at its start, none of AWS's prefixes.
fn is_label(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_reserved = lower.starts_with("aws") || lower.starts_with("ssm");
    let in_alphabet = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
    !is_reserved
        && !text.starts_with(|char: char| char.is_ascii_digit())
        && text.chars().all(in_alphabet)
}

/// A label stands on one version only.
fn take_away(labels: &[String], row: &str, act: &mut Act<'_, Ssm>) {
    let bears = |one: &state::Version| labels.iter().any(|label| one.labels.contains(label));
    let held = act.read().history(row).filter(|(_, one)| bears(one));
    let held: Vec<_> = held.map(|(at, _)| at.to_owned()).collect();
    for at in held {
        if let Some(version) = act.state().versions.edit(&at) {
            version.labels.retain(|label| !labels.contains(label));
        }
    }
}
