//! The load: so many connections, each with a thread that sends its next request when it has the
//! reply to the last one.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;

use super::connection::Connection;
use super::process::{Server, cpu_us};

/// What a load came to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Measured {
    /// Calls a second.
    pub(super) rate: f64,
    /// Half of the calls took at most so long, in microseconds.
    pub(super) p50_us: u32,
    /// 99 of 100 took at most so long, in microseconds.
    pub(super) p99_us: u32,
    /// The server's processor time for a call, in microseconds.
    pub(super) server_cpu_us: f64,
    /// The generator's processor time for a call, in microseconds.
    pub(super) generator_cpu_us: f64,
}

/// Sends requests in turn over so many connections for so long.
///
/// # Errors
/// When a call fails: only what succeeds is measured.
pub(super) fn run(
    server: &Server,
    requests: &[Vec<u8>],
    connections: usize,
    time: Duration,
) -> Result<Measured> {
    let begin = Barrier::new(connections + 1);
    thread::scope(|scope| {
        let one = |first| {
            let begin = &begin;
            scope.spawn(move || talk(server, requests, first, time, begin))
        };
        let threads: Vec<_> = (0..connections).map(one).collect();
        begin.wait();
        let (begun, used) = (Instant::now(), (server.cpu_us()?, cpu_us("self")?));
        let mut times = Vec::new();
        for thread in threads {
            let of_thread = thread.join().ok().context("a thread of the load failed")?;
            times.extend(of_thread?);
        }
        let seconds = begun.elapsed().as_secs_f64();
        let used = (server.cpu_us()? - used.0, cpu_us("self")? - used.1);
        measured(times, seconds, used)
    })
}

/// The calls of one connection; how long each took, in microseconds.
fn talk(
    server: &Server,
    requests: &[Vec<u8>],
    first: usize,
    time: Duration,
    begin: &Barrier,
) -> Result<Vec<u32>> {
    let mut connection = Connection::open(server.address);
    begin.wait();
    let connection = connection.as_mut().map_err(|error| anyhow::anyhow!("{error:#}"))?;
    let mut times = Vec::new();
    let end = Instant::now() + time;
    let mut now = Instant::now();
    for request in requests.iter().cycle().skip(first % requests.len().max(1)) {
        let status = connection.call_and_forget(request)?;
        ensure!(status == 200, "a call was answered with {status}");
        let done = Instant::now();
        times.push(u32::try_from((done - now).as_micros()).unwrap_or(u32::MAX));
        now = done;
        if now >= end {
            break;
        }
    }
    Ok(times)
}

fn measured(mut times: Vec<u32>, seconds: f64, used: (u64, u64)) -> Result<Measured> {
    times.sort_unstable();
    let calls = u32::try_from(times.len()).context("too many calls")?;
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len() - 1));
    let per_call = |us: u64| u32::try_from(us).map_or(f64::NAN, f64::from) / f64::from(calls);
    ensure!(calls > 0, "no call was made");
    Ok(Measured {
        rate: f64::from(calls) / seconds,
        p50_us: at(50).copied().unwrap_or_default(),
        p99_us: at(99).copied().unwrap_or_default(),
        server_cpu_us: per_call(used.0),
        generator_cpu_us: per_call(used.1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times = (1..=200).rev().collect();
        let measured = measured(times, 2.0, (400, 200)).unwrap();
        assert_eq!((measured.p50_us, measured.p99_us), (101, 199));
        assert_eq!((measured.rate, measured.server_cpu_us), (100.0, 2.0));
        assert!(super::measured(Vec::new(), 1.0, (0, 0)).is_err());
    }
}
