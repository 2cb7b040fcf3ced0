//! `GetParametersByPath`: the parameters under a path. Only the path is asked about, not what
//! stands under it (Systems Manager User Guide, "Restricting access to Parameter Store parameters").
//! Source: Systems Manager API Reference, "GetParametersByPath".

use serde::{Deserialize, Serialize};

use super::filter::{self, Filter};
use super::shown::{self, Shown};
use super::state::Ssm;
use super::{fault, name};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token::{self, Page};

/// `ssm:GetParametersByPath`.
#[derive(Debug)]
pub struct GetParametersByPath;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The path.
    pub path: String,
    /// Whether parameters at any depth are meant.
    pub recursive: Option<bool>,
    /// Filters: `Type`, `KeyId`, `Label`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameter_filters: Vec<Filter>,
    /// Whether `SecureString`s are to be decrypted.
    pub with_decryption: Option<bool>,
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
    pub parameters: Vec<Shown>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for GetParametersByPath {
    const NAME: &'static str = "ssm:GetParametersByPath";
    const ASKS: &'static [&'static str] = &["ssm:GetParametersByPath"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        let arn = name::arn(view.account()?, view.region(), input.path.trim_end_matches('/'));
        let recursive = input.recursive.unwrap_or_default().to_string();
        Ok(vec![Ask::to(Self::NAME).on(arn).with("ssm:Recursive", recursive)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        if !input.path.starts_with('/') {
            return Err(fault::validation(SLASH));
        }
        filter::check(&input.parameter_filters, &["Type", "KeyId", "Label"])?;
        let page = page(&input, act)?;
        let decrypts = input.with_decryption.unwrap_or_default();
        let show = |name: &String| shown::show(&name::of_call(name, act)?, decrypts, act);
        let parameters = page.items.iter().map(show).collect::<Result<_, _>>()?;
        Ok(Output { parameters, next_token: page.next })
    }
}

const SLASH: &str = "The parameter doesn't meet the parameter name requirements. The parameter name must \
    begin with a forward slash \"/\".";

/// The most parameters of a page.
const MOST: u32 = 10;

/// The names on the page that is asked for.
fn page(input: &Input, act: &Act<'_, Ssm>) -> Result<Page<String>, Fault> {
    let ssm = act.read();
    let path = format!("{}/", input.path.trim_end_matches('/'));
    let rows = ssm.parameters.under(&name::row(act.account()?, act.region(), &path));
    let is_recursive = input.recursive.unwrap_or_default();
    let meant = rows.filter_map(|(row, held)| {
        let version = ssm.latest(row)?;
        let is_meant = filter::is_under(&path, &held.name, is_recursive)
            && filter::passes(&input.parameter_filters, held, version);
        is_meant.then(|| (held.name.clone(), held.name.clone()))
    });
    let most = input.max_results.unwrap_or(MOST);
    token::page("path", meant, input.next_token.as_deref(), most).ok_or_else(fault::bad_token)
}
