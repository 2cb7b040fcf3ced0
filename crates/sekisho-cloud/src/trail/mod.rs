//! The events that calls leave in CloudTrail, in each account that sees them.
//!
//! A call leaves one event in the account of its caller and one in each account whose resource was
//! used (`told`); a call that does several things, one for each of them too (`parts`). What an event
//! says of parameters is read off the model (`shown`), with the exceptions that AWS makes as data
//! (`rules`); S3 has a form of its own (`s3`). What AWS does not record leaves no event; the journal
//! has it all the same.

mod parts;
mod resources;
mod rules;
mod s3;
mod shown;
#[cfg(test)]
mod tests;
mod told;
mod who;

use sekisho_iam::AccountId;
use sekisho_trail::{Facts, ServiceFacts, service};
use sekisho_wire::model::{self, Operation, ShapeId};
use serde_json::value::RawValue;

use crate::gate::Entry;
use crate::operation::{Effect, Event as Kind};
use crate::trail::told::Told;

/// An event.
#[derive(Debug, Clone)]
pub struct Event {
    /// The account that sees it (`recipientAccountId`).
    pub account: AccountId,
    /// When, in milliseconds since 1970.
    pub time_ms: i64,
    /// Whether it is a management event: those can be looked up.
    pub is_management: bool,
    /// The record in CloudTrail's form.
    pub json: Box<RawValue>,
}

/// The events of the calls of one request.
pub fn events(entries: &[Entry]) -> Vec<Event> {
    let mut events = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|entry| rules::is_recorded(entry)) {
        events.extend(of_entry(entry));
        events.extend(parts::of(entry).iter().flat_map(of_entry));
    }
    events
}

/// A call with what is known of its service.
struct Call<'a> {
    entry: &'a Entry,
    operation: &'a str,
    /// What the model says; an operation that it does not have is not called.
    model: Option<(&'static model::Service, &'static Operation)>,
    facts: &'static ServiceFacts,
}

fn of_entry(entry: &Entry) -> Vec<Event> {
    let call = entry.name.split_once(':').and_then(|(name, operation)| {
        let model = model::service(name);
        let model = model.and_then(|model| Some((model, model.operation(operation)?)));
        Some(Call { entry, operation, model, facts: service::service(name)? })
    });
    call.map(|call| call.events()).unwrap_or_default()
}

impl Call<'_> {
    fn events(&self) -> Vec<Event> {
        let entry = self.entry;
        let told = told::told(self);
        let shared = told::is_shared(entry, &told).then(|| told::derived_id(entry, "shared"));
        let [request, response, additional] = self.parameters();
        let resources = resources::of(self);
        let error = entry.fault.as_ref();
        let management = entry.event == Kind::Management;
        let event = |(place, told): (usize, &Told)| {
            let copy = (place > 0).then(|| told::derived_id(entry, &told.account.to_string()));
            let json = sekisho_trail::record(&Facts {
                service: self.facts.name,
                event_name: rules::event_name(&entry.name, self.operation),
                read_only: entry.effect == Effect::Read,
                management,
                who: who::who(&entry.frame.principal, told.sight),
                origin: who::origin(&entry.frame),
                region: &entry.frame.region,
                time_ms: entry.time_ms,
                error: error.map(|fault| (self.error_code(fault), fault.message.as_deref())),
                request: request.as_deref(),
                response: response.as_deref(),
                additional: additional.as_deref(),
                resources: &resources,
                request_id: &entry.request_id,
                event_id: copy.as_deref().unwrap_or(&entry.event_id),
                shared_event_id: shared.as_deref(),
                recipient: told.account,
            })?;
            let account = told.account;
            Some(Event { account, time_ms: entry.time_ms, is_management: management, json })
        };
        told.iter().enumerate().filter_map(event).collect()
    }

    /// `requestParameters`, `responseElements` and `additionalEventData`. What failed has no reply.
    fn parameters(&self) -> [Option<Box<RawValue>>; 3] {
        let Some((service, operation)) = self.model else { return [const { None }; 3] };
        if service.name == "s3" {
            return s3::parameters(self, service, operation);
        }
        let dates = self.facts.dates;
        let shown = |shape: Option<ShapeId>, value, side| {
            shown::parameters(service, operation.name, shape?, value, dates, side)
        };
        let entry = self.entry;
        let request = shown(operation.input, entry.request.as_ref(), &shown::Side::Request);
        let key = resources::changed_key(entry);
        let side = shown::Side::Reply { key: key.as_deref() };
        let response = match &entry.fault {
            None => shown(operation.output, entry.response.as_ref(), &side)
                .or_else(|| shown::only_key(key.as_deref())),
            Some(_) => None,
        };
        [request, response, None]
    }

    /// The code of a failure as the trail has it. Every missing permission is `AccessDenied`, also
    /// of services that answer `AccessDeniedException`; IAM and STS are recorded with the names of
    /// the errors' shapes.
    fn error_code<'a>(&self, fault: &'a crate::Fault) -> &'a str {
        if fault.denial {
            return "AccessDenied";
        }
        let Some((service, operation)) = self.model.filter(|_| self.facts.names_error_shapes)
        else {
            return fault.code;
        };
        let shapes = operation.errors.iter().filter_map(|id| service.shape(*id));
        let mut named = shapes.filter(|shape| match &shape.kind {
            model::Kind::Structure(shape) => shape.error.is_some_and(|one| one.code == fault.code),
            _ => false,
        });
        named.next().map_or(fault.code, |shape| shape.name)
    }
}
