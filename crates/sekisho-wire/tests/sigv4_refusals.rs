//! Every refusal, in the words of each family.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{HeaderValue, request::Parts};
use sekisho_wire::sigv4::{
    AmzDate, Answer, Body, Claim, Dialect, Payload, SignatureError, Signing, canonical_request,
    string_to_sign, verify,
};

mod support;
use support::{BODY, DATE, DIALECTS, decide, endpoint, head, now, presigned, signed, signer};

fn authorization(head: &mut Parts, change: impl Fn(&str) -> String) {
    let old = head.headers.get("authorization").unwrap().to_str().unwrap();
    let new = change(old).parse().unwrap();
    head.headers.insert("authorization", new);
}

fn query(head: &mut Parts, change: impl Fn(&str) -> String) {
    head.uri = change(&head.uri.to_string()).parse().unwrap();
}

fn refused(head: &Parts, dialect: Dialect) -> Answer {
    decide(head, dialect, now()).unwrap_err().answer(dialect)
}

#[test]
fn what_is_signed_is_accepted() {
    for dialect in DIALECTS {
        decide(&signed(dialect, false), dialect, now()).unwrap();
        decide(&signed(dialect, true), dialect, now()).unwrap();
        decide(&presigned(dialect), dialect, now()).unwrap();
        let mut spaceless = signed(dialect, false);
        authorization(&mut spaceless, |value| value.replace(", ", ","));
        decide(&spaceless, dialect, now()).unwrap();
        let mut retold = signed(dialect, false);
        retold.headers.insert("user-agent", HeaderValue::from_static("a proxy"));
        retold.headers.insert("accept", HeaderValue::from_static("*/*"));
        decide(&retold, dialect, now()).unwrap();
        assert_eq!(decide(&head_without_amz(), dialect, now()), Err(SignatureError::Anonymous));
    }
}

fn head_without_amz() -> Parts {
    let mut head = head();
    head.headers.remove("x-amz-target");
    head
}

/// The host of HTTP/2, which stands in the URL.
#[test]
fn an_authority_is_a_host() {
    let mut http2 = signed(Dialect::Query, false);
    let host = http2.headers.remove("host").unwrap();
    http2.uri = format!("http://{}{}", host.to_str().unwrap(), http2.uri).parse().unwrap();
    decide(&http2, Dialect::Query, now()).unwrap();
    http2.uri = http2.uri.to_string().replace("4566", "4567").parse().unwrap();
    assert!(decide(&http2, Dialect::Query, now()).is_err());
}

/// The date may stand in `Date`.
#[test]
fn a_plain_date_is_a_date() {
    let mut head = head_without_amz();
    head.headers.insert("date", HeaderValue::from_static("Sun, 30 Aug 2015 12:36:00 GMT"));
    let names = ["date", "host"];
    let signer = signer(Dialect::Query);
    let canonical = canonical_request(
        &head,
        &names,
        signer.rule,
        Signing::Header,
        &Payload::Computed.of_client(BODY),
    );
    let text = string_to_sign(DATE, &signer.credential, &canonical);
    let (scope, signature) = (signer.credential.scope(), signer.key.sign(text.as_bytes()));
    let value = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders=date;host, Signature={signature}"
    );
    head.headers.insert("authorization", value.parse().unwrap());
    decide(&head, Dialect::Query, now()).unwrap();
}

/// One row a refusal: what is done to a signed request, and what the four families answer.
type Row = (fn(&mut Parts), [(u16, &'static str, &'static str); 4]);

const MISSING: &str = "Request is missing Authentication Token";
const MECHANISM: &str =
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
     Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/// The same sentence from the three families that share a framework.
const fn shared(
    s3: (u16, &'static str, &'static str),
    query: (u16, &'static str),
    json: &'static str,
    sentence: &'static str,
) -> [(u16, &'static str, &'static str); 4] {
    [s3, (query.0, query.1, sentence), (400, json, sentence), (403, json, sentence)]
}

const INCOMPLETE: (u16, &str) = (400, "IncompleteSignature");
const NO_MATCH: (u16, &str) = (403, "SignatureDoesNotMatch");

const HEADERS: &[Row] = &[
    (
        |head| authorization(head, |_| "AWS AKIDEXAMPLE:frJIUN8DYpKDtOLCwo".to_owned()),
        shared(
            (400, "InvalidRequest", MECHANISM),
            (403, "MissingAuthenticationToken"),
            "MissingAuthenticationTokenException",
            MISSING,
        ),
    ),
    (
        |head| authorization(head, |_| "Bearer abc".to_owned()),
        shared(
            (400, "InvalidArgument", "Unsupported Authorization Type"),
            (403, "MissingAuthenticationToken"),
            "MissingAuthenticationTokenException",
            MISSING,
        ),
    ),
    (
        |head| {
            authorization(head, |old| old.replace("HMAC-SHA256", "ECDSA-P256-SHA256"));
        },
        shared(
            (400, "InvalidRequest", MECHANISM),
            INCOMPLETE,
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ",
        ),
    ),
    (
        |head| authorization(head, |old| old.replace("AKIDEXAMPLE/", "")),
        shared(
            (
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the Credential is mal-formed; expecting \
                     \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
            ),
            INCOMPLETE,
            "IncompleteSignatureException",
            "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term, got '20150830/us-east-1/S/aws4_request'",
        ),
    ),
    (
        |head| authorization(head, |old| old.replace("us-east-1", "eu-west-1")),
        shared(
            (
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region 'eu-west-1' is wrong; \
                     expecting 'us-east-1'",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "Credential should be scoped to a valid region. ",
        ),
    ),
    (
        |head| authorization(head, |old| old.replace("aws4_request", "aws3_request")),
        shared(
            (
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; incorrect terminal \"aws3_request\". This \
                     endpoint uses \"aws4_request\".",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "Credential should be scoped with a valid terminator: 'aws4_request', not \
                 'aws3_request'. ",
        ),
    ),
    (
        |head| authorization(head, |old| old.replace("/20150830/", "/20150831/")),
        shared(
            (
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; Invalid credential date. Date is not the \
                     same as X-Amz-Date.",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
                 HTTP: '20150831' != '20150830', from '20150830T123600Z'.",
        ),
    ),
    (
        |head| authorization(head, |old| old.replace("host;", "")),
        shared(
            (
                403,
                "AccessDenied",
                "There were headers present in the request which were not signed",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ),
    ),
    (
        |head| drop(head.headers.insert("x-amz-meta-a", HeaderValue::from_static("b"))),
        shared(
            (
                403,
                "AccessDenied",
                "There were headers present in the request which were not signed",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "'X-Amz-Meta-A' must be a 'SignedHeader' in the AWS Authorization.",
        ),
    ),
    (
        |head| drop(head.headers.insert("x-amz-date", HeaderValue::from_static("2015"))),
        shared(
            (403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header"),
            INCOMPLETE,
            "IncompleteSignatureException",
            "Date must be in ISO-8601 'basic format'. Got '2015'. See \
                 http://en.wikipedia.org/wiki/ISO_8601",
        ),
    ),
    (
        |head| query(head, |uri| format!("{uri}&X-Amz-Algorithm=AWS4-HMAC-SHA256")),
        shared(
            (
                400,
                "InvalidArgument",
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
                     Signature query string parameter or the Authorization header should be specified",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP \
                 header.",
        ),
    ),
    (
        |head| query(head, |uri| uri.replace("x=1", "x=2")),
        shared(
            (
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. \
                     Check your key and signing method.",
            ),
            NO_MATCH,
            "InvalidSignatureException",
            MISMATCH,
        ),
    ),
];

#[test]
fn refusals_of_headers() {
    for (change, answers) in HEADERS {
        for (dialect, (status, code, message)) in DIALECTS.into_iter().zip(answers) {
            let mut head = signed(dialect, false);
            change(&mut head);
            let answer = refused(&head, dialect);
            let service = format!("/{}/", endpoint(dialect).service);
            assert_eq!((answer.status, answer.code), (*status, *code), "{message}");
            assert_eq!(answer.message, message.replace("/S/", &service));
        }
    }
}

#[test]
fn refusals_of_parts() {
    let mut odd = signed(Dialect::S3, false);
    authorization(&mut odd, |old| old.replace(", Signature=", ", Other="));
    let answer = refused(&odd, Dialect::S3);
    assert_eq!(answer.code, "AuthorizationHeaderMalformed");
    let message = r#"The authorization header is malformed; the authorization component "Other="#;
    assert!(answer.message.starts_with(message));

    let mut bare = signed(Dialect::Json, false);
    authorization(&mut bare, |_| "AWS4-HMAC-SHA256 ".to_owned());
    bare.headers.remove("x-amz-date");
    assert_eq!(
        refused(&bare, Dialect::Json).message,
        "Authorization header requires 'Credential' parameter. Authorization header requires \
         'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. \
         Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
         (Hashed with SHA-256 and encoded with Base64) \
         Authorization=CiYVUkvqEFxnqOZfl+qKLWniec690XZ/NzTormsckxs="
    );
    assert_eq!(
        refused(&bare, Dialect::S3).message,
        "The authorization header is malformed; the authorization header requires three components: \
         Credential, SignedHeaders, and Signature."
    );

    let mut undated = signed(Dialect::S3, false);
    undated.headers.remove("x-amz-date");
    assert_eq!(refused(&undated, Dialect::S3).code, "AccessDenied");

    for twice in ["authorization", "x-amz-date"] {
        let mut head = signed(Dialect::Query, false);
        let value = head.headers.get(twice).unwrap().clone();
        head.headers.append(twice, value);
        assert_eq!(refused(&head, Dialect::Query).code, "IncompleteSignature");
    }
    let mut long = signed(Dialect::Query, false);
    authorization(&mut long, |old| format!("{old}{}", "0".repeat(16_384)));
    assert_eq!(refused(&long, Dialect::Query).code, "IncompleteSignature");
}

/// What is done to S3's presigned URL, and the code and message of the answer.
type Url = (fn(&str) -> String, &'static str, &'static str);

const URLS: [Url; 9] = [
    (
        |uri| uri.replace("X-Amz-Date", "X-Amz-Data"),
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
             X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ),
    (
        |uri| uri.replace("Expires=300", "Expires=604801"),
        "AuthorizationQueryParametersError",
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires \
             must be less than 604800 seconds",
    ),
    (
        |uri| uri.replace("Expires=300", "Expires=-1"),
        "AuthorizationQueryParametersError",
        "X-Amz-Expires must be non-negative",
    ),
    (
        |uri| uri.replace("Expires=300", "Expires=never"),
        "AuthorizationQueryParametersError",
        "X-Amz-Expires should be a number",
    ),
    (
        |uri| uri.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
        "AuthorizationQueryParametersError",
        r#"X-Amz-Algorithm only supports "AWS4-HMAC-SHA256""#,
    ),
    (
        |uri| uri.replace("us-east-1", "eu-west-1"),
        "AuthorizationQueryParametersError",
        "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting \
             'us-east-1'",
    ),
    (
        |uri| uri.replace("%2Fs3%2F", "%2Fsqs%2F"),
        "AuthorizationQueryParametersError",
        "Error parsing the X-Amz-Credential parameter; incorrect service \"sqs\". This endpoint \
             belongs to \"s3\".",
    ),
    (
        |uri| uri.replace("20150830T123600Z", "2015-08-30"),
        "AuthorizationQueryParametersError",
        r#"X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'""#,
    ),
    (|_| "/a?AWSAccessKeyId=A&Expires=1&Signature=b".to_owned(), "InvalidRequest", MECHANISM),
];

#[test]
fn refusals_of_presigned_urls() {
    for (change, code, message) in URLS {
        let mut head = presigned(Dialect::S3);
        query(&mut head, change);
        let answer = refused(&head, Dialect::S3);
        assert_eq!((answer.status, answer.code, answer.message.as_str()), (400, code, message));
    }
    let mut bare = head();
    query(&mut bare, |_| "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a".to_owned());
    assert_eq!(
        refused(&bare, Dialect::Query).message,
        "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must \
         include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. \
         Re-examine the query-string parameters."
    );
}

#[test]
fn refusals_of_times() {
    let at = |dialect, minutes: i64| {
        decide(&signed(dialect, false), dialect, now() + minutes * 60_000)
            .map_err(|error| error.answer(dialect).message)
    };
    assert!(at(Dialect::Json, 5).is_ok() && at(Dialect::Json, -5).is_ok());
    assert_eq!(
        at(Dialect::Json, 6).unwrap_err(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T124200Z - \
         5 min.)"
    );
    assert_eq!(
        at(Dialect::Query, -16).unwrap_err(),
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z \
         (20150830T122000Z + 15 min.)"
    );
    assert!(at(Dialect::S3, 15).is_ok() && at(Dialect::S3, -15).is_ok());
    let skewed = decide(&signed(Dialect::S3, false), Dialect::S3, now() + 901_000);
    let answer = skewed.unwrap_err().answer(Dialect::S3);
    assert_eq!((answer.status, answer.code), (403, "RequestTimeTooSkewed"));
    let details = [
        ("RequestTime", DATE.to_owned()),
        ("ServerTime", "2015-08-30T12:51:01Z".to_owned()),
        ("MaxAllowedSkewMilliseconds", "900000".to_owned()),
    ];
    assert_eq!(answer.details, details);
    for extreme in [i64::MIN, i64::MAX] {
        for dialect in DIALECTS {
            assert!(decide(&signed(dialect, false), dialect, extreme).is_err());
            assert!(decide(&presigned(dialect), dialect, extreme).is_err());
        }
    }
    // STS does not look at `X-Amz-Expires`; S3 does.
    assert!(decide(&presigned(Dialect::Query), Dialect::Query, now() + 899_000).is_ok());
    assert!(decide(&presigned(Dialect::S3), Dialect::S3, now() + 301_000).is_err());
}

#[test]
fn what_s3_shows_of_a_mismatch() {
    let mut head = signed(Dialect::S3, false);
    query(&mut head, |uri| uri.replace("x=1", "x=2"));
    let answer = refused(&head, Dialect::S3);
    let names: Vec<_> = answer.details.iter().map(|(name, _)| *name).collect();
    let expected = [
        "AWSAccessKeyId",
        "StringToSign",
        "SignatureProvided",
        "StringToSignBytes",
        "CanonicalRequest",
        "CanonicalRequestBytes",
    ];
    assert_eq!(names, expected);
    let value = |index: usize| answer.details.get(index).unwrap().1.as_str();
    assert!(value(1).starts_with("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3/"));
    assert!(value(3).starts_with("41 57 53 34 2d "));
    assert!(value(4).starts_with("POST\n/a%20b/c\nx=2&y=2\ncontent-type:"));
}

#[test]
fn what_s3_wants_of_the_payload() {
    let mut none = signed(Dialect::S3, false);
    none.headers.remove("x-amz-content-sha256");
    let answer = refused(&none, Dialect::S3);
    let message = "Missing required header for this request: x-amz-content-sha256";
    assert_eq!((answer.code, answer.message.as_str()), ("InvalidRequest", message));

    let mut odd = signed(Dialect::S3, false);
    let word = HeaderValue::from_static("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
    odd.headers.insert("x-amz-content-sha256", word);
    assert_eq!(refused(&odd, Dialect::S3).code, "InvalidArgument");

    let claim = Claim::read(&signed(Dialect::S3, false), &endpoint(Dialect::S3), now());
    let claim = claim.unwrap().unwrap();
    let head = signed(Dialect::S3, false);
    let key = signer(Dialect::S3).key;
    assert!(verify(&claim, &key, &head, Body::Later).is_ok());
    let answer = verify(&claim, &key, &head, Body::Whole(b"")).unwrap_err().answer(Dialect::S3);
    assert_eq!((answer.status, answer.code), (400, "XAmzContentSHA256Mismatch"));
}

/// Services other than S3 never take a body on trust, whatever `x-amz-content-sha256` says.
#[test]
fn others_hash_what_they_got() {
    let mut head = head();
    let word = HeaderValue::from_static("UNSIGNED-PAYLOAD");
    head.headers.insert("x-amz-content-sha256", word);
    let date = AmzDate::from_basic(DATE).unwrap();
    signer(Dialect::Json).sign(&mut head, &date, "UNSIGNED-PAYLOAD").unwrap();
    assert_eq!(refused(&head, Dialect::Json).code, "InvalidSignatureException");

    let head = signed(Dialect::Json, false);
    let claim = Claim::read(&head, &endpoint(Dialect::Json), now()).unwrap().unwrap();
    let key = signer(Dialect::Json).key;
    assert!(verify(&claim, &key, &head, Body::Later).is_err());
    assert!(verify(&claim, &key, &head, Body::Whole(b"other")).is_err());
}

#[test]
fn refusals_of_identities() {
    let (id, token) = ("AKIDEXAMPLE".to_owned(), "token".to_owned());
    for (error, codes) in [
        (
            SignatureError::UnknownKey { id },
            [
                (403, "InvalidAccessKeyId"),
                (403, "InvalidClientTokenId"),
                (400, "UnrecognizedClientException"),
            ],
        ),
        (
            SignatureError::InvalidToken { token: token.clone() },
            [
                (400, "InvalidToken"),
                (403, "InvalidClientTokenId"),
                (400, "UnrecognizedClientException"),
            ],
        ),
        (
            SignatureError::ExpiredToken { token },
            [(400, "ExpiredToken"), (403, "ExpiredToken"), (400, "ExpiredTokenException")],
        ),
    ] {
        for (dialect, code) in DIALECTS.into_iter().zip(codes) {
            let answer = error.answer(dialect);
            assert_eq!((answer.status, answer.code), code);
        }
    }
}
