//! Bodies: whole or not there, private, and swept when nothing names them.

use std::fs;
use std::time::{Duration, Instant};

use sekisho_cloud::body::{DataKey, Opener, SEALED_CHUNK_LEN, Sealer};
use zeroize::Zeroizing;

use super::super::{BodyError, Swept};
use super::*;

fn key() -> DataKey {
    DataKey::new(Zeroizing::new([3; 32]))
}

fn write(store: &Store, number: u64, plain: &[u8]) {
    let sealed = Sealer::seal_all(&key(), body_id(number), plain).unwrap();
    let mut writer = store.body_writer(body_id(number)).unwrap();
    for chunk in sealed.chunks(SEALED_CHUNK_LEN) {
        writer.push(chunk).unwrap();
    }
    writer.finish().unwrap();
}

fn read(store: &Store, number: u64, len: usize, from: u64, to: u64) -> Vec<u8> {
    let reader = store.body_reader(body_id(number)).unwrap();
    let opener = Opener::new(&key(), body_id(number), len as u64).unwrap();
    let (mut plain, mut chunk) = (Vec::new(), Vec::new());
    for piece in opener.pieces(from, to) {
        reader.chunk(piece.index, &mut chunk).unwrap();
        opener.open(piece.index, &mut chunk).unwrap();
        plain.extend_from_slice(&chunk[piece.within]);
    }
    plain
}

fn path(folder: &Folder, number: u64) -> PathBuf {
    folder.path().join(format!("objects/00/{number:032x}"))
}

#[test]
fn a_body_is_read_as_it_was_written() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let plain: Vec<u8> = (0..200_000_u32).map(|at| at.to_be_bytes()[3]).collect();
    write(&store, 1, &plain);
    let sealed = Sealer::seal_all(&key(), body_id(2), &plain).unwrap();
    let bodies = vec![(body_id(2), Bytes::from(sealed))];
    let inline = Writes { bodies, ..Writes::default() };
    store.submit(inline).blocking_recv().unwrap().unwrap();
    for number in [1, 2] {
        assert_eq!(read(&store, number, plain.len(), 0, 200_000), plain);
        assert_eq!(read(&store, number, plain.len(), 65_000, 132_000), plain[65_000..132_000]);
        let reader = store.body_reader(body_id(number)).unwrap();
        for behind in [4, u64::MAX] {
            let found = reader.chunk(behind, &mut Vec::new()).unwrap_err();
            let name = format!("{number:032x}");
            assert_eq!(
                found.to_string(),
                format!("the body `{name}` ends before its chunk {behind}: its file was cut")
            );
        }
    }
    assert!(matches!(store.body_reader(body_id(3)), Err(BodyError::Missing { .. })));
}

#[test]
fn a_body_that_was_not_finished_leaves_nothing() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let mut writer = store.body_writer(body_id(1)).unwrap();
    writer.push(b"half of").unwrap();
    assert!(store.body_reader(body_id(1)).is_err());
    let unfinished = folder.path().join(format!("objects/unfinished/{:032x}", 1));
    assert!(unfinished.exists());
    drop(writer);
    assert!(!unfinished.exists());
    // What a killed process leaves goes with the next start.
    drop(store);
    fs::write(&unfinished, "half of").unwrap();
    let _store = Store::open(folder.path()).unwrap();
    assert!(!unfinished.exists());
}

#[test]
fn dropped_bodies_go_once_that_is_committed() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    write(&store, 1, b"one");
    write(&store, 2, b"two");
    let reader = store.body_reader(body_id(1)).unwrap();
    let dropped = Writes { dropped: vec![body_id(1)], ..Writes::default() };
    store.submit(dropped).blocking_recv().unwrap().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while path(&folder, 1).exists() {
        assert!(Instant::now() < until, "it is still there");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(path(&folder, 2).exists());
    let mut chunk = Vec::new();
    reader.chunk(0, &mut chunk).expect("whoever reads it reads it to its end");
}

#[test]
fn bodies_that_nothing_names_are_swept() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    for number in 1..=4 {
        write(&store, number, b"body");
    }
    let stranger = folder.path().join("objects/00/notes.txt");
    fs::write(&stranger, "somebody's").unwrap();
    let swept = store.sweep(|id| id.0[15].is_multiple_of(2)).unwrap();
    assert_eq!(swept, Swept { kept: 3, removed: 2 });
    let left = (1..=4).filter(|number| path(&folder, *number).exists());
    assert_eq!(left.collect::<Vec<_>>(), [2, 4]);
    assert!(stranger.exists(), "what is not ours stays");
}

#[test]
fn small_bodies_that_nothing_names_are_swept() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let bodies = (1..=4).map(|number| (body_id(number), Bytes::from_static(b"sealed"))).collect();
    let inline = Writes { bodies, ..Writes::default() };
    store.submit(inline).blocking_recv().unwrap().unwrap();
    let swept = store.sweep(|id| id.0[15].is_multiple_of(2)).unwrap();
    assert_eq!(swept, Swept { kept: 2, removed: 2 });
    drop(store);
    let (store, _) = Store::open(folder.path()).unwrap();
    let left = (1..=4).filter(|number| store.body_reader(body_id(*number)).is_ok());
    assert_eq!(left.collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn a_discarded_body_goes() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    write(&store, 1, b"one");
    write(&store, 2, b"two");
    store.discard(body_id(1));
    drop(store);
    assert!(!path(&folder, 1).exists() && path(&folder, 2).exists());
}
