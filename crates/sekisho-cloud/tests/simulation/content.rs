//! Bodies of objects, known by a number.

use std::fmt;

/// A body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) number: u64,
    pub(crate) len: usize,
    /// The KMS key that it is sealed under; `None`: S3's own.
    pub(crate) kms: Option<usize>,
}

impl Content {
    pub(crate) fn bytes(self) -> Vec<u8> {
        let mut bytes = self.number.to_be_bytes().repeat(self.len.div_ceil(8));
        bytes.truncate(self.len);
        bytes
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "body {} of {} bytes under {:?}", self.number, self.len, self.kms)
    }
}
