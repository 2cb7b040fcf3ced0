//! S3's checksums: of a body as it passes, of the parts of an upload, and what a request may say of them.
//!
//! AWS pages: "Checking object integrity" (Amazon S3 User Guide) for the algorithms and for which of
//! them a multipart upload's checksum is that of the whole object or of its parts' checksums;
//! `PutObject`, `CreateMultipartUpload` and `CompleteMultipartUpload` (Amazon S3 API Reference) for
//! the headers.

mod algorithm;
mod error;
mod hasher;
mod multipart;
mod request;

pub use algorithm::{Algorithm, Checksum, Kind};
pub use error::ChecksumError;
pub use hasher::Hasher;
pub use multipart::{Whole, composite, full_object};
pub use request::{Expected, content_md5, expected, kind};
