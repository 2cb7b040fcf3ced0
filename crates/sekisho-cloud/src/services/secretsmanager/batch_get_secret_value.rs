//! `BatchGetSecretValue`: up to twenty values. Each is read by a call of its own; what is
//! refused there is told beside the rest.
//! Source: Secrets Manager API Reference, "BatchGetSecretValue".

use serde::{Deserialize, Serialize};

use super::fault;
use super::filter::{self, Filter};
use super::get_secret_value::{self, GetSecretValue};
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token::{self, Page};

/// `secretsmanager:BatchGetSecretValue`.
#[derive(Debug)]
pub struct BatchGetSecretValue;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_id_list: Vec<String>,
    /// Or what they must be like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// The most secrets of a page.
    pub max_results: Option<u32>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The values.
    pub secret_values: Vec<<GetSecretValue as Operation>::Out>,
    /// What could not be read.
    pub errors: Vec<Error>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for BatchGetSecretValue {
    const NAME: &'static str = "secretsmanager:BatchGetSecretValue";
    const ASKS: &'static [&'static str] =
        &["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets"];
    const EFFECT: Effect = Effect::Read;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, _: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let batch = Ask::to(Self::NAME);
        let list = (!input.filters.is_empty()).then(|| Ask::to("secretsmanager:ListSecrets"));
        Ok([batch].into_iter().chain(list).collect())
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let page = page(input, act)?;
        let mut out =
            Output { secret_values: Vec::new(), errors: Vec::new(), next_token: page.next };
        for secret_id in page.items {
            let input = get_secret_value::Input {
                secret_id: secret_id.clone(),
                version_id: None,
                version_stage: None,
            };
            match act.place::<GetSecretValue>(VIA, input) {
                Ok(value) => out.secret_values.push(value),
                Err(fault) => out.errors.push(Error::of(secret_id, fault)),
            }
        }
        Ok(out)
    }
}

/// By way of whom the values are read.
const VIA: &str = "secretsmanager.amazonaws.com";

/// The most secrets of a page.
const MOST: u32 = 20;

/// The secrets on the page that is asked for.
fn page(input: Input, act: &Act<'_, SecretsManager>) -> Result<Page<String>, Fault> {
    if input.secret_id_list.is_empty() == input.filters.is_empty() {
        return Err(fault::parameter(
            "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
        ));
    }
    if input.filters.is_empty() {
        if input.max_results.is_some() {
            return Err(fault::parameter(
                "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is \
                 provided.",
            ));
        }
        return Ok(Page { items: input.secret_id_list, next: None });
    }
    let own = format!("{}/{}/", act.account()?, act.region());
    let usable = act.read().secrets.under(&own).filter(|(_, one)| one.until_ms.is_none());
    let found = usable.filter(|(_, one)| filter::passes(&input.filters, one));
    let found = found.map(|(row, one)| (row.to_owned(), one.arn()));
    let most = input.max_results.unwrap_or(MOST);
    token::page("batch", found, input.next_token.as_deref(), most).ok_or_else(fault::bad_token)
}

/// What could not be read, and why.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Error {
    secret_id: String,
    error_code: &'static str,
    message: Option<String>,
}

impl Error {
    fn of(secret_id: String, fault: Fault) -> Self {
        Self { secret_id, error_code: fault.code, message: fault.message }
    }
}
