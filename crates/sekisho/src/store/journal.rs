//! Reading the journal from one record on, for verifying its chain.

use redb::OwnedRange;
use sekisho_cloud::writes::Record;

use super::database::{JOURNAL, Reader};
use super::error::ReadError;

/// Records in the order of their numbers, as they were committed when the reading began.
pub struct Records(OwnedRange<u64, &'static [u8]>);

impl Records {
    pub(super) fn from(reader: &Reader, first: u64) -> Result<Self, ReadError> {
        Ok(Self(reader.table(JOURNAL)?.range_owned(first..)?))
    }
}

impl Iterator for Records {
    type Item = Result<Record, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.0.next()?.map_err(ReadError::from);
        Some(record.map(|(number, bytes)| Record {
            number: number.value(),
            bytes: bytes.value().to_vec(),
        }))
    }
}
