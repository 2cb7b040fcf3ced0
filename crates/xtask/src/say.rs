//! Lines on the terminal.

use anyhow::{Context as _, Result};
use std::io::{self, Write as _};

/// Prints a line.
pub(crate) fn say(line: &str) -> Result<()> {
    writeln!(io::stdout().lock(), "{line}").context("cannot write to the terminal")
}
