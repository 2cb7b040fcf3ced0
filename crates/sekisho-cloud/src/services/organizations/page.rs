//! Lists in pages. Source: Organizations API Reference, `MaxResults` and `NextToken` of any List operation.

use data_encoding::BASE64URL_NOPAD;

use super::fault;
use crate::fault::Fault;

/// How many items a page has at most, and where the caller does not say.
const ITEMS_MAX: usize = 20;

/// A page of a list, and where the next one begins.
pub(super) type Page<T> = (Vec<T>, Option<String>);

/// The page after `token` of items that come in the order of their keys. The token holds the key of
/// the last item that was told, so that items may come and go between two pages.
///
/// # Errors
/// When the token is none of ours.
pub(super) fn page<T>(
    items: impl Iterator<Item = (String, T)>,
    token: Option<&str>,
    most: Option<usize>,
) -> Result<Page<T>, Fault> {
    let after = token.map(|token| opened(token).ok_or_else(bad_token)).transpose()?;
    let most = most.unwrap_or(ITEMS_MAX).clamp(1, ITEMS_MAX);
    let mut rest = items.filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
    let (keys, told): (Vec<_>, Vec<_>) = rest.by_ref().take(most).unzip();
    let more = rest.next().is_some();
    let last = keys.last().filter(|_| more);
    Ok((told, last.map(|key| BASE64URL_NOPAD.encode(key.as_bytes()))))
}

fn opened(token: &str) -> Option<String> {
    String::from_utf8(BASE64URL_NOPAD.decode(token.as_bytes()).ok()?).ok()
}

fn bad_token() -> Fault {
    fault::invalid("INVALID_NEXT_TOKEN", "You specified an invalid value.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let items = || ["a", "b", "c"].into_iter().map(|key| (key.to_owned(), key));
        let (first, token) = page(items(), None, Some(2)).unwrap();
        let (second, end) = page(items(), token.as_deref(), Some(2)).unwrap();
        assert_eq!((first, second, end), (vec!["a", "b"], vec!["c"], None));
        assert_eq!(page(items(), None, Some(3)).unwrap().1, None);
        assert_eq!(page(items(), Some("?"), None).unwrap_err().code, "InvalidInputException");
    }
}
