//! Decides a request as AWS IAM does, and says why.
//!
//! ```text
//! text -> sekisho_tree -> Document (spans, diagnostics) -> Policies -> Compiled -> decide(request) -> Decision
//!                                                                               \-> explain(request) -> Explanation
//! ```
//!
//! [`decide`] is the fast path: no allocation, no reasons. [`explain`] walks the same compiled
//! policies and keeps what each layer said, which statements decided and, for a denial, the
//! smallest change that would allow the request. Both follow AWS's own order, written down rule by
//! rule in `docs/decision.md`; the crate `sekisho-spec` says the same naively, and the two are
//! compared on generated requests.
//!
//! Nothing here does I/O, takes the time or rolls dice.

pub mod arn;
mod beyond;
pub mod caller;
mod case;
pub mod compile;
mod condition;
pub mod context;
mod decide;
pub mod decision;
pub mod denial;
mod derived;
pub mod document;
mod explain;
pub mod explanation;
pub mod knowledge;
pub mod pattern;
pub mod policies;
pub mod public;
mod rcp;
pub mod request;
pub mod similar;
pub mod validate;

pub use arn::{AccountId, Arn};
pub use caller::Caller;
pub use compile::{Compiled, CompiledGrant, Layer, Layers};
pub use context::{Context, ContextValue};
pub use decide::decide;
pub use decision::{Decision, LayerKind, LayerSet, Outcome};
pub use document::{Document, PolicyKind};
pub use explain::explain;
pub use explanation::Explanation;
pub use policies::{Grant, GrantConstraint, Policies, Policy};
pub use request::{Request, Resource};
