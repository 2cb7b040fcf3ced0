//! The engine: several AWS accounts as one deterministic state machine behind one gate.
//!
//! Nothing here does I/O, takes the time or rolls dice: clock, dice and the store of what is no
//! longer hot are arguments, and what a step changes is its result ([`writes::Writes`]), for the
//! shell to commit before anybody is told.

pub mod accounts;
pub mod act;
pub mod ask;
pub mod body;
pub mod bound;
pub mod call;
pub mod cloud;
pub mod dice;
pub mod directory;
pub mod fault;
pub mod founding;
mod founding_organization;
pub mod gate;
pub mod journal;
pub mod operation;
pub mod principal;
pub mod services;
pub mod session;
pub mod stream;
pub mod table;
pub mod time;
mod token;
pub mod trail;
mod unread;
pub mod vault;
pub mod writes;

pub use cloud::Cloud;
pub use fault::Fault;
