//! No notes to oneself: what is not done is in an issue, or is not done.

use super::Finding;
use crate::repository::Repository;

/// Put together here, so that this file is not found.
const NOTES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.texts().flat_map(|(path, text)| in_text(path, text)).collect()
}

fn in_text<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Finding> + 'a {
    text.lines().enumerate().filter_map(move |(index, line)| {
        let mut words = line.split(|c: char| !c.is_alphanumeric());
        let note = words.find(|word| NOTES.contains(word))?;
        Some(Finding::in_line(path, index, format!("`{note}`: do it, or open an issue")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_found_as_a_word() {
        for note in NOTES {
            let found = |text: String| check(&Repository::of(&[("a.rs", &text)])).len();
            assert_eq!(found(format!("// {note}: later\n")), 1);
            assert_eq!(found(format!("// {note}(me)\n// {note}\n")), 2);
            assert_eq!(found(format!("A{note}\n{}\n", note.to_lowercase())), 0);
        }
    }
}
