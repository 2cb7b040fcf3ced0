//! What is submitted is there after the store was closed, in order, and found again.

use std::sync::Mutex;
use std::thread;

use super::super::WAITING_BYTES_MAX;
use super::*;

#[test]
fn what_was_answered_is_there_after_a_restart() {
    let folder = Folder::new();
    let mut expected = 0;
    for _ in 0..3 {
        let (store, loaded) = Store::open(folder.path()).unwrap();
        assert_eq!(steps_in(&store, &loaded), expected);
        for number in expected..expected + 10 {
            take(&store, number).unwrap();
        }
        expected += 10;
    }
}

#[test]
fn closing_a_store_waits_for_what_was_submitted() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let waiting: Vec<_> = (0..100).map(|number| store.submit(step(number))).collect();
    drop(store);
    assert!(waiting.into_iter().all(|answer| answer.blocking_recv() == Ok(Ok(()))));
    let (store, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(steps_in(&store, &loaded), 100);
}

#[test]
fn many_threads_submit_at_once() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let engine = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let answer = {
                        let mut next = engine.lock().unwrap();
                        *next += 1;
                        store.submit(step(*next - 1))
                    };
                    assert_eq!(answer.blocking_recv(), Ok(Ok(())));
                }
            });
        }
    });
    drop(store);
    let (store, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(steps_in(&store, &loaded), 320);
}

#[test]
fn too_much_that_waits_is_said_before_the_next_step() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let large = |number| Writes {
        records: vec![Record { number, bytes: vec![0; WAITING_BYTES_MAX / 4] }],
        ..Writes::default()
    };
    let waiting: Vec<_> = (0..6).map(|number| store.submit(large(number))).collect();
    assert!(matches!(store.ready(), Err(StoreFailed::Full { bytes }) if bytes > WAITING_BYTES_MAX));
    assert!(waiting.into_iter().all(|answer| answer.blocking_recv() == Ok(Ok(()))));
    assert_eq!(store.ready(), Ok(()));
}

#[test]
fn events_are_found_by_account_and_time_newest_first() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let key = |account, time_ms, record, place| EventKey { account, time_ms, record, place };
    let ours =
        [key(7, -5, 0, 0), key(7, 0, 0, 1), key(7, 0, 1, 0), key(7, 9, 1, 1), key(7, 9, 1, 2)];
    let others = [key(6, i64::MAX, 1, 9), key(8, i64::MIN, 0, 9)];
    let records = (0..2).map(|number| Record { number, bytes: record(number) }).collect();
    let events = ours.into_iter().chain(others).collect();
    let writes = Writes { records, events, ..Writes::default() };
    store.submit(writes).blocking_recv().unwrap().unwrap();

    let found = |before, oldest, count| {
        let found = store.events_before(7, before, oldest, count).unwrap();
        assert!(found.iter().all(|(event, bytes)| *bytes == record(event.record)));
        let mut found: Vec<_> = found.into_iter().map(|(event, _)| event).collect();
        found.reverse();
        found
    };
    assert_eq!(found(None, i64::MIN, usize::MAX), ours);
    assert_eq!(found(None, 0, usize::MAX), ours[1..]);
    assert_eq!(found(None, i64::MIN, 2), ours[3..]);
    assert_eq!(found(Some(ours[3]), i64::MIN, usize::MAX), ours[..3]);
    assert_eq!(found(Some(ours[3]), 0, 1), ours[2..3]);
    assert_eq!(found(Some(ours[0]), 0, usize::MAX), []);
    assert_eq!(found(Some(key(7, 0, 0, 0)), 0, usize::MAX), []);
    assert_eq!(found(None, 10, usize::MAX), []);
    // A mark of another account changes nothing but the place.
    assert_eq!(found(Some(key(9, 9, 1, 2)), 0, usize::MAX), ours[1..4]);
}

#[test]
fn the_journal_is_read_from_any_record() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    for number in 0..5 {
        take(&store, number).unwrap();
    }
    for first in 0..7 {
        let numbers = store.records_from(first).unwrap().map(|record| record.unwrap().number);
        assert!(numbers.eq(first..5));
    }
}
