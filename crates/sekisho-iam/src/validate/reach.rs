//! Which actions of a statement can meet which of its resources.
//!
//! An action works on resource types, a type has ARN formats, and a `Resource` is a pattern: the
//! action meets the resource if some ARN fits the pattern and a format. As in the decision, the six
//! fields are held against each other one by one. "Could it ever?" is the question, so whatever is
//! not known counts as yes.
//!
//! An action without resource types is asked about the resource `*`, which only `*` matches.
//!
//! Source: Service Authorization Reference, "How to read the tables"; IAM User Guide, "IAM JSON
//! policy elements: Resource".

use super::action::{Named, Term};
use crate::document::Statement;
use crate::knowledge::overlap::{Piece, format_pieces, overlap, pattern_pieces};
use crate::knowledge::{Action, ResourceType};
use std::collections::BTreeMap;

/// How much work may be done for one policy, in pairs of pieces that are compared; some twenty
/// milliseconds. What is left over then counts as met.
const WORK_MAX: usize = 1 << 23;

/// The longest resource that is judged, in bytes: IAM's own limit for an ARN.
const RESOURCE_BYTES_MAX: usize = crate::arn::ARN_BYTES_MAX;

/// What can meet what.
pub(super) struct Reach {
    /// Whether each entry of `Action` can meet a resource, in their order.
    pub(super) terms: Vec<bool>,
    /// What each entry of `Resource` meets, in their order.
    pub(super) resources: Vec<Met>,
}

/// What an entry of `Resource` meets.
#[derive(Debug, Clone, Default)]
pub(super) struct Met {
    /// Whether it meets an action, as far as is known.
    pub(super) any: bool,
    /// The ARN formats it fits, of the types that the statement's actions work on.
    pub(super) formats: Vec<&'static str>,
}

/// Judges the statements of one policy, up to a limit.
pub(super) struct Walk {
    work_left: usize,
}

/// An ARN pattern or format in its six fields.
struct Fields {
    service: String,
    pieces: Vec<Vec<Piece>>,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self { work_left: WORK_MAX }
    }

    /// What can meet what in a statement with `Action` and `Resource`; `None` for their `Not…`
    /// forms and where there is no `Resource`.
    pub(super) fn reach(&mut self, statement: &Statement, terms: &[Term<'_>]) -> Option<Reach> {
        let resources = statement.resources.as_ref()?;
        if statement.actions.negated || resources.negated {
            return None;
        }
        let texts: Vec<&str> = resources.items.iter().map(|item| &*item.text).collect();
        if texts.contains(&"*") {
            let resources = texts.iter().map(|_| Met { any: true, formats: Vec::new() }).collect();
            return Some(Reach { terms: vec![true; terms.len()], resources });
        }
        let is_judged = |term: &Term<'_>| term.actions().is_some();
        let unknown = !terms.iter().all(is_judged);
        let mut met: Vec<Met> =
            texts.iter().map(|_| Met { any: unknown, formats: Vec::new() }).collect();
        let types = self.types(&texts, terms, &mut met);
        let all_of_s3 = texts.iter().any(|text| is_all_of_s3(text));
        let meets = |action: &&Action| match action.is_star_only() {
            true => all_of_s3 && action.service == "s3",
            false => action
                .resource_types
                .iter()
                .any(|one| types.get(&address(one.resource_type)).copied().unwrap_or(true)),
        };
        let terms = terms
            .iter()
            .map(|term| match &term.named {
                Named::NoService | Named::NoAction(_) => false,
                _ => term.actions().is_none_or(|actions| actions.iter().any(|one| meets(one))),
            })
            .collect();
        Some(Reach { terms, resources: met })
    }

    /// Whether each resource type of the actions meets one of the resources.
    fn types(
        &mut self,
        texts: &[&str],
        terms: &[Term<'_>],
        met: &mut [Met],
    ) -> BTreeMap<usize, bool> {
        let patterns: Vec<Option<Fields>> = texts.iter().map(|text| pattern(text)).collect();
        let actions = terms.iter().filter_map(Term::actions).flatten();
        let uses = actions.flat_map(|action| action.resource_types);
        let mut types = BTreeMap::new();
        for one in uses.map(|one| one.resource_type) {
            if types.contains_key(&address(one)) {
                continue;
            }
            let mut meets = false;
            for format in one.arn_formats {
                let fields = Fields::of(format, format_pieces);
                for (pattern, met) in patterns.iter().zip(met.iter_mut()) {
                    if self.fits(pattern.as_ref(), &fields) {
                        meets = true;
                        met.any = true;
                        met.formats.push(format);
                    }
                }
            }
            types.insert(address(one), meets);
        }
        types
    }

    /// Whether some ARN fits both; yes for what is not judged.
    fn fits(&mut self, pattern: Option<&Fields>, format: &Fields) -> bool {
        let Some(pattern) = pattern else { return true };
        let work = pattern.pieces.iter().zip(&format.pieces);
        let work: usize = work.map(|(one, other)| one.len() * other.len() + 1).sum();
        if pattern.service != format.service && !pattern.service.contains(['*', '?']) {
            return false;
        }
        let left = self.work_left.checked_sub(work);
        self.work_left = left.unwrap_or_default();
        let all = || pattern.pieces.iter().zip(&format.pieces).all(|(one, two)| overlap(one, two));
        left.is_none() || (pattern.pieces.len() == format.pieces.len() && all())
    }
}

impl Fields {
    fn of(text: &str, pieces: impl Fn(&str) -> Vec<Piece>) -> Self {
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        let service = fields.get(2).copied().unwrap_or_default().to_owned();
        Self { service, pieces: fields.into_iter().map(pieces).collect() }
    }
}

/// The fields of a resource; `None` where it is too long to judge.
fn pattern(text: &str) -> Option<Fields> {
    (text.len() <= RESOURCE_BYTES_MAX).then(|| Fields::of(text, pattern_pieces))
}

/// `arn:aws:s3:::*`: S3 takes it for `*` when buckets are listed, and AWS's own examples write it
/// so (IAM User Guide, "Amazon S3: Allows IAM users access to their S3 home directory").
fn is_all_of_s3(text: &str) -> bool {
    text.strip_prefix("arn:").is_some_and(|rest| rest.ends_with(":s3:::*"))
}

/// Resource types live as long as the program, so that one is known by where it is.
fn address(one: &'static ResourceType) -> usize {
    std::ptr::from_ref(one).addr()
}
