//! The durable side of the engine: one folder, one process, one writer.
//!
//! ```text
//! master.key      32 random bytes that everything else in the folder is encrypted under
//! store.redb      state rows, journal records, the events' places, small bodies
//! objects/ab/…    larger bodies, sealed, one file each
//! sekisho.lock    held as long as a process has the folder
//! ```
//!
//! What one call changes ([`Writes`]) is committed in one transaction, and so is everything else
//! that waits at that moment: one `fsync` answers all of them. What was submitted earlier is
//! committed earlier, so after a crash the store holds the calls up to some call, and at least
//! every one that was answered.
//!
//! **A store that failed to write is stopped.** When a commit fails (no space left, a failed
//! `fsync`), nobody knows which of its bytes are on the disk. So nothing is written any more: that
//! commit and all that follow are refused with the reason, reads go on, and only a new start takes
//! changes again, once it has checked all that is there. Bodies of more than
//! [`INLINE_LEN_MAX`](sekisho_cloud::body::INLINE_LEN_MAX) bytes are on the disk, with their
//! folder, before the row that names them is submitted; what a crash leaves of them without a row
//! is swept at the next start.

mod archive;
mod bodies;
mod commit;
mod database;
mod disk;
mod error;
mod folder;
mod journal;
mod master_key;
mod open;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use sekisho_cloud::writes::{BodyId, Writes};
use tokio::sync::oneshot;

pub use bodies::{BodyReader, BodyWriter, Swept};
pub use error::{BodyError, OpenError, ReadError, StoreFailed};
pub use journal::Records;
pub use master_key::MasterKey;
pub use open::Loaded;

use bodies::Bodies;
use commit::{Job, Progress};
use database::Reader;
use folder::FolderLock;

/// Submitted bytes that may wait for the disk before [`Store::ready`] says no: half a second of a
/// disk that writes 128 MB/s.
pub const WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The store of a running server. Dropping it waits for what was submitted.
pub struct Store {
    dir: PathBuf,
    reader: Arc<Reader>,
    progress: Arc<Progress>,
    bodies: Arc<Bodies>,
    /// `None` only while the store is dropped.
    jobs: Option<mpsc::Sender<Job>>,
    /// Likewise: files that may go.
    removals: Option<mpsc::Sender<Vec<BodyId>>>,
    threads: Vec<JoinHandle<()>>,
    /// Last, so that the folder is let go when nothing uses it any more.
    _lock: FolderLock,
}

impl Store {
    /// Whether a step may begin: the store is not stopped, and not too much waits for the disk.
    ///
    /// To be asked *before* the engine is changed: a change that was made in memory cannot be
    /// refused any more. With that, what waits is bounded by [`WAITING_BYTES_MAX`] and one step.
    ///
    /// # Errors
    /// Says why no step may begin.
    pub fn ready(&self) -> Result<(), StoreFailed> {
        self.progress.ready()
    }

    /// Hands over what one step changed. Never waits, so it may be called under the engine's lock,
    /// and must be, since the order of the calls is the order of the commits.
    ///
    /// The answer comes when it is on the disk. A receiver whose sender is gone means the same as
    /// a refusal: the store ended before it was committed.
    pub fn submit(&self, writes: Writes) -> oneshot::Receiver<Result<(), StoreFailed>> {
        let (answer, answered) = oneshot::channel();
        let job = Job::new(writes, answer);
        self.progress.submitted(&job);
        if let Some(jobs) = &self.jobs {
            // Without a committer the job is dropped, and with it the sender of its answer.
            let _ = jobs.send(job);
        }
        answered
    }

    /// The committed records from number `first` on, as they are now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn records_from(&self, first: u64) -> Result<Records, ReadError> {
        Records::from(&self.reader, first)
    }

    /// Begins the file of a larger body. Takes time: for a thread that may wait.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn body_writer(&self, id: BodyId) -> Result<BodyWriter, BodyError> {
        self.bodies.writer(id)
    }

    /// Opens a sealed body, wherever it is. Takes time: for a thread that may wait.
    ///
    /// # Errors
    /// When there is no such body or it cannot be read.
    pub fn body_reader(&self, id: BodyId) -> Result<BodyReader, BodyError> {
        match self.reader.inline_body(id)? {
            Some(sealed) => Ok(BodyReader::inline(id, sealed)),
            None => self.bodies.reader(id),
        }
    }

    /// Removes the file of a body that got no row: its call was refused after all. Whatever stands
    /// in the way of that, the next start's sweep finds it.
    pub fn discard(&self, id: BodyId) {
        if let Some(removals) = &self.removals {
            let _ = removals.send(vec![id]);
        }
    }

    /// Removes the bodies that no row names: what a crash left between a body and its row, or
    /// between a row's end and its body's. To be called once the rows are read and before
    /// anything is written, since a new body's file is there before its row.
    ///
    /// # Errors
    /// When a folder or the database cannot be read, or a file not be removed.
    pub fn sweep(&self, is_live: impl Fn(BodyId) -> bool) -> Result<Swept, BodyError> {
        let mut swept = self.bodies.sweep(&is_live)?;
        let (kept, dead): (Vec<_>, Vec<_>) =
            self.reader.inline_bodies()?.into_iter().partition(|id| is_live(*id));
        swept.kept += kept.len() as u64;
        swept.removed += dead.len() as u64;
        if !dead.is_empty() {
            // Nobody waits for it: were it to fail, the store would say so to all who come later.
            drop(self.submit(Writes { dropped: dead, ..Writes::default() }));
        }
        Ok(swept)
    }

    /// The folder of the store.
    #[must_use]
    pub fn dir(&self) -> &std::path::Path {
        &self.dir
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // The committer ends when nobody can submit any more, and the remover when it has.
        self.jobs = None;
        self.removals = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has stopped the store and answered nobody after that.
            let _ = thread.join();
        }
    }
}
