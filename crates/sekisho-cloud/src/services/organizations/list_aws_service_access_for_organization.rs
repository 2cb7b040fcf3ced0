//! `ListAWSServiceAccessForOrganization`: no service has trusted access, because to give it is not served.
//! Source: Organizations API Reference, "ListAWSServiceAccessForOrganization".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListAWSServiceAccessForOrganization`.
#[derive(Debug)]
pub struct ListAWSServiceAccessForOrganization;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Where the page begins: no page but the first does.
    pub next_token: Option<String>,
    /// The most services of a page.
    pub max_results: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    enabled_service_principals: Vec<()>,
}

impl Operation for ListAWSServiceAccessForOrganization {
    const NAME: &'static str = "organizations:ListAWSServiceAccessForOrganization";
    const ASKS: &'static [&'static str] = &["organizations:ListAWSServiceAccessForOrganization"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask(Self::NAME, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        who::organization(act)?;
        let none = std::iter::empty();
        let (enabled_service_principals, _) = page(none, input.next_token.as_deref(), None)?;
        Ok(Output { enabled_service_principals })
    }
}
