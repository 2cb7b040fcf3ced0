//! Who can be named in a grant, and how it is kept: users and roles by their unique ids, so that a new
//! one of the same name does not inherit. Source: KMS Developer Guide, "Creating grants".

use sekisho_iam::Arn;

use super::fault;
use crate::directory::Directory;
use crate::fault::Fault;

/// The name under which a principal is kept.
///
/// # Errors
/// When it is no account, user, role, role session or federated user, or does not exist.
pub(super) fn bound(name: &str, directory: &Directory<'_>) -> Result<String, Fault> {
    let kept = Arn::parse(name).and_then(|arn| {
        let account = arn.account_id().filter(|account| directory.has_account(*account))?;
        match (arn.partition, arn.service, arn.resource.split_once('/')) {
            ("aws", "iam", None) if arn.resource == "root" => Some(name.to_owned()),
            ("aws", "iam", Some(("user" | "role", _))) => directory.id_of(name),
            ("aws", "sts", Some(("assumed-role", session))) => {
                let (role, _) = session.split_once('/')?;
                directory.has_role_named(account, role).then(|| name.to_owned())
            }
            ("aws", "sts", Some(("federated-user", _))) => Some(name.to_owned()),
            _ => None,
        }
    });
    kept.ok_or_else(|| fault::invalid_principal(name))
}

/// A principal as lists show it: by its ARN, or by its id once it is gone.
pub(super) fn shown(kept: &str, directory: &Directory<'_>) -> String {
    directory.arn_of(kept).unwrap_or_else(|| kept.to_owned())
}
