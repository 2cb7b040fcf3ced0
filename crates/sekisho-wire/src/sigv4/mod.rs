//! AWS Signature Version 4, both sides: who signed this request, and with which key?
//!
//! ```text
//! head -> Claim::read -> claim.credential() -> the caller finds the secret -> SigningKey (cached by day)
//!                                                             verify(claim, key, head, body) -> Verified
//! ```
//!
//! [`Claim::read`] does everything that needs no key, in the order in which AWS does it, so that a
//! stale or misdirected request costs no lookup; [`verify`] then compares one HMAC in constant time.
//! Refusals are facts ([`SignatureError`]); how AWS words them differs by protocol and is said once,
//! in [`SignatureError::answer`].
//!
//! The pieces are public, because not every signature is of an HTTP request: `CodeCommit`'s `git` door
//! signs `GIT\n<path>\n\nhost:<host>\n\nhost\n`, which is [`string_to_sign`] over that text, with a
//! date that has no `Z`, and [`SigningKey::sign`].
//!
//! AWS pages: "AWS Signature Version 4 for API requests" (IAM User Guide) and "Authenticating Requests
//! (AWS Signature Version 4)" (Amazon S3 API Reference).

mod answer;
mod canonical;
mod chain;
mod claim;
mod coral;
mod credential;
mod date;
mod error;
mod header;
mod key;
mod payload;
mod peek;
mod presigned;
mod sign;
mod verify;

pub use answer::Answer;
pub use canonical::{PathRule, Signing, canonical_request, string_to_sign};
pub use chain::Chain;
pub use claim::{Claim, Dialect, Endpoint};
pub use credential::Credential;
pub use date::AmzDate;
pub use error::{Evidence, Missing, ScopeFault, SignatureError};
pub use key::{SigningKey, sha256_hex};
pub use payload::Payload;
pub use peek::Scope;
pub use sign::{Signature, Signer};
pub use verify::{Body, Verified, verify};

/// The one algorithm that is served: HMAC with SHA-256.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// SHA-256 of nothing, in hexadecimal: the payload hash of a request without a body.
pub const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
