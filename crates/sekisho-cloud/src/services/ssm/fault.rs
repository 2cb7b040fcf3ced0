//! What the service answers when it does not succeed. Sources: texts as reported of AWS; those of
//! selectors, labels and filters as the moto project has them.

use crate::fault::Fault;

/// A request that is not well formed.
pub(super) fn validation(text: impl Into<String>) -> Fault {
    Fault::new("ValidationException", text).with_status(400)
}

/// A name with too many parts. The sentence is that of the API reference about this error.
pub(super) fn too_many_levels(most: usize) -> Fault {
    let text = format!("A hierarchy can have a maximum of {most} levels.");
    Fault::new("HierarchyLevelLimitExceededException", text)
}

/// There is no such parameter. AWS sends no text.
pub(super) fn not_found() -> Fault {
    Fault::silent("ParameterNotFound")
}

/// There is no such version.
pub(super) fn no_version(selector: &str, name: &str) -> Fault {
    let text = format!(
        "Systems Manager could not find version {selector} of {name}. Verify the version and try again."
    );
    Fault::new("ParameterVersionNotFound", text)
}

/// There is such a parameter already.
pub(super) fn exists() -> Fault {
    let text = "The parameter already exists. To overwrite this value, set the overwrite option in the \
                request to true.";
    Fault::new("ParameterAlreadyExists", text)
}

/// A token that this list did not give.
pub(super) fn bad_token() -> Fault {
    Fault::new("InvalidNextToken", "The specified token is not valid.")
}

/// Tags on something that is not there. AWS's text is not known.
pub(super) fn no_resource() -> Fault {
    Fault::silent("InvalidResourceId")
}

/// What KMS said, as the service passes it on: a refusal as it is, anything else about the key as
/// `InvalidKeyId`. Source: Systems Manager User Guide, "Troubleshooting Parameter Store".
pub(super) fn of_kms(fault: &Fault) -> Fault {
    let said = fault.message.clone().unwrap_or_default();
    let text = format!("{said} (Service: AWSKMS; Status Code: 400; Error Code: {})", fault.code);
    let passed_on = match fault.code {
        "AccessDeniedException" => Fault::new("AccessDeniedException", text),
        _ => Fault::new("InvalidKeyId", text),
    };
    Fault { denial: fault.denial, ..passed_on.with_status(400) }
}
