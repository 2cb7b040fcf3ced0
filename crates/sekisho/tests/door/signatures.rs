//! Signatures that are not what they say: a table of lies, each told in every protocol.

use crate::rig::{BUCKET, Call, Rig, now_ms};
use crate::wire::Reply;

const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const CBOR: &str = "/service/GraniteServiceVersion20100801/operation/ListDashboards";

/// A lie, and the status and code of S3, the query protocol, JSON and CBOR.
struct Lie {
    name: &'static str,
    tell: fn(Call) -> Call,
    s3: (u16, &'static str),
    query: (u16, &'static str),
    json: (u16, &'static str),
}

const MINUTES: i64 = 60_000;

const LIES: [Lie; 9] = [
    Lie {
        name: "a key that nobody has",
        tell: |call| call.but(|call| call.id = "AKIAIOSFODNN7EXAMPLE".to_owned()),
        s3: (403, "InvalidAccessKeyId"),
        query: (403, "InvalidClientTokenId"),
        json: (400, "UnrecognizedClientException"),
    },
    Lie {
        name: "another secret",
        tell: |call| call.but(|call| call.secret.push('x')),
        s3: (403, "SignatureDoesNotMatch"),
        query: (403, "SignatureDoesNotMatch"),
        json: (400, "InvalidSignatureException"),
    },
    Lie {
        name: "recorded a day ago",
        tell: |call| call.but(|call| call.date_ms = now_ms() - 24 * 60 * MINUTES),
        s3: (403, "RequestTimeTooSkewed"),
        query: (403, "SignatureDoesNotMatch"),
        json: (400, "InvalidSignatureException"),
    },
    Lie {
        name: "recorded sixteen minutes ago",
        tell: |call| call.but(|call| call.date_ms = now_ms() - 16 * MINUTES),
        s3: (403, "RequestTimeTooSkewed"),
        query: (403, "SignatureDoesNotMatch"),
        json: (400, "InvalidSignatureException"),
    },
    Lie {
        name: "signed for sixteen minutes from now",
        tell: |call| call.but(|call| call.date_ms = now_ms() + 16 * MINUTES),
        s3: (403, "RequestTimeTooSkewed"),
        query: (403, "SignatureDoesNotMatch"),
        json: (400, "InvalidSignatureException"),
    },
    Lie {
        name: "a region that there is not",
        tell: |call| call.but(|call| call.region = "mars-north-1".to_owned()),
        s3: (400, "AuthorizationHeaderMalformed"),
        query: (403, "SignatureDoesNotMatch"),
        json: (400, "InvalidSignatureException"),
    },
    Lie {
        name: "a session token that was never given",
        tell: |call| call.header("x-amz-security-token", &"IQoJb3JpZ2lu".repeat(40)),
        s3: (400, "InvalidToken"),
        query: (403, "InvalidClientTokenId"),
        json: (400, "UnrecognizedClientException"),
    },
    Lie {
        name: "a session token of 16 KiB",
        tell: |call| call.header("x-amz-security-token", &"A".repeat(16 * 1024)),
        s3: (400, "InvalidToken"),
        query: (403, "InvalidClientTokenId"),
        json: (400, "UnrecognizedClientException"),
    },
    Lie {
        name: "an access key id of 8 KiB",
        tell: |call| call.but(|call| call.id = "A".repeat(8 * 1024)),
        s3: (400, "AuthorizationHeaderMalformed"),
        query: (400, "IncompleteSignature"),
        json: (400, "IncompleteSignatureException"),
    },
];

fn of(reply: &Reply) -> (u16, String) {
    (reply.status, reply.code())
}

#[test]
fn whoever_lies_about_who_they_are_is_refused_in_the_protocols_own_words() {
    let rig = Rig::start();
    let before = rig.state();
    for Lie { name, tell, s3, query, json } in LIES {
        let calls = [
            ("s3", s3, rig.call("s3", "DELETE", &format!("/{BUCKET}"))),
            ("s3, a stream", s3, rig.call("s3", "PUT", &format!("/{BUCKET}/key")).body(b"body")),
            ("query", query, rig.query("sts", IDENTITY)),
            ("json", json, rig.json("kms", "TrentService.CreateKey", "{}")),
            (
                "cbor",
                json,
                rig.call("monitoring", "POST", CBOR).header("smithy-protocol", "rpc-v2-cbor"),
            ),
        ];
        for (protocol, (status, code), call) in calls {
            let reply = rig.ask(&tell(call));
            assert_eq!(
                of(&reply),
                (status, code.to_owned()),
                "{name}, {protocol}: {}",
                reply.text()
            );
        }
    }
    rig.assert_unchanged(&before, "lies");
}

#[test]
fn a_scope_for_another_service_leads_to_that_service() {
    let rig = Rig::start();
    let before = rig.state();
    let forms = [
        ("nothing-like-it", 501, "NotImplemented"),
        ("iam", 400, "InvalidAction"),
        ("kms", 400, "UnknownOperationException"),
    ];
    for (service, status, code) in forms {
        let reply =
            rig.ask(&rig.query("sts", IDENTITY).but(|call| call.service = service.to_owned()));
        assert_eq!(of(&reply), (status, code.to_owned()), "{service}: {}", reply.text());
    }
    rig.assert_unchanged(&before, "scopes");
}

/// Every byte of a signed head that is changed makes another request, which nobody signed.
#[test]
fn whatever_is_changed_after_signing_is_seen() {
    let rig = Rig::start();
    let before = rig.state();
    let call = rig.call("s3", "PUT", &format!("/{BUCKET}/key?x-id=PutObject")).body(b"body");
    let call = call.header("x-amz-meta-one", "1").header("content-type", "text/plain");
    let signed = String::from_utf8(call.bytes()).unwrap();
    let changes = [
        ("/door/key", "/door/other"),
        ("x-id=PutObject", "x-id=PutObjecT"),
        ("x-amz-meta-one: 1", "x-amz-meta-one: 2"),
        ("text/plain", "text/html"),
        ("host: 127", "host: 126"),
        ("PUT ", "DELETE "),
        ("\r\nx-amz-date", "\r\nx-amz-meta-two: 2\r\nx-amz-date"),
        ("\r\n\r\nbody", "\r\n\r\nbodY"),
    ];
    for (from, to) in changes {
        assert!(signed.contains(from), "{from}");
        let reply = rig.ask_raw(signed.replacen(from, to, 1).as_bytes());
        assert!((400..=403).contains(&reply.status), "{from} -> {to}: {}", reply.text());
    }
    rig.assert_unchanged(&before, "changed requests");
    assert_eq!(rig.ask_raw(signed.as_bytes()).status, 200, "the request itself is right");
}

#[test]
fn authorization_headers_that_are_none_are_refused() {
    let rig = Rig::start();
    let before = rig.state();
    let forms = [
        ("", 403, "AccessDenied"),
        ("authorization: \r\n", 400, "InvalidArgument"),
        ("authorization: AWS4-HMAC-SHA256\r\n", 400, "InvalidArgument"),
        ("authorization: AWS4-HMAC-SHA256 Credential=\r\n", 400, "AuthorizationHeaderMalformed"),
        ("authorization: AWS AKIAIOSFODNN7EXAMPLE:c2ln\r\n", 400, "InvalidRequest"),
        ("authorization: Basic dXNlcjpwYXNz\r\n", 400, "InvalidArgument"),
    ];
    for (header, status, code) in forms {
        let request = format!("GET /{BUCKET} HTTP/1.1\r\nhost: localhost\r\n{header}\r\n");
        let reply = rig.ask_raw(request.as_bytes());
        assert_eq!(of(&reply), (status, code.to_owned()), "{header:?}: {}", reply.text());
    }
    rig.assert_unchanged(&before, "headers");
}
