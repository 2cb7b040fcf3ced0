//! Listings: a page of rows and common prefixes, by jumps over what does not show.
//!
//! Source: S3 User Guide, "Organizing objects using prefixes" and "Listing object keys
//! programmatically". A page costs a jump for each entry that it shows, however many rows are folded
//! into a common prefix or are older versions.

use super::order;
use crate::table::Table;

/// What is to be listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing<'a> {
    pub(super) bucket: &'a str,
    pub(super) prefix: &'a str,
    pub(super) delimiter: Option<&'a str>,
    /// How many entries a page shows at most.
    pub(super) max: usize,
    /// Whether every row of a key counts (versions, uploads) or its first alone (objects).
    pub(super) each: Each,
}

/// What of a key is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// Its first row.
    Key,
    /// All its rows.
    Row,
}

/// A page of a listing.
#[derive(Debug)]
pub(super) struct Page<'t, V> {
    pub(super) entries: Vec<Entry<'t, V>>,
    pub(super) is_truncated: bool,
}

/// What stands in a listing.
#[derive(Debug)]
pub(super) enum Entry<'t, V> {
    /// A row with its key.
    Row(String, &'t V),
    /// What keys have in common up to the delimiter.
    Prefix(String),
}

impl<V> Entry<'_, V> {
    /// The key or the common prefix.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Row(name, _) | Self::Prefix(name) => name,
        }
    }
}

impl<V> Page<'_, V> {
    /// The common prefixes.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Prefix(prefix) => Some(&**prefix),
            Entry::Row(..) => None,
        })
    }

    /// The rows with their keys.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &V)> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Row(key, row) => Some((&**key, *row)),
            Entry::Prefix(_) => None,
        })
    }
}

impl Listing<'_> {
    /// The page behind a place. Rows that `shows` does not take are not there.
    pub(super) fn page<'t, V: Clone>(
        &self,
        table: &'t Table<V>,
        after: Option<String>,
        shows: impl Fn(&V) -> bool,
    ) -> Page<'t, V> {
        let inside = order::under(self.bucket, self.prefix);
        let mut place = Some(after.unwrap_or_default());
        let mut entries = Vec::new();
        // One more than is shown tells whether there is another page.
        while let Some(from) = place.take().filter(|_| self.max > 0 && entries.len() <= self.max) {
            let Some((row, value)) = table.under_after(&inside, &from).next() else { break };
            let Some((key, _)) = order::read(self.bucket, row) else { break };
            place = if !shows(value) {
                Some(order::after_key(self.bucket, &key))
            } else if let Some(common) = self.common_prefix(&key) {
                let next = order::after_prefix(self.bucket, &common);
                entries.push(Entry::Prefix(common));
                next
            } else {
                let next = match self.each {
                    Each::Key => order::after_key(self.bucket, &key),
                    Each::Row => row.to_owned(),
                };
                entries.push(Entry::Row(key, value));
                Some(next)
            };
        }
        let is_truncated = entries.len() > self.max;
        entries.truncate(self.max);
        Page { entries, is_truncated }
    }

    /// The place behind a marker: a marker within a common prefix leaves the whole prefix behind.
    pub(super) fn behind(&self, marker: &str) -> Option<String> {
        match self.common_prefix(marker) {
            // Behind the last of all prefixes is nothing, as behind the end of the bucket.
            Some(common) => order::after_prefix(self.bucket, &common)
                .or_else(|| order::after_prefix(self.bucket, "")),
            None => Some(order::after_key(self.bucket, marker)),
        }
    }

    /// The part of a key up to the first delimiter behind the prefix.
    fn common_prefix(&self, key: &str) -> Option<String> {
        let delimiter = self.delimiter.filter(|text| !text.is_empty())?;
        let rest = key.strip_prefix(self.prefix)?;
        let at = rest.find(delimiter)?;
        let end = self.prefix.len() + at + delimiter.len();
        key.get(..end).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(keys: &[&str]) -> Table<bool> {
        let mut table = Table::new("t");
        for key in keys {
            let (name, shows) = key.strip_suffix('!').map_or((*key, true), |name| (name, false));
            table.put(order::row("b", name, "1"), shows);
            table.put(order::row("b", name, "2"), true);
        }
        table.put(order::row("c", "other", "1"), true);
        table
    }

    fn list(keys: &[&str], prefix: &str, after: Option<&str>, max: usize, each: Each) -> String {
        let listing = Listing { bucket: "b", prefix, delimiter: Some("/"), max, each };
        let table = table(keys);
        let after = after.and_then(|after| listing.behind(after));
        let page = listing.page(&table, after, |shows| *shows);
        let names: Vec<_> = page.entries.iter().map(Entry::name).collect();
        format!("{}{}", names.join(" "), if page.is_truncated { " …" } else { "" })
    }

    const KEYS: [&str; 7] = ["a", "a/1", "a/2", "b/gone!", "c/gone!", "c/x/1", "d"];

    #[test]
    fn keys_are_folded_and_what_is_gone_does_not_show() {
        let list = |prefix, after, max| list(&KEYS, prefix, after, max, Each::Key);
        assert_eq!(list("", None, 10), "a a/ c/ d");
        assert_eq!(list("", None, 3), "a a/ c/ …");
        assert_eq!(list("", None, 4), "a a/ c/ d");
        assert_eq!(list("", None, 0), "");
        assert_eq!(list("", Some("a"), 10), "a/ c/ d");
        assert_eq!(list("", Some("a/1"), 10), "c/ d");
        assert_eq!(list("", Some("c/"), 10), "d");
        assert_eq!(list("c/", None, 10), "c/x/");
        assert_eq!(list("a/", None, 10), "a/1 a/2");
        assert_eq!(list("e", None, 10), "");
    }

    #[test]
    fn every_row_of_a_key_counts_where_versions_are_listed() {
        assert_eq!(list(&["a", "b/1"], "", None, 10, Each::Row), "a a b/");
        assert_eq!(list(&["a", "b/1"], "", None, 1, Each::Row), "a …");
    }
}
