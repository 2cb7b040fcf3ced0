//! Which keys can be made: symmetric encryption keys with key material of KMS's own. Others are
//! refused by name. Source: KMS API Reference, "CreateKey".

use super::create_key::Input;
use super::fault;
use crate::fault::Fault;

/// Refuses keys of other specs, usages and origins.
pub(super) fn symmetric_only(input: &Input) -> Result<(), Fault> {
    let spec = input.key_spec.as_deref();
    if spec.is_some() && input.customer_master_key_spec.is_some() {
        let text = "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. \
                    CustomerMasterKeySpec is deprecated.";
        return Err(fault::validation(text));
    }
    let spec = spec.or(input.customer_master_key_spec.as_deref());
    if spec.is_some_and(|spec| spec != "SYMMETRIC_DEFAULT") && input.key_usage.is_none() {
        let text = "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.";
        return Err(fault::validation(text));
    }
    only("KeySpec", spec, "SYMMETRIC_DEFAULT")?;
    only("KeyUsage", input.key_usage.as_deref(), "ENCRYPT_DECRYPT")?;
    only("Origin", input.origin.as_deref(), "AWS_KMS")?;
    let multi_region = input.multi_region.map(|multi_region| multi_region.to_string());
    only("MultiRegion", multi_region.as_deref(), "false")
}

fn only(member: &str, given: Option<&str>, served: &str) -> Result<(), Fault> {
    match given.filter(|given| *given != served) {
        Some(given) => Err(Fault::not_served(&format!(
            "the value `{given}` of `{member}` is not served in `kms:CreateKey`, only `{served}`; \
             docs/services.md lists what is"
        ))),
        None => Ok(()),
    }
}
