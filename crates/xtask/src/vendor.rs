//! Vendored data: facts taken from pinned packages, committed as compact files.
//!
//! `cargo xtask vendor` writes the files, `cargo xtask vendor --check` says whether the committed
//! ones are current. Both fetch the packages and so need the network: neither is part of the
//! tests. The bytes depend on nothing but the pins, so a second run changes nothing.

mod authorization;
mod managed_policies;
mod models;
mod package;
mod wheel;

use anyhow::{Context as _, Result, bail};
use std::fs;

use crate::repository::root;
use crate::say::say;

/// A file to commit: its path from the root of the workspace, and its bytes.
struct Vendored {
    path: String,
    bytes: Vec<u8>,
}

/// Runs `cargo xtask vendor`.
///
/// # Errors
/// When an argument is unknown, a package cannot be fetched or is not the pinned one, or, with
/// `--check`, when a committed file differs from what the packages give.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let check = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("unknown arguments `{}`: say `vendor` or `vendor --check`", args.join(" ")),
    };
    let mut files = authorization::files()?;
    files.extend(models::files()?);
    files.extend(managed_policies::files()?);
    if check { files.iter().try_for_each(compare) } else { files.iter().try_for_each(write) }
}

fn write(file: &Vendored) -> Result<()> {
    let path = root().join(&file.path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
    }
    fs::write(&path, &file.bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    say(&format!("wrote {} ({} bytes)", file.path, file.bytes.len()))
}

fn compare(file: &Vendored) -> Result<()> {
    let path = root().join(&file.path);
    let committed = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    if committed != file.bytes {
        bail!("`{}` is not what the pinned packages give: run `cargo xtask vendor`", file.path);
    }
    say(&format!("{} is current", file.path))
}
