//! How the accounts of an estate become an organization: by the calls that AWS has for it.
//!
//! The root user of the management account makes the organization and its units and invites; the root
//! user of each other account accepts; then it is moved to its unit. Every call is asked and recorded.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;

use crate::call::World;
use crate::cloud::Cloud;
use crate::fault::Fault;
use crate::founding::root_frame;
use crate::gate::{Frame, Scene};
use crate::services::organizations::state::ORGANIZATION;
use crate::services::organizations::{self, inputs};
use crate::writes::Writes;

/// Where Organizations is. Source: AWS General Reference, "AWS Organizations endpoints and quotas".
const REGION: &str = "us-east-1";

impl Cloud {
    /// Makes an organization of accounts that are there. Each member comes with the path of the unit it
    /// is to be in, from the root: `workloads/production`; the empty path is the root itself.
    ///
    /// # Errors
    /// What the first call that is refused is answered; nothing is then changed.
    pub fn found_organization(
        &mut self,
        world: World,
        management: AccountId,
        members: &[(AccountId, &str)],
    ) -> Result<Writes, Fault> {
        let mut world = world;
        let request_id = world.dice.uuid();
        let mut scene = Scene::new(world.now_ms, world.dice, request_id);
        let marks = self.marks();
        let result = self.organize(&mut scene, management, members);
        if result.is_err() {
            self.roll_back(&marks);
            self.settle();
        }
        let writes = self.close(scene, result.clone());
        result.map(|()| writes)
    }

    fn organize(
        &mut self,
        scene: &mut Scene,
        management: AccountId,
        members: &[(AccountId, &str)],
    ) -> Result<(), Fault> {
        let frame = root_frame(management, REGION);
        let new = inputs::CreateOrganization { feature_set: None };
        self.perform::<organizations::CreateOrganization>(scene, &frame, new)?;
        let mut units = BTreeMap::new();
        for (account, path) in members {
            self.join(scene, &frame, *account)?;
            let unit = self.unit_at(scene, &frame, path, &mut units)?;
            self.settle_in(scene, &frame, *account, unit)?;
        }
        Ok(())
    }

    /// Invites an account, and accepts for it.
    fn join(&mut self, scene: &mut Scene, frame: &Frame, account: AccountId) -> Result<(), Fault> {
        let target =
            inputs::Target { id: account.to_string(), r#type: inputs::TargetType::Account };
        let invitation = inputs::InviteAccountToOrganization { target, tags: Vec::new() };
        let told =
            self.perform::<organizations::InviteAccountToOrganization>(scene, frame, invitation)?;
        let guest = root_frame(account, REGION);
        let accepted = inputs::AcceptHandshake { handshake_id: told.handshake_id().to_owned() };
        self.perform::<organizations::AcceptHandshake>(scene, &guest, accepted).map(|_| ())
    }

    /// The unit at a path, which is made where it is not there.
    fn unit_at(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        path: &str,
        known: &mut BTreeMap<String, String>,
    ) -> Result<String, Fault> {
        let mut parent = self.organization_root();
        let mut so_far = String::new();
        for name in path.split('/').filter(|name| !name.is_empty()) {
            so_far = so_far + "/" + name;
            if let Some(id) = known.get(&so_far) {
                parent.clone_from(id);
                continue;
            }
            let (parent_id, name) = (parent, name.to_owned());
            let new = inputs::CreateOrganizationalUnit { parent_id, name, tags: Vec::new() };
            let told =
                self.perform::<organizations::CreateOrganizationalUnit>(scene, frame, new)?;
            parent = told.id().to_owned();
            known.insert(so_far.clone(), parent.clone());
        }
        Ok(parent)
    }

    /// Moves an account from the root to its unit.
    fn settle_in(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        account: AccountId,
        unit: String,
    ) -> Result<(), Fault> {
        let root = self.organization_root();
        if root == unit {
            return Ok(());
        }
        let account_id = account.to_string();
        let (source_parent_id, destination_parent_id) = (root, unit);
        let to = inputs::MoveAccount { account_id, source_parent_id, destination_parent_id };
        self.perform::<organizations::MoveAccount>(scene, frame, to).map(|_| ())
    }

    fn organization_root(&self) -> String {
        let organization = self.organizations().organization.get(ORGANIZATION);
        organization.map(|one| one.root.clone()).unwrap_or_default()
    }
}
