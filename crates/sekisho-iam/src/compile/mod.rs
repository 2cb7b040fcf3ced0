//! Policies compiled once, to be asked many times.
//!
//! Each layer becomes one [`Layer`]: the statements of all its policies, split into denying and
//! allowing ones and indexed by action (and by resource, where many statements speak of the same
//! action). Asking a layer allocates nothing.

mod grant;
mod index;
mod layer;
mod prefix;
mod principals;

use crate::arn::AccountId;
use crate::policies::{Policies, Policy};
use crate::public;

pub use grant::CompiledGrant;
pub use layer::Layer;
pub(crate) use layer::{Ask, Rule};
pub(crate) use principals::{Grade, Grades, Principals};

/// All layers that bear on a request, compiled and owned.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    identity: Layer,
    boundary: Option<Layer>,
    session: Option<Layer>,
    scps: Vec<Layer>,
    rcps: Vec<Layer>,
    endpoint: Option<Layer>,
    resource: Option<Layer>,
    grants: Vec<CompiledGrant>,
    restrict_public_buckets: bool,
    resource_is_public: bool,
    management_account: Option<AccountId>,
}

/// All layers that bear on a request, borrowed: an engine compiles each policy when it is written
/// and puts the layers of a request together from what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Layers<'a> {
    /// The caller's identity policies; an empty layer where there are none.
    pub identity: &'a Layer,
    /// The caller's permissions boundary.
    pub boundary: Option<&'a Layer>,
    /// The policies of the caller's session.
    pub session: Option<&'a Layer>,
    /// Service control policies, level by level.
    pub scps: &'a [Layer],
    /// Resource control policies, level by level.
    pub rcps: &'a [Layer],
    /// The policy of the VPC endpoint.
    pub endpoint: Option<&'a Layer>,
    /// The policy of the resource.
    pub resource: Option<&'a Layer>,
    /// The grants of a KMS key.
    pub grants: &'a [CompiledGrant],
    /// Whether the bucket's `RestrictPublicBuckets` is on.
    pub restrict_public_buckets: bool,
    /// Whether the bucket policy is public (see [`crate::public::is_public`]).
    pub resource_is_public: bool,
    /// The management account of the organization.
    pub management_account: Option<AccountId>,
}

impl Policies {
    /// Compiles every layer.
    pub fn compile(&self) -> Compiled {
        let one = |policy: &Option<Policy>| {
            policy.as_ref().map(|policy| Layer::compile(std::slice::from_ref(policy)))
        };
        let levels =
            |levels: &[Vec<Policy>]| levels.iter().map(|level| Layer::compile(level)).collect();
        let document = self.resource.as_ref().and_then(|policy| policy.document.as_ref());
        Compiled {
            identity: Layer::compile(&self.identity),
            boundary: one(&self.boundary),
            session: self.session.as_ref().map(|policies| Layer::compile(policies)),
            scps: levels(&self.scps),
            rcps: levels(&self.rcps),
            endpoint: one(&self.endpoint),
            resource: one(&self.resource),
            grants: self.grants.iter().map(CompiledGrant::compile).collect(),
            restrict_public_buckets: self.restrict_public_buckets,
            resource_is_public: document.is_some_and(public::is_public),
            management_account: self.management_account,
        }
    }
}

impl Compiled {
    /// The layers, borrowed.
    pub fn layers(&self) -> Layers<'_> {
        Layers {
            identity: &self.identity,
            boundary: self.boundary.as_ref(),
            session: self.session.as_ref(),
            scps: &self.scps,
            rcps: &self.rcps,
            endpoint: self.endpoint.as_ref(),
            resource: self.resource.as_ref(),
            grants: &self.grants,
            restrict_public_buckets: self.restrict_public_buckets,
            resource_is_public: self.resource_is_public,
            management_account: self.management_account,
        }
    }
}
