//! A signature in the `Authorization` header.
//!
//! `AWS4-HMAC-SHA256 Credential=.., SignedHeaders=.., Signature=..`, with or without spaces after the
//! commas, in any order.

use http::HeaderMap;

use super::{
    claim::{Stated, TOKEN, one},
    credential::clip,
    date::AmzDate,
    error::{Missing, SignatureError},
};

/// The three parts, in the order in which AWS complains of them.
const PARTS: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

pub(super) fn read(authorization: &str, headers: &HeaderMap) -> Result<Stated, SignatureError> {
    let (algorithm, rest) = algorithm(authorization)?;
    let [credential, signature, signed_headers] = parts(rest)?;
    let amz_date = one(headers, "x-amz-date")?;
    let http_date = one(headers, "date")?;
    let (Some(credential), Some(signature), Some(signed_headers), Some(date)) =
        (credential, signature, signed_headers, amz_date.or(http_date))
    else {
        let found = [credential, signature, signed_headers];
        let names = PARTS.into_iter().zip(found).filter(|(_, part)| part.is_none());
        return Err(SignatureError::Incomplete(Missing {
            names: names.map(|(name, _)| name).collect(),
            date: amz_date.or(http_date).is_none(),
            authorization: Some(clip(authorization)),
        }));
    };
    let read = if amz_date.is_some() { AmzDate::from_basic } else { AmzDate::from_http };
    let unreadable = || SignatureError::Date { given: clip(date), presigned: false };
    Ok(Stated {
        algorithm: algorithm.to_owned(),
        credential: credential.to_owned(),
        signed_headers: signed_headers.to_owned(),
        signature: signature.to_owned(),
        date: read(date).ok_or_else(unreadable)?,
        session_token: one(headers, TOKEN)?.map(str::to_owned),
        content_sha256: one(headers, "x-amz-content-sha256")?.map(str::to_owned),
        expires: None,
    })
}

/// The mechanism. Version 2 is `AWS key:signature`.
fn algorithm(authorization: &str) -> Result<(&str, &str), SignatureError> {
    match authorization.split_once(' ') {
        Some((algorithm, rest)) if algorithm.starts_with("AWS4-") => Ok((algorithm, rest)),
        Some(("AWS", _)) => Err(SignatureError::Version2),
        _ => Err(SignatureError::Foreign { authorization: clip(authorization) }),
    }
}

/// The values of [`PARTS`]. What is no `name=value` is refused, and so is a second value of one name:
/// which of the two would count?
fn parts(rest: &str) -> Result<[Option<&str>; 3], SignatureError> {
    let mut found = [None; 3];
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let refused = || SignatureError::Part { given: clip(part), presigned: false };
        let (name, value) = part.split_once('=').ok_or_else(refused)?;
        let slot = PARTS.iter().zip(found.iter_mut()).find(|(known, _)| **known == name);
        match slot {
            Some((_, slot @ None)) => *slot = Some(value),
            Some((_, Some(_))) | None => return Err(refused()),
        }
    }
    Ok(found)
}
