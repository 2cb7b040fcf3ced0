//! Objects and their versions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vault::Sealed;
use crate::writes::BodyId;

/// A version of a key. The key of its row says which key and which version
/// (`services::s3::order`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its id in the order of versions.
    pub id: String,
    /// Whether it is shown as `null`: it was written while the bucket kept no versions.
    pub null: bool,
    /// When it was written, in milliseconds since 1970.
    pub modified_ms: i64,
    /// What it is; `None`: a delete marker.
    pub object: Option<Object>,
}

impl Version {
    /// The object, if it is no delete marker.
    pub fn object(&self) -> Option<&Object> {
        self.object.as_ref()
    }

    /// Its id as S3 shows it.
    pub fn shown_id(&self) -> &str {
        if self.null { "null" } else { &self.id }
    }
}

/// An object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Its length in bytes.
    pub size: u64,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// What its writer said of it.
    pub about: About,
    /// Its checksum.
    pub sum: Sum,
    /// Under what its bodies' keys are sealed.
    pub envelope: Envelope,
    /// Where its bytes are, one piece behind the other.
    pub pieces: Vec<Piece>,
    /// The parts it was uploaded in; none where it was uploaded at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartOf>,
    /// The upload that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<MadeBy>,
}

/// What the writer of an object says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// System metadata.
    pub headers: SystemMetadata,
    /// User metadata, by names in lower case and without `x-amz-meta-`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Tags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// The storage class; `None`: `STANDARD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Where a website sends who asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
}

/// The headers that S3 keeps with an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemMetadata {
    /// `Cache-Control`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    /// `Content-Type`; `None`: `binary/octet-stream`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// `Expires`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// A checksum as S3 shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// `CRC64NVME`.
    pub algorithm: String,
    /// Base64.
    pub value: String,
    /// Of how many parts' checksums it was made; `None`: it is that of all the bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_parts: Option<usize>,
}

/// Under what the keys of an object's bodies are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Envelope {
    /// SSE-S3: under a key of the engine.
    Ours,
    /// SSE-KMS: under a data key.
    Kms {
        /// The ARN of the KMS key.
        key: String,
        /// The data key, as KMS encrypted it.
        data_key: Sealed,
        /// Whether an S3 Bucket Key was used: the encryption context is then the bucket's ARN.
        bucket_key: bool,
    },
}

/// A piece of a sealed body. Objects that were copied share bodies; each has the body's key sealed
/// for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The body.
    #[serde(with = "body_text")]
    pub body: BodyId,
    /// Its key, sealed under the object's envelope.
    pub key: Sealed,
    /// The length of the whole body before sealing, in bytes.
    pub body_bytes: u64,
    /// Where the piece starts.
    pub from: u64,
    /// How long it is, in bytes.
    pub bytes: u64,
}

/// A part of an object that was uploaded in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    /// Its number in the upload.
    pub number: i64,
    /// Its length in bytes.
    pub size: u64,
    /// The base64 of its checksum, where the upload named an algorithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
}

/// The upload that made an object: to complete it again with the same list gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeBy {
    /// The upload's id.
    pub id: String,
    /// The SHA-256 of the list of parts, in hexadecimal.
    pub list: String,
}

/// The name of a body as hexadecimal digits.
pub(super) mod body_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::writes::BodyId;

    pub(super) fn serialize<S: Serializer>(body: &BodyId, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(body.0))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BodyId, D::Error> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(String::deserialize(from)?, &mut bytes).map_err(D::Error::custom)?;
        Ok(BodyId(bytes))
    }
}
