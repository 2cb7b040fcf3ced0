//! `PutParameter`: a new parameter, or a new version of one.
//! Source: Systems Manager API Reference, "PutParameter".

use serde::{Deserialize, Serialize};

use super::name::{self, Named};
use super::state::Ssm;
use super::state::{self, Parameter};
use super::tags::{self, Tag};
use super::{draft, fault, history};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:PutParameter`.
#[derive(Debug)]
pub struct PutParameter;

/// The input.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What its owner says of it.
    pub description: Option<String>,
    /// `String`, `StringList` or `SecureString`; needed for a new one.
    pub r#type: Option<String>,
    /// The key of a `SecureString`.
    pub key_id: Option<String>,
    /// Whether it may be there already.
    pub overwrite: Option<bool>,
    /// A regular expression for its values.
    pub allowed_pattern: Option<String>,
    /// Tags for a new one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// `Standard`, `Advanced` or `Intelligent-Tiering`.
    pub tier: Option<String>,
    /// `text`, `aws:ec2:image` or `aws:ssm:integration`.
    pub data_type: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The number of the version.
    pub version: u64,
    /// `Standard` or `Advanced`.
    pub tier: &'static str,
}

impl Operation for PutParameter {
    const NAME: &'static str = "ssm:PutParameter";
    const ASKS: &'static [&'static str] = &["ssm:AddTagsToResource", "ssm:PutParameter"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        name::check(input.name.trim())?;
        let overwrite = input.overwrite.unwrap_or_default().to_string();
        let tags = tags::map(&input.tags);
        let put = name::ask(Self::NAME, &input.name, view)?;
        let mut asks = vec![put.with("ssm:Overwrite", overwrite).tagging(&tags)];
        if !tags.is_empty() {
            let tag = name::ask("ssm:AddTagsToResource", &input.name, view)?;
            asks.push(tag.tagging(&tags));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let named = named(&input, act)?;
        let before = act.read().latest(&named.row).cloned();
        let number = before.as_ref().map_or(0, |before| before.number) + 1;
        let version = draft::version(&input, before.as_ref(), number, &named.arn, act)?;
        let mut parameter = match act.read().parameters.get(&named.row) {
            Some(held) => held.clone(),
            None => Parameter { name: named.name.clone(), latest: 0, tags: Default::default() },
        };
        parameter.latest = number;
        tags::add(&mut parameter.tags, &input.tags)?;
        history::make_room(&named.row, act)?;
        let tier = version.tier();
        let ssm = act.state();
        ssm.versions.put(state::version(&named.row, number), version);
        ssm.parameters.put(named.row, parameter);
        Ok(Output { version: number, tier })
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is to be put, if its name can be and it may be there.
fn named(input: &Input, act: &Act<'_, Ssm>) -> Result<Named, Fault> {
    let named = name::of_call(&input.name, act)?;
    let overwrite = input.overwrite.unwrap_or_default();
    if overwrite && !input.tags.is_empty() {
        return Err(fault::validation(
            "Invalid request: tags and overwrite can't be used together. To create a parameter with \
             tags, please remove overwrite flag. To update tags for an existing parameter, please use \
             AddTagsToResource or RemoveTagsFromResource.",
        ));
    }
    if act.read().parameters.has(&named.row) && !overwrite {
        return Err(fault::exists());
    }
    Ok(named)
}
