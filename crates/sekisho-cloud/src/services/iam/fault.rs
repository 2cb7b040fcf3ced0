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

/// There is no such role.
pub(super) fn no_role(name: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("The role with name {name} cannot be found."))
}

/// The name is taken.
pub(super) fn role_exists(name: &str) -> Fault {
    Fault::new("EntityAlreadyExists", format!("Role with name {name} already exists."))
}

/// A path that AWS keeps for its services. The text is ours.
pub(super) fn path_of_services(path: &str) -> Fault {
    let text = format!("The path {path} is reserved for service-linked roles.");
    Fault::new("InvalidInput", text)
}

/// A policy that cannot be read, though nothing is wrong with it.
pub(super) fn unreadable() -> Fault {
    Fault::new("MalformedPolicyDocument", "The policy could not be parsed.")
}

/// A trust policy names somebody who does not exist: the key stands in capitals.
pub(super) fn invalid_principal(key: &str, name: &str) -> Fault {
    let key = key.to_ascii_uppercase();
    let text = format!("Invalid principal in policy: \"{key}\":\"{name}\"");
    Fault::new("MalformedPolicyDocument", text)
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

/// A policy of AWS that is for service-linked roles.
pub(super) fn for_services_only() -> Fault {
    Fault::new("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.")
}

/// Two tags with the same key.
pub(super) fn duplicate_tags() -> Fault {
    let text = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    Fault::new("InvalidInput", text)
}

/// A tag's key begins with `aws:`: the sentence of services that share AWS's tagging.
pub(super) fn reserved_tag() -> Fault {
    let text = "aws: prefixed tag key names are not allowed for external use.";
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

/// The name is taken, in whatever path.
pub(super) fn policy_exists(name: &str) -> Fault {
    let text = format!("A policy called {name} already exists. Duplicate names are not allowed.");
    Fault::new("EntityAlreadyExists", text)
}

/// A policy without such a version, or no policy.
pub(super) fn no_version(arn: &str, version: &str) -> Fault {
    let text = format!("Policy {arn} version {version} does not exist or is not attachable.");
    Fault::new("NoSuchEntity", text)
}

/// A policy that somebody has. For a boundary AWS's text is not known; it is told the same.
pub(super) fn policy_in_use() -> Fault {
    Fault::new("DeleteConflict", "Cannot delete a policy attached to entities.")
}

/// A policy with more than its default version.
pub(super) fn policy_has_versions() -> Fault {
    let text = "This policy has more than one version. Before you delete a policy, you must delete \
                the policy's versions. The default version is deleted with the policy.";
    Fault::new("DeleteConflict", text)
}

/// The version that is in force.
pub(super) fn default_version() -> Fault {
    Fault::new("DeleteConflict", "Cannot delete the default version of a policy.")
}

/// A policy with as many versions as it can have.
pub(super) fn too_many_versions(most: usize) -> Fault {
    let text = format!(
        "A managed policy can have up to {most} versions. Before you create a new version, you must \
         delete an existing version."
    );
    Fault::new("LimitExceeded", text)
}

/// Two tags of a policy with the same key.
pub(super) fn duplicate_policy_tags() -> Fault {
    Fault::new("InvalidInput", "Duplicate tag keys found.")
}

/// There is no such instance profile.
pub(super) fn no_profile(name: &str) -> Fault {
    Fault::new("NoSuchEntity", format!("Instance Profile {name} cannot be found."))
}

/// The name is taken.
pub(super) fn profile_exists(name: &str) -> Fault {
    Fault::new("EntityAlreadyExists", format!("Instance Profile {name} already exists."))
}

/// The instance profile does not hold the role.
pub(super) fn no_role_in_profile(role: &str, profile: &str) -> Fault {
    let text = format!("Role {role} in Instance Profile {profile} cannot be found.");
    Fault::new("NoSuchEntity", text)
}
