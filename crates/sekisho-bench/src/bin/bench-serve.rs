//! The load generator. `cargo xtask bench-serve` builds it, what it measures, and its peer.

use std::io::Write as _;

use anyhow::Result;
use sekisho_bench::serve::{self, Options};

fn main() -> Result<()> {
    let options = Options::read(std::env::args().skip(1))?;
    let text = serve::run(&options)?;
    Ok(writeln!(std::io::stdout().lock(), "{}", text.trim_end())?)
}
