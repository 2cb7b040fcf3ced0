//! S3's form, which is that of HTTP: query parameters and headers under their own names, bodies as
//! JSON of their XML.
//!
//! Source: S3 User Guide, "Amazon S3 CloudTrail events" and "Example: CloudTrail log file entry";
//! names as delivered records have them. The order of its parameters means nothing.

use std::collections::BTreeMap;

use sekisho_trail::Resource;
use sekisho_wire::Value;
use sekisho_wire::model::{Kind, Location, Member, Operation, Service, ShapeId, StructureShape};
use sekisho_wire::value::Structure;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value as Json, json};

use super::Call;
use crate::gate::Entry;
use crate::operation::Event;

/// Headers that hold a customer's key or a code, or say what only the holder of the data should know.
const SECRET_HEADERS: [&str; 5] = [
    "x-amz-copy-source-server-side-encryption-customer-key",
    "x-amz-mfa",
    "x-amz-server-side-encryption-context",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-security-token",
];

/// `requestParameters`, `responseElements`, `additionalEventData`.
pub(super) fn parameters(
    call: &Call<'_>,
    service: &'static Service,
    operation: &'static Operation,
) -> [Option<Box<RawValue>>; 3] {
    let entry = call.entry;
    let request = Form { service, of_data: entry.event == Event::Data }.request(entry, operation);
    let response = entry.fault.is_none().then(|| reply(service, operation, entry)).flatten();
    let raw = |map: &Map<String, Json>| (!map.is_empty()).then(|| to_raw_value(map).ok()).flatten();
    [raw(&request), response.as_ref().and_then(raw), raw(&additional(entry))]
}

/// How the parameters of a request are put.
#[derive(Clone, Copy)]
struct Form {
    service: &'static Service,
    of_data: bool,
}

impl Form {
    fn request(self, entry: &Entry, operation: &'static Operation) -> Map<String, Json> {
        let mut out = Map::new();
        for (name, value) in fixed(operation.uri) {
            out.insert(name.to_owned(), json!(value));
        }
        if !entry.frame.arrival.host.is_empty() {
            out.insert("Host".to_owned(), json!(entry.frame.arrival.host));
        }
        let shape = operation.input.and_then(|shape| structure(self.service, shape));
        let (Some(shape), Some(Value::Structure(members))) = (shape, &entry.request) else {
            return out;
        };
        for (name, value) in members.iter() {
            if let Some(member) = shape.member(name) {
                self.member(&mut out, member, value);
            }
        }
        out
    }

    fn member(self, out: &mut Map<String, Json>, member: &Member, value: &Value) {
        let name = wire_name(member);
        match (member.location, member.name) {
            (Location::Uri, "Bucket") => {
                out.insert("bucketName".to_owned(), text(value));
            }
            (Location::Uri, "Key") => {
                out.insert("key".to_owned(), text(value));
            }
            (Location::Uri | Location::QueryString, _) => {
                out.insert(name.to_owned(), text(value));
            }
            (Location::Header, _) if is_shown(name) => {
                out.insert(name.to_owned(), text(value));
            }
            // Of what is done to objects, bodies are not recorded.
            (Location::Body, _) if !self.of_data => self.body(out, member, value),
            _ => {}
        }
    }

    /// A body: XML as JSON under the name of its root, a policy as the JSON that it is.
    fn body(self, out: &mut Map<String, Json>, member: &Member, value: &Value) {
        if let ("Policy", Value::Text(policy)) = (member.name, value) {
            let parsed = serde_json::from_str(policy).unwrap_or_else(|_| json!(policy));
            out.insert("bucketPolicy".to_owned(), parsed);
            return;
        }
        if let Some(mut body) = self.xml(member.shape, value) {
            if let Json::Object(root) = &mut body {
                root.insert("xmlns".to_owned(), json!(member.xml_namespace));
            }
            out.insert(wire_name(member).to_owned(), body);
        }
    }

    /// An element of XML as JSON; `None` for what is secret, and what is empty.
    fn xml(self, shape: ShapeId, value: &Value) -> Option<Json> {
        let shape = self.service.shape(shape)?;
        Some(match (value, &shape.kind) {
            (Value::Structure(members), Kind::Structure(of)) => self.elements(of, members),
            (Value::List(values), Kind::List { element, element_name, flattened, .. }) => {
                let list = self.list(*element, values);
                let name = if element_name.is_empty() { "member" } else { element_name };
                if *flattened { list } else { json!({ name: list }) }
            }
            (Value::Boolean(value), _) => json!(value),
            (Value::Integer(ms), Kind::Timestamp(_)) => json!(crate::time::iso8601(*ms)),
            (Value::Integer(number), _) => json!(number),
            (Value::Text(_), _) if shape.sensitive && shape.name != "SSEKMSKeyId" => return None,
            (Value::Text(text), _) => json!(text),
            _ => return None,
        })
    }

    fn elements(self, of: &StructureShape, members: &Structure) -> Json {
        let mut out = Map::new();
        for (name, value) in members.iter() {
            let Some(member) = of.member(name) else { continue };
            if let Some(value) = self.xml(member.shape, value) {
                out.insert(wire_name(member).to_owned(), value);
            }
        }
        Json::Object(out)
    }

    /// A single element stands for itself: the XML does not tell it from a list of one.
    fn list(self, element: ShapeId, values: &[Value]) -> Json {
        let mut list: Vec<_> = values.iter().filter_map(|value| self.xml(element, value)).collect();
        match list.len() {
            1 => list.pop().unwrap_or_default(),
            _ => Json::Array(list),
        }
    }
}

/// `responseElements`: the headers that S3 adds (`x-amz-version-id` …), never the body.
fn reply(
    service: &'static Service,
    operation: &'static Operation,
    entry: &Entry,
) -> Option<Map<String, Json>> {
    let shape = structure(service, operation.output?)?;
    let Some(Value::Structure(members)) = &entry.response else { return None };
    let shown = members.iter().filter_map(|(name, value)| {
        let member = shape.member(name).filter(|member| member.location == Location::Header)?;
        let name = wire_name(member);
        let told = is_shown(name) && !name.starts_with("x-amz-checksum-");
        told.then(|| (name.to_owned(), text(value)))
    });
    Some(shown.collect())
}

/// How the call was signed and encrypted. How many bytes went either way is not known here.
fn additional(entry: &Entry) -> Map<String, Json> {
    let arrival = &entry.frame.arrival;
    let mut out = Map::new();
    if entry.frame.internal || !entry.frame.via.is_empty() {
        return out;
    }
    if !arrival.signing.algorithm.is_empty() {
        let method = if arrival.signing.in_query { "QueryString" } else { "AuthHeader" };
        out.insert("SignatureVersion".to_owned(), json!("SigV4"));
        out.insert("AuthenticationMethod".to_owned(), json!(method));
    }
    if let Some((_, cipher_suite)) = &arrival.tls {
        out.insert("CipherSuite".to_owned(), json!(cipher_suite));
    }
    out
}

/// The object, of which S3 names no account, and the bucket.
pub(super) fn resources(entry: &Entry, operation: &str) -> Vec<Resource<'static>> {
    let Some(Value::Structure(request)) = &entry.request else { return Vec::new() };
    let Some(Value::Text(bucket)) = request.get("Bucket") else { return Vec::new() };
    let arn = format!("arn:aws:s3:::{bucket}");
    let object = Some("AWS::S3::Object");
    let mut found = Vec::new();
    match (request.get("Key"), request.get("Prefix")) {
        (Some(Value::Text(key)), _) => found.push(Resource {
            kind: object,
            arn: format!("{arn}/{key}"),
            ..Resource::default()
        }),
        (_, prefix) if operation.starts_with("ListObject") => {
            let prefix = match prefix {
                Some(Value::Text(prefix)) => prefix,
                _ => "",
            };
            let arn = format!("{arn}/{prefix}");
            found.push(Resource { kind: object, arn, is_prefix: true, account: None });
        }
        _ => {}
    }
    let account = entry.asked.iter().find_map(|asked| asked.account);
    let account = account.or_else(|| entry.frame.principal.account());
    found.push(Resource { account, kind: Some("AWS::S3::Bucket"), arn, is_prefix: false });
    found
}

/// The fixed parts of a template's query string (`?acl`, `?list-type=2`); `x-id` is the SDKs' own.
fn fixed(uri: &'static str) -> BTreeMap<&'static str, &'static str> {
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.filter(|(name, _)| !name.is_empty() && *name != "x-id").collect()
}

fn is_shown(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    header.starts_with("x-amz-") && !SECRET_HEADERS.contains(&header.as_str())
}

/// A parameter as the text that it was sent as.
fn text(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Boolean(value) => json!(value.to_string()),
        Value::Integer(number) => json!(number.to_string()),
        Value::List(values) => {
            let texts: Vec<_> = values.iter().map(text).collect();
            json!(texts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(","))
        }
        _ => Json::Null,
    }
}

fn structure(service: &'static Service, shape: ShapeId) -> Option<&'static StructureShape> {
    match &service.shape(shape)?.kind {
        Kind::Structure(shape) => Some(shape),
        _ => None,
    }
}

fn wire_name(member: &Member) -> &'static str {
    if member.location_name.is_empty() { member.name } else { member.location_name }
}
