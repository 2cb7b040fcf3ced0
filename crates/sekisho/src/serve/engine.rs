//! The engine with its store and its clock: steps in one order, answers when they are on the disk.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use sekisho_cloud::call::{Answer, Call, Prepared, World};
use sekisho_cloud::dice::Dice;
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_cloud::writes::Writes;
use sekisho_cloud::{Cloud, Fault};
use tokio::sync::Semaphore;

use super::holds::{Held, Holds};
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
    holds: Arc<Holds>,
}

/// What came of a call.
pub(crate) struct Stepped {
    pub(crate) answer: Answer,
    /// Keeps the bodies that go with the reply.
    pub(crate) held: Option<Held>,
}

/// What came of asking how a body is to be received.
pub(crate) enum Body {
    /// It is to be received so; what it is copied from is kept meanwhile.
    Receive(Box<Receiving>, Option<Held>),
    None,
    Refused(Box<Answer>),
}

impl Engine {
    pub(crate) fn new(cloud: Cloud, store: Arc<Store>) -> Self {
        let ahead_ms = AtomicI64::new(cloud.clock_ahead_ms());
        let holds = Arc::new(Holds::of(Arc::clone(&store)));
        let large = Arc::new(Semaphore::new(LARGE_AT_ONCE_MAX));
        let keys = SigningKeys::default();
        Self { cloud: Mutex::new(cloud), store, ahead_ms, keys, large, holds }
    }

    /// The engine's time, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        machine_ms() + self.ahead_ms.load(Ordering::Relaxed)
    }

    /// Looks at the engine.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Cloud) -> T) -> Result<T, StoreFailed> {
        Ok(look(&*self.cloud()?))
    }

    /// Carries out a call, and answers when what it changed is on the disk. The file of a body that
    /// came with a call that was refused goes.
    pub(crate) async fn step(
        &self,
        call: Call,
        received: Option<Received>,
    ) -> Result<Stepped, StoreFailed> {
        let mut world = self.world()?;
        let file = received.as_ref().filter(|body| body.inline.is_none()).map(|body| body.body);
        let mut kept = None;
        let committed = self.commit(|cloud| {
            world.now_ms = self.now_ms();
            let mut answer = cloud.step(world, call, received);
            let writes = std::mem::take(&mut answer.writes);
            let held = answer.sending.as_ref().map(|sending| self.holds.hold(sending));
            kept = Some(Stepped { answer, held });
            writes
        });
        let committed = committed.await;
        let has_row = kept.as_ref().is_some_and(|stepped| stepped.answer.result.is_ok());
        if let Some(file) = file.filter(|_| !has_row) {
            self.store.discard(file);
        }
        committed?;
        kept.ok_or(StoreFailed::Ended)
    }

    /// Asks how the body of a call is to be received.
    pub(crate) async fn prepare(&self, call: &Call) -> Result<Body, StoreFailed> {
        let world = self.world()?;
        let mut kept = Body::None;
        self.commit(|cloud| match cloud.prepare_call(world, call) {
            Prepared::NoBody => Writes::default(),
            Prepared::Receive(receiving, writes) => {
                let held = receiving.from.as_ref().map(|from| self.holds.hold(from));
                kept = Body::Receive(receiving, held);
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
            let mut writes = change(&mut cloud);
            self.holds.keep_back(&mut writes.dropped);
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
        getrandom::fill(&mut seed).map_err(|_| StoreFailed::NoRandomness)?;
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

#[cfg(test)]
mod tests {
    use super::super::caught::caught;
    use super::*;

    /// Whoever calls after a step has panicked hears that, and nothing is committed any more.
    #[tokio::test]
    async fn a_step_that_panics_stops_the_engine_and_everybody_is_told() {
        let name = format!("sekisho-engine-{}", std::process::id());
        let data = std::env::temp_dir().join(name);
        let (store, loaded) = Store::open(&data).unwrap();
        let store = Arc::new(store);
        let cloud = super::super::load(&store, loaded).unwrap();
        let engine = Engine::new(cloud, store);
        assert!(engine.look(|_| ()).is_ok());
        assert!(caught(engine.commit(|_| panic!("a step panics"))).await.is_none());
        assert!(matches!(engine.look(|_| ()), Err(StoreFailed::Broken)));
        let committed = engine.commit(|_| Writes::default()).await;
        assert!(matches!(committed, Err(StoreFailed::Broken)));
        drop(engine);
        std::fs::remove_dir_all(data).unwrap();
    }
}
