//! `DescribeOrganization`: any account of the organization may ask. Source: Organizations API Reference, "DescribeOrganization".

use serde::{Deserialize, Serialize};

use super::state::Organizations;
use super::views::OrganizationView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DescribeOrganization`.
#[derive(Debug)]
pub struct DescribeOrganization;

/// The input has no members.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organization: OrganizationView,
}

impl Operation for DescribeOrganization {
    const NAME: &'static str = "organizations:DescribeOrganization";
    const ASKS: &'static [&'static str] = &["organizations:DescribeOrganization"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(_: Permit<Self>, _: Input, act: &mut Act<'_, Organizations>) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        Ok(Output { organization: OrganizationView::of(&organization, act.read()) })
    }
}
