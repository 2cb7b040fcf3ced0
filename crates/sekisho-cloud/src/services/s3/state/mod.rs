//! What S3 holds: buckets with their settings, objects with their versions, uploads in parts.

mod bucket;
mod object;
mod upload;
mod uploads;
mod versions;

pub use bucket::{
    Bucket, BucketEncryption, BucketPolicy, Ownership, PublicAccessBlock, Versioning,
};
pub use object::{About, Envelope, MadeBy, Object, PartOf, Piece, Sum, SystemMetadata, Version};
pub(crate) use upload::part_row;
pub use upload::{Part, SumOf, Upload};

use sekisho_iam::AccountId;

use super::fault;
use super::lifecycle::Lifecycle;
use crate::fault::Fault;
use crate::table::{AnyTable, Table};

/// The state of S3. Bucket names are unique over all accounts.
#[derive(Debug)]
pub struct S3 {
    /// By name.
    pub buckets: Table<Bucket>,
    /// Which buckets an account owns: `account/name`, with the region.
    pub owned: Table<String>,
    /// Versions, by bucket, key and age; see `services::s3::order`.
    pub versions: Table<Version>,
    /// Uploads that go on, by bucket, key and id.
    pub uploads: Table<Upload>,
    /// The parts of uploads, by upload and number.
    pub parts: Table<Part>,
    /// Bodies that more than one row names, and how many rows besides the first.
    pub shared: Table<u32>,
    /// Lifecycles of buckets, by the bucket's name.
    pub lifecycles: Table<Lifecycle>,
    /// When they are looked at next: `time/bucket`, with the bucket.
    pub due: Table<String>,
}

impl Default for S3 {
    fn default() -> Self {
        Self {
            buckets: Table::new("s3.bucket"),
            owned: Table::new("s3.owned"),
            versions: Table::new("s3.version"),
            uploads: Table::new("s3.upload"),
            parts: Table::new("s3.part"),
            shared: Table::new("s3.shared"),
            lifecycles: Table::new("s3.lifecycle"),
            due: Table::new("s3.due"),
        }
    }
}

impl S3 {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 8] {
        [
            &mut self.buckets,
            &mut self.owned,
            &mut self.versions,
            &mut self.uploads,
            &mut self.parts,
            &mut self.shared,
            &mut self.lifecycles,
            &mut self.due,
        ]
    }

    /// A bucket.
    ///
    /// # Errors
    /// When there is none of this name.
    pub(super) fn bucket(&self, name: &str) -> Result<&Bucket, Fault> {
        self.buckets.get(name).ok_or_else(|| fault::no_bucket(name))
    }

    /// A bucket, to be changed.
    ///
    /// # Errors
    /// When there is none of this name.
    pub(super) fn edit_bucket(&mut self, name: &str) -> Result<&mut Bucket, Fault> {
        self.buckets.edit(name).ok_or_else(|| fault::no_bucket(name))
    }

    /// Puts a new bucket.
    pub(super) fn add_bucket(&mut self, bucket: Bucket) {
        self.owned.put(owned(bucket.account, &bucket.name), bucket.region.clone());
        self.buckets.put(bucket.name.clone(), bucket);
    }

    /// Takes a bucket away.
    pub(super) fn remove_bucket(&mut self, name: &str) {
        self.set_lifecycle(name, None);
        if let Some(bucket) = self.buckets.remove(name) {
            self.owned.remove(&owned(bucket.account, name));
        }
    }
}

/// The key of a bucket among those of its account.
pub(super) fn owned(account: AccountId, name: &str) -> String {
    format!("{account}/{name}")
}
