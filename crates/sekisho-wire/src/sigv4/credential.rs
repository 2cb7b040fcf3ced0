//! The credential of a signature: an access key and the scope that it was narrowed to.

use super::error::SignatureError;

/// The most bytes of an access key's id: IAM's `accessKeyIdType` allows 128.
const MAX_ACCESS_KEY_ID: usize = 128;

/// The most bytes of a whole credential: the id, a day, a region, a service and the terminator.
const MAX_CREDENTIAL: usize = 512;

/// The word that ends every scope.
pub(super) const TERMINATOR: &str = "aws4_request";

/// `AKIDEXAMPLE/20150830/us-east-1/service/aws4_request`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whose key signed.
    pub access_key_id: String,
    /// The day of the signing key, `YYYYMMDD` (as claimed: [`super::Claim::read`] holds it against the date).
    pub day: String,
    /// The region of the scope.
    pub region: String,
    /// The service of the scope.
    pub service: String,
    /// The terminator, as claimed.
    pub(super) terminator: String,
}

impl Credential {
    /// A credential of one's own, to sign with.
    pub fn new(access_key_id: &str, day: &str, region: &str, service: &str) -> Self {
        Self {
            access_key_id: access_key_id.to_owned(),
            day: day.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            terminator: TERMINATOR.to_owned(),
        }
    }

    /// Reads a credential: exactly five parts, none of them too long.
    pub(super) fn read(text: &str, presigned: bool) -> Result<Self, SignatureError> {
        let malformed = || SignatureError::Credential { given: clip(text), presigned };
        let mut parts = text.split('/');
        let (Some(id), Some(day), Some(region), Some(service), Some(terminator), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        if id.is_empty() || id.len() > MAX_ACCESS_KEY_ID || text.len() > MAX_CREDENTIAL {
            return Err(malformed());
        }
        Ok(Self { terminator: terminator.to_owned(), ..Self::new(id, day, region, service) })
    }

    /// `20150830/us-east-1/service/aws4_request`.
    pub fn scope(&self) -> String {
        format!("{}/{}/{}/{}", self.day, self.region, self.service, self.terminator)
    }
}

/// As much of what a caller sent as an answer may repeat.
pub(super) fn clip(text: &str) -> String {
    let end = text.floor_char_boundary(MAX_CREDENTIAL);
    text.get(..end).unwrap_or_default().to_owned()
}
