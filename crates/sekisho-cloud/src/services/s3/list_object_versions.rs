//! `ListObjectVersions`. Source: S3 API Reference, "ListObjectVersions". The texts, the order of the checks and
//! that `MaxKeys` is what was asked for, also above 1,000: recorded from S3 in public tests of others (2026).

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::contents::lists;
use super::listed::{self, CommonPrefix, Names, Owner};
use super::state::{Object, S3, Version};
use super::walk::{Each, Entry, Listing, Page};
use super::{fault, object_fault, order};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:ListObjectVersions`.
#[derive(Debug)]
pub struct ListObjectVersions;

lists! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// Behind which key to begin.
        pub key_marker: Option<String>,
        /// Behind which version of it to begin.
        pub version_id_marker: Option<String>,
    }
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    name: String,
    prefix: String,
    delimiter: Option<String>,
    max_keys: i64,
    is_truncated: bool,
    common_prefixes: Vec<CommonPrefix>,
    encoding_type: Option<String>,
    key_marker: String,
    version_id_marker: String,
    next_key_marker: Option<String>,
    next_version_id_marker: Option<String>,
    versions: Vec<Listed>,
    delete_markers: Vec<Marker>,
}

/// A delete marker in the listing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Marker {
    key: String,
    version_id: String,
    is_latest: bool,
    last_modified: Millis,
    owner: Owner,
}

/// A version in the listing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    key: String,
    version_id: String,
    is_latest: bool,
    last_modified: Millis,
    owner: Owner,
    #[serde(rename = "ETag")]
    etag: String,
    checksum_algorithm: [String; 1],
    checksum_type: &'static str,
    size: u64,
    storage_class: String,
}

impl Listed {
    /// What a marker would say, and what its object adds.
    fn of(marker: Marker, object: &Object) -> Self {
        let Marker { key, version_id, is_latest, last_modified, owner } = marker;
        Self {
            key,
            version_id,
            is_latest,
            last_modified,
            owner,
            etag: format!("\"{}\"", object.etag),
            checksum_algorithm: [object.sum.algorithm.clone()],
            checksum_type: object.sum.kind(),
            size: object.size,
            storage_class: listed::class(object),
        }
    }
}

impl Input {
    /// What S3 says of the markers before it looks at the bucket.
    fn check_markers(&self) -> Result<(), Fault> {
        let text = match (&self.key_marker, self.version_id_marker.as_deref()) {
            (_, None) => return Ok(()),
            (None, _) => "A version-id marker cannot be specified without a key marker.",
            (_, Some("")) => "A version-id marker cannot be empty.",
            _ => return Ok(()),
        };
        let given = self.version_id_marker.as_deref().unwrap_or_default();
        Err(fault::invalid_argument("version-id-marker", given, text))
    }

    /// Where the page begins.
    fn after(&self, listing: &Listing<'_>, state: &S3) -> Result<Option<String>, Fault> {
        let key = self.key_marker.as_deref().unwrap_or_default();
        let Some(id) = self.version_id_marker.as_deref() else {
            return Ok(if key.is_empty() { None } else { listing.behind(key) });
        };
        let found = state.version(&self.bucket, key, id).map(|version| &*version.id);
        let known = order::is_version_id(id).then_some(id);
        let id = found.or(known).ok_or_else(|| object_fault::invalid_version_marker(id))?;
        Ok(Some(order::row(&self.bucket, key, id)))
    }
}

struct Lister<'a, 's> {
    input: &'a Input,
    names: Names,
    act: &'a Act<'s, S3>,
}

impl Lister<'_, '_> {
    /// The versions and the delete markers of a page.
    fn entries(&self, page: &Page<'_, Version>) -> Result<(Vec<Listed>, Vec<Marker>), Fault> {
        let bucket = self.act.read().bucket(&self.input.bucket)?;
        let owner = Owner { id: canonical_user(bucket.account) };
        let (mut versions, mut markers) = (Vec::new(), Vec::new());
        for (key, version) in page.rows() {
            let marker = self.marker(key, version, &owner);
            match version.object() {
                Some(object) => versions.push(Listed::of(marker, object)),
                None => markers.push(marker),
            }
        }
        Ok((versions, markers))
    }

    fn marker(&self, key: &str, version: &Version, owner: &Owner) -> Marker {
        let newest = self.act.read().newest(&self.input.bucket, key);
        Marker {
            key: self.names.write(key),
            version_id: version.shown_id().to_owned(),
            is_latest: newest.is_some_and(|newest| newest.id == version.id),
            last_modified: Millis(version.modified_ms),
            owner: owner.clone(),
        }
    }
}

impl Operation for ListObjectVersions {
    const NAME: &'static str = "s3:ListObjectVersions";
    const ASKS: &'static [&'static str] = &["s3:ListBucketVersions"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.check_markers()?;
        input.query().asks("s3:ListBucketVersions", view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let listing = input.query().page(Each::Row);
        let after = input.after(&listing, act.read())?;
        let names = Names::of(input.encoding_type.as_deref())?;
        let max_keys = listed::asked(input.max_keys)?;
        let page = listing.page(&act.read().versions, after, |_| true);
        let lister = Lister { input: &input, names, act };
        let (versions, delete_markers) = lister.entries(&page)?;
        let last = page.entries.last().filter(|_| page.is_truncated);
        let next_version = last.and_then(|last| match last {
            Entry::Row(_, version) => Some(version.shown_id().to_owned()),
            Entry::Prefix(_) => None,
        });
        Ok(Output {
            versions,
            delete_markers,
            key_marker: names.write(input.key_marker.as_deref().unwrap_or_default()),
            version_id_marker: input.version_id_marker.clone().unwrap_or_default(),
            next_key_marker: last.map(|last| names.write(last.name())),
            next_version_id_marker: next_version,
            prefix: names.write(input.prefix.as_deref().unwrap_or_default()),
            delimiter: input.delimiter.as_deref().map(|text| names.write(text)),
            max_keys,
            is_truncated: page.is_truncated,
            common_prefixes: names.prefixes(page.prefixes()),
            name: input.bucket,
            encoding_type: input.encoding_type,
        })
    }
}
