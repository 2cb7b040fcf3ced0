//! Bad input at the socket: whatever comes, the answer is AWS's own, memory stays bounded, nothing is
//! changed and no file is left, and the next request is answered as if nothing had been.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod bodies;
mod crowds;
mod disk;
mod heads;
mod rig;
mod signatures;
mod slow;
mod streams;
mod tls;
mod wire;
