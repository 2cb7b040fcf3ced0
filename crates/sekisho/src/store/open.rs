//! Opening a store: the folder, the lock, the key, and everything the engine keeps in memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;

use redb::backends::FileBackend;
use redb::{Database, ReadableDatabase, ReadableTable, StorageBackend};
use sekisho_cloud::writes::Record;

use super::Store;
use super::bodies::{self, Bodies};
use super::commit::{Committer, Progress};
use super::database::{
    self, ABOUT, ABOUT_FORMAT, ABOUT_KEY, BODIES, EVENTS, FORMAT, JOURNAL, ROWS, Reader,
};
use super::disk::Disk;
use super::error::{OpenError, ReadError};
use super::folder::{self, FolderLock, Paths};
use super::master_key::MasterKey;

/// What a store holds when it is opened.
#[derive(Debug)]
pub struct Loaded {
    /// The state rows of each table, each with its key, in the keys' order.
    pub rows: BTreeMap<String, Vec<(String, Vec<u8>)>>,
    /// The last record of the journal.
    pub head: Option<Record>,
    /// The key of this store.
    pub master_key: MasterKey,
}

impl Store {
    /// Opens the store in a folder, or makes one there. No other process may have it open.
    ///
    /// # Errors
    /// Says which file is not as it must be, and what to do about it. Nothing is repaired by
    /// guessing: a store whose key or database is missing or altered stays as it is.
    pub fn open(dir: &Path) -> Result<(Self, Loaded), OpenError> {
        folder::prepare(dir)?;
        let lock = FolderLock::take(dir)?;
        let paths = Paths::of(dir);
        if !paths.database.exists() {
            begin(dir, &paths)?;
        }
        let disk = Disk::new(Arc::new(file(&paths.database)?));
        Self::open_on(dir, lock, disk)
    }

    /// The same with the database's bytes somewhere else.
    pub(super) fn open_on(
        dir: &Path,
        lock: FolderLock,
        disk: Disk,
    ) -> Result<(Self, Loaded), OpenError> {
        let paths = Paths::of(dir);
        let opened = database::unless_it_panics(|| Ok(open_database(&paths, disk.clone())));
        let (database, loaded) = opened.map_err(OpenError::of(&paths.database))??;
        let bodies = Bodies::open(paths.objects.clone())?;
        let store = Self::start(dir, lock, disk, database, bodies, &loaded);
        Ok((store.map_err(OpenError::io("start a thread for", dir))?, loaded))
    }

    fn start(
        dir: &Path,
        lock: FolderLock,
        disk: Disk,
        database: Database,
        bodies: Bodies,
        loaded: &Loaded,
    ) -> std::io::Result<Self> {
        let (jobs, submitted) = mpsc::channel();
        let (removals, to_remove) = mpsc::channel();
        let dropped = removals.clone();
        let (reader, bodies) = (Arc::new(Reader::new(database)), Arc::new(bodies));
        let progress = Arc::new(Progress::default());
        let next_record = loaded.head.as_ref().map_or(0, |head| head.number.saturating_add(1));
        let committer =
            Committer::new(Arc::clone(&reader), disk, Arc::clone(&progress), next_record, dropped);
        let (removing, removals) = (Arc::clone(&bodies), Some(removals));
        let named = |name: &str| thread::Builder::new().name(name.to_owned());
        let threads = vec![
            named("committer").spawn(move || committer.run(&submitted))?,
            named("remover").spawn(move || bodies::remove_all(&removing, &to_remove))?,
        ];
        let dir = dir.to_owned();
        Ok(Self { dir, reader, progress, bodies, jobs: Some(jobs), removals, threads, _lock: lock })
    }
}

fn open_database(paths: &Paths, disk: Disk) -> Result<(Database, Loaded), OpenError> {
    let failed = OpenError::of(&paths.database);
    // The library would begin a new one in an empty file.
    if disk.len().map_err(OpenError::io("read", &paths.database))? == 0 {
        return Err(failed(ReadError::damage("it is empty")));
    }
    let database = database::open(disk).map_err(&failed)?;
    let master_key = recognize(paths, &database)?;
    let (rows, head) = load(&database).map_err(&failed)?;
    Ok((database, Loaded { rows, head, master_key }))
}

/// Makes a new store: the key, then the database, which is whole before it has its name. The
/// bodies' folder comes last, so where that is alone, a database was lost.
fn begin(dir: &Path, paths: &Paths) -> Result<(), OpenError> {
    if paths.objects.exists() {
        return Err(OpenError::DatabaseMissing { path: paths.objects.clone() });
    }
    let unfinished = paths.database.with_extension("new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(OpenError::io("remove", &unfinished)(error));
        }
        _ => {}
    }
    make(paths, file(&unfinished)?)?;
    let named = fs::rename(&unfinished, &paths.database).and_then(|()| folder::sync(dir));
    named.map_err(OpenError::io("create", &paths.database))
}

fn file(path: &Path) -> Result<FileBackend, OpenError> {
    let file = folder::open_private(path).map_err(OpenError::io("open", path))?;
    FileBackend::new(file).map_err(|error| OpenError::of(path)(error.into()))
}

/// Makes an empty database with all its tables, and the key, unless a start that was interrupted
/// has left one.
pub(super) fn make(paths: &Paths, bytes: impl StorageBackend) -> Result<(), OpenError> {
    let key = match MasterKey::read(&paths.master_key)? {
        Some(key) => key,
        None => MasterKey::create(&paths.master_key)?,
    };
    let made = database::unless_it_panics(|| {
        let database = database::open(bytes)?;
        make_tables(&database, &key)
    });
    made.map_err(OpenError::of(&paths.database))
}

fn make_tables(database: &Database, key: &MasterKey) -> Result<(), ReadError> {
    let making = database.begin_write()?;
    {
        let mut about = making.open_table(ABOUT)?;
        about.insert(ABOUT_FORMAT, FORMAT.to_be_bytes().as_slice())?;
        about.insert(ABOUT_KEY, key.check().as_slice())?;
    }
    making.open_table(ROWS)?;
    making.open_table(JOURNAL)?;
    making.open_table(EVENTS)?;
    making.open_table(BODIES)?;
    Ok(making.commit()?)
}

/// Makes sure that we know the store's form, and that the key is its key.
fn recognize(paths: &Paths, database: &Database) -> Result<MasterKey, OpenError> {
    let failed = OpenError::of(&paths.database);
    if !database::is_ours(database).map_err(&failed)? {
        return Err(failed(ReadError::damage("it is a database of another program")));
    }
    let format = about(database, ABOUT_FORMAT).map_err(&failed)?;
    let format = format.and_then(|format| Some(u32::from_be_bytes(format.try_into().ok()?)));
    match format {
        Some(FORMAT) => {}
        Some(found) if found > FORMAT => {
            return Err(OpenError::NewerFormat { path: paths.database.clone(), found });
        }
        _ => return Err(failed(ReadError::damage("it does not say its format"))),
    }
    let key_path = || paths.master_key.clone();
    let key = MasterKey::read(&paths.master_key)?;
    let key = key.ok_or_else(|| OpenError::KeyMissing { path: key_path() })?;
    if about(database, ABOUT_KEY).map_err(&failed)? != Some(key.check()) {
        return Err(OpenError::KeyOfAnother { path: key_path() });
    }
    Ok(key)
}

fn about(database: &Database, key: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let value = database.begin_read()?.open_table(ABOUT)?.get_owned(key)?;
    Ok(value.map(|value| value.value().to_vec()))
}

type Rows = BTreeMap<String, Vec<(String, Vec<u8>)>>;

fn load(database: &Database) -> Result<(Rows, Option<Record>), ReadError> {
    let reading = database.begin_read()?;
    let mut rows = Rows::new();
    for row in reading.open_table(ROWS)?.iter()? {
        let (key, value) = row?;
        let (table, key) = key.value();
        let row = (key.to_owned(), value.value().to_vec());
        match rows.get_mut(table) {
            Some(rows) => rows.push(row),
            None => drop(rows.insert(table.to_owned(), vec![row])),
        }
    }
    let journal = reading.open_table(JOURNAL)?;
    let head = journal.last()?;
    let head = head
        .map(|(number, bytes)| Record { number: number.value(), bytes: bytes.value().to_vec() });
    Ok((rows, head))
}
