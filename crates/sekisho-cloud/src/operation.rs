//! The shape of an operation: what it asks, and what it does once it may.
//!
//! An operation is one file with one type. Everything else (decoding, questions, recording, undoing
//! what failed) is the gate's and the same for all of them.

use std::marker::PhantomData;

use sekisho_wire::model::{self, Service, ShapeId};
use sekisho_wire::{Value, fits, from_value, holds, to_value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::act::{Act, View};
use crate::ask::Ask;
use crate::cloud::{Cloud, State};
use crate::fault::Fault;
use crate::gate::{Frame, Scene};
use crate::stream::Receiving;
use crate::unread::unread;

/// An operation of a service.
pub trait Operation: Sized + 'static {
    /// The service as the models call it, and the operation: `kms:Decrypt`, `s3:PutObject`.
    const NAME: &'static str;
    /// The permissions that it may ask for.
    const ASKS: &'static [&'static str];
    /// Whether it changes anything (`readOnly` in CloudTrail).
    const EFFECT: Effect;
    /// Which kind of CloudTrail event it makes.
    const EVENT: Event = Event::Management;

    /// Whether its reply is recorded as well: that of what changes something, and of what AWS calls
    /// read-only although it hands something out (`AssumeRole`).
    const REPLY_IS_RECORDED: bool = matches!(Self::EFFECT, Effect::Write);

    /// The state of its service, and the only state that it can reach.
    type State: State;
    /// The members of the model's input that it serves (`deny_unknown_fields`).
    type In: DeserializeOwned + Serialize;
    /// The members of the model's output that it gives.
    type Out: Serialize;

    /// What the caller must be allowed to do.
    ///
    /// # Errors
    /// What AWS finds wrong with a request before it asks for permission.
    fn asks<'a>(input: &Self::In, view: &View<'a, Self::State>) -> Result<Vec<Ask<'a>>, Fault>;

    /// For an operation whose request has a streamed body: how the body is to be received. It is
    /// called after the questions are answered; the same questions are put again before it acts.
    ///
    /// # Errors
    /// What AWS answers before it reads a body.
    fn receive(
        _permit: &Permit<Self>,
        _input: &Self::In,
        _act: &mut Act<'_, Self::State>,
    ) -> Result<Option<Receiving>, Fault> {
        Ok(None)
    }

    /// Does it. Whatever it has changed is undone where it ends in a fault.
    ///
    /// # Errors
    /// What AWS answers to an allowed request that cannot be done.
    fn act(
        permit: Permit<Self>,
        input: Self::In,
        act: &mut Act<'_, Self::State>,
    ) -> Result<Self::Out, Fault>;
}

/// Whether an operation changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It changes nothing.
    Read,
    /// It changes something.
    Write,
}

/// Which kind of CloudTrail event an operation makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A management event.
    Management,
    /// A data event: on objects and the like.
    Data,
}

/// That a call was asked and allowed. Only the gate makes one.
#[derive(Debug)]
pub struct Permit<O> {
    of: PhantomData<fn() -> O>,
}

impl<O> Permit<O> {
    /// A permit. It is in sight of the crate and used in one place: `gate::perform`, after the
    /// questions are answered; tidy holds that (`permits`).
    pub(crate) fn granted_by_the_gate() -> Self {
        Self { of: PhantomData }
    }
}

/// An operation as the gate finds it by its name.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    /// `kms:Decrypt`.
    pub name: &'static str,
    /// The permissions that it may ask for.
    pub asks: &'static [&'static str],
    /// Whether it changes anything.
    pub effect: Effect,
    /// Which kind of CloudTrail event it makes.
    pub event: Event,
    /// Runs it.
    pub(crate) run: fn(&mut Cloud, &mut Scene, &Frame, Value) -> Result<Value, Fault>,
    /// Says how its body is to be received.
    pub(crate) prepare: Prepare,
    /// Holds its input against the model.
    holds: fn(&Service, ShapeId) -> Result<(), String>,
}

type Prepare = fn(&mut Cloud, &mut Scene, &Frame, Value) -> Result<Option<Receiving>, Fault>;

/// The entry of an operation in its service's table.
pub const fn served<O: Operation>() -> Served {
    Served {
        name: O::NAME,
        asks: O::ASKS,
        effect: O::EFFECT,
        event: O::EVENT,
        run: run::<O>,
        prepare: prepare::<O>,
        holds: holds::<O::In>,
    }
}

impl Served {
    /// `kms`.
    pub fn service(&self) -> &'static str {
        self.name.split_once(':').map_or(self.name, |(service, _)| service)
    }

    /// Whether its input is as the model has it: names, types, values of enumerations.
    ///
    /// # Errors
    /// Every disagreement, one a line.
    pub fn input_is_modelled(&self) -> Result<(), String> {
        let service = model::service(self.service()).ok_or("AWS has no such service")?;
        let operation = service.operation(self.operation()).ok_or("AWS has no such operation")?;
        operation.input.map_or(Ok(()), |shape| (self.holds)(service, shape))
    }

    /// `Decrypt`.
    pub fn operation(&self) -> &'static str {
        self.name.split_once(':').map_or(self.name, |(_, operation)| operation)
    }
}

fn run<O: Operation>(
    cloud: &mut Cloud,
    scene: &mut Scene,
    frame: &Frame,
    input: Value,
) -> Result<Value, Fault> {
    let request = input.clone();
    let input = from_value::<O::In>(input).map_err(|error| unread(O::NAME, &error))?;
    let out = cloud.perform_as::<O>(scene, frame, input, Some(request))?;
    debug_assert_eq!(reply_is_modelled::<O>(&out), Ok(()), "the reply of {}", O::NAME);
    to_value(&out).map_err(|error| Fault::internal(&error))
}

/// Whether a reply is as the model has it; looked at in debug builds, so that every story looks.
fn reply_is_modelled<O: Operation>(out: &O::Out) -> Result<(), String> {
    let (service, operation) = O::NAME.split_once(':').ok_or("the name has no service")?;
    let service = model::service(service).ok_or("AWS has no such service")?;
    let operation = service.operation(operation).ok_or("AWS has no such operation")?;
    operation.output.map_or(Ok(()), |shape| fits(out, service, shape))
}

fn prepare<O: Operation>(
    cloud: &mut Cloud,
    scene: &mut Scene,
    frame: &Frame,
    input: Value,
) -> Result<Option<Receiving>, Fault> {
    let request = input.clone();
    let input = from_value::<O::In>(input).map_err(|error| unread(O::NAME, &error))?;
    cloud.prepare::<O>(scene, frame, input, Some(request))
}
