//! The faults of Organizations. Source: Organizations API Reference for codes and reasons; texts as
//! recorded, or else the sentence of the reference.

use crate::fault::Fault;

/// What everybody is told whom only the organization could let in (recorded).
pub(super) const NO_PERMISSION: &str = "You don't have permissions to access this resource.";

/// A fault of Organizations: all have the status 400.
pub(super) fn new(code: &'static str, text: &str) -> Fault {
    Fault::new(code, text).with_status(400)
}

/// The caller's account is in no organization.
pub(super) fn not_in_use() -> Fault {
    let text = "Your account is not a member of an organization.";
    new("AWSOrganizationsNotInUseException", text)
}

/// The caller's account, or the one that is invited, is in the organization already.
pub(super) fn already_in() -> Fault {
    let text = "The AWS account is already a member of an organization.";
    new("AlreadyInOrganizationException", text)
}

/// There is no such root or unit to be in.
pub(super) fn no_parent() -> Fault {
    new("ParentNotFoundException", "You specified parent that doesn't exist.")
}

/// There is no such unit.
pub(super) fn no_unit() -> Fault {
    let text = "You specified an organizational unit that doesn't exist.";
    new("OrganizationalUnitNotFoundException", text)
}

/// There is no such root.
pub(super) fn no_root() -> Fault {
    new("RootNotFoundException", "You specified a root that doesn't exist.")
}

/// There is no such account in the organization.
pub(super) fn no_account() -> Fault {
    new("AccountNotFoundException", "You specified an account that doesn't exist.")
}

/// There is nothing of this id that policies or tags could be attached to.
pub(super) fn no_target() -> Fault {
    new("TargetNotFoundException", "You specified a target that doesn't exist.")
}

/// There is no such policy.
pub(super) fn no_policy() -> Fault {
    let text = "We can't find a policy with the PolicyId that you specified.";
    new("PolicyNotFoundException", text)
}

/// A unit of this name is there already.
pub(super) fn unit_exists() -> Fault {
    let text = "An OU with the same name already exists.";
    new("DuplicateOrganizationalUnitException", text)
}

/// A policy of this name and type is there already.
pub(super) fn policy_exists() -> Fault {
    new("DuplicatePolicyException", SAME_NAME)
}

/// The policy is attached already: AWS answers with the sentence of another fault (recorded).
pub(super) fn attached_already() -> Fault {
    new("DuplicatePolicyAttachmentException", SAME_NAME)
}

const SAME_NAME: &str = "A policy with the specified name and type already exists.";

/// Policies of this type are off.
pub(super) fn type_is_off() -> Fault {
    let text = "This operation can be performed only for enabled policy types.";
    new("PolicyTypeNotEnabledException", text)
}

/// The organization has consolidated billing only.
pub(super) fn type_is_unavailable() -> Fault {
    let text = "You can't use the specified policy type with the feature set currently enabled for \
                this organization.";
    new("PolicyTypeNotAvailableForOrganizationException", text)
}

/// A limit is reached.
pub(super) fn limit(reason: &'static str, text: &str) -> Fault {
    new("ConstraintViolationException", text).with("Reason", reason)
}

/// The input is wrong.
pub(super) fn invalid(reason: &'static str, text: &str) -> Fault {
    new("InvalidInputException", text).with("Reason", reason)
}

/// A policy of AWS's own.
pub(super) fn immutable() -> Fault {
    invalid(
        "IMMUTABLE_POLICY",
        "You specified a policy that is managed by AWS and can't be modified.",
    )
}

/// An account cannot be invited, or cannot join.
pub(super) fn constraint_of_handshake(reason: &'static str) -> Fault {
    let text =
        "The requested operation would violate the constraint identified in the reason code.";
    new("HandshakeConstraintViolationException", text).with("Reason", reason)
}
