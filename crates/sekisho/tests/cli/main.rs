//! The program from outside: arguments and files in; stdout, stderr and the exit code out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod advice;
mod bad_input;
mod documents;
mod examples;
mod support;
mod usage;
mod validate;
