//! Cold start: from the start of the process to the first answer to a signed call.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;

use super::client::{Client, Key};
use super::connection::Connection;
use super::process::Server;
use super::scene;

/// After so long nothing of the start is still going on.
const SETTLED: Duration = Duration::from_millis(500);

/// What was measured of starts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Starts {
    /// What they found: an empty folder, or one that was used, and for how much.
    pub(super) folder: String,
    /// The median, in milliseconds.
    pub(super) median_ms: f64,
    /// The slowest, in milliseconds.
    pub(super) slowest_ms: f64,
    /// The memory of the idle server, in KiB; the median.
    pub(super) idle_kib: u64,
}

/// Starts so many times, each in a folder of its own that `prepare` fills.
///
/// # Errors
/// When a start fails.
pub(super) fn measure(
    folder: String,
    times: usize,
    sekisho: &Path,
    data: &dyn Fn(usize) -> Result<std::path::PathBuf>,
) -> Result<Starts> {
    let (mut spent, mut idle) = (Vec::new(), Vec::new());
    for time in 0..times {
        let data = data(time)?;
        let begun = Instant::now();
        let server = Server::sekisho(sekisho, &data)?;
        let admin = administrator(&server, &data)?;
        let status = Connection::open(server.address)?.call_and_forget(&scene::whoami(&admin)?)?;
        spent.push(begun.elapsed().as_secs_f64() * 1000.0);
        ensure!(status == 200, "the first call was answered with {status}");
        thread::sleep(SETTLED);
        idle.push(server.memory_kib()?);
    }
    spent.sort_unstable_by(f64::total_cmp);
    idle.sort_unstable();
    let (median_ms, slowest_ms) = (spent.get(times / 2).copied(), spent.last().copied());
    Ok(Starts {
        folder,
        median_ms: median_ms.context("no start was made")?,
        slowest_ms: slowest_ms.context("no start was made")?,
        idle_kib: idle.get(times / 2).copied().context("no start was made")?,
    })
}

/// The administrator of the first account, whose key the server wrote down.
///
/// # Errors
/// When there is none.
pub(super) fn administrator(server: &Server, data: &Path) -> Result<Client> {
    let path = data.join("aws").join("credentials");
    let text = fs::read_to_string(&path).context("no credentials were written")?;
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        line.map(str::to_owned).with_context(|| format!("no `{name}` in `{}`", path.display()))
    };
    let key = Key { id: value("aws_access_key_id")?, secret: value("aws_secret_access_key")? };
    Ok(Client { address: server.address, key })
}
