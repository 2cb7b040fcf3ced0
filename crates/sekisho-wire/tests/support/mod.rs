//! A signed request of each family, and the decision on it.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{Request, request::Parts};
use sekisho_wire::sigv4::{
    AmzDate, Body, Claim, Credential, Dialect, Endpoint, Payload, SignatureError, Signer, verify,
};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub(crate) const DATE: &str = "20150830T123600Z";
pub(crate) const BODY: &[u8] = b"Action=GetCallerIdentity&Version=2011-06-15";

pub(crate) fn endpoint(dialect: Dialect) -> Endpoint<'static> {
    let service = if dialect == Dialect::S3 { "s3" } else { "sts" };
    Endpoint { dialect, region: "us-east-1", service }
}

pub(crate) fn now() -> i64 {
    AmzDate::from_basic(DATE).unwrap().milliseconds()
}

pub(crate) fn signer(dialect: Dialect) -> Signer {
    let service = endpoint(dialect).service;
    let credential = Credential::new("AKIDEXAMPLE", "20150830", "us-east-1", service);
    Signer::new(SECRET, credential, dialect)
}

pub(crate) fn head() -> Parts {
    let request = Request::post("/a%20b/c?x=1&y=2")
        .header("host", "localhost:4566")
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .header("x-amz-target", "Service.Operation")
        .header("user-agent", "a client");
    request.body(()).unwrap().into_parts().0
}

pub(crate) fn signed(dialect: Dialect, token: bool) -> Parts {
    let mut head = head();
    let signer = signer(dialect);
    let signer = if token { signer.with_token("FwoGZXIvYXdzEXAMPLE==") } else { signer };
    let payload = Payload::Computed.of_client(BODY);
    signer.sign(&mut head, &AmzDate::from_basic(DATE).unwrap(), &payload).unwrap();
    head
}

pub(crate) fn presigned(dialect: Dialect) -> Parts {
    let mut head = head();
    let payload = match dialect {
        Dialect::S3 => Payload::Unsigned,
        _ => Payload::Computed,
    };
    let payload = payload.of_client(BODY);
    let date = AmzDate::from_basic(DATE).unwrap();
    signer(dialect).presign(&mut head, &date, 300, &payload).unwrap();
    head
}

pub(crate) fn decide(head: &Parts, dialect: Dialect, now: i64) -> Result<(), SignatureError> {
    let claim = Claim::read(head, &endpoint(dialect), now)?.ok_or(SignatureError::Anonymous)?;
    let id = &claim.credential().access_key_id;
    if id != "AKIDEXAMPLE" {
        return Err(SignatureError::UnknownKey { id: id.clone() });
    }
    verify(&claim, &signer(dialect).key, head, Body::Whole(BODY)).map(drop)
}

pub(crate) const DIALECTS: [Dialect; 4] =
    [Dialect::S3, Dialect::Query, Dialect::Json, Dialect::RestJson];
