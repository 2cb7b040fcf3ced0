//! A disk that fills up, refuses to sync, and loses what was not synced when the power is cut.

use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard};

use redb::StorageBackend;

/// What a disk keeps together whatever happens.
const SECTOR_LEN: usize = 512;

#[derive(Debug, Clone, Default)]
pub(super) struct FakeDisk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What the system shows.
    now: Vec<u8>,
    /// What was there at the last sync.
    synced: Vec<u8>,
    /// What happened since.
    unsynced: Vec<Change>,
    /// Writes and syncs since the disk was made.
    changes: u64,
    fault: Option<Fault>,
}

#[derive(Debug, Clone)]
enum Change {
    Len(usize),
    /// At most one sector each.
    Write(usize, Vec<u8>),
}

/// From which change on what does not work any more.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// Nothing works: the process is gone at this point.
    Gone { from: u64 },
    /// Writes are refused: no space left.
    Full { from: u64 },
    /// Syncs fail.
    Unsynced { from: u64 },
}

impl FakeDisk {
    fn holding(bytes: Vec<u8>) -> Self {
        let state = State { now: bytes.clone(), synced: bytes, ..State::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub(super) fn fail(&self, fault: Option<Fault>) {
        self.state().fault = fault;
    }

    pub(super) fn changes(&self) -> u64 {
        self.state().changes
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.state().now.clone()
    }

    /// The same disk after the process was killed: the system kept every write.
    pub(super) fn after_kill(&self) -> Self {
        Self::holding(self.bytes())
    }

    /// The same disk after a power cut: of what was not synced, a part reached it, in any order.
    pub(super) fn after_power_cut(&self, seed: u64) -> Self {
        let state = self.state();
        let mut bytes = state.synced.clone();
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for change in &state.unsynced {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            // The length is known to the file system's own journal; a write may be lost.
            match change {
                Change::Len(len) => bytes.resize(*len, 0),
                Change::Write(..) if dice.is_multiple_of(2) => {}
                Change::Write(at, data) => bytes[*at..*at + data.len()].copy_from_slice(data),
            }
        }
        Self::holding(bytes)
    }
}

impl State {
    /// Counts a change, and refuses it where it is its turn.
    fn change(&mut self, is_sync: bool) -> io::Result<()> {
        let now = self.changes;
        self.changes += 1;
        match self.fault {
            Some(Fault::Gone { from }) if now >= from => Err(io::Error::other("gone")),
            Some(Fault::Full { from }) if now >= from && !is_sync => {
                Err(ErrorKind::StorageFull.into())
            }
            Some(Fault::Unsynced { from }) if now >= from && is_sync => {
                Err(io::Error::other("Input/output error"))
            }
            _ => Ok(()),
        }
    }
}

impl StorageBackend for FakeDisk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().now.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap();
        let state = self.state();
        let read = state.now.get(start..start + out.len()).ok_or(ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(read);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).unwrap();
        let mut state = self.state();
        state.change(false)?;
        state.now.resize(len, 0);
        state.unsynced.push(Change::Len(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state();
        state.change(true)?;
        state.synced = state.now.clone();
        state.unsynced.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap();
        let mut state = self.state();
        state.change(false)?;
        state.now[start..start + data.len()].copy_from_slice(data);
        for (number, sector) in data.chunks(SECTOR_LEN).enumerate() {
            state.unsynced.push(Change::Write(start + number * SECTOR_LEN, sector.to_vec()));
        }
        Ok(())
    }
}
