//! What the parts of a call cost, each alone and on one core: the same functions that the server
//! calls, in its order, without sockets and threads.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use sekisho::store::Store;
use sekisho_cloud::body::{DataKey, Opener, Sealer};
use sekisho_cloud::journal::Line;
use sekisho_cloud::writes::{BodyId, Writes};
use sekisho_iam::{Caller, Context, Document, Policies, Policy, PolicyKind, Request, Resource};
use sekisho_wire::checksum::{Algorithm, Hasher};
use sekisho_wire::sigv4::{Credential, SigningKey};
use serde::Serialize;
use zeroize::Zeroizing;

use super::passage::{OPERATIONS, Passage, STEPS};
use super::scene::{OBJECT_BYTES, POLICY};

/// The calls that one commit answers at most in the measured groups.
const GROUP: usize = 16;

/// A part of a call.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Part {
    /// What it does.
    pub(super) name: &'static str,
    /// The time for it, in nanoseconds, for each operation; the medians.
    pub(super) ns: Vec<u128>,
}

/// What was measured of the parts.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Parts {
    /// The operations.
    pub(super) operations: Vec<&'static str>,
    /// The parts of a call, one after the other.
    pub(super) of_calls: Vec<Part>,
    /// What is within those parts or behind them.
    pub(super) alone: Vec<Part>,
}

/// Measures everything, so many times.
///
/// # Errors
/// When a call fails.
pub(super) fn measure(data: &Path, repeats: usize) -> Result<Parts> {
    let mut passage = Passage::new()?;
    let mut of_calls: Vec<_> = STEPS.map(|name| Part { name, ns: Vec::new() }).into();
    let mut all_writes = Vec::new();
    for operation in &OPERATIONS {
        let mut spent: [Vec<u128>; STEPS.len()] = Default::default();
        for _ in 0..repeats {
            let (times, writes) = passage.go(operation)?;
            spent.iter_mut().zip(times).for_each(|(spent, time)| spent.push(time));
            all_writes.push(writes);
            all_writes.truncate(GROUP);
        }
        of_calls.iter_mut().zip(spent).for_each(|(part, spent)| part.ns.push(median(spent)));
    }
    let operations = OPERATIONS.iter().map(|operation| operation.name).collect();
    let writes = all_writes.first().context("no call was made")?;
    let mut alone = vec![
        key(repeats),
        decision(repeats)?,
        sealing(repeats)?,
        opening(repeats)?,
        md5(repeats),
        record(writes, repeats)?,
    ];
    alone.extend(commits(data, writes, repeats.div_ceil(20))?);
    Ok(Parts { operations, of_calls, alone })
}

/// The median time of some work, in nanoseconds.
fn timed(name: &'static str, repeats: usize, mut work: impl FnMut()) -> Part {
    let spent = (0..repeats).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_nanos()
    });
    Part { name, ns: vec![median(spent.collect())] }
}

fn median(mut spent: Vec<u128>) -> u128 {
    spent.sort_unstable();
    spent.get(spent.len() / 2).copied().unwrap_or_default()
}

fn key(repeats: usize) -> Part {
    let scope = Credential::new("AKIAIOSFODNN7EXAMPLE", "20261124", "us-east-1", "sts");
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    timed("deriving a signing key (once a day and client)", repeats, || {
        std::hint::black_box(SigningKey::derive(secret, &scope));
    })
}

/// One question as the gate puts it: its condition keys filled in, then decided.
fn decision(repeats: usize) -> Result<Part> {
    let document = Document::from_json(POLICY, PolicyKind::UserInline).document;
    let policy = Policy { name: "bench".to_owned(), document };
    let policies = Policies { identity: vec![policy], ..Policies::default() }.compile();
    let caller = Caller::parse("arn:aws:iam::111111111111:user/bench")?;
    let ask = || {
        let mut context = Context::new();
        for (key, value) in [
            ("aws:CurrentTime", "2026-11-24T00:00:00Z"),
            ("aws:EpochTime", "1795478400"),
            ("aws:RequestedRegion", "us-east-1"),
            ("aws:SecureTransport", "false"),
            ("aws:SourceIp", "127.0.0.1"),
            ("aws:UserAgent", "bench"),
        ] {
            context.set(key, value);
        }
        let mut resource = Resource::new("arn:aws:s3:::bench-bucket/object-1");
        resource.account = caller.account();
        Request::new(caller.clone(), "s3:GetObject", resource, context)
    };
    ask()?;
    Ok(timed("decision: the question made, with its condition keys, and decided", repeats, || {
        if let Ok(request) = ask() {
            std::hint::black_box(sekisho_iam::decide(&request, &policies.layers()));
        }
    }))
}

fn sealing(repeats: usize) -> Result<Part> {
    let (key, plain) = (DataKey::new(Zeroizing::new([7; 32])), vec![1; OBJECT_BYTES]);
    Sealer::seal_all(&key, BodyId([1; 16]), &plain)?;
    Ok(timed("sealing 1 KiB", repeats, || {
        let _ = std::hint::black_box(Sealer::seal_all(&key, BodyId([1; 16]), &plain));
    }))
}

fn opening(repeats: usize) -> Result<Part> {
    let (key, id) = (DataKey::new(Zeroizing::new([7; 32])), BodyId([1; 16]));
    let sealed = Sealer::seal_all(&key, id, &vec![1; OBJECT_BYTES])?;
    Ok(timed("opening 1 KiB", repeats, || {
        let mut chunk = sealed.clone();
        let opener = Opener::new(&key, id, OBJECT_BYTES as u64);
        let _ = opener.and_then(|opener| opener.open(0, &mut chunk));
        std::hint::black_box(chunk);
    }))
}

fn md5(repeats: usize) -> Part {
    let plain = vec![1; OBJECT_BYTES];
    timed("MD5 of 1 KiB (SSE-S3: the entity tag)", repeats, || {
        std::hint::black_box(Hasher::sum(Algorithm::Md5, &plain));
    })
}

/// A record that is there, written again and digested.
fn record(writes: &Writes, repeats: usize) -> Result<Part> {
    let record = writes.records.first().context("a call left no record")?;
    let line: Line = serde_json::from_slice(&record.bytes).context("a record cannot be read")?;
    Ok(timed("a journal record written and chained", repeats, || {
        let bytes = serde_json::to_vec(&line).unwrap_or_default();
        std::hint::black_box(sekisho_cloud::journal::sha256(&bytes));
    }))
}

/// Commits with fsync: one call alone, and several at once, for each of them.
fn commits(data: &Path, writes: &Writes, repeats: usize) -> Result<Vec<Part>> {
    let (store, _) = Store::open(data)?;
    let mut number = 0;
    let mut next = || {
        let mut writes = writes.clone();
        for record in &mut writes.records {
            record.number = number;
        }
        writes.events.iter_mut().for_each(|event| event.record = number);
        number += 1;
        writes
    };
    let mut group = |size: usize| -> Result<u128> {
        let all: Vec<_> = (0..size).map(|_| next()).collect();
        let begun = Instant::now();
        let waiting: Vec<_> = all.into_iter().map(|writes| store.submit(writes)).collect();
        for answer in waiting {
            answer.blocking_recv()??;
        }
        Ok(begun.elapsed().as_nanos() / size as u128)
    };
    let mut all = |name, size| -> Result<Part> {
        let spent: Result<Vec<_>> = (0..repeats.max(1)).map(|_| group(size)).collect();
        Ok(Part { name, ns: vec![median(spent?)] })
    };
    Ok(vec![
        all("commit with fsync, one call alone", 1)?,
        all("commit with fsync, 16 calls at once, for each", GROUP)?,
    ])
}
