//! Requests of REST services as values.

use bytes::Bytes;
use http::request::Parts;

use super::header;
use crate::Value;
use crate::model::{Kind, Location, Member, Operation, Protocol, Service, StructureShape};
use crate::request::{Part, Refusal, of_body};
use crate::route::Labels;
use crate::text::{self, Place, wire_name};
use crate::uri::{self, Pairs};
use crate::value::Structure;
use crate::{json, xml};

/// What a request is read from.
pub(crate) struct Request<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) labels: &'a Labels,
    pub(crate) body: &'a [u8],
}

/// Reads the input of an operation. A body that streams is not part of it.
pub(crate) fn structure(
    service: &'static Service,
    operation: &'static Operation,
    protocol: Protocol,
    shape: &'static StructureShape,
    request: &Request<'_>,
) -> Result<Structure, Refusal> {
    let query = uri::pairs(request.parts.uri.query().unwrap_or_default())
        .map_err(|_| Refusal::new(Part::Path("query string"), "is not UTF-8 or too long"))?;
    let mut structure = body(service, operation, protocol, shape, request.body)?;
    for member in shape.members {
        let value = match member.location {
            Location::Body | Location::StatusCode => None,
            Location::Uri => label(service, member, request.labels)?,
            Location::QueryString => parameter(service, member, &query)?,
            Location::Header => header::read(service, member, &request.parts.headers)
                .map_err(|why| bad_header(member, request.parts, why))?,
            Location::Headers => {
                header::read_prefixed(member.location_name, &request.parts.headers)
                    .map_err(|why| Refusal::new(Part::Metadata, why))?
            }
        };
        if let Some(value) = value {
            structure.set(member.name, value);
        }
    }
    Ok(structure)
}

fn bad_header(member: &Member, parts: &Parts, why: String) -> Refusal {
    let name = wire_name(member);
    let text = crate::route::header(parts, name).unwrap_or_default().to_owned();
    Refusal::new(Part::Header(name, text), why)
}

fn label(
    service: &'static Service,
    member: &Member,
    labels: &Labels,
) -> Result<Option<Value>, Refusal> {
    let name = wire_name(member);
    let Some((_, text)) = labels.iter().find(|(label, _)| *label == name) else { return Ok(None) };
    let shape = text::shape(service, member.shape).map_err(|why| Refusal::new(Part::Model, why))?;
    text::read(shape, member.timestamp, Place::Rest, text)
        .map(Some)
        .map_err(|why| Refusal::new(Part::Path(name), why))
}

/// The first of a name counts; a list takes all of them.
fn parameter(
    service: &'static Service,
    member: &Member,
    query: &Pairs<'_>,
) -> Result<Option<Value>, Refusal> {
    let name = wire_name(member);
    let mut texts = query.iter().filter(|(given, _)| given == name).map(|(_, text)| &**text);
    let Some(first) = texts.next() else { return Ok(None) };
    let model = |why| Refusal::new(Part::Model, why);
    let read = |shape, text: &str| {
        text::read(shape, member.timestamp, Place::Rest, text)
            .map_err(|why| Refusal::new(Part::Query(name, text.to_owned()), why))
    };
    let shape = text::shape(service, member.shape).map_err(model)?;
    let Kind::List { element, .. } = shape.kind else { return read(shape, first).map(Some) };
    let element = text::shape(service, element).map_err(model)?;
    let list = std::iter::once(first).chain(texts).map(|text| read(element, text));
    list.collect::<Result<_, _>>().map(|list| Some(Value::List(list)))
}

/// The members that stand in the body.
fn body(
    service: &'static Service,
    operation: &'static Operation,
    protocol: Protocol,
    shape: &'static StructureShape,
    body: &[u8],
) -> Result<Structure, Refusal> {
    let wrong = |why: String| Refusal::new(Part::Body, why);
    let whole = shape.members.iter().find(|member| member.name == shape.payload);
    let any = shape.members.iter().any(|member| member.location == Location::Body);
    match (whole, protocol) {
        _ if body.is_empty() || !any => Ok(Structure::new()),
        (Some(member), _) => payload(service, protocol, member, body).map_err(wrong),
        (None, Protocol::RestXml) => {
            let root = operation.input_root.map(|root| root.name);
            document(service, shape, root, body).map_err(wrong)
        }
        (None, _) => {
            let Some(input) = operation.input else { return Ok(Structure::new()) };
            let read = json::read(service, input, body).map_err(|error| of_body(&error))?;
            Ok(in_body(shape, read))
        }
    }
}

/// A JSON body may not say what the path and the headers say.
fn in_body(shape: &StructureShape, read: Value) -> Structure {
    let Value::Structure(structure) = read else { return Structure::new() };
    let belongs = |name: &str| {
        shape.members.iter().any(|member| member.name == name && member.location == Location::Body)
    };
    structure.into_iter().filter(|(name, _)| belongs(name)).collect()
}

fn payload(
    service: &'static Service,
    protocol: Protocol,
    member: &'static Member,
    body: &[u8],
) -> Result<Structure, String> {
    if member.streaming {
        return Ok(Structure::new());
    }
    let value = match &text::shape(service, member.shape)?.kind {
        Kind::Blob { .. } => Value::Blob(Bytes::copy_from_slice(body)),
        Kind::String { .. } => match std::str::from_utf8(body) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => return Err("it is not UTF-8".to_owned()),
        },
        Kind::Structure(shape) if protocol == Protocol::RestXml => {
            Value::Structure(document(service, shape, Some(wire_name(member)), body)?)
        }
        _ => json::read(service, member.shape, body).map_err(|error| error.to_string())?,
    };
    Ok([(member.name, value)].into_iter().collect())
}

fn document(
    service: &'static Service,
    shape: &'static StructureShape,
    root: Option<&str>,
    body: &[u8],
) -> Result<Structure, String> {
    let element = xml::parse(body)?;
    match root {
        Some(root) if root != element.name => {
            Err(format!("its root is `{}`, not `{root}`", element.name))
        }
        _ => xml::read::structure(service, shape, &element),
    }
}
