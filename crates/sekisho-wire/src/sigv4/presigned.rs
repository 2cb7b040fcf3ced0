//! A signature in the query: a presigned URL.
//!
//! AWS page: "Authenticating Requests: Using Query Parameters" (Amazon S3 API Reference).

use http::HeaderMap;

use super::{
    canonical::decoded,
    claim::{Dialect, MAX_PART, Stated, TOKEN, one},
    credential::clip,
    date::AmzDate,
    error::{Missing, SignatureError},
};

/// The longest that a presigned URL of S3 may be valid: seven days, in seconds.
const MAX_EXPIRES: i64 = 604_800;

/// The parameters that we read, in the order in which AWS complains of them; the last two may be
/// missing, and the one before them is S3's alone.
const PARAMETERS: [&str; 8] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Content-Sha256",
];

/// The values of [`PARAMETERS`].
pub(super) type Parameters = [Option<String>; 8];

/// The parameters of a query that is signed, or claims to be; `None` for any other.
pub(super) fn parameters(query: &str) -> Result<Option<Parameters>, SignatureError> {
    let mut found: Parameters = Default::default();
    let mut version2 = [false; 2];
    for (name, value) in query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
        version2 = [version2[0] || name == "AWSAccessKeyId", version2[1] || name == "Signature"];
        if let Some((name, slot)) =
            PARAMETERS.iter().zip(&mut found).find(|(known, _)| **known == name)
        {
            put(name, slot, value)?;
        }
    }
    match found {
        [None, None, None, ..] if version2 == [true; 2] => Err(SignatureError::Version2),
        [None, None, None, ..] => Ok(None),
        found => Ok(Some(found)),
    }
}

/// Keeps a value; a second one of the same name is refused.
fn put(name: &str, slot: &mut Option<String>, value: &str) -> Result<(), SignatureError> {
    let refused = || SignatureError::Part { given: name.to_owned(), presigned: true };
    if slot.is_some() || value.len() > MAX_PART {
        return Err(refused());
    }
    *slot = Some(String::from_utf8(decoded(value)).map_err(|_| refused())?);
    Ok(())
}

pub(super) fn read(
    found: Parameters,
    headers: &HeaderMap,
    dialect: Dialect,
) -> Result<Stated, SignatureError> {
    let required = if dialect == Dialect::S3 { 6 } else { 5 };
    let names = PARAMETERS.into_iter().zip(&found).take(required);
    let names: Vec<_> = names.filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
    let missing =
        |names| SignatureError::Incomplete(Missing { names, date: false, authorization: None });
    let [
        Some(algorithm),
        Some(credential),
        Some(signature),
        Some(signed_headers),
        Some(date),
        expires,
        token,
        sha256,
    ] = found
    else {
        return Err(missing(names));
    };
    if !names.is_empty() {
        return Err(missing(names));
    }
    let header = |name| one(headers, name).map(|value| value.map(str::to_owned));
    let unreadable = || SignatureError::Date { given: clip(&date), presigned: true };
    Ok(Stated {
        algorithm,
        credential,
        signed_headers,
        signature,
        date: AmzDate::from_basic(&date).ok_or_else(unreadable)?,
        // The query's is signed in any case.
        session_token: token.or(header(TOKEN)?),
        content_sha256: header("x-amz-content-sha256")?.or(sha256),
        expires: match (dialect, expires) {
            (Dialect::S3, Some(expires)) => Some(seconds(&expires)?),
            _ => None,
        },
    })
}

fn seconds(expires: &str) -> Result<i64, SignatureError> {
    match expires.parse::<i64>() {
        Ok(seconds) if seconds > MAX_EXPIRES => Err(SignatureError::ExpiresTooLong),
        Ok(seconds) if seconds < 0 => Err(SignatureError::ExpiresNegative),
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(SignatureError::ExpiresNotANumber),
    }
}
