//! The events of an account as they were committed, newest first.

use std::ops::Bound;

use sekisho_cloud::writes::{Archive, ArchiveError, EventKey};

use super::Store;
use super::database::{EVENTS, Event, JOURNAL};
use super::error::ReadError;

impl Archive for Store {
    fn events_before(
        &self,
        account: u64,
        before: Option<EventKey>,
        oldest_ms: i64,
        count: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        let found = self.events(account, before, oldest_ms, count);
        found.map_err(|error| ArchiveError(error.to_string()))
    }
}

impl Store {
    fn events(
        &self,
        account: u64,
        before: Option<EventKey>,
        oldest_ms: i64,
        count: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ReadError> {
        let oldest: Event = (account, oldest_ms, 0, 0);
        let newest = before
            .map_or(Bound::Included((account, i64::MAX, u64::MAX, u8::MAX)), |key| {
                Bound::Excluded((account, key.time_ms, key.record, key.place))
            });
        // A range that ends before it begins is a fault to the database, and nothing to us.
        if let Bound::Excluded(newest) = newest
            && newest <= oldest
        {
            return Ok(Vec::new());
        }
        // Events before records, so that every event found has its record in the later view.
        let events = self.reader.table(EVENTS)?;
        let journal = self.reader.table(JOURNAL)?;
        let mut found = Vec::new();
        for event in events.range((Bound::Included(oldest), newest))?.rev().take(count) {
            let (account, time_ms, record, place) = event?.0.value();
            let bytes = journal.get(record)?.map(|bytes| bytes.value().to_vec());
            let missing = || ReadError::damage(format!("the journal has no record {record}"));
            found.push((EventKey { account, time_ms, record, place }, bytes.ok_or_else(missing)?));
        }
        Ok(found)
    }
}
