//! A request whose handling panics gets an answer all the same, and so does everybody else.
//!
//! No input is known to make a handler panic, and lints and fuzzing hold that. Where it happens
//! nevertheless the panic's message is on standard error, the client is told that it is our fault,
//! and the engine, if it was in the middle of a step, takes no more calls
//! ([`StoreFailed::Broken`](crate::store::StoreFailed::Broken)): it says so to everybody.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// The output of a future; `None` where it panicked.
pub(super) async fn caught<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let polled = |context: &mut std::task::Context<'_>| {
        // After a panic the future is only dropped; what it shared is the engine, which is locked.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    };
    std::future::poll_fn(polled).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_future_and_nothing_else() {
        assert_eq!(caught(async { 1 }).await, Some(1));
        let late = async {
            tokio::task::yield_now().await;
            panic!("a test panics");
        };
        assert_eq!(caught::<()>(late).await, None);
    }
}
