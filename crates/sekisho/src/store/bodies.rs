//! Larger bodies: sealed files, each under its own name in one of at most 256 folders.
//!
//! A body is written beside its place and moved there when it is whole and on the disk, and the
//! folder is on the disk before anybody is told. So a name in `objects/ab/` always is a whole
//! body. All of this takes time: it is for threads that may wait.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use sekisho_cloud::body::SEALED_CHUNK_LEN;
use sekisho_cloud::writes::BodyId;

use super::error::{BodyError, OpenError};
use super::folder;

/// Bodies that are being written. No body's folder has this name.
const UNFINISHED: &str = "unfinished";

/// The folder of the bodies.
pub(super) struct Bodies {
    dir: PathBuf,
    folders: Arc<Folders>,
}

/// The folders in it that are there and last through a power cut. They are made as they are needed:
/// 256 of them would be most of the work of a first start.
#[derive(Debug)]
struct Folders(Mutex<BTreeSet<PathBuf>>);

impl Folders {
    /// Those that are there; the folder that they are in is synced next.
    fn there(dir: &Path) -> io::Result<Self> {
        let paths = fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path()));
        let paths = paths.filter(|path| path.as_ref().map_or(true, |path| path.is_dir()));
        Ok(Self(Mutex::new(paths.collect::<io::Result<_>>()?)))
    }

    fn all(&self) -> BTreeSet<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes sure of a folder.
    fn need(&self, folder: &Path) -> io::Result<()> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(folder) {
            folder::create_private(folder)?;
            folder.parent().map_or(Ok(()), folder::sync)?;
            known.insert(folder.to_owned());
        }
        Ok(())
    }
}

/// What was found and removed at the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Bodies that a row names.
    pub kept: u64,
    /// Bodies that no row names.
    pub removed: u64,
}

impl Bodies {
    /// Opens the folder, and removes what was being written when the last process ended.
    pub(super) fn open(dir: PathBuf) -> Result<Self, OpenError> {
        let making = |path: &Path| {
            folder::create_private(path).map_err(OpenError::io("create the folder", path))
        };
        making(&dir)?;
        let unfinished = dir.join(UNFINISHED);
        making(&unfinished)?;
        remove_files(&unfinished, |_| true).map_err(OpenError::io("empty", &unfinished))?;
        let synced = folder::sync(&dir).and_then(|()| dir.parent().map_or(Ok(()), folder::sync));
        synced.map_err(OpenError::io("sync", &dir))?;
        let folders = Folders::there(&dir).map_err(OpenError::io("read", &dir))?;
        Ok(Self { dir, folders: Arc::new(folders) })
    }

    fn path(&self, id: BodyId) -> PathBuf {
        let name = name(id);
        let first = id.0.first().copied().unwrap_or_default();
        self.dir.join(format!("{first:02x}")).join(name)
    }

    pub(super) fn writer(&self, id: BodyId) -> Result<BodyWriter, BodyError> {
        let unfinished = self.dir.join(UNFINISHED).join(name(id));
        let file = folder::create_new_private(&unfinished);
        let file = file.map_err(BodyError::io("create", &unfinished))?;
        Ok(BodyWriter {
            file,
            early: None,
            waiting_bytes: 0,
            unfinished: Some(unfinished),
            path: self.path(id),
            folders: Arc::clone(&self.folders),
        })
    }

    pub(super) fn reader(&self, id: BodyId) -> Result<BodyReader, BodyError> {
        let path = self.path(id);
        match File::open(&path) {
            Ok(file) => Ok(BodyReader { name: name(id), source: Source::File { file, path } }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(BodyError::Missing { id: name(id) })
            }
            Err(error) => Err(BodyError::io("open", &path)(error)),
        }
    }

    pub(super) fn sweep(&self, is_live: impl Fn(BodyId) -> bool) -> Result<Swept, BodyError> {
        let mut swept = Swept::default();
        let unfinished = self.dir.join(UNFINISHED);
        for dir in self.folders.all().into_iter().filter(|dir| *dir != unfinished) {
            let is_dead = |path: &Path| body_named(path).is_some_and(|id| !is_live(id));
            let of_dir = remove_files(&dir, is_dead).map_err(BodyError::io("sweep", &dir))?;
            swept.kept += of_dir.kept;
            swept.removed += of_dir.removed;
        }
        Ok(swept)
    }
}

/// Removes files of bodies whose end is committed. What cannot be removed now has no row any more,
/// so it is swept at the next start. Somebody who reads it now reads it to its end.
pub(super) fn remove_all(bodies: &Bodies, dropped: &Receiver<Vec<BodyId>>) {
    for id in dropped.iter().flatten() {
        let _ = fs::remove_file(bodies.path(id));
    }
}

fn remove_files(dir: &Path, is_dead: impl Fn(&Path) -> bool) -> io::Result<Swept> {
    let mut swept = Swept::default();
    for file in fs::read_dir(dir)? {
        let path = file?.path();
        if is_dead(&path) {
            fs::remove_file(&path)?;
            swept.removed += 1;
        } else {
            swept.kept += 1;
        }
    }
    Ok(swept)
}

/// 32 hexadecimal digits.
fn name(id: BodyId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The body a file is named after; other files are none of ours.
fn body_named(path: &Path) -> Option<BodyId> {
    let text = path.file_name()?.to_str().filter(|text| text.len() == 32)?;
    let mut id = [0; 16];
    for (at, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(BodyId(id)).filter(|id| name(*id) == text)
}

/// The bytes after which the disk begins to take what was written, while more of it comes: what is
/// left for the end is short, and what the system holds of the file is little.
const EARLY_BYTES: usize = 16 * 1024 * 1024;

/// Writes the file of one body. Dropped before [`finish`](Self::finish), it leaves nothing.
#[derive(Debug)]
pub struct BodyWriter {
    file: File,
    /// `None` while the body is small.
    early: Option<Early>,
    /// What was written since the disk was last told to begin.
    waiting_bytes: usize,
    /// `None` once it has its place.
    unfinished: Option<PathBuf>,
    path: PathBuf,
    folders: Arc<Folders>,
}

impl BodyWriter {
    /// Adds a sealed chunk.
    ///
    /// # Errors
    /// When it cannot be written; the body is then given up.
    pub fn push(&mut self, sealed: &[u8]) -> Result<(), BodyError> {
        self.file.write_all(sealed).map_err(BodyError::io("write", &self.path))?;
        self.waiting_bytes += sealed.len();
        if self.waiting_bytes >= EARLY_BYTES {
            self.waiting_bytes = 0;
            self.begin_early().map_err(BodyError::io("sync", &self.path))?;
        }
        Ok(())
    }

    fn begin_early(&mut self) -> io::Result<()> {
        let early = match self.early.take() {
            Some(early) => early,
            None => Early::new(&self.file)?,
        };
        self.early.insert(early).begin();
        Ok(())
    }

    /// Waits until the body is on the disk. It has no place yet.
    ///
    /// # Errors
    /// When it could not be made to last.
    pub fn sync(&mut self) -> Result<(), BodyError> {
        let early = self.early.take().map_or(Ok(()), Early::end);
        early.and_then(|()| self.file.sync_all()).map_err(BodyError::io("sync", &self.path))
    }

    /// Gives the body its place. When this returns, it is on the disk, and its row may be
    /// submitted.
    ///
    /// # Errors
    /// When it could not be made to last.
    pub fn finish(mut self) -> Result<(), BodyError> {
        self.sync()?;
        let folder = self.path.parent().map_or(Ok(()), |folder| self.folders.need(folder));
        folder.map_err(BodyError::io("make the folder of", &self.path))?;
        if let Some(unfinished) = &self.unfinished {
            fs::rename(unfinished, &self.path).map_err(BodyError::io("rename to", &self.path))?;
        }
        self.unfinished = None;
        let dir = self.path.parent();
        dir.map_or(Ok(()), folder::sync).map_err(BodyError::io("sync the folder of", &self.path))
    }
}

/// Syncs a file while it is written, on a thread of its own.
#[derive(Debug)]
struct Early {
    wake: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Early {
    fn new(file: &File) -> io::Result<Self> {
        // The same open file: the system tells of a failed write once for each.
        let file = file.try_clone()?;
        let (wake, woken) = sync_channel(1);
        let thread = thread::Builder::new().name("early-sync".to_owned());
        let sync = move || woken.iter().try_for_each(|()| file.sync_data());
        Ok(Self { wake, thread: thread.spawn(sync)? })
    }

    /// A thread that is still at it syncs what has come since in its next turn.
    fn begin(&self) {
        let _ = self.wake.try_send(());
    }

    /// Waits for the thread; what failed to be written on it is not on the disk.
    fn end(self) -> io::Result<()> {
        drop(self.wake);
        self.thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread broke off")))
    }
}

impl Drop for BodyWriter {
    fn drop(&mut self) {
        if let Some(unfinished) = &self.unfinished {
            // What cannot be removed now is at the next start.
            let _ = fs::remove_file(unfinished);
        }
    }
}

/// Reads the chunks of one sealed body, in any order. Removing the body does not disturb it.
#[derive(Debug)]
pub struct BodyReader {
    name: String,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Inline(Vec<u8>),
    File { file: File, path: PathBuf },
}

impl BodyReader {
    pub(super) fn inline(id: BodyId, sealed: Vec<u8>) -> Self {
        Self { name: name(id), source: Source::Inline(sealed) }
    }

    /// Reads the sealed chunk `index` into `chunk`, in place of what is in there. Whether it is
    /// the right one, and whole, is known when it is opened.
    ///
    /// # Errors
    /// When the body ends before it, or cannot be read.
    pub fn chunk(&self, index: u64, chunk: &mut Vec<u8>) -> Result<(), BodyError> {
        let cut = || BodyError::Cut { id: self.name.clone(), index };
        let start = index.checked_mul(SEALED_CHUNK_LEN as u64).ok_or_else(cut)?;
        chunk.clear();
        match &self.source {
            Source::Inline(sealed) => {
                let rest = usize::try_from(start).ok().and_then(|start| sealed.get(start..));
                chunk.extend(rest.unwrap_or_default().iter().take(SEALED_CHUNK_LEN));
            }
            Source::File { file, path } => {
                chunk.resize(SEALED_CHUNK_LEN, 0);
                let len = read_at(file, chunk, start).map_err(BodyError::io("read", path))?;
                chunk.truncate(len);
            }
        }
        if chunk.is_empty() { Err(cut()) } else { Ok(()) }
    }
}

/// Reads until the buffer is full or the file ends.
fn read_at(file: &File, buffer: &mut [u8], start: u64) -> io::Result<usize> {
    let mut len = 0;
    while let Some(rest) = buffer.get_mut(len..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, start.saturating_add(len as u64)) {
            Ok(0) => break,
            Ok(read) => len += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(len)
}
