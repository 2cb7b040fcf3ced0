//! `GetAccountAuthorizationDetails`: users, groups, roles and managed policies of an account with all
//! that they may. Of AWS's own policies those that are attached are told. Source: IAM API Reference,
//! "GetAccountAuthorizationDetails"; which members are told as recorded from IAM.

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::aws_managed;
use super::details::{GroupDetail, PolicyDetail, RoleDetail, UserDetail};
use super::paging::page;
use super::policies::{self, Known};
use super::state::{Group, Iam, Role, User};
use super::usage::Usages;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetAccountAuthorizationDetails`.
#[derive(Debug)]
pub struct GetAccountAuthorizationDetails;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Which kinds are told; all where it is left out.
    #[serde(default)]
    pub filter: Vec<Kind>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// A kind of what is told, in the order in which pages tell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Users.
    User,
    /// Groups.
    Group,
    /// Roles.
    Role,
    /// The account's own managed policies.
    LocalManagedPolicy,
    /// Those of AWS.
    #[serde(rename = "AWSManagedPolicy")]
    AwsManagedPolicy,
}

/// The output.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user_detail_list: Vec<UserDetail>,
    group_detail_list: Vec<GroupDetail>,
    role_detail_list: Vec<RoleDetail>,
    policies: Vec<PolicyDetail>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for GetAccountAuthorizationDetails {
    const NAME: &'static str = "iam:GetAccountAuthorizationDetails";
    const ASKS: &'static [&'static str] = &["iam:GetAccountAuthorizationDetails"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        view.account()?;
        Ok(vec![Ask::to("iam:GetAccountAuthorizationDetails")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let (iam, account, directory) = (act.read(), act.account()?, act.directory());
        let usages = Usages::of(iam, account);
        let rows = rows(iam, account, &usages);
        let rows =
            rows.iter().filter(|row| input.filter.is_empty() || input.filter.contains(&row.0));
        let keyed: Vec<_> = rows.map(|(kind, key, item)| (ordered(*kind, key), item)).collect();
        let keyed = keyed.iter().map(|(key, item)| (key.as_str(), *item));
        let page = page(keyed, input.marker.as_deref(), input.max_items)?;
        let mut out = Output { is_truncated: page.is_truncated(), ..Output::default() };
        for item in page.items {
            match item {
                Item::User(one) => out.user_detail_list.push(UserDetail::of(one, iam)),
                Item::Group(one) => out.group_detail_list.push(GroupDetail::of(one)),
                Item::Role(one) => out.role_detail_list.push(RoleDetail::of(one, iam, &directory)),
                Item::Policy(one) => {
                    out.policies.push(PolicyDetail::of(*one, usages.get(&one.arn())));
                }
            }
        }
        out.marker = page.marker;
        Ok(out)
    }
}

enum Item<'a> {
    User(&'a User),
    Group(&'a Group),
    Role(&'a Role),
    Policy(Known<'a>),
}

/// All that can be told.
fn rows<'a>(
    iam: &'a Iam,
    account: AccountId,
    usages: &Usages<'_>,
) -> Vec<(Kind, String, Item<'a>)> {
    let prefix = format!("{account}/");
    let users = iam.users.under(&prefix);
    let users = users.map(|(key, one)| (Kind::User, key.to_owned(), Item::User(one)));
    let groups = iam.groups.under(&prefix);
    let groups = groups.map(|(key, one)| (Kind::Group, key.to_owned(), Item::Group(one)));
    let roles = iam.roles.under(&prefix);
    let roles = roles.map(|(key, one)| (Kind::Role, key.to_owned(), Item::Role(one)));
    let own = policies::of_account(iam, account)
        .map(|one| (Kind::LocalManagedPolicy, one.arn.clone(), Item::Policy(Known::Own(one))));
    let of_aws = aws_managed::all().iter().map(Known::OfAws);
    let used = of_aws.filter(|one| usages.get(&one.arn()).attachments > 0);
    let used = used.map(|one| (Kind::AwsManagedPolicy, one.arn(), Item::Policy(one)));
    let mut rows: Vec<_> = users.chain(groups).chain(roles).chain(own).chain(used).collect();
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    rows
}

/// A key by which pages go on: kinds in their order, within a kind as its rows are.
fn ordered(kind: Kind, key: &str) -> String {
    format!("{}{key}", kind as u8)
}
