//! The store under failures, crashes and crowds.

mod altered;
mod bodies;
mod commits;
mod crash;
mod fake_disk;
mod folder;
mod killed;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use sekisho_cloud::writes::{Archive, BodyId, EventKey, Record, Row, Writes};

use super::disk::Disk;
use super::folder::{FolderLock, Paths};
use super::{Loaded, OpenError, Store, StoreFailed};
use fake_disk::FakeDisk;

/// A folder of one test's own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sekisho-store-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// Opens the store of this folder, its database on another disk.
    fn open_on(&self, disk: &FakeDisk) -> Result<(Store, Loaded), OpenError> {
        super::folder::prepare(self.path())?;
        let lock = FolderLock::take(self.path())?;
        if disk.bytes().is_empty() {
            super::open::make(&Paths::of(self.path()), disk.clone())?;
        }
        Store::open_on(self.path(), lock, Disk::new(Arc::new(disk.clone())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn body_id(number: u64) -> BodyId {
    BodyId(u128::from(number).to_be_bytes())
}

/// What step `number` changes: something of every kind, so that a torn commit shows.
fn step(number: u64) -> Writes {
    let row = |key: String, value: Option<Vec<u8>>| Row { table: "test.step", key, value };
    let value = Some(vec![b'v'; 500]);
    let last = Some(number.to_be_bytes().to_vec());
    let gone = number.checked_sub(3).map(|gone| row(format!("{gone:08}"), None));
    let rows = [row("last".to_owned(), last), row(format!("{number:08}"), value)];
    Writes {
        rows: rows.into_iter().chain(gone).collect(),
        records: vec![Record { number, bytes: record(number) }],
        events: vec![EventKey { account: 1, time_ms: time(number), record: number, place: 0 }],
        bodies: vec![(body_id(number), Bytes::from(vec![b'b'; 700]))],
        dropped: number.checked_sub(2).map(body_id).into_iter().collect(),
    }
}

fn record(number: u64) -> Vec<u8> {
    format!("record {number} ").repeat(90).into_bytes()
}

fn time(number: u64) -> i64 {
    i64::try_from(number).unwrap() * 10
}

/// Hands over a step and waits for its answer.
fn take(store: &Store, number: u64) -> Result<(), StoreFailed> {
    store.submit(step(number)).blocking_recv().expect("every submit is answered")
}

/// How many steps the store holds, after a look at everything that they left there.
fn steps_in(store: &Store, loaded: &Loaded) -> u64 {
    let count = loaded.head.as_ref().map_or(0, |head| head.number + 1);
    let mut rows: Vec<_> = (count.saturating_sub(3)..count)
        .map(|number| (format!("{number:08}"), vec![b'v'; 500]))
        .collect();
    let last = count.checked_sub(1).map(|last| ("last".to_owned(), last.to_be_bytes().to_vec()));
    rows.extend(last);
    assert_eq!(loaded.rows.get("test.step").cloned().unwrap_or_default(), rows);
    can_be_read(store, count);
    for number in 0..count {
        let is_there = store.body_reader(body_id(number)).is_ok();
        assert_eq!(is_there, number + 2 >= count, "body {number} of {count} steps");
    }
    assert!(store.body_reader(body_id(count)).is_err());
    count
}

/// The journal and the events of so many steps, and no more.
fn can_be_read(store: &Store, count: u64) {
    let records: Vec<_> = store.records_from(0).unwrap().map(Result::unwrap).collect();
    let expected = (0..count).map(|number| Record { number, bytes: record(number) });
    assert!(records.into_iter().eq(expected), "the journal is not that of {count} steps");
    let events = store.events_before(1, None, i64::MIN, usize::MAX).unwrap();
    let expected = step_events(count);
    assert_eq!(events.iter().map(|(event, _)| *event).collect::<Vec<_>>(), expected);
    assert!(events.iter().all(|(event, bytes)| *bytes == record(event.record)));
}

fn step_events(count: u64) -> Vec<EventKey> {
    (0..count).rev().flat_map(|number| step(number).events).collect()
}
