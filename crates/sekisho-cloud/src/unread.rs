//! What is answered to input that the codec took and the operation cannot hold.
//!
//! S3 is the one service whose values the model does not judge before (`sekisho_wire::validate`). Recorded from it
//! in public tests of others (2023 to 2025): `MalformedXML` for a value of the body that is not in its
//! enumeration and for a member that is missing, `InvalidArgument` for a header's value.

use sekisho_wire::FromValueError;
use sekisho_wire::model::{self, Kind, Location, Member, Service, Shape};

use crate::fault::Fault;

/// The fault of an operation, as in `s3:PutObject`.
pub(crate) fn unread(operation: &str, error: &FromValueError) -> Fault {
    if let Some(fault) = operation.strip_prefix("s3:").and_then(|name| of_s3(name, error)) {
        return fault;
    }
    match error {
        FromValueError::MemberNotServed { .. } | FromValueError::ValueNotServed { .. } => {
            Fault::not_served(&format!("{error} in `{operation}`; docs/services.md lists what is"))
        }
        other => Fault::new("ValidationException", other.to_string()),
    }
}

fn of_s3(operation: &str, error: &FromValueError) -> Option<Fault> {
    let (path, value) = match error {
        FromValueError::MemberNotServed { .. } => return None,
        FromValueError::ValueNotServed { path, value } => (path, value),
        FromValueError::Missing { .. } | FromValueError::Mismatch { .. } => {
            return Some(malformed_xml());
        }
    };
    let (first, last, shape) = at(operation, path)?;
    match shape.kind {
        Kind::String { values, .. } if values.contains(&&**value) => None,
        _ if first.location == Location::Header => {
            let name = last.location_name;
            let text = format!("Invalid {name} header: {value}");
            let fault = Fault::new("InvalidArgument", text).with_status(400);
            Some(fault.with("ArgumentName", name))
        }
        _ => Some(malformed_xml()),
    }
}

/// The first and the last member of a path as in `Rules[0].Status`, and the shape at its end.
fn at(operation: &str, path: &str) -> Option<(&'static Member, &'static Member, &'static Shape)> {
    let s3 = model::service("s3")?;
    let operation = s3.operations.iter().find(|one| one.name == operation)?;
    let mut shape = shape(s3, operation.input?)?;
    let mut found = None;
    for step in path.split('.') {
        let name = step.split_once('[').map_or(step, |(name, _)| name);
        let Kind::Structure(structure) = &shape.kind else { return None };
        let member = structure.members.iter().find(|member| member.name == name)?;
        shape = self::shape(s3, member.shape)?;
        if let Kind::List { element, .. } = shape.kind {
            shape = self::shape(s3, element)?;
        }
        found = Some((found.map_or(member, |(first, _)| first), member));
    }
    found.map(|(first, last)| (first, last, shape))
}

fn shape(service: &'static Service, id: model::ShapeId) -> Option<&'static Shape> {
    service.shapes.get(usize::from(id.0))
}

fn malformed_xml() -> Fault {
    let text = "The XML you provided was not well-formed or did not validate against our \
                published schema";
    Fault::new("MalformedXML", text).with_status(400)
}
