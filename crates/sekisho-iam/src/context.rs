//! The request context: condition keys and their values.
//!
//! Keys are case-insensitive, values are text whatever their type, and a key is either
//! single-valued or multivalued. Source: IAM User Guide, "IAM JSON policy elements: Condition" and
//! "Single-valued vs. multivalued context keys".

/// The value of a condition key in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextValue {
    /// A single-valued key.
    One(Box<str>),
    /// A multivalued key; it may hold no value at all.
    Many(Vec<Box<str>>),
}

impl ContextValue {
    /// All values of the key.
    pub fn values(&self) -> &[Box<str>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// The value of a single-valued key.
    pub fn single(&self) -> Option<&str> {
        match self {
            Self::One(value) => Some(value),
            Self::Many(_) => None,
        }
    }
}

/// The condition keys of one request, sorted by their lower-case names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    entries: Vec<ContextEntry>,
}

/// One condition key of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextEntry {
    /// The key in lower case, by which it is found.
    pub lower: Box<str>,
    /// The key as it was given.
    pub key: Box<str>,
    /// Its value.
    pub value: ContextValue,
}

impl Context {
    /// A context without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a single-valued key; what it held before is gone.
    pub fn set(&mut self, key: &str, value: impl Into<Box<str>>) {
        self.put(key, ContextValue::One(value.into()));
    }

    /// Sets a multivalued key; what it held before is gone.
    pub fn set_many<V: Into<Box<str>>>(&mut self, key: &str, values: impl IntoIterator<Item = V>) {
        self.put(key, ContextValue::Many(values.into_iter().map(Into::into).collect()));
    }

    /// Sets a key.
    pub fn put(&mut self, key: &str, value: ContextValue) {
        let lower = key.to_ascii_lowercase().into_boxed_str();
        let entry = ContextEntry { key: key.into(), value, lower };
        match self.place(&entry.lower) {
            Ok(index) => {
                if let Some(held) = self.entries.get_mut(index) {
                    *held = entry;
                }
            }
            Err(index) => self.entries.insert(index, entry),
        }
    }

    /// Takes out every key for which `keep` says no (given its lower-case name).
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.entries.retain(|entry| keep(&entry.lower));
    }

    /// The value of a key that is already in lower case.
    pub fn get_lower(&self, lower: &str) -> Option<&ContextValue> {
        let index = self.place(lower).ok()?;
        self.entries.get(index).map(|entry| &entry.value)
    }

    /// The value of a key, however it is spelled.
    pub fn get(&self, key: &str) -> Option<&ContextValue> {
        self.get_lower(&key.to_ascii_lowercase())
    }

    /// All keys, sorted by their lower-case names.
    pub fn entries(&self) -> &[ContextEntry] {
        &self.entries
    }

    fn place(&self, lower: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| (*entry.lower).cmp(lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_case_insensitive_and_the_last_value_stays() {
        let mut context = Context::new();
        context.set("aws:SourceIp", "10.0.0.1");
        context.set("AWS:sourceip", "10.0.0.2");
        context.set_many("aws:TagKeys", ["a", "b"]);
        assert_eq!(context.get("aws:SOURCEIP").unwrap().single(), Some("10.0.0.2"));
        assert_eq!(context.get("aws:tagkeys").unwrap().single(), None);
        assert_eq!(context.entries().len(), 2);
    }
}
