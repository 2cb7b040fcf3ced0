//! What the service answers when it does not succeed. Sources: texts as recorded and reported of AWS;
//! those of parameters as the moto project has them.

use crate::fault::Fault;

/// A name of letters that no secret can have (observed, of names to be made and to be found alike).
pub(super) fn invalid_name() -> Fault {
    let text = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the \
                following: -/_+=.@!";
    Fault::new("ValidationException", text).with_status(400)
}

/// A parameter that cannot be so.
pub(super) fn parameter(text: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterException", text)
}

/// A request that cannot be carried out as things are.
pub(super) fn request(text: impl Into<String>) -> Fault {
    Fault::new("InvalidRequestException", text)
}

/// There is no such secret.
pub(super) fn no_secret() -> Fault {
    let text = "Secrets Manager can't find the specified secret.";
    Fault::new("ResourceNotFoundException", text)
}

/// No version bears this staging label.
pub(super) fn no_stage(stage: &str) -> Fault {
    let text =
        format!("Secrets Manager can't find the specified secret value for staging label: {stage}");
    Fault::new("ResourceNotFoundException", text)
}

/// There is no such version.
pub(super) fn no_version(id: &str) -> Fault {
    let text = format!("Secrets Manager can't find the specified secret value for VersionId: {id}");
    Fault::new("ResourceNotFoundException", text)
}

/// The secret is marked for deletion.
pub(super) fn marked() -> Fault {
    request("You can't perform this operation on the secret because it was marked for deletion.")
}

/// There is such a secret already.
pub(super) fn exists(name: &str) -> Fault {
    let text = format!("The operation failed because the secret {name} already exists.");
    Fault::new("ResourceExistsException", text)
}

/// The token has made another version.
pub(super) fn token_in_use(token: &str, arn: &str) -> Fault {
    let text = format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version \
         of secret {arn}."
    );
    Fault::new("ResourceExistsException", text)
}

/// A token that this list did not give.
pub(super) fn bad_token() -> Fault {
    Fault::new("InvalidNextTokenException", "Invalid NextToken")
}

/// A resource policy that cannot be.
pub(super) fn malformed_policy(text: impl Into<String>) -> Fault {
    Fault::new("MalformedPolicyDocumentException", text)
}

/// What KMS said when a value was to be encrypted or decrypted. A refusal is not passed on in KMS's
/// words; anything else is a fault of this code.
pub(super) fn of_kms(code: &'static str, fault: Fault) -> Fault {
    if fault.code == "AccessDeniedException" {
        let text = "Access to KMS is not allowed";
        let refused = Fault::new("AccessDeniedException", text).with_status(400);
        return Fault { denial: fault.denial, ..refused };
    }
    Fault::new(code, fault.message.unwrap_or_default()).with_status(400)
}
