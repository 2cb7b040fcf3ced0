//! One request: routed, identified, read, stepped, answered.

use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue};
use http::request::Parts;
use http::{Method, Response, StatusCode};
use hyper::body::Incoming;
use sekisho_cloud::Fault;
use sekisho_cloud::call::{Answer, Call};
use sekisho_cloud::gate::{Arrival, Signing};
use sekisho_cloud::stream::Received;
use sekisho_wire::error::{Common, WireError};
use sekisho_wire::model::Protocol;
use sekisho_wire::route::{Hosts, Route, Unroutable, needs_body, route};
use sekisho_wire::sigv4::{Body, Endpoint, Scope};
use sekisho_wire::value::Structure;
use sekisho_wire::{Value, reply, request, validate};

use super::answer::{Reply, ReplyBody, status, whole};
use super::body::{BodyError, Inflow, Room};
use super::caller::{self, Caller, NotLetIn, header};
use super::engine::{self, Engine, Stepped};
use super::holds::Held;
use super::receive::{self, NotReceived};
use super::{Patience, send};
use crate::store::StoreFailed;

/// What every request needs to know of the server.
pub(super) struct Door {
    pub(super) engine: Arc<Engine>,
    pub(super) hosts: Hosts,
    pub(super) region: String,
    /// Whether each call is told on standard error.
    pub(super) tells: bool,
    /// How long clients may take.
    pub(super) patience: Patience,
    /// What bodies that are read whole may take.
    pub(super) room: Room,
}

/// A connection.
#[derive(Clone)]
pub(super) struct Connection {
    pub(super) peer: SocketAddr,
    /// Protocol version and cipher suite.
    pub(super) tls: Option<(String, String)>,
}

/// A request on its way through the door.
struct Passage<'a> {
    door: &'a Door,
    connection: &'a Connection,
    head: Parts,
    body: Inflow<'a>,
    scope: Option<Scope>,
    request_id: String,
    host_id: String,
}

/// How a passage ends when it does not go through.
enum End {
    Reply(Box<Response<ReplyBody>>),
    Failed(StoreFailed),
}

impl From<StoreFailed> for End {
    fn from(failed: StoreFailed) -> Self {
        Self::Failed(failed)
    }
}

impl Door {
    /// Answers a request.
    pub(super) async fn answer(
        &self,
        connection: &Connection,
        request: hyper::Request<Incoming>,
    ) -> Response<ReplyBody> {
        let (head, body) = request.into_parts();
        let scope = Scope::peek(&head);
        let (request_id, host_id) = ids(&head, scope.as_ref());
        let body = Inflow::new(body, &head.headers, &self.patience);
        let mut passage =
            Passage { door: self, connection, head, body, scope, request_id, host_id };
        let mut reply = passage.go().await;
        if !passage.body.drain().await {
            // What comes next on this connection may be the rest of the body, or another request of a
            // client that never sends the rest: nobody can tell.
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        reply
    }

    /// Says on standard error what was called.
    #[expect(clippy::print_stderr, reason = "this is what `--verbose` asks for")]
    fn tell(&self, call: &Call, outcome: &str) {
        if self.tells {
            let who = call.authentic.as_ref().map(|one| one.principal().caller.to_string());
            let who = who.unwrap_or_else(|| "anonymous".to_owned());
            eprintln!("{who} {}:{} {outcome}", call.service.name, call.operation.name);
        }
    }
}

/// The ids of a reply: S3 has its own form of them.
fn ids(head: &Parts, scope: Option<&Scope>) -> (String, String) {
    let mut bytes = [0_u8; 16 + 48];
    // Ids without randomness would be no worse than equal ones: nothing secret hangs on them.
    let _ = getrandom::fill(&mut bytes);
    let (id, host) = bytes.split_at(16);
    let hex = hex::encode(id);
    let json = head.headers.contains_key("x-amz-target");
    let is_s3 = scope.map_or(!json, |scope| scope.service == "s3");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    let uuid = || [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-");
    if is_s3 {
        (part(0..16).to_uppercase(), STANDARD.encode(host))
    } else {
        (uuid(), String::new())
    }
}

impl Passage<'_> {
    async fn go(&mut self) -> Response<ReplyBody> {
        let form = if needs_body(&self.head) { self.read_whole().await } else { Ok(Bytes::new()) };
        let form = match form {
            Ok(form) => form,
            Err(error) => return self.no_body(None, Protocol::Query, &error),
        };
        let signed_for = self.scope.as_ref().map(|scope| scope.service.as_str());
        let route = match route(&self.head, signed_for, &self.door.hosts, &form) {
            Ok(route) => route,
            Err(unroutable) => return self.unroutable(&unroutable),
        };
        if climbs(&route) {
            return status(StatusCode::BAD_REQUEST, "");
        }
        let ended = if route.service.receives_stream(route.operation) {
            self.stream(&route).await
        } else {
            self.at_once(&route, form).await
        };
        match ended {
            Ok(reply) => reply,
            Err(End::Reply(reply)) => *reply,
            Err(End::Failed(failed)) => self.reply(&route).unavailable(&failed.to_string()),
        }
    }

    async fn read_whole(&mut self) -> Result<Bytes, BodyError> {
        self.body.whole(&self.door.room).await
    }

    fn reply_for(
        &self,
        service: Option<&'static sekisho_wire::model::Service>,
        protocol: Protocol,
    ) -> Reply<'_> {
        Reply {
            service,
            protocol,
            method: &self.head.method,
            request_id: &self.request_id,
            host_id: &self.host_id,
        }
    }

    fn reply(&self, route: &Route) -> Reply<'_> {
        self.reply_for(Some(route.service), route.protocol)
    }

    fn unroutable(&self, unroutable: &Unroutable) -> Response<ReplyBody> {
        self.reply_for(unroutable.service, unroutable.protocol).error(&unroutable.error)
    }

    fn no_body(
        &self,
        route: Option<&Route>,
        protocol: Protocol,
        error: &BodyError,
    ) -> Response<ReplyBody> {
        let (code, status, message) = said_of_body(protocol, error);
        let error = WireError::sender(code, status, message);
        self.reply_for(route.map(|route| route.service), protocol).error(&error)
    }

    /// A request whose body is read before anybody is asked.
    async fn at_once(&mut self, route: &Route, form: Bytes) -> Result<Response<ReplyBody>, End> {
        let body = if form.is_empty() && self.head.method != Method::GET {
            let read = self.read_whole().await;
            read.map_err(|error| self.end(self.no_body(Some(route), route.protocol, &error)))?
        } else {
            form
        };
        let caller = self.identify(route, Body::Whole(&body))?;
        if route.protocol == Protocol::RestXml {
            receive::check_whole(&self.head.headers, &body)
                .map_err(|answer| self.end(self.reply(route).refusal(&answer)))?;
        }
        let (call, unreadable) = self.call(route, caller, &body);
        if let Some((fault, error)) = unreadable {
            self.door.engine.give_up(&call, fault).await?;
            self.door.tell(&call, &error.code);
            return Ok(self.reply(route).error(&error));
        }
        let received = self.copied(route, &call).await?;
        self.step(route, call, received).await
    }

    /// The body of a copy, made of bytes that are kept already.
    async fn copied(&self, route: &Route, call: &Call) -> Result<Option<Received>, End> {
        if !copies(route) {
            return Ok(None);
        }
        let (receiving, held) = match self.door.engine.prepare(call).await? {
            engine::Body::None => return Ok(None),
            engine::Body::Receive(receiving, held) => (*receiving, held),
            engine::Body::Refused(answer) => {
                self.door.tell(call, outcome(&answer));
                return Err(self.end(self.write(route, *answer, None).await?));
            }
        };
        match receive::copy(&self.door.engine, receiving, held).await {
            Ok(received) => Ok(Some(received)),
            Err(why) => {
                self.door.engine.give_up(call, Fault::internal(&why)).await?;
                Err(self.end(self.reply(route).unavailable(&why)))
            }
        }
    }

    /// A request whose body is received once it is allowed.
    async fn stream(&mut self, route: &Route) -> Result<Response<ReplyBody>, End> {
        let caller = self.identify(route, Body::Later)?;
        let verified = caller.as_ref().map(|caller| caller.verified.clone());
        let (call, unreadable) = self.call(route, caller, &[]);
        if let Some((fault, error)) = unreadable {
            self.door.engine.give_up(&call, fault).await?;
            return Ok(self.reply(route).error(&error));
        }
        let received = match self.door.engine.prepare(&call).await? {
            engine::Body::None => None,
            engine::Body::Refused(answer) => {
                self.door.tell(&call, outcome(&answer));
                return self.write(route, *answer, None).await;
            }
            engine::Body::Receive(receiving, _) => {
                let engine = &self.door.engine;
                let received = receive::receive(
                    engine,
                    &self.head,
                    verified.as_ref(),
                    *receiving,
                    &mut self.body,
                );
                match received.await {
                    Ok(received) => Some(received),
                    Err(NotReceived::Refused(answer)) => {
                        let fault = Fault::new(answer.code, answer.message.clone());
                        engine.give_up(&call, fault.with_status(answer.status)).await?;
                        self.door.tell(&call, answer.code);
                        return Ok(self.reply(route).refusal(&answer));
                    }
                    Err(NotReceived::Failed(why)) => {
                        engine.give_up(&call, Fault::internal(&why)).await?;
                        return Ok(self.reply(route).unavailable(&why));
                    }
                }
            }
        };
        self.step(route, call, received).await
    }

    async fn step(
        &self,
        route: &Route,
        call: Call,
        received: Option<Received>,
    ) -> Result<Response<ReplyBody>, End> {
        let shown = self.door.tells.then(|| call.clone());
        let Stepped { answer, held } = self.door.engine.step(call, received).await?;
        if let Some(call) = shown {
            self.door.tell(&call, outcome(&answer));
        }
        self.write(route, answer, held).await
    }

    async fn write(
        &self,
        route: &Route,
        answer: Answer,
        held: Option<Held>,
    ) -> Result<Response<ReplyBody>, End> {
        let output = match answer.result {
            Ok(Value::Structure(output)) => output,
            Ok(_) => Structure::new(),
            Err(fault) => return Ok(self.reply(route).fault(&fault)),
        };
        let reply = self.reply(route);
        let written =
            reply::write(route.service, route.operation, route.protocol, &output, reply.ids());
        let written = match written {
            Ok(written) => written,
            Err(unwritable) => return Ok(reply.unwritable(&unwritable)),
        };
        let Some(sending) = answer.sending.filter(|_| self.head.method != Method::HEAD) else {
            return Ok(whole(written));
        };
        match send::body(&self.door.engine, sending, held).await {
            Ok(body) => Ok(written.map(|_| body)),
            Err(error) => Ok(reply.unavailable(&error.to_string())),
        }
    }

    fn end(&self, reply: Response<ReplyBody>) -> End {
        End::Reply(Box::new(reply))
    }

    fn identify(&self, route: &Route, body: Body<'_>) -> Result<Option<Caller>, End> {
        let service = route.service;
        let dialect = caller::dialect(route.protocol);
        let region = caller::signed_region(self.scope.as_ref(), &self.door.region);
        let endpoint = Endpoint { dialect, region, service: service.signing_name };
        let caller = caller::identify(&self.door.engine, &self.head, &endpoint, body);
        let caller = caller.map_err(|error| match error {
            NotLetIn::Refused(answer) => self.end(self.reply(route).refusal(&answer)),
            NotLetIn::Failed(failed) => End::Failed(failed),
        })?;
        // Of the services here only S3 answers callers who do not say who they are.
        if caller.is_none() && service.name != "s3" && !route.operation.unsigned {
            let missing = WireError::common(
                Common::NotSigned,
                service,
                route.protocol,
                "Request is missing Authentication Token",
            );
            return Err(self.end(self.reply(route).error(&missing)));
        }
        Ok(caller)
    }

    /// The call that the request is, and why it cannot be made if it cannot be read.
    fn call(
        &self,
        route: &Route,
        caller: Option<Caller>,
        body: &[u8],
    ) -> (Call, Option<(Fault, WireError)>) {
        let (service, operation) = (route.service, route.operation);
        let read =
            request::read(service, operation, route.protocol, &self.head, &route.labels, body);
        let read = read.map_err(|refusal| refusal.error(service, route.protocol));
        let read = read.map(Value::Structure).and_then(|input| valid(route, input));
        let (input, unreadable) = match read {
            Ok(input) => (Ok(input), None),
            Err(error) => {
                let fault = unread(&error);
                (Err(fault.clone()), Some((fault, error)))
            }
        };
        let (authentic, signing) = match caller {
            Some(caller) => (Some(caller.authentic), caller.signing),
            None => (None, Signing::default()),
        };
        let region = caller::region(service, self.scope.as_ref(), &self.door.region).into();
        let arrival = Arc::new(self.arrival(signing));
        let request_id = self.request_id.clone();
        (Call { service, operation, input, authentic, region, arrival, request_id }, unreadable)
    }

    fn arrival(&self, signing: Signing) -> Arrival {
        Arrival {
            source_ip: self.connection.peer.ip().to_string(),
            user_agent: header(&self.head, "user-agent").unwrap_or_default(),
            host: header(&self.head, "host").unwrap_or_default(),
            referer: header(&self.head, "referer"),
            tls: self.connection.tls.clone(),
            signing,
        }
    }
}

/// What is answered where a body does not come. Sources: Amazon S3 API Reference, "Error responses"; for
/// the other protocols what their services answer to bodies of other lengths.
fn said_of_body(protocol: Protocol, error: &BodyError) -> (&'static str, u16, &'static str) {
    const TOO_LONG: &str = "the body of the request is too long";
    const SLOW: &str = "the body of the request did not come in time";
    const CUT: &str = "the body of the request ended early";
    match (error, protocol) {
        (BodyError::TooLong, Protocol::RestXml) => {
            ("MaxMessageLengthExceeded", 400, "Your request was too big.")
        }
        (BodyError::TooLong, Protocol::Query) => ("RequestEntityTooLarge", 413, TOO_LONG),
        (BodyError::TooLong, _) => ("RequestEntityTooLargeException", 413, TOO_LONG),
        (BodyError::Slow, Protocol::RestXml) => ("RequestTimeout", 400, receive::TIMED_OUT),
        (BodyError::Slow, Protocol::Query) => ("RequestTimeout", 408, SLOW),
        (BodyError::Slow, _) => ("RequestTimeoutException", 408, SLOW),
        (BodyError::Cut, Protocol::RestXml) => ("IncompleteBody", 400, receive::INCOMPLETE),
        (BodyError::Cut, Protocol::Query) => ("MalformedInput", 400, CUT),
        (BodyError::Cut, _) => ("SerializationException", 400, CUT),
        (BodyError::NoRoom, Protocol::RestXml) => {
            ("SlowDown", 503, "Please reduce your request rate.")
        }
        (BodyError::NoRoom, Protocol::Query) => ("Throttling", 400, "Rate exceeded"),
        (BodyError::NoRoom, _) => ("ThrottlingException", 400, "Rate exceeded"),
    }
}

/// Whether the key of an object leaves its bucket by `..`: from left to right, there are more of them
/// than of other segments. AWS answers 400 without a body, whoever asks. Source: S3 User Guide,
/// "Naming Amazon S3 objects".
fn climbs(route: &Route) -> bool {
    let key = route.labels.iter().find(|(name, _)| *name == "Key");
    let mut depth = 0_usize;
    let mut segments = key.iter().flat_map(|(_, key)| key.split('/'));
    segments.any(|segment| match (segment, depth) {
        ("..", 0) => true,
        ("..", _) => {
            depth -= 1;
            false
        }
        ("" | ".", _) => false,
        _ => {
            depth += 1;
            false
        }
    })
}

/// Holds an input against the model.
fn valid(route: &Route, input: Value) -> Result<Value, WireError> {
    let Some(shape) = route.operation.input else { return Ok(input) };
    match validate::check(route.service, shape, &input) {
        Ok(()) => Ok(input),
        Err(violations) => Err(violations.error()),
    }
}

/// What the journal says of a request that could not be read.
fn unread(error: &WireError) -> Fault {
    const CODES: [&str; 7] = [
        "InvalidInputException",
        "SerializationException",
        "MalformedXML",
        "MalformedInput",
        "InvalidArgument",
        "InvalidRequest",
        "ValidationError",
    ];
    let known = CODES.into_iter().find(|known| *known == error.code);
    let text = error.message.clone().unwrap_or_default();
    Fault::new(known.unwrap_or("ValidationException"), text).with_status(error.status)
}

/// What came of a call, in a word.
fn outcome(answer: &Answer) -> &'static str {
    answer.result.as_ref().map_or_else(|fault| fault.code, |_| "ok")
}

/// Whether the body of what it makes may have to be read from what is kept already.
fn copies(route: &Route) -> bool {
    route.service.input_has(route.operation, |member| member.name == "CopySource")
}
