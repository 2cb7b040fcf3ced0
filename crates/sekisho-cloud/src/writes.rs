//! What a step changes, for the shell to commit: all of it, or none.
//!
//! State rows and the journal record of the call that changed them are in the same [`Writes`], so
//! there is no unrecorded change and no record of a change that is not there.

use bytes::Bytes;

/// What one step changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// State rows that are new, changed or gone.
    pub rows: Vec<Row>,
    /// Journal records, in the order of their numbers.
    pub records: Vec<Record>,
    /// Where the trail's events stand in the journal, by account.
    pub events: Vec<EventKey>,
    /// Small sealed bodies that are stored in the same transaction as the rows.
    pub bodies: Vec<(BodyId, Bytes)>,
    /// Bodies that no row names any more; their files may go once this is committed.
    pub dropped: Vec<BodyId>,
}

impl Writes {
    /// Adds what a later step changes, for both to be committed together.
    pub fn append(&mut self, mut later: Self) {
        self.rows.append(&mut later.rows);
        self.records.append(&mut later.records);
        self.events.append(&mut later.events);
        self.bodies.append(&mut later.bodies);
        self.dropped.append(&mut later.dropped);
    }
}

/// A row of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `iam.role`.
    pub table: &'static str,
    /// Unique in its table: `111111111111/build`.
    pub key: String,
    /// What it holds now; `None`: it is gone.
    pub value: Option<Vec<u8>>,
}

/// A record of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number: 0, 1, 2 … without a gap.
    pub number: u64,
    /// What it says, with the hash that chains it to the one before.
    pub bytes: Vec<u8>,
}

/// The place of a trail event in the journal. Events of an account are found by time, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventKey {
    /// The account that sees the event (`recipientAccountId`), as a number.
    pub account: u64,
    /// When it happened, in milliseconds since 1970.
    pub time_ms: i64,
    /// The journal record that holds it.
    pub record: u64,
    /// Which of the record's events it is.
    pub place: u8,
}

/// The name of a sealed body: 16 random bytes, 32 hexadecimal digits in a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId(pub [u8; 16]);

/// What the engine reads of what is no longer hot: committed records, found by account and time.
///
/// The answer to a read is part of a step's input, like the clock.
pub trait Archive {
    /// The events of an account that stand before `before` (exclusive), newest first, at most
    /// `count` of them, none older than `oldest_ms`; each with the bytes of its journal record.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn events_before(
        &self,
        account: u64,
        before: Option<EventKey>,
        oldest_ms: i64,
        count: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError>;
}

/// The store of committed records cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveError(pub String);
