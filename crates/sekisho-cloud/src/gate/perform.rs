//! One call, from its questions to its record.

use sekisho_wire::{Value, to_value};

use super::entry::Entry;
use super::{Frame, Scene, limits};
use crate::act::{Act, View};
use crate::cloud::Cloud;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};
use crate::stream::Receiving;

impl Cloud {
    /// Carries out a call that a service places: asks, acts, undoes what failed, and writes down what
    /// happened.
    ///
    /// # Errors
    /// What the caller is told.
    pub(crate) fn perform<O: Operation>(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        input: O::In,
    ) -> Result<O::Out, Fault> {
        let request = to_value(&input).ok();
        self.perform_as::<O>(scene, frame, input, request)
    }

    /// The same for a call whose input is there as it came; so it is written down.
    ///
    /// # Errors
    /// What the caller is told.
    pub(crate) fn perform_as<O: Operation>(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        input: O::In,
        request: Option<Value>,
    ) -> Result<O::Out, Fault> {
        let mut entry = Entry::of::<O>(scene, frame, request);
        let result = self.pass::<O, _>(scene, frame, &mut entry, input, O::act);
        if let Ok(out) = &result
            && O::REPLY_IS_RECORDED
        {
            entry.response = to_value(out).ok();
        }
        scene.entries.push(entry);
        result
    }

    /// Asks for a call with a streamed body, and says how the body is to be received. A call that is
    /// refused here is written down; one that goes on is written down when it ends.
    ///
    /// # Errors
    /// What the caller is told.
    pub(crate) fn prepare<O: Operation>(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        input: O::In,
        request: Option<Value>,
    ) -> Result<Option<Receiving>, Fault> {
        let mut entry = Entry::of::<O>(scene, frame, request);
        let receive = |permit, input, act: &mut Act<'_, O::State>| O::receive(&permit, &input, act);
        let result = self.pass::<O, _>(scene, frame, &mut entry, input, receive);
        if result.is_err() {
            scene.entries.push(entry);
        }
        result
    }

    /// One passage through the gate: the questions, then what may be done, undone where it failed.
    fn pass<O: Operation, T>(
        &mut self,
        scene: &mut Scene,
        frame: &Frame,
        entry: &mut Entry,
        input: O::In,
        go: impl FnOnce(Permit<O>, O::In, &mut Act<'_, O::State>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (marks, bodies) = (self.marks(), scene.bodies_mark());
        let result = self
            .ask::<O>(scene, frame, &input, entry)
            .and_then(|permit| go(permit, input, &mut Act::new(self, scene, frame)));
        if let Err(fault) = &result {
            self.roll_back(&marks);
            scene.roll_back_bodies(bodies);
            entry.fault = Some(fault.clone());
        }
        self.settle();
        result
    }

    /// Puts the questions of a call.
    fn ask<O: Operation>(
        &self,
        scene: &Scene,
        frame: &Frame,
        input: &O::In,
        entry: &mut Entry,
    ) -> Result<Permit<O>, Fault> {
        limits::check(O::NAME, &frame.principal)?;
        let asks = O::asks(input, &View::new(self, frame, scene.now_ms))?;
        let service = O::NAME.split(':').next().unwrap_or_default();
        let (asked, answer) = self.decide(service, frame, scene.now_ms, &asks);
        entry.asked = asked;
        answer.map(|()| Permit::granted_by_the_gate())
    }
}

impl Entry {
    fn of<O: Operation>(scene: &mut Scene, frame: &Frame, request: Option<Value>) -> Self {
        Self::new(scene, frame, O::NAME, (O::EFFECT, O::EVENT), request)
    }

    /// The entry of a call that begins.
    pub(crate) fn new(
        scene: &mut Scene,
        frame: &Frame,
        name: &str,
        (effect, event): (Effect, Event),
        request: Option<Value>,
    ) -> Self {
        let placed = frame.internal || !frame.via.is_empty();
        let request_id = if placed { scene.dice.uuid() } else { scene.request_id.clone() };
        Self {
            name: name.to_owned(),
            effect,
            event,
            frame: frame.clone(),
            time_ms: scene.now_ms,
            request_id,
            event_id: scene.dice.uuid(),
            request,
            response: None,
            asked: Vec::new(),
            fault: None,
        }
    }
}
