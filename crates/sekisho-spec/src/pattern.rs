//! Patterns: text with `*`, `?` and policy variables.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags" and "IAM JSON policy elements:
//! Resource".

use std::collections::BTreeSet;

use sekisho_iam::context::Context;
use sekisho_iam::document::Version;

/// One place in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// `*`
    Anything,
    /// `?`
    One,
    /// `*` that does not take a colon.
    AnythingButColon,
    /// `?` that is not a colon.
    OneButColon,
    /// A character that the author wrote.
    Written(char),
    /// A character that stands there in place of a variable. It is never a wildcard and never ends
    /// a field of an ARN.
    Filled(char),
}

/// A pattern whose variables have got their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<Piece>);

impl Pattern {
    /// A text in which `${…}` has no meaning.
    pub(crate) fn without_variables(text: &str) -> Self {
        let piece = |letter| match letter {
            '*' => Piece::Anything,
            '?' => Piece::One,
            _ => Piece::Written(letter),
        };
        Self(text.chars().map(piece).collect())
    }

    /// A text with variables, if the version has any. `None` where one of them has no value.
    pub(crate) fn read(text: &str, context: &Context, version: Version) -> Option<Self> {
        if version == Version::V2008 {
            return Some(Self::without_variables(text));
        }
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once("${") {
            let (variable, behind) = after.split_once('}')?;
            pieces.extend(Self::without_variables(before).0);
            pieces.extend(value_of(variable, context)?.chars().map(Piece::Filled));
            rest = behind;
        }
        pieces.extend(Self::without_variables(rest).0);
        Some(Self(pieces))
    }

    /// The same for a `Resource`, where variables may only stand behind the fifth colon, and where
    /// before it only a `*` at the end of its field goes beyond the next colon.
    pub(crate) fn of_resource(text: &str, context: &Context, version: Version) -> Option<Self> {
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        let (first, last) = fields.split_at(fields.len().min(5));
        let variable_too_early = first.iter().any(|field| field.contains("${"));
        if version == Version::V2012 && variable_too_early {
            return None;
        }
        let mut fields: Vec<Vec<Piece>> =
            first.iter().map(|field| Self::first_field(field)).collect();
        for field in last {
            fields.push(Self::read(field, context, version)?.0);
        }
        Some(Self(fields.join(&Piece::Written(':'))))
    }

    fn first_field(field: &str) -> Vec<Piece> {
        let mut pieces = Self::without_variables(field).0;
        let before_last = pieces.len().saturating_sub(1);
        for (at, piece) in pieces.iter_mut().enumerate() {
            match piece {
                Piece::Anything if at < before_last => *piece = Piece::AnythingButColon,
                Piece::One => *piece = Piece::OneButColon,
                _ => {}
            }
        }
        pieces
    }

    /// The text, for comparisons that know no wildcards.
    pub(crate) fn literal(&self) -> String {
        let letter = |piece: &Piece| match piece {
            Piece::Anything | Piece::AnythingButColon => '*',
            Piece::One | Piece::OneButColon => '?',
            Piece::Written(letter) | Piece::Filled(letter) => *letter,
        };
        self.0.iter().map(letter).collect()
    }

    /// Whether the whole text is like the pattern.
    pub(crate) fn matches(&self, text: &str) -> bool {
        glob(&self.0, text)
    }

    /// Whether the text is an ARN whose six fields are like the pattern's, one by one.
    pub(crate) fn matches_arn(&self, text: &str) -> bool {
        let wanted: Vec<&[Piece]> =
            self.0.splitn(6, |piece| *piece == Piece::Written(':')).collect();
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        let alike = wanted.iter().zip(&fields).all(|(pieces, field)| glob(pieces, field));
        wanted.len() == 6 && fields.len() == 6 && alike
    }
}

/// Follows all ways to read the text at once: the number of characters that the pieces up to here
/// may have taken.
fn glob(pieces: &[Piece], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut taken = vec![0];
    for piece in pieces {
        let one_more = |wanted: &dyn Fn(char) -> bool| -> Vec<usize> {
            let fits = |at: &&usize| text.get(**at).is_some_and(|letter| wanted(*letter));
            taken.iter().filter(fits).map(|at| at + 1).collect()
        };
        taken = match piece {
            Piece::Anything => {
                taken.first().map_or(vec![], |least| (*least..=text.len()).collect())
            }
            Piece::AnythingButColon => {
                let upto_colon = |at: usize| {
                    let behind = text.iter().skip(at).take_while(|letter| **letter != ':');
                    at..=at + behind.count()
                };
                let ends: BTreeSet<usize> = taken.iter().flat_map(|at| upto_colon(*at)).collect();
                ends.into_iter().collect()
            }
            Piece::One => one_more(&|_| true),
            Piece::OneButColon => one_more(&|letter| letter != ':'),
            Piece::Written(letter) | Piece::Filled(letter) => one_more(&|given| given == *letter),
        };
    }
    taken.contains(&text.len())
}

/// The value of what stands between `${` and `}`.
fn value_of(variable: &str, context: &Context) -> Option<String> {
    if ["*", "?", "$"].contains(&variable) {
        return Some(variable.to_owned());
    }
    let with_default = variable.strip_suffix('\'').and_then(|text| text.split_once(", '"));
    let (key, default) = match with_default {
        Some((key, default)) => (key, Some(default)),
        None => (variable, None),
    };
    let value = context.get(key).and_then(|value| value.single());
    value.or(default).map(str::to_owned)
}
