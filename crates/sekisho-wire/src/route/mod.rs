//! From an HTTP head to a service and an operation.
//!
//! What tells a call apart differs by protocol, and a request may try to look like two of them, so the
//! order is fixed: the signature's scope says the service (nobody can sign for another one); without a
//! signature, the marks of the protocols do: `smithy-protocol`, `X-Amz-Target`, `Action` with `Version`;
//! what has none of them is a request to S3.
//!
//! Smithy: the "awsJson1.1", "awsQuery", "restXml" and "Smithy RPC v2 CBOR" protocol pages.

mod host;
mod rest;
mod services;
mod template;

use http::Method;
use http::request::Parts;

pub use host::Hosts;
pub use rest::{INSEPARABLE, QUERY_PARAMETERS_MAX};

use crate::error::WireError;
use crate::model::{Operation, Protocol, Service};
use crate::uri::{self, BadPairs, Pairs};

/// What the path says of the input: members and their text, decoded.
pub type Labels = Vec<(&'static str, String)>;

/// Where a request goes.
#[derive(Debug)]
pub struct Route {
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static Operation,
    /// The protocol that the request speaks; the reply speaks it too.
    pub protocol: Protocol,
    /// The members that stand in the path.
    pub labels: Labels,
}

/// A request that goes nowhere, with all that is needed to say so.
#[derive(Debug)]
pub struct Unroutable {
    /// The service that was meant; `None` where the models have none like it.
    pub service: Option<&'static Service>,
    /// The protocol in which the caller expects an answer.
    pub protocol: Protocol,
    /// The answer.
    pub error: WireError,
}

/// Whether the body must be at hand for [`route`]: it is a form, or could be one.
pub fn needs_body(parts: &Parts) -> bool {
    parts.method == Method::POST && header(parts, "content-type").is_some_and(is_form)
}

/// Finds the service and the operation of a request.
///
/// `signed_for` is the service in the scope of the request's signature; `body` is the body where
/// [`needs_body`] says so, and may be empty elsewhere.
pub fn route(
    parts: &Parts,
    signed_for: Option<&str>,
    hosts: &Hosts,
    body: &[u8],
) -> Result<Route, Unroutable> {
    let Some(service) = service(parts, signed_for, body) else {
        return Err(no_service(parts, signed_for));
    };
    let protocol = protocol(service, parts);
    let found = match protocol {
        Protocol::Json => json(service, parts).map(plain),
        Protocol::Cbor => cbor(service, parts).map(plain),
        Protocol::Query => query(service, parts, body).map(plain),
        Protocol::RestJson | Protocol::RestXml => rest::route(service, parts, hosts),
    };
    match found {
        Ok((operation, labels)) => Ok(Route { service, operation, protocol, labels }),
        Err(error) => Err(Unroutable { service: Some(service), protocol, error }),
    }
}

fn plain(operation: &'static Operation) -> (&'static Operation, Labels) {
    (operation, Labels::new())
}

fn no_service(parts: &Parts, signed_for: Option<&str>) -> Unroutable {
    let protocol = if is_cbor(parts) {
        Protocol::Cbor
    } else if parts.headers.contains_key("x-amz-target") {
        Protocol::Json
    } else if needs_body(parts) {
        Protocol::Query
    } else {
        Protocol::RestXml
    };
    let named = signed_for.map(|name| format!(" `{name}`")).unwrap_or_default();
    let error =
        WireError::fault("NotImplemented", 501, format!("the service{named} is not served"));
    Unroutable { service: None, protocol, error }
}

/// The service that is meant. Models are read when they are asked for, so the marks are looked up in a table.
fn service(parts: &Parts, signed_for: Option<&str>, body: &[u8]) -> Option<&'static Service> {
    let name = match signed_for {
        Some(signing_name) => services::signed(signing_name),
        None => marked(parts, body),
    };
    crate::model::service(name?)
}

fn marked(parts: &Parts, body: &[u8]) -> Option<&'static str> {
    if let Some((prefix, _)) = cbor_path(parts).filter(|_| is_cbor(parts)) {
        return services::targeted(prefix);
    }
    if let Some((prefix, _)) =
        header(parts, "x-amz-target").and_then(|target| target.rsplit_once('.'))
    {
        return services::targeted(prefix);
    }
    match parameters(parts, body)
        .as_ref()
        .map(|pairs| (named(pairs, "Action"), named(pairs, "Version")))
    {
        Ok((Some(_), Some(version))) => services::versioned(version),
        _ => Some("s3"),
    }
}

/// The protocol of the request among those that the service speaks.
fn protocol(service: &Service, parts: &Parts) -> Protocol {
    let speaks = |protocol| service.protocols.contains(&protocol);
    let first = service.protocols.first().copied().unwrap_or(Protocol::Json);
    if speaks(Protocol::Cbor) && is_cbor(parts) {
        return Protocol::Cbor;
    }
    if speaks(Protocol::Json)
        && (header(parts, "x-amz-target").is_some() || !speaks(Protocol::Query))
    {
        return Protocol::Json;
    }
    if speaks(Protocol::Query) { Protocol::Query } else { first }
}

fn json(service: &'static Service, parts: &Parts) -> Result<&'static Operation, WireError> {
    let target = header(parts, "x-amz-target");
    target
        .filter(|_| parts.method == Method::POST)
        .and_then(|target| target.strip_prefix(service.target_prefix)?.strip_prefix('.'))
        .and_then(|name| service.operation(name))
        .ok_or_else(|| unknown(target.unwrap_or_default()))
}

fn cbor(service: &'static Service, parts: &Parts) -> Result<&'static Operation, WireError> {
    cbor_path(parts)
        .filter(|(prefix, _)| *prefix == service.target_prefix && parts.method == Method::POST)
        .and_then(|(_, name)| service.operation(name))
        .ok_or_else(|| unknown(parts.uri.path()))
}

fn query(
    service: &'static Service,
    parts: &Parts,
    body: &[u8],
) -> Result<&'static Operation, WireError> {
    let pairs = parameters(parts, body).map_err(malformed)?;
    // Two actions would be one for who asks what is allowed and another for who acts.
    for name in ["Action", "Version"] {
        if pairs.iter().filter(|(given, _)| given == name).count() > 1 {
            let message = format!("`{name}` stands there more than once");
            return Err(WireError::sender("MalformedQueryString", 404, message));
        }
    }
    let Some(action) = named(&pairs, "Action") else {
        return Err(WireError::sender("MissingAction", 400, "the request has no `Action`"));
    };
    let version = named(&pairs, "Version").unwrap_or("NO_VERSION_SPECIFIED");
    let operation = service.operation(action).filter(|_| version == service.api_version);
    operation.ok_or_else(|| {
        let message = format!("Could not find operation {action} for version {version}");
        WireError::sender("InvalidAction", 400, message)
    })
}

/// The parameters of a query request: those in its query string and, if it is a POST, those in its form.
pub(crate) fn parameters<'a>(parts: &'a Parts, body: &'a [u8]) -> Result<Pairs<'a>, BadPairs> {
    let mut pairs = uri::pairs(parts.uri.query().unwrap_or_default())?;
    if parts.method == Method::POST {
        let form = std::str::from_utf8(body).map_err(|_| BadPairs::NotUtf8)?;
        pairs.extend(uri::pairs(form)?);
    }
    Ok(pairs)
}

fn named<'a>(pairs: &'a Pairs<'_>, wanted: &str) -> Option<&'a str> {
    pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| &**value)
}

/// `/service/SERVICE/operation/OPERATION`, with whatever stands before it.
fn cbor_path(parts: &Parts) -> Option<(&str, &str)> {
    let (before, operation) = parts.uri.path().rsplit_once("/operation/")?;
    let (_, service) = before.rsplit_once("/service/")?;
    Some((service, operation))
}

fn is_cbor(parts: &Parts) -> bool {
    header(parts, "smithy-protocol") == Some("rpc-v2-cbor")
}

fn is_form(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

pub(crate) fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.headers.get(name)?.to_str().ok()
}

fn malformed(bad: BadPairs) -> WireError {
    let why = match bad {
        BadPairs::TooMany => "the request has too many parameters",
        BadPairs::NotUtf8 => "the parameters are not UTF-8",
    };
    WireError::sender("MalformedQueryString", 404, why)
}

fn unknown(target: &str) -> WireError {
    let message = match target {
        "" => "the request has no `X-Amz-Target`".to_owned(),
        target => format!("`{target}` is no operation of this service"),
    };
    WireError::sender("UnknownOperationException", 400, message)
}
