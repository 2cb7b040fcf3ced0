//! What this machine has for the tests.
//!
//! Whatever the tests need beyond a Rust toolchain is set up here: the clients of the server's stories.
//! Otherwise the machine is only asked what it has.

use std::process::{Command, Stdio};

use super::clients;

/// The tools that are there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tools {
    pub(super) rustfmt: bool,
    pub(super) clippy: bool,
    pub(super) nextest: bool,
    pub(super) deny: bool,
    /// Whether the aws CLI and boto3 are there for the stories, or what is missing.
    pub(super) clients: Result<(), &'static str>,
    /// Whether every step must run that a Rust toolchain can run.
    pub(super) strict: bool,
}

impl Tools {
    /// Finds out what is there, and installs the clients.
    pub(super) fn set_up() -> Self {
        Self {
            rustfmt: has("fmt"),
            clippy: has("clippy"),
            nextest: has("nextest"),
            deny: has("deny"),
            clients: clients::set_up(),
            strict: std::env::var("CI").is_ok_and(|value| value == "true"),
        }
    }
}

fn has(subcommand: &str) -> bool {
    let mut asked = Command::new("cargo");
    asked.args([subcommand, "--version"]).stdin(Stdio::null());
    asked.stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}
