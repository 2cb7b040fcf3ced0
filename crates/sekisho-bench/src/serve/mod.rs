//! `sekisho serve` under load, beside moto's server: cold start, memory, calls a second, large
//! objects, and what the parts of a call cost.
//!
//! The same generator sends the same requests, signed beforehand, over the same number of connections
//! to both. Sekisho verifies, asks, records and syncs all of them; moto is started as its users start
//! it, without authorization.

mod client;
mod connection;
mod large;
mod load;
mod machine;
mod options;
mod parts;
mod passage;
mod process;
mod report;
mod scene;
mod start;
mod upload;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use client::{Client, Key};
use load::Measured;
use machine::Machine;
pub use options::Options;
use process::Server;
use report::{Rate, Report};
use scene::{OPERATIONS, Operation, Scene};
use start::administrator;

/// Measures, and gives the text to print.
///
/// # Errors
/// When a server does not start or a call fails.
pub fn run(options: &Options) -> Result<String> {
    let scratch = Scratch::new(&options.scratch)?;
    let machine = Machine::look();
    let used = scratch.0.join("used");
    let set = set(options, &used)?;
    let mut starts = if options.wants("starts") { starts(options, &scratch)? } else { Vec::new() };
    let (rates, loaded_kib) =
        if options.wants("rates") { rates(options, &set, &used)? } else { (Vec::new(), None) };
    if !starts.is_empty() && !rates.is_empty() {
        starts.push(start_again(options, &used)?);
    }
    let large = if options.wants("large") {
        let server = Server::sekisho(&options.sekisho, &used)?;
        let client = Client { address: server.address, ..administrator(&server, &used)? };
        large::measure(&server, &client, &used, options.large)?
    } else {
        Vec::new()
    };
    let parts = if options.wants("parts") {
        parts::measure(&scratch.0.join("parts"), options.repeats)?
    } else {
        parts::Parts::default()
    };
    let large_mib = options.large.0;
    let report = Report { machine, starts, rates, loaded_kib, large, large_mib, parts };
    if options.json { Ok(serde_json::to_string_pretty(&report)?) } else { Ok(report.markdown()) }
}

/// Makes a folder in which everything stands that the calls need.
fn set(options: &Options, data: &Path) -> Result<Scene> {
    let server = Server::sekisho(&options.sekisho, data)?;
    Scene::set(&administrator(&server, data)?)
}

fn starts(options: &Options, scratch: &Scratch) -> Result<Vec<start::Starts>> {
    let fresh = |time| Ok(scratch.0.join(format!("fresh-{time}")));
    let used = |_| Ok(scratch.0.join("used"));
    Ok(vec![
        start::measure("an empty folder".to_owned(), options.starts, &options.sekisho, &fresh)?,
        start::measure("a folder in use".to_owned(), options.starts, &options.sekisho, &used)?,
    ])
}

/// A start checks all that is in the store: with the journal of the load it takes longer.
fn start_again(options: &Options, used: &Path) -> Result<start::Starts> {
    let store = fs::metadata(used.join("store.redb")).context("there is no store")?;
    let folder = format!("a folder with a store of {} MiB", store.len() / (1024 * 1024));
    start::measure(folder, options.starts, &options.sekisho, &|_| Ok(used.to_path_buf()))
}

/// Each operation, over each number of connections, on both servers.
fn rates(options: &Options, set: &Scene, data: &Path) -> Result<(Vec<Rate>, Option<u64>)> {
    let server = Server::sekisho(&options.sekisho, data)?;
    let ours = set.at(server.address);
    let peer = options.moto.as_deref().map(peer).transpose()?;
    let mut rates = Vec::new();
    for operation in &OPERATIONS {
        for &connections in &options.connections {
            let measure = |server, scene| measure(options, server, scene, operation, connections);
            let sekisho = measure(&server, &ours)?;
            let moto = peer.as_ref().map(|(server, scene)| measure(server, scene)).transpose()?;
            rates.push(Rate { operation: operation.name, connections, sekisho, moto });
        }
    }
    Ok((rates, Some(server.memory_kib()?)))
}

fn measure(
    options: &Options,
    server: &Server,
    scene: &Scene,
    operation: &Operation,
    connections: usize,
) -> Result<Measured> {
    load::run(server, &operation.requests(scene)?, connections, options.time)
        .with_context(|| format!("{} failed", operation.name))
}

/// moto's server with the same things in it. It asks for a key and looks at none.
fn peer(program: &Path) -> Result<(Server, Scene)> {
    let server = Server::moto(program)?;
    let key = Key { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), secret: "secret".to_owned() };
    let scene = Scene::set(&Client { address: server.address, key })?;
    Ok((server, scene))
}

/// A folder that goes away with its value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(parent: &Path) -> Result<Self> {
        let folder = parent.join(format!("bench-serve-{}", std::process::id()));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind is in the folder of things that are made.
        let _ = fs::remove_dir_all(&self.0);
    }
}
