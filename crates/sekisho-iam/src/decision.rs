//! What was decided, and which layers of policy decided it.

/// One kind of policy that bears on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum LayerKind {
    /// Policies of the caller: inline, managed, of its groups; also the standing right of an account's root user.
    Identity,
    /// The permissions boundary of the caller.
    Boundary,
    /// The policies passed when the caller's session was made.
    Session,
    /// Service control policies of the caller's organization.
    Scp,
    /// Resource control policies of the resource's organization.
    Rcp,
    /// The policy of the VPC endpoint that the request came through.
    Endpoint,
    /// The policy of the resource: bucket policy, key policy, role trust policy …
    Resource,
    /// A KMS grant.
    Grant,
    /// S3 Block Public Access.
    PublicAccessBlock,
}

impl LayerKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Boundary,
        Self::Session,
        Self::Scp,
        Self::Rcp,
        Self::Endpoint,
        Self::Resource,
        Self::Grant,
        Self::PublicAccessBlock,
    ];

    /// The name AWS uses for it in a denial: `identity-based policy`, `permissions boundary` …
    pub fn noun(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Scp => "service control policy",
            Self::Rcp => "resource control policy",
            Self::Endpoint => "VPC endpoint policy",
            Self::Resource => "resource-based policy",
            Self::Grant => "KMS grant",
            Self::PublicAccessBlock => "S3 Block Public Access setting",
        }
    }
}

/// A set of [`LayerKind`]s.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LayerSet(u16);

impl LayerSet {
    /// No layer.
    pub const EMPTY: Self = Self(0);

    /// Just one layer.
    pub const fn only(kind: LayerKind) -> Self {
        Self(1 << kind as u8)
    }

    /// This set and one layer more.
    #[must_use]
    pub const fn with(self, kind: LayerKind) -> Self {
        Self(self.0 | Self::only(kind).0)
    }

    /// Whether the layer is in it.
    pub const fn contains(self, kind: LayerKind) -> bool {
        self.0 & Self::only(kind).0 != 0
    }

    /// Whether no layer is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The layers in it, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = LayerKind> {
        LayerKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl std::fmt::Debug for LayerSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Whether a request is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is allowed.
    Allowed,
    /// Nothing denies it, and not everything that must allow it does.
    ImplicitlyDenied,
    /// A Deny statement matches it.
    ExplicitlyDenied,
}

/// The answer to a request.
///
/// `layers` are the layers that decided. For an allowed request: those that granted it (both sides
/// of a cross-account request; for a request within one account the identity policies where they
/// suffice, else the resource policy or grant, or the two together where the resource policy only
/// delegates; none for the few requests that need no permission). For a denied one: the one layer that AWS names in its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Whether it is allowed.
    pub outcome: Outcome,
    /// Which layers decided.
    pub layers: LayerSet,
}

impl Decision {
    /// An allowed request and the layers that granted it.
    pub const fn allowed(layers: LayerSet) -> Self {
        Self { outcome: Outcome::Allowed, layers }
    }

    /// A request that `layer` does not allow.
    pub const fn implicit(layer: LayerKind) -> Self {
        Self { outcome: Outcome::ImplicitlyDenied, layers: LayerSet::only(layer) }
    }

    /// A request that `layer` denies.
    pub const fn explicit(layer: LayerKind) -> Self {
        Self { outcome: Outcome::ExplicitlyDenied, layers: LayerSet::only(layer) }
    }

    /// Whether the request is allowed.
    pub const fn is_allowed(self) -> bool {
        matches!(self.outcome, Outcome::Allowed)
    }

    /// The layer that AWS names in the message of a denial.
    pub fn denied_by(self) -> Option<LayerKind> {
        if self.is_allowed() { None } else { self.layers.iter().next() }
    }
}
