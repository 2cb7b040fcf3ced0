//! One step: what it runs and how it ended.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::clients;
use super::count::Count;
use crate::repository::root;
use crate::tidy;

/// A step of the test command.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: What,
}

/// What a step does.
#[derive(Debug)]
pub(super) enum What {
    /// Runs cargo; its end is all that counts.
    Check { args: Vec<&'static str>, env: &'static [(&'static str, &'static str)] },
    /// Runs cargo and counts the tests; those with the real clients must run where these are there.
    Tests { args: Vec<&'static str>, with_clients: bool },
    /// Runs the rules of the tidy task.
    Tidy,
    /// Runs nothing: its tool is missing.
    Missing { advice: &'static str, is_failure: bool },
}

/// How a step ended.
#[derive(Debug)]
pub(super) enum Outcome {
    Ran(Count),
    NotRun(&'static str),
}

impl Step {
    pub(super) fn run(&self) -> Outcome {
        match &self.what {
            What::Check { args, env } => {
                let status = cargo(args).envs(env.iter().copied()).status();
                check(status.is_ok_and(|status| status.success()))
            }
            What::Tests { args, with_clients } => {
                let place = with_clients.then(|| ("SEKISHO_CLIENTS", clients::place()));
                Outcome::Ran(tests(cargo(args).envs(place)))
            }
            What::Tidy => {
                let done = tidy::run(&[]).inspect_err(|error| print(&format!("{error:#}\n")));
                check(done.is_ok())
            }
            What::Missing { advice, is_failure: true } => {
                print(&format!("a tool is missing: {advice}\n"));
                Outcome::Ran(Count::FAILED)
            }
            What::Missing { advice, is_failure: false } => Outcome::NotRun(advice),
        }
    }
}

impl Outcome {
    pub(super) fn count(&self) -> Count {
        match self {
            Self::Ran(count) => *count,
            Self::NotRun(_) => Count::default(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ran(count) if count.failed > 0 => write!(f, "FAILED   {count}"),
            Self::Ran(count) => write!(f, "ok       {count}"),
            Self::NotRun(advice) => write!(f, "not run  missing: {advice}"),
        }
    }
}

fn check(succeeded: bool) -> Outcome {
    Outcome::Ran(if succeeded { Count::PASSED } else { Count::FAILED })
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(args).current_dir(root()).stdin(Stdio::null());
    cargo
}

/// Runs tests, shows what they print while they run, and counts.
fn tests(cargo: &mut Command) -> Count {
    let started = cargo.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) =
        started.inspect_err(|error| print(&format!("cannot start cargo: {error}\n")))
    else {
        return Count::FAILED;
    };
    let output = shown(&mut child);
    let succeeded = child.wait().is_ok_and(|status| status.success());
    Count::of_tests(&output, succeeded)
}

/// What a child prints, shown while it comes. cargo test sums up on one stream, nextest on the other.
fn shown(child: &mut Child) -> String {
    let errors = child.stderr.take().map(|stream| thread::spawn(move || copy(stream)));
    let mut text = child.stdout.take().map(copy).unwrap_or_default();
    text += &errors.and_then(|errors| errors.join().ok()).unwrap_or_default();
    text
}

fn copy(stream: impl Read) -> String {
    let mut text = String::new();
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
        let shown = String::from_utf8_lossy(&line);
        print(&shown);
        text += &shown;
        line.clear();
    }
    text
}

/// Prints, come what may: a terminal that went away is no reason to stop a test.
fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_told_apart() {
        assert_eq!(Outcome::Ran(Count::PASSED).to_string(), "ok       1 passed, 0 failed");
        assert_eq!(Outcome::Ran(Count::FAILED).to_string(), "FAILED   0 passed, 1 failed");
        assert_eq!(Outcome::NotRun("get it").to_string(), "not run  missing: get it");
        assert_eq!(Outcome::NotRun("get it").count(), Count::default());
    }

    #[test]
    fn a_missing_tool_is_a_failure_where_it_must_be_there() {
        let step = |is_failure| Step { name: "x", what: What::Missing { advice: "y", is_failure } };
        assert_eq!(step(true).run().count(), Count::FAILED);
        assert_eq!(step(false).run().count(), Count::default());
    }
}
