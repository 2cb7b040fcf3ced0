//! One history: an engine, its disk, what waits for the disk, and what should come of it all.

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;

use sekisho_cloud::call::{Answer, Call, Prepared, World};
use sekisho_cloud::dice::Dice;
use sekisho_cloud::founding::NewAccount;
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_cloud::writes::{BodyId, Writes};
use sekisho_cloud::{Cloud, Fault};
use serde_json::{Value as Json, json};

use crate::calls::{self, Key};
use crate::content::Content;
use crate::disk::Disk;
use crate::model::{Model, Who};
use crate::random::{Random, mixed};
use crate::{moves, twin};

/// 2026-11-24T00:00:00Z.
const START_MS: i64 = 1_795_478_400_000;
/// Steps that may wait for the disk.
const WAITING_MAX: usize = 6;

/// What was given to the engine in a step, so that it can be given to another engine.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) what: What,
    pub(crate) now_ms: i64,
    pub(crate) roll: u64,
}

/// The kinds of steps.
#[derive(Clone)]
pub(crate) enum What {
    Step(Call, Option<Received>),
    Prepare(Call),
    GiveUp(Call),
    Advance(i64),
}

impl Given {
    /// The clock and the dice of the step.
    pub(crate) fn world(&self) -> World {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.roll.to_be_bytes());
        World { now_ms: self.now_ms, dice: Dice::new(&seed) }
    }
}

/// The fault of a body that did not come.
pub(crate) fn cut() -> Fault {
    Fault::new("IncompleteBody", "the body ended early").with_status(400)
}

/// A step that waits for the disk, and the world once it is there.
struct Waiting {
    given: Given,
    writes: Writes,
    after: Option<Model>,
}

/// A call whose body is on its way.
pub(crate) struct Begun {
    pub(crate) who: Who,
    pub(crate) call: Call,
    pub(crate) receiving: Box<Receiving>,
    /// Once all of the body has come.
    pub(crate) received: Option<Received>,
    pub(crate) content: Content,
    pub(crate) key: String,
    /// The upload that it is a part of; `None`: it is a whole object.
    pub(crate) upload: Option<String>,
    pub(crate) is_versioned: bool,
}

/// What is wrong.
pub(crate) type Wrong = String;

/// How a call should end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// It succeeds for who may.
    Done,
    /// It fails so for who may.
    Fault(&'static str),
    /// It fails so for everybody: this is found out before anybody is asked.
    FaultFirst(&'static str),
    /// It succeeds, whatever the policies say.
    Free,
}

/// A history that went wrong.
pub(crate) struct Failure {
    pub(crate) steps: u64,
    pub(crate) why: Wrong,
    pub(crate) log: Vec<String>,
}

/// A history that went well.
pub(crate) struct Done {
    pub(crate) tally: Tally,
}

/// What has happened, for knowing that enough of everything did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) crashes: u64,
    /// Steps that a crash has undone.
    pub(crate) lost: u64,
    /// How often each operation succeeded, and was refused.
    pub(crate) calls: BTreeMap<&'static str, (u64, u64)>,
}

impl Tally {
    /// Adds another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.lost += other.lost;
        for (operation, (done, refused)) in &other.calls {
            let counts = self.calls.entry(operation).or_default();
            *counts = (counts.0 + done, counts.1 + refused);
        }
    }
}

/// Where all histories begin.
struct Beginning {
    disk: Disk,
    admin: Key,
    clerk: Key,
}

/// A history.
pub(crate) struct History {
    cloud: Cloud,
    disk: Disk,
    waiting: VecDeque<Waiting>,
    committed: Vec<Given>,
    /// The world as the engine should have it, and as the disk should.
    pub(crate) model: Model,
    durable: Model,
    pub(crate) random: Random,
    /// What it is about: a family of moves.
    pub(crate) focus: usize,
    /// The machine's clock, which no crash turns back.
    clock_ms: i64,
    rolls: u64,
    contents: u64,
    pub(crate) begun: Vec<Begun>,
    tally: Tally,
    log: Vec<String>,
}

impl History {
    /// Runs a history, or its first steps.
    pub(crate) fn run(number: u64, steps_max: u64) -> Result<Done, Failure> {
        let mut history = Self::begin(number);
        let steps = (12 + history.random.below(25)).min(steps_max);
        for step in 1..=steps {
            let went = history.step();
            went.map_err(|why| Failure { steps: step, why, log: history.log.clone() })?;
        }
        let ended = history.end();
        ended.map_err(|why| Failure { steps, why, log: history.log.clone() })?;
        Ok(Done { tally: history.tally })
    }

    fn begin(number: u64) -> Self {
        let disk = beginning().disk.clone();
        let cloud = disk.start().unwrap();
        let mut random = Random::new(mixed(number));
        Self {
            cloud,
            disk,
            waiting: VecDeque::new(),
            committed: Vec::new(),
            model: Model::default(),
            durable: Model::default(),
            focus: moves::focus(&mut random),
            random,
            clock_ms: START_MS,
            rolls: 1 << 32 | number << 40,
            contents: 0,
            begun: Vec::new(),
            tally: Tally::default(),
            log: Vec::new(),
        }
    }

    fn step(&mut self) -> Result<(), Wrong> {
        self.clock_ms += i64::try_from(self.random.below(5_000)).unwrap();
        if self.waiting.len() >= WAITING_MAX || self.random.once_in(3) {
            self.commit_some()?;
        }
        if self.random.once_in(12) {
            self.crash()?;
        }
        moves::any(self)?;
        self.seal();
        Ok(())
    }

    fn end(&mut self) -> Result<(), Wrong> {
        if self.random.once_in(2) {
            self.crash()?;
        } else {
            // Whoever goes away in the middle of a body leaves nothing.
            for received in self.begun.drain(..).filter_map(|begun| begun.received) {
                self.disk.bodies.remove(&received.body);
            }
            self.commit(self.waiting.len())?;
            self.no_body_too_many()?;
        }
        self.disk.holds(&mut self.cloud)?;
        self.disk.verify()?;
        twin::compare(&beginning().disk, &self.committed, &self.disk)
    }

    /// What a move has submitted leads to the world as it is now.
    pub(crate) fn seal(&mut self) {
        for waiting in self.waiting.iter_mut().rev().take_while(|one| one.after.is_none()) {
            waiting.after = Some(self.model.clone());
        }
    }

    /// Commits some of what waits, oldest first: groups are cut anywhere.
    fn commit_some(&mut self) -> Result<(), Wrong> {
        let count = self.random.len(0..self.waiting.len() + 1);
        self.commit(count)
    }

    fn commit(&mut self, count: usize) -> Result<(), Wrong> {
        if count > 0 {
            self.log.push(format!("… {count} of {} steps committed", self.waiting.len()));
        }
        for Waiting { given, writes, after } in self.waiting.drain(..count) {
            self.disk.commit(&writes)?;
            self.committed.push(given);
            self.durable = after.unwrap_or_else(|| self.durable.clone());
        }
        Ok(())
    }

    /// Everything ends, and starts again with what is on the disk.
    fn crash(&mut self) -> Result<(), Wrong> {
        self.commit_some()?;
        self.tally.crashes += 1;
        self.tally.lost += self.waiting.len() as u64;
        self.log.push(format!("… crash: {} steps lost", self.waiting.len()));
        self.waiting.clear();
        self.begun.clear();
        self.model = self.durable.clone();
        self.cloud = self.disk.start()?;
        let live = self.cloud.bodies();
        if let Some(lost) = live.iter().find(|body| !self.disk.bodies.contains_key(*body)) {
            return Err(format!("a row names the body {lost:?}, which is not there"));
        }
        self.disk.bodies.retain(|body, _| live.contains(body));
        Ok(())
    }

    /// Where nothing crashed, each body is named by a row without any sweep.
    fn no_body_too_many(&self) -> Result<(), Wrong> {
        let live = self.cloud.bodies();
        let orphan = self.disk.bodies.keys().find(|body| !live.contains(*body));
        orphan.map_or(Ok(()), |body| Err(format!("no row names the body {body:?}")))
    }

    /// The engine's time.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock_ms + self.model.ahead_ms
    }

    /// Lets the machine's time pass.
    pub(crate) fn pass(&mut self, by_ms: i64) {
        self.log.push(format!("{by_ms} ms pass"));
        self.clock_ms += by_ms;
    }

    /// A content unlike all others.
    pub(crate) fn content(&mut self) -> Content {
        self.contents += 1;
        // Some are files, and some of those take two chunks.
        let len = match self.random.below(16) {
            0 => 70_000,
            1 | 2 => 33_000,
            _ => self.random.len(0..300),
        };
        Content { number: self.contents, len, kms: None }
    }

    /// A text unlike all others.
    pub(crate) fn text(&mut self) -> String {
        self.contents += 1;
        format!("text {}", self.contents)
    }

    /// Moves the engine's clock forward.
    pub(crate) fn advance(&mut self, by_ms: i64) {
        self.log.push(format!("the clock is moved by {by_ms} ms"));
        let given = self.given(What::Advance(by_ms));
        let writes = self.cloud.advance_clock(given.world(), by_ms);
        self.model.ahead_ms += by_ms;
        self.submit(given, writes);
    }

    fn given(&mut self, what: What) -> Given {
        self.rolls += 1;
        Given { what, now_ms: self.now_ms(), roll: self.rolls }
    }

    fn submit(&mut self, given: Given, writes: Writes) {
        if writes != Writes::default() {
            self.waiting.push_back(Waiting { given, writes, after: None });
        }
    }

    fn key(&self, who: Who) -> Key {
        match who {
            Who::Admin => beginning().admin.clone(),
            Who::Clerk => beginning().clerk.clone(),
            Who::Session(number) => self.model.sessions[number].key.clone(),
        }
    }

    /// Makes a call, which must end as expected; with the reply if it succeeds.
    pub(crate) fn call(
        &mut self,
        who: Who,
        operation: &str,
        input: &Json,
        expected: Expected,
    ) -> Result<Option<Json>, Wrong> {
        let done = self.call_for_body(who, operation, input, expected)?;
        Ok(done.map(|(reply, _)| reply))
    }

    /// The same with the body that goes with the reply.
    pub(crate) fn call_for_body(
        &mut self,
        who: Who,
        operation: &str,
        input: &Json,
        expected: Expected,
    ) -> Result<Option<(Json, Vec<u8>)>, Wrong> {
        let Some(call) = self.sign(who, operation, input)? else { return Ok(None) };
        self.carry_out(who, &call, None, expected)
    }

    /// A call that is read and signed; `None` where the key opens nothing, as it should.
    fn sign(&mut self, who: Who, operation: &str, input: &Json) -> Result<Option<Call>, Wrong> {
        self.log.push(format!("{who:?} {operation} {input}"));
        self.rolls += 1;
        let moment = (self.now_ms(), self.rolls);
        let call = calls::call(&self.cloud, &self.key(who), (operation, input), moment);
        match (call, self.model.may_sign(who, self.now_ms())) {
            (Ok(call), true) => Ok(Some(call)),
            (Err(_), false) => Ok(None),
            (Ok(_), false) => Err(format!("{who:?} should be nobody any more")),
            (Err(error), true) => Err(format!("{who:?} is not known: {error:?}")),
        }
    }

    /// A step; with the reply and the body that goes with it.
    pub(crate) fn carry_out(
        &mut self,
        who: Who,
        call: &Call,
        received: Option<Received>,
        expected: Expected,
    ) -> Result<Option<(Json, Vec<u8>)>, Wrong> {
        let file = received.as_ref().filter(|one| one.inline.is_none()).map(|one| one.body);
        let given = self.given(What::Step(call.clone(), received.clone()));
        let answer = self.cloud.step(given.world(), call.clone(), received);
        let Answer { result, sending, writes } = answer;
        if let (Err(_), Some(file)) = (&result, file) {
            // The shell removes the file of a call that is refused.
            self.disk.bodies.remove(&file);
        }
        self.as_expected(who, call, &result.as_ref().map(|_| ()), &writes, expected)?;
        self.submit(given, writes);
        let counts = self.tally.calls.entry(call.operation.name).or_default();
        *if result.is_ok() { &mut counts.0 } else { &mut counts.1 } += 1;
        let Ok(value) = result else { return Ok(None) };
        let body = sending.map(|sending| calls::open(&sending, |body| self.sealed(body)));
        Ok(Some((calls::reply(call, &value), body.transpose()?.unwrap_or_default())))
    }

    /// Asks how the body of a call is to be received.
    pub(crate) fn prepare(
        &mut self,
        who: Who,
        (operation, input): (&str, &Json),
        expected: Expected,
    ) -> Result<Option<(Call, Box<Receiving>)>, Wrong> {
        let Some(call) = self.sign(who, operation, input)? else { return Ok(None) };
        let given = self.given(What::Prepare(call.clone()));
        let (result, writes) = match self.cloud.prepare_call(given.world(), &call) {
            Prepared::Receive(receiving, writes) => (Ok(receiving), writes),
            Prepared::NoBody => return Err(format!("{operation} wants no body")),
            Prepared::Refused(answer) => {
                let Some(fault) = answer.result.err() else {
                    return Err(format!("{operation} is refused without a fault"));
                };
                (Err(fault), answer.writes)
            }
        };
        self.as_expected(who, &call, &result.as_ref().map(|_| ()), &writes, expected)?;
        self.submit(given, writes);
        if result.is_err() {
            self.tally.calls.entry(call.operation.name).or_default().1 += 1;
        }
        Ok(result.ok().map(|receiving| (call, receiving)))
    }

    /// A body comes to its end, and rests.
    pub(crate) fn receive(&mut self, receiving: &Receiving, content: Content) -> Received {
        calls::receive(receiving, &content.bytes(), &mut self.disk)
    }

    /// A body did not come to its end.
    pub(crate) fn give_up(&mut self, call: &Call) {
        self.log.push(format!("the body of {} is cut", call.operation.name));
        let given = self.given(What::GiveUp(call.clone()));
        let answer = self.cloud.give_up(given.world(), call, cut());
        self.submit(given, answer.writes);
    }

    /// How much has been told.
    pub(crate) fn noted(&self) -> usize {
        self.log.len()
    }

    pub(crate) fn note(&mut self, text: String) {
        self.log.push(text);
    }

    /// Holds how a call ended against how it should have. A call that failed has changed nothing.
    fn as_expected(
        &self,
        who: Who,
        call: &Call,
        result: &Result<(), &Fault>,
        writes: &Writes,
        expected: Expected,
    ) -> Result<(), Wrong> {
        let wanted = match expected {
            _ if !self.model.is_there(who) => Some("InvalidClientTokenId"),
            Expected::FaultFirst(code) => Some(code),
            Expected::Free => None,
            _ if !self.model.may(who, call.service.name) => Some("AccessDenied"),
            Expected::Fault(code) => Some(code),
            Expected::Done => None,
        };
        let found = result.err().map(|fault| fault.code.trim_end_matches("Exception"));
        if found != wanted.map(|code| code.trim_end_matches("Exception")) {
            let found = result.err();
            return Err(format!("the answer should be {wanted:?}, and is {found:?}"));
        }
        let is_note = |table: &str| table == "iam.use";
        let changes = writes.rows.iter().any(|row| !is_note(row.table));
        let bodies = !writes.bodies.is_empty() || !writes.dropped.is_empty();
        if result.is_err() && (changes || bodies) {
            return Err(format!("a call that failed changed something: {:?}", writes.rows));
        }
        if writes.records.is_empty() && !writes.rows.is_empty() {
            return Err("something changed and nobody wrote it down".to_owned());
        }
        Ok(())
    }

    fn sealed(&self, body: BodyId) -> Option<&[u8]> {
        let waiting = self.waiting.iter().flat_map(|one| &one.writes.bodies);
        let waiting = waiting.filter(|(id, _)| *id == body).map(|(_, sealed)| sealed.as_ref());
        let committed = self.disk.bodies.get(&body).map(Vec::as_slice);
        committed.or_else(|| waiting.last())
    }
}

/// An account with its administrator, a clerk without a policy, and two buckets.
fn beginning() -> &'static Beginning {
    static BEGINNING: OnceLock<Beginning> = OnceLock::new();
    BEGINNING.get_or_init(|| {
        let mut disk = Disk::default();
        let mut cloud = disk.start().unwrap();
        let new = NewAccount {
            id: "111111111111".parse().unwrap(),
            name: "tools".to_owned(),
            administrator: "admin".to_owned(),
            region: "us-east-1".to_owned(),
        };
        let world = |roll: u8| World { now_ms: START_MS, dice: Dice::new(&[roll; 32]) };
        let founded = cloud.found(world(0), new).unwrap();
        disk.commit(&founded.writes).unwrap();
        let secret = founded.secret_access_key.to_string();
        let admin = Key { id: founded.access_key_id.clone(), secret, token: None };
        let mut tell = |roll: u8, operation: &str, input: Json| {
            let moment = (START_MS, u64::from(roll));
            let call = calls::call(&cloud, &admin, (operation, &input), moment).unwrap();
            let answer = cloud.step(world(roll), call.clone(), None);
            disk.commit(&answer.writes).unwrap();
            calls::reply(&call, &answer.result.unwrap())
        };
        tell(1, "iam:CreateUser", json!({ "UserName": "clerk" }));
        let made = tell(2, "iam:CreateAccessKey", json!({ "UserName": "clerk" }));
        let text = |name: &str| made["AccessKey"][name].as_str().unwrap().to_owned();
        let clerk = Key { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token: None };
        tell(3, "s3:CreateBucket", json!({ "Bucket": moves::PLAIN }));
        tell(4, "s3:CreateBucket", json!({ "Bucket": moves::VERSIONED }));
        let status = json!({ "Status": "Enabled" });
        let input = json!({ "Bucket": moves::VERSIONED, "VersioningConfiguration": status });
        tell(5, "s3:PutBucketVersioning", input);
        Beginning { disk, admin, clerk }
    })
}
