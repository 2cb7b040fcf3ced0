//! Errors as AWS answers them.
//!
//! | protocol | form | source |
//! |---|---|---|
//! | awsJson | `{"__type": …, "message": …}` and `x-amzn-ErrorType` | Smithy, "awsJson1.1", operation error serialization |
//! | rest-json | `x-amzn-ErrorType`, `{"message": …}` | Smithy, "restJson1" |
//! | query | `<ErrorResponse><Error><Type/><Code/><Message/></Error><RequestId/></ErrorResponse>` | Smithy, "awsQuery" |
//! | rest-xml | `<Error><Code/><Message/>…<RequestId/><HostId/></Error>`, nothing to HEAD | S3 API Reference, "Error responses" |
//! | CBOR | a map with `__type`, `smithy-protocol` | Smithy, "RPC v2 CBOR" |
//!
//! A query-compatible service (SQS, CloudWatch) speaks JSON or CBOR but also says the code that its query
//! API had, in `x-amzn-query-error` (Smithy, "awsQueryCompatible trait").

mod common;
mod sqs;
mod write;

pub use common::Common;
pub use write::{Asked, write};

use http::HeaderName;

use crate::model::{ErrorShape, Kind, Service, StructureShape};
use crate::value::Structure;

/// An error on the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct WireError {
    /// The code; for an error in the model its shape's name or its code.
    pub code: String,
    /// The message; AWS sends some errors without.
    pub message: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// Whether the sender is to blame.
    pub sender_fault: bool,
    /// Further members that the model has for this error.
    pub members: Structure,
    /// What S3's errors have though the model does not.
    pub extras: Box<Extras>,
}

/// What S3's errors have though the model does not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extras {
    /// Elements: `BucketName`, `Resource`.
    pub details: Vec<(String, String)>,
    /// Headers: `x-amz-bucket-region`.
    pub headers: Vec<(HeaderName, String)>,
}

impl WireError {
    /// An error of the sender that the model does not have.
    pub fn sender(code: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: Some(message.into()),
            status,
            sender_fault: true,
            members: Structure::new(),
            extras: Box::default(),
        }
    }

    /// An error of the service that the model does not have.
    pub fn fault(code: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        Self { sender_fault: false, ..Self::sender(code, status, message) }
    }

    /// An error of the model, by its shape's name or its code; `None` where the model has none such.
    pub fn modelled(
        service: &'static Service,
        code: &str,
        message: impl Into<String>,
    ) -> Option<Self> {
        let Modelled { error, .. } = modelled(service, code)?;
        let sender = Self::sender(code, error.status, message);
        Some(Self { sender_fault: error.sender_fault || error.status < 500, ..sender })
    }

    /// Adds an element that S3's error has though the model does not.
    #[must_use]
    pub fn detail(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.extras.details.push((name.into(), text.into()));
        self
    }

    /// Adds a header that the model does not know; a name that HTTP does not take is left out.
    #[must_use]
    pub fn header(mut self, name: &str, text: impl Into<String>) -> Self {
        self.extras.headers.extend(HeaderName::try_from(name).map(|name| (name, text.into())));
        self
    }

    /// Adds a member that the model has.
    #[must_use]
    pub fn member(mut self, name: &'static str, value: crate::Value) -> Self {
        self.members.set(name, value);
        self
    }
}

/// An error as the model has it.
#[derive(Clone, Copy)]
struct Modelled {
    /// Its shape's name.
    name: &'static str,
    shape: &'static StructureShape,
    error: ErrorShape,
}

/// Finds an error by its shape's name, else by its code.
fn modelled(service: &'static Service, code: &str) -> Option<Modelled> {
    let errors = || {
        service.shapes.iter().filter_map(|shape| match &shape.kind {
            Kind::Structure(structure) => {
                let error = structure.error?;
                let error = match service.name {
                    "sqs" => sqs::complete(shape.name, error),
                    _ => error,
                };
                Some(Modelled { name: shape.name, shape: structure, error })
            }
            _ => None,
        })
    };
    errors()
        .find(|modelled| modelled.name == code)
        .or_else(|| errors().find(|modelled| modelled.error.code == code))
}
