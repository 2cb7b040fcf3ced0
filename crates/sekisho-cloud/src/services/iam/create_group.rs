//! `CreateGroup`. Source: IAM API Reference, "CreateGroup".

use serde::{Deserialize, Serialize};

use super::fault;
use super::group_view::GroupView;
use super::ids::{IdOf, new_id};
use super::state::{Attached, Group, Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:CreateGroup`.
#[derive(Debug)]
pub struct CreateGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// `/` where it is left out.
    pub path: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    group: GroupView,
}

impl Operation for CreateGroup {
    const NAME: &'static str = "iam:CreateGroup";
    const ASKS: &'static [&'static str] = &["iam:CreateGroup"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let (account, path) = (view.account()?, input.path.as_deref().unwrap_or("/"));
        let arn = format!("arn:aws:iam::{account}:group{path}{}", input.group_name);
        Ok(vec![Ask::to("iam:CreateGroup").on(arn)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let key = named(account, &input.group_name);
        let groups = &act.read().groups;
        if groups.has(&key) {
            return Err(fault::group_exists(&input.group_name));
        }
        if groups.under(&format!("{account}/")).count() >= GROUPS_MAX {
            return Err(fault::quota("GroupsPerAccount", GROUPS_MAX));
        }
        let group = Group {
            name: input.group_name,
            path: input.path.unwrap_or_else(|| "/".to_owned()),
            id: new_id(IdOf::Group, account, act.dice()),
            account,
            created_ms: act.now_ms(),
            attached: Attached::default(),
        };
        let shown = GroupView::of(&group);
        act.state().groups.put(key, group);
        Ok(Output { group: shown })
    }
}

/// The most groups of an account. Source: IAM User Guide, "IAM and AWS STS quotas".
const GROUPS_MAX: usize = 300;
