//! The folder of a store: private, and one process's at a time.
//!
//! This is the only file that knows the system's permission bits. A process's umask can only take
//! permissions away, and a strange one may take the owner's; so they are set, not asked for.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::OpenError;

const PRIVATE_FILE: u32 = 0o600;
const PRIVATE_FOLDER: u32 = 0o700;
const OTHERS_CHANGE: u32 = 0o022;
const OTHERS: u32 = 0o077;

/// Makes the folder, or takes one that others cannot change. That others may list one they made
/// readable themselves tells them nothing: every file in it is private.
pub(super) fn prepare(dir: &Path) -> Result<(), OpenError> {
    if !dir.exists() {
        let above = dir.parent().filter(|above| !above.as_os_str().is_empty());
        if let Some(above) = above {
            fs::create_dir_all(above).map_err(OpenError::io("create the folder", above))?;
        }
        create_private(dir).map_err(OpenError::io("create the folder", dir))?;
    }
    let about = fs::metadata(dir).map_err(OpenError::io("look at", dir))?;
    let mode = about.permissions().mode() & 0o7777;
    if mode & OTHERS_CHANGE != 0 {
        return Err(OpenError::FolderWritable { dir: dir.to_owned(), mode });
    }
    Ok(())
}

/// Makes a folder only its owner can enter; one that is there is left as it is.
pub(super) fn create_private(dir: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(PRIVATE_FOLDER).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => fs::set_permissions(dir, Permissions::from_mode(PRIVATE_FOLDER)),
    }
}

/// Opens a file for reading and writing that only its owner can open, and makes it where needed.
pub(super) fn open_private(path: &Path) -> io::Result<File> {
    private().create(true).open(path).and_then(make_private)
}

/// Makes a file that only its owner can open; there must be none.
pub(super) fn create_new_private(path: &Path) -> io::Result<File> {
    private().create_new(true).open(path).and_then(make_private)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).truncate(false).mode(PRIVATE_FILE);
    options
}

fn make_private(file: File) -> io::Result<File> {
    file.set_permissions(Permissions::from_mode(PRIVATE_FILE)).map(|()| file)
}

/// The permission bits of a file when anybody but its owner has any.
pub(super) fn open_to_others(file: &File) -> io::Result<Option<u32>> {
    let mode = file.metadata()?.permissions().mode() & 0o7777;
    Ok((mode & OTHERS != 0).then_some(mode))
}

/// Makes names that were added to or taken from a folder last through a power cut.
pub(super) fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir).and_then(|folder| folder.sync_all())
}

/// Held as long as this process has the folder; the system lets go of it when the process ends.
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the folder, or says who has it.
    pub(super) fn take(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join("sekisho.lock");
        let mut file = open_private(&path).map_err(OpenError::io("open", &path))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse { dir: dir.to_owned(), holder: holder(&mut file) });
            }
            Err(TryLockError::Error(error)) => return Err(OpenError::io("lock", &path)(error)),
            Ok(()) => {}
        }
        leave_number(&mut file).map_err(OpenError::io("write", &path))?;
        Ok(Self { _file: file })
    }
}

/// Leaves this process's number for whoever finds the folder taken.
fn leave_number(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// ` (process 123)`, or nothing when the lock's file does not say.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let number = file.take(16).read_to_string(&mut text).ok();
    let number = number.and_then(|_| text.trim().parse::<u32>().ok());
    number.map(|number| format!(" (process {number})")).unwrap_or_default()
}

/// Where the parts of a store are.
pub(super) struct Paths {
    pub(super) master_key: PathBuf,
    pub(super) database: PathBuf,
    pub(super) objects: PathBuf,
}

impl Paths {
    pub(super) fn of(dir: &Path) -> Self {
        Self {
            master_key: dir.join("master.key"),
            database: dir.join("store.redb"),
            objects: dir.join("objects"),
        }
    }
}
