//! Bodies that are promised: a reply on its way keeps what it sends, whatever is written meanwhile.
//!
//! A step that takes away the last row of a body drops the body with the same commit. A reply that
//! an earlier step has promised may not be sent by then, or not to its end. So a body that replies
//! need goes when the last of them is done with it. What a crash leaves of this is swept at the next
//! start.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sekisho_cloud::stream::Sending;
use sekisho_cloud::writes::{BodyId, Writes};

use crate::store::Store;

/// The bodies that replies need.
pub(super) struct Holds {
    store: Arc<Store>,
    bodies: Mutex<BTreeMap<BodyId, Need>>,
}

#[derive(Default)]
struct Need {
    /// How many replies need it.
    replies: usize,
    /// Whether no row names it any more.
    is_dropped: bool,
}

/// Keeps the bodies of one reply until it is dropped.
pub(crate) struct Held {
    holds: Arc<Holds>,
    bodies: Vec<BodyId>,
}

impl Holds {
    pub(super) fn of(store: Arc<Store>) -> Self {
        Self { store, bodies: Mutex::default() }
    }

    /// Holds the bodies of a reply. To be called before another step is taken.
    pub(super) fn hold(self: &Arc<Self>, sending: &Sending) -> Held {
        let bodies: Vec<_> = sending.pieces.iter().map(|piece| piece.body).collect();
        let mut needs = self.needs();
        for body in &bodies {
            needs.entry(*body).or_default().replies += 1;
        }
        Held { holds: Arc::clone(self), bodies }
    }

    /// Takes out of what a step dropped what replies still need.
    pub(super) fn keep_back(&self, dropped: &mut Vec<BodyId>) {
        if dropped.is_empty() {
            return;
        }
        let mut needs = self.needs();
        dropped.retain(|body| match needs.get_mut(body) {
            Some(need) => {
                need.is_dropped = true;
                false
            }
            None => true,
        });
    }

    /// Lets go of the bodies of a reply; gives those that go now.
    fn release(&self, bodies: &[BodyId]) -> Vec<BodyId> {
        let mut needs = self.needs();
        let mut gone = Vec::new();
        for body in bodies {
            let Some(need) = needs.get_mut(body) else { continue };
            need.replies -= 1;
            if need.replies == 0 {
                gone.extend(need.is_dropped.then_some(*body));
                needs.remove(body);
            }
        }
        gone
    }

    fn needs(&self) -> MutexGuard<'_, BTreeMap<BodyId, Need>> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let dropped = self.holds.release(&self.bodies);
        if !dropped.is_empty() {
            // Nobody waits for it: a body too many does no harm, and the next start sweeps it.
            drop(self.holds.store.submit(Writes { dropped, ..Writes::default() }));
        }
    }
}
