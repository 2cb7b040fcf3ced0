//! The journal: what happened, record by record, each holding the hash of the one before.
//!
//! A record holds the calls of one request (the one that came from outside and those that services
//! placed), what they asked and were told, their trail events, and the digest of every state row
//! that changed. Whoever walks the chain knows that no record is missing or altered, and, comparing
//! the last digest of each row with the row, that no change went unrecorded.

use aws_lc_rs::digest;
use sekisho_iam::Outcome;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::gate::{Asked, Entry};
use crate::trail;
use crate::writes::{EventKey, Record, Row};

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The number of the next record.
    next: u64,
    /// The digest of the last record; of nothing, where there is none.
    head: Digest,
}

/// A SHA-256 digest, in hexadecimal digits.
pub type Digest = String;

/// A record, as it is written.
#[derive(Debug, Serialize, Deserialize)]
pub struct Line {
    /// Its number: 0, 1, 2 … without a gap.
    pub number: u64,
    /// The digest of the bytes of the record before.
    pub previous: Digest,
    /// When, in milliseconds since 1970.
    pub time_ms: i64,
    /// What was called, inner calls first.
    pub calls: Vec<Called>,
    /// The trail's events of those calls.
    pub events: Vec<Box<RawValue>>,
    /// The rows that changed.
    pub changes: Vec<Change>,
}

/// A call in a record.
#[derive(Debug, Serialize, Deserialize)]
pub struct Called {
    /// `kms:Decrypt`.
    pub operation: String,
    /// The ARN of the caller, or the name of the service.
    pub caller: String,
    /// The services by way of which it was called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// The id of the request.
    pub request_id: String,
    /// What was asked.
    pub asked: Vec<Question>,
    /// `ok`, or the code of the fault.
    pub outcome: String,
    /// The text of the fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A question in a record.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    /// `kms:GenerateDataKey`.
    pub action: String,
    /// The ARN, or `*`.
    pub resource: String,
    /// `allowed`, `implicitly denied` or `explicitly denied`.
    pub answer: String,
    /// The layers that decided, as AWS calls them.
    pub by: Vec<String>,
}

/// A changed row in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its table.
    pub table: String,
    /// Its key.
    pub key: String,
    /// The digest of what it holds now; `None`: it is gone.
    pub sha256: Option<Digest>,
}

impl Default for Chain {
    fn default() -> Self {
        Self { next: 0, head: sha256(b"") }
    }
}

impl Chain {
    /// The chain that ends with this record.
    pub fn after(number: u64, record: &[u8]) -> Self {
        Self { next: number + 1, head: sha256(record) }
    }

    /// Adds a record; with the keys of its events.
    pub(crate) fn add(
        &mut self,
        now_ms: i64,
        entries: &[Entry],
        rows: &[Row],
    ) -> (Record, Vec<EventKey>) {
        let events = trail::events(entries);
        let (number, keys) = (self.next, keys(self.next, &events));
        let line = Line {
            number,
            previous: self.head.clone(),
            time_ms: now_ms,
            calls: entries.iter().map(Called::from).collect(),
            events: events.into_iter().map(|event| event.json).collect(),
            changes: rows.iter().map(Change::from).collect(),
        };
        // A line has text keys only, so that it can always be written.
        let bytes = serde_json::to_vec(&line).unwrap_or_default();
        *self = Self::after(number, &bytes);
        (Record { number, bytes }, keys)
    }
}

/// Where the events stand, of the accounts that look them up: management events only.
fn keys(record: u64, events: &[trail::Event]) -> Vec<EventKey> {
    let placed = events.iter().enumerate();
    let managed = placed.filter(|(_, event)| event.is_management);
    managed
        .filter_map(|(place, event)| {
            let account = event.account.to_string().parse().ok()?;
            let place = u8::try_from(place).ok()?;
            Some(EventKey { account, time_ms: event.time_ms, record, place })
        })
        .collect()
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> Digest {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

impl From<&Entry> for Called {
    fn from(entry: &Entry) -> Self {
        let fault = entry.fault.as_ref();
        Self {
            operation: entry.name.clone(),
            caller: entry.frame.principal.caller.to_string(),
            via: entry.frame.via.iter().map(|&service| service.to_owned()).collect(),
            request_id: entry.request_id.clone(),
            asked: entry.asked.iter().map(Question::from).collect(),
            outcome: fault.map_or("ok", |fault| fault.code).to_owned(),
            message: fault.and_then(|fault| fault.message.clone()),
        }
    }
}

impl From<&Asked> for Question {
    fn from(asked: &Asked) -> Self {
        let answer = match asked.outcome {
            Outcome::Allowed => "allowed",
            Outcome::ImplicitlyDenied => "implicitly denied",
            Outcome::ExplicitlyDenied => "explicitly denied",
        };
        Self {
            action: asked.action.clone(),
            resource: asked.resource.clone(),
            answer: answer.to_owned(),
            by: asked.layers.iter().map(|layer| layer.noun().to_owned()).collect(),
        }
    }
}

impl From<&Row> for Change {
    fn from(row: &Row) -> Self {
        let sha256 = row.value.as_deref().map(sha256);
        Self { table: row.table.to_owned(), key: row.key.clone(), sha256 }
    }
}

/// What is wrong with a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A record is missing or out of order.
    #[error("record {found} stands where record {wanted} should")]
    Gap {
        /// The number that should be there.
        wanted: u64,
        /// The number that is.
        found: u64,
    },
    /// A record cannot be read.
    #[error("record {number} cannot be read: {why}")]
    Unreadable {
        /// Its number.
        number: u64,
        /// What is wrong.
        why: String,
    },
    /// A record does not hold the digest of the one before.
    #[error(
        "record {number} does not follow from the record before it: one of the two was altered"
    )]
    Unchained {
        /// Its number.
        number: u64,
    },
    /// A row is not what the journal says.
    #[error("the row `{key}` of `{table}` is not what record {number} left")]
    Row {
        /// Its table.
        table: String,
        /// Its key.
        key: String,
        /// The record that changed it last.
        number: u64,
    },
    /// A row is there of which the journal knows nothing.
    #[error("the row `{key}` of `{table}` stands in no record")]
    Unrecorded {
        /// Its table.
        table: String,
        /// Its key.
        key: String,
    },
}

/// Walks a journal record by record.
#[derive(Debug, Default)]
pub struct Walk {
    chain: Chain,
    /// The last digest of each row, and the record that left it.
    rows: std::collections::BTreeMap<(String, String), (u64, Option<Digest>)>,
}

impl Walk {
    /// Takes the next record.
    ///
    /// # Errors
    /// When it is not the one that follows.
    pub fn step(&mut self, number: u64, bytes: &[u8]) -> Result<(), Broken> {
        let line: Line = serde_json::from_slice(bytes)
            .map_err(|why| Broken::Unreadable { number, why: why.to_string() })?;
        let wanted = self.chain.next;
        if number != wanted || line.number != wanted {
            return Err(Broken::Gap { wanted, found: number.max(line.number) });
        }
        if line.previous != self.chain.head {
            return Err(Broken::Unchained { number });
        }
        self.chain = Chain::after(number, bytes);
        for change in line.changes {
            self.rows.insert((change.table, change.key), (number, change.sha256));
        }
        Ok(())
    }

    /// How many records have been walked.
    pub fn records(&self) -> u64 {
        self.chain.next
    }

    /// Compares the rows of the store with what the records left.
    ///
    /// # Errors
    /// Names the first row that differs.
    pub fn compare<'a>(
        mut self,
        rows: impl IntoIterator<Item = (&'a str, &'a str, &'a [u8])>,
    ) -> Result<(), Broken> {
        for (table, key, value) in rows {
            let place = (table.to_owned(), key.to_owned());
            match self.rows.remove(&place) {
                Some((_, Some(digest))) if digest == sha256(value) => {}
                Some((number, _)) => {
                    let (table, key) = place;
                    return Err(Broken::Row { table, key, number });
                }
                None => {
                    let (table, key) = place;
                    return Err(Broken::Unrecorded { table, key });
                }
            }
        }
        let lost = self.rows.into_iter().find(|(_, (_, digest))| digest.is_some());
        lost.map_or(Ok(()), |((table, key), (number, _))| Err(Broken::Row { table, key, number }))
    }
}
