//! A map from the literal beginnings of patterns to what belongs to them.
//!
//! A pattern can only match a text that starts with the pattern's literal prefix. So the patterns
//! are kept by prefix, and a text is asked only about those prefixes it starts with: one look-up for
//! each prefix *length* in the map, however many patterns there are.

use rustc_hash::FxHashMap;

/// Values by literal prefix.
#[derive(Debug, Clone)]
pub(super) struct PrefixMap<T> {
    /// The lengths of the prefixes in bytes, ascending, each once.
    lengths: Vec<usize>,
    values: FxHashMap<Box<str>, Vec<T>>,
}

impl<T> Default for PrefixMap<T> {
    fn default() -> Self {
        Self { lengths: Vec::new(), values: FxHashMap::default() }
    }
}

impl<T> PrefixMap<T> {
    /// The values under a prefix, to be added to.
    pub(super) fn under(&mut self, prefix: &str) -> &mut Vec<T> {
        if let Err(at) = self.lengths.binary_search(&prefix.len()) {
            self.lengths.insert(at, prefix.len());
        }
        self.values.entry(prefix.into()).or_default()
    }

    /// All values, in no order.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.values_mut().flatten()
    }

    /// All values whose prefix `text` starts with.
    pub(super) fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a T> {
        let prefixes = self.lengths.iter().map_while(move |length| {
            // A length that cuts a character in two is no prefix of this text.
            (*length <= text.len()).then(|| text.get(..*length))
        });
        prefixes.flatten().filter_map(|prefix| self.values.get(prefix)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_meets_the_prefixes_it_starts_with() {
        let mut map = PrefixMap::default();
        for prefix in ["", "s3:", "s3:get", "é", "s3:put"] {
            map.under(prefix).push(prefix);
        }
        assert_eq!(map.of("s3:getobject").copied().collect::<Vec<_>>(), ["", "s3:", "s3:get"]);
        assert_eq!(map.of("é").copied().collect::<Vec<_>>(), ["", "é"]);
        assert_eq!(map.of("").copied().collect::<Vec<_>>(), [""]);
        assert_eq!(map.of("aé").copied().collect::<Vec<_>>(), [""]);
    }
}
