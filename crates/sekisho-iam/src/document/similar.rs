//! The word that was probably meant.

/// Words longer than this are compared with nothing: no name of the policy language comes near.
const WORD_BYTES_MAX: usize = 48;

/// The one of `known` that `word` is a misspelling of: the same but for its case, or at most two
/// letters away (one, for short words).
pub(super) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > WORD_BYTES_MAX {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    known
        .map(|name| (distance(&lower, &name.to_ascii_lowercase()), name))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, name)| *distance <= if name.len() > 4 { 2 } else { 1 })
        .map(|(_, name)| name)
}

/// How many letters must be inserted, deleted or replaced to make `a` into `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(b.bytes()) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_words_are_found_and_strangers_are_not() {
        let known = ["Statement", "Version", "Id", "Effect", "Action"];
        let meant = |word| closest(word, known.iter().copied());
        assert_eq!(meant("statement"), Some("Statement"));
        assert_eq!(meant("Statments"), Some("Statement"));
        assert_eq!(meant("Actions"), Some("Action"));
        assert_eq!(meant("Efect"), Some("Effect"));
        assert_eq!(meant("Tags"), None);
        assert_eq!(meant(&"S".repeat(WORD_BYTES_MAX + 1)), None);
    }

    #[test]
    fn the_distance_counts_letters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
