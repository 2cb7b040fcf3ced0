//! How an account comes into being, with the user who administers it.
//!
//! The root user of an account makes its first user, through the gate like everybody: the calls are
//! asked and recorded. So are those that make an organization of the accounts of an estate: the root
//! user of the management account invites, the root users of the others accept.

use std::sync::Arc;

use sekisho_iam::AccountId;
use sekisho_wire::Value;
use sekisho_wire::value::Structure;

use crate::accounts::Account;
use crate::call::World;
use crate::cloud::Cloud;
use crate::dice::Dice;
use crate::fault::Fault;
use crate::gate::{Arrival, Entry, Frame, Scene};
use crate::operation::{Effect, Event};
use crate::principal::Principal;
use crate::services::iam::{self, inputs};
use crate::writes::Writes;

/// The policy of the first user.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// An account that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Its number.
    pub id: AccountId,
    /// Its name in the estate.
    pub name: String,
    /// The name of its first user.
    pub administrator: String,
    /// The region in which the founding is recorded.
    pub region: String,
}

/// What the first user of a new account signs with.
pub struct Founded {
    /// `AKIA…`.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: zeroize::Zeroizing<String>,
    /// What to commit.
    pub writes: Writes,
}

impl std::fmt::Debug for Founded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Founded").field("id", &self.access_key_id).finish_non_exhaustive()
    }
}

impl Cloud {
    /// Founds an account and its first user.
    ///
    /// # Errors
    /// When the account is there already, or the user cannot be made.
    pub fn found(&mut self, world: World, new: NewAccount) -> Result<Founded, Fault> {
        if self.accounts().has(new.id) {
            let text = format!("there is already an account {}", new.id);
            return Err(Fault::new("EntityAlreadyExists", text));
        }
        let mut world = world;
        let request_id = world.dice.uuid();
        let mut scene = Scene::new(world.now_ms, world.dice, request_id);
        let frame = root_frame(new.id, &new.region);
        let marks = self.marks();
        let account = Account { id: new.id, name: new.name };
        self.accounts_mut().rows.put(new.id.to_string(), account);
        self.settle();
        let key = self.first_user(&mut scene, &frame, &new.administrator);
        if key.is_err() {
            self.roll_back(&marks);
            self.settle();
        }
        let answer = self.close(scene, key.is_ok());
        let key = key?;
        Ok(Founded {
            access_key_id: key.access_key_id,
            secret_access_key: key.secret_access_key.into(),
            writes: answer,
        })
    }

    /// Founds an account that Organizations asks for.
    pub(crate) fn found_on_request(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        name: &str,
    ) -> Result<AccountId, Fault> {
        let free = |id: &AccountId| !self.accounts().has(*id);
        let id = std::iter::repeat_with(|| number(&mut scene.dice).parse().ok());
        let id = id.take(NUMBERS_TRIED_MAX).flatten().find(free);
        let id: AccountId = id.ok_or_else(|| Fault::internal(&"no number is free"))?;
        self.accounts_mut().rows.put(id.to_string(), Account { id, name: name.to_owned() });
        self.settle();
        let service = frame.taken_over_by(Principal::service("organizations.amazonaws.com"));
        let kind = (Effect::Write, Event::Management);
        let mut told = Structure::new();
        told.set("AccountId", Value::Text(id.to_string()));
        let told = Some(Value::Structure(told));
        let entry = Entry::new(scene, &service, "organizations:CreateAccountResult", kind, told);
        scene.entries.push(entry);
        Ok(id)
    }

    fn first_user(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        name: &str,
    ) -> Result<iam::NewKey, Fault> {
        let user = inputs::CreateUser {
            user_name: name.to_owned(),
            path: None,
            permissions_boundary: None,
            tags: Vec::new(),
        };
        self.perform::<iam::CreateUser>(scene, frame, user)?;
        let policy = inputs::AttachUserPolicy {
            user_name: name.to_owned(),
            policy_arn: ADMINISTRATOR.to_owned(),
        };
        self.perform::<iam::AttachUserPolicy>(scene, frame, policy)?;
        let key = inputs::CreateAccessKey { user_name: Some(name.to_owned()) };
        Ok(self.perform::<iam::CreateAccessKey>(scene, frame, key)?.access_key)
    }
}

pub(crate) fn root_frame(account: AccountId, region: &str) -> Frame {
    Frame {
        principal: Principal::root(account).into(),
        region: region.into(),
        arrival: Arc::new(Arrival::default()),
        via: Vec::new(),
        internal: true,
    }
}

/// How often a number is rolled for a new account. That one is taken happens once in a thousand million
/// times at most.
const NUMBERS_TRIED_MAX: usize = 16;

/// The number of an account: twelve digits, the first of them no zero.
fn number(dice: &mut Dice) -> String {
    dice.text(b"123456789", 1) + &dice.text(b"0123456789", 11)
}
