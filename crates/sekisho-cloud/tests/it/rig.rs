//! A whole engine for tests: three accounts, real signatures, a store in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use http::Request;
use sekisho_cloud::body::{Opener, Sealer, sealed_len};
use sekisho_cloud::call::{Answer, Call, Prepared, World};
use sekisho_cloud::dice::Dice;
use sekisho_cloud::founding::NewAccount;
use sekisho_cloud::gate::{Arrival, Authentic};
use sekisho_cloud::journal::Walk;
use sekisho_cloud::session::{Session, SessionOf};
use sekisho_cloud::stream::{Received, Receiving, Sending};
use sekisho_cloud::vault::{RootKey, VaultOf};
use sekisho_cloud::writes::{Archive, ArchiveError, BodyId, EventKey, Writes};
use sekisho_cloud::{Cloud, Fault};
use sekisho_wire::checksum::Hasher;
use sekisho_wire::model::Member;
use sekisho_wire::sigv4::{AmzDate, Body, Claim, Credential, Dialect, Endpoint, Signer};
use sekisho_wire::sigv4::{SigningKey, sha256_hex, verify};
use sekisho_wire::{Value, json, model};
use serde_json::Value as Json;
use zeroize::Zeroizing;

use crate::plain;

/// The region of calls, unless a test calls another.
pub(crate) const REGION: &str = "us-east-1";
/// The three accounts: name and number.
pub(crate) const ACCOUNTS: [(&str, &str); 3] =
    [("tools", "111111111111"), ("staging", "222222222222"), ("production", "333333333333")];

/// 2026-11-24T00:00:00Z.
const START_MS: i64 = 1_795_478_400_000;

/// An access key, with the session's token where it has one.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

/// What the store holds.
#[derive(Clone, Default)]
pub(crate) struct Stored {
    pub(crate) rows: BTreeMap<(String, String), Vec<u8>>,
    pub(crate) records: Vec<Vec<u8>>,
    pub(crate) events: Vec<EventKey>,
    pub(crate) bodies: BTreeMap<BodyId, Vec<u8>>,
}

/// A store in memory.
#[derive(Clone, Default)]
pub(crate) struct Memory(pub(crate) Arc<Mutex<Stored>>);

impl Archive for Memory {
    fn events_before(
        &self,
        account: u64,
        before: Option<EventKey>,
        oldest_ms: i64,
        count: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        let stored = self.0.lock().unwrap();
        let mut keys = stored.events.clone();
        keys.retain(|key| key.account == account && key.time_ms >= oldest_ms);
        keys.retain(|key| before.is_none_or(|before| *key < before));
        keys.sort();
        let found = keys.into_iter().rev().take(count);
        Ok(found
            .map(|key| (key, stored.records[usize::try_from(key.record).unwrap()].clone()))
            .collect())
    }
}

/// The engine with its store, its clock and the keys that the tests hold.
pub(crate) struct Rig {
    pub(crate) cloud: Cloud,
    pub(crate) memory: Memory,
    pub(crate) now_ms: i64,
    rolls: u64,
    keys: BTreeMap<String, Key>,
    /// The region that is called.
    pub(crate) region: &'static str,
    /// How calls arrive.
    pub(crate) arrival: Arrival,
    /// The body that came with the last reply.
    pub(crate) body: Vec<u8>,
}

impl Rig {
    /// Three accounts, each with the user `admin`: `tools/admin` …
    pub(crate) fn new() -> Self {
        let memory = Memory::default();
        let mut rig = Self {
            cloud: cloud(&memory),
            memory,
            now_ms: START_MS,
            rolls: 0,
            keys: BTreeMap::new(),
            region: REGION,
            arrival: Arrival {
                source_ip: "127.0.0.1".to_owned(),
                user_agent: "rig".to_owned(),
                ..Arrival::default()
            },
            body: Vec::new(),
        };
        for (name, number) in ACCOUNTS {
            rig.found(name, number);
        }
        rig
    }

    /// Founds an account with the user `admin`.
    pub(crate) fn found(&mut self, name: &str, number: &str) {
        let new = NewAccount {
            id: number.parse().unwrap(),
            name: name.to_owned(),
            administrator: "admin".to_owned(),
            region: REGION.to_owned(),
        };
        let world = self.world();
        let founded = self.cloud.found(world, new).unwrap();
        let key = Key {
            id: founded.access_key_id.clone(),
            secret: founded.secret_access_key.to_string(),
            token: None,
        };
        self.keys.insert(format!("{name}/admin"), key);
        self.commit(founded.writes);
    }

    fn world(&mut self) -> World {
        self.rolls += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.rolls.to_be_bytes());
        World { now_ms: self.now_ms, dice: Dice::new(&seed) }
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, seconds: i64) {
        self.now_ms += seconds * 1000;
    }

    /// Makes an organization of the accounts: tools manages it, the others are in `workloads/…`.
    pub(crate) fn organize(&mut self) {
        let [tools, staging, production] = ACCOUNTS.map(|(_, number)| number.parse().unwrap());
        let members = [(staging, "workloads/staging"), (production, "workloads/production")];
        let world = self.world();
        let writes = self.cloud.found_organization(world, tools, &members).unwrap();
        self.commit(writes);
    }

    /// Remembers a key under a name by which calls can be made.
    pub(crate) fn know(&mut self, who: &str, key: Key) {
        self.keys.insert(who.to_owned(), key);
    }

    /// Every secret access key and session token that the tests hold.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let of = |key: &Key| std::iter::once(key.secret.clone()).chain(key.token.clone());
        self.keys.values().flat_map(of).collect()
    }

    /// Makes a user with this inline policy (none: no policy) and a key: `tools/alice`.
    pub(crate) fn user(&mut self, who: &str, policy: Option<&Json>) {
        let (account, name) = who.split_once('/').unwrap();
        let admin = format!("{account}/admin");
        self.tell(&admin, "iam:CreateUser", serde_json::json!({ "UserName": name }));
        if let Some(policy) = policy {
            let policy = serde_json::json!({
                "UserName": name, "PolicyName": "inline", "PolicyDocument": policy.to_string()
            });
            self.tell(&admin, "iam:PutUserPolicy", policy);
        }
        let key = self.tell(&admin, "iam:CreateAccessKey", serde_json::json!({ "UserName": name }));
        let text = |name: &str| key["AccessKey"][name].as_str().unwrap().to_owned();
        let key = Key { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token: None };
        self.know(who, key);
    }

    /// Assumes a role and remembers the session's key under `as_who`.
    pub(crate) fn assume(&mut self, who: &str, as_who: &str, input: Json) {
        self.enter(who, as_who, "sts:AssumeRole", input);
    }

    /// Has STS issue a session and remembers its key under `as_who`.
    pub(crate) fn enter(&mut self, who: &str, as_who: &str, operation: &str, input: Json) {
        let reply = self.tell(who, operation, input);
        let text = |name: &str| reply["Credentials"][name].as_str().unwrap().to_owned();
        let token = Some(text("SessionToken"));
        let key = Key { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token };
        self.know(as_who, key);
    }

    /// Makes a key of the root user of an account and gives its name: a session with MFA, which reaches
    /// all that root users do. The engine has no access keys of root users.
    pub(crate) fn root(&mut self, account: &str) -> String {
        let (_, number) = ACCOUNTS.iter().find(|(name, _)| *name == account).unwrap();
        let (id, secret) = (format!("ASIAROOT{number}"), "secret".to_owned());
        let session = Session {
            access_key_id: id.clone(),
            secret: secret.clone().into(),
            account: number.parse().unwrap(),
            of: SessionOf::Root,
            issued_ms: self.now_ms,
            expires_ms: self.now_ms + 3_600_000,
            policies: None,
            tags: BTreeMap::new(),
            transitive: BTreeSet::new(),
            source_identity: None,
            mfa: true,
        };
        let vault = root_key().vault(VaultOf::Sessions);
        let token = session.token(&vault, &mut self.world().dice);
        let who = format!("{account}/root");
        self.know(&who, Key { id, secret, token });
        who
    }

    /// A call that must succeed. `who` is a name of a key, or `anonymous`.
    pub(crate) fn tell(&mut self, who: &str, operation: &str, input: Json) -> Json {
        let shown = input.to_string();
        self.call(who, operation, input)
            .unwrap_or_else(|fault| panic!("{who} {operation} {shown}: {fault:?}"))
    }

    /// A call that must fail; as `Code: text`.
    pub(crate) fn refused(&mut self, who: &str, operation: &str, input: Json) -> String {
        let shown = input.to_string();
        match self.call(who, operation, input) {
            Ok(reply) => panic!("{who} {operation} {shown} succeeded: {reply}"),
            Err(fault) => format!("{}: {}", fault.code, fault.message.unwrap_or_default()),
        }
    }

    /// A call without a streamed body.
    pub(crate) fn call(&mut self, who: &str, operation: &str, input: Json) -> Result<Json, Fault> {
        self.send(who, operation, input, &[])
    }

    /// A call with a streamed body.
    #[expect(clippy::needless_pass_by_value, reason = "inputs are written where they are passed")]
    pub(crate) fn send(
        &mut self,
        who: &str,
        operation: &str,
        input: Json,
        body: &[u8],
    ) -> Result<Json, Fault> {
        let call = self.read(who, operation, &input)?;
        let received = self.prepare(&call)?.map(|receiving| self.receive(&receiving, body));
        let world = self.world();
        let output = call.operation.output;
        let service = call.service;
        let Answer { result, sending, writes } = self.cloud.step(world, call, received);
        self.commit(writes);
        self.body = sending.map(|sending| self.open(&sending)).unwrap_or_default();
        let value = result?;
        let Some(shape) = output else { return Ok(Json::Null) };
        if service.name == "s3" {
            return Ok(plain::write(service, shape, &value));
        }
        let bytes = json::write(service, shape, &value).unwrap();
        Ok(serde_json::from_slice(&bytes).unwrap())
    }

    fn read(&mut self, who: &str, operation: &str, input: &Json) -> Result<Call, Fault> {
        let (service, name) = operation.split_once(':').unwrap();
        let service = model::service(service).unwrap();
        let operation = service.operation(name).unwrap();
        let value = match operation.input {
            Some(shape) if service.name == "s3" => plain::read(service, shape, input),
            Some(shape) => json::read(service, shape, input.to_string().as_bytes()).unwrap(),
            None => Value::Structure(Default::default()),
        };
        let authentic = match who {
            "anonymous" => None,
            _ => Some(self.sign(who, service)?),
        };
        self.rolls += 1;
        let request_id = format!("request-{}", self.rolls);
        let region = self.region.into();
        let arrival = Arc::new(self.arrival.clone());
        Ok(Call { service, operation, input: Ok(value), authentic, region, arrival, request_id })
    }

    /// Signs a request as a client does, and has it verified as the shell does.
    fn sign(&self, who: &str, service: &'static model::Service) -> Result<Authentic, Fault> {
        let key = self.keys.get(who).unwrap_or_else(|| panic!("nobody knows a key of `{who}`"));
        let date = AmzDate::at(self.now_ms).unwrap();
        let scope = Credential::new(&key.id, date.day(), self.region, service.signing_name);
        let mut signer = Signer::new(&key.secret, scope, Dialect::Query);
        if let Some(token) = &key.token {
            signer = signer.with_token(token);
        }
        let request = Request::post("/").header("host", "localhost").body(()).unwrap();
        let mut head = request.into_parts().0;
        signer.sign(&mut head, &date, &sha256_hex(b"")).unwrap();
        let endpoint = Endpoint {
            dialect: Dialect::Query,
            region: self.region,
            service: service.signing_name,
        };
        let claim = Claim::read(&head, &endpoint, self.now_ms).unwrap().unwrap();
        let id = &claim.credential().access_key_id;
        let credential = self.cloud.credential(id, claim.session_token(), self.now_ms);
        let credential =
            credential.map_err(|error| Fault::new("InvalidClientTokenId", format!("{error:?}")))?;
        let signing = SigningKey::derive(&credential.secret, claim.credential());
        let proof = verify(&claim, &signing, &head, Body::Whole(b"")).unwrap();
        Ok(credential.vouch(&proof).unwrap())
    }

    fn prepare(&mut self, call: &Call) -> Result<Option<Receiving>, Fault> {
        let bears = |member: &Member| member.streaming || member.name == "CopySource";
        if !call.service.input_has(call.operation, bears) {
            return Ok(None);
        }
        let world = self.world();
        match self.cloud.prepare_call(world, call) {
            Prepared::NoBody => Ok(None),
            Prepared::Receive(receiving, writes) => {
                self.commit(writes);
                Ok(Some(*receiving))
            }
            Prepared::Refused(answer) => {
                self.commit(answer.writes);
                Err(answer.result.unwrap_err())
            }
        }
    }

    /// Seals a body as the shell does; all bodies are small here.
    fn receive(&self, receiving: &Receiving, body: &[u8]) -> Received {
        let copied = receiving.from.as_ref().map(|from| self.open(from));
        let body = copied.as_deref().unwrap_or(body);
        let sealed = Sealer::seal_all(&receiving.key, receiving.body, body).unwrap();
        assert_eq!(sealed.len() as u64, sealed_len(body.len() as u64));
        let sum = |algorithm| Hasher::sum(algorithm, body);
        Received {
            body: receiving.body,
            kept_key: receiving.kept_key.clone(),
            bytes: body.len() as u64,
            checksums: receiving.checksums.iter().map(|algorithm| sum(*algorithm)).collect(),
            inline: Some(sealed.into()),
        }
    }

    fn open(&self, sending: &Sending) -> Vec<u8> {
        let stored = self.memory.0.lock().unwrap();
        let mut body = Vec::new();
        for piece in &sending.pieces {
            let sealed = &stored.bodies[&piece.body];
            let opener = Opener::new(&piece.key, piece.body, piece.body_bytes).unwrap();
            let mut whole = Vec::new();
            for (index, chunk) in sealed.chunks(sekisho_cloud::body::SEALED_CHUNK_LEN).enumerate() {
                let mut chunk = chunk.to_vec();
                opener.open(index as u64, &mut chunk).unwrap();
                whole.extend(chunk);
            }
            let range = usize::try_from(piece.from).unwrap()..;
            body.extend(&whole[range][..usize::try_from(piece.bytes).unwrap()]);
        }
        body
    }

    fn commit(&mut self, writes: Writes) {
        let mut stored = self.memory.0.lock().unwrap();
        for row in writes.rows {
            let place = (row.table.to_owned(), row.key);
            match row.value {
                Some(value) => stored.rows.insert(place, value),
                None => stored.rows.remove(&place),
            };
        }
        for record in writes.records {
            assert_eq!(record.number, stored.records.len() as u64, "records have no gap");
            stored.records.push(record.bytes);
        }
        stored.events.extend(writes.events);
        stored.bodies.extend(writes.bodies.into_iter().map(|(id, sealed)| (id, sealed.to_vec())));
        writes.dropped.iter().for_each(|id| {
            stored.bodies.remove(id);
        });
    }

    /// Another engine with a copy of all that this one has.
    pub(crate) fn copy(&self) -> Self {
        let stored = self.memory.0.lock().unwrap().clone();
        let memory = Memory(Arc::new(Mutex::new(stored)));
        let mut copy = Self {
            cloud: cloud(&memory),
            memory,
            keys: self.keys.clone(),
            arrival: self.arrival.clone(),
            body: Vec::new(),
            ..*self
        };
        copy.restart();
        copy
    }

    /// Ends the engine and starts it again from its store.
    pub(crate) fn restart(&mut self) {
        self.cloud = cloud(&self.memory);
        let stored = self.memory.0.lock().unwrap();
        for ((table, key), value) in &stored.rows {
            self.cloud.load(table, key, value).unwrap();
        }
        if let Some(last) = stored.records.last() {
            self.cloud.continue_journal(stored.records.len() as u64 - 1, last);
        }
    }

    /// The last record of the journal.
    pub(crate) fn last_record(&self) -> Json {
        serde_json::from_slice(self.memory.0.lock().unwrap().records.last().unwrap()).unwrap()
    }

    /// Checks that the chain is whole and that the rows are what it says, in store and engine alike.
    pub(crate) fn verify(&mut self) {
        let stored = self.memory.0.lock().unwrap();
        let mut walk = Walk::default();
        for (number, record) in stored.records.iter().enumerate() {
            walk.step(number as u64, record).unwrap();
        }
        let rows = stored.rows.iter().map(|((table, key), row)| (&**table, &**key, &**row));
        walk.compare(rows).unwrap();
        let held: BTreeMap<_, _> = self
            .cloud
            .rows()
            .into_iter()
            .map(|row| ((row.table.to_owned(), row.key), row.value.unwrap()))
            .collect();
        assert_eq!(held, stored.rows);
    }
}

fn cloud(memory: &Memory) -> Cloud {
    Cloud::new(&root_key(), Arc::new(memory.clone()))
}

pub(crate) fn root_key() -> RootKey {
    RootKey::new(Zeroizing::new([42; 32]))
}
