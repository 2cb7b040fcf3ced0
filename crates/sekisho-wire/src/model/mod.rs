//! AWS's API models: services, operations, shapes, constraints, error codes. Facts only, no prose.
//!
//! Source: the `service-2.json` files of botocore (Apache-2.0); the words are theirs. The facts are
//! vendored by `cargo xtask vendor` (see `data/NOTICE`) as one compressed text a service.

mod catalog;
mod format;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use catalog::{names, service, services};
#[cfg(test)]
pub(crate) use sample::sample;

/// A service.
#[derive(Debug)]
pub struct Service {
    /// The name in SDKs and in the AWS CLI: `kms`, `stepfunctions`.
    pub name: &'static str,
    /// The host's first label: `monitoring` for CloudWatch.
    pub endpoint_prefix: &'static str,
    /// The service in a signature's scope.
    pub signing_name: &'static str,
    /// `AWS Key Management Service`.
    pub full_name: &'static str,
    /// `2014-11-01`.
    pub api_version: &'static str,
    /// The protocols that it speaks, the preferred one first.
    pub protocols: &'static [Protocol],
    /// `TrentService`: what stands before the dot in `X-Amz-Target`. Empty where there is none.
    pub target_prefix: &'static str,
    /// `1.0` or `1.1`. Empty where it does not speak JSON.
    pub json_version: &'static str,
    /// The namespace of its XML. Empty where there is none.
    pub xml_namespace: &'static str,
    /// Whether its errors also carry the code that the query protocol had (`x-amzn-query-error`).
    pub query_compatible: bool,
    /// Sorted by name.
    pub operations: &'static [Operation],
    /// What [`ShapeId`] counts.
    pub shapes: &'static [Shape],
}

/// A wire protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Form in, XML out.
    Query,
    /// `awsJson1_0` and `awsJson1_1`.
    Json,
    /// REST with JSON bodies.
    RestJson,
    /// REST with XML bodies.
    RestXml,
    /// `smithy-rpc-v2-cbor`.
    Cbor,
}

/// The place of a shape in its service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeId(pub u16);

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// `CreateKey`.
    pub name: &'static str,
    /// `POST`.
    pub method: &'static str,
    /// `/{Bucket}/{Key+}?uploads`.
    pub uri: &'static str,
    /// The status of a success; 200 where the model says nothing.
    pub status: u16,
    /// What goes in.
    pub input: Option<ShapeId>,
    /// `input.locationName` and the namespace: the root element of an XML body.
    pub input_root: Option<XmlRoot>,
    /// What comes out.
    pub output: Option<ShapeId>,
    /// The element around a query reply: `GetRoleResult`. Empty where there is none.
    pub result_wrapper: &'static str,
    /// The errors that the model lists.
    pub errors: &'static [ShapeId],
    /// Whether it takes unsigned callers (`authtype: none`).
    pub unsigned: bool,
    /// `endpoint.hostPrefix`: `sync-`. Empty where there is none.
    pub host_prefix: &'static str,
    /// `httpChecksum.requestChecksumRequired`.
    pub needs_checksum: bool,
}

/// The root element of an XML body.
#[derive(Debug, Clone, Copy)]
pub struct XmlRoot {
    /// Its name.
    pub name: &'static str,
    /// Its namespace; empty where there is none.
    pub namespace: &'static str,
}

/// A shape.
#[derive(Debug)]
pub struct Shape {
    /// `CreateKeyRequest`.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Whether its value must not be shown.
    pub sensitive: bool,
}

/// What a shape is.
#[derive(Debug)]
pub enum Kind {
    /// A structure.
    Structure(StructureShape),
    /// A list.
    List {
        /// Its elements.
        element: ShapeId,
        /// The name of an element in XML; empty: `member`.
        element_name: &'static str,
        /// Whether its elements stand in XML and forms without a list around them.
        flattened: bool,
        /// Bounds of its length.
        length: Range<u64>,
    },
    /// A map.
    Map {
        /// Its keys.
        key: ShapeId,
        /// The name of a key in XML; empty: `key`.
        key_name: &'static str,
        /// Its values.
        value: ShapeId,
        /// The name of a value in XML; empty: `value`.
        value_name: &'static str,
        /// Whether its entries stand in XML and forms without a map around them.
        flattened: bool,
        /// Bounds of its size.
        length: Range<u64>,
    },
    /// A string.
    String {
        /// Bounds of its length, in characters.
        length: Range<u64>,
        /// A regular expression, as AWS writes it; empty where there is none.
        pattern: &'static str,
        /// The values it may have; empty: any.
        values: &'static [&'static str],
    },
    /// Bytes.
    Blob {
        /// Bounds of its length, in bytes.
        length: Range<u64>,
    },
    /// A boolean.
    Boolean,
    /// A whole number of 32 bits.
    Integer(Range<i64>),
    /// A whole number of 64 bits.
    Long(Range<i64>),
    /// A float or a double.
    Float(Range<f64>),
    /// A point in time.
    Timestamp(TimestampFormat),
}

/// Bounds, each where the model has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range<T> {
    /// The smallest that is taken.
    pub min: Option<T>,
    /// The largest that is taken.
    pub max: Option<T>,
}

/// A structure.
#[derive(Debug)]
pub struct StructureShape {
    /// Its members, in the model's order.
    pub members: &'static [Member],
    /// The member that is the whole HTTP body; empty where there is none.
    pub payload: &'static str,
    /// What it is as an error; `None` where it is no error.
    pub error: Option<ErrorShape>,
    /// Whether exactly one member is set.
    pub union: bool,
    /// The namespace of its XML element; empty where there is none.
    pub xml_namespace: &'static str,
}

/// A structure that is an error.
#[derive(Debug, Clone, Copy)]
pub struct ErrorShape {
    /// The code on the wire: `error.code` or the shape's name.
    pub code: &'static str,
    /// The HTTP status; 400 where the model says nothing, 500 for faults.
    pub status: u16,
    /// Whether the sender is to blame (`Sender` in query errors).
    pub sender_fault: bool,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: ShapeId,
    /// Whether it must be there.
    pub required: bool,
    /// Where it stands in HTTP; body where the model says nothing.
    pub location: Location,
    /// What it is called on the wire: `locationName`; empty: its name.
    pub location_name: &'static str,
    /// `flattened` of the member.
    pub flattened: bool,
    /// Whether it is an attribute of its XML element.
    pub xml_attribute: bool,
    /// The namespace of its XML element, as the model writes it, and its prefix; empty where there is none.
    pub xml_namespace: &'static str,
    /// The prefix of that namespace; empty where there is none.
    pub xml_prefix: &'static str,
    /// How a timestamp is written here.
    pub timestamp: TimestampFormat,
    /// Whether it is a stream, kept out of values.
    pub streaming: bool,
    /// Whether SDKs fill it in when it is missing.
    pub idempotency_token: bool,
}

/// Where a member stands in an HTTP message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the body.
    Body,
    /// A header.
    Header,
    /// Headers with this prefix; the member is a map.
    Headers,
    /// In the path.
    Uri,
    /// In the query string.
    QueryString,
    /// The status of the reply.
    StatusCode,
}

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// As the protocol does: seconds in JSON and CBOR bodies, ISO 8601 in XML and query, the HTTP date in headers.
    Usual,
    /// Seconds since 1970.
    UnixTimestamp,
    /// `2015-01-01T12:00:00Z`.
    Iso8601,
    /// `Thu, 01 Jan 2015 12:00:00 GMT`.
    Rfc822,
}

impl Kind {
    /// Whether it holds no other values.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::Structure(_) | Self::List { .. } | Self::Map { .. })
    }
}

impl StructureShape {
    /// The member with this name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl Service {
    /// The shape with this name. Shapes are sorted by name.
    pub fn shape_named(&self, name: &str) -> Option<ShapeId> {
        let place = self.shapes.binary_search_by(|shape| shape.name.cmp(name)).ok()?;
        Some(ShapeId(u16::try_from(place).ok()?))
    }

    /// A shape of this service.
    pub fn shape(&self, id: ShapeId) -> Option<&'static Shape> {
        self.shapes.get(usize::from(id.0))
    }

    /// An operation of this service.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let place = self.operations.binary_search_by(|operation| operation.name.cmp(name));
        self.operations.get(place.ok()?)
    }

    /// Whether the body of an operation's requests is a stream (`PutObject`): it is received piece by
    /// piece, and only once the call is allowed.
    pub fn receives_stream(&self, operation: &Operation) -> bool {
        self.input_has(operation, |member| member.streaming)
    }

    /// Whether the input of an operation has a member of which this is so.
    pub fn input_has(&self, operation: &Operation, is_it: impl Fn(&Member) -> bool) -> bool {
        let input = operation.input.and_then(|input| self.shape(input));
        input.is_some_and(|shape| match &shape.kind {
            Kind::Structure(shape) => shape.members.iter().any(is_it),
            _ => false,
        })
    }
}
