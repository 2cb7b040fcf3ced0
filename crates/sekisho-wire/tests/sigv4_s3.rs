//! The examples of the Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
//!
//! All are signed by AKIAIOSFODNN7EXAMPLE for examplebucket in us-east-1 at 20130524T000000Z.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{Request, request::Parts};
use sekisho_wire::sigv4::{
    AmzDate, Body, Claim, Credential, Dialect, EMPTY_SHA256, Endpoint, Payload, Signer, sha256_hex,
    verify,
};

const ENDPOINT: Endpoint<'static> =
    Endpoint { dialect: Dialect::S3, region: "us-east-1", service: "s3" };

fn date() -> AmzDate {
    AmzDate::from_basic("20130524T000000Z").unwrap()
}

fn signer() -> Signer {
    let credential = Credential::new("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3");
    Signer::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", credential, Dialect::S3)
}

fn head(method: &str, uri: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap().into_parts().0
}

struct Example {
    method: &'static str,
    uri: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    signature: &'static str,
}

const HOST: (&str, &str) = ("host", "examplebucket.s3.amazonaws.com");

/// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
const EXAMPLES: [Example; 4] = [
    Example {
        method: "GET",
        uri: "/test.txt",
        headers: &[HOST, ("range", "bytes=0-9")],
        body: "",
        signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    },
    Example {
        method: "PUT",
        uri: "/test$file.text",
        headers: &[
            HOST,
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ],
        body: "Welcome to Amazon S3.",
        signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    },
    Example {
        method: "GET",
        uri: "/?lifecycle",
        headers: &[HOST],
        body: "",
        signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    },
    Example {
        method: "GET",
        uri: "/?max-keys=2&prefix=J",
        headers: &[HOST],
        body: "",
        signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    },
];

#[test]
fn a_payload_in_one_piece() {
    for example in EXAMPLES {
        let mut head = head(example.method, example.uri, example.headers);
        let hash = sha256_hex(example.body.as_bytes());
        let made = signer().sign(&mut head, &date(), &hash).unwrap();
        assert_eq!(made.text, example.signature, "{}", example.uri);
        let now = date().milliseconds() + 899_000;
        let claim = Claim::read(&head, &ENDPOINT, now).unwrap().unwrap();
        verify(&claim, &signer().key, &head, Body::Later).unwrap();
        verify(&claim, &signer().key, &head, Body::Whole(example.body.as_bytes())).unwrap();
        assert!(verify(&claim, &signer().key, &head, Body::Whole(b"another")).is_err());
    }
}

/// "Authenticating Requests: Using Query Parameters".
#[test]
fn a_presigned_url() {
    let mut head = head("GET", "/test.txt", &[HOST]);
    signer().presign(&mut head, &date(), 86_400, Payload::Unsigned.declared().unwrap()).unwrap();
    assert_eq!(
        head.uri.query().unwrap(),
        "X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
    let at = |seconds: i64| Claim::read(&head, &ENDPOINT, date().milliseconds() + seconds * 1000);
    let claim = at(86_400).unwrap().unwrap();
    assert_eq!(claim.payload(), &Payload::Unsigned);
    verify(&claim, &signer().key, &head, Body::Later).unwrap();
    let expired = at(86_401).unwrap_err().answer(Dialect::S3);
    assert_eq!((expired.status, expired.code), (403, "AccessDenied"));
    assert_eq!(expired.message, "Request has expired");
    let details: Vec<_> = expired.details.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let (until, now) = ("2013-05-25T00:00:00Z", "2013-05-25T00:00:01Z");
    assert_eq!(details, [("X-Amz-Expires", "86400"), ("Expires", until), ("ServerTime", now)]);
    assert_eq!(at(-901).unwrap_err().answer(Dialect::S3).message, "Request is not yet valid");
}

/// The seeds of the two pages on chunked uploads; the chunks are in `tests/chunked.rs`.
#[test]
fn the_seeds_of_chunked_uploads() {
    let headers = [
        ("host", "s3.amazonaws.com"),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "66560"),
    ];
    let mut plain = head("PUT", "/examplebucket/chunkObject.txt", &headers);
    plain.headers.insert("content-length", "66824".parse().unwrap());
    let payload = Payload::Signed { trailer: false };
    let made = signer().sign(&mut plain, &date(), payload.declared().unwrap()).unwrap();
    assert_eq!(made.text, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");

    let mut trailing = head("PUT", "/examplebucket/chunkObject.txt", &headers);
    trailing.headers.insert("x-amz-trailer", "x-amz-checksum-crc32c".parse().unwrap());
    let payload = Payload::Signed { trailer: true };
    let made = signer().sign(&mut trailing, &date(), payload.declared().unwrap()).unwrap();
    assert_eq!(made.text, "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
    let claim = Claim::read(&trailing, &ENDPOINT, date().milliseconds()).unwrap().unwrap();
    assert!(claim.payload().is_chunked());
    assert_ne!(EMPTY_SHA256, claim.payload().declared().unwrap());
    verify(&claim, &signer().key, &trailing, Body::Later).unwrap();
}
