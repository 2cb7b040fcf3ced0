//! The faults of IAM. Source: IAM API Reference for codes; texts as recorded from IAM.

use crate::fault::Fault;

/// There is no such user.
pub(super) fn no_user(name: &str) -> Fault {
    let text = format!("The user with name {name} cannot be found.");
    Fault::new("NoSuchEntity", text)
}

/// The name is taken.
pub(super) fn user_exists(name: &str) -> Fault {
    Fault::new("EntityAlreadyExists", format!("User with name {name} already exists."))
}

/// A boundary that is no policy.
pub(super) fn no_boundary(arn: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("Scope ARN: {arn} does not exist or is not attachable."))
}

/// Two tags with the same key.
pub(super) fn duplicate_tags() -> Fault {
    let text = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    Fault::new("InvalidInput", text)
}

/// A quota is used up: `Cannot exceed quota for PoliciesPerRole: 10`.
pub(super) fn quota(name: &str, most: usize) -> Fault {
    Fault::new("LimitExceeded", format!("Cannot exceed quota for {name}: {most}"))
}

/// A caller that is no user did not say whom it means.
pub(super) fn needs_user_name() -> Fault {
    Fault::new("ValidationError", "Must specify userName when calling with non-User credentials")
}

/// A managed policy that is not there, or is another account's.
pub(super) fn not_attachable(arn: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("Policy {arn} does not exist or is not attachable."))
}

/// A text that is no ARN of a policy.
pub(super) fn not_an_arn(arn: &str) -> Fault {
    Fault::new("ValidationError", format!("ARN {arn} is not valid."))
}
