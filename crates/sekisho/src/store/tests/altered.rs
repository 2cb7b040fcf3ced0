//! A database that was cut or altered is refused with a reason, or holds what it held.

use std::fs;

use super::*;

const STEPS: u64 = 60;

/// The bytes of a database that was closed well, and the folder it was made in.
fn closed() -> (Folder, Vec<u8>) {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    for number in 0..STEPS {
        take(&store, number).unwrap();
    }
    drop(store);
    let bytes = fs::read(folder.path().join("store.redb")).unwrap();
    (folder, bytes)
}

/// Whether it is refused; if not, it must be as if nothing had happened.
fn is_refused(folder: &Folder, bytes: &[u8]) -> bool {
    fs::write(folder.path().join("store.redb"), bytes).unwrap();
    match Store::open(folder.path()) {
        Ok((store, loaded)) => {
            assert_eq!(steps_in(&store, &loaded), STEPS);
            false
        }
        Err(error) => {
            let name = folder.path().join("store.redb").display().to_string();
            assert!(error.to_string().contains(&name), "{error}");
            let left = fs::read(folder.path().join("store.redb")).unwrap();
            assert!(left == bytes, "{error}: and then it was changed");
            true
        }
    }
}

#[test]
fn a_cut_database_is_refused() {
    let (folder, bytes) = closed();
    assert!(!is_refused(&folder, &bytes));
    for part in 1..40 {
        let len = bytes.len() * part / 40;
        assert!(is_refused(&folder, &bytes[..len]), "{len} of {}", bytes.len());
        assert!(is_refused(&folder, &bytes[..len + 100]), "{len} of {}", bytes.len());
    }
}

#[test]
fn an_altered_database_is_refused_or_whole() {
    let (folder, bytes) = closed();
    let used: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
    let mut refused = 0;
    for at in (0..320).chain(used.iter().copied().step_by(used.len() / 200)) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x55;
        refused += u32::from(is_refused(&folder, &altered));
    }
    assert!(refused > 100, "only {refused} are refused");
}

#[test]
fn something_else_is_no_store() {
    let (folder, bytes) = closed();
    assert!(is_refused(&folder, b""));
    assert!(is_refused(&folder, b"{}"));
    assert!(is_refused(&folder, &vec![0; bytes.len()]));
    assert!(is_refused(&folder, "sekisho ".repeat(10_000).as_bytes()));
    let another = folder.path().join("another.redb");
    let table = redb::TableDefinition::<u64, u64>::new("something");
    let database = redb::Database::create(&another).unwrap();
    let writing = database.begin_write().unwrap();
    writing.open_table(table).unwrap();
    writing.commit().unwrap();
    drop(database);
    fs::rename(another, folder.path().join("store.redb")).unwrap();
    let refused = Store::open(folder.path()).err().unwrap().to_string();
    assert!(refused.contains("it is a database of another program"), "{refused}");
}
