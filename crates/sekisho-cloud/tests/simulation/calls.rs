//! Calls as the shell makes them of requests: read, signed, verified.

use std::sync::Arc;

use http::Request;
use sekisho_cloud::Cloud;
use sekisho_cloud::body::{INLINE_LEN_MAX, Opener, SEALED_CHUNK_LEN, Sealer};
use sekisho_cloud::call::Call;
use sekisho_cloud::gate::{Arrival, Authentic, CredentialError};
use sekisho_cloud::stream::{Received, Receiving, Sending};
use sekisho_wire::checksum::Hasher;
use sekisho_wire::sigv4::{AmzDate, Body, Claim, Credential, Dialect, Endpoint, Signer};
use sekisho_wire::sigv4::{SigningKey, sha256_hex, verify};
use sekisho_wire::{Value, json, model};
use serde_json::Value as Json;

use crate::disk::Disk;
use crate::plain;

const REGION: &str = "us-east-1";

/// An access key, with the session's token where it has one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

/// A call of the holder of a key; `Err`: why the key opens nothing.
pub(crate) fn call(
    cloud: &Cloud,
    key: &Key,
    (operation, input): (&str, &Json),
    (now_ms, request): (i64, u64),
) -> Result<Call, CredentialError> {
    let (service, name) = operation.split_once(':').unwrap();
    let service = model::service(service).unwrap();
    let operation = service.operation(name).unwrap();
    let value = match operation.input {
        Some(shape) if service.name == "s3" => plain::read(service, shape, input),
        Some(shape) => json::read(service, shape, input.to_string().as_bytes()).unwrap(),
        None => Value::Structure(Default::default()),
    };
    Ok(Call {
        service,
        operation,
        input: Ok(value),
        authentic: Some(sign(cloud, key, service.signing_name, now_ms)?),
        region: REGION.into(),
        arrival: Arc::new(Arrival { source_ip: "127.0.0.1".to_owned(), ..Arrival::default() }),
        request_id: format!("request-{request}"),
    })
}

/// Signs a request as a client does, and has it verified as the shell does.
fn sign(
    cloud: &Cloud,
    key: &Key,
    service: &str,
    now_ms: i64,
) -> Result<Authentic, CredentialError> {
    let date = AmzDate::at(now_ms).unwrap();
    let scope = Credential::new(&key.id, date.day(), REGION, service);
    let mut signer = Signer::new(&key.secret, scope, Dialect::Query);
    if let Some(token) = &key.token {
        signer = signer.with_token(token);
    }
    let request = Request::post("/").header("host", "localhost").body(()).unwrap();
    let mut head = request.into_parts().0;
    signer.sign(&mut head, &date, &sha256_hex(b"")).unwrap();
    let endpoint = Endpoint { dialect: Dialect::Query, region: REGION, service };
    let claim = Claim::read(&head, &endpoint, now_ms).unwrap().unwrap();
    let id = &claim.credential().access_key_id;
    let credential = cloud.credential(id, claim.session_token(), now_ms)?;
    let signing = SigningKey::derive(&credential.secret, claim.credential());
    let proof = verify(&claim, &signing, &head, Body::Whole(b"")).unwrap();
    Ok(credential.vouch(&proof).unwrap())
}

/// Seals a body as the shell does; a larger one is on the disk when this returns.
pub(crate) fn receive(receiving: &Receiving, body: &[u8], disk: &mut Disk) -> Received {
    let sealed = Sealer::seal_all(&receiving.key, receiving.body, body).unwrap();
    let inline = sealed.len() <= INLINE_LEN_MAX;
    if !inline {
        disk.bodies.insert(receiving.body, sealed.clone());
    }
    let sum = |algorithm| Hasher::sum(algorithm, body);
    Received {
        body: receiving.body,
        kept_key: receiving.kept_key.clone(),
        bytes: body.len() as u64,
        checksums: receiving.checksums.iter().map(|algorithm| sum(*algorithm)).collect(),
        inline: inline.then(|| sealed.into()),
    }
}

/// Opens the body of a reply, from what is committed and what waits for it.
pub(crate) fn open<'a>(
    sending: &Sending,
    sealed: impl Fn(sekisho_cloud::writes::BodyId) -> Option<&'a [u8]>,
) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    for piece in &sending.pieces {
        let sealed = sealed(piece.body).ok_or("a body is lost")?;
        let opener = Opener::new(&piece.key, piece.body, piece.body_bytes).unwrap();
        let mut whole = Vec::new();
        for (index, chunk) in sealed.chunks(SEALED_CHUNK_LEN).enumerate() {
            let mut chunk = chunk.to_vec();
            opener.open(index as u64, &mut chunk).map_err(|error| error.to_string())?;
            whole.extend(chunk);
        }
        let (from, len) = (piece.from.try_into().unwrap(), piece.bytes.try_into().unwrap());
        body.extend(whole.iter().skip(from).take(len));
    }
    Ok(body)
}

/// The reply in plain JSON.
pub(crate) fn reply(call: &Call, value: &Value) -> Json {
    let Some(shape) = call.operation.output else { return Json::Null };
    if call.service.name == "s3" {
        return plain::write(call.service, shape, value);
    }
    let bytes = json::write(call.service, shape, value).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}
