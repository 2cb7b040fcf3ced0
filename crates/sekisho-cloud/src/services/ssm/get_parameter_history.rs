//! `GetParameterHistory`: all versions of a parameter.
//! Source: Systems Manager API Reference, "GetParameterHistory".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::name::{self, Named};
use super::state::Ssm;
use super::state::Version;
use super::{fault, value};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token;

/// `ssm:GetParameterHistory`.
#[derive(Debug)]
pub struct GetParameterHistory;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name or ARN.
    pub name: String,
    /// Whether `SecureString`s are to be decrypted.
    pub with_decryption: Option<bool>,
    /// The most versions of a page.
    pub max_results: Option<u32>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The versions, the oldest first.
    pub parameters: Vec<Past>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for GetParameterHistory {
    const NAME: &'static str = "ssm:GetParameterHistory";
    const ASKS: &'static [&'static str] = &["ssm:GetParameterHistory"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![name::ask(Self::NAME, &input.name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let named = name::of_call(&input.name, act)?;
        if !act.read().parameters.has(&named.row) {
            return Err(fault::not_found());
        }
        let rows = act.read().history(&named.row).map(|(at, one)| (at.to_owned(), one.clone()));
        let (most, from) = (input.max_results.unwrap_or(MOST), input.next_token.as_deref());
        let page = token::page("history", rows, from, most).ok_or_else(fault::bad_token)?;
        let decrypts = input.with_decryption.unwrap_or_default();
        let show = |version| Past::of(&named, version, decrypts, act);
        let parameters = page.items.into_iter().map(show).collect::<Result<_, _>>()?;
        Ok(Output { parameters, next_token: page.next })
    }
}

/// The most versions of a page.
const MOST: u32 = 50;

/// A version of a parameter.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Past {
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
    /// Its labels.
    pub labels: Vec<String>,
    /// Its value.
    pub value: String,
}

impl Past {
    fn of(
        named: &Named,
        version: Version,
        decrypts: bool,
        act: &mut Act<'_, Ssm>,
    ) -> Result<Self, Fault> {
        let value = match decrypts {
            true => value::decrypt(&version.value, &named.arn, act)?,
            false => version.value.undecrypted(),
        };
        Ok(Self {
            name: named.name.clone(),
            tier: version.tier(),
            policies: [],
            r#type: version.kind,
            key_id: version.key_id,
            last_modified_date: Millis(version.modified_ms),
            last_modified_user: version.modified_by,
            description: version.description,
            allowed_pattern: version.pattern,
            version: version.number,
            data_type: version.data_type,
            labels: version.labels.into_iter().collect(),
            value,
        })
    }
}

impl std::fmt::Debug for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past").field("name", &self.name).finish_non_exhaustive()
    }
}
