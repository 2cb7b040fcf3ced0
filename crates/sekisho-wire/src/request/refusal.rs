//! Requests that cannot be read, and what AWS answers to them.
//!
//! S3: "List of error codes" in its API reference; the text about numbers is recorded in public tests of others that
//! were run against AWS (2026). Query services: "Common errors" of their API references; a value of the wrong kind is `MalformedInput`. JSON and CBOR services: `SerializationException`.
//! Lambda's own codes are in its model.

use std::fmt;

use crate::error::WireError;
use crate::model::{Protocol, Service};

/// A request that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The part of the request that is wrong.
    pub part: Part,
    /// What is wrong with it, and where.
    pub why: String,
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The body.
    Body,
    /// The form, or the query string in place of one.
    Form,
    /// A parameter of the query string, with its text.
    Query(&'static str, String),
    /// A header, with its text.
    Header(&'static str, String),
    /// A label of the path.
    Path(&'static str),
    /// The headers that hold user metadata.
    Metadata,
    /// Not the request, but our model of it.
    Model,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Body => write!(out, "the body: {}", self.why),
            Part::Form => write!(out, "the parameters: {}", self.why),
            Part::Query(name, _) => write!(out, "the parameter `{name}` {}", self.why),
            Part::Header(name, _) => write!(out, "the header `{name}` {}", self.why),
            Part::Path(name) => write!(out, "the part `{name}` of the path {}", self.why),
            Part::Metadata => write!(out, "the metadata: {}", self.why),
            Part::Model => write!(out, "the model: {}", self.why),
        }
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    pub(crate) fn new(part: Part, why: impl Into<String>) -> Self {
        Self { part, why: why.into() }
    }

    /// The answer in AWS's words where they are known.
    pub fn error(&self, service: &Service, protocol: Protocol) -> WireError {
        match (&self.part, protocol) {
            (Part::Model, _) => WireError::fault("InternalFailure", 500, self.to_string()),
            (Part::Form, _) => self.of_query(),
            (part, Protocol::RestXml) => self.of_s3(part),
            (Part::Body, Protocol::RestJson) if service.name == "lambda" => {
                let message = format!("Could not parse request body into json: {}", self.why);
                WireError::sender("InvalidRequestContentException", 400, message)
            }
            (Part::Body, _) => WireError {
                message: Some(self.why.clone()).filter(|why| !why.is_empty()),
                ..WireError::sender("SerializationException", 400, "")
            },
            _ if service.name == "lambda" => {
                WireError::sender("InvalidParameterValueException", 400, self.to_string())
            }
            _ => WireError::sender("SerializationException", 400, self.to_string()),
        }
    }

    /// CloudWatch and its like say no more than `timestamp must follow ISO8601`; here the place is said too.
    fn of_query(&self) -> WireError {
        WireError::sender("MalformedInput", 400, self.why.as_str())
    }

    fn of_s3(&self, part: &Part) -> WireError {
        match part {
            Part::Metadata => WireError::sender(
                "MetadataTooLarge",
                400,
                "Your metadata headers exceed the maximum allowed metadata size",
            )
            .detail("MaxSizeAllowed", crate::rest::METADATA_BYTES_MAX.to_string()),
            Part::Query(name, value) | Part::Header(name, value) => {
                let sized = matches!(*name, "max-keys" | "max-parts" | "max-uploads");
                let text = match sized || *name == "part-number-marker" {
                    true => format!("Provided {name} not an integer or within integer range"),
                    false => self.to_string(),
                };
                WireError::sender("InvalidArgument", 400, text)
                    .detail("ArgumentName", *name)
                    .detail("ArgumentValue", value.as_str())
            }
            Part::Path(_) => {
                WireError::sender("InvalidURI", 400, "Couldn't parse the specified URI.")
            }
            _ => WireError::sender(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our \
                 published schema",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_refused_as_s3_does() {
        let s3 = crate::model::service("s3").unwrap();
        let told = |name| {
            let refusal = Refusal::new(Part::Query(name, "abc".to_owned()), "must be a number");
            refusal.error(s3, Protocol::RestXml).message.unwrap()
        };
        let text = "Provided max-keys not an integer or within integer range";
        assert_eq!(told("max-keys"), text);
        assert_eq!(told("partNumber"), "the parameter `partNumber` must be a number");
    }
}
