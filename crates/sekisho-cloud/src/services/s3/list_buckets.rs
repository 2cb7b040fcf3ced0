//! `ListBuckets`: the buckets of the caller's account, in every region.
//!
//! Source: S3 API Reference, "ListBuckets". Regions are shown only to requests that filter or page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::shapes::Owner;
use super::state::{S3, owned};
use super::{ask, fault, region};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many buckets a page has where a request does not say.
const PAGE_DEFAULT: usize = 10_000;

/// `s3:ListBuckets`.
#[derive(Debug)]
pub struct ListBuckets;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The size of a page.
    pub max_buckets: Option<usize>,
    /// Where a page goes on.
    pub continuation_token: Option<String>,
    /// With what their names begin.
    pub prefix: Option<String>,
    /// In which region they are.
    pub bucket_region: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    buckets: Vec<Listed>,
    owner: Owner,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuation_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
}

/// A bucket of the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    name: String,
    creation_date: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket_region: Option<String>,
}

impl Operation for ListBuckets {
    const NAME: &'static str = "s3:ListBuckets";
    const ASKS: &'static [&'static str] = &["s3:ListAllMyBuckets"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        view.account()?;
        Ok(vec![ask::connected(Ask::to("s3:ListAllMyBuckets"), view.frame())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let account = act.account()?;
        if let Some(name) = input.bucket_region.as_deref().filter(|name| !region::exists(name)) {
            let text = format!("Argument value {name} is not a valid AWS Region");
            let refused = fault::fault("InvalidArgument", 400, text);
            return Err(refused.with("ArgumentName", "bucket-region"));
        }
        let prefix = owned(account, input.prefix.as_deref().unwrap_or_default());
        let after = input.continuation_token.as_deref().map(name_of).transpose()?;
        let after = after.map(|name| owned(account, &name)).unwrap_or_default();
        let page = input.max_buckets.unwrap_or(PAGE_DEFAULT);
        let s3 = act.read();
        let in_region = |region: &str| input.bucket_region.as_deref().is_none_or(|at| at == region);
        let all = s3.owned.under_after(&prefix, &after).filter(|(_, region)| in_region(region));
        let names = all.filter_map(|(key, _)| key.split_once('/').map(|(_, name)| name));
        let mut rows = names.filter_map(|name| s3.buckets.get(name)).peekable();
        let mut buckets: Vec<Listed> = Vec::new();
        while let Some(row) = rows.next_if(|_| buckets.len() < page) {
            buckets.push(Listed {
                name: row.name.clone(),
                creation_date: Millis(row.created_ms),
                bucket_region: input.has_parameters().then(|| row.region.clone()),
            });
        }
        let last = rows.peek().and(buckets.last());
        let continuation_token = last.map(|last| URL_SAFE_NO_PAD.encode(&last.name));
        let owner = Owner { id: Some(canonical_user(account)), display_name: None };
        Ok(Output { buckets, owner, continuation_token, prefix: input.prefix })
    }
}

impl Input {
    fn has_parameters(&self) -> bool {
        let Self { max_buckets, continuation_token, prefix, bucket_region } = self;
        max_buckets.is_some()
            || [continuation_token, prefix, bucket_region].into_iter().any(Option::is_some)
    }
}

/// The name after which a page goes on.
fn name_of(token: &str) -> Result<String, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let name = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = "The continuation token provided is incorrect";
    name.ok_or_else(|| fault::invalid_argument("continuation-token", token, text))
}
