//! The bytes of the database: a file, or in tests something that fails like one.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

/// The database's file, until a write fails. Then it is frozen: whatever the database's library
/// still tries, nothing is written any more.
///
/// The library's own locks are left out, since the folder is locked.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    bytes: Arc<dyn StorageBackend>,
    is_frozen: Arc<AtomicBool>,
}

impl Disk {
    pub(super) fn new(bytes: Arc<dyn StorageBackend>) -> Self {
        Self { bytes, is_frozen: Arc::default() }
    }

    pub(super) fn freeze(&self) {
        self.is_frozen.store(true, Ordering::SeqCst);
    }

    /// What is on the disk, for reading once it is frozen.
    pub(super) fn view(&self) -> io::Result<View> {
        let len = self.bytes.len()?;
        let over = Over { pages: BTreeMap::new(), len, len_below: len };
        Ok(View { under: Arc::clone(&self.bytes), over: Mutex::new(over) })
    }

    fn thawed(&self) -> io::Result<&dyn StorageBackend> {
        if self.is_frozen.load(Ordering::SeqCst) {
            return Err(io::Error::other("the store has stopped"));
        }
        Ok(&*self.bytes)
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.bytes.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.bytes.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.thawed()?.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.thawed()?.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.thawed()?.write(offset, data)
    }
}

/// What is copied when a byte of it is written.
type Page = [u8; 4096];
const PAGE_LEN: u64 = size_of::<Page>() as u64;

/// Bytes that can be read and never change. The database's library repairs a file before it reads
/// it; here what it writes stays in memory.
#[derive(Debug)]
pub(super) struct View {
    under: Arc<dyn StorageBackend>,
    over: Mutex<Over>,
}

#[derive(Debug)]
struct Over {
    pages: BTreeMap<u64, Page>,
    len: u64,
    /// How much of what is below is still seen.
    len_below: u64,
}

impl View {
    fn over(&self) -> MutexGuard<'_, Over> {
        self.over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page as it was written here, or else as it is below; zeros behind the end.
    fn page(&self, over: &Over, number: u64) -> io::Result<Page> {
        if let Some(page) = over.pages.get(&number) {
            return Ok(*page);
        }
        let mut page = [0; size_of::<Page>()];
        let start = number * PAGE_LEN;
        let below = over.len_below.saturating_sub(start).min(PAGE_LEN);
        let below = usize::try_from(below).ok().and_then(|len| page.get_mut(..len));
        if let Some(below) = below.filter(|below| !below.is_empty()) {
            self.under.read(start, below)?;
        }
        Ok(page)
    }
}

/// The pages that a range touches: each one's number, and where its part begins and ends in it.
fn pages(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize)> {
    let end = offset.saturating_add(len as u64);
    (offset / PAGE_LEN..end.div_ceil(PAGE_LEN)).map(move |number| {
        let within = |at: u64| usize::try_from(at.saturating_sub(number * PAGE_LEN).min(PAGE_LEN));
        (number, within(offset).unwrap_or(0), within(end).unwrap_or(0))
    })
}

impl StorageBackend for View {
    fn len(&self) -> io::Result<u64> {
        Ok(self.over().len)
    }

    fn read(&self, offset: u64, mut out: &mut [u8]) -> io::Result<()> {
        let over = self.over();
        if offset.saturating_add(out.len() as u64) > over.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (number, from, to) in pages(offset, out.len()) {
            let page = self.page(&over, number)?;
            let part = page.get(from..to).unwrap_or_default();
            let (now, rest) = out.split_at_mut_checked(part.len()).unwrap_or_default();
            now.copy_from_slice(part);
            out = rest;
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut over = self.over();
        over.len = len;
        over.len_below = over.len_below.min(len);
        over.pages.split_off(&len.div_ceil(PAGE_LEN));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, mut data: &[u8]) -> io::Result<()> {
        let mut over = self.over();
        for (number, from, to) in pages(offset, data.len()) {
            let mut page = self.page(&over, number)?;
            let part = page.get_mut(from..to).unwrap_or_default();
            let (now, rest) = data.split_at_checked(part.len()).unwrap_or_default();
            part.copy_from_slice(now);
            over.pages.insert(number, page);
            data = rest;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use redb::backends::InMemoryBackend;

    use super::*;

    /// Bytes that only say where they are.
    fn bytes(seed: usize, len: usize) -> Vec<u8> {
        (seed..seed + len).map(|at| at.to_le_bytes()[0] | 1).collect()
    }

    #[test]
    fn a_view_changes_and_what_is_below_does_not() {
        let below = bytes(0, 3 * 4096);
        let disk = InMemoryBackend::new();
        disk.set_len(below.len() as u64).unwrap();
        disk.write(0, &below).unwrap();
        let disk = Disk::new(Arc::new(disk));
        let (view, mut expected) = (disk.view().unwrap(), below.clone());
        let edges = [0_usize, 1, 4095, 4096, 4097, 8192, 12287, 12288, 20_000];
        for (seed, len) in [12_288, 20_480, 8192, 20_480].into_iter().enumerate() {
            view.set_len(len as u64).unwrap();
            expected.resize(len, 0);
            for from in edges.into_iter().filter(|from| *from < len) {
                let end = edges.into_iter().filter(|to| *to > from && *to <= len).nth(1);
                let end = end.unwrap_or(len);
                if from % 2 == 0 {
                    let written = bytes(seed * 100 + from, end - from);
                    view.write(from as u64, &written).unwrap();
                    expected[from..end].copy_from_slice(&written);
                }
                let mut read = vec![0; len - from];
                view.read(from as u64, &mut read).unwrap();
                assert_eq!(read, expected[from..], "from {from} of {len}");
            }
            assert!(view.read(1, &mut vec![0; len]).is_err(), "there is nothing behind the end");
        }
        let mut read = vec![0; below.len()];
        disk.read(0, &mut read).unwrap();
        assert_eq!(read, below);
    }

    #[test]
    fn a_frozen_disk_is_only_read() {
        let disk = Disk::new(Arc::new(InMemoryBackend::new()));
        disk.set_len(10).unwrap();
        disk.freeze();
        assert!(disk.set_len(0).is_err() && disk.write(0, b"x").is_err());
        assert!(disk.sync_data().is_err());
        disk.read(0, &mut [0; 10]).unwrap();
    }
}
