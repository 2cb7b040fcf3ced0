//! Streams of S3 that lie: about their chunks, their lengths, their checksums. Each with a body that is
//! kept in the database and one that is a file.

use sekisho_wire::checksum::{Algorithm, Hasher};
use sekisho_wire::chunked::Encoder;
use sekisho_wire::sigv4::Chain;

use crate::rig::{BUCKET, Call, Rig};
use crate::wire::Wire;

const SIGNED: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const SIGNED_TRAILER: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
const UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// A body that is kept in the database, and one that is a file.
const LENGTHS: [usize; 2] = [20_000, 300_000];

fn crc(body: &[u8]) -> String {
    Hasher::sum(Algorithm::Crc32, body).base64()
}

fn put(rig: &Rig, payload: &str, length: usize) -> Call {
    let call = rig.call("s3", "PUT", &format!("/{BUCKET}/lie")).payload(payload);
    call.header("content-encoding", "aws-chunked")
        .header("x-amz-decoded-content-length", &length.to_string())
}

/// A body in chunks of 64 KiB with its end.
fn chunks(chain: Option<Chain>, body: &[u8], trailers: &[(&str, &str)]) -> Vec<u8> {
    let mut encoder = Encoder::new(chain);
    let mut all: Vec<u8> = body.chunks(64 * 1024).flat_map(|part| encoder.chunk(part)).collect();
    all.extend(encoder.chunk(b""));
    all.extend(encoder.end(trailers));
    all
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).expect(from);
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

/// Name, bytes, code.
#[expect(clippy::too_many_lines, reason = "a table")]
fn lies(rig: &Rig, body: &[u8]) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let length = body.len();
    let other = vec![b'o'; length];
    let signed = || put(rig, SIGNED, length);
    let trailing =
        |payload| put(rig, payload, length).header("x-amz-trailer", "x-amz-checksum-crc32");
    let whole = || rig.call("s3", "PUT", &format!("/{BUCKET}/lie")).body(body);
    let (right, wrong) = (crc(body), crc(&other));
    let honest = |chain| chunks(Some(chain), body, &[]);
    let trailer = |value: &str| [("x-amz-checksum-crc32", value.to_owned())];
    let unsigned = |trailers: &[(&str, String)]| {
        let trailers: Vec<_> = trailers.iter().map(|(name, value)| (*name, &**value)).collect();
        chunks(None, body, &trailers)
    };
    vec![
        (
            "other data under the same signatures",
            signed().bytes_with(|chain| replaced(&honest(chain), "bbbbbbbb", "bbbbbbbo")),
            "SignatureDoesNotMatch",
        ),
        (
            "a signature of zeros",
            signed().bytes_with(|chain| {
                let body = honest(chain);
                let at =
                    body.windows(16).position(|part| part == b"chunk-signature=").unwrap() + 16;
                [&body[..at], &[b'0'; 64], &body[at + 64..]].concat()
            }),
            "SignatureDoesNotMatch",
        ),
        (
            "no signature at a chunk",
            signed().bytes_with(|_| chunks(None, body, &[])),
            "IncompleteBody",
        ),
        (
            "another seed",
            signed().bytes_with(|mut chain| {
                chain.sign_chunk(b"");
                honest(chain)
            }),
            "SignatureDoesNotMatch",
        ),
        (
            "no last chunk",
            signed().bytes_with(|chain| {
                let body = honest(chain);
                body[..body.len() - 88].to_vec()
            }),
            "IncompleteBody",
        ),
        ("more than was said", put(rig, SIGNED, length - 1).bytes_with(honest), "IncompleteBody"),
        ("less than was said", put(rig, SIGNED, length + 1).bytes_with(honest), "IncompleteBody"),
        (
            "a size that is no number",
            put(rig, UNSIGNED_TRAILER, length)
                .bytes_with(|_| replaced(&unsigned(&[]), "\r\n", "zz\r\n")),
            "IncompleteBody",
        ),
        (
            "a size beyond everything",
            put(rig, UNSIGNED_TRAILER, length).bytes_with(|_| b"fffffffffffffffff\r\n".to_vec()),
            "IncompleteBody",
        ),
        (
            "a size without an end",
            put(rig, UNSIGNED_TRAILER, length).bytes_with(|_| vec![b'1'; 100_000]),
            "IncompleteBody",
        ),
        (
            "chunks of one byte",
            put(rig, UNSIGNED_TRAILER, length)
                .bytes_with(|_| b"1\r\nb\r\n1\r\nb\r\n0\r\n\r\n".to_vec()),
            "InvalidChunkSizeError",
        ),
        (
            "another checksum in the trailer",
            trailing(UNSIGNED_TRAILER).bytes_with(|_| unsigned(&trailer(&wrong))),
            "BadDigest",
        ),
        (
            "a trailer that is no checksum",
            trailing(UNSIGNED_TRAILER).bytes_with(|_| unsigned(&trailer("?"))),
            "InvalidRequest",
        ),
        (
            "no trailer",
            trailing(UNSIGNED_TRAILER).bytes_with(|_| unsigned(&[])),
            "MalformedTrailerError",
        ),
        (
            "another trailer",
            trailing(UNSIGNED_TRAILER)
                .bytes_with(|_| unsigned(&[("x-amz-checksum-sha1", right.clone())])),
            "MalformedTrailerError",
        ),
        (
            "a trailer without a name",
            trailing(UNSIGNED_TRAILER)
                .bytes_with(|_| replaced(&unsigned(&trailer(&right)), "x-amz-checksum-crc32:", "")),
            "MalformedTrailerError",
        ),
        (
            "a trailer changed after signing",
            trailing(SIGNED_TRAILER).bytes_with(|chain| {
                let body = chunks(Some(chain), body, &[("x-amz-checksum-crc32", &right)]);
                replaced(&body, &right, &wrong)
            }),
            "SignatureDoesNotMatch",
        ),
        (
            "another checksum in the head",
            whole().header("x-amz-checksum-crc32", &wrong).bytes(),
            "BadDigest",
        ),
        (
            "another MD5",
            whole().header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==").bytes(),
            "BadDigest",
        ),
        ("an MD5 that is none", whole().header("content-md5", "nothing").bytes(), "InvalidDigest"),
        (
            "two checksums",
            whole()
                .header("x-amz-checksum-crc32", &right)
                .header("x-amz-checksum-sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
                .bytes(),
            "InvalidRequest",
        ),
        ("another hash", whole().payload(&"0".repeat(64)).bytes(), "XAmzContentSHA256Mismatch"),
        ("no hash", whole().payload("nothing").bytes(), "InvalidArgument"),
        (
            "a length beyond everything",
            put(rig, UNSIGNED_TRAILER, 6 << 30).bytes_with(|_| Vec::new()),
            "EntityTooLarge",
        ),
    ]
}

#[test]
fn streams_that_lie_are_refused_and_leave_nothing() {
    let rig = Rig::start();
    let before = rig.state();
    for length in LENGTHS {
        let body = vec![b'b'; length];
        for (name, bytes, code) in lies(&rig, &body) {
            let reply = rig.ask_raw(&bytes);
            assert!(matches!(reply.status, 400 | 403), "{name}, {length}: {}", reply.text());
            assert_eq!(reply.code(), code, "{name}, {length}: {}", reply.text());
        }
        rig.assert_unchanged(&before, "streams that lie");
    }
}

/// The same bodies without the lie are taken: otherwise the table above would prove nothing.
#[test]
fn honest_streams_are_taken() {
    let rig = Rig::start();
    for length in LENGTHS {
        let body = vec![b'b'; length];
        let right = crc(&body);
        let trailers = [("x-amz-checksum-crc32", &*right)];
        let trailing =
            |payload| put(&rig, payload, length).header("x-amz-trailer", "x-amz-checksum-crc32");
        let honest = [
            put(&rig, SIGNED, length).bytes_with(|chain| chunks(Some(chain), &body, &[])),
            trailing(SIGNED_TRAILER).bytes_with(|chain| chunks(Some(chain), &body, &trailers)),
            trailing(UNSIGNED_TRAILER).bytes_with(|_| chunks(None, &body, &trailers)),
        ];
        for bytes in honest {
            let reply = rig.ask_raw(&bytes);
            assert_eq!(reply.status, 200, "{}", reply.text());
        }
        let got = rig.ask(&rig.call("s3", "GET", &format!("/{BUCKET}/lie")));
        assert_eq!((got.status, got.body.len()), (200, length));
    }
}

#[test]
fn uploads_that_are_given_up_leave_no_file() {
    let rig = Rig::start();
    let before = rig.state();
    for length in LENGTHS {
        let body = vec![b'b'; length];
        let call = rig.call("s3", "PUT", &format!("/{BUCKET}/given-up")).body(&body);
        let bytes = call.bytes();
        // In the head, after it, in the middle, right before the end.
        let head = bytes.len() - length;
        for sent in [head / 2, head, head + 1, head + length / 2, bytes.len() - 1] {
            let mut wire = Wire::to(rig.address);
            wire.send(&bytes[..sent]);
            drop(wire);
        }
        rig.assert_unchanged(&before, "uploads that are given up");
    }
}

#[test]
fn a_refused_condition_leaves_no_file() {
    let rig = Rig::start();
    assert_eq!(rig.put("there", b"first").status, 200);
    let before = rig.state();
    for length in LENGTHS {
        let body = vec![b'b'; length];
        let call = rig.call("s3", "PUT", &format!("/{BUCKET}/there")).header("if-none-match", "*");
        let reply = rig.ask(&call.body(&body));
        assert_eq!((reply.status, &*reply.code()), (412, "PreconditionFailed"));
        let target = format!("/{BUCKET}/there?partNumber=1&uploadId=none");
        let reply = rig.ask(&rig.call("s3", "PUT", &target).body(&body));
        assert_eq!((reply.status, &*reply.code()), (404, "NoSuchUpload"));
        let reply = rig.ask(&rig.call("s3", "PUT", "/no-such-bucket/key").body(&body));
        assert_eq!((reply.status, &*reply.code()), (404, "NoSuchBucket"));
    }
    rig.assert_unchanged(&before, "refused conditions");
}
