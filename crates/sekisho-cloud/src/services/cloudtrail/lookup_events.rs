//! `LookupEvents`: the management events of the last 90 days, newest first.
//!
//! Source: CloudTrail API Reference, "LookupEvents"; CloudTrail User Guide, "Viewing recent management
//! events with the AWS CLI". Data events are never in the history.

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::attribute::{self, LookupAttribute};
use super::event_view::{EventView, Record};
use super::state::CloudTrail;
use super::{fault, page};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::writes::{Archive, EventKey};

/// How far the history goes back, in milliseconds.
const HISTORY_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// How many events a page has where nothing is said; no page has more.
const RESULTS_MAX: usize = 50;

/// How many events are read from the store at a time.
const READ_AT_ONCE: usize = 200;

/// How many events one call reads through in search of those that fit. A page that ends here may be
/// short or empty and has a token, as with AWS: a bound on time, not on what can be found.
const READ_MAX: usize = 4_000;

/// `cloudtrail:LookupEvents`.
#[derive(Debug)]
pub struct LookupEvents;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// What the events must have: at most one.
    #[serde(default)]
    pub lookup_attributes: Vec<LookupAttribute>,
    /// None before that.
    pub start_time: Option<Millis>,
    /// None after that.
    pub end_time: Option<Millis>,
    /// How many at most.
    pub max_results: Option<u32>,
    /// Where to go on.
    pub next_token: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    events: Vec<EventView>,
    next_token: Option<String>,
}

impl Operation for LookupEvents {
    const NAME: &'static str = "cloudtrail:LookupEvents";
    const ASKS: &'static [&'static str] = &["cloudtrail:LookupEvents"];
    const EFFECT: Effect = Effect::Read;

    type State = CloudTrail;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, CloudTrail>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("cloudtrail:LookupEvents")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, CloudTrail>) -> Result<Output, Fault> {
        let search = Search::of(&input, act)?;
        search.page(act.archive())
    }
}

/// What is looked for, and where.
struct Search<'a> {
    region: &'a str,
    attribute: Option<&'a LookupAttribute>,
    oldest_ms: i64,
    count: usize,
    /// Everything before this place.
    before: EventKey,
    /// The question in words, for tokens.
    asked: String,
}

impl<'a> Search<'a> {
    fn of(input: &'a Input, act: &Act<'a, CloudTrail>) -> Result<Self, Fault> {
        let attribute = attribute::the_one(&input.lookup_attributes)?;
        let (start, end) = (input.start_time.map(|at| at.0), input.end_time.map(|at| at.0));
        if start.zip(end).is_some_and(|(start, end)| start > end) {
            return Err(fault::time_range());
        }
        let account = act.account()?;
        let asked =
            format!("{account} {} {:?} {start:?} {end:?}", act.region(), input.lookup_attributes);
        let number = account.to_string().parse().map_err(|why| Fault::internal(&why))?;
        let before = match &input.next_token {
            Some(token) => page::read(token, number, &asked)?,
            None => just_after(number, end.unwrap_or_else(|| act.now_ms())),
        };
        let history_ms = act.now_ms().saturating_sub(HISTORY_MS);
        let count = input.max_results.and_then(|count| usize::try_from(count).ok());
        Ok(Self {
            region: act.region(),
            attribute,
            oldest_ms: start.map_or(history_ms, |start| start.max(history_ms)),
            count: count.unwrap_or(RESULTS_MAX).min(RESULTS_MAX),
            before,
            asked,
        })
    }

    fn page(&self, archive: &dyn Archive) -> Result<Output, Fault> {
        let mut events = Vec::new();
        let mut before = self.before;
        let mut read = 0;
        while read < READ_MAX {
            let account = before.account;
            let found = archive
                .events_before(account, Some(before), self.oldest_ms, READ_AT_ONCE)
                .map_err(|error| Fault::internal(&error.0))?;
            let is_last = found.len() < READ_AT_ONCE;
            for (key, record) in found {
                if events.len() == self.count {
                    // There is at least one more to read.
                    return Ok(Output {
                        events,
                        next_token: Some(page::token(before, &self.asked)),
                    });
                }
                (before, read) = (key, read + 1);
                events.extend(self.event(key, &record)?);
            }
            if is_last {
                return Ok(Output { events, next_token: None });
            }
        }
        Ok(Output { events, next_token: Some(page::token(before, &self.asked)) })
    }

    /// The event at a place, where it is one that is looked for.
    fn event(&self, key: EventKey, record: &[u8]) -> Result<Option<EventView>, Fault> {
        let line: Line<'_> = serde_json::from_slice(record).map_err(|why| Fault::internal(&why))?;
        let Some(text) = line.events.get(usize::from(key.place)) else { return Ok(None) };
        let record: Record =
            serde_json::from_str(text.get()).map_err(|why| Fault::internal(&why))?;
        if record.aws_region != self.region {
            return Ok(None);
        }
        let event = record.view(key.time_ms, text.get());
        Ok(self.attribute.is_none_or(|one| one.fits(&event)).then_some(event))
    }
}

/// What is read of a journal record.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    events: Vec<&'a RawValue>,
}

/// The place after everything that happened up to a moment. The end of the range belongs to it, and
/// events are timed to the second.
fn just_after(account: u64, end_ms: i64) -> EventKey {
    let next_second = end_ms.saturating_sub(end_ms.rem_euclid(1000)).saturating_add(1000);
    EventKey { account, time_ms: next_second, record: 0, place: 0 }
}
