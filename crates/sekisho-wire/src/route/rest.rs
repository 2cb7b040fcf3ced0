//! Operations of REST services by method, path, query string and headers.
//!
//! S3 tells operations with the same method and path apart by parts of the query string (`?acl`) and by
//! members that one of them requires (`uploadId`, `x-amz-copy-source`). The rules:
//!
//! 1. Method, path and the fixed parts of the template's query string must fit.
//! 2. A part that is fixed in some template of the service (`?policy`) must be known to the operation:
//!    `DELETE /bucket?policy` with a misspelt rest must never become `DELETE /bucket`. The same holds for
//!    the two parameters that name an upload's parts; nor is a request without them about an upload.
//! 3. Of what is left, the operation wins that lacks the fewest required members of the query string and
//!    the headers, then the one with the most fixed parts, then the one with the most required members.
//! 4. Where that is not enough, `x-id` decides if the SDK sent it, else [`INSEPARABLE`].

use std::cmp::Reverse;

use http::request::Parts;

use super::template::Template;
use super::{Hosts, Labels};
use crate::error::WireError;
use crate::model::{Kind, Location, Member, Operation, Protocol, Service};
use crate::text::wire_name;
use crate::uri::{self, Pairs, path_decode};

/// Operations that no request can tell from another one: what the request is taken for, and why.
pub const INSEPARABLE: [(&str, &str, &str); 5] = [
    (
        "GetBucketLifecycle",
        "GetBucketLifecycleConfiguration",
        "the deprecated form of the same request",
    ),
    (
        "GetBucketNotification",
        "GetBucketNotificationConfiguration",
        "the deprecated form of the same request",
    ),
    (
        "PutBucketLifecycle",
        "PutBucketLifecycleConfiguration",
        "the deprecated form of the same request",
    ),
    (
        "PutBucketNotification",
        "PutBucketNotificationConfiguration",
        "the deprecated form of the same request",
    ),
    (
        "ListDirectoryBuckets",
        "ListBuckets",
        "the same request to the host of S3 Express; `x-id` tells them apart",
    ),
];

/// How many parameters a query string may have: each is looked up in every operation. The most that any
/// operation takes are the 50 keys of `UntagResource`.
pub const QUERY_PARAMETERS_MAX: usize = 1000;

/// The longest key of an object, in bytes of UTF-8. Source: S3 User Guide, "Naming Amazon S3 objects".
const KEY_BYTES_MAX: usize = 1024;

/// Parameters that make a request one about a part of an upload.
const UPLOAD: [&str; 2] = ["uploadId", "partNumber"];

pub(super) fn route(
    service: &'static Service,
    parts: &Parts,
    hosts: &Hosts,
) -> Result<(&'static Operation, Labels), WireError> {
    let path = path(service, parts, hosts);
    let bad_uri = || WireError::sender("InvalidURI", 400, "Couldn't parse the specified URI.");
    let query = uri::pairs(parts.uri.query().unwrap_or_default()).map_err(|_| bad_uri())?;
    if query.len() > QUERY_PARAMETERS_MAX {
        return Err(bad_uri());
    }
    let operation = operation(service, parts, &path, &query).ok_or_else(|| nothing(service))?;
    let labels = labels(operation, &path).ok_or_else(bad_uri)?;
    keys_fit(service, &labels)?;
    Ok((operation, labels))
}

/// S3 refuses long keys whatever is to be done with them.
fn keys_fit(service: &Service, labels: &Labels) -> Result<(), WireError> {
    let key = labels.iter().find(|(name, _)| *name == "Key" && service.name == "s3");
    let size = key.map_or(0, |(_, key)| key.len());
    if size <= KEY_BYTES_MAX {
        return Ok(());
    }
    let error = WireError::sender("KeyTooLongError", 400, "Your key is too long");
    let error = error.detail("Size", size.to_string());
    Err(error.detail("MaxSizeAllowed", KEY_BYTES_MAX.to_string()))
}

/// The path with the bucket in front, wherever it came from.
fn path(service: &Service, parts: &Parts, hosts: &Hosts) -> String {
    let path = parts.uri.path();
    let host = super::header(parts, "host").or(parts.uri.host()).unwrap_or_default();
    let bucket = hosts.bucket(host).filter(|_| service.protocols.contains(&Protocol::RestXml));
    match bucket {
        Some(bucket) => format!("/{bucket}{path}"),
        None => path.to_owned(),
    }
}

fn operation(
    service: &'static Service,
    parts: &Parts,
    path: &str,
    query: &Pairs<'_>,
) -> Option<&'static Operation> {
    let named = query.iter().find(|(name, _)| name == "x-id").map(|(_, operation)| &**operation);
    let telling = telling(service, query);
    let fitting = |operation: &&'static Operation| {
        let template = Template::of(operation.uri);
        operation.method == parts.method.as_str()
            && template.fits(path, |_, _| ())
            && fixed_fits(template, query)
            && knows(service, operation, &telling)
    };
    service.operations.iter().filter(fitting).max_by_key(|operation| {
        let (present, missing) = required(service, operation, parts, query);
        let fixed = Template::of(operation.uri).fixed().count();
        let yields = INSEPARABLE.iter().any(|(name, ..)| *name == operation.name);
        (Reverse(missing), fixed, present, named == Some(operation.name), !yields)
    })
}

fn fixed_fits(template: Template, query: &Pairs<'_>) -> bool {
    template.fixed().all(|(wanted, value)| {
        let fits = |given: &str| value.is_none_or(|value| value == given);
        query.iter().any(|(name, given)| name == wanted && fits(given))
    })
}

/// The parameters that say what kind of request this is.
fn telling<'a>(service: &'static Service, query: &'a Pairs<'_>) -> Vec<&'a str> {
    let names = query.iter().map(|(name, _)| &**name);
    let tells = |name: &&str| {
        UPLOAD.contains(name) || service.operations.iter().any(|operation| has(operation, name))
    };
    names.filter(tells).collect()
}

fn has(operation: &Operation, name: &str) -> bool {
    Template::of(operation.uri).fixed().any(|(fixed, _)| fixed == name)
}

/// Whether the operation knows all that tells, and is not about an upload where nothing tells so.
fn knows(service: &'static Service, operation: &Operation, telling: &[&str]) -> bool {
    let member = |name: &str| {
        members(service, operation)
            .any(|member| member.location == Location::QueryString && wire_name(member) == name)
    };
    let of_upload = members(service, operation)
        .any(|member| member.required && UPLOAD.contains(&member.location_name));
    let about_upload = telling.iter().any(|name| UPLOAD.contains(name));
    (about_upload || !of_upload) && telling.iter().all(|name| has(operation, name) || member(name))
}

/// How many required members of query string and headers are there, and how many are not.
fn required(
    service: &'static Service,
    operation: &Operation,
    parts: &Parts,
    query: &Pairs<'_>,
) -> (usize, usize) {
    let mut count = (0, 0);
    for member in members(service, operation).filter(|member| member.required) {
        let wanted = wire_name(member);
        let there = match member.location {
            Location::QueryString => query.iter().any(|(name, _)| name == wanted),
            Location::Header => parts.headers.contains_key(wanted),
            _ => continue,
        };
        *(if there { &mut count.0 } else { &mut count.1 }) += 1;
    }
    count
}

fn members(
    service: &'static Service,
    operation: &Operation,
) -> impl Iterator<Item = &'static Member> + use<> {
    let shape = operation.input.and_then(|input| service.shape(input));
    let members = match shape.map(|shape| &shape.kind) {
        Some(Kind::Structure(shape)) => shape.members,
        _ => &[],
    };
    members.iter()
}

/// `None` where a label is not UTF-8.
fn labels(operation: &'static Operation, path: &str) -> Option<Labels> {
    let mut labels = Some(Labels::new());
    Template::of(operation.uri).fits(path, |name, text| match (&mut labels, path_decode(text)) {
        (Some(labels), Some(text)) => labels.push((name, text.into_owned())),
        _ => labels = None,
    });
    labels
}

fn nothing(service: &Service) -> WireError {
    if service.protocols.contains(&Protocol::RestXml) {
        let message = "The specified method is not allowed against this resource.";
        return WireError::sender("MethodNotAllowed", 405, message);
    }
    WireError::sender("UnknownOperationException", 404, "no operation has this method and path")
}
