//! Did you mean: the known name that a misspelled word is nearest to.
//!
//! The distance counts letters inserted, removed, replaced, or exchanged with their neighbour
//! (Damerau and Levenshtein, each stretch edited once), whatever their case. One edit in four
//! letters still looks like the same word, up to three edits.

/// Nobody can mean a name by anything longer; the longest of today, an action's, has 71 bytes.
const WORD_BYTES_MAX: usize = 128;

/// One edit in so many letters is forgiven, at least one and at most three.
const LETTERS_PER_EDIT: usize = 4;
const EDITS_MAX: usize = 3;

/// The one of `known` that `word` is nearest to, if it is near enough to be meant; of several that
/// are equally near, the first.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, known, |name| name).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// All items whose names `word` is near enough to, nearest first; equally near ones stay in their
/// order.
pub(crate) fn ranked<'a, T>(
    word: &str,
    items: &'a [T],
    name: impl Fn(&'a T) -> &'a str,
) -> Vec<&'a T> {
    let mut near: Vec<(usize, &T)> = near(word, items, name).collect();
    near.sort_by_key(|(edits, _)| *edits);
    near.into_iter().map(|(_, item)| item).collect()
}

/// The items within reach of `word`, each with its distance.
fn near<'a, T: Copy>(
    word: &str,
    items: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'a str,
) -> impl Iterator<Item = (usize, T)> {
    let edits_max = match word.len() {
        letters if letters > WORD_BYTES_MAX => None,
        letters => Some((letters / LETTERS_PER_EDIT).clamp(1, EDITS_MAX)),
    };
    items.into_iter().filter_map(move |item| {
        let name = name(item);
        // Names that differ much in length are far from each other without counting.
        let edits_max = edits_max.filter(|most| name.len().abs_diff(word.len()) <= *most)?;
        let edits = distance(word, name);
        (edits <= edits_max).then_some((edits, item))
    })
}

/// How many edits lead from one name to the other. The table is filled row by row; `above` is the
/// row before, and `beyond` the one before that, which exchanged letters look back to.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let other = other.as_bytes();
    let mut beyond: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut last = None;
    for (line, letter) in one.bytes().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        let mut left = line + 1;
        row.push(left);
        for (place, (wanted, cells)) in other.iter().zip(above.windows(2)).enumerate() {
            let [diagonal, up] = cells else { continue };
            let replaced = usize::from(!same(letter, *wanted));
            left = (diagonal + replaced).min(up + 1).min(left + 1);
            let pair = place.checked_sub(1).and_then(|at| other.get(at).zip(beyond.get(at)));
            if let (Some((neighbour, start)), Some(last)) = (pair, last) {
                let exchanged = same(letter, *neighbour) && same(last, *wanted);
                left = if exchanged { left.min(start + 1) } else { left };
            }
            row.push(left);
        }
        beyond = std::mem::replace(&mut above, row);
        last = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

fn same(one: u8, other: u8) -> bool {
    one.eq_ignore_ascii_case(&other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("GetObject", "getobject", 0),
            ("GetObjct", "GetObject", 1),
            ("GteObject", "GetObject", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!(distance(one, other), expected, "`{one}` to `{other}`");
        }
    }

    #[test]
    fn misspelled_words_are_found_and_strangers_are_not() {
        let known = ["Statement", "Version", "Id", "Effect", "Action", "identity", "title"];
        for (word, meant) in [
            ("statement", Some("Statement")),
            ("Statments", Some("Statement")),
            ("Actions", Some("Action")),
            ("Efect", Some("Effect")),
            ("Identety", Some("identity")),
            ("titel", Some("title")),
            ("Tags", None),
            ("owner", None),
            ("", None),
        ] {
            assert_eq!(closest(word, known), meant, "{word}");
        }
        assert_eq!(closest("Id", []), None);
    }

    #[test]
    fn the_nearest_come_first_and_keep_their_order() {
        let known = ["lambd", "lambda", "lambdas", "kms"];
        assert_eq!(ranked("lambda", &known, |name| name), [&"lambda", &"lambd", &"lambdas"]);
        assert_eq!(closest("lambdb", known), Some("lambd"));
    }

    #[test]
    fn endless_words_are_compared_with_nothing() {
        let long = "S".repeat(WORD_BYTES_MAX);
        assert_eq!(closest(&long, [&*long]), Some(&*long));
        let longer = "S".repeat(WORD_BYTES_MAX + 1);
        assert_eq!(closest(&longer, [&*longer]), None);
    }
}
