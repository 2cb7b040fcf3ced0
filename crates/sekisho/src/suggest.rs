//! "Did you mean": the known word nearest to a misspelled one.

/// The most edits by which a word may miss a known one and still be taken for it: half of its
/// letters, at least one and at most three. Two letters exchanged are two edits.
fn tolerance(word: &str) -> usize {
    (word.chars().count() / 2).clamp(1, 3)
}

/// The known word nearest to `word`, where one is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = |known: &&'a str| (edits(&word.to_lowercase(), &known.to_lowercase()), *known);
    let (edits, found) = known.iter().map(near).min()?;
    (edits <= tolerance(word)).then_some(found)
}

/// The Levenshtein distance: how many letters to insert, remove or replace.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (above, other) in row.iter_mut().skip(1).zip(&to) {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = *above;
            left = replaced.min(left + 1).min(*above + 1);
            *above = left;
        }
        row.iter_mut().take(1).for_each(|first| *first = index + 1);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_levenshteins() {
        for (from, to, distance) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 2)]
        {
            assert_eq!(edits(from, to), distance, "{from} {to}");
        }
    }

    #[test]
    fn only_near_words_are_suggested() {
        let known = ["identity", "boundary", "session"];
        assert_eq!(nearest("Identety", &known), Some("identity"));
        assert_eq!(nearest("sesion", &known), Some("session"));
        assert_eq!(nearest("titel", &["request", "title"]), Some("title"));
        assert_eq!(nearest("owner", &known), None);
        assert_eq!(nearest("owner", &[]), None);
    }
}
