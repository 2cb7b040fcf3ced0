//! The part of the shell that keeps things: what the server, the journal's commands and their tests
//! share. The terminal's part is in the binary.

pub mod serve;
pub mod store;
