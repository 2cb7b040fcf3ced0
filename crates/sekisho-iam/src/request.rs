//! A request: who wants to do what to which resource, and in which circumstances.

use crate::arn::{ARN_BYTES_MAX, AccountId, Arn};
use crate::caller::Caller;
use crate::context::{Context, ContextValue};
use crate::derived;

/// The longest action name that is taken, in bytes; the longest of AWS has 71.
pub const ACTION_BYTES_MAX: usize = 128;

/// The longest value of a condition key that is taken, in bytes. AWS gives no figure; what feeds the
/// longest ones, the header lines of a request, is limited to 8 KB by S3.
pub const CONTEXT_VALUE_BYTES_MAX: usize = 16_384;

/// What the request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its ARN, or `*` for an action that has no resource.
    pub arn: String,
    /// The account that owns it. Needed where the ARN does not tell: S3.
    pub account: Option<AccountId>,
    /// For an S3 bucket: whether attribute-based access control is switched on. Without it the
    /// bucket's tags are not in the request.
    pub bucket_abac: bool,
}

impl Resource {
    /// A resource whose ARN names its account (or `*`, which belongs to the caller).
    pub fn new(arn: impl Into<String>) -> Self {
        Self { arn: arn.into(), account: None, bucket_abac: false }
    }

    /// The same with its owner.
    #[must_use]
    pub fn owned_by(mut self, account: AccountId) -> Self {
        self.account = Some(account);
        self
    }
}

/// Which rules join identity and resource policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Within an account either side is enough.
    Ordinary,
    /// A KMS key: its key policy or a grant must allow; identity policies count where the key policy lets them.
    Key,
    /// A role that is to be assumed: its trust policy must allow.
    Trust,
}

/// Why a request cannot be decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The action is not `service:Name`.
    #[error("`{0}` is not an action: write `service:Name`, as in `s3:GetObject`")]
    Action(String),
    /// The resource is neither an ARN nor `*`.
    #[error(
        "`{0}` is not a resource: write an ARN such as `arn:aws:s3:::bucket/key`, or `*` for an action without resource"
    )]
    Resource(String),
    /// The resource's ARN does not name its account and nobody said it.
    #[error(
        "the account of `{0}` is missing: its ARN does not name it, and whether the request crosses accounts depends on it"
    )]
    ResourceAccount(String),
    /// The stated account is not the one in the ARN.
    #[error(
        "the resource is said to belong to account {stated}, but its ARN `{arn}` names {named}"
    )]
    ResourceAccountDiffers {
        /// The resource.
        arn: String,
        /// The account that was stated.
        stated: AccountId,
        /// The account in the ARN.
        named: AccountId,
    },
    /// The context holds a key that follows from the caller or the resource, with another value.
    #[error(
        "the condition key `{key}` is `{stated}` in the context, but follows from the request as `{derived}`: leave it out"
    )]
    Contradiction {
        /// The key.
        key: String,
        /// Its value in the context.
        stated: String,
        /// The value it has.
        derived: String,
    },
    /// A value in the context is longer than [`CONTEXT_VALUE_BYTES_MAX`].
    #[error(
        "a value of the condition key `{key}` has {bytes} bytes, and the longest that is taken has {CONTEXT_VALUE_BYTES_MAX}"
    )]
    ContextValueTooLong {
        /// The key.
        key: String,
        /// The length of its longest value.
        bytes: usize,
    },
}

/// A request that can be decided: complete, with the condition keys that follow from its caller and
/// resource filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    caller: Caller,
    action: Box<str>,
    action_lower: Box<str>,
    resource: Resource,
    owner: Option<AccountId>,
    family: Family,
    context: Context,
    session_arn: Option<String>,
}

impl Request {
    /// Completes a request.
    ///
    /// # Errors
    /// Says which fact is missing or contradicts another.
    pub fn new(
        caller: Caller,
        action: &str,
        resource: Resource,
        context: Context,
    ) -> Result<Self, RequestError> {
        check_action(action)?;
        check_context(&context)?;
        let owner = owner(&caller, &resource)?;
        let family = family(action, &resource.arn);
        let session_arn = match &caller {
            Caller::Role(role) => role.session_arn(),
            _ => None,
        };
        let mut request = Self {
            action: action.into(),
            action_lower: action.to_ascii_lowercase().into(),
            caller,
            resource,
            owner,
            family,
            context,
            session_arn,
        };
        request.derive_context()?;
        Ok(request)
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The action as given.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The action in lower case: actions are case-insensitive.
    pub fn action_lower(&self) -> &str {
        &self.action_lower
    }

    /// The service prefix of the action, in lower case.
    pub fn service(&self) -> &str {
        self.action_lower.split(':').next().unwrap_or_default()
    }

    /// The resource.
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The account that owns the resource; none where neither the resource nor the caller has one.
    pub fn owner(&self) -> Option<AccountId> {
        self.owner
    }

    /// Which rules join identity and resource policies.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The condition keys, those that follow from caller and resource included.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The ARN of the caller's role session, where it is one with a name.
    pub fn session_arn(&self) -> Option<&str> {
        self.session_arn.as_deref()
    }

    /// Whether caller and resource belong to different accounts that must both agree. A caller
    /// without an account is a stranger everywhere. Retiring a
    /// grant and assuming a root user are asked of one side only.
    pub fn crosses_accounts(&self) -> bool {
        let account = self.caller.account();
        let one_sided = self.retires_grant() || self.assumes_root();
        account != self.owner && !(account.is_some() && one_sided)
    }

    /// Whether a session of a member account's root user is wanted: the organization lets in, no
    /// policy of the member account does. Source: STS API Reference, "AssumeRoot".
    pub(crate) fn assumes_root(&self) -> bool {
        self.action_lower() == "sts:assumeroot"
    }

    /// Whether a KMS grant is to be retired: "the grant determines who can retire it", and "the
    /// `kms:RetireGrant` permission is not effective in a key policy". Source: KMS Developer Guide,
    /// "Retiring and revoking grants".
    pub fn retires_grant(&self) -> bool {
        self.family == Family::Key && self.action_lower() == "kms:retiregrant"
    }

    /// Fills in the keys that AWS itself puts into every request of this caller on this resource.
    fn derive_context(&mut self) -> Result<(), RequestError> {
        for (key, value) in derived::certain(self) {
            match self.context.get(key) {
                Some(ContextValue::One(stated)) if **stated == *value => {}
                Some(stated) => {
                    let (key, stated) = (key.to_owned(), stated.values().join(", "));
                    return Err(RequestError::Contradiction { key, stated, derived: value });
                }
                None => self.context.set(key, value),
            }
        }
        for (key, value) in derived::usual(self) {
            if self.context.get(key).is_none() {
                self.context.put(key, value);
            }
        }
        if self.service() == "s3" && !self.resource.bucket_abac && is_bucket(&self.resource.arn) {
            self.context.retain(|key| !key.starts_with("aws:resourcetag/"));
        }
        Ok(())
    }
}

fn check_context(context: &Context) -> Result<(), RequestError> {
    for entry in context.entries() {
        let bytes = entry.value.values().iter().map(|value| value.len()).max().unwrap_or_default();
        if bytes > CONTEXT_VALUE_BYTES_MAX {
            return Err(RequestError::ContextValueTooLong { key: entry.key.to_string(), bytes });
        }
    }
    Ok(())
}

fn check_action(action: &str) -> Result<(), RequestError> {
    let named = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match action.split_once(':') {
        Some((service, name))
            if named(service) && named(name) && action.len() <= ACTION_BYTES_MAX =>
        {
            Ok(())
        }
        _ => Err(RequestError::Action(action.to_owned())),
    }
}

/// The owner of the resource: stated, named by the ARN, or for `*` the caller's account.
fn owner(caller: &Caller, resource: &Resource) -> Result<Option<AccountId>, RequestError> {
    let text = &resource.arn;
    if text == "*" {
        return Ok(resource.account.or(caller.account()));
    }
    let arn = Arn::parse(text).filter(|_| text.len() <= ARN_BYTES_MAX);
    let arn = arn.ok_or_else(|| RequestError::Resource(text.clone()))?;
    match (resource.account, arn.account_id()) {
        (Some(stated), Some(named)) if stated != named => {
            Err(RequestError::ResourceAccountDiffers { arn: text.clone(), stated, named })
        }
        (Some(account), _) | (None, Some(account)) => Ok(Some(account)),
        (None, None) => Err(RequestError::ResourceAccount(text.clone())),
    }
}

/// The family follows from the action and what it is done to: `kms:CreateAlias` on the alias is
/// ordinary, on the key it is not.
fn family(action: &str, resource: &str) -> Family {
    let (service, name) = action.split_once(':').unwrap_or_default();
    let kind = Arn::parse(resource).map(|arn| (arn.service, arn.resource));
    match kind {
        Some(("kms", what)) if service.eq_ignore_ascii_case("kms") && what.starts_with("key/") => {
            Family::Key
        }
        Some(("iam", what)) if service.eq_ignore_ascii_case("sts") && what.starts_with("role/") => {
            let assumes = name.len() >= 10
                && name.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("AssumeRole"));
            let rides_along = ["TagSession", "SetSourceIdentity", "SetContext"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name));
            if assumes || rides_along { Family::Trust } else { Family::Ordinary }
        }
        _ => Family::Ordinary,
    }
}

/// A bucket of S3 itself, as opposed to an object in it or another kind of S3 resource.
fn is_bucket(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|arn| {
        arn.service == "s3" && arn.region.is_empty() && !arn.resource.contains('/')
    })
}
