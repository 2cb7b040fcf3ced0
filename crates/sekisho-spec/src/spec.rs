//! The decision, said as naively as it can be said.
//!
//! It reads like AWS's flow chart (IAM User Guide, "How AWS enforcement code logic evaluates
//! requests to allow or deny access") and follows `docs/decision.md` section by section. Nothing is
//! prepared and nothing is remembered: every pattern is read again at every question. What it means
//! that a text matches, a condition holds or a grant's constraints fit stands in the modules beside.

use std::collections::BTreeSet;

use sekisho_iam::arn::{AccountId, Arn};
use sekisho_iam::caller::Caller;
use sekisho_iam::decision::{Decision, LayerKind, LayerSet};
use sekisho_iam::document::{
    Document, Effect, Matcher, Principal, PrincipalKind, Statement, Text, Version,
};
use sekisho_iam::policies::{Grant, Policies, Policy};
use sekisho_iam::request::{Family, Request};

use crate::condition::holds;
use crate::grant::{constraints_hold, operation};
use crate::pattern::Pattern;
use crate::public::is_public;

/// The services whose resources RCPs bind. Source: AWS Organizations User Guide, "Resource control
/// policies (RCPs)", list of services that support RCPs, as of September 2026.
const RCP_SERVICES: &str = "\
appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor cognito-identity cognito-idp \
comprehend comprehendmedical firehose dynamodb dax autoscaling ecr ecr-public gamelift inspector-scan \
kendra kinesisvideo memorydb aoss personalize polly s3 swf sqs textract timestream-influxdb transcribe \
translate workspaces appconfig autoscaling-plans budgets servicediscovery cloudtrail-data codeartifact \
codebuild codecommit codepipeline compute-optimizer cost-optimization-hub events fms fis health \
rolesanywhere kms opensearch pricing pca-connector-ad resource-groups secretsmanager sts signin support \
transfer notifications wafv2 xray";

/// Decides a request.
pub fn decide(request: &Request, policies: &Policies) -> Decision {
    let case = Case { request, policies, caller: request.caller() };
    let caller = case.caller;
    if case.needs_no_permission() {
        let refused = case.endpoint_denies().or_else(|| case.endpoint_does_not_allow());
        return refused.unwrap_or(Decision::allowed(LayerSet::EMPTY));
    }
    case.explicit_denies()
        .or_else(|| case.restricted_public_bucket())
        .or_else(|| case.scps_do_not_allow())
        .or_else(|| case.endpoint_does_not_allow())
        .or_else(|| case.never_allowed())
        .unwrap_or_else(|| match (caller.account(), request.family()) {
            (None, _) => case.without_account(),
            (Some(_), _) if request.action_lower() == "sts:assumeroot" => case.same_account(),
            (Some(_), _) if case.is_retiring() => case.resource_must_allow(),
            (Some(_), _) if case.is_elsewhere() => case.across_accounts(),
            (Some(_), Family::Ordinary) => case.same_account(),
            (Some(_), Family::Trust)
                if matches!(caller, Caller::Role(_))
                    && request.action_lower() == "sts:setsourceidentity" =>
            {
                case.chained_source_identity()
            }
            (Some(_), Family::Key | Family::Trust) => case.resource_must_allow(),
        })
}

/// How a principal is named (section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Everyone,
    Account,
    User,
    Issuer,
    Role,
    Session,
    FederatedUser,
    Provider,
    Service,
}

struct Case<'a> {
    request: &'a Request,
    policies: &'a Policies,
    caller: &'a Caller,
}

// ---- 1. Which layers bind whom ----------------------------------------------------------------

impl<'a> Case<'a> {
    fn is_service_linked(&self) -> bool {
        matches!(self.caller, Caller::Role(role) if role.is_service_linked())
    }

    /// Whether the caller belongs to another account than the resource, or to none.
    fn is_elsewhere(&self) -> bool {
        self.caller.account() != self.request.owner()
    }

    /// Whether a grant is to be retired, about which key policies have no say.
    fn is_retiring(&self) -> bool {
        self.request.family() == Family::Key && self.request.action_lower() == "kms:retiregrant"
    }

    /// A root user, or a federated user that a root user made.
    fn has_root_rights(&self) -> bool {
        match self.caller {
            Caller::Root(_) => true,
            Caller::FederatedUser(user) => {
                user.issuer_arn.as_deref().and_then(account_named).is_some()
            }
            _ => false,
        }
    }

    fn identity(&self) -> &'a [Policy] {
        match self.caller {
            _ if self.has_root_rights() => &[],
            Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => &self.policies.identity,
            _ => &[],
        }
    }

    fn boundary(&self) -> Option<&'a Policy> {
        match self.caller {
            _ if self.has_root_rights() => None,
            Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => {
                self.policies.boundary.as_ref().filter(|_| !self.is_service_linked())
            }
            _ => None,
        }
    }

    fn session(&self) -> Option<&'a [Policy]> {
        self.policies.session.as_deref().filter(|_| self.caller.account().is_some())
    }

    fn scps(&self) -> &'a [Vec<Policy>] {
        let account = self.caller.account();
        let member = account.is_some() && account != self.policies.management_account;
        if member && !self.is_service_linked() { &self.policies.scps } else { &[] }
    }

    fn rcps(&self) -> &'a [Vec<Policy>] {
        let owner = self.request.owner();
        let member = owner.is_none() || owner != self.policies.management_account;
        let supported = RCP_SERVICES.split(' ').any(|name| name == self.request.service());
        let exempt = self.request.action_lower() == "kms:retiregrant" || self.is_service_linked();
        if member && supported && !exempt { &self.policies.rcps } else { &[] }
    }

    /// Whether one of the policies denies, or cannot be read.
    fn denies<'p>(&self, policies: impl IntoIterator<Item = &'p Policy>) -> bool {
        policies.into_iter().any(|policy| match &policy.document {
            None => true,
            Some(document) => self.matching(document, Effect::Deny).next().is_some(),
        })
    }

    /// Whether one of the policies allows.
    fn allows<'p>(&self, policies: impl IntoIterator<Item = &'p Policy>) -> bool {
        policies.into_iter().any(|policy| match &policy.document {
            None => false,
            Some(document) => self.matching(document, Effect::Allow).next().is_some(),
        })
    }
}

// ---- 2. How a principal is named --------------------------------------------------------------

impl<'a> Case<'a> {
    fn grade(&self, entry: &Principal, effect: Effect) -> Option<Grade> {
        let name = &*entry.value.text;
        match (entry.kind, self.caller) {
            (PrincipalKind::Everyone, _) => Some(Grade::Everyone),
            (PrincipalKind::Aws, Caller::Service(_) | Caller::External(_)) if name == "*" => {
                (effect == Effect::Deny).then_some(Grade::Everyone)
            }
            (PrincipalKind::Aws, _) if name == "*" => Some(Grade::Everyone),
            (PrincipalKind::Aws, _) => self.grade_of_name(name),
            (PrincipalKind::Service, Caller::Service(service)) => {
                (service == name).then_some(Grade::Service)
            }
            // Providers are named in trust policies; elsewhere only a Deny may mean one.
            (PrincipalKind::Federated, _)
                if effect == Effect::Allow && self.request.family() != Family::Trust =>
            {
                None
            }
            (PrincipalKind::Federated, Caller::External(provider)) => {
                (provider == name).then_some(Grade::Provider)
            }
            (PrincipalKind::Federated, Caller::Role(role)) => {
                (role.provider.as_deref() == Some(name)).then_some(Grade::Provider)
            }
            // No request tells the canonical id of its caller's account.
            (
                PrincipalKind::CanonicalUser | PrincipalKind::Service | PrincipalKind::Federated,
                _,
            ) => None,
        }
    }

    /// From the account through the user or role to the session.
    fn grade_of_name(&self, name: &str) -> Option<Grade> {
        if self.caller.account().is_some() && account_named(name) == self.caller.account() {
            return Some(Grade::Account);
        }
        match self.caller {
            Caller::User(user) if user.arn == name || user.id.as_deref() == Some(name) => {
                Some(Grade::User)
            }
            Caller::Role(role)
                if role.role_arn == name || role.role_id.as_deref() == Some(name) =>
            {
                Some(Grade::Role)
            }
            Caller::Role(role) if role.session_arn().as_deref() == Some(name) => {
                Some(Grade::Session)
            }
            Caller::FederatedUser(user) if user.arn == name => Some(Grade::FederatedUser),
            Caller::FederatedUser(user) if user.issuer_arn.as_deref() == Some(name) => {
                Some(Grade::Issuer)
            }
            _ => None,
        }
    }

    fn names(&self, principals: &Matcher<Principal>, effect: Effect) -> BTreeSet<Grade> {
        principals.items.iter().filter_map(|entry| self.grade(entry, effect)).collect()
    }

    fn principals_match(&self, principals: &Matcher<Principal>, effect: Effect) -> bool {
        match (effect, principals.negated) {
            (_, false) => !self.names(principals, effect).is_empty(),
            (Effect::Allow, true) => false,
            (Effect::Deny, true) => !self.spares(principals),
        }
    }

    /// Whether a Deny with this `NotPrincipal` leaves the caller alone: all its names are listed.
    fn spares(&self, principals: &Matcher<Principal>) -> bool {
        let listed = self.names(principals, Effect::Deny);
        let all = |names: &[Grade]| names.iter().all(|grade| listed.contains(grade));
        let named = match self.caller {
            Caller::Root(_) => all(&[Grade::Account]),
            Caller::User(_) => all(&[Grade::Account, Grade::User]),
            Caller::Role(_) => all(&[Grade::Account, Grade::Role, Grade::Session]),
            Caller::FederatedUser(_) => all(&[Grade::Account, Grade::FederatedUser]),
            Caller::Service(_) => all(&[Grade::Service]),
            Caller::External(_) | Caller::Anonymous => false,
        };
        let never = self.boundary().is_some() || matches!(self.caller, Caller::Anonymous);
        !never && (named || listed.contains(&Grade::Everyone))
    }

    fn endpoint_allows(&self, policy: &Policy) -> bool {
        let root_only = matches!(self.request.service(), "s3" | "dynamodb")
            && !matches!(self.caller, Caller::Root(_));
        let Some(document) = &policy.document else { return false };
        self.matching(document, Effect::Allow).any(|statement| match &statement.principals {
            None => true,
            Some(principals) => {
                let named = self.names(principals, Effect::Allow);
                named.iter().any(|grade| !root_only || *grade != Grade::Account)
            }
        })
    }
}

/// The account that `arn:aws:iam::111111111111:root` or twelve digits name.
fn account_named(name: &str) -> Option<AccountId> {
    AccountId::parse(name).or_else(|| {
        let arn = Arn::parse(name)?;
        let root = arn.service == "iam" && arn.region.is_empty() && arn.resource == "root";
        arn.account_id().filter(|_| root)
    })
}

// ---- 3. The order -----------------------------------------------------------------------------

impl<'a> Case<'a> {
    fn explicit_denies(&self) -> Option<Decision> {
        let policies = self.policies;
        let session = self.session().unwrap_or_default();
        let resource = policies.resource.iter();
        let resource = resource.filter(|policy| !self.is_own_bucket(policy) && !self.is_retiring());
        [
            (LayerKind::Scp, self.denies(self.scps().iter().flatten())),
            (LayerKind::Rcp, self.denies(self.rcps().iter().flatten())),
            (LayerKind::Endpoint, self.denies(&policies.endpoint)),
            (LayerKind::Identity, self.denies(self.identity())),
            (LayerKind::Boundary, self.denies(self.boundary())),
            (LayerKind::Session, self.denies(session)),
            (LayerKind::Resource, self.denies(resource)),
        ]
        .into_iter()
        .find_map(|(layer, denies)| denies.then(|| Decision::explicit(layer)))
    }

    /// The root user can always repair the policy of its own account's bucket, if it can be read.
    fn is_own_bucket(&self, policy: &Policy) -> bool {
        let action = self.request.action_lower();
        policy.document.is_some()
            && matches!(self.caller, Caller::Root(_))
            && !self.is_elsewhere()
            && ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]
                .contains(&action)
    }

    fn restricted_public_bucket(&self) -> Option<Decision> {
        let document = self.policies.resource.as_ref()?.document.as_ref()?;
        let spared = match self.caller {
            Caller::Service(_) => true,
            _ => self.caller.account().is_some() && !self.is_elsewhere(),
        };
        let restricted = self.policies.restrict_public_buckets && !spared && is_public(document);
        restricted.then(|| Decision::explicit(LayerKind::PublicAccessBlock))
    }

    fn endpoint_denies(&self) -> Option<Decision> {
        let denied = self.denies(&self.policies.endpoint);
        denied.then(|| Decision::explicit(LayerKind::Endpoint))
    }

    /// Whom STS answers without asking a policy.
    fn needs_no_permission(&self) -> bool {
        match (self.request.action_lower(), self.caller) {
            ("sts:getcalleridentity", caller) => caller.account().is_some(),
            ("sts:getsessiontoken", caller) => matches!(caller, Caller::User(_) | Caller::Root(_)),
            _ => false,
        }
    }

    /// What no policy can allow.
    fn never_allowed(&self) -> Option<Decision> {
        let (family, action) = (self.request.family(), self.request.action_lower());
        match self.caller {
            Caller::Root(_) if family == Family::Trust || action == "sts:assumeroot" => {
                Some(Decision::implicit(LayerKind::Identity))
            }
            Caller::FederatedUser(_)
                if action.starts_with("sts:") || action.starts_with("iam:") =>
            {
                Some(Decision::implicit(LayerKind::Session))
            }
            Caller::Anonymous if family != Family::Ordinary => {
                Some(Decision::implicit(LayerKind::Resource))
            }
            _ => None,
        }
    }

    fn scps_do_not_allow(&self) -> Option<Decision> {
        let allowed = self.scps().iter().all(|level| self.allows(level));
        (!allowed).then(|| Decision::implicit(LayerKind::Scp))
    }

    fn endpoint_does_not_allow(&self) -> Option<Decision> {
        let allowed = self.policies.endpoint.iter().all(|policy| self.endpoint_allows(policy));
        (!allowed).then(|| Decision::implicit(LayerKind::Endpoint))
    }

    fn identity_allows(&self) -> bool {
        self.has_root_rights() || self.allows(self.identity())
    }

    fn boundary_allows(&self) -> bool {
        self.boundary().is_none_or(|boundary| self.allows([boundary]))
    }

    fn session_allows(&self) -> bool {
        match self.session() {
            Some(session) => self.allows(session),
            None => !matches!(self.caller, Caller::FederatedUser(_)),
        }
    }

    fn limits(&self) -> bool {
        self.boundary_allows() && self.session_allows()
    }

    /// What the limits do not let through.
    fn limited_by(&self) -> Decision {
        let layer = if self.boundary_allows() { LayerKind::Session } else { LayerKind::Boundary };
        Decision::implicit(layer)
    }

    /// The grades in which the resource policy allows.
    fn resource_grades(&self) -> BTreeSet<Grade> {
        let policy = self.policies.resource.as_ref().filter(|_| !self.is_retiring());
        let document = policy.and_then(|policy| policy.document.as_ref());
        let statements =
            document.into_iter().flat_map(|document| self.matching(document, Effect::Allow));
        statements
            .filter_map(|statement| statement.principals.as_ref())
            .flat_map(|principals| self.names(principals, Effect::Allow))
            .collect()
    }

    fn is_direct(&self, grades: &BTreeSet<Grade>) -> bool {
        let federated = matches!(self.caller, Caller::FederatedUser(_));
        grades.iter().any(|grade| match grade {
            Grade::Everyone => !federated,
            Grade::User | Grade::Session | Grade::FederatedUser => true,
            _ => false,
        })
    }

    fn is_limited(&self, grades: &BTreeSet<Grade>) -> bool {
        let federated = matches!(self.caller, Caller::FederatedUser(_));
        grades.iter().any(|grade| match grade {
            Grade::Everyone => federated,
            Grade::Role | Grade::Issuer | Grade::Provider => true,
            _ => false,
        })
    }
}

// ---- 4. Same account --------------------------------------------------------------------------

const IDENTITY: LayerSet = LayerSet::only(LayerKind::Identity);
const RESOURCE: LayerSet = LayerSet::only(LayerKind::Resource);
const GRANT: LayerSet = LayerSet::only(LayerKind::Grant);

impl<'a> Case<'a> {
    fn same_account(&self) -> Decision {
        let grades = self.resource_grades();
        let (identity, limits) = (self.identity_allows(), self.limits());
        if identity && limits {
            Decision::allowed(IDENTITY)
        } else if self.is_direct(&grades) || (self.is_limited(&grades) && limits) {
            Decision::allowed(RESOURCE)
        } else if !identity && !self.is_limited(&grades) {
            Decision::implicit(LayerKind::Identity)
        } else {
            self.limited_by()
        }
    }

    /// KMS keys and roles to assume.
    fn resource_must_allow(&self) -> Decision {
        let (grades, grants) = (self.resource_grades(), self.grant_grades(|_| true));
        let (identity, limits) = (self.identity_allows(), self.limits());
        let limited = self.is_limited(&grades);
        let delegated = grades.contains(&Grade::Account);
        let grant_to_self = [Grade::User, Grade::Session, Grade::FederatedUser]
            .iter()
            .any(|own| grants.contains(own));
        let grant_to_role = grants.contains(&Grade::Role) || grants.contains(&Grade::Issuer);
        let grant_to_account = grants.contains(&Grade::Account);
        if self.is_direct(&grades) || (limited && limits) {
            Decision::allowed(RESOURCE)
        } else if delegated && identity && limits {
            Decision::allowed(IDENTITY.with(LayerKind::Resource))
        } else if grant_to_self || (grant_to_role && limits) {
            Decision::allowed(GRANT)
        } else if grant_to_account && identity && limits {
            Decision::allowed(IDENTITY.with(LayerKind::Grant))
        } else if limited || grant_to_role || ((delegated || grant_to_account) && identity) {
            self.limited_by()
        } else if delegated || grant_to_account {
            Decision::implicit(LayerKind::Identity)
        } else {
            Decision::implicit(LayerKind::Resource)
        }
    }

    /// `sts:SetSourceIdentity` by a role session: both sides, even within an account.
    fn chained_source_identity(&self) -> Decision {
        if self.resource_grades().is_empty() {
            Decision::implicit(LayerKind::Resource)
        } else if !self.identity_allows() {
            Decision::implicit(LayerKind::Identity)
        } else if !self.limits() {
            self.limited_by()
        } else {
            Decision::allowed(IDENTITY.with(LayerKind::Resource))
        }
    }
}

// ---- 5. Across accounts -----------------------------------------------------------------------

impl<'a> Case<'a> {
    fn across_accounts(&self) -> Decision {
        let grades = self.resource_grades();
        let granted = !self.grant_grades(|_| true).is_empty();
        let granted_at_home =
            !self.grant_grades(|grant| grant.issued_by == self.caller.account()).is_empty();
        let identity = self.identity_allows();
        let account_side = identity || granted_at_home;
        let only_delegated = grades.iter().all(|grade| *grade == Grade::Account) && !granted;
        let resource_side = !grades.is_empty() || granted;
        if !resource_side || (!account_side && only_delegated) {
            Decision::implicit(LayerKind::Resource)
        } else if !account_side {
            Decision::implicit(LayerKind::Identity)
        } else if !self.limits() {
            self.limited_by()
        } else {
            let owner = if grades.is_empty() { LayerKind::Grant } else { LayerKind::Resource };
            let home = if identity { LayerKind::Identity } else { LayerKind::Grant };
            Decision::allowed(LayerSet::only(owner).with(home))
        }
    }
}

// ---- 6. Callers without account ---------------------------------------------------------------

impl<'a> Case<'a> {
    fn without_account(&self) -> Decision {
        if !self.resource_grades().is_empty() {
            Decision::allowed(RESOURCE)
        } else if !self.grant_grades(|_| true).is_empty() {
            Decision::allowed(GRANT)
        } else {
            Decision::implicit(LayerKind::Resource)
        }
    }
}

// ---- 7. KMS grants ----------------------------------------------------------------------------

impl<'a> Case<'a> {
    /// The grades in which grants that apply name the caller.
    fn grant_grades(&self, wanted: impl Fn(&Grant) -> bool) -> BTreeSet<Grade> {
        let grants: &[Grant] =
            if self.request.family() == Family::Key { &self.policies.grants } else { &[] };
        let mut grades = BTreeSet::new();
        for grant in
            grants.iter().filter(|grant| wanted(grant) && constraints_hold(self.request, grant))
        {
            if grant
                .operations
                .iter()
                .any(|known| known.eq_ignore_ascii_case(operation(self.request)))
            {
                grades.extend(self.grantee_grade(&grant.grantee));
            }
            if self.is_retiring() {
                let retiring = grant.retiring.as_deref();
                grades.extend(retiring.and_then(|name| self.grantee_grade(name)));
                let home = grant.issued_by.is_some() && grant.issued_by == self.caller.account();
                grades.extend(home.then_some(Grade::Account));
            }
        }
        grades
    }

    fn grantee_grade(&self, grantee: &str) -> Option<Grade> {
        match self.caller {
            Caller::Service(service) => (service == grantee).then_some(Grade::Service),
            _ => self.grade_of_name(grantee),
        }
    }
}

// ---- 8. Statements ----------------------------------------------------------------------------

impl<'a> Case<'a> {
    /// The statements with this effect that match the request.
    fn matching<'d>(
        &self,
        document: &'d Document,
        effect: Effect,
    ) -> impl Iterator<Item = &'d Statement> {
        document.statements.iter().filter(move |statement| {
            statement.effect == effect
                && statement
                    .principals
                    .as_ref()
                    .is_none_or(|principals| self.principals_match(principals, effect))
                && self.actions_match(&statement.actions)
                && statement
                    .resources
                    .as_ref()
                    .is_none_or(|resources| self.resources_match(resources, document.version))
                && statement.conditions.iter().all(|condition| {
                    holds(condition, effect, self.request.context(), document.version)
                })
        })
    }

    fn actions_match(&self, actions: &Matcher<Text>) -> bool {
        let listed = actions.items.iter().any(|item| {
            Pattern::without_variables(&item.text.to_ascii_lowercase())
                .matches(self.request.action_lower())
        });
        listed != actions.negated
    }

    fn resources_match(&self, resources: &Matcher<Text>, version: Version) -> bool {
        let arn = &self.request.resource().arn;
        let context = self.request.context();
        let read = |item: &Text| Pattern::of_resource(&item.text, context, version);
        let mut patterns = resources.items.iter().filter_map(read);
        let listed = patterns.any(|pattern| pattern.matches(arn));
        listed != resources.negated
    }
}
