//! Why a request is allowed or denied: what each layer said, and for a denial the nearest miss.

use crate::decision::{Decision, LayerKind};

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The decision, the same that [`crate::decide`] gives.
    pub decision: Decision,
    /// What each layer said, in the order in which AWS asks them. Layers that do not bear on the
    /// request are left out; an SCP level is a layer of its own.
    pub layers: Vec<LayerReport>,
    /// For a denial: the smallest set of changes found that would allow the request. All of them
    /// are needed. Empty for an allowed request, and where no change of policies can help (a root
    /// user assuming a role, a grant that does not let the caller retire it).
    pub nearest_miss: Vec<Change>,
}

/// What one layer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerReport {
    /// Which layer.
    pub layer: LayerKind,
    /// For SCPs and RCPs: the level, 0 for the root of the organization.
    pub level: Option<usize>,
    /// What it said.
    pub said: Said,
    /// The statements that made it say so: the Deny statements that match, else the Allow
    /// statements that match.
    pub decided_by: Vec<StatementRef>,
    /// Where it said nothing: the statements that came nearest, best first (at most
    /// [`NEAR_STATEMENTS_MAX`]), each with what it misses.
    pub near: Vec<NearStatement>,
}

/// The most statements of a layer that are named as near misses.
pub const NEAR_STATEMENTS_MAX: usize = 3;

/// What a layer said about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// An Allow statement matches (and no Deny).
    Allows,
    /// A resource policy names the caller's account, so that an identity policy may allow.
    Delegates,
    /// A Deny statement matches, or the policy could not be read.
    Denies,
    /// No statement matches.
    Nothing,
    /// There is no such policy, and the request needs one (or would be helped by one).
    Absent,
    /// It would allow or limit, but does not bind this caller: an SCP and a management account.
    DoesNotBind,
    /// It does not allow, and need not: a resource policy names the caller directly.
    Overridden,
}

/// A statement of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The index of the policy within its layer (and level).
    pub policy: usize,
    /// The index of the statement in its document; `None` for the policy as a whole (it could not be read).
    pub statement: Option<usize>,
}

/// A statement that almost matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearStatement {
    /// The statement.
    pub at: StatementRef,
    /// What keeps it from matching.
    pub misses: Vec<Miss>,
}

/// Why a statement does not match a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// It does not speak of the action.
    Action,
    /// It does not speak of the resource.
    Resource,
    /// It does not speak of the caller.
    Principal,
    /// One of its conditions does not hold.
    Condition {
        /// The index of the condition in the statement.
        condition: usize,
        /// The values the request carries; `None` where it does not carry the key.
        got: Option<Vec<String>>,
    },
}

/// One change of the smallest set that would allow a denied request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Repair one element of an Allow statement that otherwise matches.
    Widen {
        /// The layer.
        layer: LayerKind,
        /// Its level, for SCPs.
        level: Option<usize>,
        /// The statement and what it misses.
        near: NearStatement,
    },
    /// Add an Allow statement for the action on the resource (in a resource policy: for the caller).
    Add {
        /// The layer.
        layer: LayerKind,
        /// Its level, for SCPs.
        level: Option<usize>,
    },
    /// Take the request out of a Deny statement (or make the policy readable).
    Lift {
        /// The layer.
        layer: LayerKind,
        /// Its level, for SCPs and RCPs.
        level: Option<usize>,
        /// The statement.
        at: StatementRef,
    },
    /// Make the bucket policy non-public, or switch `RestrictPublicBuckets` off.
    UnblockPublicAccess,
}
