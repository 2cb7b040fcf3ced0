//! `DescribeParameters`: the parameters of the account, without values.
//! Source: Systems Manager API Reference, "DescribeParameters".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::filter::{self, Filter};
use super::state::Ssm;
use super::state::{Parameter, Version};
use super::{fault, name};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token;

/// `ssm:DescribeParameters`.
#[derive(Debug)]
pub struct DescribeParameters;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Filters: `Name`, `Path`, `Type`, `KeyId`, `Tier`, `DataType`, `tag:…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameter_filters: Vec<Filter>,
    /// The most parameters of a page.
    pub max_results: Option<u32>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The parameters.
    pub parameters: Vec<Described>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for DescribeParameters {
    const NAME: &'static str = "ssm:DescribeParameters";
    const ASKS: &'static [&'static str] = &["ssm:DescribeParameters"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        let arn = format!("arn:aws:ssm:{}:{}:*", view.region(), view.account()?);
        Ok(vec![Ask::to(Self::NAME).on(arn)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        filter::check(&input.parameter_filters, &KEYS)?;
        let own = name::row(act.account()?, act.region(), "");
        let ssm = act.read();
        let shown = ssm.parameters.under(&own).filter_map(|(row, held)| {
            let version = ssm.latest(row)?;
            let passes = filter::passes(&input.parameter_filters, held, version);
            let arn = name::arn(act.account().ok()?, act.region(), &held.name);
            passes.then(|| (held.name.clone(), Described::of(arn, held, version)))
        });
        let (most, from) = (input.max_results.unwrap_or(MOST), input.next_token.as_deref());
        let page = token::page("describe", shown, from, most).ok_or_else(fault::bad_token)?;
        Ok(Output { parameters: page.items, next_token: page.next })
    }
}

/// The most parameters of a page.
const MOST: u32 = 50;

/// By what can be filtered.
const KEYS: [&str; 6] = ["Path", "Name", "Type", "KeyId", "Tier", "DataType"];

/// A parameter without its value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Described {
    /// Its ARN.
    #[serde(rename = "ARN")]
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub r#type: String,
    /// The key of a `SecureString`, as it was named.
    pub key_id: Option<String>,
    /// When the version was made.
    pub last_modified_date: Millis,
    /// The ARN of who made it.
    pub last_modified_user: String,
    /// What its owner says of it.
    pub description: Option<String>,
    /// What values must look like.
    pub allowed_pattern: Option<String>,
    /// The number of the version.
    pub version: u64,
    /// Its tier.
    pub tier: &'static str,
    /// Its policies: there are none, which AWS says so.
    pub policies: [(); 0],
    /// The type of the data.
    pub data_type: String,
}

impl Described {
    fn of(arn: String, parameter: &Parameter, version: &Version) -> Self {
        Self {
            arn,
            name: parameter.name.clone(),
            r#type: version.kind.clone(),
            key_id: version.key_id.clone(),
            last_modified_date: Millis(version.modified_ms),
            last_modified_user: version.modified_by.clone(),
            description: version.description.clone(),
            allowed_pattern: version.pattern.clone(),
            version: version.number,
            tier: version.tier(),
            policies: [],
            data_type: version.data_type.clone(),
        }
    }
}
