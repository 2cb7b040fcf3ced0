//! The key that everything in the folder is encrypted under, in the last instance.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::error::OpenError;
use super::folder;

const KEY_LEN: usize = 32;

/// 32 random bytes, made with the store and never changed. Wiped from memory when dropped.
pub struct MasterKey(Zeroizing<[u8; KEY_LEN]>);

impl MasterKey {
    /// The bytes, for deriving and wrapping keys.
    #[must_use]
    pub fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    /// Reads the key of a store; `None` when there is no such file.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, OpenError> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(OpenError::io("open", path))?,
        };
        let mode = folder::open_to_others(&file).map_err(OpenError::io("look at", path))?;
        if let Some(mode) = mode {
            return Err(OpenError::KeyReadable { path: path.to_owned(), mode });
        }
        let key = read_exactly(file).map_err(OpenError::io("read", path))?;
        let key = key.ok_or_else(|| OpenError::KeyLen { path: path.to_owned() })?;
        Ok(Some(Self(key)))
    }

    /// Makes a key. It is whole on the disk before it has its name.
    pub(super) fn create(path: &Path) -> Result<Self, OpenError> {
        let mut key = Zeroizing::new([0; KEY_LEN]);
        let dice = getrandom::fill(key.as_mut_slice()).map_err(|_| no_dice());
        dice.and_then(|()| write(path, &key[..])).map_err(OpenError::io("create", path))?;
        Ok(Self(key))
    }

    /// What the store keeps to recognize its key by; it tells nothing about the key.
    pub(super) fn check(&self) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.bytes());
        hmac::sign(&key, b"sekisho: is this the store's master key?").as_ref().to_vec()
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

fn no_dice() -> io::Error {
    io::Error::other("the system gives no random bytes")
}

fn read_exactly(mut file: File) -> io::Result<Option<Zeroizing<[u8; KEY_LEN]>>> {
    let mut key = Zeroizing::new([0; KEY_LEN]);
    match file.read_exact(key.as_mut_slice()) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let is_longer = file.read(&mut [0])? > 0;
    Ok((!is_longer).then_some(key))
}

fn write(path: &Path, key: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("key.new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = folder::create_new_private(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    path.parent().map_or(Ok(()), folder::sync)
}
