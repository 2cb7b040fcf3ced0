//! What stands behind a principal: the policies of its own, its boundary, its session, its
//! organization, compiled and kept until something in IAM or Organizations changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sekisho_iam::policies::Policy;
use sekisho_iam::{AccountId, Caller, Document, Layer, PolicyKind};

use crate::cloud::Cloud;
use crate::principal::Principal;
use crate::services::iam::managed;
use crate::services::iam::state::{Attached, Iam};
use crate::services::organizations::state::OrganizationPolicyKind as Kind;
use crate::session::SessionPolicies;

/// The most standings that are kept; then all are made anew. A bound on memory, not on principals.
const STANDINGS_MAX: usize = 4_096;

/// A layer and the names of its policies: ARNs, or the names of inline policies.
#[derive(Debug, Default)]
pub(crate) struct Side {
    pub(crate) layer: Layer,
    pub(crate) names: Vec<String>,
}

/// What stands behind a user or role.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    pub(crate) identity: Side,
    pub(crate) boundary: Option<Side>,
    pub(crate) tags: BTreeMap<String, String>,
}

/// How an account stands in its organization.
#[derive(Debug, Default)]
pub(crate) struct Membership {
    /// `o-…`.
    pub(crate) organization: Option<String>,
    /// `o-…/r-…/ou-…/`: `aws:PrincipalOrgPaths`.
    pub(crate) path: Option<String>,
    pub(crate) management: Option<AccountId>,
    pub(crate) scps: Levels,
    pub(crate) rcps: Levels,
}

/// The layers of an account's levels, from the root of the organization down, with names.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    pub(crate) layers: Vec<Layer>,
    pub(crate) names: Vec<Vec<String>>,
}

/// Compiled standings.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    standings: FxHashMap<String, Arc<Standing>>,
    sessions: FxHashMap<String, Arc<Side>>,
    memberships: FxHashMap<AccountId, Arc<Membership>>,
}

impl Cache {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.standings.clear();
        self.sessions.clear();
        self.memberships.clear();
    }
}

impl Cloud {
    /// What stands behind a principal. Root users, services and strangers have nothing of their own.
    pub(crate) fn standing(&self, principal: &Principal) -> Arc<Standing> {
        let Some(id) = principal.bearer_id() else { return Arc::default() };
        if let Some(known) = self.cache().borrow().standings.get(id) {
            return Arc::clone(known);
        }
        let made = Arc::new(standing(self.iam(), &principal.caller, id));
        let mut cache = self.cache().borrow_mut();
        if cache.standings.len() >= STANDINGS_MAX {
            cache.standings.clear();
        }
        cache.standings.insert(id.to_owned(), Arc::clone(&made));
        made
    }

    /// The policies of a principal's session, if any were passed.
    pub(crate) fn session_side(&self, principal: &Principal) -> Option<Arc<Side>> {
        let session = principal.session()?;
        let policies = session.policies.as_ref()?;
        if let Some(known) = self.cache().borrow().sessions.get(&session.access_key_id) {
            return Some(Arc::clone(known));
        }
        let made = Arc::new(session_side(self.iam(), policies));
        let mut cache = self.cache().borrow_mut();
        if cache.sessions.len() >= STANDINGS_MAX {
            cache.sessions.clear();
        }
        cache.sessions.insert(session.access_key_id.clone(), Arc::clone(&made));
        Some(made)
    }

    /// How an account stands in the organization.
    pub(crate) fn membership(&self, account: Option<AccountId>) -> Arc<Membership> {
        let Some(account) = account else { return Arc::default() };
        if let Some(known) = self.cache().borrow().memberships.get(&account) {
            return Arc::clone(known);
        }
        let made = Arc::new(self.make_membership(account));
        self.cache().borrow_mut().memberships.insert(account, Arc::clone(&made));
        made
    }

    fn make_membership(&self, account: AccountId) -> Membership {
        let organizations = self.organizations();
        let Some(organization) = organizations.of(account) else { return Membership::default() };
        let targets = organizations.levels(account);
        let units = targets.iter().take(targets.len().saturating_sub(1));
        let path = units.fold(format!("{}/", organization.id), |path, id| format!("{path}{id}/"));
        let levels = |kind, on: bool| {
            if on {
                self.levels(&organization.id, organization.management, &targets, kind)
            } else {
                Levels::default()
            }
        };
        Membership {
            scps: levels(Kind::Scp, organization.scps),
            rcps: levels(Kind::Rcp, organization.rcps),
            organization: Some(organization.id.clone()),
            path: Some(path),
            management: Some(organization.management),
        }
    }

    fn levels(&self, id: &str, management: AccountId, targets: &[String], kind: Kind) -> Levels {
        let mut levels = Levels::default();
        for target in targets {
            let attached: Vec<_> = self.organizations().attached(target, kind).collect();
            let names = attached.iter().map(|policy| policy.arn(id, management)).collect();
            let policies: Vec<_> = attached
                .iter()
                .map(|policy| read(kind.policy_kind(), policy.id.clone(), &policy.text))
                .collect();
            levels.layers.push(Layer::compile(&policies));
            levels.names.push(names);
        }
        levels
    }
}

fn standing(iam: &Iam, caller: &Caller, id: &str) -> Standing {
    match caller {
        Caller::User(_) | Caller::FederatedUser(_) => iam.user_by_id(id).map(|user| {
            let groups = user.groups.iter().filter_map(|key| iam.groups.get(key));
            let attached = std::iter::once(&user.attached).chain(groups.map(|one| &one.attached));
            Standing {
                identity: side(iam, attached),
                boundary: user.boundary.as_deref().map(|arn| managed_side(iam, [arn])),
                tags: user.tags.clone(),
            }
        }),
        Caller::Role(_) => iam.role_by_id(id).map(|role| Standing {
            identity: side(iam, [&role.attached]),
            boundary: role.boundary.as_deref().map(|arn| managed_side(iam, [arn])),
            tags: role.tags.clone(),
        }),
        _ => None,
    }
    .unwrap_or_default()
}

fn side<'a>(iam: &Iam, all: impl IntoIterator<Item = &'a Attached>) -> Side {
    let mut policies = Vec::new();
    for attached in all {
        let inline = attached.inline.iter();
        policies
            .extend(inline.map(|(name, text)| read(PolicyKind::RoleInline, name.clone(), text)));
        policies.extend(attached.managed.iter().map(|arn| read_managed(iam, arn)));
    }
    compiled(&policies)
}

fn managed_side<'a>(iam: &Iam, arns: impl IntoIterator<Item = &'a str>) -> Side {
    let policies: Vec<_> = arns.into_iter().map(|arn| read_managed(iam, arn)).collect();
    compiled(&policies)
}

fn session_side(iam: &Iam, passed: &SessionPolicies) -> Side {
    let inline = passed.inline.iter().map(|text| read(PolicyKind::Session, String::new(), text));
    let managed = passed.managed.iter().map(|arn| read_managed(iam, arn));
    let policies: Vec<_> = inline.chain(managed).collect();
    compiled(&policies)
}

fn compiled(policies: &[Policy]) -> Side {
    let names = policies.iter().map(|policy| policy.name.clone()).collect();
    Side { layer: Layer::compile(policies), names }
}

/// A managed policy; one that is gone or unreadable denies.
fn read_managed(iam: &Iam, arn: &str) -> Policy {
    Policy { name: arn.to_owned(), document: managed::document(iam, arn) }
}

fn read(kind: PolicyKind, name: String, text: &str) -> Policy {
    Policy { name, document: Document::from_json(text, kind).document }
}
