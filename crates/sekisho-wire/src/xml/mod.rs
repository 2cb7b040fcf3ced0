//! XML in the shape of the models: replies of query services, requests and replies of S3.
//!
//! Smithy, "XML bindings" (<https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings>) and the
//! "awsQuery" and "restXml" protocol pages.

mod document;
pub(crate) mod read;
#[cfg(test)]
mod tests;
pub(crate) mod write;

pub(crate) use document::{Element, parse};
pub use document::{XML_DEPTH_MAX, XML_ELEMENTS_MAX};
