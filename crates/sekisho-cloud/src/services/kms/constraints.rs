//! The constraints of grants, and which grant is as strict as another.
//! Source: KMS API Reference, "GrantConstraints"; KMS Developer Guide, "Creating grants".

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::context::{self, EncryptionContext};
use super::fault;
use super::state::{Constraint, Grant};
use crate::ask::Ask;
use crate::fault::Fault;

/// The most pairs of a constraint. Source: KMS API Reference, "GrantConstraints".
const PAIRS_MAX: usize = 8;
/// The longest key or value of a constraint, in characters. Source: likewise.
const TEXT_MAX: usize = 384;

/// `Constraints`, as they are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GrantConstraints {
    /// At least these pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
    /// Exactly these pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
}

impl GrantConstraints {
    /// The constraint that they are.
    ///
    /// # Errors
    /// Refuses both kinds at once, and what is too long.
    pub(super) fn read(&self) -> Result<Option<Constraint>, Fault> {
        let constraint = match (&self.encryption_context_equals, &self.encryption_context_subset) {
            (Some(_), Some(_)) => {
                return Err(fault::validation("More than one constraint supplied"));
            }
            (Some(pairs), None) => Constraint::Equals(pairs.clone()),
            (None, Some(pairs)) => Constraint::Subset(pairs.clone()),
            (None, None) => return Ok(None),
        };
        check(constraint.pairs())?;
        Ok(Some(constraint))
    }

    /// As a list shows a constraint.
    pub(super) fn of(constraint: &Constraint) -> Self {
        match constraint.clone() {
            Constraint::Equals(pairs) => {
                Self { encryption_context_equals: Some(pairs), ..Self::default() }
            }
            Constraint::Subset(pairs) => {
                Self { encryption_context_subset: Some(pairs), ..Self::default() }
            }
        }
    }
}

/// Refuses pairs that are too many or too long.
fn check(pairs: &EncryptionContext) -> Result<(), Fault> {
    context::check(pairs)?;
    let mut texts = pairs.iter().flat_map(|(key, value)| [key, value]);
    if pairs.len() > PAIRS_MAX || texts.any(|text| text.chars().count() > TEXT_MAX) {
        return Err(fault::validation(format!(
            "A constraint has at most {PAIRS_MAX} pairs of at most {TEXT_MAX} characters each."
        )));
    }
    Ok(())
}

impl Constraint {
    /// Its pairs.
    pub(super) fn pairs(&self) -> &EncryptionContext {
        let (Self::Equals(pairs) | Self::Subset(pairs)) = self;
        pairs
    }

    /// `kms:GrantConstraintType`.
    fn name(&self) -> &'static str {
        match self {
            Self::Equals(_) => "EncryptionContextEquals",
            Self::Subset(_) => "EncryptionContextSubset",
        }
    }

    /// Whether whatever satisfies this one satisfies `other`.
    fn is_as_strict_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Equals(own), Self::Equals(other)) => own == other,
            (Self::Subset(_), Self::Equals(_)) => false,
            (Self::Equals(own) | Self::Subset(own), Self::Subset(other)) => {
                other.iter().all(|(key, value)| own.get(key) == Some(value))
            }
        }
    }
}

/// The condition keys of a grant's constraint.
pub(super) fn asked<'a>(ask: Ask<'a>, constraint: Option<&Constraint>) -> Ask<'a> {
    let Some(constraint) = constraint else { return ask };
    context::asked(ask, constraint.pairs()).with("kms:GrantConstraintType", constraint.name())
}

/// Whether whoever acts by the grant `parent` may pass on these operations under this constraint:
/// no more of the one, and no less of the other.
pub(super) fn covers(
    parent: &Grant,
    operations: &BTreeSet<String>,
    constraint: Option<&Constraint>,
) -> bool {
    let strict = match (&parent.constraint, constraint) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(parent), Some(own)) => own.is_as_strict_as(parent),
    };
    strict && operations.is_subset(&parent.operations)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> EncryptionContext {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_child_is_as_strict_as_its_parent() {
        let equals = |own: &[(&str, &str)]| Constraint::Equals(pairs(own));
        let subset = |own: &[(&str, &str)]| Constraint::Subset(pairs(own));
        let (a, ab) = ([("a", "1")], [("a", "1"), ("b", "2")]);
        for (child, parent, strict) in [
            (equals(&a), equals(&a), true),
            (equals(&ab), equals(&a), false),
            (subset(&a), equals(&a), false),
            (equals(&a), subset(&a), true),
            (equals(&ab), subset(&a), true),
            (subset(&ab), subset(&a), true),
            (subset(&a), subset(&ab), false),
            (equals(&a), subset(&ab), false),
        ] {
            assert_eq!(child.is_as_strict_as(&parent), strict, "{child:?} under {parent:?}");
        }
    }

    #[test]
    fn both_kinds_at_once_and_too_many_pairs_are_refused() {
        let many: EncryptionContext =
            (0..9).map(|number| (number.to_string(), String::new())).collect();
        let both = GrantConstraints {
            encryption_context_equals: Some(pairs(&[])),
            encryption_context_subset: Some(pairs(&[])),
        };
        let long = GrantConstraints {
            encryption_context_equals: Some(many),
            ..GrantConstraints::default()
        };
        assert!(both.read().is_err());
        assert!(long.read().is_err());
        assert_eq!(GrantConstraints::default().read(), Ok(None));
    }
}
