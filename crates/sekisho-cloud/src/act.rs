//! What an operation sees while it asks ([`View`]) and what it holds while it acts ([`Act`]).
//!
//! Both reach the state of the operation's own service and nothing else of the engine: what another
//! service has is reached by a call through the gate ([`Act::place`]).

use std::marker::PhantomData;
use std::sync::Arc;

use sekisho_iam::AccountId;

use crate::ask::Ask;
use crate::cloud::{Cloud, State};
use crate::dice::Dice;
use crate::directory::Directory;
use crate::fault::Fault;
use crate::gate::standing::Membership;
use crate::gate::{Frame, Scene};
use crate::operation::Operation;
use crate::principal::Principal;
use crate::stream::{Received, Sending};
use crate::vault::{Vault, VaultOf};
use crate::writes::{Archive, BodyId};

/// What an operation sees while it asks.
pub struct View<'a, S> {
    cloud: &'a Cloud,
    frame: &'a Frame,
    now_ms: i64,
    of: PhantomData<&'a S>,
}

impl<'a, S: State> View<'a, S> {
    pub(crate) fn new(cloud: &'a Cloud, frame: &'a Frame, now_ms: i64) -> Self {
        Self { cloud, frame, now_ms, of: PhantomData }
    }

    /// The state of the service.
    pub fn state(&self) -> &'a S {
        S::of(self.cloud)
    }

    /// The call's surroundings.
    pub fn frame(&self) -> &'a Frame {
        self.frame
    }

    /// Who calls.
    pub fn principal(&self) -> &'a Principal {
        &self.frame.principal
    }

    /// The account that calls.
    ///
    /// # Errors
    /// Refuses callers without an account: a service must take them on purpose.
    pub fn account(&self) -> Result<AccountId, Fault> {
        account(self.frame)
    }

    /// The region that was called.
    pub fn region(&self) -> &'a str {
        &self.frame.region
    }

    /// The time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// Who exists.
    pub fn directory(&self) -> Directory<'a> {
        self.cloud.directory()
    }

    /// How an account stands in its organization: for the simulator, which tells what SCPs say.
    pub(crate) fn membership(&self, account: AccountId) -> Arc<Membership> {
        self.cloud.membership(Some(account))
    }

    /// Whether the gate would allow this to the caller. For answers that depend on a further
    /// permission (S3 tells nobody who may not list a bucket that a key is missing), not for
    /// deciding whether to act.
    pub fn may(&self, ask: &Ask<'_>) -> bool {
        self.cloud.may(self.frame, self.now_ms, ask)
    }

    /// Whether a policy says no to this: for what somebody may do by default.
    pub fn forbids(&self, ask: &Ask<'_>) -> bool {
        self.cloud.forbids(self.frame, self.now_ms, ask)
    }
}

/// What an operation holds while it acts.
pub struct Act<'a, S> {
    cloud: &'a mut Cloud,
    scene: &'a mut Scene,
    frame: &'a Frame,
    of: PhantomData<S>,
}

impl<'a, S: State> Act<'a, S> {
    pub(crate) fn new(cloud: &'a mut Cloud, scene: &'a mut Scene, frame: &'a Frame) -> Self {
        Self { cloud, scene, frame, of: PhantomData }
    }

    /// The state of the service, to be read.
    pub fn read(&self) -> &S {
        S::of(self.cloud)
    }

    /// The state of the service, to be changed.
    pub fn state(&mut self) -> &mut S {
        S::of_mut(self.cloud)
    }

    /// The call's surroundings.
    pub fn frame(&self) -> &'a Frame {
        self.frame
    }

    /// Who calls.
    pub fn principal(&self) -> &'a Principal {
        &self.frame.principal
    }

    /// The account that calls.
    ///
    /// # Errors
    /// Refuses callers without an account: a service must take them on purpose.
    pub fn account(&self) -> Result<AccountId, Fault> {
        account(self.frame)
    }

    /// The region that was called.
    pub fn region(&self) -> &'a str {
        &self.frame.region
    }

    /// The time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.scene.now_ms
    }

    /// Dice.
    pub fn dice(&mut self) -> &mut Dice {
        &mut self.scene.dice
    }

    /// Who exists.
    pub fn directory(&self) -> Directory<'_> {
        self.cloud.directory()
    }

    /// A vault and the dice for it.
    pub fn vault(&mut self, of: VaultOf) -> (&Vault, &mut Dice) {
        (self.cloud.vault(of), &mut self.scene.dice)
    }

    /// The committed records.
    pub fn archive(&self) -> &dyn Archive {
        self.cloud.archive()
    }

    /// Whether the gate would allow this to the caller; see [`View::may`].
    pub fn may(&self, ask: &Ask<'_>) -> bool {
        self.cloud.may(self.frame, self.scene.now_ms, ask)
    }

    /// What the caller's session holds in tags, policies and time, and the layers that bind it:
    /// for services that answer with them.
    pub fn view(&self) -> View<'_, S> {
        View::new(self.cloud, self.frame, self.scene.now_ms)
    }

    /// Places a call on another service through the gate: as the same caller, by way of this
    /// service (`via`: `s3.amazonaws.com`), so that it is asked and recorded like any other.
    /// Source: IAM User Guide, "Forward access sessions".
    ///
    /// # Errors
    /// Whatever the other service answers; what it changed is then undone.
    pub fn place<O: Operation>(
        &mut self,
        via: &'static str,
        input: O::In,
    ) -> Result<O::Out, Fault> {
        let frame = self.frame.forwarded(via);
        self.cloud.perform::<O>(self.scene, &frame, input)
    }

    /// Carries out another operation of this service as part of this one: as the same caller over
    /// the same connection, asked and recorded by itself. Source: S3 User Guide, "Logging Amazon S3
    /// API calls": `DeleteObjects` is recorded once, and once for each object.
    ///
    /// # Errors
    /// Whatever the other operation answers; what it changed is then undone.
    pub fn also<O: Operation<State = S>>(&mut self, input: O::In) -> Result<O::Out, Fault> {
        self.cloud.perform::<O>(self.scene, self.frame, input)
    }

    /// Places a call as somebody else: a role that was assumed, or a service for itself.
    ///
    /// # Errors
    /// Whatever the other service answers; what it changed is then undone.
    pub fn place_as<O: Operation>(
        &mut self,
        principal: Principal,
        input: O::In,
    ) -> Result<O::Out, Fault> {
        let frame = self.frame.taken_over_by(principal);
        self.cloud.perform::<O>(self.scene, &frame, input)
    }

    /// Founds an account with this name, and nothing in it, on behalf of this service; recorded as
    /// what AWS tells of it, `CreateAccountResult`. What is to be in it is made by calls.
    ///
    /// # Errors
    /// None but the engine's own.
    pub(crate) fn found_account(&mut self, name: &str) -> Result<AccountId, Fault> {
        self.cloud.found_on_request(self.scene, self.frame, name)
    }

    /// The body that was received, once.
    pub fn received(&mut self) -> Option<Received> {
        let received = self.scene.received.take();
        if let Some((id, sealed)) =
            received.as_ref().and_then(|one| Some((one.body, one.inline.clone()?)))
        {
            self.scene.bodies.push((id, sealed));
        }
        received
    }

    /// Sends a body with the reply.
    pub fn send(&mut self, sending: Sending) {
        self.scene.sending = Some(sending);
    }

    /// Lets go of a body that no row names any more.
    pub fn drop_body(&mut self, body: BodyId) {
        self.scene.dropped.push(body);
    }
}

fn account(frame: &Frame) -> Result<AccountId, Fault> {
    let refused = || Fault::new("AccessDenied", "Access Denied").with_status(403);
    frame.principal.account().ok_or_else(refused)
}
