//! CloudTrail's records: what a call leaves in the trail, in AWS's own form.
//!
//! [`Facts`] is what is known of a call; [`record`] says it as AWS does: the same members in the same
//! order, `null` where AWS writes `null`, nothing where AWS writes nothing. What a service's
//! parameters look like inside is not this crate's affair (it knows no API models): they come as JSON.
//!
//! Source: AWS CloudTrail User Guide, "CloudTrail record contents" and "CloudTrail userIdentity
//! element"; the order of members is that of delivered records.

pub mod facts;
mod identity;
mod record;
pub mod service;
pub mod time;

pub use facts::{Facts, Origin, Resource, SessionFacts, Sight, Stranger, Tls, Who};
pub use record::{BYTES_OF_PARAMETERS_MAX, BYTES_OF_TEXT_MAX, record};
pub use service::{Dates, ServiceFacts};
