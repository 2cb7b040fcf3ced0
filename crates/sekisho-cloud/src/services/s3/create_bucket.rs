//! `CreateBucket`: a bucket with the settings that AWS gives a new one: everything public is
//! blocked, no ACLs, SSE-S3, no keys of the customer.
//!
//! Sources: S3 API Reference, "CreateBucket"; S3 User Guide, "Required permissions for Amazon S3 API
//! operations". To make again what one has is answered with 200 in us-east-1 and refused elsewhere.
//! Account-regional names, Object Lock and directory buckets are not served.

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::acl::{self, Headers};
use super::region::{self, FIRST_REGION};
use super::state::{Bucket, Ownership, S3};
use super::tags::{self, Tag};
use super::{ask, fault, name};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most buckets of an account. Source: S3 User Guide, "General purpose bucket quotas".
const BUCKETS_MAX: usize = 10_000;

/// `s3:CreateBucket`.
#[derive(Debug)]
pub struct CreateBucket;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub bucket: String,
    /// Where it is to be, and its tags.
    pub create_bucket_configuration: Option<Configuration>,
    /// Who owns its objects.
    pub object_ownership: Option<Ownership>,
    /// In which name space its name is.
    pub bucket_namespace: Option<Namespace>,
    /// Whether Object Lock is on; `true` is not served.
    pub object_lock_enabled_for_bucket: Option<bool>,
    /// A canned ACL.
    #[serde(rename = "ACL")]
    pub acl: Option<String>,
    /// Who gets full control.
    pub grant_full_control: Option<String>,
    /// Who may list it.
    pub grant_read: Option<String>,
    /// Who may read its ACL.
    #[serde(rename = "GrantReadACP")]
    pub grant_read_acp: Option<String>,
    /// Who may write objects.
    pub grant_write: Option<String>,
    /// Who may write its ACL.
    #[serde(rename = "GrantWriteACP")]
    pub grant_write_acp: Option<String>,
}

/// Where a bucket is to be, and its tags.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Configuration {
    /// The region.
    pub location_constraint: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// In which name space a name is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Namespace {
    /// That of all accounts.
    #[serde(rename = "global")]
    Global,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    location: String,
}

impl Operation for CreateBucket {
    const NAME: &'static str = "s3:CreateBucket";
    const ASKS: &'static [&'static str] =
        &["s3:CreateBucket", "s3:PutBucketAcl", "s3:PutBucketOwnershipControls", "s3:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        if !name::is_free_to_use(&input.bucket) {
            return Err(fault::invalid_name(&input.bucket));
        }
        let account = view.account()?;
        let tags = tags::map(input.tags());
        let ask = |action: &'static str| {
            let ask = Ask::to(action).on(format!("arn:aws:s3:::{}", input.bucket));
            ask::connected(ask.owned_by(account), view.frame())
        };
        let ownership = input.object_ownership.map(Ownership::as_str);
        let create = ask("s3:CreateBucket")
            .with_some("s3:LocationConstraint", input.location())
            .with_some("s3:x-amz-object-ownership", ownership);
        let headers = input.headers();
        let mut asks = vec![headers.on(create).tagging(&tags)];
        if headers.ask_for_more() {
            asks.push(headers.on(ask("s3:PutBucketAcl")));
        }
        if ownership.is_some() {
            asks.push(ask("s3:PutBucketOwnershipControls"));
        }
        if !tags.is_empty() {
            asks.push(ask("s3:TagResource").tagging(&tags));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        if input.object_lock_enabled_for_bucket == Some(true) {
            return Err(Fault::not_served("Object Lock is not served"));
        }
        let account = act.account()?;
        let region = region::of_new_bucket(input.location(), act.region())?;
        input.acl_fits()?;
        let tags = tags::of_bucket(input.tags())?;
        if let Some(there) = act.read().buckets.get(&input.bucket) {
            is_repeated(there, account, act.region())?;
            return Ok(Output::of(there));
        }
        if act.read().owned.under(&format!("{account}/")).count() >= BUCKETS_MAX {
            return Err(fault::too_many_buckets());
        }
        let mut bucket = Bucket::new(input.bucket, account, region, act.now_ms());
        bucket.ownership = input.object_ownership.or(bucket.ownership);
        bucket.tags = tags;
        let output = Output::of(&bucket);
        act.state().add_bucket(bucket);
        Ok(output)
    }
}

impl Input {
    fn location(&self) -> Option<&str> {
        self.create_bucket_configuration.as_ref()?.location_constraint.as_deref()
    }

    fn tags(&self) -> &[Tag] {
        self.create_bucket_configuration.as_ref().map_or(&[], |one| &one.tags)
    }

    fn headers(&self) -> Headers<'_> {
        Headers {
            acl: self.acl.as_deref(),
            full_control: self.grant_full_control.as_deref(),
            read: self.grant_read.as_deref(),
            read_acp: self.grant_read_acp.as_deref(),
            write: self.grant_write.as_deref(),
            write_acp: self.grant_write_acp.as_deref(),
        }
    }

    /// A new bucket has no ACLs unless it is asked for them, and never a public one.
    fn acl_fits(&self) -> Result<(), Fault> {
        let headers = self.headers();
        let enforced = self.object_ownership.unwrap_or(Ownership::BucketOwnerEnforced)
            == Ownership::BucketOwnerEnforced;
        if !headers.ask_for_more() {
            return Ok(());
        }
        if headers.acl.is_some() && headers.grants() {
            let text = "Specifying both Canned ACLs and Header Grants is not allowed";
            return Err(fault::invalid_request(text));
        }
        if headers.acl.is_some_and(acl::is_public) {
            let text = "Bucket cannot have public ACLs set with BlockPublicAccess enabled";
            return Err(fault::fault("InvalidBucketAclWithBlockPublicAccessError", 400, text));
        }
        if enforced {
            let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced \
                        setting";
            return Err(fault::fault("InvalidBucketAclWithObjectOwnership", 400, text));
        }
        Err(acl::not_served())
    }
}

/// Whether a request makes again what is there; only us-east-1 lets it pass.
fn is_repeated(there: &Bucket, account: AccountId, endpoint: &str) -> Result<(), Fault> {
    match there.account == account {
        true if there.region == FIRST_REGION && endpoint == FIRST_REGION => Ok(()),
        true => Err(fault::already_owned(&there.name)),
        false => Err(fault::name_taken(&there.name)),
    }
}

impl Output {
    fn of(bucket: &Bucket) -> Self {
        let name = &bucket.name;
        let location = match &*bucket.region {
            FIRST_REGION => format!("/{name}"),
            _ => format!("http://{name}.s3.amazonaws.com/"),
        };
        Self { location }
    }
}
