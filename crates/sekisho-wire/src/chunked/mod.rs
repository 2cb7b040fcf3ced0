//! `aws-chunked`: bodies that arrive in chunks, each of them signed or not, with trailers or without.
//!
//! ```text
//! 10000;chunk-signature=ad80..\r\n <65536 bytes> \r\n
//! 0;chunk-signature=b6c6..\r\n
//! x-amz-checksum-crc32c:sOO8/Q==\r\n
//! x-amz-trailer-signature:d81f..\r\n
//! \r\n
//! ```
//!
//! The decoder gives data out as it arrives, before the chunk around it is verified, and holds no
//! more than one line itself: a chunk may be as large as the whole upload, and S3 documents no bound.
//! So **what it gave out counts only once [`Event::End`] has been given out**: the caller writes it
//! where nobody sees it, and throws it away on any error. S3 itself stores nothing of a body that ends
//! badly.
//!
//! AWS pages: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
//! Chunks (Chunked Upload)" and "... Including Trailing Headers (Chunked Upload)" (Amazon S3 API
//! Reference).

mod decoder;
mod encoder;
mod error;
mod line;
mod trailers;

pub use decoder::{Decoder, Event, Mode};
pub use encoder::Encoder;
pub use error::ChunkError;
