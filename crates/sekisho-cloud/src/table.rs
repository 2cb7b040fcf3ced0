//! State as tables of rows, with what it takes to undo a call and to write down what it changed.
//!
//! A call may change several tables and then fail, and calls that it placed may fail without it.
//! Every change leaves what was there before; [`AnyTable::roll_back`] puts it back, and
//! [`AnyTable::drain`] turns what is left into rows for the store.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::writes::Row;

/// A table of state.
#[derive(Debug, Clone)]
pub struct Table<V> {
    name: &'static str,
    rows: BTreeMap<String, V>,
    /// What stood in changed places before, oldest change first.
    before: Vec<(String, Option<V>)>,
    /// How often it has changed, undoing included.
    version: u64,
}

impl<V: Clone> Table<V> {
    /// An empty table. Its name is that of its rows in the store: `iam.role`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, rows: BTreeMap::new(), before: Vec::new(), version: 0 }
    }

    /// The row with this key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.rows.get(key)
    }

    /// Whether there is a row with this key.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// The row with this key, to be changed.
    pub fn edit(&mut self, key: &str) -> Option<&mut V> {
        let row = self.rows.get_mut(key)?;
        self.before.push((key.to_owned(), Some(row.clone())));
        self.version += 1;
        Some(row)
    }

    /// Puts a row; what stood in its place is gone.
    pub fn put(&mut self, key: impl Into<String>, row: V) {
        let key = key.into();
        let held = self.rows.insert(key.clone(), row);
        self.before.push((key, held));
        self.version += 1;
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let held = self.rows.remove(key)?;
        self.before.push((key.to_owned(), Some(held.clone())));
        self.version += 1;
        Some(held)
    }

    /// All rows, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.rows.iter().map(|(key, row)| (key.as_str(), row))
    }

    /// The rows whose keys begin with `prefix`, by key.
    pub fn under<'a>(
        &'a self,
        prefix: &str,
    ) -> impl Iterator<Item = (&'a str, &'a V)> + use<'a, V> {
        let prefix = prefix.to_owned();
        let from = self.rows.range(prefix.clone()..);
        let inside = from.take_while(move |(key, _)| key.starts_with(&prefix));
        inside.map(|(key, row)| (key.as_str(), row))
    }

    /// The rows whose keys begin with `prefix` and come after `after`, by key.
    pub fn under_after<'a>(
        &'a self,
        prefix: &str,
        after: &str,
    ) -> impl Iterator<Item = (&'a str, &'a V)> + use<'a, V> {
        use std::ops::Bound::{Excluded, Unbounded};
        let prefix = prefix.to_owned();
        let start = if after < prefix.as_str() { prefix.as_str() } else { after };
        let skipped = start == after;
        let lower = Excluded(start.to_owned());
        let first = (!skipped).then(|| self.rows.get_key_value(start)).flatten();
        let rest = self.rows.range::<String, _>((lower, Unbounded));
        let all = first.into_iter().chain(rest);
        let inside = all.take_while(move |(key, _)| key.starts_with(&prefix));
        inside.map(|(key, row)| (key.as_str(), row))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A row of the store cannot be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the row `{key}` of the table `{table}` cannot be read: {why}")]
pub struct RowError {
    /// The table.
    pub table: String,
    /// The row.
    pub key: String,
    /// What is wrong.
    pub why: String,
}

/// A table of whatever rows.
pub trait AnyTable {
    /// Its name in the store.
    fn name(&self) -> &'static str;

    /// How many changes have been made since the last [`AnyTable::drain`]: a mark to roll back to.
    fn mark(&self) -> usize;

    /// A number that grows with every change, and when one is undone.
    fn version(&self) -> u64;

    /// Undoes all changes after a mark.
    fn roll_back(&mut self, mark: usize);

    /// Gives the rows that have changed since the last time, and forgets how they were before.
    fn drain(&mut self, into: &mut Vec<Row>);

    /// Takes a row from the store.
    ///
    /// # Errors
    /// When it is not a row of this table.
    fn load(&mut self, key: String, value: &[u8]) -> Result<(), RowError>;

    /// Gives all rows as the store holds them.
    fn dump(&self, into: &mut Vec<Row>);
}

impl<V: Clone + Serialize + DeserializeOwned> AnyTable for Table<V> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn mark(&self) -> usize {
        self.before.len()
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn roll_back(&mut self, mark: usize) {
        while self.before.len() > mark {
            self.version += 1;
            match self.before.pop() {
                Some((key, Some(row))) => {
                    self.rows.insert(key, row);
                }
                Some((key, None)) => {
                    self.rows.remove(&key);
                }
                None => return,
            }
        }
    }

    fn drain(&mut self, into: &mut Vec<Row>) {
        if self.before.is_empty() {
            return;
        }
        let changed: BTreeSet<String> = self.before.drain(..).map(|(key, _)| key).collect();
        for key in changed {
            let value = self.rows.get(&key).map(written);
            into.push(Row { table: self.name, key, value });
        }
    }

    fn load(&mut self, key: String, value: &[u8]) -> Result<(), RowError> {
        match serde_json::from_slice(value) {
            Ok(row) => {
                self.rows.insert(key, row);
                Ok(())
            }
            Err(why) => Err(RowError { table: self.name.to_owned(), key, why: why.to_string() }),
        }
    }

    fn dump(&self, into: &mut Vec<Row>) {
        let row = |(key, row): (&String, &V)| Row {
            table: self.name,
            key: key.clone(),
            value: Some(written(row)),
        };
        into.extend(self.rows.iter().map(row));
    }
}

/// A row as the store holds it. Rows have text keys and no value that JSON lacks, so that writing
/// cannot fail; were it to fail, the empty row would be refused when it is read, not taken for another.
fn written<V: Serialize>(row: &V) -> Vec<u8> {
    serde_json::to_vec(row).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(table: &Table<u32>) -> Vec<(&str, u32)> {
        table.iter().map(|(key, row)| (key, *row)).collect()
    }

    #[test]
    fn what_failed_is_undone_and_what_stays_is_drained_once() {
        let mut table = Table::new("t");
        table.put("a", 1);
        table.put("b", 2);
        let mark = table.mark();
        *table.edit("a").unwrap() = 7;
        table.remove("b");
        table.put("c", 3);
        table.put("c", 4);
        table.roll_back(mark);
        assert_eq!(keys(&table), [("a", 1), ("b", 2)]);
        let mut rows = Vec::new();
        table.drain(&mut rows);
        table.drain(&mut rows);
        assert_eq!(rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_row_that_came_and_went_is_written_as_gone() {
        let mut table = Table::new("t");
        table.put("a", 1);
        table.remove("a");
        let mut rows = Vec::new();
        table.drain(&mut rows);
        assert_eq!(rows, [Row { table: "t", key: "a".into(), value: None }]);
    }

    #[test]
    fn pages_go_on_after_a_key() {
        let mut table = Table::new("t");
        ["1/a", "1/b", "1/c", "2/a"].iter().for_each(|key| table.put(*key, 0));
        let after = |after| {
            table.under_after("1/", after).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(after(""), ["1/a", "1/b", "1/c"]);
        assert_eq!(after("1/a"), ["1/b", "1/c"]);
        assert_eq!(after("1/aa"), ["1/b", "1/c"]);
        assert_eq!(after("1/c"), Vec::<String>::new());
    }
}
