//! Uploads in parts, while they go on.

use serde::{Deserialize, Serialize};

use super::{About, Envelope, Piece};

/// An upload. The key of its row says of which key and with which id (`services::s3::order`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// When it began, in milliseconds since 1970.
    pub initiated_ms: i64,
    /// The ARN of who began it.
    pub initiator: String,
    /// What is said of the object.
    pub about: About,
    /// Under what the keys of its parts' bodies are sealed.
    pub envelope: Envelope,
    /// The checksum that was asked for.
    pub sum: Option<SumOf>,
    /// The version that the key had when the upload began; `None`: there was no object.
    pub found: Option<String>,
}

/// The checksum that an upload was begun with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumOf {
    /// `CRC32`.
    pub algorithm: String,
    /// Whether it is made of the parts' checksums.
    pub is_composite: bool,
}

/// A part that was uploaded. The key of its row is `upload/00001`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Its number.
    pub number: i64,
    /// Its length in bytes.
    pub size: u64,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// The name and base64 of its checksum.
    pub sum: (String, String),
    /// When it was uploaded, in milliseconds since 1970.
    pub modified_ms: i64,
    /// Where its bytes are.
    pub pieces: Vec<Piece>,
}

/// The key of a part's row.
pub(crate) fn part_row(upload: &str, number: i64) -> String {
    format!("{upload}/{number:05}")
}
