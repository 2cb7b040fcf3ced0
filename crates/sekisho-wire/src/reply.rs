//! Values as replies, whatever the protocol.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use crate::model::{Operation, Protocol, Service};
use crate::value::Structure;
use crate::{Value, cbor, json, query, rest};

/// What a reply says of itself beside its content.
#[derive(Debug, Clone, Copy)]
pub struct Ids<'a> {
    /// The id of the request: `x-amzn-RequestId`, or `x-amz-request-id` of S3.
    pub request: &'a str,
    /// `x-amz-id-2` of S3; other services do not send it.
    pub host: &'a str,
}

/// A value that is not in the model, and so cannot be sent: our own mistake, never the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotInModel(String);

impl fmt::Display for NotInModel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the reply cannot be written: {}", self.0)
    }
}

impl std::error::Error for NotInModel {}

impl NotInModel {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// Writes the output of an operation. A body that streams (`GetObject`) is not part of the output: the
/// caller puts it in place of the empty one.
pub fn write(
    service: &'static Service,
    operation: &'static Operation,
    protocol: Protocol,
    output: &Structure,
    ids: Ids<'_>,
) -> Result<Response<Bytes>, NotInModel> {
    let mut reply = match protocol {
        Protocol::Query => {
            let text = query::write::reply(service, operation, output, ids.request);
            reply(operation.status, "text/xml", text.map_err(NotInModel)?)
        }
        Protocol::Json => {
            let body = document(operation, output, |id, value| {
                json::write(service, id, value).map_err(|error| NotInModel(error.to_string()))
            })?;
            reply(operation.status, &json_type(service), body)
        }
        Protocol::Cbor => {
            let body = document(operation, output, |id, value| {
                cbor::write(service, id, value).map_err(|error| NotInModel(error.to_string()))
            })?;
            reply(operation.status, "application/cbor", body)
        }
        Protocol::RestJson | Protocol::RestXml => {
            rest::write::reply(service, operation, protocol, output).map_err(NotInModel)?
        }
    };
    mark(reply.headers_mut(), protocol, ids);
    Ok(reply)
}

/// An operation without output has an empty body.
fn document<B: Default>(
    operation: &Operation,
    output: &Structure,
    write: impl FnOnce(crate::model::ShapeId, &Value) -> Result<B, NotInModel>,
) -> Result<B, NotInModel> {
    match (operation.output, output.iter().next()) {
        (Some(id), _) => write(id, &Value::Structure(output.clone())),
        (None, None) => Ok(B::default()),
        (None, Some((name, _))) => {
            Err(NotInModel(format!("`{name}` is not in the model: there is no output")))
        }
    }
}

/// A reply with a type, if it has a body.
pub(crate) fn reply(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !reply.body().is_empty() {
        set(reply.headers_mut(), http::header::CONTENT_TYPE, content_type);
    }
    reply
}

/// The headers that every reply of a protocol has.
pub(crate) fn mark(headers: &mut HeaderMap, protocol: Protocol, ids: Ids<'_>) {
    if protocol == Protocol::RestXml {
        set(headers, HeaderName::from_static("x-amz-request-id"), ids.request);
        set(headers, HeaderName::from_static("x-amz-id-2"), ids.host);
    } else {
        set(headers, HeaderName::from_static("x-amzn-requestid"), ids.request);
    }
    if protocol == Protocol::Cbor {
        set(headers, HeaderName::from_static("smithy-protocol"), "rpc-v2-cbor");
    }
}

/// `application/x-amz-json-1.1`.
pub(crate) fn json_type(service: &Service) -> String {
    format!("application/x-amz-json-{}", service.json_version)
}

/// Sets a header of ours; one that HTTP does not take is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
