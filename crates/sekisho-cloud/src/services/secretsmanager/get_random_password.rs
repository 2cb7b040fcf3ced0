//! `GetRandomPassword`: it is told and not kept.
//! Source: Secrets Manager API Reference, "GetRandomPassword".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:GetRandomPassword`.
#[derive(Debug)]
pub struct GetRandomPassword;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its length; 32 where it is left out.
    pub password_length: Option<i64>,
    /// Characters that must not be in it.
    pub exclude_characters: Option<String>,
    /// Whether it has no digits.
    pub exclude_numbers: Option<bool>,
    /// Whether it has no punctuation.
    pub exclude_punctuation: Option<bool>,
    /// Whether it has no capital letters.
    pub exclude_uppercase: Option<bool>,
    /// Whether it has no small letters.
    pub exclude_lowercase: Option<bool>,
    /// Whether it may have spaces.
    pub include_space: Option<bool>,
    /// Whether it has some of each kind; so where it is left out.
    pub require_each_included_type: Option<bool>,
}

/// The output.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The password.
    pub random_password: String,
}

impl Operation for GetRandomPassword {
    const NAME: &'static str = "secretsmanager:GetRandomPassword";
    const ASKS: &'static [&'static str] = &["secretsmanager:GetRandomPassword"];
    const EFFECT: Effect = Effect::Read;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let kinds = kinds(&input);
        let all: Vec<u8> = kinds.concat();
        let length = usize::try_from(input.password_length.unwrap_or(LENGTH)).unwrap_or_default();
        let required = input.require_each_included_type.unwrap_or(true);
        let required = if required { kinds } else { Vec::new() };
        if all.is_empty() || length > LENGTH_MAX || length == 0 {
            return Err(fault::parameter("No password can be made of these parameters."));
        }
        let rest = length.checked_sub(required.len()).ok_or_else(|| {
            fault::parameter(format!(
                "Password length {length} too short based on the required types."
            ))
        })?;
        let mut password = act.dice().text(&all, rest);
        for kind in required {
            let place = u64::from_be_bytes(act.dice().bytes()) % (password.len() as u64 + 1);
            let digit = act.dice().text(&kind, 1);
            password.insert_str(usize::try_from(place).unwrap_or_default(), &digit);
        }
        Ok(Output { random_password: password })
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").finish_non_exhaustive()
    }
}

/// The usual length.
const LENGTH: i64 = 32;
/// The greatest length.
const LENGTH_MAX: usize = 4_096;

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";
const PUNCTUATION: &[u8] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// The kinds of characters that are to be in the password, without those that are excluded.
fn kinds(input: &Input) -> Vec<Vec<u8>> {
    let not = |excluded: Option<bool>| !excluded.unwrap_or_default();
    let excluded = input.exclude_characters.as_deref().unwrap_or_default().as_bytes();
    let kinds = [
        (LOWER, not(input.exclude_lowercase)),
        (UPPER, not(input.exclude_uppercase)),
        (DIGITS, not(input.exclude_numbers)),
        (PUNCTUATION, not(input.exclude_punctuation)),
        (b" ", input.include_space.unwrap_or_default()),
    ];
    let included = kinds.into_iter().filter(|(_, is_in)| *is_in);
    let left = |kind: &[u8]| kind.iter().copied().filter(|char| !excluded.contains(char)).collect();
    included.map(|(kind, _)| left(kind)).filter(|kind: &Vec<u8>| !kind.is_empty()).collect()
}
