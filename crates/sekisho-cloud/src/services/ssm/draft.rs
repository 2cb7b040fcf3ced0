//! A new version of a parameter, from what is asked and the version before.
//! Source: Systems Manager API Reference, "PutParameter".

use regex::Regex;

use super::fault;
use super::put_parameter::Input;
use super::state::{Ssm, Version};
use super::value::{self, Held};
use crate::act::Act;
use crate::fault::Fault;

/// The most bytes of a value of the tier `Standard`. Source: "Managing parameter tiers".
const STANDARD_MAX: usize = 4_096;
/// The most bytes of a value of the tier `Advanced`.
const ADVANCED_MAX: usize = 8_192;
/// What a value may be of. Source: API Reference, "PutParameter", `DataType`.
const DATA_TYPES: [&str; 3] = ["text", "aws:ec2:image", "aws:ssm:integration"];

/// Makes the version; a `SecureString` is encrypted as the caller.
pub(super) fn version(
    input: &Input,
    before: Option<&Version>,
    number: u64,
    arn: &str,
    act: &mut Act<'_, Ssm>,
) -> Result<Version, Fault> {
    let kind = kind(input, before)?;
    let is_advanced = is_advanced(input, before)?;
    let data_type = data_type(input, before)?;
    check_value(input)?;
    let is_secure = kind == "SecureString";
    if input.key_id.is_some() && !is_secure {
        return Err(fault::validation("KeyId is required for SecureString type parameter only."));
    }
    let key_id =
        is_secure.then(|| input.key_id.as_deref().unwrap_or(value::DEFAULT_KEY).to_owned());
    let value = match &key_id {
        Some(key_id) => value::encrypt(&input.value, key_id, arn, is_advanced, act)?,
        None => Held::Plain(input.value.clone()),
    };
    Ok(Version {
        number,
        kind,
        value,
        key_id,
        description: input.description.clone(),
        pattern: input.allowed_pattern.clone(),
        is_advanced,
        data_type,
        modified_ms: act.now_ms(),
        modified_by: act.principal().caller.to_string(),
        labels: Default::default(),
    })
}

/// Another kind than before is taken, though the model has an error for it.
/// Source: tests that Terraform's AWS provider runs against AWS, `TestAccSSMParameter_updateType`.
fn kind(input: &Input, before: Option<&Version>) -> Result<String, Fault> {
    let kind = input.r#type.as_ref().or(before.map(|before| &before.kind));
    let missing = "A parameter type is required when you create a parameter.";
    kind.cloned().ok_or_else(|| fault::validation(missing))
}

fn is_advanced(input: &Input, before: Option<&Version>) -> Result<bool, Fault> {
    let was = before.is_some_and(|before| before.is_advanced);
    let is_long = input.value.len() > STANDARD_MAX;
    let is = match input.tier.as_deref() {
        Some("Advanced") => true,
        Some("Intelligent-Tiering") => was || is_long,
        Some(_) if was => return Err(fault::validation(DOWNGRADE)),
        Some(_) => false,
        None => was,
    };
    if is && input.value.len() > ADVANCED_MAX {
        let text = "Advanced tier parameters support a maximum parameter value of 8192 characters.";
        return Err(fault::validation(text));
    }
    if is_long && !is { Err(fault::validation(TOO_LONG)) } else { Ok(is) }
}

const DOWNGRADE: &str = "This parameter uses the advanced-parameter tier. You can't downgrade a \
    parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can \
    delete the advanced parameter and recreate it as a standard parameter.";
const TOO_LONG: &str = "Standard tier parameters support a maximum parameter value of 4096 characters. \
    To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For \
    more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/\
    parameter-store-advanced-parameters.html";

fn data_type(input: &Input, before: Option<&Version>) -> Result<String, Fault> {
    let held = before.map(|before| before.data_type.as_str());
    let asked = input.data_type.as_deref().or(held).unwrap_or("text");
    if DATA_TYPES.contains(&asked) {
        return Ok(asked.to_owned());
    }
    Err(fault::validation(format!(
        "The following data type is not supported: {asked} (Data type names are all lowercase.)"
    )))
}

/// The value is never part of a text: it may be secret.
fn check_value(input: &Input) -> Result<(), Fault> {
    if input.value.is_empty() {
        return Err(fault::validation(
            "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must \
             have length greater than or equal to 1",
        ));
    }
    if input.value.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}")) {
        let text =
            "Parameter value can't nest another parameter. Do not use \"{{}}\" in the value.";
        return Err(fault::validation(text));
    }
    let Some(pattern) = input.allowed_pattern.as_deref().filter(|text| !text.is_empty()) else {
        return Ok(());
    };
    let whole = Regex::new(&format!("^(?:{pattern})$"));
    match whole {
        Err(_) => {
            let text = "The request does not meet the regular expression requirement.";
            Err(Fault::new("InvalidAllowedPatternException", text))
        }
        Ok(regex) if !regex.is_match(&input.value) => {
            let text =
                format!("Parameter value, cannot be validated against allowedPattern: {pattern}");
            Err(Fault::new("ParameterPatternMismatchException", text))
        }
        Ok(_) => Ok(()),
    }
}
