//! Matching of pieces against a text.

use super::Piece;
use super::variable::Variables;

/// Whether `text` is made of `pieces`.
///
/// The usual walk with points of return: after a mismatch only the last `*` needs to take one
/// character more, because what an earlier one could take, it can take as well. A `*` that must not
/// cross a colon has a point of its own; when it comes to a colon, the last unbounded `*` before it
/// takes one character more. Time is at most pieces × text² for such patterns, pieces × text for all
/// others; space is constant.
pub(super) fn matches(pieces: &[Piece], text: &str, variables: &impl Variables) -> bool {
    let mut at = Place { pieces, text };
    let mut retry: Option<Place<'_>> = None;
    let mut retry_in_field: Option<Place<'_>> = None;
    loop {
        match at.step(variables) {
            Step::On(next) => at = next,
            Step::Star(next) if next.pieces.is_empty() => return true,
            Step::Star(next) => {
                (retry, retry_in_field) = (Some(next), None);
                at = next;
            }
            Step::StarInField(next) => {
                retry_in_field = Some(next);
                at = next;
            }
            Step::Matched => return true,
            Step::Mismatch => {
                retry_in_field = retry_in_field.and_then(Place::one_more_in_field);
                if retry_in_field.is_none() {
                    retry = retry.and_then(Place::one_more);
                }
                let Some(next) = retry_in_field.or(retry) else { return false };
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
    StarInField(Place<'a>),
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
            Piece::AnyRunInField => return Step::StarInField(Self { pieces, ..self }),
            Piece::AnyOne => without_first(self.text),
            Piece::AnyOneInField => {
                without_first(self.text).filter(|_| !self.text.starts_with(':'))
            }
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

impl Place<'_> {
    /// Likewise, for a `*` that must not take a colon.
    fn one_more_in_field(self) -> Option<Self> {
        if self.text.starts_with(':') { None } else { self.one_more() }
    }
}

fn without_first(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}
