//! The wording of every service but S3: one framework's sentences under three protocols' codes.
//!
//! Sources: "Common Errors" (IAM and STS API References) for the query protocol's codes and statuses;
//! the JSON protocols' codes, the sentences and the order of the checks as `DynamoDB` and Kinesis sent
//! them, recorded in mhart/dynalite and mhart/kinesalite; `Invalid key=value pair` and the hashed
//! header as API Gateway sends them; 15 and 5 minutes in aws/aws-cli#6676 (STS), aws/aws-sdk-js#265
//! (SNS), s12v/awsbeats#48 (Kinesis) and aws/aws-sdk-js-v3#5192 (SSM); 400 for awsJson in
//! aws/aws-sdk-php#1114 (ECR) and aws/aws-sdk-ruby#431 (EMR), 403 for rest-json in iann0036/iamlive#58
//! (Lambda).

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    answer::Answer,
    claim::Dialect,
    credential::TERMINATOR,
    date::AmzDate,
    error::{Missing, ScopeFault, SignatureError},
};

/// What the services tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Incomplete,
    Mismatch,
    Unrecognized,
    Expired,
}

/// A code and its status.
type Code = (&'static str, u16);

/// The codes of each kind: query's, then JSON's (rest-json answers 403 to all of them).
const CODES: [(Kind, Code, Code); 5] = [
    (
        Kind::Missing,
        ("MissingAuthenticationToken", 403),
        ("MissingAuthenticationTokenException", 400),
    ),
    (Kind::Incomplete, ("IncompleteSignature", 400), ("IncompleteSignatureException", 400)),
    (Kind::Mismatch, ("SignatureDoesNotMatch", 403), ("InvalidSignatureException", 400)),
    (Kind::Unrecognized, ("InvalidClientTokenId", 403), ("UnrecognizedClientException", 400)),
    (Kind::Expired, ("ExpiredToken", 403), ("ExpiredTokenException", 400)),
];

const CONFORM: &str = "The request signature does not conform to AWS standards.";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
     Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

pub(super) fn answer(error: &SignatureError, dialect: Dialect) -> Answer {
    let (kind, message) = words(error);
    let row = CODES.iter().find(|(known, _, _)| *known == kind);
    let (code, status) = match (dialect, row) {
        (Dialect::Query, Some((_, query, _))) => *query,
        (Dialect::RestJson, Some((_, _, (code, _)))) => (*code, 403),
        (_, Some((_, _, json))) => *json,
        (_, None) => ("AccessDeniedException", 403),
    };
    Answer::new(status, code, message)
}

fn words(error: &SignatureError) -> (Kind, String) {
    use SignatureError as E;
    match error {
        E::Anonymous | E::Version2 | E::Foreign { .. } => {
            (Kind::Missing, "Request is missing Authentication Token".to_owned())
        }
        E::Both { .. } => (
            Kind::Mismatch,
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
                .to_owned(),
        ),
        E::Algorithm { given, .. } => (
            Kind::Incomplete,
            format!("Unsupported AWS 'algorithm': '{given}' (only AWS4-HMAC-SHA256 for now). "),
        ),
        E::Incomplete(missing) => (Kind::Incomplete, incomplete(missing)),
        E::Part { given, presigned: false } => (
            Kind::Incomplete,
            format!("Invalid key=value pair (missing equal-sign) in Authorization header {}", hashed(given)),
        ),
        E::Credential { given, .. } => (
            Kind::Incomplete,
            format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term, got '{given}'"
            ),
        ),
        E::Scope(fault) => (Kind::Mismatch, scope(fault)),
        E::Date { given, .. } => (
            Kind::Incomplete,
            format!(
                "Date must be in ISO-8601 'basic format'. Got '{given}'. See \
                 http://en.wikipedia.org/wiki/ISO_8601"
            ),
        ),
        E::Skewed { date, now, skew } => (Kind::Mismatch, skewed(date, *now, *skew)),
        E::Unsigned { names } => (Kind::Mismatch, unsigned(names)),
        E::UnknownKey { .. } | E::InvalidToken { .. } => {
            (Kind::Unrecognized, "The security token included in the request is invalid.".to_owned())
        }
        E::ExpiredToken { .. } => {
            (Kind::Expired, "The security token included in the request is expired".to_owned())
        }
        E::Mismatch(_) | E::BodyHash { .. } => (Kind::Mismatch, MISMATCH.to_owned()),
        // S3 alone makes these; were one of them ours, it would be a signature that does not conform.
        E::Part { .. }
        | E::ExpiresNotANumber
        | E::ExpiresNegative
        | E::ExpiresTooLong
        | E::Lapsed { .. }
        | E::NoContentSha256
        | E::ContentSha256 { .. } => (Kind::Incomplete, CONFORM.to_owned()),
    }
}

/// A header is not repeated, since it may hold what should not be seen: its hash is.
fn hashed(text: &str) -> String {
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, text.as_bytes()));
    format!("(hashed with SHA-256 and encoded with Base64): '{hash}'.")
}

fn incomplete(missing: &Missing) -> String {
    let Missing { names, date, authorization } = missing;
    let Some(authorization) = authorization else {
        let sentences: String = names
            .iter()
            .map(|name| format!("AWS query-string parameters must include '{name}'. "))
            .collect();
        return sentences + "Re-examine the query-string parameters.";
    };
    let sentences: String = names
        .iter()
        .map(|name| format!("Authorization header requires '{name}' parameter. "))
        .collect();
    let date = match date {
        true => {
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        }
        false => "",
    };
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, authorization.as_bytes()));
    format!("{sentences}{date}(Hashed with SHA-256 and encoded with Base64) Authorization={hash}")
}

/// All faults of a scope, one sentence each.
fn scope(fault: &ScopeFault) -> String {
    let ScopeFault { given, date, region, service, .. } = fault;
    let sentences = [
        (given.region != *region)
            .then(|| "Credential should be scoped to a valid region. ".to_owned()),
        (given.service != *service)
            .then(|| format!("Credential should be scoped to correct service: '{service}'. ")),
        (given.terminator != TERMINATOR).then(|| {
            let given = &given.terminator;
            format!(
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{given}'. "
            )
        }),
        (given.day != date.day()).then(|| {
            let (day, date, text) = (&given.day, date.day(), date.text());
            format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
                 HTTP: '{day}' != '{date}', from '{text}'."
            )
        }),
    ];
    sentences.into_iter().flatten().collect()
}

fn skewed(date: &AmzDate, now: i64, skew: i64) -> String {
    let text = |at: i64| AmzDate::at(at).map_or_else(String::new, |date| date.text().to_owned());
    let (given, ours, minutes) = (date.text(), text(now), skew / 60_000);
    if date.milliseconds() < now {
        let earliest = text(now.saturating_sub(skew));
        return format!(
            "Signature expired: {given} is now earlier than {earliest} ({ours} - {minutes} min.)"
        );
    }
    let latest = text(now.saturating_add(skew));
    format!(
        "Signature not yet current: {given} is still later than {latest} ({ours} + {minutes} min.)"
    )
}

/// One sentence a header, in the spelling of the framework.
fn unsigned(names: &[String]) -> String {
    let sentence = |name: &String| match name.as_str() {
        "host" => {
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.".to_owned()
        }
        name => format!("'{}' must be a 'SignedHeader' in the AWS Authorization.", titled(name)),
    };
    names.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// `x-amz-target` as `X-Amz-Target`.
fn titled(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    };
    name.split('-').map(word).collect::<Vec<String>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_codes() {
        for kind in
            [Kind::Missing, Kind::Incomplete, Kind::Mismatch, Kind::Unrecognized, Kind::Expired]
        {
            assert_eq!(CODES.iter().filter(|(known, _, _)| *known == kind).count(), 1);
        }
    }

    #[test]
    fn headers_are_titled() {
        let names = ["host".to_owned(), "x-amz-target".to_owned()];
        assert_eq!(
            unsigned(&names),
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. \
             'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization."
        );
    }
}
