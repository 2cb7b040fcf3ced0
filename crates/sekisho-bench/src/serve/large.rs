//! Large objects: put and got as streams, beside what sealing alone takes.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use sekisho_cloud::body::{CHUNK_LEN, DataKey, SEALED_CHUNK_LEN, Sealer};
use sekisho_cloud::writes::BodyId;
use serde::Serialize;
use zeroize::Zeroizing;

use super::client::{Ask, Client};
use super::connection::Connection;
use super::process::Server;
use super::scene::BUCKET;
use super::upload::{Form, Upload};

/// The body is a piece of this size again and again; botocore's chunks have it.
const PIECE_BYTES: usize = 1024 * 1024;

/// What was measured of one way of moving a large object.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Moved {
    /// What was done.
    pub(super) what: &'static str,
    /// Megabytes (10⁶) a second; the median.
    pub(super) mb_s: f64,
    /// The most memory above that of the idle server, in KiB; zero where no server was asked.
    pub(super) above_idle_kib: u64,
    /// The server's processor time for it, in seconds; the median.
    pub(super) server_cpu_s: f64,
}

/// A way of moving a large object.
#[derive(Clone, Copy)]
struct Way {
    what: &'static str,
    run: fn(&Large<'_>) -> Result<f64>,
}

const WAYS: [Way; 9] = [
    Way { what: "sealing alone, in memory", run: |large| large.seal(None) },
    Way {
        what: "sealing alone, to a file, with fsync",
        run: |large| large.seal(Some(&large.data.join("sealed"))),
    },
    Way { what: "PUT, unsigned payload", run: |large| large.put(Form::Unsigned, false) },
    Way { what: "GET", run: |large| large.get() },
    Way { what: "PUT, unsigned payload, SSE-KMS", run: |large| large.put(Form::Unsigned, true) },
    Way { what: "GET, SSE-KMS", run: |large| large.get() },
    Way {
        what: "PUT as boto3 over HTTP (SHA-256, CRC-32)",
        run: |large| large.put(Form::Declared, false),
    },
    Way {
        what: "PUT as boto3 over TLS sends it (chunks, CRC-32 in a trailer)",
        run: |large| large.put(Form::Trailer, false),
    },
    Way { what: "PUT, signed chunks", run: |large| large.put(Form::SignedChunks, false) },
];

/// What a large object is moved with.
struct Large<'a> {
    server: &'a Server,
    client: &'a Client,
    data: &'a Path,
    pieces: usize,
    piece: Vec<u8>,
    path: String,
}

/// Moves an object of so many MiB in every way, so many times.
///
/// # Errors
/// When one fails.
pub(super) fn measure(
    server: &Server,
    client: &Client,
    data: &Path,
    (mib, rounds): (usize, usize),
) -> Result<Vec<Moved>> {
    let path = format!("/{BUCKET}/large");
    let large = Large { server, client, data, pieces: mib, piece: noise(), path };
    let idle = server.memory_kib()?;
    let mut all: Vec<(Way, Vec<f64>, Vec<f64>, u64)> =
        WAYS.iter().map(|way| (*way, Vec::new(), Vec::new(), 0)).collect();
    for _ in 0..rounds {
        for (way, spent, cpu, above) in &mut all {
            server.forget_peak()?;
            let before = server.cpu_us()?;
            spent.push((way.run)(&large)?);
            cpu.push(Duration::from_micros(server.cpu_us()? - before).as_secs_f64());
            *above = (*above).max(server.peak_kib()?.saturating_sub(idle));
        }
    }
    let bytes = u32::try_from(mib).map(f64::from)? * 1.048_576;
    let moved = |(way, spent, cpu, above): (Way, Vec<f64>, Vec<f64>, u64)| {
        let mb_s = bytes / median(spent)?;
        let above_idle_kib = if way.what.starts_with("sealing") { 0 } else { above };
        Some(Moved { what: way.what, mb_s, above_idle_kib, server_cpu_s: median(cpu)? })
    };
    all.into_iter().map(moved).collect::<Option<_>>().context("no round was made")
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

impl Large<'_> {
    /// Seals the body on one core; in seconds.
    fn seal(&self, to: Option<&Path>) -> Result<f64> {
        let key = DataKey::new(Zeroizing::new([7; 32]));
        let mut sealer = Sealer::new(&key, BodyId([1; 16]))?;
        let begun = Instant::now();
        let mut file = to.map(File::create).transpose()?;
        let mut chunk = Vec::with_capacity(SEALED_CHUNK_LEN);
        let parts = self.piece.chunks(CHUNK_LEN);
        let count = parts.len() * self.pieces;
        for (at, part) in parts.cycle().take(count).enumerate() {
            chunk.clear();
            chunk.extend_from_slice(part);
            sealer.seal(&mut chunk, at + 1 == count)?;
            if let Some(file) = &mut file {
                file.write_all(&chunk)?;
            }
            std::hint::black_box(&chunk);
        }
        if let Some(file) = file {
            file.sync_all()?;
        }
        let spent = begun.elapsed().as_secs_f64();
        to.map_or(Ok(()), fs::remove_file)?;
        Ok(spent)
    }

    fn put(&self, form: Form, with_kms: bool) -> Result<f64> {
        let sse = if with_kms { "aws:kms" } else { "AES256" };
        let upload = Upload::new(self.client, &self.path, (sse, form), (&self.piece, self.pieces))?;
        let mut connection = Connection::open(self.server.address)?;
        let begun = Instant::now();
        connection.upload(upload.in_order())?;
        Ok(begun.elapsed().as_secs_f64())
    }

    fn get(&self) -> Result<f64> {
        let request = self.client.signed(&Ask::s3("GET", &self.path, b""))?;
        let mut connection = Connection::open(self.server.address)?;
        let begun = Instant::now();
        let bytes = connection.download(&request)?;
        ensure!(bytes == self.pieces * PIECE_BYTES, "{bytes} bytes came back");
        Ok(begun.elapsed().as_secs_f64())
    }
}

/// Bytes that look random, so that nothing on the way is quick because they are alike.
fn noise() -> Vec<u8> {
    let next = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes().first().copied()
    };
    let mut state = 1;
    std::iter::from_fn(|| next(&mut state)).take(PIECE_BYTES).collect()
}
