//! Pages of lists. A marker names the list and the last item that was given.
//! Source: KMS API Reference, the parameters `Limit` and `Marker` of each list.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{bounds, fault};
use crate::fault::Fault;

/// How many items a page holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Where the request does not say.
    pub(super) usual: u32,
    /// At most.
    pub(super) most: u32,
}

/// A page that is asked for.
#[derive(Debug)]
pub(super) struct Page {
    list: &'static str,
    after: Option<String>,
    limit: usize,
}

/// A page that is given.
#[derive(Debug)]
pub(super) struct Filled<T> {
    /// What is on it.
    pub(super) items: Vec<T>,
    /// Where the next one begins.
    pub(super) next_marker: Option<String>,
    /// Whether there is a next one.
    pub(super) truncated: bool,
}

impl Page {
    /// Reads which page of a list is asked for.
    pub(super) fn read(
        list: &'static str,
        limit: Option<u32>,
        marker: Option<&str>,
        limits: Limits,
    ) -> Result<Self, Fault> {
        let limit = limit.unwrap_or(limits.usual);
        bounds::check("limit", limit, 1..=limits.most)?;
        let after = marker.map(|marker| unmarked(list, marker)).transpose()?;
        Ok(Self { list, after, limit: usize::try_from(limit).unwrap_or(usize::MAX) })
    }

    /// The last item of the page before; empty for the first page.
    pub(super) fn after(&self) -> &str {
        self.after.as_deref().unwrap_or_default()
    }

    /// Fills the page from items in the order of their names.
    pub(super) fn of<T>(&self, items: impl IntoIterator<Item = (String, T)>) -> Filled<T> {
        let mut rest = items.into_iter().filter(|(name, _)| self.is_after(name));
        let (names, items): (Vec<_>, Vec<_>) = rest.by_ref().take(self.limit).unzip();
        let last = names.last().filter(|_| rest.next().is_some());
        let marker = last.map(|name| URL_SAFE_NO_PAD.encode(format!("{}|{name}", self.list)));
        Filled { items, truncated: marker.is_some(), next_marker: marker }
    }

    fn is_after(&self, name: &str) -> bool {
        self.after.as_deref().is_none_or(|after| name > after)
    }
}

fn unmarked(list: &str, marker: &str) -> Result<String, Fault> {
    let text = URL_SAFE_NO_PAD.decode(marker).ok().and_then(|text| String::from_utf8(text).ok());
    let named = text.as_deref().and_then(|text| text.split_once('|'));
    let last = named.filter(|(of, _)| *of == list).map(|(_, last)| last.to_owned());
    last.ok_or_else(fault::invalid_marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { usual: 2, most: 3 };

    fn page(list: &'static str, marker: Option<&str>) -> Filled<u32> {
        let items = [("a", 1), ("b", 2), ("c", 3), ("d", 4)].map(|(name, n)| (name.to_owned(), n));
        Page::read(list, None, marker, LIMITS).unwrap().of(items)
    }

    #[test]
    fn pages_follow_one_another() {
        let first = page("l", None);
        assert_eq!((first.items, first.truncated), (vec![1, 2], true));
        let last = page("l", first.next_marker.as_deref());
        assert_eq!((last.items, last.truncated, last.next_marker), (vec![3, 4], false, None));
    }

    #[test]
    fn a_marker_of_another_list_is_none() {
        let first = page("l", None);
        let marker = first.next_marker.as_deref();
        assert!(Page::read("m", None, marker, LIMITS).is_err());
        assert!(Page::read("l", None, Some("?"), LIMITS).is_err());
        assert!(Page::read("l", Some(4), None, LIMITS).is_err());
    }
}
