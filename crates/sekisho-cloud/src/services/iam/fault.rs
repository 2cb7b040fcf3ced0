//! The faults of IAM. Source: IAM API Reference for codes; texts as recorded from IAM.

use sekisho_iam::Caller;

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

/// There is no such group.
pub(super) fn no_group(name: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("The group with name {name} cannot be found."))
}

/// The name is taken.
pub(super) fn group_exists(name: &str) -> Fault {
    Fault::new("EntityAlreadyExists", format!("Group with name {name} already exists."))
}

/// There is no such access key, or it is another user's.
pub(super) fn no_access_key(id: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
}

/// Somebody asks about an access key that the account does not have (recorded).
pub(super) fn unknown_key_asked(id: &str, caller: &Caller) -> Fault {
    let text = format!(
        "User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access \
         key {id}"
    );
    Fault { denial: true, ..Fault::new("AccessDenied", text).with_status(403) }
}

/// An ARN that is none of a user, group or role (recorded).
pub(super) fn no_subject(arn: &str) -> Fault {
    Fault::new("InvalidInput", format!("Invalid ARN provided in the request: {arn}"))
}

/// A simulation with a resource policy and without a user who calls (recorded).
pub(super) fn caller_is_no_user() -> Fault {
    let text = "Invalid caller - Caller must be an IAM user in this context.";
    Fault::new("InvalidInput", text)
}

/// Another account has this alias.
pub(super) fn alias_exists(alias: &str) -> Fault {
    Fault::new("EntityAlreadyExists", format!("The account alias {alias} already exists."))
}

/// The account does not have this alias.
pub(super) fn no_alias(alias: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("The Account Alias with name {alias} cannot be found."))
}

/// The user, group or role (`of`) has no inline policy of this name.
pub(super) fn no_inline(of: &str, name: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("The {of} policy with name {name} cannot be found."))
}

/// The inline policies of a user, group or role (`of`) are too long together.
pub(super) fn inline_too_long(most: usize, of: &str, name: &str) -> Fault {
    let text = format!("Maximum policy size of {most} bytes exceeded for {of} {name}");
    Fault::new("LimitExceeded", text)
}

/// Something hangs on what is to be deleted: `detach all policies`.
pub(super) fn in_use(first: &str) -> Fault {
    Fault::new("DeleteConflict", format!("Cannot delete entity, must {first} first."))
}

/// A marker that no list has given.
pub(super) fn bad_marker() -> Fault {
    Fault::new("ValidationError", "Invalid Marker.")
}

/// A text that is no ARN of a policy, given as a boundary.
pub(super) fn no_arn_of_a_boundary(arn: &str) -> Fault {
    Fault::new("InvalidInput", format!("ARN {arn} is not valid."))
}

/// A managed policy that is not there, or not attached.
pub(super) fn policy_not_found(arn: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("Policy {arn} was not found."))
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

/// More tags in all than anything may have.
pub(super) fn too_many_tags() -> Fault {
    Fault::new("LimitExceeded", "The number of tags has reached the maximum limit.")
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
