//! Heads of requests that are none, or more than one, or larger than any.

use crate::rig::{BUCKET, Rig};
use crate::wire::{Reply, Wire};

/// More than a head may have.
const HUGE: usize = 200 * 1024;

fn repeated(line: impl Fn(usize) -> String, count: usize) -> String {
    (0..count).map(line).collect()
}

/// Name, bytes, status; 0: the connection is closed without a word.
fn garbage() -> Vec<(&'static str, Vec<u8>, u16)> {
    let head =
        |lines: &str| format!("GET / HTTP/1.1\r\nhost: localhost\r\n{lines}\r\n").into_bytes();
    let tls_hello =
        [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), vec![0; 512]].concat();
    vec![
        ("nothing", Vec::new(), 0),
        ("random bytes", (0..2048_u32).map(|at| (at * 167 % 251).to_le_bytes()[0]).collect(), 400),
        ("zeros", vec![0; 4096], 400),
        ("a TLS hello", tls_hello, 400),
        ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), 0),
        ("another version", b"GET / HTTP/3.7\r\nhost: localhost\r\n\r\n".to_vec(), 400),
        ("no version", b"GET /\r\n\r\n".to_vec(), 400),
        ("a space too many", b"GET  / HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec(), 400),
        (
            "a method of many letters",
            format!("{} / HTTP/1.1\r\n\r\n", "A".repeat(10_000)).into(),
            405,
        ),
        ("SSH", b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec(), 400),
        ("a name with a space", head("bad name: 1\r\n"), 400),
        ("a value with a NUL", head("name: a\0b\r\n"), 400),
        ("a folded header", head("name: a\r\n  b\r\n"), 400),
        ("one header of 200 KiB", head(&format!("x-amz-meta-a: {}\r\n", "a".repeat(HUGE))), 431),
        (
            "many headers of 200 KiB",
            head(&repeated(|at| format!("h{at}: {}\r\n", "a".repeat(3000)), 70)),
            431,
        ),
        ("a thousand headers", head(&repeated(|at| format!("h{at}: 1\r\n"), 1000)), 431),
        (
            "a path of 200 KiB",
            format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(HUGE)).into(),
            431,
        ),
        (
            "a query string of 200 KiB",
            format!("GET /?{} HTTP/1.1\r\nhost: a\r\n\r\n", "a&".repeat(HUGE / 2)).into(),
            431,
        ),
        ("no line end", vec![b'A'; HUGE], 431),
        (
            "a chunk size that is none",
            b"POST / HTTP/1.1\r\nhost: a\r\nx-amz-target: TrentService.ListKeys\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec(),
            400,
        ),
        (
            "another coding",
            b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\nzz\r\n".to_vec(),
            400,
        ),
    ]
}

#[test]
fn what_is_no_request_ends_the_connection() {
    let rig = Rig::start();
    let before = rig.state();
    for (name, bytes, status) in garbage() {
        let mut wire = Wire::to(rig.address);
        wire.send(&bytes);
        wire.done();
        let reply = wire.reply();
        // What is long may end with the connection: the client had not listened yet.
        let is_long = bytes.len() > 64 * 1024 && reply.status == 0;
        assert!(reply.status == status || is_long, "{name}: {} {}", reply.status, reply.text());
        assert!(wire.is_closed(), "{name}");
    }
    rig.assert_unchanged(&before, "garbage");
}

/// Target, status, code.
fn targets() -> Vec<(String, u16, &'static str)> {
    let parameters = "a&".repeat(1001);
    vec![
        (format!("/{BUCKET}/../other"), 400, ""),
        (format!("/{BUCKET}/%2e%2e/other"), 400, ""),
        (format!("/{BUCKET}/%2E%2E%2Fother"), 400, ""),
        (format!("/{BUCKET}/a/../../other"), 400, ""),
        (format!("/{BUCKET}/%FF"), 400, "InvalidURI"),
        (format!("/{BUCKET}/%ED%A0%80"), 400, "InvalidURI"),
        (format!("/{BUCKET}/?{parameters}"), 400, "InvalidURI"),
        (format!("/{BUCKET}/key?versionId=%FF"), 400, "InvalidURI"),
        (format!("/{BUCKET}/{}", "k".repeat(1025)), 400, "KeyTooLongError"),
        (format!("/{BUCKET}/{}", "%C3%A9".repeat(513)), 400, "KeyTooLongError"),
        ("/../../etc/passwd".to_owned(), 400, ""),
        ("/%2e%2e/%2e%2e/etc/passwd".to_owned(), 400, ""),
        ("/a%00b".to_owned(), 400, "InvalidBucketName"),
        (format!("//{BUCKET}/key"), 405, "MethodNotAllowed"),
    ]
}

#[test]
fn paths_lead_nowhere_but_into_their_bucket() {
    let rig = Rig::start();
    let before = rig.state();
    for (target, status, code) in targets() {
        for method in ["GET", "PUT", "DELETE"] {
            let reply = rig.ask(&rig.call("s3", method, &target));
            let shown = &target[..target.len().min(60)];
            assert_eq!(
                (reply.status, &*reply.code()),
                (status, code),
                "{method} {shown}: {}",
                reply.text()
            );
        }
    }
    rig.assert_unchanged(&before, "paths");
}

/// Keys that look odd and are right. What is put is what is got, and nothing else is.
#[test]
fn odd_keys_are_keys() {
    let rig = Rig::start();
    let longest = "k".repeat(1024);
    let keys = ["a//b", "a/../b", "a%00b", "./a", "...", "a%20b+c", "%C3%A9", "a/", "/", &longest];
    for key in keys {
        let reply = rig.put(key, key.as_bytes());
        assert_eq!(reply.status, 200, "{key}: {}", reply.text());
    }
    for key in keys {
        let reply = rig.ask(&rig.call("s3", "GET", &format!("/{BUCKET}/{key}")));
        assert_eq!((reply.status, &*reply.body), (200, key.as_bytes()));
    }
    let outside = rig.folder.0.parent().unwrap().join("b");
    assert!(!outside.exists());
}

#[test]
fn several_requests_at_once_are_answered_in_their_order() {
    let rig = Rig::start();
    let calls: Vec<_> = (0..50)
        .map(|at| {
            rig.call("s3", "PUT", &format!("/{BUCKET}/key-{at}")).body(at.to_string().as_bytes())
        })
        .collect();
    let gets = (0..50).map(|at| rig.call("s3", "GET", &format!("/{BUCKET}/key-{at}")));
    let mut wire = Wire::to(rig.address);
    let all: Vec<u8> = calls.into_iter().chain(gets).flat_map(|call| call.bytes()).collect();
    wire.send(&all);
    let replies: Vec<_> = (0..100).map(|_| wire.reply()).collect();
    assert!(replies.iter().all(|reply| reply.status == 200));
    let got: Vec<_> = replies[50..].iter().map(Reply::text).collect();
    assert_eq!(got, (0..50).map(|at| at.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_refused_request_does_not_spoil_the_next_one_of_its_connection() {
    let rig = Rig::start();
    let bad = rig.call("s3", "PUT", &format!("/{BUCKET}/key")).body(&vec![b'b'; 300_000]);
    let bad = bad.but(|call| call.secret.push('x'));
    let mut wire = Wire::to(rig.address);
    wire.send(&bad.bytes());
    wire.send(&rig.call("s3", "GET", &format!("/{BUCKET}?list-type=2")).bytes());
    assert_eq!(wire.reply().code(), "SignatureDoesNotMatch");
    assert_eq!(wire.reply().status, 200);
}

#[test]
fn a_client_of_http_1_0_is_answered_and_left() {
    let rig = Rig::start();
    let call = rig.call("s3", "GET", &format!("/{BUCKET}?list-type=2"));
    let text = String::from_utf8(call.bytes()).unwrap().replace("HTTP/1.1", "HTTP/1.0");
    let mut wire = Wire::to(rig.address);
    wire.send(text.as_bytes());
    assert_eq!(wire.reply().status, 200);
    assert!(wire.is_closed());
}

#[test]
fn a_client_that_has_said_all_and_closed_its_side_is_answered() {
    let rig = Rig::start();
    let mut wire = Wire::to(rig.address);
    wire.send(
        &rig.call("s3", "PUT", &format!("/{BUCKET}/half")).body(&vec![b'h'; 300_000]).bytes(),
    );
    wire.done();
    assert_eq!(wire.reply().status, 200);
    assert!(wire.is_closed());
}

/// The body of a refused request is not asked for: it may be five gigabytes.
#[test]
fn a_client_that_waits_to_be_told_to_go_on_is_told_no() {
    let rig = Rig::start();
    let before = rig.state();
    let target = format!("/{BUCKET}/waiting");
    let call = |target: &str| {
        let call = rig
            .call("s3", "PUT", target)
            .payload("UNSIGNED-PAYLOAD")
            .header("expect", "100-continue");
        call.length("5000000000")
    };
    let refused = [
        (call(&target).but(|call| call.secret.push('x')), 403, "SignatureDoesNotMatch"),
        (call("/no-such-bucket/key"), 404, "NoSuchBucket"),
        (call(&target).length("6000000000"), 400, "EntityTooLarge"),
    ];
    for (call, status, code) in refused {
        let mut wire = Wire::to(rig.address);
        wire.send(&call.head());
        let reply = wire.reply();
        assert_eq!((reply.status, &*reply.code()), (status, code), "{}", reply.text());
        assert!(wire.is_closed(), "{code}: what comes next could be the body");
    }
    rig.assert_unchanged(&before, "bodies that were never sent");

    let mut wire = Wire::to(rig.address);
    wire.send(&call(&target).length("4").head());
    assert_eq!(wire.reply().status, 100);
    wire.send(b"body");
    assert_eq!(wire.reply().status, 200);
}

#[test]
fn other_methods_and_upgrades_are_refused() {
    let rig = Rig::start();
    let before = rig.state();
    let upgrade = "connection: upgrade\r\nupgrade: websocket\r\n";
    let requests = [
        (format!("TRACE /{BUCKET} HTTP/1.1\r\nhost: localhost\r\n\r\n"), 405, "MethodNotAllowed"),
        (
            "CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n".to_owned(),
            405,
            "MethodNotAllowed",
        ),
        ("OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(), 405, "MethodNotAllowed"),
        (
            format!("GET /{BUCKET} HTTP/1.1\r\nhost: localhost\r\n{upgrade}\r\n"),
            403,
            "AccessDenied",
        ),
        (
            format!("GET http://localhost/{BUCKET} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
            403,
            "AccessDenied",
        ),
    ];
    for (request, status, code) in requests {
        let reply = rig.ask_raw(request.as_bytes());
        assert_eq!((reply.status, &*reply.code()), (status, code), "{request}: {}", reply.text());
    }
    rig.assert_unchanged(&before, "methods");
}
