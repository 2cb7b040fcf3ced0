//! What the fuzzing targets of the wire do with their bytes, and what must hold whatever these are.
//!
//! Each function takes the bytes of one target and panics where something does not hold.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method};
use sekisho_wire::checksum;
use sekisho_wire::chunked::{ChunkError, Decoder, Encoder, Event, Mode};
use sekisho_wire::error::{self, Asked, WireError};
use sekisho_wire::model::{self, Operation, Protocol, Service, ShapeId};
use sekisho_wire::reply::{self, Ids};
use sekisho_wire::route::{self, Hosts, Route};
use sekisho_wire::sigv4::{
    AmzDate, Body, Chain, Claim, Credential, Dialect, Endpoint, Payload, Scope, Signer, SigningKey,
    Verified, sha256_hex, verify,
};
use sekisho_wire::{Value, cbor as cbor_body, json as json_body, request as requests, validate};

const IDS: Ids<'static> = Ids { request: "request-id", host: "host-id" };

/// Splits `service Operation`, a line end, and the rest.
fn operation(bytes: &[u8]) -> Option<(&'static Service, &'static Operation, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let (service, operation) = line.split_once(' ')?;
    let service = model::service(service)?;
    Some((service, service.operation(operation)?, bytes.get(end + 1..)?))
}

/// Values hold floats, and what is no number does not equal itself.
fn shown(value: &Value) -> String {
    format!("{value:?}")
}

// ---- json and cbor ----------------------------------------------------------------------------

/// Reads a body as JSON, for the input and the output of an operation. What is read is written, and
/// read again the same; and it is valid or it is said why not.
pub fn json(bytes: &[u8]) {
    let Some((service, operation, body)) = operation(bytes) else { return };
    for shape in operation.input.into_iter().chain(operation.output) {
        let Ok(value) = json_body::read(service, shape, body) else { continue };
        let written = json_body::write(service, shape, &value).expect("what was read is written");
        let again = json_body::read(service, shape, written.as_ref()).expect("and read again");
        assert_eq!(shown(&again), shown(&value), "{}", String::from_utf8_lossy(written.as_ref()));
        check_validation(service, shape, &value);
    }
}

/// The same with CBOR.
pub fn cbor(bytes: &[u8]) {
    let Some((service, operation, body)) = operation(bytes) else { return };
    for shape in operation.input.into_iter().chain(operation.output) {
        let Ok(value) = cbor_body::read(service, shape, body) else { continue };
        let written = cbor_body::write(service, shape, &value).expect("what was read is written");
        let again = cbor_body::read(service, shape, &written).expect("and read again");
        assert_eq!(shown(&again), shown(&value), "{}", hex(&written));
        check_validation(service, shape, &value);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check_validation(service: &'static Service, shape: ShapeId, value: &Value) {
    if let Err(violations) = validate::check(service, shape, value) {
        let error = violations.error();
        assert!(!error.code.is_empty() && error.message.is_some_and(|text| !text.is_empty()));
    }
}

// ---- request ----------------------------------------------------------------------------------

/// A request as text: its line, headers, an empty line, a body.
///
/// ```text
/// PUT /bucket/key?versioning
/// host: localhost
///
/// <body>
/// ```
fn parse(bytes: &[u8]) -> Option<(Parts, &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = match end {
        Some(end) => (bytes.get(..end)?, bytes.get(end + 2..)?),
        None => (bytes, &[][..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let line = std::str::from_utf8(lines.next()?).ok()?;
    let (method, target) = line.split_once(' ')?;
    let request = http::Request::builder().method(method).uri(target);
    let request = lines.try_fold(request, |request, line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = line.get(..colon)?;
        let value = HeaderValue::from_bytes(line.get(colon + 1..)?.trim_ascii()).ok()?;
        Some(request.header(name, value))
    })?;
    Some((request.body(()).ok()?.into_parts().0, body))
}

/// Routes a request and reads its input, by whatever protocol it is of. What is refused is answered
/// with an error that can be written.
pub fn request(bytes: &[u8]) {
    let Some((head, body)) = parse(bytes) else { return };
    let hosts = Hosts::new(["localhost".to_owned()]);
    let scope = Scope::peek(&head);
    let signed_for = scope.as_ref().map(|scope| scope.service.as_str());
    let form = if route::needs_body(&head) { body } else { &[] };
    let _ = (checksum::expected(&head.headers), checksum::content_md5(&head.headers));
    let route = match route::route(&head, signed_for, &hosts, form) {
        Ok(route) => route,
        Err(unroutable) => {
            check_error(unroutable.service, unroutable.protocol, &unroutable.error);
            return;
        }
    };
    assert!(route.service.protocols.contains(&route.protocol), "a protocol that it does not speak");
    let Route { service, operation, protocol, labels } = route;
    match requests::read(service, operation, protocol, &head, &labels, body) {
        Err(refusal) => check_error(Some(service), protocol, &refusal.error(service, protocol)),
        Ok(input) => {
            let key = labels.iter().find(|(name, _)| *name == "Key");
            assert!(key.is_none_or(|(_, key)| key.len() <= 1024), "a key that no object can have");
            if let Some(shape) = operation.input {
                check_validation(service, shape, &Value::Structure(input));
            }
        }
    }
}

/// An error is the client's or ours, and can be written.
fn check_error(service: Option<&'static Service>, protocol: Protocol, error: &WireError) {
    assert!((400..=599).contains(&error.status), "{error:?}");
    assert_eq!(error.sender_fault, error.status < 500, "{error:?}");
    for method in [Method::GET, Method::HEAD] {
        let asked = Asked { method: &method, ids: IDS };
        let reply = error::write(service, protocol, error, asked).expect("it is in the model");
        assert_eq!(reply.status(), error.status);
    }
}

// ---- reply ------------------------------------------------------------------------------------

/// Takes an output of an operation from JSON and writes it in every protocol of its service; JSON and
/// CBOR are read again the same. The first line of the rest is the code and text of an error.
pub fn reply(bytes: &[u8]) {
    let Some((service, operation, body)) = operation(bytes) else { return };
    check_errors(service, body);
    let Some(shape) = operation.output else { return };
    let Ok(value) = json_body::read(service, shape, body) else { return };
    let Value::Structure(output) = &value else { return };
    for protocol in service.protocols.iter().copied() {
        let written = match reply::write(service, operation, protocol, output, IDS) {
            Ok(written) => written,
            Err(error) => {
                assert!(is_far(&value), "what was read is in the model: {error}");
                continue;
            }
        };
        let body = written.body();
        let again = match protocol {
            Protocol::Json => json_body::read(service, shape, body).ok(),
            Protocol::Cbor => cbor_body::read(service, shape, body).ok(),
            Protocol::Query | Protocol::RestXml => {
                assert!(std::str::from_utf8(body).is_ok());
                continue;
            }
            Protocol::RestJson => continue,
        };
        let again = again.expect("what was written is read");
        assert_eq!(shown(&again), shown(&value), "{protocol:?} {}", hex(body));
    }
}

/// Whether it holds what may be a time after the year 9999, or as long before 1970: numbers of seconds
/// tell it, dates do not.
fn is_far(value: &Value) -> bool {
    const FAR_MS: u64 = 253_402_300_799_999;
    match value {
        Value::Integer(number) => number.unsigned_abs() > FAR_MS,
        Value::List(values) => values.iter().any(is_far),
        Value::Map(entries) => entries.values().any(is_far),
        Value::Structure(members) => members.iter().any(|(_, value)| is_far(value)),
        Value::Boolean(_) | Value::Float(_) | Value::Text(_) | Value::Blob(_) => false,
    }
}

fn check_errors(service: &'static Service, text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    let (code, message) = text.split_once(' ').unwrap_or((&text, ""));
    for protocol in service.protocols.iter().copied() {
        let error = WireError::sender(code, 400, message).detail("Detail", message);
        check_error(Some(service), protocol, &error);
        if let Some(error) = WireError::modelled(service, code, message) {
            check_error(Some(service), protocol, &error);
        }
    }
}

// ---- sigv4 ------------------------------------------------------------------------------------

const SECRET: &str = "a secret that no seed was signed with";
/// 2026-11-24T00:00:00Z.
const NOW_MS: i64 = 1_795_478_400_000;
const DIALECTS: [(Dialect, &str); 4] = [
    (Dialect::S3, "s3"),
    (Dialect::Query, "sts"),
    (Dialect::Json, "kms"),
    (Dialect::RestJson, "lambda"),
];

/// Takes a request with whatever signature it has: nobody here signed it, so it is refused. Then signs
/// it: that is right, and whatever is changed of it afterwards makes it wrong.
pub fn sigv4(bytes: &[u8]) {
    let Some((head, body)) = parse(bytes) else { return };
    let flip = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(*byte));
    for (dialect, service) in DIALECTS {
        let endpoint = Endpoint { dialect, region: "us-east-1", service };
        assert!(accepted(&head, body, &endpoint).is_none(), "a stranger's signature is right");
        for presigned in [false, true] {
            signed_then_changed(unsigned(&head), body, &endpoint, presigned, flip);
        }
    }
}

/// The proof, if the signature of a request is right.
fn accepted(head: &Parts, body: &[u8], endpoint: &Endpoint<'_>) -> Option<Verified> {
    let dialect = endpoint.dialect;
    let refused = |error: sekisho_wire::sigv4::SignatureError| {
        let answer = error.answer(dialect);
        assert!((400..=403).contains(&answer.status) && !answer.code.is_empty(), "{answer:?}");
    };
    let claim = Claim::read(head, endpoint, NOW_MS).map_err(refused).ok()??;
    let key = SigningKey::derive(SECRET, claim.credential());
    verify(&claim, &key, head, Body::Whole(body)).map_err(refused).ok()
}

/// The request without what signatures are made of.
fn unsigned(head: &Parts) -> Parts {
    let query = head.uri.query().unwrap_or_default();
    let plain = query.split('&').filter(|pair| !pair.to_ascii_lowercase().contains("x-amz"));
    // An escaped spelling of the same would be read as a second one.
    let plain: Vec<_> = plain.filter(|pair| !pair.contains('%')).collect();
    let target = format!("{}?{}", head.uri.path(), plain.join("&"));
    let builder = http::Request::builder().method(head.method.clone()).uri(target);
    let Ok(request) = builder.body(()) else { return head.clone() };
    let mut unsigned = request.into_parts().0;
    let signs =
        |name: &str| name == "authorization" || name.starts_with("x-amz-") || name == "date";
    for (name, value) in head.headers.iter().filter(|(name, _)| !signs(name.as_str())) {
        unsigned.headers.append(name, value.clone());
    }
    unsigned.headers.insert("host", HeaderValue::from_static("localhost"));
    unsigned
}

fn signed_then_changed(
    mut head: Parts,
    body: &[u8],
    endpoint: &Endpoint<'_>,
    presigned: bool,
    flip: usize,
) {
    let Some(date) = AmzDate::at(NOW_MS) else { return };
    let scope = Credential::new("AKIAIOSFODNN7EXAMPLE", date.day(), "us-east-1", endpoint.service);
    let signer = Signer::new(SECRET, scope, endpoint.dialect);
    let is_s3 = endpoint.dialect == Dialect::S3;
    let hash = sha256_hex(body);
    let signed = if presigned {
        let payload = if is_s3 { "UNSIGNED-PAYLOAD" } else { hash.as_str() };
        signer.presign(&mut head, &date, 60, payload)
    } else {
        signer.sign(&mut head, &date, &hash)
    };
    let Ok(signed) = signed else { return };
    let Some(proof) = accepted(&head, body, endpoint) else {
        panic!("what was signed is refused: {head:?}");
    };
    assert_eq!(proof.credential.access_key_id, "AKIAIOSFODNN7EXAMPLE");
    let covers = !matches!(proof.payload, Payload::Unsigned);
    let longer = [body, b"x"].concat();
    assert!(!covers || accepted(&head, &longer, endpoint).is_none(), "another body passes");
    for changed in changes(&head, &signed.text, flip) {
        assert!(accepted(&changed, body, endpoint).is_none(), "it passes: {changed:?}");
    }
}

/// A request that is another one than the one that was signed.
fn changes(head: &Parts, signature: &str, flip: usize) -> Vec<Parts> {
    let mut all = Vec::new();
    let mut change = |change: &dyn Fn(&mut Parts) -> Option<()>| {
        let mut changed = head.clone();
        all.extend(change(&mut changed).map(|()| changed));
    };
    let other = flipped(signature, flip);
    change(&|head| replace(head, signature, &other));
    change(&|head| {
        head.method = if head.method == Method::GET { Method::PUT } else { Method::GET };
        Some(())
    });
    change(&|head| {
        head.headers.insert("host", HeaderValue::from_static("example.com"));
        Some(())
    });
    change(&|head| {
        head.headers.insert("x-amz-meta-new", HeaderValue::from_static("1"));
        Some(())
    });
    change(&|head| {
        let target = format!("{}x?{}", head.uri.path(), head.uri.query().unwrap_or_default());
        head.uri = target.parse().ok()?;
        Some(())
    });
    change(&|head| {
        let target = format!("{}?{}&new=1", head.uri.path(), head.uri.query().unwrap_or_default());
        head.uri = target.parse().ok()?;
        Some(())
    });
    all
}

/// Puts another signature in the place of the one that is there, in the header or in the query.
fn replace(head: &mut Parts, from: &str, to: &str) -> Option<()> {
    let Some(value) = head.headers.get("authorization") else {
        head.uri = head.uri.to_string().replace(from, to).parse().ok()?;
        return Some(());
    };
    let text = value.to_str().ok()?.replace(from, to);
    head.headers.insert("authorization", HeaderValue::from_str(&text).ok()?);
    Some(())
}

/// A text with one digit changed.
fn flipped(text: &str, flip: usize) -> String {
    let at = flip % text.len().max(1);
    let other = |digit: char| if digit == '0' { '1' } else { '0' };
    text.chars()
        .enumerate()
        .map(|(here, digit)| if here == at { other(digit) } else { digit })
        .collect()
}

// ---- chunked ----------------------------------------------------------------------------------

/// The first line is the length and the trailers; the rest is decoded as it is, and put into chunks,
/// spoilt at one place and decoded.
pub fn chunked(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, body) = (&bytes[..end], bytes.get(end + 1..).unwrap_or_default());
    let line = String::from_utf8_lossy(line);
    let (length, trailers) = line.split_once(' ').unwrap_or((&line, ""));
    let length = length.parse().unwrap_or(body.len() as u64);
    let modes: [fn() -> Mode; 3] = [|| Mode::Unsigned, || signed(false), || signed(true)];
    for mode in modes {
        let whole = decode(mode(), length, trailers, body, body.len().max(1));
        for piece in [1, 7, 100] {
            assert_eq!(
                decode(mode(), length, trailers, body, piece),
                whole,
                "in pieces of {piece}"
            );
        }
        if let Ok(held) = whole {
            assert_eq!(held.0.len() as u64, length);
            assert!(matches!(mode(), Mode::Unsigned), "nobody signed these chunks");
        }
    }
    let flip = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(*byte));
    spoilt(body, flip);
}

/// What a body holds: its data and its trailers.
type Held = (Vec<u8>, Vec<(String, String)>);

fn decode(
    mode: Mode,
    length: u64,
    trailers: &str,
    body: &[u8],
    piece: usize,
) -> Result<Held, ChunkError> {
    let mut decoder = Decoder::new(mode, length, trailers)?;
    let mut held = Held::default();
    for piece in body.chunks(piece) {
        let mut input = Bytes::copy_from_slice(piece);
        while let Some(event) = decoder.push(&mut input)? {
            match event {
                Event::Data(data) => held.0.extend_from_slice(&data),
                Event::Trailer { name, value } => held.1.push((name, value)),
                Event::End => {}
            }
        }
        assert!(held.0.len() as u64 <= length, "more data than was said");
    }
    decoder.finish().map(|()| held)
}

fn chain() -> Chain {
    let credential = Credential::new("AKIAIOSFODNN7EXAMPLE", "20261124", "us-east-1", "s3");
    let Some(date) = AmzDate::at(NOW_MS) else { panic!("a time that is a date") };
    Chain::new(&SigningKey::derive(SECRET, &credential), &date, &credential, &"5e".repeat(32))
}

fn signed(trailer: bool) -> Mode {
    let caller = ("AKIAIOSFODNN7EXAMPLE".to_owned(), Vec::new());
    Mode::Signed { chain: Box::new(chain()), caller, trailer }
}

/// Signed chunks are read as what they were made of. With a byte changed they are refused, or hold the
/// same: the digits of a size may be written in two ways.
fn spoilt(data: &[u8], flip: usize) {
    let mut encoder = Encoder::new(Some(chain()));
    let mut body: Vec<u8> = data.chunks(8192).flat_map(|part| encoder.chunk(part)).collect();
    body.extend(encoder.chunk(b""));
    body.extend(encoder.end(&[("x-amz-checksum-crc32", "AAAAAA==")]));
    let length = data.len() as u64;
    let whole = body.len();
    let decode = |body: &[u8]| decode(signed(true), length, "x-amz-checksum-crc32", body, whole);
    let held = (data.to_vec(), vec![("x-amz-checksum-crc32".to_owned(), "AAAAAA==".to_owned())]);
    assert_eq!(decode(&body), Ok(held.clone()));
    if let Some(byte) = body.get_mut(flip % whole) {
        *byte ^= 1 << (flip / whole % 8);
    }
    assert!(decode(&body).is_ok_and(|spoilt| spoilt == held) || decode(&body).is_err());
    assert!(decode(&body[..whole - 1 - flip % whole]).is_err(), "a body that ends early passes");
}
