//! Which actions of a statement can meet which of its resources.
//!
//! An action works on resource types, a type has ARN formats, and a `Resource` is a pattern: the
//! action meets the resource if some ARN fits the pattern and a format. As in the decision, the six
//! fields are held against each other one by one. "Could it ever?" is the question, so whatever is
//! not known counts as yes.
//!
//! An action without resource types is asked about the resource `*`. AWS's own policies rely on its
//! services asking for a little more: `logs:DescribeLogGroups` on `arn:aws:logs:*:*:*`,
//! `s3:ListAllMyBuckets` on `arn:aws:s3:::*`. So an ARN of the action's service that ends with `*`
//! counts as met.
//!
//! Source: Service Authorization Reference, "How to read the tables"; IAM User Guide, "IAM JSON
//! policy elements: Resource".

use super::action::{Named, Term};
use crate::arn::{ARN_BYTES_MAX, Arn};
use crate::document::Statement;
use crate::knowledge::overlap::{Piece, format_pieces, overlap, pattern_pieces};
use crate::knowledge::{Action, ResourceType};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How much work may be done for one policy, in pairs of pieces that are compared; some ten
/// milliseconds. What is left over then counts as met.
const WORK_MAX: usize = 1 << 22;

/// What it takes to hold two fields against each other, however short they are.
const FIELD_WORK: usize = 16;

/// The longest resource that is judged, in bytes: IAM's own limit for an ARN.
const RESOURCE_BYTES_MAX: usize = ARN_BYTES_MAX;

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
    /// The formats that were met, by where they are.
    formats: BTreeMap<usize, Rc<Fields>>,
}

/// An ARN pattern or format in its six fields.
struct Fields {
    service: String,
    pieces: Vec<Vec<Piece>>,
}

/// The resources of a statement, and what is known of its types and services so far.
struct Resources<'a> {
    patterns: Vec<Option<Fields>>,
    /// The services of the ARNs that end with `*`.
    open: Vec<Option<&'a str>>,
    met: Vec<Met>,
    types: BTreeMap<usize, bool>,
    star_services: BTreeMap<&'static str, bool>,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self { work_left: WORK_MAX, formats: BTreeMap::new() }
    }

    /// What can meet what in a statement with `Action` and `Resource`; `None` for their `Not…`
    /// forms and where there is no `Resource`.
    pub(super) fn reach(&mut self, statement: &Statement, terms: &[Term<'_>]) -> Option<Reach> {
        let items = statement.resources.as_ref()?;
        if statement.actions.negated || items.negated {
            return None;
        }
        let texts: Vec<&str> = items.items.iter().map(|item| &*item.text).collect();
        if texts.contains(&"*") {
            let resources = texts.iter().map(|_| Met { any: true, formats: Vec::new() }).collect();
            return Some(Reach { terms: vec![true; terms.len()], resources });
        }
        let unknown = !terms.iter().all(|term| term.actions().is_some());
        let mut resources = Resources::of(&texts, unknown);
        let mut meeting: BTreeMap<usize, bool> = BTreeMap::new();
        for action in terms.iter().filter_map(Term::actions).flatten() {
            let meets = || self.meets(action, &mut resources);
            meeting.entry(address(*action)).or_insert_with(meets);
        }
        let meets = |action: &&'static Action| meeting.get(&address(*action)) == Some(&true);
        let meets = |term: &Term<'_>| match &term.named {
            Named::NoService | Named::NoAction(_) => false,
            _ => term.actions().is_none_or(|actions| actions.iter().any(meets)),
        };
        let terms = terms.iter().map(meets).collect();
        Some(Reach { terms, resources: resources.met })
    }

    /// Whether the action meets a resource. All its types are looked at, for the resources' sake.
    fn meets(&mut self, action: &'static Action, resources: &mut Resources<'_>) -> bool {
        if action.is_star_only() {
            return self.meets_open(action.service, resources);
        }
        let mut meets = false;
        for one in action.resource_types {
            meets |= self.meets_type(one.resource_type, resources);
        }
        meets
    }

    /// Whether there is an ARN of this service that ends with `*`.
    fn meets_open(&mut self, service: &'static str, resources: &mut Resources<'_>) -> bool {
        if let Some(known) = resources.star_services.get(service) {
            return *known;
        }
        let judged = self.may_work(resources.open.len());
        let asked = |open: &str| open == service || ASKED_ELSEWHERE.contains(&(service, open));
        let mut meets = false;
        for (open, met) in resources.open.iter().zip(&mut resources.met) {
            if !judged || open.is_some_and(asked) {
                met.any = true;
                meets = true;
            }
        }
        resources.star_services.insert(service, meets);
        meets
    }

    fn meets_type(&mut self, one: &'static ResourceType, resources: &mut Resources<'_>) -> bool {
        if let Some(known) = resources.types.get(&address(one)) {
            return *known;
        }
        let mut meets = false;
        for format in one.arn_formats {
            let fields = self.format(format);
            for (pattern, met) in resources.patterns.iter().zip(&mut resources.met) {
                let fits =
                    pattern.as_ref().map_or(Some(true), |pattern| self.fits(pattern, &fields));
                met.any |= fits.unwrap_or(true);
                meets |= fits.unwrap_or(true);
                if fits == Some(true) {
                    met.formats.push(format);
                }
            }
        }
        resources.types.insert(address(one), meets);
        meets
    }

    fn format(&mut self, format: &'static str) -> Rc<Fields> {
        let fields = || Rc::new(Fields::of(format, format_pieces));
        Rc::clone(self.formats.entry(format.as_ptr().addr()).or_insert_with(fields))
    }

    /// Whether some ARN fits both; `None` where that is not judged.
    fn fits(&mut self, pattern: &Fields, format: &Fields) -> Option<bool> {
        // A recovery point is `arn:${Partition}:${Vendor}:…`.
        let literal = !pattern.service.contains(['*', '?']) && !format.service.contains('$');
        if literal && pattern.service != format.service {
            return self.may_work(1).then_some(false);
        }
        let fields = || pattern.pieces.iter().zip(&format.pieces);
        let work = fields().map(|(one, other)| one.len() * other.len() + FIELD_WORK).sum();
        let judged = self.may_work(work);
        let same_length = pattern.pieces.len() == format.pieces.len();
        judged.then(|| same_length && fields().all(|(one, other)| overlap(one, other)))
    }

    fn may_work(&mut self, steps: usize) -> bool {
        let left = self.work_left.checked_sub(steps);
        self.work_left = left.unwrap_or_default();
        left.is_some()
    }
}

impl<'a> Resources<'a> {
    fn of(texts: &[&'a str], any: bool) -> Self {
        let open = |text: &&'a str| {
            let arn = Arn::parse(text).filter(|_| text.ends_with('*'));
            arn.map(|arn| arn.service)
        };
        Self {
            patterns: texts.iter().map(|text| pattern(text)).collect(),
            open: texts.iter().map(open).collect(),
            met: texts.iter().map(|_| Met { any, formats: Vec::new() }).collect(),
            types: BTreeMap::new(),
            star_services: BTreeMap::new(),
        }
    }
}

impl Fields {
    fn of(text: &str, pieces: impl Fn(&str) -> Vec<Piece>) -> Self {
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        let service = fields.get(2).copied().unwrap_or_default().to_owned();
        Self { service, pieces: fields.into_iter().map(pieces).collect() }
    }
}

/// The fields of a resource; `None` where it is too long to judge, or a variable stands in its
/// first five fields, which `variable-position` reports.
fn pattern(text: &str) -> Option<Fields> {
    let early = text.splitn(6, ':').take(5).any(|field| field.contains("${"));
    (!early && text.len() <= RESOURCE_BYTES_MAX).then(|| Fields::of(text, pattern_pieces))
}

/// Services whose actions without resource types are asked about resources of another service: a
/// data channel is opened for a session (AWS Systems Manager User Guide, "Sample IAM policies for
/// Session Manager").
const ASKED_ELSEWHERE: [(&str, &str); 1] = [("ssmmessages", "ssm")];

/// Actions and resource types live as long as the program, so that one is known by where it is.
fn address<T>(one: &'static T) -> usize {
    std::ptr::from_ref(one).addr()
}
