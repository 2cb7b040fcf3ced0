//! Replies: outputs, faults and refusals, written for the protocol that asked.

use bytes::Bytes;
use http::{Method, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use sekisho_cloud::Fault;
use sekisho_wire::error::{Asked, Common, WireError};
use sekisho_wire::model::{Protocol, Service};
use sekisho_wire::reply::{Ids, NotInModel};
use sekisho_wire::sigv4::Answer;
use sekisho_wire::{Value, error, value::Structure};

/// The body of a reply.
pub(crate) type ReplyBody = BoxBody<Bytes, std::io::Error>;

/// What a reply is written for.
pub(super) struct Reply<'a> {
    pub(super) service: Option<&'static Service>,
    pub(super) protocol: Protocol,
    pub(super) method: &'a Method,
    pub(super) request_id: &'a str,
    pub(super) host_id: &'a str,
}

impl Reply<'_> {
    pub(super) fn ids(&self) -> Ids<'_> {
        Ids { request: self.request_id, host: self.host_id }
    }

    /// An error.
    pub(super) fn error(&self, error: &WireError) -> Response<ReplyBody> {
        let asked = Asked { method: self.method, ids: self.ids() };
        match error::write(self.service, self.protocol, error, asked) {
            Ok(reply) => whole(reply),
            Err(unwritable) => self.unwritable(&unwritable),
        }
    }

    /// A refusal before anybody was asked.
    pub(super) fn refusal(&self, answer: &Answer) -> Response<ReplyBody> {
        let error = WireError::sender(answer.code, answer.status, answer.message.clone());
        let details = answer.details.iter().cloned();
        self.error(&details.fold(error, |error, (name, text)| error.detail(name, text)))
    }

    /// A fault of the engine.
    pub(super) fn fault(&self, fault: &Fault) -> Response<ReplyBody> {
        self.error(&self.of_fault(fault))
    }

    fn of_fault(&self, fault: &Fault) -> WireError {
        let message = fault.message.clone().unwrap_or_default();
        let service = self.service;
        let modelled = service.and_then(|one| WireError::modelled(one, fault.code, &*message));
        let mut error = match (fault.code, service) {
            ("InternalFailure", Some(service)) => self.common(Common::Internal, service, message),
            ("InvalidClientTokenId", Some(service)) => {
                self.common(Common::UnknownKey, service, message)
            }
            _ => modelled.unwrap_or_else(|| {
                let status = fault.status.unwrap_or(400);
                let error = WireError::sender(fault.code, status, message);
                WireError { sender_fault: status < 500, ..error }
            }),
        };
        error.status = fault.status.unwrap_or(error.status);
        error.message = error.message.filter(|_| fault.message.is_some());
        for (name, value) in &fault.headers {
            error = error.header(name, value);
        }
        self.with_members(error, &fault.members)
    }

    fn common(&self, common: Common, service: &Service, message: String) -> WireError {
        WireError::common(common, service, self.protocol, message)
    }

    /// S3's errors have elements that the model does not know; those of the other services are the
    /// model's.
    fn with_members(&self, error: WireError, members: &Structure) -> WireError {
        members.iter().fold(error, |error, (name, value)| match (self.protocol, value) {
            (Protocol::RestXml, Value::Text(text)) => error.detail(name, text),
            _ => error.member(name, value.clone()),
        })
    }

    /// What could not be written: our own mistake.
    pub(super) fn unwritable(&self, _: &NotInModel) -> Response<ReplyBody> {
        status(StatusCode::INTERNAL_SERVER_ERROR, "the engine's answer does not fit the model\n")
    }

    /// The engine cannot answer: its store is stopped, or the disk does not keep up.
    pub(super) fn unavailable(&self, why: &str) -> Response<ReplyBody> {
        match self.service {
            Some(service) => self.error(&self.common(Common::Unavailable, service, why.to_owned())),
            None => status(StatusCode::SERVICE_UNAVAILABLE, &format!("{why}\n")),
        }
    }
}

/// A reply whose body is at hand.
pub(super) fn whole(reply: Response<Bytes>) -> Response<ReplyBody> {
    reply.map(full)
}

/// A body that is at hand.
pub(super) fn full(bytes: impl Into<Bytes>) -> ReplyBody {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

/// A plain answer to what is no call.
pub(super) fn status(status: StatusCode, text: &str) -> Response<ReplyBody> {
    let mut reply = Response::new(full(text.to_owned()));
    *reply.status_mut() = status;
    reply
}
