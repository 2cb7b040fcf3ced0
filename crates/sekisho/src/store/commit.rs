//! The one writer: it takes everything that waits, commits it at once, and answers everybody.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, OnceLock};

use redb::{Database, Durability, Table};
use sekisho_cloud::writes::{BodyId, Row, Writes};
use tokio::sync::oneshot;

use super::WAITING_BYTES_MAX;
use super::database::{self, BODIES, EVENTS, Event, JOURNAL, ROWS, Reader};
use super::disk::Disk;
use super::error::{ReadError, StoreFailed};

/// The bytes after which a transaction takes no more calls: what the database holds in memory for
/// it is bounded, and whoever was first is not kept waiting for all who came later.
const GROUP_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What a row, a record or an event takes besides its bytes, about.
const ENTRY_BYTES: usize = 64;

/// What one step changed, and who wants to know when it is on the disk.
pub(super) struct Job {
    writes: Writes,
    bytes: usize,
    answer: oneshot::Sender<Result<(), StoreFailed>>,
}

impl Job {
    pub(super) fn new(writes: Writes, answer: oneshot::Sender<Result<(), StoreFailed>>) -> Self {
        let bytes = size(&writes);
        Self { writes, bytes, answer }
    }

    /// Whoever does not wait for the answer any more does not get it.
    fn answer(self, failed: Option<StoreFailed>) {
        let _ = self.answer.send(failed.map_or(Ok(()), Err));
    }
}

fn size(writes: &Writes) -> usize {
    let value = |row: &Row| row.value.as_ref().map_or(0, Vec::len);
    let rows = writes.rows.iter().map(|row| row.table.len() + row.key.len() + value(row));
    let records = writes.records.iter().map(|record| record.bytes.len());
    let bodies = writes.bodies.iter().map(|(_, sealed)| sealed.len());
    let events = writes.events.iter().map(|_| 0);
    let dropped = writes.dropped.iter().map(|_| 0);
    let entries = rows.chain(records).chain(bodies).chain(events).chain(dropped);
    entries.map(|bytes| bytes + ENTRY_BYTES).sum()
}

/// How the committing goes, for those who submit.
#[derive(Debug, Default)]
pub(super) struct Progress {
    waiting_bytes: AtomicUsize,
    stopped: OnceLock<Arc<str>>,
}

impl Progress {
    pub(super) fn ready(&self) -> Result<(), StoreFailed> {
        if let Some(failed) = self.failure() {
            return Err(failed);
        }
        let bytes = self.waiting_bytes.load(Ordering::Relaxed);
        if bytes > WAITING_BYTES_MAX { Err(StoreFailed::Full { bytes }) } else { Ok(()) }
    }

    /// Why the store has stopped, when it has.
    pub(super) fn failure(&self) -> Option<StoreFailed> {
        self.stopped.get().map(|reason| StoreFailed::Stopped { reason: Arc::clone(reason) })
    }

    pub(super) fn submitted(&self, job: &Job) {
        self.waiting_bytes.fetch_add(job.bytes, Ordering::Relaxed);
    }

    fn done(&self, job: &Job) {
        self.waiting_bytes.fetch_sub(job.bytes, Ordering::Relaxed);
    }
}

/// The thread that writes.
pub(super) struct Committer {
    reader: Arc<Reader>,
    disk: Disk,
    progress: Arc<Progress>,
    next_record: u64,
    removals: Sender<Vec<BodyId>>,
}

/// What a transaction leads to.
struct Committed {
    next_record: u64,
    /// Dropped bodies that are files.
    files: Vec<BodyId>,
}

impl Committer {
    pub(super) fn new(
        reader: Arc<Reader>,
        disk: Disk,
        progress: Arc<Progress>,
        next_record: u64,
        removals: Sender<Vec<BodyId>>,
    ) -> Self {
        Self { reader, disk, progress, next_record, removals }
    }

    /// Until nobody can submit any more and everything submitted is answered.
    pub(super) fn run(mut self, jobs: &Receiver<Job>) {
        while let Some(group) = next_group(jobs) {
            let was_stopped = self.progress.failure().is_some();
            let files = if was_stopped { Vec::new() } else { self.commit(&group) };
            let failed = self.progress.failure();
            for job in group {
                self.progress.done(&job);
                job.answer(failed.clone());
            }
            if !files.is_empty() {
                // The remover outlives this thread; what it does not remove is swept later.
                let _ = self.removals.send(files);
            }
            if failed.is_some() && !was_stopped {
                self.read_what_is_there();
            }
        }
    }

    /// Commits a group and says which files nobody needs any more, or stops the store.
    fn commit(&mut self, group: &[Job]) -> Vec<BodyId> {
        let next_record = self.next_record;
        let written = database::unless_it_panics(|| {
            self.reader.with(|database| write(database, group, next_record))
        });
        match written {
            Ok(Committed { next_record, files }) => {
                self.next_record = next_record;
                files
            }
            Err(failed) => {
                self.disk.freeze();
                self.progress.stopped.get_or_init(|| failed.reason.into());
                Vec::new()
            }
        }
    }

    /// The library reads nothing after a failure either, so it gets what is on the disk to read.
    /// When even that fails, each read says so.
    fn read_what_is_there(&self) {
        if let Ok(view) = self.disk.view()
            && let Ok(database) = database::open(view)
        {
            self.reader.replace(database);
        }
    }
}

/// Waits for a job and takes what waits behind it.
fn next_group(jobs: &Receiver<Job>) -> Option<Vec<Job>> {
    let first = jobs.recv().ok()?;
    let mut bytes = first.bytes;
    let mut group = vec![first];
    while bytes < GROUP_BYTES_MAX
        && let Ok(job) = jobs.try_recv()
    {
        bytes += job.bytes;
        group.push(job);
    }
    Some(group)
}

/// One transaction, on the disk when this returns.
fn write(database: &Database, group: &[Job], next_record: u64) -> Result<Committed, ReadError> {
    let mut writing = database.begin_write()?;
    writing.set_durability(Durability::Immediate)?;
    let mut committed = Committed { next_record, files: Vec::new() };
    {
        let mut rows = writing.open_table(ROWS)?;
        let mut journal = writing.open_table(JOURNAL)?;
        let mut events = writing.open_table(EVENTS)?;
        let mut bodies = writing.open_table(BODIES)?;
        for Job { writes, .. } in group {
            write_rows(&mut rows, writes)?;
            write_records(&mut journal, &mut events, writes, &mut committed.next_record)?;
            write_bodies(&mut bodies, writes, &mut committed.files)?;
        }
    }
    writing.commit()?;
    Ok(committed)
}

fn write_rows(
    rows: &mut Table<'_, (&'static str, &'static str), &'static [u8]>,
    writes: &Writes,
) -> Result<(), ReadError> {
    for Row { table, key, value } in &writes.rows {
        match value {
            Some(value) => drop(rows.insert((*table, key.as_str()), value.as_slice())?),
            None => drop(rows.remove((*table, key.as_str()))?),
        }
    }
    Ok(())
}

/// INVARIANT: the journal has no gap, and no record is ever written over. The engine counts the
/// records; whoever disagrees with the store here has changed something that is not recorded.
fn write_records(
    journal: &mut Table<'_, u64, &'static [u8]>,
    events: &mut Table<'_, Event, ()>,
    writes: &Writes,
    next_record: &mut u64,
) -> Result<(), ReadError> {
    for record in &writes.records {
        if record.number != *next_record {
            let (found, next) = (record.number, *next_record);
            let reason = format!("record {found} came where the journal goes on with {next}");
            return Err(ReadError::damage(reason));
        }
        journal.insert(record.number, record.bytes.as_slice())?;
        *next_record = next_record.saturating_add(1);
    }
    for event in &writes.events {
        events.insert((event.account, event.time_ms, event.record, event.place), ())?;
    }
    Ok(())
}

fn write_bodies(
    bodies: &mut Table<'_, [u8; 16], &'static [u8]>,
    writes: &Writes,
    files: &mut Vec<BodyId>,
) -> Result<(), ReadError> {
    for (id, sealed) in &writes.bodies {
        bodies.insert(id.0, sealed.as_ref())?;
    }
    for id in &writes.dropped {
        if bodies.remove(id.0)?.is_none() {
            files.push(*id);
        }
    }
    Ok(())
}
