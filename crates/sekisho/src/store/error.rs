//! What can keep the store from opening, reading and writing, said for the person who runs it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::database::FORMAT;

/// Why a store could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process has the folder.
    #[error(
        "`{}` is in use by another sekisho{holder}: stop that one first, or give this one another \
         folder; one process at a time has a folder, for reading too", dir.display()
    )]
    InUse {
        /// The folder of the store.
        dir: PathBuf,
        /// ` (process 123)`, where it is known.
        holder: String,
    },
    /// Others could put something else in the place of the key or the database.
    #[error(
        "`{}` can be changed by others (mode {mode:04o}): run `chmod go-w {}`",
        dir.display(), dir.display()
    )]
    FolderWritable {
        /// The folder of the store.
        dir: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key was or is open to others.
    #[error(
        "`{}` can be read or changed by others (mode {mode:04o}): run `chmod 600 {}`, and if others \
         had access, treat what it protects as known to them",
        path.display(), path.display()
    )]
    KeyReadable {
        /// The key's file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Not what [`MasterKey`](super::MasterKey) writes.
    #[error("`{}` is not a file of exactly 32 bytes: restore it from a backup", path.display())]
    KeyLen {
        /// The key's file.
        path: PathBuf,
    },
    /// There is a store, and its key is gone.
    #[error(
        "`{}` is missing: without it the store beside it cannot be read; restore it from a backup, \
         or start with an empty folder", path.display()
    )]
    KeyMissing {
        /// Where the key should be.
        path: PathBuf,
    },
    /// A key of another store.
    #[error("`{}` is not the key of the store beside it: restore the one it was made with",
        path.display())]
    KeyOfAnother {
        /// The key's file.
        path: PathBuf,
    },
    /// Made by a later version.
    #[error(
        "`{}` has store format {found}, and this sekisho reads formats up to {FORMAT}: use the \
         sekisho that wrote it, or a newer one", path.display()
    )]
    NewerFormat {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// There are bodies, and the database that names them is gone.
    #[error(
        "`{}` is there, but the database beside it is missing: restore `store.redb` from a \
         backup, or start with an empty folder", path.display()
    )]
    DatabaseMissing {
        /// What is there.
        path: PathBuf,
    },
    /// The database cannot be made sense of.
    #[error("`{}` is damaged or no store: {reason}; restore the folder from a backup",
        path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the database's library says.
        reason: String,
    },
    /// The database may be well, and the system does not let it be opened: no space left, say.
    #[error("`{}` cannot be opened: {reason}; repair the cause and start again", path.display())]
    Unopened {
        /// The database.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The system says no.
    #[error("cannot {doing} `{}`: {source}", path.display())]
    Io {
        /// `open`, `create` …
        doing: &'static str,
        /// What it was tried with.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl OpenError {
    /// For `map_err`: what was tried, and with what.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    /// For `map_err`: of which database it was.
    pub(super) fn of(path: &Path) -> impl Fn(ReadError) -> Self {
        let path = path.to_owned();
        move |ReadError { reason, is_damage }| {
            let path = path.clone();
            if is_damage { Self::Damaged { path, reason } } else { Self::Unopened { path, reason } }
        }
    }
}

/// Why a change was not committed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreFailed {
    /// A commit failed; nothing is written any more.
    #[error(
        "the store has stopped and takes no changes: {reason}; what was answered before is kept: \
         repair the cause and start sekisho again"
    )]
    Stopped {
        /// What failed first.
        reason: Arc<str>,
    },
    /// The disk does not keep up.
    #[error("{bytes} bytes wait for the disk: try again in a moment")]
    Full {
        /// How much waits.
        bytes: usize,
    },
    /// The store ended before it answered.
    #[error("the store has ended: start sekisho again")]
    Ended,
    /// A step ended where none may; what it left of the engine is not to be trusted.
    #[error(
        "the engine has failed and takes no calls: start sekisho again; what was answered is kept"
    )]
    Broken,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes: no call can be answered without")]
    NoRandomness,
}

/// Why the database could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the store cannot be read: {reason}")]
pub struct ReadError {
    /// What the system or the database's library says.
    pub reason: String,
    /// Whether what is there makes no sense; otherwise the system could not read or write it.
    pub is_damage: bool,
}

impl ReadError {
    /// What is there makes no sense.
    pub(super) fn damage(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), is_damage: true }
    }
}

impl<E: Into<redb::Error>> From<E> for ReadError {
    fn from(error: E) -> Self {
        let error = error.into();
        let is_damage = match &error {
            redb::Error::Io(error) => {
                matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
            }
            _ => true,
        };
        Self { reason: said(&error), is_damage }
    }
}

/// Why a body could not be written, read or removed.
#[derive(Debug, Error)]
pub enum BodyError {
    /// Nothing by that name is stored.
    #[error(
        "the body `{id}` is not in the store: its folder was changed by hand, or restored in part"
    )]
    Missing {
        /// Its name.
        id: String,
    },
    /// It ends before the chunk that was asked for.
    #[error("the body `{id}` ends before its chunk {index}: its file was cut")]
    Cut {
        /// Its name.
        id: String,
        /// The chunk.
        index: u64,
    },
    /// The database cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The system says no.
    #[error("cannot {doing} `{}`: {source}", path.display())]
    Io {
        /// `write`, `rename` …
        doing: &'static str,
        /// What it was tried with.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl BodyError {
    /// For `map_err`: what was tried, and with what.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

/// What the database's library says, in our form: lower case, and the system's own words where it
/// was the system.
fn said(error: &redb::Error) -> String {
    let text = match error {
        redb::Error::Io(error) => error.to_string(),
        redb::Error::Corrupted(reason) => reason.clone(),
        other => other.to_string(),
    };
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
