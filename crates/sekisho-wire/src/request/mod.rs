//! Requests as values, whatever the protocol.

mod refusal;

use http::request::Parts;

use crate::model::{Kind, Operation, Protocol, Service, StructureShape};
use crate::query::read::Form;
use crate::rest;
use crate::route::{self, Labels};
use crate::value::Structure;
use crate::{Unreadable, Value, cbor, json};

pub use refusal::{Part, Refusal};

/// Reads the input of an operation. A body that streams (`PutObject`) is not read: `body` may be empty then.
///
/// What is missing or out of bounds is not looked at here, but by `validate`.
pub fn read(
    service: &'static Service,
    operation: &'static Operation,
    protocol: Protocol,
    parts: &Parts,
    labels: &Labels,
    body: &[u8],
) -> Result<Structure, Refusal> {
    let Some(input) = operation.input else { return Ok(Structure::new()) };
    let shape = service.shape(input).map(|shape| &shape.kind);
    let Some(Kind::Structure(shape)) = shape else {
        return Err(Refusal::new(Part::Model, "the input is no structure"));
    };
    match protocol {
        Protocol::Query => query(service, shape, parts, body),
        Protocol::RestJson | Protocol::RestXml => {
            let request = rest::read::Request { parts, labels, body };
            rest::read::structure(service, operation, protocol, shape, &request)
        }
        Protocol::Json | Protocol::Cbor if body.is_empty() => Ok(Structure::new()),
        Protocol::Json => {
            structure(json::read(service, input, body).map_err(|error| of_body(&error))?)
        }
        Protocol::Cbor => {
            structure(cbor::read(service, input, body).map_err(|error| of_body(&error))?)
        }
    }
}

fn query(
    service: &'static Service,
    shape: &'static StructureShape,
    parts: &Parts,
    body: &[u8],
) -> Result<Structure, Refusal> {
    let in_form = |why: String| Refusal::new(Part::Form, why);
    let pairs = route::parameters(parts, body)
        .map_err(|_| in_form("they are not UTF-8, or too many".to_owned()))?;
    Form::new(pairs).and_then(|form| form.structure(service, shape)).map_err(in_form)
}

/// AWS says nothing where a body is not even of the protocol's form.
pub(crate) fn of_body(error: &Unreadable) -> Refusal {
    Refusal::new(Part::Body, error.message().unwrap_or_default())
}

fn structure(value: Value) -> Result<Structure, Refusal> {
    match value {
        Value::Structure(structure) => Ok(structure),
        _ => Err(Refusal::new(Part::Body, "is not an object")),
    }
}
