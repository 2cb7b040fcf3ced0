//! What a request says of its signature, checked as far as it goes without the key.
//!
//! The order of the checks is the framework's, as recorded in mhart/dynalite: parts, date, signed
//! headers, algorithm, credential, scope. The key and the signature come after ([`super::verify`]).

use http::{HeaderMap, request::Parts};

use super::{
    ALGORITHM,
    canonical::{PathRule, Signing, is_host},
    credential::Credential,
    date::AmzDate,
    error::{ScopeFault, SignatureError},
    header,
    payload::Payload,
    presigned,
};

/// The most bytes of any one part of a signature: more than any server lets all headers have.
pub(super) const MAX_PART: usize = 16 * 1024;

/// How far a client's clock may be from ours: S3's documented 15 minutes, in milliseconds.
const SKEW: i64 = 15 * 60 * 1000;

/// The same for the JSON protocols' services, as their refusals say: 5 minutes.
const SKEW_OF_JSON: i64 = 5 * 60 * 1000;

/// The header that carries a session's token.
pub(super) const TOKEN: &str = "x-amz-security-token";

/// The family of a service: how its requests are made canonical and how its refusals read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// S3: XML errors, its own rules for paths, payloads and presigned URLs.
    S3,
    /// The query protocol: IAM, STS, `CloudFormation`, SNS.
    Query,
    /// awsJson 1.0 and 1.1, and CBOR.
    Json,
    /// rest-json: Lambda.
    RestJson,
}

impl Dialect {
    /// The most that a request's date may differ from our clock, in milliseconds.
    pub fn skew(self) -> i64 {
        match self {
            Self::S3 | Self::Query => SKEW,
            Self::Json | Self::RestJson => SKEW_OF_JSON,
        }
    }

    /// How the paths of its requests are made canonical.
    pub fn path_rule(self) -> PathRule {
        if self == Self::S3 { PathRule::S3 } else { PathRule::OTHERS }
    }
}

/// The place that a request was sent to: what its scope must say.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// Its family.
    pub dialect: Dialect,
    /// Its region.
    pub region: &'a str,
    /// The name that it is signed for: `s3`, `sts`, `monitoring`.
    pub service: &'a str,
}

/// A signature that is in order, though nobody has yet held it against a key.
#[derive(Debug, Clone)]
pub struct Claim {
    pub(super) credential: Credential,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
    pub(super) date: AmzDate,
    pub(super) session_token: Option<String>,
    pub(super) payload: Payload,
    pub(super) signing: Signing,
    pub(super) rule: PathRule,
}

/// What stands in the header or in the query, as it stands.
pub(super) struct Stated {
    pub(super) algorithm: String,
    pub(super) credential: String,
    pub(super) signed_headers: String,
    pub(super) signature: String,
    pub(super) date: AmzDate,
    pub(super) session_token: Option<String>,
    pub(super) content_sha256: Option<String>,
    /// For how many seconds a presigned URL of S3 is valid.
    pub(super) expires: Option<i64>,
}

impl Claim {
    /// Reads the claim of a request, `None` if it is not signed at all, at `now` in milliseconds.
    ///
    /// # Errors
    /// Whatever is wrong with it that can be told without the key.
    pub fn read(
        head: &Parts,
        endpoint: &Endpoint<'_>,
        now: i64,
    ) -> Result<Option<Self>, SignatureError> {
        let authorization = one(&head.headers, "authorization")?;
        let query = presigned::parameters(head.uri.query().unwrap_or_default())?;
        let (stated, signing) = match (authorization, query) {
            (None, None) => return Ok(None),
            (Some(authorization), Some(_)) => {
                let authorization = super::credential::clip(authorization);
                return Err(SignatureError::Both { authorization });
            }
            (Some(authorization), None) => {
                (header::read(authorization, &head.headers)?, Signing::Header)
            }
            (None, Some(query)) => {
                (presigned::read(query, &head.headers, endpoint.dialect)?, Signing::Query)
            }
        };
        timely(&stated, endpoint.dialect, now)?;
        Self::check(stated, signing, head, endpoint).map(Some)
    }

    /// Everything after the date.
    fn check(
        stated: Stated,
        signing: Signing,
        head: &Parts,
        endpoint: &Endpoint<'_>,
    ) -> Result<Self, SignatureError> {
        let presigned = signing == Signing::Query;
        let signed_headers = names(&stated.signed_headers);
        all_signed(head, &signed_headers, endpoint.dialect)?;
        if stated.algorithm != ALGORITHM {
            let given = super::credential::clip(&stated.algorithm);
            return Err(SignatureError::Algorithm { given, presigned });
        }
        let credential = Credential::read(&stated.credential, presigned)?;
        in_scope(&credential, &stated.date, endpoint, presigned)?;
        let payload = match endpoint.dialect {
            Dialect::S3 => Payload::of_s3(stated.content_sha256.as_deref(), signing)?,
            Dialect::Query | Dialect::Json | Dialect::RestJson => Payload::Computed,
        };
        Ok(Self {
            credential,
            signed_headers,
            signature: stated.signature,
            date: stated.date,
            session_token: stated.session_token,
            payload,
            signing,
            rule: endpoint.dialect.path_rule(),
        })
    }

    /// Whose key, and for which day, region and service: enough to find or derive the signing key.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// The session's token, for keys that are of a session.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// How the body is covered.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// When it was signed.
    pub fn date(&self) -> &AmzDate {
        &self.date
    }

    /// Where the signature stands.
    pub fn signing(&self) -> Signing {
        self.signing
    }
}

/// The only value of a header. Two of them cannot both be the one that was signed for, and what is
/// no text is nothing that we read.
pub(super) fn one<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
) -> Result<Option<&'a str>, SignatureError> {
    let mut values = headers.get_all(name).iter();
    let part = || SignatureError::Part { given: name.to_owned(), presigned: false };
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) if value.len() <= MAX_PART => {
            value.to_str().map(Some).map_err(|_| part())
        }
        (Some(_), _) => Err(part()),
    }
}

/// The names as they are spelled, since they are signed so.
fn names(signed_headers: &str) -> Vec<String> {
    signed_headers.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The host must be signed, and every `x-amz-` header that is there: what is not signed may have been
/// put there by anyone. Only a session's token may be added afterwards, except for S3 (the test suite
/// that AWS publishes has the case, `post-sts-header-after`).
fn all_signed(head: &Parts, signed: &[String], dialect: Dialect) -> Result<(), SignatureError> {
    let is_signed = |name: &str| signed.iter().any(|signed| signed.eq_ignore_ascii_case(name));
    let host = (!signed.iter().any(|name| is_host(name))).then(|| "host".to_owned());
    let exempt = |name: &str| name == TOKEN && dialect != Dialect::S3;
    let headers = head.headers.keys().map(http::HeaderName::as_str);
    let loose =
        headers.filter(|name| name.starts_with("x-amz-") && !exempt(name) && !is_signed(name));
    let names: Vec<_> = host.into_iter().chain(loose.map(str::to_owned)).collect();
    if names.is_empty() { Ok(()) } else { Err(SignatureError::Unsigned { names }) }
}

fn in_scope(
    given: &Credential,
    date: &AmzDate,
    endpoint: &Endpoint<'_>,
    presigned: bool,
) -> Result<(), SignatureError> {
    let right = Credential::new("", date.day(), endpoint.region, endpoint.service);
    if given.scope() == right.scope() {
        return Ok(());
    }
    Err(SignatureError::Scope(Box::new(ScopeFault {
        given: given.clone(),
        date: date.clone(),
        region: endpoint.region.to_owned(),
        service: endpoint.service.to_owned(),
        presigned,
    })))
}

/// A presigned URL of S3 is valid for as long as it says, anything else for minutes around its date.
/// The other services do not look at `X-Amz-Expires` (kubernetes-sigs/aws-iam-authenticator relies on
/// 15 minutes for STS while it sends 60 seconds).
fn timely(stated: &Stated, dialect: Dialect, now: i64) -> Result<(), SignatureError> {
    let (date, skew) = (stated.date.milliseconds(), dialect.skew());
    let future = date > now.saturating_add(skew);
    if let Some(expires) = stated.expires {
        let past = now > date.saturating_add(expires.saturating_mul(1000));
        return match past || future {
            true => Err(SignatureError::Lapsed { date: stated.date.clone(), expires, now }),
            false => Ok(()),
        };
    }
    match future || date < now.saturating_sub(skew) {
        true => Err(SignatureError::Skewed { date: stated.date.clone(), now, skew }),
        false => Ok(()),
    }
}
