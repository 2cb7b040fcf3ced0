//! The rounds: start, look, write, kill.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Client, Key, Trouble};
use crate::disk;
use crate::lane::Lane;
use crate::random::Random;
use crate::server::{self, Server};
use crate::watcher::watch;

const LANES: u64 = 4;
const ROUNDS: u64 = 200;
/// How often everything is looked at, with the journal and the files.
const WHOLE_EVERY: u64 = 10;
/// The longest that is written before a kill, in microseconds.
const WRITING_US_MAX: u64 = 60_000;

/// The number in an environment variable.
fn given(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name}: no number")))
}

/// A folder that goes when all went well, and stays to be looked at when not.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = format!("sekisho-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if thread::panicking() {
            println!("the data folder is left in {}", self.0.display());
        } else {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// How a round ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Killed while it starts.
    Starting,
    /// Killed while it is looked at or written to.
    Killed,
    /// Asked to end while it is written to.
    Asked,
}

struct Rounds {
    data: PathBuf,
    key: Key,
    random: Random,
    lanes: Vec<Lane>,
    /// How long starts have taken at most.
    start_max: Duration,
    kills: u64,
    kills_at_start: u64,
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let (rounds, seed) =
        (given("SEKISHO_CRASH_ROUNDS", ROUNDS), given("SEKISHO_CRASH_SEED", 20_261_124));
    println!("SEKISHO_CRASH_ROUNDS={rounds} SEKISHO_CRASH_SEED={seed}");
    let folder = Folder::new("crash");
    let mut run = Rounds::begin(&folder.0, seed);
    let mut number = 0;
    // Rounds that end well are between the others, which are counted.
    while run.kills < rounds {
        run.round();
        number += 1;
        if number % WHOLE_EVERY == 0 || run.kills == rounds {
            run.look_at_everything();
        }
    }
    let acknowledged: u64 = run.lanes.iter().map(|lane| lane.acknowledged).sum();
    println!(
        "{} kills, {} of them at a start; {acknowledged} writes acknowledged; slowest start {:?}",
        run.kills, run.kills_at_start, run.start_max
    );
    assert!(acknowledged > rounds, "hardly anything was written: nothing was tested");
}

impl Rounds {
    fn begin(data: &Path, seed: u64) -> Self {
        let server = Server::start(data);
        let key = server::keys(data).swap_remove(0).1;
        let mut lanes: Vec<_> = (0..LANES).map(|number| Lane::new(number, seed)).collect();
        let mut client = Client::new(server.address, &key);
        lanes.iter_mut().for_each(|lane| lane.furnish(&mut client).unwrap());
        let start_max = server.started_in;
        server.kill();
        let (data, random) = (data.to_owned(), Random::new(seed));
        Self { data, key, random, lanes, start_max, kills: 0, kills_at_start: 0 }
    }

    fn round(&mut self) {
        let end = match self.random.below(16) {
            0 | 1 => End::Starting,
            2 => End::Asked,
            _ => End::Killed,
        };
        self.kills += u64::from(end != End::Asked);
        if end == End::Starting {
            self.kills_at_start += 1;
            return self.kill_a_start();
        }
        let server = Server::start(&self.data);
        self.start_max = self.start_max.max(server.started_in);
        let looks = !self.random.once_in(4);
        self.work(server, looks, end);
    }

    fn kill_a_start(&mut self) {
        let mut child = server::spawn(&self.data);
        let most = u64::try_from(self.start_max.as_micros()).unwrap();
        thread::sleep(Duration::from_micros(self.random.below(most)));
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Lets the lanes look and write until the server is ended.
    fn work(&mut self, server: Server, looks: bool, end: End) {
        let address = server.address;
        let (ends, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
        let wrong = Mutex::new(Vec::new());
        let mut readers = Random::new(self.random.next());
        let until = Duration::from_micros(self.random.below(WRITING_US_MAX));
        let key = &self.key;
        let report = |who: &str, outcome| match outcome {
            Ok(()) => {}
            Err(Trouble::Gone(_)) if ends.load(Ordering::SeqCst) => {}
            Err(trouble) => wrong.lock().unwrap().push(format!("{who}: {trouble:?}")),
        };
        thread::scope(|scope| {
            for lane in &mut self.lanes {
                let (report, ends, acknowledged) = (&report, &ends, &acknowledged);
                scope.spawn(move || {
                    let mut client = Client::new(address, key);
                    let who = format!("lane {}", lane.number);
                    report(&who, write_on(lane, &mut client, looks, ends, acknowledged));
                    // Whatever went wrong, the others are not to be waited for.
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                });
            }
            scope.spawn(|| {
                let mut client = Client::new(address, key);
                report("watcher", watch(&mut client, &mut readers, LANES, &ends));
            });
            let begun = Instant::now();
            while acknowledged.load(Ordering::SeqCst) == 0 {
                assert!(begun.elapsed() < Duration::from_secs(60), "nothing is acknowledged");
                thread::sleep(Duration::from_micros(200));
            }
            thread::sleep(until);
            ends.store(true, Ordering::SeqCst);
            if end == End::Asked { server.terminate() } else { server.kill() }
        });
        let wrong = wrong.into_inner().unwrap();
        assert!(wrong.is_empty(), "kill {}: {wrong:#?}", self.kills);
    }

    /// Everything that is known is there, the journal is whole and says what the state is, and no
    /// file is left over.
    fn look_at_everything(&mut self) {
        disk::verify(&self.data);
        disk::bodies_are_those_of_rows(&self.data);
        let server = Server::start(&self.data);
        let mut client = Client::new(server.address, &self.key);
        for lane in &mut self.lanes {
            let looked = lane.check(&mut client, true);
            looked.unwrap_or_else(|trouble| panic!("kill {}: {trouble:?}", self.kills));
        }
        server.terminate();
        disk::verify(&self.data);
    }
}

/// Where nothing is looked at first, what was asked last stays unsettled, so the lane looks anyway
/// before it writes: only the first write is waited for or not.
fn write_on(
    lane: &mut Lane,
    client: &mut Client,
    looks: bool,
    ends: &AtomicBool,
    acknowledged: &AtomicU64,
) -> Result<(), Trouble> {
    if !looks {
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
    lane.check(client, false)?;
    while !ends.load(Ordering::SeqCst) {
        lane.write(client)?;
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
    Ok(())
}
