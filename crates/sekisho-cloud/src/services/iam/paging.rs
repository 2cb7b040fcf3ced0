//! Lists in pages. Source: IAM API Reference, `MaxItems`, `Marker` and `IsTruncated` of any List
//! operation; the texts as recorded from IAM.

use data_encoding::BASE64URL_NOPAD;

use super::fault;
use crate::fault::Fault;

/// How many items a page has where the caller does not say.
const ITEMS_DEFAULT: usize = 100;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page<T> {
    /// Its items.
    pub(super) items: Vec<T>,
    /// Where the next page begins; `None` after the last one.
    pub(super) marker: Option<String>,
}

impl<T> Page<T> {
    /// Whether more follows.
    pub(super) fn is_truncated(&self) -> bool {
        self.marker.is_some()
    }

    /// The page with each item shown as a reply shows it.
    pub(super) fn map<U>(self, shown: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(shown).collect(), marker: self.marker }
    }
}

/// The page after `marker` of rows that come in the order of their keys. The marker holds the key of
/// the last item that was told, so that rows may come and go between two pages.
///
/// # Errors
/// When the marker is none of ours.
pub(super) fn page<'a, T>(
    rows: impl Iterator<Item = (&'a str, T)>,
    marker: Option<&str>,
    max_items: Option<u32>,
) -> Result<Page<T>, Fault> {
    let after = marker.map(|marker| opened(marker).ok_or_else(fault::bad_marker)).transpose()?;
    let most = max_items.and_then(|most| usize::try_from(most).ok()).unwrap_or(ITEMS_DEFAULT);
    let mut rows = rows.skip_while(|(key, _)| after.as_deref().is_some_and(|after| *key <= after));
    let mut items = Vec::new();
    let mut last = None;
    for (key, row) in rows.by_ref().take(most.max(1)) {
        last = Some(key);
        items.push(row);
    }
    let more = rows.next().is_some();
    Ok(Page { items, marker: last.filter(|_| more).map(sealed) })
}

fn sealed(key: &str) -> String {
    BASE64URL_NOPAD.encode(key.as_bytes())
}

fn opened(marker: &str) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(marker.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(marker: Option<&str>, most: u32) -> Page<char> {
        let rows = [("a", 'A'), ("b", 'B'), ("c", 'C')];
        page(rows.into_iter(), marker, Some(most)).unwrap()
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let first = of(None, 2);
        assert_eq!((&first.items[..], first.is_truncated()), (&['A', 'B'][..], true));
        let second = of(first.marker.as_deref(), 2);
        assert_eq!(second, Page { items: vec!['C'], marker: None });
        assert_eq!(of(None, 3).marker, None);
    }

    #[test]
    fn a_marker_whose_row_is_gone_goes_on_behind_its_place() {
        let rows = [("a", 1), ("c", 3)];
        let page = page(rows.into_iter(), Some(&sealed("b")), None).unwrap();
        assert_eq!(page.items, [3]);
    }

    #[test]
    fn a_strange_marker_is_refused() {
        let refused = page([("a", 1)].into_iter(), Some("??"), None).unwrap_err();
        assert_eq!(
            (refused.code, refused.message.as_deref()),
            ("ValidationError", Some("Invalid Marker."))
        );
    }
}
