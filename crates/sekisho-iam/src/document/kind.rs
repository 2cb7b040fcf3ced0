//! The kinds of policy.

/// What a policy is attached to. The kind decides which elements it must and may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// A managed policy: identity policy or permissions boundary.
    Managed,
    /// Embedded in a user.
    UserInline,
    /// Embedded in a group.
    GroupInline,
    /// Embedded in a role.
    RoleInline,
    /// Passed when a session is made.
    Session,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// The policy of a VPC endpoint.
    Endpoint,
    /// The trust policy of a role.
    Trust,
    /// The policy of an S3 bucket.
    Bucket,
    /// The policy of a KMS key.
    Key,
    /// The policy of any other resource: queue, topic, secret, repository, function …
    Resource,
}

impl PolicyKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 12] = [
        Self::Managed,
        Self::UserInline,
        Self::GroupInline,
        Self::RoleInline,
        Self::Session,
        Self::Scp,
        Self::Rcp,
        Self::Endpoint,
        Self::Trust,
        Self::Bucket,
        Self::Key,
        Self::Resource,
    ];

    /// Whether the policy says who it is about: it is attached to a resource, not to a principal.
    pub fn has_principal(self) -> bool {
        matches!(
            self,
            Self::Rcp | Self::Endpoint | Self::Trust | Self::Bucket | Self::Key | Self::Resource
        )
    }
}
