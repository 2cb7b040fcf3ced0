//! `ListAccessKeys`. Source: IAM API Reference, "ListAccessKeys".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::paging::page;
use super::state::{AccessKey, Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListAccessKeys`.
#[derive(Debug)]
pub struct ListAccessKeys;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user; the caller where it is left out.
    pub user_name: Option<String>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    access_key_metadata: Vec<KeyView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListAccessKeys {
    const NAME: &'static str = "iam:ListAccessKeys";
    const ASKS: &'static [&'static str] = &["iam:ListAccessKeys"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = who::user(input.user_name.as_deref(), view.principal())?;
        Ok(vec![who::ask_user("iam:ListAccessKeys", &name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let name = who::user(input.user_name.as_deref(), act.principal())?;
        let user = act.read().user(account, &name)?;
        let key = named(account, &name);
        let rows = act.read().keys_of(&key).map(|key| (key.id.as_str(), key));
        let page = page(rows, input.marker.as_deref(), input.max_items)?;
        let page = page.map(|key| KeyView::of(key, &user.name));
        Ok(Output {
            is_truncated: page.is_truncated(),
            access_key_metadata: page.items,
            marker: page.marker,
        })
    }
}

/// A key in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct KeyView {
    user_name: String,
    access_key_id: String,
    status: &'static str,
    create_date: Millis,
}

impl KeyView {
    fn of(key: &AccessKey, user: &str) -> Self {
        Self {
            user_name: user.to_owned(),
            access_key_id: key.id.clone(),
            status: if key.active { "Active" } else { "Inactive" },
            create_date: Millis(key.created_ms),
        }
    }
}
