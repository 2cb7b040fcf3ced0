//! `cargo xtask test`: every check, one after the other, and a summary.
//!
//! A step that fails does not stop the others. A step whose tool is not installed is shown as not
//! run; for the tools that come with every Rust toolchain, and for the stories that the aws CLI and
//! boto3 tell, this is a failure where `CI` is `true`.
//! The last line counts tests and checks: `N passed, N failed`.

mod clients;
mod count;
mod plan;
mod step;
mod tools;

use anyhow::{Result, ensure};
use std::fmt;
use std::time::{Duration, Instant};

use crate::say::say;
use count::Count;
use step::{Outcome, Step};
use tools::Tools;

/// A line of the summary.
struct Line {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

/// Runs `cargo xtask test`.
///
/// # Errors
/// When there are arguments, or the terminal cannot be written to. Where a step failed the process
/// ends here, because the summary has said it all.
pub(crate) fn run(args: &[String]) -> Result<()> {
    ensure!(args.is_empty(), "unknown arguments `{}`: say `test`", args.join(" "));
    let steps = plan::steps(&Tools::set_up());
    let lines = steps.iter().map(one).collect::<Result<Vec<_>>>()?;
    say("\n== summary ==")?;
    lines.iter().try_for_each(|line| say(&line.to_string()))?;
    if !estates_are_here() {
        say("no `shared/estates` here or above: the tests of the example estates were skipped")?;
    }
    let total = lines.iter().map(|line| line.outcome.count()).fold(Count::default(), Count::and);
    say(&format!("\n{total}"))?;
    if total.failed == 0 { Ok(()) } else { std::process::exit(1) }
}

/// Whether the example estates are there, which some tests read and which are not ours to ship.
fn estates_are_here() -> bool {
    let root = std::path::absolute(crate::repository::root()).unwrap_or_default();
    root.ancestors().any(|folder| folder.join("shared/estates").is_dir())
}

fn one(step: &Step) -> Result<Line> {
    say(&format!("\n== {} ==", step.name))?;
    let start = Instant::now();
    let outcome = step.run();
    let line = Line { name: step.name, outcome, took: start.elapsed() };
    say(&line.to_string())?;
    Ok(line)
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, outcome, took } = self;
        write!(f, "{name:<20} {:>6.1} s  {outcome}", took.as_secs_f32())
    }
}
