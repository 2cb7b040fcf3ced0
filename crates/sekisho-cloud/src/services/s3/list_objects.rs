//! `ListObjects`. Source: S3 API Reference, "ListObjects".

use serde::{Deserialize, Serialize};

use super::contents::{Content, contents, lists};
use super::listed::{CommonPrefix, Names};
use super::state::S3;
use super::walk::Each;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:ListObjects`.
#[derive(Debug)]
pub struct ListObjects;

lists! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// Behind which key to begin.
        pub marker: Option<String>,
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
    marker: String,
    next_marker: Option<String>,
    contents: Vec<Content>,
}

impl Operation for ListObjects {
    const NAME: &'static str = "s3:ListObjects";
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
        let marker = input.marker.clone().unwrap_or_default();
        let after = if marker.is_empty() { None } else { listing.behind(&marker) };
        let page = listing.page(&act.read().versions, after, |one| one.object.is_some());
        let last = page.entries.last().filter(|_| page.is_truncated && input.delimiter.is_some());
        Ok(Output {
            contents: contents(&page, bucket, names, true),
            marker: names.write(&marker),
            next_marker: last.map(|last| names.write(last.name())),
            prefix: names.write(input.prefix.as_deref().unwrap_or_default()),
            delimiter: input.delimiter.as_deref().map(|text| names.write(text)),
            max_keys: listing.max,
            is_truncated: page.is_truncated,
            common_prefixes: names.prefixes(page.prefixes()),
            name: input.bucket,
            encoding_type: input.encoding_type,
        })
    }
}
