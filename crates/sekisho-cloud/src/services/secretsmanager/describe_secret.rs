//! `DescribeSecret`: everything but its values.
//! Source: Secrets Manager API Reference, "DescribeSecret".

use serde::{Deserialize, Serialize};

use super::find;
use super::shown::Described;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:DescribeSecret`.
#[derive(Debug)]
pub struct DescribeSecret;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
}

impl Operation for DescribeSecret {
    const NAME: &'static str = "secretsmanager:DescribeSecret";
    const ASKS: &'static [&'static str] = &["secretsmanager:DescribeSecret"];
    const EFFECT: Effect = Effect::Read;

    type State = SecretsManager;
    type In = Input;
    type Out = Described;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![find::ask(Self::NAME, &input.secret_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Described, Fault> {
        let secret = find::any(&input.secret_id, act)?;
        Ok(Described::of(&secret, act.read()))
    }
}
