//! Matching of pieces against a text.

use super::Piece;
use super::variable::Variables;

/// Whether `text` is made of `pieces`.
///
/// The usual walk with one point of return: after a mismatch only the last `*` needs to take one
/// character more, because what an earlier `*` could take, it can take as well. Time is at most
/// pieces × text, space is constant.
pub(super) fn matches(pieces: &[Piece], text: &str, variables: &impl Variables) -> bool {
    let mut at = Place { pieces, text };
    let mut retry: Option<Place<'_>> = None;
    loop {
        match at.step(variables) {
            Step::On(next) => at = next,
            Step::Star(next) => {
                if next.pieces.is_empty() {
                    return true;
                }
                retry = Some(next);
                at = next;
            }
            Step::Matched => return true,
            Step::Mismatch => {
                let Some(next) = retry.and_then(Place::one_more) else { return false };
                retry = Some(next);
                at = next;
            }
            Step::Never => return false,
        }
    }
}

/// What is left to match.
#[derive(Clone, Copy)]
struct Place<'a> {
    pieces: &'a [Piece],
    text: &'a str,
}

enum Step<'a> {
    On(Place<'a>),
    Star(Place<'a>),
    Matched,
    Mismatch,
    Never,
}

impl<'a> Place<'a> {
    fn step(self, variables: &impl Variables) -> Step<'a> {
        let Some((piece, pieces)) = self.pieces.split_first() else {
            return if self.text.is_empty() { Step::Matched } else { Step::Mismatch };
        };
        let rest = match piece {
            Piece::AnyRun => return Step::Star(Self { pieces, ..self }),
            Piece::AnyOne => without_first(self.text),
            Piece::Literal(literal) => self.text.strip_prefix(&**literal),
            Piece::Variable(variable) => match variable.value(variables) {
                Some(value) => self.text.strip_prefix(value),
                None => return Step::Never,
            },
        };
        rest.map_or(Step::Mismatch, |text| Step::On(Self { pieces, text }))
    }

    /// The same place with the `*` before it having taken one character more.
    fn one_more(self) -> Option<Self> {
        without_first(self.text).map(|text| Self { text, ..self })
    }
}

fn without_first(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}
