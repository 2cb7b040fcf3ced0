//! The engine: several AWS accounts as one deterministic state machine behind one gate.
//!
//! Nothing here does I/O, takes the time or rolls dice: clock, dice and the store of what is no
//! longer hot are arguments, and what a step changes is its result ([`writes::Writes`]), for the
//! shell to commit before anybody is told.

pub mod body;
pub mod writes;
