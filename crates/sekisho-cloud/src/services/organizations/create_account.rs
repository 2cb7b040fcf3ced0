//! `CreateAccount`: a new account in the root, with a role that the management account can assume.
//!
//! AWS makes it after the reply, and so the reply says `IN_PROGRESS`; here it is there by the time that
//! anybody can ask. Source: Organizations API Reference, "CreateAccount"; Organizations User Guide,
//! "Creating a member account" (the role).

use std::collections::BTreeMap;

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::state::{ACCOUNTS_MAX, AccountRequest, Member, Organization, Organizations};
use super::tags::Tag;
use super::views::RequestView;
use super::{fault, ids, tags, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::principal::Principal;
use crate::services::iam::{self, inputs};

/// The role, where the request does not name it.
const ROLE: &str = "OrganizationAccountAccessRole";

/// What the role may do.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// `organizations:CreateAccount`.
#[derive(Debug)]
pub struct CreateAccount;

/// The input.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its address, which no other account has.
    pub email: String,
    /// Its name.
    pub account_name: String,
    /// The role that the management account can assume.
    pub role_name: Option<String>,
    /// Whether its users may see bills; there are none here.
    pub iam_user_access_to_billing: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    create_account_status: RequestView,
}

impl Operation for CreateAccount {
    const NAME: &'static str = "organizations:CreateAccount";
    const ASKS: &'static [&'static str] =
        &["organizations:CreateAccount", "organizations:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let tags = tags::map(&input.tags);
        let create = who::ask(Self::NAME, view)?.tagging(&tags);
        let mut asks = vec![create];
        if !tags.is_empty() {
            asks.push(who::ask("organizations:TagResource", view)?.tagging(&tags));
        }
        Ok(asks)
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let tags = tags::added(&input.tags, BTreeMap::new())?;
        if act.read().members.len() >= ACCOUNTS_MAX {
            let text = "You have exceeded the allowed number of AWS Accounts.";
            return Err(fault::limit("ACCOUNT_NUMBER_LIMIT_EXCEEDED", text));
        }
        let known = |(_, member): (&str, &Member)| member.email.eq_ignore_ascii_case(&input.email);
        let taken = act.read().members.iter().any(known);
        let account = if taken { None } else { Some(make(&input, tags, &organization, act)?) };
        let request = AccountRequest {
            id: ids::request(act.dice()),
            name: input.account_name,
            account: account.map(|account| account.to_string()),
            failure: taken.then(|| "EMAIL_ALREADY_EXISTS".to_owned()),
            requested_ms: act.now_ms(),
        };
        let create_account_status = RequestView::in_progress(&request);
        act.state().requests.put(request.id.clone(), request);
        Ok(Output { create_account_status })
    }
}

/// Makes the account and its role, and then lets it join: what is attached to the root does not keep
/// the role from being made.
fn make(
    input: &Input,
    tags: BTreeMap<String, String>,
    organization: &Organization,
    act: &mut Act<'_, Organizations>,
) -> Result<AccountId, Fault> {
    let account = act.found_account(&input.account_name)?;
    let name = input.role_name.as_deref().unwrap_or(ROLE);
    let role = inputs::CreateRole {
        role_name: name.to_owned(),
        assume_role_policy_document: trust(organization.management),
        path: None,
        description: None,
        max_session_duration: None,
        permissions_boundary: None,
        tags: Vec::new(),
    };
    act.place_as::<iam::CreateRole>(Principal::root(account), role)?;
    let (role_name, policy_arn) = (name.to_owned(), ADMINISTRATOR.to_owned());
    let policy = inputs::AttachRolePolicy { role_name, policy_arn };
    act.place_as::<iam::AttachRolePolicy>(Principal::root(account), policy)?;
    let member = Member {
        email: input.email.clone(),
        created: true,
        tags,
        ..Member::joining(account, &organization.root, act)
    };
    let state = act.state();
    state.members.put(account.to_string(), member);
    state.open_up(&account.to_string());
    Ok(account)
}

/// Trust in the management account.
fn trust(management: AccountId) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{management}:root"}},"Action":"sts:AssumeRole"}}]}}"#
    )
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("role_name", &self.role_name).finish_non_exhaustive()
    }
}
