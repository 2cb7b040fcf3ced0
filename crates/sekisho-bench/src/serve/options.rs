//! What the command is told.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// What is measured, and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The program `sekisho`.
    pub(super) sekisho: PathBuf,
    /// The program `moto_server`, if it is measured too.
    pub(super) moto: Option<PathBuf>,
    /// The folder for what the servers keep; it should be on a disk, not in memory.
    pub(super) scratch: PathBuf,
    /// Whether to print JSON.
    pub(super) json: bool,
    /// How long each operation is called over so many connections.
    pub(super) time: Duration,
    /// Over how many connections.
    pub(super) connections: Vec<usize>,
    /// How many cold starts of each kind.
    pub(super) starts: usize,
    /// The size of large objects in MiB, and how often each way is measured.
    pub(super) large: (usize, usize),
    /// How often a part is measured.
    pub(super) repeats: usize,
    /// The tables to make; empty: all.
    pub(super) only: Vec<String>,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// When one is unknown or `--sekisho` or `--scratch` is missing.
    pub fn read(args: impl IntoIterator<Item = String>) -> Result<Self> {
        let mut args = args.into_iter();
        let mut options = Self {
            sekisho: PathBuf::new(),
            moto: None,
            scratch: PathBuf::new(),
            json: false,
            time: Duration::from_secs(5),
            connections: vec![1, 16],
            starts: 9,
            large: (1024, 3),
            repeats: 20_000,
            only: Vec::new(),
        };
        while let Some(name) = args.next() {
            let mut value = || args.next().with_context(|| format!("`{name}` needs a value"));
            match name.as_str() {
                "--sekisho" => options.sekisho = value()?.into(),
                "--moto" => options.moto = Some(value()?.into()),
                "--scratch" => options.scratch = value()?.into(),
                "--format" => options.json = is_json(&value()?)?,
                "--seconds" => options.time = Duration::from_secs(value()?.parse()?),
                "--only" => options.only = value()?.split(',').map(str::to_owned).collect(),
                "--quick" => options.quick(),
                _ => bail!("there is no option `{name}`; see docs/performance.md"),
            }
        }
        if options.sekisho.as_os_str().is_empty() || options.scratch.as_os_str().is_empty() {
            bail!("`--sekisho` and `--scratch` are needed; `cargo xtask bench-serve` gives them");
        }
        Ok(options)
    }

    /// Whether this table is wanted.
    pub(super) fn wants(&self, table: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == table)
    }

    /// As little of everything as shows that it works.
    fn quick(&mut self) {
        self.time = Duration::from_millis(100);
        self.connections = vec![2];
        (self.starts, self.large, self.repeats) = (1, (2, 1), 10);
    }
}

fn is_json(format: &str) -> Result<bool> {
    match format {
        "json" => Ok(true),
        "markdown" => Ok(false),
        _ => bail!("there is no format `{format}`: `markdown` and `json` are known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Options> {
        Options::read(text.split(' ').map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_any_order() {
        let options = read("--quick --sekisho a --format json --scratch b --only rates").unwrap();
        assert!(options.json && options.large == (2, 1));
        assert!(options.wants("rates") && !options.wants("parts"));
        for wrong in ["--sekisho a", "--sekisho a --scratch", "--fast", "--format yaml"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
