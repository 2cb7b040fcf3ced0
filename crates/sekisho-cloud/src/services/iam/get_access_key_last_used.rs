//! `GetAccessKeyLastUsed`: of a key that the account does not have, everybody is told that they may
//! not know, administrators too (recorded). Source: IAM API Reference, "GetAccessKeyLastUsed".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::state::{Iam, LastUse};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetAccessKeyLastUsed`.
#[derive(Debug)]
pub struct GetAccessKeyLastUsed;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// `AKIA…`.
    pub access_key_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user_name: String,
    access_key_last_used: LastUsed,
}

impl Operation for GetAccessKeyLastUsed {
    const NAME: &'static str = "iam:GetAccessKeyLastUsed";
    const ASKS: &'static [&'static str] = &["iam:GetAccessKeyLastUsed"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let known = view.state().access_keys.get(&input.access_key_id);
        let user = known.and_then(|key| view.state().users.get(&key.user));
        let account = view.account()?;
        let user = user.filter(|user| user.account == account);
        let user = user.ok_or_else(|| {
            fault::unknown_key_asked(&input.access_key_id, &view.principal().caller)
        })?;
        let ask = who::ask_user("iam:GetAccessKeyLastUsed", &user.name, view)?;
        Ok(vec![ask.shown_as(format!("access key {}", input.access_key_id))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        let key = iam.access_keys.get(&input.access_key_id);
        let user = key.and_then(|key| iam.users.get(&key.user));
        let user = user.ok_or_else(|| fault::no_access_key(&input.access_key_id))?;
        let last = iam.uses.get(&input.access_key_id);
        Ok(Output { user_name: user.name.clone(), access_key_last_used: LastUsed::of(last) })
    }
}

/// When, where and for what a key was last used.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LastUsed {
    last_used_date: Option<Millis>,
    service_name: String,
    region: String,
}

impl LastUsed {
    /// What is told of a key that was never used is `N/A` (recorded).
    fn of(last: Option<&LastUse>) -> Self {
        let text = |of: fn(&LastUse) -> &String| last.map_or("N/A", |last| of(last)).to_owned();
        Self {
            last_used_date: last.map(|last| Millis(last.at_ms)),
            service_name: text(|last| &last.service),
            region: text(|last| &last.region),
        }
    }
}
