//! Pages of lists whose tokens are opaque: a token names the list and the last item that was given,
//! so that rows may come and go between two pages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A page of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// Where the next one begins; `None` after the last one.
    pub(crate) next: Option<String>,
}

/// The page after `token` of items in the order of their keys; `None` where the token is none of this
/// list.
pub(crate) fn page<T>(
    list: &str,
    rows: impl IntoIterator<Item = (String, T)>,
    token: Option<&str>,
    most: u32,
) -> Option<Page<T>> {
    let after = match token {
        Some(token) => Some(opened(list, token)?),
        None => None,
    };
    let is_after = |key: &str| after.as_deref().is_none_or(|after| key > after);
    let mut rest = rows.into_iter().filter(|(key, _)| is_after(key));
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (keys, items): (Vec<_>, Vec<_>) = rest.by_ref().take(most).unzip();
    let last = keys.last().filter(|_| rest.next().is_some());
    let next = last.map(|key| URL_SAFE_NO_PAD.encode(format!("{list}|{key}")));
    Some(Page { items, next })
}

fn opened(list: &str, token: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (of, last) = text.split_once('|')?;
    (of == list).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(list: &str, token: Option<&str>) -> Option<Page<u32>> {
        let items = [("a", 1), ("b", 2), ("c", 3)].map(|(key, item)| (key.to_owned(), item));
        page(list, items, token, 2)
    }

    #[test]
    fn pages_follow_one_another_and_tokens_stay_with_their_list() {
        let first = one("l", None).unwrap();
        assert_eq!(first.items, [1, 2]);
        let last = one("l", first.next.as_deref()).unwrap();
        assert_eq!((last.items, last.next), (vec![3], None));
        assert!(one("m", first.next.as_deref()).is_none());
        assert!(one("l", Some("?")).is_none());
    }
}
