//! S3 without a shell: two accounts whose root users call.

use std::sync::Arc;

use sekisho_iam::AccountId;
use zeroize::Zeroizing;

use super::ask::OfBucket;
use super::state::{Bucket, S3};
use crate::accounts::Account;
use crate::cloud::{Cloud, State};
use crate::dice::Dice;
use crate::fault::Fault;
use crate::gate::{Arrival, Frame, Scene};
use crate::operation::Operation;
use crate::principal::Principal;
use crate::vault::RootKey;
use crate::writes::{Archive, ArchiveError, EventKey};

/// An engine with the accounts 111111111111 and 222222222222.
pub(super) struct Rig {
    pub(super) cloud: Cloud,
}

/// A bucket of the first account.
pub(super) fn bucket() -> Bucket {
    Bucket::new("b-1".into(), "111111111111".parse().unwrap(), "us-east-1".into(), 0)
}

impl Rig {
    pub(super) fn new() -> Self {
        let root_key = RootKey::new(Zeroizing::new([0; 32]));
        let mut cloud = Cloud::new(&root_key, Arc::new(NoArchive));
        for id in ["111111111111", "222222222222"] {
            let account = Account { id: id.parse().unwrap(), name: id.to_owned() };
            cloud.accounts_mut().rows.put(id, account);
        }
        cloud.settle();
        Self { cloud }
    }

    pub(super) fn state(&mut self) -> &mut S3 {
        S3::of_mut(&mut self.cloud)
    }

    /// What the root user of an account is answered on the bucket; `None`: it is done.
    pub(super) fn refusal<O: Operation<In = OfBucket>>(&mut self, account: &str) -> Option<Fault> {
        let account: AccountId = account.parse().unwrap();
        let frame = Frame {
            principal: Principal::root(account).into(),
            region: "us-east-1".into(),
            arrival: Arc::new(Arrival::default()),
            via: Vec::new(),
            internal: false,
        };
        let mut scene = Scene::new(0, Dice::new(&[0; 32]), String::new());
        let input = OfBucket { bucket: "b-1".into(), expected_bucket_owner: None };
        self.cloud.perform::<O>(&mut scene, &frame, input).err()
    }
}

struct NoArchive;

impl Archive for NoArchive {
    fn events_before(
        &self,
        _: u64,
        _: Option<EventKey>,
        _: i64,
        _: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        Ok(Vec::new())
    }
}
