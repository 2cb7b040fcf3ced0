//! The engine with its store and its clock: steps in one order, answers when they are on the disk.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand;
use sekisho_cloud::call::{Answer, Call, Prepared, World};
use sekisho_cloud::dice::Dice;
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_cloud::writes::Writes;
use sekisho_cloud::{Cloud, Fault};
use tokio::sync::Semaphore;

use super::keys::SigningKeys;
use crate::store::{Store, StoreFailed};

/// Bodies of more than 32 KiB that are received at once; others wait. Each has up to five threads, and
/// none of them may wait for one that another body has.
pub(crate) const LARGE_AT_ONCE_MAX: usize = 64;

/// A running engine.
pub(crate) struct Engine {
    cloud: Mutex<Cloud>,
    pub(crate) store: Arc<Store>,
    /// How far the engine's clock is ahead of the machine's, in milliseconds.
    ahead_ms: AtomicI64,
    /// Signing keys of clients.
    pub(crate) keys: SigningKeys,
    /// Places for bodies that are received on threads of their own.
    pub(crate) large: Arc<Semaphore>,
}

/// What came of asking how a body is to be received.
pub(crate) enum Body {
    Receive(Box<Receiving>),
    None,
    Refused(Box<Answer>),
}

impl Engine {
    pub(crate) fn new(cloud: Cloud, store: Arc<Store>) -> Self {
        let ahead_ms = AtomicI64::new(cloud.clock_ahead_ms());
        let large = Arc::new(Semaphore::new(LARGE_AT_ONCE_MAX));
        Self { cloud: Mutex::new(cloud), store, ahead_ms, keys: SigningKeys::default(), large }
    }

    /// The engine's time, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        machine_ms() + self.ahead_ms.load(Ordering::Relaxed)
    }

    /// Looks at the engine.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Cloud) -> T) -> Result<T, StoreFailed> {
        Ok(look(&*self.cloud()?))
    }

    /// Carries out a call, and answers when what it changed is on the disk.
    pub(crate) async fn step(
        &self,
        call: Call,
        received: Option<Received>,
    ) -> Result<Answer, StoreFailed> {
        let mut world = self.world()?;
        let mut kept = None;
        self.commit(|cloud| {
            world.now_ms = self.now_ms();
            let mut answer = cloud.step(world, call, received);
            let writes = std::mem::take(&mut answer.writes);
            kept = Some(answer);
            writes
        })
        .await?;
        kept.ok_or(StoreFailed::Ended)
    }

    /// Asks how the body of a call is to be received.
    pub(crate) async fn prepare(&self, call: &Call) -> Result<Body, StoreFailed> {
        let world = self.world()?;
        let mut kept = Body::None;
        self.commit(|cloud| match cloud.prepare_call(world, call) {
            Prepared::NoBody => Writes::default(),
            Prepared::Receive(receiving, writes) => {
                kept = Body::Receive(receiving);
                writes
            }
            Prepared::Refused(mut answer) => {
                let writes = std::mem::take(&mut answer.writes);
                kept = Body::Refused(answer);
                writes
            }
        })
        .await?;
        Ok(kept)
    }

    /// Writes down a call that came to nothing before it reached its operation.
    pub(crate) async fn give_up(&self, call: &Call, fault: Fault) -> Result<(), StoreFailed> {
        let world = self.world()?;
        self.commit(|cloud| cloud.give_up(world, call, fault).writes).await
    }

    /// Changes the engine, and waits until that is on the disk. What changes nothing waits for nothing.
    ///
    /// # Errors
    /// When the store is stopped, or cannot write this: nothing may be answered then as if it were.
    pub(crate) async fn commit(
        &self,
        change: impl FnOnce(&mut Cloud) -> Writes,
    ) -> Result<(), StoreFailed> {
        self.store.ready()?;
        let waiting = {
            let mut cloud = self.cloud()?;
            let writes = change(&mut cloud);
            if writes == Writes::default() {
                return Ok(());
            }
            self.store.submit(writes)
        };
        waiting.await.unwrap_or(Err(StoreFailed::Ended))
    }

    /// Moves the engine's clock forward.
    pub(crate) async fn advance(&self, by_ms: i64) -> Result<i64, StoreFailed> {
        let world = self.world()?;
        let mut ahead_ms = 0;
        self.commit(|cloud| {
            let writes = cloud.advance_clock(world, by_ms);
            ahead_ms = cloud.clock_ahead_ms();
            self.ahead_ms.store(ahead_ms, Ordering::Relaxed);
            writes
        })
        .await?;
        Ok(self.now_ms())
    }

    /// The clock and fresh dice.
    pub(crate) fn world(&self) -> Result<World, StoreFailed> {
        let mut seed = [0; 32];
        rand::fill(&mut seed).map_err(|_| StoreFailed::NoRandomness)?;
        Ok(World { now_ms: self.now_ms(), dice: Dice::new(&seed) })
    }

    /// A step that panicked has left the engine as nobody meant it: nothing goes on from there. No
    /// step is known to panic, and the lints against panics hold that.
    fn cloud(&self) -> Result<MutexGuard<'_, Cloud>, StoreFailed> {
        self.cloud.lock().map_err(|_| StoreFailed::Broken)
    }
}

/// The machine's time, in milliseconds since 1970.
pub(crate) fn machine_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
