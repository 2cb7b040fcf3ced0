//! The truth tables in `tables/`: requests read, replies and errors written.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::request::{Builder, Parts};
use http::{Method, Request, Response};
use sekisho_wire::error::{self, Asked, Common, WireError};
use sekisho_wire::model::{self, Kind, Protocol, Service, ShapeId};
use sekisho_wire::reply::{self, Ids};
use sekisho_wire::route::{Hosts, route};
use sekisho_wire::value::Structure;
use sekisho_wire::{Value, request};
use serde_json::Value as Json;

const IDS: Ids<'_> = Ids { request: "rid", host: "hid" };

/// The rows of the tables of a document whose heading row starts with `first` and has `third`.
fn rows(document: &'static str, third: &str) -> Vec<[&'static str; 5]> {
    let mut wanted = false;
    let mut rows = Vec::new();
    for line in document.lines().filter(|line| line.starts_with('|')) {
        let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`'));
        let cells: [&str; 5] = cells.collect::<Vec<_>>().try_into().unwrap();
        match cells[0] {
            "service" => wanted = cells[2] == third,
            "---" => {}
            _ if wanted => rows.push(cells),
            _ => {}
        }
    }
    assert!(rows.len() > 10, "only {} rows", rows.len());
    rows
}

fn head(line: &str, headers: &str) -> Parts {
    let (method, uri) = line.split_once(' ').unwrap_or(("POST", "/"));
    let mut builder: Builder =
        Request::builder().method(method).uri(uri).header("host", "localhost");
    for header in headers.split("; ").filter(|header| !header.is_empty()) {
        let (name, value) = header.split_once(": ").unwrap();
        builder = builder.header(name, value);
    }
    builder.body(()).unwrap().into_parts().0
}

fn json(value: &Value) -> Json {
    match value {
        Value::Boolean(boolean) => (*boolean).into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Blob(bytes) => STANDARD.encode(bytes).into(),
        Value::List(values) => values.iter().map(json).collect(),
        Value::Map(map) => map.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
        Value::Structure(structure) => {
            structure.iter().map(|(name, value)| (name.to_owned(), json(value))).collect()
        }
    }
}

fn value(service: &'static Service, id: ShapeId, json: &Json) -> Value {
    match (&service.shape(id).unwrap().kind, json) {
        (Kind::Structure(shape), Json::Object(members)) => {
            let member = |(name, json): (&String, &Json)| {
                let member = shape.members.iter().find(|member| member.name == name);
                let member = member.unwrap_or_else(|| panic!("no member `{name}`"));
                (member.name, value(service, member.shape, json))
            };
            Value::Structure(members.iter().map(member).collect())
        }
        (Kind::List { element, .. }, Json::Array(values)) => {
            Value::List(values.iter().map(|json| value(service, *element, json)).collect())
        }
        (Kind::Map { value: held, .. }, Json::Object(entries)) => {
            let entry = |(key, json): (&String, &Json)| (key.clone(), value(service, *held, json));
            Value::Map(entries.iter().map(entry).collect::<BTreeMap<_, _>>())
        }
        (Kind::Blob { .. }, Json::String(text)) => {
            Value::Blob(STANDARD.decode(text).unwrap().into())
        }
        (_, Json::String(text)) => Value::Text(text.clone()),
        (_, Json::Bool(boolean)) => Value::Boolean(*boolean),
        (Kind::Float(_), Json::Number(number)) => Value::Float(number.as_f64().unwrap()),
        (_, Json::Number(number)) => Value::Integer(number.as_i64().unwrap()),
        (kind, json) => panic!("{kind:?} from {json}"),
    }
}

fn structure(service: &'static Service, id: Option<ShapeId>, text: &str) -> Structure {
    let Some(id) = id else { return Structure::new() };
    match value(service, id, &serde_json::from_str(text).unwrap()) {
        Value::Structure(structure) => structure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn requests_are_read_as_the_table_says() {
    let hosts = Hosts::new(["localhost".to_owned()]);
    for [service, line, headers, body, expected] in
        rows(include_str!("tables/requests.md"), "headers")
    {
        let parts = head(line, headers);
        let signed = model::service(service).unwrap().signing_name;
        let found = route(&parts, Some(signed), &hosts, body.as_bytes());
        let found = found.unwrap_or_else(|error| panic!("{line} {body}: {error:?}"));
        let read = request::read(
            found.service,
            found.operation,
            found.protocol,
            &parts,
            &found.labels,
            body.as_bytes(),
        );
        match (read, expected.split_once(' ')) {
            (Ok(read), Some((operation, input))) => {
                let expected: Json = serde_json::from_str(input).unwrap();
                assert_eq!(found.operation.name, operation, "{line} {body}");
                assert_eq!(json(&Value::Structure(read)), expected, "{line} {body}");
            }
            (Err(refusal), None) => {
                let error = refusal.error(found.service, found.protocol);
                assert_eq!(error.code, expected, "{line} {body}: {refusal}");
            }
            (read, _) => panic!("{line} {body}: {read:?}, not {expected}"),
        }
    }
}

/// Compares a reply with `status; header: value; ...` and a body.
fn check(what: &str, reply: &Response<Bytes>, head: &str, body: &str) {
    let mut head = head.split("; ");
    assert_eq!(reply.status().as_str(), head.next().unwrap(), "{what}");
    for header in head {
        let (name, value) = header.split_once(": ").unwrap();
        let found = reply.headers().get(name).unwrap_or_else(|| panic!("{what}: no `{name}`"));
        assert_eq!(found, value, "{what}: {name}");
    }
    let expected = if body == "-" { String::new() } else { body.replace('⏎', "\n") };
    assert_eq!(String::from_utf8_lossy(reply.body()), expected, "{what}");
    assert_eq!(reply.headers().contains_key("content-type"), !expected.is_empty(), "{what}");
}

#[test]
fn outputs_are_written_as_the_table_says() {
    for [service, operation, output, head, body] in
        rows(include_str!("tables/replies.md"), "output")
    {
        let service = model::service(service).unwrap();
        let operation = service.operation(operation).unwrap();
        let output = structure(service, operation.output, output);
        let written = reply::write(service, operation, service.protocols[0], &output, IDS);
        match written {
            Ok(reply) => check(operation.name, &reply, head, body),
            Err(error) => assert_eq!(head, "refused", "{}: {error}", operation.name),
        }
    }
}

fn common(name: &str) -> Common {
    match name {
        "AccessDenied" => Common::AccessDenied,
        "Invalid" => Common::Invalid,
        "Throttled" => Common::Throttled,
        "Internal" => Common::Internal,
        other => panic!("{other}"),
    }
}

#[test]
fn errors_are_written_as_the_table_says() {
    for [name, code, members, head, body] in rows(include_str!("tables/replies.md"), "members") {
        let service = model::service(name).unwrap();
        let protocol = service.protocols[0];
        let (method, code) = code.split_once(' ').unwrap_or(("GET", code));
        let mut error = match code.strip_prefix('*') {
            Some(code) => WireError::common(common(code), service, protocol, "m <&>"),
            None => WireError::modelled(service, code, "m <&>").unwrap(),
        };
        let shape = service.shapes.iter().position(|shape| shape.name == error.code);
        let id = shape.map(|place| ShapeId(place.try_into().unwrap()));
        error.members = structure(service, id, members);
        if protocol == Protocol::RestXml {
            error = error.detail("BucketName", "b");
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let asked = Asked { method: &method, ids: IDS };
        let reply = error::write(Some(service), protocol, &error, asked).unwrap();
        check(&format!("{name} {code}"), &reply, head, body);
    }
}

/// S3 says more in headers than its model knows, also where there is no body.
#[test]
fn an_error_has_the_headers_that_were_added() {
    let s3 = model::service("s3").unwrap();
    let error = WireError::modelled(s3, "NoSuchKey", "m").unwrap();
    let error = error.header("x-amz-delete-marker", "true").header("no header", "left out");
    for (method, has_body) in [(Method::HEAD, false), (Method::GET, true)] {
        let asked = Asked { method: &method, ids: IDS };
        let reply = error::write(Some(s3), Protocol::RestXml, &error, asked).unwrap();
        assert_eq!(reply.headers()["x-amz-delete-marker"], "true");
        assert_eq!(reply.body().is_empty(), !has_body);
    }
}

#[test]
fn what_the_model_does_not_have_is_never_dropped() {
    let iam = model::service("iam").unwrap();
    let write = |operation: &str, members: Structure| {
        let operation = iam.operation(operation).unwrap();
        reply::write(iam, operation, Protocol::Query, &members, IDS).unwrap_err().to_string()
    };
    let stranger: Structure = [("Nope", Value::Boolean(true))].into_iter().collect();
    let text = |error: &str| format!("the reply cannot be written: {error}");
    assert_eq!(write("GetRole", stranger.clone()), text("`Nope` is not in the model"));
    assert!(write("DeleteRole", stranger.clone()).starts_with(&text("`Nope` is not in the model")));
    let within = [("Role", Value::Structure(stranger.clone()))].into_iter().collect();
    assert_eq!(write("GetRole", within), text("`Role.Nope` is not in the model"));
    let kind = [("Role", Value::Boolean(true))].into_iter().collect();
    assert_eq!(write("GetRole", kind), text("`Role` is not of the model's kind"));

    let asked = Asked { method: &Method::GET, ids: IDS };
    let message: Structure = [("message", Value::Text("m".to_owned()))].into_iter().collect();
    let twice = WireError { members: message, ..WireError::sender("NoSuchEntity", 404, "m") };
    assert!(error::write(Some(iam), Protocol::Query, &twice, asked).is_err());
    for code in ["NoSuchEntity", "AccessDenied"] {
        let error = WireError { members: stranger.clone(), ..WireError::sender(code, 400, "m") };
        assert!(error::write(Some(iam), Protocol::Query, &error, asked).is_err());
        assert!(error::write(Some(iam), Protocol::Json, &error, asked).is_err());
    }
}

#[test]
fn metadata_is_bounded() {
    let read = |bytes: usize| {
        let s3 = model::service("s3").unwrap();
        let mut parts = head("PUT /b/k", "");
        parts.headers.insert("x-amz-meta-a", "x".repeat(bytes - 1).parse().unwrap());
        let operation = s3.operation("PutObject").unwrap();
        request::read(s3, operation, Protocol::RestXml, &parts, &Vec::new(), b"")
            .map_err(|refusal| refusal.error(s3, Protocol::RestXml).code)
    };
    assert!(read(2048).is_ok());
    assert_eq!(read(2049), Err("MetadataTooLarge".to_owned()));
}

/// Every request of the table, cut short and with every byte replaced: an answer, whatever it is.
#[test]
fn broken_requests_are_answered() {
    let hosts = Hosts::new(["localhost".to_owned()]);
    let mut refused = 0;
    for [service, line, headers, body, _] in rows(include_str!("tables/requests.md"), "headers") {
        let parts = head(line, headers);
        let signed = model::service(service).unwrap().signing_name;
        for place in 0..body.len() {
            let replaced = |byte: u8| {
                let mut bytes = body.as_bytes().to_vec();
                bytes[place] = byte;
                bytes
            };
            let cut = body.as_bytes()[..place].to_vec();
            for bytes in [cut, replaced(b'<'), replaced(b'&'), replaced(b'.'), replaced(0xff)] {
                let Ok(found) = route(&parts, Some(signed), &hosts, &bytes) else { continue };
                let (service, protocol) = (found.service, found.protocol);
                let labels = &found.labels;
                let read =
                    request::read(service, found.operation, protocol, &parts, labels, &bytes);
                if let Err(refusal) = read {
                    let error = refusal.error(service, protocol);
                    let asked = Asked { method: &parts.method, ids: IDS };
                    let reply = error::write(Some(service), protocol, &error, asked).unwrap();
                    assert!(reply.status().is_client_error(), "{line}: {refusal}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

/// Smithy RPC v2 CBOR, "operation error serialization", and its "awsQueryCompatible" part.
#[test]
fn an_error_in_cbor_names_its_shape_and_the_query_code() {
    let cloudwatch = model::service("cloudwatch").unwrap();
    let error = WireError::modelled(cloudwatch, "DashboardNotFoundError", "m").unwrap();
    let asked = Asked { method: &Method::POST, ids: IDS };
    let reply = error::write(Some(cloudwatch), Protocol::Cbor, &error, asked).unwrap();
    let text = |text: &str| {
        let length = u8::try_from(text.len()).unwrap();
        [&[0x7a, 0, 0, 0, length][..], text.as_bytes()].concat()
    };
    let name = "com.amazonaws.cloudwatch#DashboardNotFoundError";
    let members = [text("__type"), text(name), text("message"), text("m")].concat();
    assert_eq!(reply.body()[..], [&[0xbf][..], &members, &[0xff]].concat());
    assert_eq!(reply.status(), 404);
    for (header, value) in [
        ("content-type", "application/cbor"),
        ("smithy-protocol", "rpc-v2-cbor"),
        ("x-amzn-query-error", "ResourceNotFound;Sender"),
        ("x-amzn-requestid", "rid"),
    ] {
        assert_eq!(reply.headers()[header], value);
    }
}
