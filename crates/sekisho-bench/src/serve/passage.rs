//! Calls on an engine in this process, step by step as `sekisho serve` takes them.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use http::request::Parts;
use sekisho_cloud::Cloud;
use sekisho_cloud::body::Sealer;
use sekisho_cloud::call::{Answer, Call, Prepared, World};
use sekisho_cloud::dice::Dice;
use sekisho_cloud::founding::NewAccount;
use sekisho_cloud::gate::{Arrival, Authentic};
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_cloud::vault::RootKey;
use sekisho_cloud::writes::{Archive, ArchiveError, EventKey, Writes};
use sekisho_wire::checksum::Hasher;
use sekisho_wire::reply::{self, Ids};
use sekisho_wire::route::{Hosts, Route, route};
use sekisho_wire::sigv4::{Body, Claim, Dialect, Endpoint, SigningKey, verify};
use sekisho_wire::{Value, request, validate};
use zeroize::Zeroizing;

use super::client::{Ask, Client, Key, REGION, now};
use super::scene::{BUCKET, OBJECT_BYTES, TRUST, escaped};

/// The steps of a call, in their order.
pub(super) const STEPS: [&str; 4] = [
    "signature verified (key derived before)",
    "routed, read, held against the model",
    "asked, done, recorded in memory; bodies hashed and sealed",
    "reply written",
];

/// A request: its head, signed, and its body.
type Asked = (Parts, Vec<u8>);

/// A call that is measured.
pub(super) struct Operation {
    pub(super) name: &'static str,
    service: &'static str,
    ask: fn(&Passage) -> Result<Asked>,
}

/// The measured calls.
pub(super) const OPERATIONS: [Operation; 5] = [
    Operation {
        name: "GetCallerIdentity",
        service: "sts",
        ask: |passage| passage.query("sts", "Action=GetCallerIdentity&Version=2011-06-15"),
    },
    Operation {
        name: "GetRole",
        service: "iam",
        ask: |passage| passage.query("iam", "Action=GetRole&RoleName=bench&Version=2010-05-08"),
    },
    Operation {
        name: "GenerateDataKey",
        service: "kms",
        ask: |passage| {
            let text = format!(r#"{{"KeyId":"{}","KeySpec":"AES_256"}}"#, passage.kms_key);
            passage.json("TrentService.GenerateDataKey", &text)
        },
    },
    Operation {
        name: "PutObject, 1 KiB",
        service: "s3",
        ask: |passage| passage.s3("PUT", &format!("/{BUCKET}/object"), &[b'x'; OBJECT_BYTES]),
    },
    Operation {
        name: "GetObject, 1 KiB",
        service: "s3",
        ask: |passage| passage.s3("GET", &format!("/{BUCKET}/object"), b""),
    },
];

/// An engine, and a client that holds the key of its administrator.
pub(super) struct Passage {
    cloud: Cloud,
    client: Client,
    hosts: Hosts,
    kms_key: String,
    rolls: u64,
}

/// A store that holds nothing.
struct Nothing;

impl Archive for Nothing {
    fn events_before(
        &self,
        _: u64,
        _: Option<EventKey>,
        _: i64,
        _: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        Ok(Vec::new())
    }
}

impl Passage {
    /// An engine with an account, a role, a key, and a bucket with an object.
    ///
    /// # Errors
    /// When the engine refuses.
    pub(super) fn new() -> Result<Self> {
        let root = RootKey::new(Zeroizing::new([7; 32]));
        let mut cloud = Cloud::new(&root, Arc::new(Nothing));
        let account = NewAccount {
            id: "111111111111".parse().ok().context("no account")?,
            name: "tools".to_owned(),
            administrator: "admin".to_owned(),
            region: REGION.to_owned(),
        };
        let world = World { now_ms: now()?.milliseconds(), dice: Dice::new(&[1; 32]) };
        let founded = cloud.found(world, account);
        let founded = founded.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        let key = Key {
            id: founded.access_key_id.clone(),
            secret: founded.secret_access_key.to_string(),
        };
        let client = Client { address: "127.0.0.1:4750".parse()?, key };
        let hosts = Hosts::new(["127.0.0.1".to_owned()]);
        let mut passage = Self { cloud, client, hosts, kms_key: String::new(), rolls: 0 };
        passage.furnish()?;
        Ok(passage)
    }

    fn furnish(&mut self) -> Result<()> {
        let form = format!(
            "Action=CreateRole&RoleName=bench&AssumeRolePolicyDocument={}&Version=2010-05-08",
            escaped(TRUST)
        );
        let asked = self.query("iam", &form)?;
        self.place("iam", asked)?;
        let asked = self.json("TrentService.CreateKey", "{}")?;
        let made = self.place("kms", asked)?;
        let about = match made.result {
            Ok(Value::Structure(mut reply)) => reply.take("KeyMetadata"),
            _ => None,
        };
        let Some(Value::Structure(about)) = about else { bail!("no key was made") };
        let Some(Value::Text(id)) = about.get("KeyId") else { bail!("the key has no id") };
        self.kms_key.clone_from(id);
        let asked = self.s3("PUT", &format!("/{BUCKET}"), b"")?;
        self.place("s3", asked)?;
        Ok(())
    }

    fn query(&self, service: &str, form: &str) -> Result<Asked> {
        Ok((self.client.head(&Ask::query(service, form))?.0, form.as_bytes().to_vec()))
    }

    fn json(&self, target: &str, text: &str) -> Result<Asked> {
        Ok((self.client.head(&Ask::json("kms", target, text))?.0, text.as_bytes().to_vec()))
    }

    fn s3(&self, method: &str, path: &str, body: &[u8]) -> Result<Asked> {
        Ok((self.client.head(&Ask::s3(method, path, body))?.0, body.to_vec()))
    }

    fn place(&mut self, service: &'static str, asked: Asked) -> Result<Answer> {
        let (_, _, answer) = self.pass(service, asked)?;
        Ok(answer)
    }

    /// Places a call; with the nanoseconds of its steps.
    ///
    /// # Errors
    /// When it is refused.
    pub(super) fn go(&mut self, operation: &Operation) -> Result<([u128; STEPS.len()], Writes)> {
        let asked = (operation.ask)(self)?;
        let ([signature, read, step], route, answer) = self.pass(operation.service, asked)?;
        let Ok(Value::Structure(output)) = answer.result else { bail!("no structure came back") };
        let begun = Instant::now();
        let ids = Ids { request: "4442587FB7D0A2F9", host: "host" };
        let written = reply::write(route.service, route.operation, route.protocol, &output, ids);
        written.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok(([signature, read, step, begun.elapsed().as_nanos()], answer.writes))
    }

    fn pass(
        &mut self,
        service: &'static str,
        (head, body): Asked,
    ) -> Result<([u128; 3], Route, Answer)> {
        let (now_ms, begun) = (now()?.milliseconds(), Instant::now());
        let streams = service == "s3" && head.method == "PUT" && !body.is_empty();
        let (authentic, spent) = self.identify(service, &head, (&body, streams), now_ms)?;
        let signature = begun.elapsed().as_nanos().saturating_sub(spent);
        let begun = Instant::now();
        let (route, input) = self.read(service, &head, if streams { &[] } else { &body })?;
        let read = begun.elapsed().as_nanos();
        let call = Call {
            service: route.service,
            operation: route.operation,
            input: Ok(input),
            authentic: Some(authentic),
            region: REGION.into(),
            arrival: Arc::new(Arrival { source_ip: "127.0.0.1".to_owned(), ..Arrival::default() }),
            request_id: "4442587FB7D0A2F9".to_owned(),
        };
        let begun = Instant::now();
        let received = if streams { self.receive(&call, &body, now_ms)? } else { None };
        let world = self.world(now_ms);
        let answer = self.cloud.step(world, call, received);
        let step = begun.elapsed().as_nanos();
        if let Err(fault) = &answer.result {
            bail!("{} failed: {fault:?}", route.operation.name);
        }
        Ok(([signature, read, step], route, answer))
    }

    /// Who signed; with the time for deriving the key, which the server does once a day and client.
    fn identify(
        &self,
        service: &'static str,
        head: &Parts,
        (body, streams): (&[u8], bool),
        now_ms: i64,
    ) -> Result<(Authentic, u128)> {
        let dialect = match service {
            "s3" => Dialect::S3,
            "kms" => Dialect::Json,
            _ => Dialect::Query,
        };
        let endpoint = Endpoint { dialect, region: REGION, service };
        let claim =
            Claim::read(head, &endpoint, now_ms).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let claim = claim.context("the request is not signed")?;
        let id = &claim.credential().access_key_id;
        let found = self.cloud.credential(id, None, now_ms);
        let found = found.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let begun = Instant::now();
        let key = SigningKey::derive(&found.secret, claim.credential());
        let spent = begun.elapsed().as_nanos();
        let body = if streams { Body::Later } else { Body::Whole(body) };
        let verified = verify(&claim, &key, head, body);
        let verified = verified.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok((found.vouch(&verified).context("another key signed")?, spent))
    }

    fn read(&self, service: &str, head: &Parts, body: &[u8]) -> Result<(Route, Value)> {
        let route = route(head, Some(service), &self.hosts, body);
        let route = route.map_err(|unroutable| anyhow::anyhow!("{:?}", unroutable.error))?;
        let Route { service, operation, protocol, .. } = &route;
        let input = request::read(service, operation, *protocol, head, &route.labels, body);
        let input = Value::Structure(input.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?);
        if let Some(shape) = operation.input {
            let held = validate::check(service, shape, &input);
            held.map_err(|violations| anyhow::anyhow!("{:?}", violations.error()))?;
        }
        Ok((route, input))
    }

    fn receive(&mut self, call: &Call, body: &[u8], now_ms: i64) -> Result<Option<Received>> {
        let world = self.world(now_ms);
        let Prepared::Receive(receiving, _) = self.cloud.prepare_call(world, call) else {
            bail!("the body is not wanted");
        };
        let Receiving { body: id, key, kept_key, checksums, .. } = *receiving;
        let sum = |algorithm| Hasher::sum(algorithm, body);
        Ok(Some(Received {
            body: id,
            kept_key,
            bytes: body.len() as u64,
            checksums: checksums.into_iter().map(sum).collect(),
            inline: Some(Sealer::seal_all(&key, id, body)?.into()),
        }))
    }

    fn world(&mut self, now_ms: i64) -> World {
        self.rolls += 1;
        let mut seed = [0; 32];
        seed.iter_mut().zip(self.rolls.to_be_bytes()).for_each(|(to, from)| *to = from);
        World { now_ms, dice: Dice::new(&seed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measured_call_succeeds_and_is_recorded() {
        let mut passage = Passage::new().unwrap();
        for operation in &OPERATIONS {
            let (_, writes) = passage.go(operation).unwrap();
            assert_eq!(writes.records.len(), 1, "{}", operation.name);
        }
    }
}
