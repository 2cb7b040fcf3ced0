//! How an account comes into being, with the user who administers it.
//!
//! The root user of an account makes its first user, through the gate like everybody: the calls are
//! asked and recorded.

use std::sync::Arc;

use sekisho_iam::AccountId;

use crate::accounts::Account;
use crate::call::World;
use crate::cloud::Cloud;
use crate::fault::Fault;
use crate::gate::{Arrival, Frame, Scene};
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
        let frame = root_frame(&new);
        let marks = self.marks();
        let account = Account { id: new.id, name: new.name };
        self.accounts_mut().rows.put(new.id.to_string(), account);
        self.settle();
        let key = self.first_user(&mut scene, &frame, &new.administrator);
        if key.is_err() {
            self.roll_back(&marks);
            self.settle();
        }
        let answer = self.close(scene, key.as_ref().map(|_| ()).map_err(Clone::clone));
        let key = key?;
        Ok(Founded {
            access_key_id: key.access_key_id,
            secret_access_key: key.secret_access_key.into(),
            writes: answer,
        })
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

fn root_frame(new: &NewAccount) -> Frame {
    Frame {
        principal: Principal::root(new.id),
        region: new.region.as_str().into(),
        arrival: Arc::new(Arrival::default()),
        via: Vec::new(),
        internal: true,
    }
}
