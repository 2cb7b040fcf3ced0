//! `CreateUser`. Source: IAM API Reference, "CreateUser"; service authorization reference (a request
//! with tags also asks `iam:TagUser`).

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::ids::{IdOf, new_id};
use super::state::{Attached, Bearer, Iam, User, named};
use super::tags::Tag;
use super::user_view::UserView;
use super::{boundary, fault, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most users of an account. Source: IAM User Guide, "IAM and AWS STS quotas".
const USERS_MAX: usize = 5_000;

/// `iam:CreateUser`.
#[derive(Debug)]
pub struct CreateUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub user_name: String,
    /// `/` where it is left out.
    pub path: Option<String>,
    /// The ARN of its permissions boundary.
    pub permissions_boundary: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user: UserView,
}

impl Operation for CreateUser {
    const NAME: &'static str = "iam:CreateUser";
    const ASKS: &'static [&'static str] = &["iam:CreateUser", "iam:TagUser"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let arn = arn(view.account()?, input);
        let tags = tags::map(&input.tags);
        let boundary = input.permissions_boundary.as_deref();
        let create = Ask::to("iam:CreateUser").on(&*arn).tagging(&tags);
        let mut asks = vec![create.with_some("iam:PermissionsBoundary", boundary)];
        if !tags.is_empty() {
            asks.push(Ask::to("iam:TagUser").on(arn).tagging(&tags));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let key = named(account, &input.user_name);
        let iam = act.read();
        if iam.users.has(&key) {
            return Err(fault::user_exists(&input.user_name));
        }
        if iam.users.under(&format!("{account}/")).count() >= USERS_MAX {
            return Err(fault::quota("UsersPerAccount", USERS_MAX));
        }
        let tags = tags::case_insensitive(&input.tags)?;
        if let Some(arn) = input.permissions_boundary.as_deref() {
            boundary::check(iam, account, arn)?;
        }
        let user = user(account, input, tags, act);
        let shown = UserView::of(&user);
        let iam = act.state();
        iam.ids.put(user.id.as_str(), Bearer::User(key.clone()));
        iam.users.put(key, user);
        Ok(Output { user: shown })
    }
}

fn arn(account: AccountId, input: &Input) -> String {
    let path = input.path.as_deref().unwrap_or("/");
    format!("arn:aws:iam::{account}:user{path}{}", input.user_name)
}

fn user(
    account: AccountId,
    input: Input,
    tags: BTreeMap<String, String>,
    act: &mut Act<'_, Iam>,
) -> User {
    User {
        name: input.user_name,
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        id: new_id(IdOf::User, account, act.dice()),
        account,
        created_ms: act.now_ms(),
        attached: Attached::default(),
        boundary: input.permissions_boundary,
        tags,
        groups: BTreeSet::new(),
    }
}
