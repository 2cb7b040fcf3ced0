//! Whatever fails, and wherever the power is cut: what was answered is there, and nothing is torn.

use super::fake_disk::Fault;
use super::*;

/// Takes steps, three at a time, until one is refused; how many were answered well and submitted.
fn take_steps(store: &Store, first: u64, count: u64) -> (u64, u64) {
    let mut answered = first;
    for group in (first..first + count).collect::<Vec<_>>().chunks(3) {
        let waiting: Vec<_> = group.iter().map(|number| store.submit(step(*number))).collect();
        for answer in waiting {
            match answer.blocking_recv().unwrap() {
                Ok(()) => answered += 1,
                Err(StoreFailed::Stopped { .. }) => return (answered, group[group.len() - 1] + 1),
                Err(full) => panic!("{full}"),
            }
        }
    }
    (answered, answered)
}

/// A folder and a disk with three steps on it.
fn begun() -> (Folder, FakeDisk) {
    let (folder, disk) = (Folder::new(), FakeDisk::default());
    let (store, _) = folder.open_on(&disk).unwrap();
    assert_eq!(take_steps(&store, 0, 3), (3, 3));
    drop(store);
    (folder, disk)
}

#[test]
fn the_process_may_end_and_the_power_be_cut_at_any_write() {
    let (folder, disk) = begun();
    let started = disk.after_kill();
    let whole = started.after_kill();
    let (store, _) = folder.open_on(&whole).unwrap();
    take_steps(&store, 3, 12);
    drop(store);
    assert!(whole.changes() > 30, "there is not much to interrupt");
    for from in 0..whole.changes() {
        let disk = started.after_kill();
        disk.fail(Some(Fault::Gone { from }));
        let (answered, submitted) = match folder.open_on(&disk) {
            Ok((store, _)) => take_steps(&store, 3, 12),
            Err(_) => (3, 3),
        };
        let after = (0..4).map(|seed| disk.after_power_cut(from * 4 + seed));
        for after in after.chain([disk.after_kill()]) {
            let (store, loaded) = folder.open_on(&after).unwrap();
            let found = steps_in(&store, &loaded);
            assert!((answered..=submitted).contains(&found), "{answered}, {found}, {submitted}");
            take(&store, found).unwrap();
        }
    }
}

/// More than the database keeps of its file in memory, so that reading it is reading the disk.
fn ballast() -> Writes {
    let number = |number: u64| body_id(1_000_000 + number);
    let body = |at| (number(at), Bytes::from(vec![at.to_be_bytes()[7]; 30_000]));
    Writes { bodies: (0..250).map(body).collect(), ..Writes::default() }
}

/// The store stops, says why, reads on, and a new start goes on with what was answered.
fn stops(fault: impl Fn(u64) -> Fault, reason: &str) {
    let (folder, disk) = begun();
    let disk = disk.after_kill();
    let (store, _) = folder.open_on(&disk).unwrap();
    take(&store, 3).unwrap();
    store.submit(ballast()).blocking_recv().unwrap().unwrap();
    disk.fail(Some(fault(disk.changes() + 1)));
    let (answered, submitted) = take_steps(&store, 4, 30);
    assert!(submitted > answered, "nothing failed");
    let changes = disk.changes();

    let refused = take(&store, answered).unwrap_err();
    assert_eq!(store.ready(), Err(refused.clone()));
    assert!(refused.to_string().contains(reason), "{refused}");
    // Even if there is space again: nobody knows what is on the disk.
    disk.fail(None);
    assert_eq!(take(&store, answered), Err(refused));
    let found = store.records_from(0).unwrap().count() as u64;
    assert!((answered..=submitted).contains(&found), "{answered}, {found}, {submitted}");
    can_be_read(&store, found);
    for (id, sealed) in ballast().bodies {
        let mut found = Vec::new();
        store.body_reader(id).unwrap().chunk(0, &mut found).unwrap();
        assert_eq!(found, sealed);
    }
    drop(store);
    assert_eq!(disk.changes(), changes, "a stopped store writes nothing");

    for after in [disk.after_power_cut(1), disk.after_kill()] {
        let (store, loaded) = folder.open_on(&after).unwrap();
        let found = steps_in(&store, &loaded);
        assert!((answered..=submitted).contains(&found), "{answered}, {found}, {submitted}");
        take(&store, found).unwrap();
    }
}

#[test]
fn a_full_disk_stops_the_store() {
    stops(|from| Fault::Full { from }, "no storage space");
}

#[test]
fn a_failed_sync_stops_the_store() {
    stops(|from| Fault::Unsynced { from }, "input/output error");
}

#[test]
fn a_store_that_cannot_be_opened_now_is_not_called_damaged() {
    let (folder, disk) = begun();
    for fault in [Fault::Full { from: 0 }, Fault::Unsynced { from: 0 }] {
        let disk = disk.after_kill();
        disk.fail(Some(fault));
        let refused = folder.open_on(&disk).err().expect("it opens").to_string();
        assert!(refused.contains("cannot be opened: "), "{refused}");
        assert!(!refused.contains("backup"), "{refused}");
        let (store, loaded) = folder.open_on(&disk.after_kill()).unwrap();
        assert_eq!(steps_in(&store, &loaded), 3);
    }
}

#[test]
fn a_gap_in_the_journal_stops_the_store() {
    let (folder, disk) = begun();
    for wrong in [2, 4] {
        let disk = disk.after_kill();
        let (store, _) = folder.open_on(&disk).unwrap();
        let refused = take(&store, wrong).unwrap_err().to_string();
        let changes = disk.changes();
        let reason = format!("record {wrong} came where the journal goes on with 3");
        assert!(refused.contains(&reason), "{refused}");
        assert!(take(&store, 3).is_err(), "an engine that miscounted is not to be believed again");
        can_be_read(&store, 3);
        drop(store);
        assert_eq!(disk.changes(), changes, "a stopped store writes nothing");
    }
}
