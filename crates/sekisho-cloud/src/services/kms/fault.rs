//! The faults of KMS. Source: KMS API Reference for codes; KMS Developer Guide, "Key states of AWS KMS
//! keys" for states; texts as recorded from KMS.

use crate::fault::Fault;

/// There is no such key in the caller's account.
pub(super) fn no_key(arn: &str) -> Fault {
    Fault::new("NotFoundException", format!("Key '{arn}' does not exist"))
}

/// What was given is no key id.
pub(super) fn invalid_key_id(id: &str) -> Fault {
    Fault::new("NotFoundException", format!("Invalid keyId '{id}'"))
}

/// An ARN of another region, or none of KMS.
pub(super) fn invalid_arn(part: &str) -> Fault {
    Fault::new("NotFoundException", format!("Invalid arn {part}"))
}

/// There is no such alias in the caller's account.
pub(super) fn no_alias(arn: &str) -> Fault {
    Fault::new("NotFoundException", format!("Alias {arn} is not found."))
}

/// An alias where a key is wanted.
pub(super) fn aliases_not_supported() -> Fault {
    Fault::new("InvalidArnException", "Key Aliases are not supported for this operation.")
}

/// The key is disabled.
pub(super) fn disabled(arn: &str) -> Fault {
    Fault::new("DisabledException", format!("{arn} is disabled."))
}

/// The key waits for its end.
pub(super) fn pending_deletion(arn: &str) -> Fault {
    Fault::new("KMSInvalidStateException", format!("{arn} is pending deletion."))
}

/// The ciphertext is not one, or not of this key with this context: KMS does not say which.
pub(super) fn invalid_ciphertext() -> Fault {
    Fault::silent("InvalidCiphertextException")
}

/// The ciphertext is of another key than the one named.
pub(super) fn incorrect_key() -> Fault {
    let text = "The key ID in the request does not identify a CMK that can perform this operation.";
    Fault::new("IncorrectKeyException", text)
}

/// An algorithm of asymmetric keys.
pub(super) fn incompatible(algorithm: &str) -> Fault {
    let text = format!("Algorithm {algorithm} is incompatible with key spec SYMMETRIC_DEFAULT.");
    Fault::new("InvalidKeyUsageException", text)
}

/// The request would have succeeded.
pub(super) fn dry_run() -> Fault {
    let text = "The request would have succeeded, but the DryRun option is set.";
    Fault::new("DryRunOperationException", text)
}

/// A request that the model allows and KMS does not.
pub(super) fn validation(text: impl Into<String>) -> Fault {
    Fault::new("ValidationException", text)
}

/// A key policy that KMS does not take.
pub(super) fn malformed_policy(text: impl Into<String>) -> Fault {
    Fault::new("MalformedPolicyDocumentException", text)
}

/// A grant token that is none.
pub(super) fn invalid_grant_token() -> Fault {
    Fault::silent("InvalidGrantTokenException")
}

/// Tags that KMS does not take.
pub(super) fn tags(text: &str) -> Fault {
    Fault::new("TagException", text)
}

/// A quota is used up.
pub(super) fn limit(text: impl Into<String>) -> Fault {
    Fault::new("LimitExceededException", text)
}

/// The key does not wait for its end.
pub(super) fn not_pending_deletion(arn: &str) -> Fault {
    Fault::new("KMSInvalidStateException", format!("{arn} is not pending deletion."))
}

/// A marker that this list did not give.
pub(super) fn invalid_marker() -> Fault {
    Fault::new("InvalidMarkerException", "The marker is not valid.")
}

/// There is such an alias already.
pub(super) fn alias_exists(arn: &str) -> Fault {
    Fault::new("AlreadyExistsException", format!("An alias with the name {arn} already exists"))
}

/// The name of an alias without its prefix.
pub(super) fn alias_prefix() -> Fault {
    validation(
        "Alias must start with the prefix \"alias/\". Please see \
         https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
    )
}

/// The name of an alias that AWS keeps for its own keys.
pub(super) fn reserved_alias() -> Fault {
    Fault::silent("NotAuthorizedException").with_status(400)
}

/// A key policy of another name than `default`.
pub(super) fn no_policy() -> Fault {
    Fault::new("NotFoundException", "No such policy exists")
}

/// There is no such grant.
pub(super) fn no_grant(id: &str) -> Fault {
    Fault::new("NotFoundException", format!("Grant ID {id} not found"))
}

/// Who cannot be named in a grant (the text is observed of a role that AWS did not know yet).
pub(super) fn invalid_principal(name: &str) -> Fault {
    let text = format!("ARN does not refer to a valid principal: {name}");
    Fault::new("InvalidArnException", text)
}

/// A key id where its ARN is wanted.
pub(super) fn invalid_key_arn(id: &str) -> Fault {
    Fault::new("InvalidArnException", format!("Invalid arn {id}"))
}
