//! The executable specification of `sekisho-iam`, and what compares the two.
//!
//! [`decide`] says the rules of `docs/decision.md` once more: naively, without indexes and without a
//! line of the fast engine's matching code. [`case`] turns one number into a request and policies
//! that are related to it; [`shrink`] makes a case that shows something as small as it gets. The
//! differential test stands in `crates/sekisho-iam/tests/differential.rs`.

mod condition;
pub mod generate;
mod grant;
mod pattern;
mod public;
mod shrink;
pub mod sketch;
mod spec;
mod value;

pub use generate::{Case, case};
pub use shrink::shrink;
pub use spec::decide;
