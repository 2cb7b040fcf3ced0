//! What S3 holds: buckets with their settings, objects with their versions, uploads in parts.

mod bucket;

pub use bucket::{Bucket, BucketEncryption, Ownership, PublicAccessBlock, Versioning};

use crate::table::{AnyTable, Table};

/// The state of S3. Bucket names are unique over all accounts.
#[derive(Debug)]
pub struct S3 {
    /// By name.
    pub buckets: Table<Bucket>,
}

impl Default for S3 {
    fn default() -> Self {
        Self { buckets: Table::new("s3.bucket") }
    }
}

impl S3 {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 1] {
        [&mut self.buckets]
    }
}
