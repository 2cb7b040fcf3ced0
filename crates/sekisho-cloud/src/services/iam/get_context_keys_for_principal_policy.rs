//! `GetContextKeysForPrincipalPolicy`: the condition keys that the policies of a user, group or
//! role name. Source: IAM API Reference, "GetContextKeysForPrincipalPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::subject::{self, Subject};
use super::simulation::{Source, keys, sent};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetContextKeysForPrincipalPolicy`.
#[derive(Debug)]
pub struct GetContextKeysForPrincipalPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the user, group or role.
    pub policy_source_arn: String,
    /// Further policies.
    #[serde(default)]
    pub policy_input_list: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    context_key_names: Vec<String>,
}

impl Operation for GetContextKeysForPrincipalPolicy {
    const NAME: &'static str = "iam:GetContextKeysForPrincipalPolicy";
    const ASKS: &'static [&'static str] = &["iam:GetContextKeysForPrincipalPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![subject::ask(
            "iam:GetContextKeysForPrincipalPolicy",
            &input.policy_source_arn,
            view,
        )?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        let subject = Subject::find(iam, act.account()?, &input.policy_source_arn)?;
        let mut sources = subject.sources(iam);
        sources.extend(sent("PolicyInputList", &input.policy_input_list)?);
        Ok(Output { context_key_names: keys::of(sources.iter().filter_map(Source::document)) })
    }
}
