//! `ListObjectsV2`. Source: S3 API Reference, "ListObjectsV2".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::contents::{Content, contents, lists};
use super::fault;
use super::listed::{CommonPrefix, Names};
use super::state::S3;
use super::walk::Each;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:ListObjectsV2`.
#[derive(Debug)]
pub struct ListObjectsV2;

lists! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// Where the last page ended.
        pub continuation_token: Option<String>,
        /// Whether to show owners.
        pub fetch_owner: Option<bool>,
        /// Behind which key to begin.
        pub start_after: Option<String>,
    }
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    name: String,
    prefix: String,
    delimiter: Option<String>,
    max_keys: usize,
    is_truncated: bool,
    common_prefixes: Vec<CommonPrefix>,
    encoding_type: Option<String>,
    key_count: usize,
    continuation_token: Option<String>,
    next_continuation_token: Option<String>,
    start_after: Option<String>,
    contents: Vec<Content>,
}

fn write_token(bucket: &str, name: &str) -> String {
    STANDARD.encode(format!("{bucket}/{name}"))
}

/// Tokens are of their bucket.
fn read_token(bucket: &str, token: &str) -> Result<String, Fault> {
    let text = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let name = text.as_deref().and_then(|text| text.strip_prefix(bucket)?.strip_prefix('/'));
    name.map(str::to_owned).ok_or_else(|| {
        let text = "The continuation token provided is incorrect";
        fault::invalid_argument("continuation-token", token, text)
    })
}

impl Operation for ListObjectsV2 {
    const NAME: &'static str = "s3:ListObjectsV2";
    const ASKS: &'static [&'static str] = &["s3:ListBucket"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.query().asks("s3:ListBucket", view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        let names = Names::of(input.encoding_type.as_deref())?;
        let listing = input.query().listing(Each::Key)?;
        let token = input.continuation_token.as_deref();
        let marker = match token {
            Some(token) => Some(read_token(&input.bucket, token)?),
            None => input.start_after.clone().filter(|text| !text.is_empty()),
        };
        let after = marker.and_then(|marker| listing.behind(&marker));
        let page = listing.page(&act.read().versions, after, |one| one.object.is_some());
        let last = page.entries.last().filter(|_| page.is_truncated);
        Ok(Output {
            contents: contents(&page, bucket, names, input.fetch_owner == Some(true)),
            key_count: page.entries.len(),
            next_continuation_token: last.map(|last| write_token(&input.bucket, last.name())),
            start_after: input
                .start_after
                .clone()
                .filter(|_| token.is_none())
                .map(|at| names.write(&at)),
            prefix: names.write(input.prefix.as_deref().unwrap_or_default()),
            delimiter: input.delimiter.as_deref().map(|text| names.write(text)),
            max_keys: listing.max,
            is_truncated: page.is_truncated,
            common_prefixes: names.prefixes(page.prefixes()),
            name: input.bucket.clone(),
            continuation_token: input.continuation_token.clone(),
            encoding_type: input.encoding_type.clone(),
        })
    }
}
