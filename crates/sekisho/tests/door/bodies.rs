//! Bodies that are not what their protocol writes: broken, deep, broad, long.

use crate::rig::{BUCKET, Call, Rig};

const KMS: &str = "TrentService.CreateKey";
const CBOR: &str = "/service/GraniteServiceVersion20100801/operation/ListDashboards";

fn nested(open: &str, close: &str, levels: usize) -> Vec<u8> {
    [open.repeat(levels), close.repeat(levels)].concat().into_bytes()
}

/// Name, request, status, code.
#[expect(clippy::too_many_lines, reason = "a table")]
fn requests(rig: &Rig) -> Vec<(&'static str, Call, u16, &'static str)> {
    let json = |body: Vec<u8>| rig.json("kms", KMS, body);
    let cbor = |body: &[u8]| {
        rig.call("monitoring", "POST", CBOR).header("smithy-protocol", "rpc-v2-cbor").body(body)
    };
    let form = |form: &str| rig.query("iam", form);
    let xml = |body: &str| {
        let call = rig.call("s3", "PUT", &format!("/{BUCKET}?tagging"));
        call.body(body.as_bytes())
    };
    let bomb = {
        let entities: String =
            (1..30).map(|at| format!("<!ENTITY e{at} \"&e{};&e{};\">", at - 1, at - 1)).collect();
        format!("<!DOCTYPE t [<!ENTITY e0 \"lol\">{entities}]><Tagging>&e29;</Tagging>")
    };
    let unreadable = "SerializationException";
    // What the model does not know is skipped without a stack.
    let skipped = [b"{\"x\":".to_vec(), nested("[", "]", 100_000), b"}".to_vec()].concat();
    let skipped = rig.json("kms", "TrentService.ListKeys", skipped);
    vec![
        ("json that ends early", json(b"{\"Description\":".to_vec()), 400, unreadable),
        ("json of another kind", json(b"[]".to_vec()), 400, unreadable),
        ("no utf-8", json(b"{\"Description\":\"\xff\"}".to_vec()), 400, unreadable),
        ("half a surrogate", json(b"{\"Description\":\"\\ud800\"}".to_vec()), 400, unreadable),
        ("deep json", json(nested("[", "]", 100_000)), 400, unreadable),
        ("deep objects", json(nested("{\"a\":", "}", 100_000)), 400, unreadable),
        ("deep json that is skipped", skipped, 200, ""),
        (
            "broad json",
            json(format!("{{\"Tags\":[{}0]}}", "0,".repeat(1_000_000)).into()),
            400,
            unreadable,
        ),
        ("a number too large", json(b"{\"Tags\":1e999999}".to_vec()), 400, unreadable),
        ("cbor that ends early", cbor(&[0xbf]), 400, unreadable),
        ("cbor of another kind", cbor(&[0x81, 0x01]), 400, unreadable),
        ("deep cbor", cbor(&[0x81; 100_000]), 400, unreadable),
        ("deep cbor in tags", cbor(&[0xc1; 100_000]), 400, unreadable),
        (
            "cbor that promises much",
            cbor(&[0xa1, 0x61, b'x', 0x9b, 0x7f, 255, 255, 255, 255, 255, 255, 255]),
            400,
            unreadable,
        ),
        (
            "cbor with a long text",
            cbor(&[0xa1, 0x7b, 0x7f, 255, 255, 255, 255, 255, 255, 255]),
            400,
            unreadable,
        ),
        ("a form without action", form("Version=2010-05-08"), 400, "MissingAction"),
        (
            "two actions",
            form("Action=ListUsers&Action=DeleteUser&Version=2010-05-08"),
            404,
            "MalformedQueryString",
        ),
        (
            "no utf-8 in a form",
            form("Action=ListUsers&Version=2010-05-08&Marker=%FF"),
            404,
            "MalformedQueryString",
        ),
        (
            "a broad form",
            form(&format!("Action=ListUsers&Version=2010-05-08{}", "&a=1".repeat(70_000))),
            404,
            "MalformedQueryString",
        ),
        (
            "a deep form",
            form(&format!("Action=ListUsers&Version=2010-05-08&a{}=1", ".member.1".repeat(20_000))),
            400,
            "MalformedInput",
        ),
        (
            "a list of gaps",
            form("Action=TagUser&Version=2010-05-08&UserName=admin&Tags.member.4000000000.Key=a"),
            400,
            "ValidationError",
        ),
        ("xml that ends early", xml("<Tagging><TagSet>"), 400, "MalformedXML"),
        ("xml of another name", xml("<Other/>"), 400, "MalformedXML"),
        ("an entity bomb", xml(&bomb), 400, "MalformedXML"),
        (
            "a file as an entity",
            xml("<!DOCTYPE t [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Tagging>&e;</Tagging>"),
            400,
            "MalformedXML",
        ),
        (
            "a DTD elsewhere",
            xml("<!DOCTYPE Tagging SYSTEM \"http://127.0.0.1:1/t.dtd\"><Tagging/>"),
            400,
            "MalformedXML",
        ),
        (
            "deep xml",
            xml(std::str::from_utf8(&nested("<a>", "</a>", 100_000)).unwrap()),
            400,
            "MalformedXML",
        ),
        (
            "broad xml",
            xml(&format!("<Tagging>{}</Tagging>", "<a/>".repeat(200_000))),
            400,
            "MalformedXML",
        ),
        (
            "a policy that is none",
            rig.call("s3", "PUT", &format!("/{BUCKET}?policy")).body(&[b'['; 20_000]),
            400,
            "MalformedPolicy",
        ),
        ("json of nine MiB", json(vec![b' '; 9 << 20]), 413, "RequestEntityTooLargeException"),
        ("a form of nine MiB", form(&"a".repeat(9 << 20)), 413, "RequestEntityTooLarge"),
        ("xml of nine MiB", xml(&" ".repeat(9 << 20)), 400, "MaxMessageLengthExceeded"),
    ]
}

#[test]
fn what_cannot_be_read_is_refused_and_changes_nothing() {
    let rig = Rig::start();
    let before = rig.state();
    for (name, call, status, code) in requests(&rig) {
        let reply = rig.ask(&call);
        assert_eq!((reply.status, &*reply.code()), (status, code), "{name}: {}", reply.text());
    }
    rig.assert_unchanged(&before, "unreadable bodies");
}

#[test]
fn a_body_is_as_long_as_it_was_said_or_refused() {
    let rig = Rig::start();
    let before = rig.state();
    let key = format!("/{BUCKET}/key");
    let calls = [
        ("s3", rig.call("s3", "PUT", &key).body(b"body"), "IncompleteBody"),
        (
            "s3, xml",
            rig.call("s3", "PUT", &format!("/{BUCKET}?tagging")).body(b"<T"),
            "IncompleteBody",
        ),
        ("json", rig.json("kms", KMS, "{"), "SerializationException"),
        ("query", rig.query("sts", "Action=GetCallerIdentity"), "MalformedInput"),
    ];
    for (name, call, code) in calls {
        let mut wire = crate::wire::Wire::to(rig.address);
        wire.send(&call.length("100").bytes());
        wire.done();
        let reply = wire.reply();
        assert_eq!((reply.status, &*reply.code()), (400, code), "{name}: {}", reply.text());
        assert!(wire.is_closed(), "{name}: nobody knows where the next request begins");
    }
    rig.assert_unchanged(&before, "short bodies");
}

#[test]
fn lengths_that_are_no_numbers_end_the_connection() {
    let rig = Rig::start();
    let before = rig.state();
    for length in
        ["-1", "1e3", "0x10", "99999999999999999999999", "4, 5", "4\r\ncontent-length: 5", ""]
    {
        let call = rig.call("s3", "PUT", &format!("/{BUCKET}/key")).body(b"body");
        let text = String::from_utf8(call.bytes()).unwrap();
        let text = text.replace("content-length: 4", &format!("content-length: {length}"));
        let mut wire = crate::wire::Wire::to(rig.address);
        wire.send(text.as_bytes());
        wire.done();
        let reply = wire.reply();
        assert_eq!(reply.status, 400, "`{length}`: {}", reply.text());
        assert!(wire.is_closed(), "`{length}`");
    }
    rig.assert_unchanged(&before, "lengths");
}

#[test]
fn chunks_of_http_are_no_upload_whatever_length_is_said_beside() {
    let rig = Rig::start();
    let before = rig.state();
    let call =
        rig.call("s3", "PUT", &format!("/{BUCKET}/key")).header("transfer-encoding", "chunked");
    for head in [call.clone().length("4").head(), call.length("").head()] {
        let mut wire = crate::wire::Wire::to(rig.address);
        wire.send(&[head, b"4\r\nbody\r\n0\r\n\r\n".to_vec()].concat());
        let reply = wire.reply();
        assert_eq!((reply.status, &*reply.code()), (501, "NotImplemented"), "{}", reply.text());
        assert!(reply.text().contains("<Header>Transfer-Encoding</Header>"));
    }
    rig.assert_unchanged(&before, "two lengths");
}
