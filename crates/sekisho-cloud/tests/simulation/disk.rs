//! A pretend disk: what was committed, and the bodies that were written.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_cloud::Cloud;
use sekisho_cloud::journal::Walk;
use sekisho_cloud::vault::RootKey;
use sekisho_cloud::writes::{Archive, ArchiveError, BodyId, EventKey, Writes};
use zeroize::Zeroizing;

/// What is on the disk.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Disk {
    pub(crate) rows: BTreeMap<(&'static str, String), Vec<u8>>,
    pub(crate) records: Vec<Vec<u8>>,
    pub(crate) events: Vec<EventKey>,
    /// Small bodies come with their rows; the files of others are there before.
    pub(crate) bodies: BTreeMap<BodyId, Vec<u8>>,
}

/// Nobody looks up events here: what is committed when is the disk's affair.
struct NoArchive;

impl Archive for NoArchive {
    fn events_before(
        &self,
        _: u64,
        _: Option<EventKey>,
        _: i64,
        _: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        Ok(Vec::new())
    }
}

impl Disk {
    /// All of what a step changed, at once.
    pub(crate) fn commit(&mut self, writes: &Writes) -> Result<(), String> {
        for row in &writes.rows {
            let place = (row.table, row.key.clone());
            match &row.value {
                Some(value) => drop(self.rows.insert(place, value.clone())),
                None => drop(self.rows.remove(&place)),
            }
        }
        for record in &writes.records {
            if record.number != self.records.len() as u64 {
                return Err(format!("record {} comes after {}", record.number, self.records.len()));
            }
            self.records.push(record.bytes.clone());
        }
        self.events.extend(&writes.events);
        self.bodies.extend(writes.bodies.iter().map(|(id, sealed)| (*id, sealed.to_vec())));
        writes.dropped.iter().for_each(|id| drop(self.bodies.remove(id)));
        Ok(())
    }

    /// An engine as the disk has it.
    pub(crate) fn start(&self) -> Result<Cloud, String> {
        let mut cloud = Cloud::new(&RootKey::new(Zeroizing::new([42; 32])), Arc::new(NoArchive));
        for ((table, key), value) in &self.rows {
            cloud.load(table, key, value).map_err(|error| error.to_string())?;
        }
        if let Some(last) = self.records.last() {
            cloud.continue_journal(self.records.len() as u64 - 1, last);
        }
        self.holds(&mut cloud)?;
        Ok(cloud)
    }

    /// Whether an engine has what the disk has.
    pub(crate) fn holds(&self, cloud: &mut Cloud) -> Result<(), String> {
        let mut rows = cloud.rows();
        rows.sort_by(|one, other| (one.table, &one.key).cmp(&(other.table, &other.key)));
        let count = rows.len();
        let mut pairs = rows.into_iter().zip(&self.rows);
        let differs = pairs.find(|(row, ((table, key), value))| {
            (row.table, &row.key, row.value.as_ref()) != (*table, key, Some(*value))
        });
        match differs {
            Some((row, _)) => Err(format!("the row {} of {} differs", row.key, row.table)),
            None if count != self.rows.len() => Err("a row is missing or too many".to_owned()),
            None => Ok(()),
        }
    }

    /// Whether the journal is whole and says what the rows are.
    pub(crate) fn verify(&self) -> Result<(), String> {
        let mut walk = Walk::default();
        for (number, record) in self.records.iter().enumerate() {
            walk.step(number as u64, record).map_err(|broken| broken.to_string())?;
        }
        let rows = self.rows.iter().map(|((table, key), row)| (*table, key.as_str(), &row[..]));
        walk.compare(rows).map_err(|broken| broken.to_string())
    }
}
