//! The tables of the database, and opening it.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{PoisonError, RwLock};

use redb::{
    Database, Key, ReadOnlyTable, ReadableDatabase, ReadableTable, StorageBackend, TableDefinition,
    TableHandle, Value,
};
use sekisho_cloud::writes::BodyId;

use super::error::ReadError;

/// The form of the tables below. A store of a later form is refused.
pub(super) const FORMAT: u32 = 1;

/// What the database keeps of its file in memory. The engine's state is in memory itself, so only
/// journal and events are read here, and an idle server should be small.
const CACHE_BYTES: usize = 4 * 1024 * 1024;

/// About the store itself: its format, and what its master key is recognized by.
pub(super) const ABOUT: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("about");
/// The engine's rows, by their table and key: one tree, so that one more table costs nothing.
pub(super) const ROWS: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("rows");
/// The journal, by number.
pub(super) const JOURNAL: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("journal");
/// Account, time, record, place.
pub(super) type Event = (u64, i64, u64, u8);
/// Where the events stand in the journal.
pub(super) const EVENTS: TableDefinition<'_, Event, ()> = TableDefinition::new("events");
/// Small sealed bodies.
pub(super) const BODIES: TableDefinition<'_, [u8; 16], &[u8]> = TableDefinition::new("bodies");

pub(super) const ABOUT_FORMAT: &str = "format";
pub(super) const ABOUT_KEY: &str = "master-key-check";

/// Opens a database, empty or not, and checks all of it: the library trusts a file that was closed
/// well, and gives up in the middle of a call when somebody altered it since.
pub(super) fn open(bytes: impl StorageBackend) -> Result<Database, ReadError> {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true);
    unless_it_panics(|| Ok(builder.create_with_backend(bytes)?))
}

/// What the database's library does, and a reason where it gives up instead: it asserts what holds
/// in every file that it wrote itself.
pub(super) fn unless_it_panics<T>(
    work: impl FnOnce() -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(ReadError::damage("the database's library gave up")))
}

/// Whether this is a database of ours.
pub(super) fn is_ours(database: &Database) -> Result<bool, ReadError> {
    Ok(database.begin_read()?.list_tables()?.any(|table| table.name() == ABOUT.name()))
}

/// The database as it is read: the one that is written, or once that failed, what is on the disk.
pub(super) struct Reader(RwLock<Database>);

impl Reader {
    pub(super) fn new(database: Database) -> Self {
        Self(RwLock::new(database))
    }

    /// For the one writer.
    pub(super) fn with<T>(&self, use_it: impl FnOnce(&Database) -> T) -> T {
        use_it(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn replace(&self, database: Database) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = database;
    }

    /// A table as it is committed now.
    pub(super) fn table<K: Key + 'static, V: Value + 'static>(
        &self,
        table: TableDefinition<'_, K, V>,
    ) -> Result<ReadOnlyTable<K, V>, ReadError> {
        let reading = self.with(ReadableDatabase::begin_read)?;
        Ok(reading.open_table(table)?)
    }

    /// The names of all bodies that are in the database.
    pub(super) fn inline_bodies(&self) -> Result<Vec<BodyId>, ReadError> {
        let bodies = self.table(BODIES)?;
        let names = bodies.iter()?.map(|body| Ok(BodyId(body?.0.value())));
        names.collect()
    }

    pub(super) fn inline_body(&self, id: BodyId) -> Result<Option<Vec<u8>>, ReadError> {
        let sealed = self.table(BODIES)?.get_owned(id.0)?;
        Ok(sealed.map(|sealed| sealed.value().to_vec()))
    }
}
