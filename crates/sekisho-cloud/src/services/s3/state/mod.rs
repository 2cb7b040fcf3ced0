//! What S3 holds: buckets with their settings, objects with their versions, uploads in parts.

mod bucket;

pub use bucket::{
    Bucket, BucketEncryption, BucketPolicy, Ownership, PublicAccessBlock, Versioning,
};

use sekisho_iam::AccountId;

use super::fault;
use crate::fault::Fault;
use crate::table::{AnyTable, Table};

/// The state of S3. Bucket names are unique over all accounts.
#[derive(Debug)]
pub struct S3 {
    /// By name.
    pub buckets: Table<Bucket>,
    /// Which buckets an account owns: `account/name`, with the region.
    pub owned: Table<String>,
}

impl Default for S3 {
    fn default() -> Self {
        Self { buckets: Table::new("s3.bucket"), owned: Table::new("s3.owned") }
    }
}

impl S3 {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 2] {
        [&mut self.buckets, &mut self.owned]
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
        if let Some(bucket) = self.buckets.remove(name) {
            self.owned.remove(&owned(bucket.account, name));
        }
    }
}

/// The key of a bucket among those of its account.
pub(super) fn owned(account: AccountId, name: &str) -> String {
    format!("{account}/{name}")
}
