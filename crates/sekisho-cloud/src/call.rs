//! A call from outside: what the shell hands in, and what it is given back.

use std::sync::Arc;

use sekisho_wire::Value;
use sekisho_wire::model::{self, Protocol};

use crate::cloud::Cloud;
use crate::dice::Dice;
use crate::fault::Fault;
use crate::gate::{Arrival, Authentic, Entry, Frame, Scene};
use crate::operation::{Effect, Event, Served};
use crate::principal::Principal;
use crate::services;
use crate::stream::{Received, Receiving, Sending};
use crate::writes::Writes;

/// A call, read and authenticated.
#[derive(Debug, Clone)]
pub struct Call {
    /// The service.
    pub service: &'static model::Service,
    /// The operation.
    pub operation: &'static model::Operation,
    /// What goes in, or why it could not be read: such a call is refused, and recorded.
    pub input: Result<Value, Fault>,
    /// Who signed it; `None`: nobody.
    pub authentic: Option<Authentic>,
    /// The region that was called.
    pub region: Arc<str>,
    /// How it came.
    pub arrival: Arc<Arrival>,
    /// The id under which it is answered.
    pub request_id: String,
}

/// The clock and the dice of one step.
#[derive(Debug)]
pub struct World {
    /// The time, in milliseconds since 1970.
    pub now_ms: i64,
    /// Dice with a seed that nobody can guess.
    pub dice: Dice,
}

/// What came of a call. Nobody is told before the writes are committed.
#[derive(Debug)]
pub struct Answer {
    /// The output, or the fault.
    pub result: Result<Value, Fault>,
    /// The body that goes with the output.
    pub sending: Option<Sending>,
    /// What to commit.
    pub writes: Writes,
}

/// What came of asking how a body is to be received.
#[derive(Debug)]
pub enum Prepared {
    /// It is to be received so; then the call goes on.
    Receive(Box<Receiving>, Writes),
    /// The operation takes no body: the call goes on at once.
    NoBody,
    /// It is refused.
    Refused(Box<Answer>),
}

impl Cloud {
    /// Carries out a call. `received` is the body that came with it. What has come due by the clock
    /// is done first.
    pub fn step(&mut self, world: World, call: Call, received: Option<Received>) -> Answer {
        let mut scene = Scene::new(world.now_ms, world.dice, call.request_id.clone());
        scene.received = received;
        let expired = self.s3_mut().expire(world.now_ms, &mut scene.dice);
        let frame = call.frame();
        let result = match self.admit(&mut scene, &frame, &call) {
            Ok(served) => {
                self.note_use(&frame, world.now_ms, served.service());
                call.input.and_then(|input| (served.run)(self, &mut scene, &frame, input))
            }
            Err(fault) => Err(fault),
        };
        let mut answer = self.answer(scene, result);
        answer.writes.dropped.extend(expired);
        answer
    }

    /// Says how the body of a call is to be received.
    pub fn prepare_call(&mut self, world: World, call: &Call) -> Prepared {
        let mut scene = Scene::new(world.now_ms, world.dice, call.request_id.clone());
        let frame = call.frame();
        let result = self.admit(&mut scene, &frame, call).and_then(|served| {
            let input = call.input.clone()?;
            (served.prepare)(self, &mut scene, &frame, input)
        });
        match result {
            Ok(None) => Prepared::NoBody,
            Ok(Some(receiving)) => Prepared::Receive(Box::new(receiving), self.close(scene, true)),
            Err(fault) => Prepared::Refused(Box::new(self.answer(scene, Err(fault)))),
        }
    }

    /// Writes down a call whose body could not be received.
    pub fn give_up(&mut self, world: World, call: &Call, fault: Fault) -> Answer {
        let mut scene = Scene::new(world.now_ms, world.dice, call.request_id.clone());
        refuse(&mut scene, &call.frame(), call, fault.clone());
        self.answer(scene, Err(fault))
    }

    /// Finds the operation of a call, and whether its caller is still there. What is refused here
    /// is recorded here.
    fn admit(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        call: &Call,
    ) -> Result<&'static Served, Fault> {
        let (service, operation) = (call.service.name, call.operation.name);
        let found = if !self.still_there(&frame.principal) {
            Err(Fault::gone())
        } else if call.authentic.is_none() && !call.takes_anybody() {
            Err(not_signed(call.service))
        } else if let Err(fault) = &call.input {
            Err(fault.clone())
        } else {
            services::find(service, operation).ok_or_else(|| {
                Fault::not_served(&format!(
                    "`{service}:{operation}` is not served; docs/services.md lists what is"
                ))
            })
        };
        if let Err(fault) = &found {
            refuse(scene, frame, call, fault.clone());
        }
        found
    }

    fn answer(&mut self, mut scene: Scene, result: Result<Value, Fault>) -> Answer {
        let sending = scene.sending.take().filter(|_| result.is_ok());
        let writes = self.close(scene, result.is_ok());
        Answer { result, sending, writes }
    }

    /// Ends a scene: its entries become a journal record, its changes rows. Of a call that failed no body
    /// stays or goes.
    pub(crate) fn close(&mut self, scene: Scene, succeeded: bool) -> Writes {
        let mut writes = Writes { rows: self.drain(), ..Writes::default() };
        if !scene.entries.is_empty() || !writes.rows.is_empty() {
            let (record, events) = self.chain.add(scene.now_ms, &scene.entries, &writes.rows);
            writes.records.push(record);
            writes.events = events;
        }
        if succeeded {
            writes.bodies = scene.bodies;
            writes.dropped = scene.dropped;
        }
        writes
    }
}

/// Writes down a call that never reached its operation.
fn refuse(scene: &mut Scene, frame: &Frame, call: &Call, fault: Fault) {
    let name = format!("{}:{}", call.service.name, call.operation.name);
    let found = services::find(call.service.name, call.operation.name);
    let kind = found.map_or((Effect::Write, Event::Management), |one| (one.effect, one.event));
    let mut entry = Entry::new(scene, frame, &name, kind, call.input.as_ref().ok().cloned());
    entry.fault = Some(fault);
    scene.entries.push(entry);
}

/// What is answered to nobody. The door says so too, before it reads a body.
fn not_signed(service: &model::Service) -> Fault {
    let (code, status) = match service.protocols.last() {
        Some(Protocol::Query | Protocol::RestXml) | None => ("MissingAuthenticationToken", 403),
        Some(Protocol::RestJson) => ("MissingAuthenticationTokenException", 403),
        Some(Protocol::Json | Protocol::Cbor) => ("MissingAuthenticationTokenException", 400),
    };
    Fault::new(code, "Request is missing Authentication Token").with_status(status)
}

impl Call {
    /// Whether callers who do not say who they are are asked about like others: only S3 has resources
    /// that are open to everybody.
    fn takes_anybody(&self) -> bool {
        self.service.name == "s3" || self.operation.unsigned
    }

    fn frame(&self) -> Frame {
        let authentic = self.authentic.as_ref();
        Frame {
            principal: authentic
                .map_or_else(|| Arc::new(Principal::anonymous()), Authentic::shared),
            region: Arc::clone(&self.region),
            arrival: Arc::clone(&self.arrival),
            via: Vec::new(),
            internal: false,
        }
    }
}
