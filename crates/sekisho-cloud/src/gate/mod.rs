//! The one door. Every call comes through here, those that services place on each other included:
//! who calls is known, what it asks is decided, what happened is recorded.

mod authenticate;
mod context;
mod decide;
mod entry;
mod last_use;
mod limits;
mod perform;
pub(crate) mod standing;

use std::sync::Arc;

use crate::dice::Dice;
use crate::principal::Principal;
use crate::stream::{Received, Sending};
use crate::writes::BodyId;
use bytes::Bytes;

pub use authenticate::{Authentic, Credential, CredentialError};
pub use entry::{Asked, Entry};
pub(crate) use standing::Cache;

/// The surroundings of a call: who, where, how it came.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who calls. Shared, because everything that is written down of a call says it.
    pub principal: Arc<Principal>,
    /// The region that is called.
    pub region: Arc<str>,
    /// How the call reached the engine.
    pub arrival: Arc<Arrival>,
    /// The services by way of which the principal calls, the first one first.
    pub via: Vec<&'static str>,
    /// Whether a service calls, for itself or as a role: the connection is then AWS's own.
    pub internal: bool,
}

/// How a call reached the engine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrival {
    /// The address it came from.
    pub source_ip: String,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The `Host` header.
    pub host: String,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// Protocol version and cipher suite of the TLS connection, if it was one.
    pub tls: Option<(String, String)>,
    /// How it was signed.
    pub signing: Signing,
}

/// How a call was signed, for condition keys of S3 and for the trail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signing {
    /// `AWS4-HMAC-SHA256`; empty where it was not signed.
    pub algorithm: &'static str,
    /// In the query string (a presigned URL) rather than in a header.
    pub in_query: bool,
    /// The age of the signature, in milliseconds.
    pub age_ms: i64,
    /// `X-Amz-Content-Sha256`, as it was sent.
    pub content_sha256: String,
}

impl Frame {
    /// The same caller by way of a service.
    pub(crate) fn forwarded(&self, service: &'static str) -> Self {
        let mut frame = self.clone();
        frame.via.push(service);
        frame
    }

    /// Another caller at the same place.
    pub(crate) fn taken_over_by(&self, principal: Principal) -> Self {
        let principal = Arc::new(principal);
        Self { principal, via: Vec::new(), internal: true, ..self.clone() }
    }
}

/// What goes on while one call is carried out, with all calls that it places.
#[derive(Debug)]
pub struct Scene {
    /// The time, in milliseconds since 1970.
    pub(crate) now_ms: i64,
    /// Dice.
    pub(crate) dice: Dice,
    /// What has been called, in the order in which the calls ended.
    pub(crate) entries: Vec<Entry>,
    /// The id of the outer request.
    pub(crate) request_id: String,
    /// The body that came with the call.
    pub(crate) received: Option<Received>,
    /// The body of the reply.
    pub(crate) sending: Option<Sending>,
    /// Small bodies to commit.
    pub(crate) bodies: Vec<(BodyId, Bytes)>,
    /// Bodies that may go.
    pub(crate) dropped: Vec<BodyId>,
}

impl Scene {
    /// The scene of one call.
    pub(crate) fn new(now_ms: i64, dice: Dice, request_id: String) -> Self {
        Self {
            now_ms,
            dice,
            request_id,
            entries: Vec::new(),
            received: None,
            sending: None,
            bodies: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// How many bodies come and go so far, to roll back to.
    pub(crate) fn bodies_mark(&self) -> (usize, usize) {
        (self.bodies.len(), self.dropped.len())
    }

    /// Forgets the bodies that came and went since the mark: the call that they were for has failed,
    /// and its rows are as before.
    pub(crate) fn roll_back_bodies(&mut self, (bodies, dropped): (usize, usize)) {
        self.bodies.truncate(bodies);
        self.dropped.truncate(dropped);
    }
}
