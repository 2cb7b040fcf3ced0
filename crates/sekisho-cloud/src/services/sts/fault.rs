//! The faults of STS. Source: STS API Reference for codes; texts as recorded from STS, except where
//! `docs/fidelity.md` says that they are ours.

use crate::fault::Fault;
use crate::principal::Principal;

/// A request that is wrong in itself.
pub(super) fn validation(text: impl Into<String>) -> Fault {
    Fault::new("ValidationError", text).with_status(400)
}

/// A text that is no ARN of a role.
pub(super) fn not_an_arn(arn: &str) -> Fault {
    validation(format!("{arn} is invalid"))
}

/// Tags that do not go together.
pub(super) fn tags(text: &str) -> Fault {
    Fault::new("InvalidParameterValue", text).with_status(400)
}

/// A refusal that no policy can change.
pub(super) fn refused(text: impl Into<String>) -> Fault {
    Fault { denial: true, ..Fault::new("AccessDenied", text).with_status(403) }
}

/// Somebody wants to make a session from a session.
pub(super) fn has_session(operation: &str) -> Fault {
    refused(format!("Cannot call {operation} with session credentials"))
}

/// A code of a device that nobody has: there are no MFA devices here.
pub(super) fn no_device() -> Fault {
    refused(
        "MultiFactorAuthentication failed, unable to validate MFA code.  \
         Please verify your MFA serial number is valid and associated with this user.",
    )
}

/// A session has a source identity and wants another.
pub(super) fn other_source_identity(principal: &Principal, role: &str) -> Fault {
    let caller = &principal.caller;
    refused(format!(
        "User: {caller} is not authorized to perform: sts:SetSourceIdentity on resource: {role}"
    ))
}

/// Policies or tags that do not fit into a token.
pub(super) fn packed(percent: usize, by_policy: bool) -> Fault {
    let text = if by_policy {
        format!("Packed policy consumes {percent}% of allotted space, please use smaller policy.")
    } else {
        format!("Packed size of session tags consumes {percent}% of allotted space.")
    };
    Fault::new("PackedPolicyTooLarge", text)
}
