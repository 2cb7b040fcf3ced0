//! Is this the signature of that key?

use http::request::Parts;

use super::{
    canonical::{canonical_request, string_to_sign},
    chain::Chain,
    claim::Claim,
    credential::Credential,
    error::{Evidence, SignatureError},
    key::{SigningKey, sha256_hex},
    payload::Payload,
};

/// What there is of the body when the signature is verified.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// All of it. It is hashed, and held against the hash that was declared.
    Whole(&'a [u8]),
    /// It is still to come. Only S3's signatures can be verified without it: [`Payload::check`] or the
    /// decoder of chunks must have the last word. Any other service's is refused.
    Later,
}

/// A request whose signature is the key's. Nobody but [`verify`] makes one: other crates cannot.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verified {
    /// Whose key, and its scope.
    pub credential: Credential,
    /// How the body is covered.
    pub payload: Payload,
    /// The date and signature from which the signatures of chunks go on, with the key.
    pub chain: Chain,
    /// The canonical request, which refusals of chunks show.
    pub canonical_request: Vec<u8>,
}

/// Verifies the signature of a request with the key of its credential, in constant time.
///
/// Whether the key may be used at all, and whether the session's token is the right one, is the
/// caller's to know.
///
/// # Errors
/// [`SignatureError::Mismatch`], or [`SignatureError::BodyHash`] if the body is another one.
pub fn verify(
    claim: &Claim,
    key: &SigningKey,
    head: &Parts,
    body: Body<'_>,
) -> Result<Verified, SignatureError> {
    let computed = match (&claim.payload, body) {
        (Payload::Computed | Payload::Declared(_), Body::Whole(body)) => Some(sha256_hex(body)),
        _ => None,
    };
    let hash = claim.payload.declared().or(computed.as_deref());
    let canonical = canonical_request(
        head,
        &claim.signed_headers,
        claim.rule,
        claim.signing,
        hash.unwrap_or_default(),
    );
    let text = string_to_sign(claim.date.text(), &claim.credential, &canonical);
    if hash.is_none() || !key.matches(text.as_bytes(), &claim.signature) {
        return Err(SignatureError::Mismatch(Box::new(Evidence {
            access_key_id: claim.credential.access_key_id.clone(),
            string_to_sign: text,
            provided: claim.signature.clone(),
            canonical_request: canonical,
        })));
    }
    if let Some(computed) = &computed {
        claim.payload.check(computed)?;
    }
    Ok(Verified {
        credential: claim.credential.clone(),
        payload: claim.payload.clone(),
        chain: Chain::new(key, &claim.date, &claim.credential, &claim.signature),
        canonical_request: canonical,
    })
}
