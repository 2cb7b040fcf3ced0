//! The folder: private, locked, and of one store.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Why it does not open, without the folder's name.
fn refused(folder: &Folder) -> String {
    let refused = Store::open(folder.path()).err().expect("it opens").to_string();
    refused.replace(&folder.path().display().to_string(), "DIR")
}

/// A folder with a store of one step.
fn with_a_step() -> Folder {
    let folder = Folder::new();
    take(&Store::open(folder.path()).unwrap().0, 0).unwrap();
    folder
}

#[test]
fn everything_in_the_folder_is_private() {
    let folder = Folder::new();
    let (store, _) = Store::open(folder.path()).unwrap();
    let mut writer = store.body_writer(body_id(1)).unwrap();
    writer.push(b"sealed").unwrap();
    writer.finish().unwrap();
    assert_eq!(mode(folder.path()), 0o700);
    let mut folders = vec![folder.path().to_owned()];
    let mut files = 0;
    while let Some(dir) = folders.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let expected = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&path), expected, "{}", path.display());
            if path.is_dir() { folders.push(path) } else { files += 1 }
        }
    }
    assert_eq!(files, 4, "key, database, lock, body");
}

#[test]
fn a_folder_that_others_can_change_is_refused() {
    let folder = with_a_step();
    set_mode(folder.path(), 0o770);
    assert_eq!(
        refused(&folder),
        "`DIR` can be changed by others (mode 0770): run `chmod go-w DIR`"
    );
    set_mode(folder.path(), 0o755);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn a_folder_has_one_process() {
    let folder = with_a_step();
    let store = Store::open(folder.path()).unwrap();
    let holder = std::process::id();
    let expected = format!(
        "`DIR` is in use by another sekisho (process {holder}): stop that one first, or give this \
         one another folder; one process at a time has a folder, for reading too"
    );
    assert_eq!(refused(&folder), expected);
    drop(store);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let folder = with_a_step();
    let key = folder.path().join("master.key");
    for mode in [0o640, 0o604, 0o620, 0o601] {
        set_mode(&key, mode);
        let expected = format!(
            "`DIR/master.key` can be read or changed by others (mode {mode:04o}): run `chmod 600 \
             DIR/master.key`, and if others had access, treat what it protects as known to them"
        );
        assert_eq!(refused(&folder), expected);
    }
    set_mode(&key, 0o400);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn the_key_is_the_stores_own() {
    let folder = with_a_step();
    let path = folder.path().join("master.key");
    let key = fs::read(&path).unwrap();
    let (_, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(loaded.master_key.bytes(), &key[..]);
    assert_eq!(format!("{:?}", loaded.master_key), "MasterKey(..)");

    let is_not = "`DIR/master.key` is not a file of exactly 32 bytes: restore it from a backup";
    for len in [0, 31, 33] {
        fs::write(&path, vec![1; len]).unwrap();
        assert_eq!(refused(&folder), is_not);
    }
    fs::write(&path, [1; 32]).unwrap();
    assert_eq!(
        refused(&folder),
        "`DIR/master.key` is not the key of the store beside it: restore the one it was made with"
    );
    fs::remove_file(&path).unwrap();
    assert_eq!(
        refused(&folder),
        "`DIR/master.key` is missing: without it the store beside it cannot be read; restore it \
         from a backup, or start with an empty folder"
    );
    assert!(!path.exists(), "a lost key is not replaced by another");
    fs::write(&path, key).unwrap();
    set_mode(&path, 0o600);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn keys_differ() {
    let (one, other) = (with_a_step(), with_a_step());
    let key = |folder: &Folder| fs::read(folder.path().join("master.key")).unwrap();
    assert_ne!(key(&one), key(&other));
}

#[test]
fn a_store_without_its_database_is_not_begun_again() {
    let folder = with_a_step();
    let database = folder.path().join("store.redb");
    fs::remove_file(&database).unwrap();
    assert_eq!(
        refused(&folder),
        "`DIR/objects` is there, but the database beside it is missing: restore `store.redb` from \
         a backup, or start with an empty folder"
    );
    assert!(!database.exists());
}

#[test]
fn the_first_start_may_be_interrupted_between_any_two_files() {
    let folder = with_a_step();
    let key = fs::read(folder.path().join("master.key")).unwrap();
    // The database has its name, and the bodies have no folder yet.
    fs::remove_dir_all(folder.path().join("objects")).unwrap();
    let (store, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(steps_in(&store, &loaded), 1);
    drop(store);
    // The key is there, and the database was not whole.
    fs::remove_dir_all(folder.path().join("objects")).unwrap();
    fs::remove_file(folder.path().join("store.redb")).unwrap();
    fs::write(folder.path().join("store.new"), vec![0; 8192]).unwrap();
    let (store, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(steps_in(&store, &loaded), 0);
    assert_eq!(loaded.master_key.bytes(), &key[..]);
    drop(store);
    // Not even the key was.
    let folder = Folder::new();
    fs::create_dir(folder.path()).unwrap();
    fs::write(folder.path().join("master.key.new"), [0; 7]).unwrap();
    let (store, loaded) = Store::open(folder.path()).unwrap();
    assert_eq!(steps_in(&store, &loaded), 0);
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 4, "key, database, lock, bodies");
}

#[test]
fn a_newer_format_is_refused() {
    let folder = with_a_step();
    let path = folder.path().join("store.redb");
    let about = super::super::database::ABOUT;
    let write = |key: &str, value: &[u8]| {
        let database = redb::Database::open(&path).unwrap();
        let writing = database.begin_write().unwrap();
        writing.open_table(about).unwrap().insert(key, value).unwrap();
        writing.commit().unwrap();
    };
    write("format", &[0, 0, 0, 9]);
    assert_eq!(
        refused(&folder),
        "`DIR/store.redb` has store format 9, and this sekisho reads formats up to 1: use the \
         sekisho that wrote it, or a newer one"
    );
    write("format", b"?");
    assert_eq!(
        refused(&folder),
        "`DIR/store.redb` is damaged or no store: it does not say its format; restore the folder \
         from a backup"
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = Folder::new();
    fs::write(folder.path(), "a file").unwrap();
    assert!(refused(&folder).contains("`DIR"), "{}", refused(&folder));
    fs::remove_file(folder.path()).unwrap();
}
