//! What each kind of policy must, may and may not contain.
//!
//! Sources: IAM User Guide, "IAM JSON policy elements: Principal", "… Resource", "… Version", "… Sid";
//! Organizations User Guide, "SCP syntax" and "RCP syntax"; KMS Developer Guide, "Key policies"; KMS
//! API Reference, `PutKeyPolicy` (a statement without `Action` or `Resource` is stored and has no
//! effect).

use super::PolicyKind;

/// Whether a statement has an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// AWS refuses a statement without it.
    Required,
    /// AWS stores a statement without it, and the statement has no effect.
    Idle,
    /// It may be left out.
    Optional,
    /// AWS refuses a statement with it.
    Forbidden,
}

/// The rules of one kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// What the kind is called in messages, with its article.
    pub(super) name: &'static str,
    /// `Principal` or `NotPrincipal`.
    pub(super) principal: Presence,
    /// `Action` or `NotAction`.
    pub(super) action: Presence,
    /// `Resource` or `NotResource`.
    pub(super) resource: Presence,
    /// Whether `Version` must be there and be `2012-10-17`.
    pub(super) version_2012: bool,
    /// Whether a `Sid` is letters and digits only, and AWS refuses a repeated one.
    pub(super) strict_sid: bool,
}

impl Rules {
    /// The rules of `kind`.
    pub(super) fn of(kind: PolicyKind) -> Self {
        use PolicyKind as K;
        use Presence::{Forbidden, Idle, Optional, Required};
        let rules = |name, principal, resource, version_2012, strict_sid| Self {
            name,
            principal,
            action: Required,
            resource,
            version_2012,
            strict_sid,
        };
        match kind {
            // CreatePolicy alone answers "Policy document must be version 2012-10-17 or greater."
            // (Bayer-Group/cloudformation-template-generator #90); the grammar lets others leave it out.
            K::Managed => rules("a managed policy", Forbidden, Required, true, true),
            K::UserInline => rules("an inline policy of a user", Forbidden, Required, false, true),
            K::GroupInline => {
                rules("an inline policy of a group", Forbidden, Required, false, true)
            }
            K::RoleInline => rules("an inline policy of a role", Forbidden, Required, false, true),
            K::Session => rules("a session policy", Forbidden, Required, false, true),
            K::Scp => rules("a service control policy", Forbidden, Required, true, true),
            K::Rcp => rules("a resource control policy", Required, Required, true, true),
            K::Endpoint => rules("a VPC endpoint policy", Required, Required, false, false),
            K::Trust => rules("a trust policy", Required, Forbidden, false, true),
            K::Bucket => rules("a bucket policy", Required, Required, false, false),
            K::Key => Self { action: Idle, ..rules("a key policy", Required, Idle, false, false) },
            // ECR repository policies may not have a Resource, SQS may leave it out, SNS wants it.
            K::Resource => rules("a resource policy", Required, Optional, false, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_principal_must_have_one() {
        for kind in PolicyKind::ALL {
            let required = Rules::of(kind).principal == Presence::Required;
            assert_eq!(kind.has_principal(), required, "{kind:?}");
        }
    }
}
