//! A server that is killed at random moments, again and again, over one data folder: what it has
//! acknowledged is there, nothing torn is served, and journal and state agree.
//!
//! ```text
//! SEKISHO_CRASH_ROUNDS=2000 SEKISHO_CRASH_SEED=7 cargo test -p sekisho --test crash
//! cargo xtask crash 2000
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests say what they expect, and how a run can be repeated"
)]

mod client;
mod content;
mod disk;
mod known;
mod lane;
mod lane_objects;
mod lane_state;
mod meanwhile;
mod random;
mod rounds;
mod server;
mod start;
mod watcher;
