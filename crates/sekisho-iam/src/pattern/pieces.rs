//! Reading a text into pieces.

use super::variable::{self, Found};
use super::{Piece, Syntax};

/// Collects pieces and joins neighbours. Most methods give back how many bytes of text they used.
#[derive(Default)]
pub(super) struct Pieces {
    done: Vec<Piece>,
    literal: String,
}

impl Pieces {
    /// Reads the pieces of `text`.
    pub(super) fn read(&mut self, text: &str, syntax: Syntax) {
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let found = if next == '$' && syntax.variables { variable::read(rest) } else { None };
            let used = match (next, found) {
                (_, Some((found, used))) => {
                    self.found(found);
                    used
                }
                ('*', None) if syntax.wildcards => self.any_run(),
                ('?', None) if syntax.wildcards => self.wild(Piece::AnyOne),
                (other, None) => self.literal(other),
            };
            rest = rest.get(used..).unwrap_or_default();
        }
    }

    pub(super) fn literal(&mut self, character: char) -> usize {
        self.literal.push(character);
        character.len_utf8()
    }

    pub(super) fn wild(&mut self, piece: Piece) -> usize {
        self.end_literal();
        self.done.push(piece);
        1
    }

    pub(super) fn any_run(&mut self) -> usize {
        self.end_literal();
        if self.done.last() == Some(&Piece::AnyRun) { 1 } else { self.wild(Piece::AnyRun) }
    }

    fn found(&mut self, found: Found) {
        match found {
            Found::Escaped(character) => self.literal(character),
            Found::Variable(variable) => self.wild(Piece::Variable(variable)),
        };
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            self.done.push(Piece::Literal(std::mem::take(&mut self.literal).into()));
        }
    }

    pub(super) fn finish(mut self) -> Box<[Piece]> {
        self.end_literal();
        self.done.into()
    }
}
