//! A question to the gate: may the caller do this to that?

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::{
    AccountId, CompiledGrant, Context, Decision, Layer, LayerKind, Outcome, Resource,
};

/// One question that an operation asks before it acts. The caller and what follows from it, the
/// time, the region and the connection are the gate's to add.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub(crate) action: Cow<'static, str>,
    pub(crate) resource: Resource,
    pub(crate) context: Context,
    pub(crate) policy: Option<Arc<Layer>>,
    pub(crate) grants: Cow<'a, [CompiledGrant]>,
    pub(crate) restrict_public_buckets: bool,
    pub(crate) resource_is_public: bool,
    pub(crate) beyond_rcps: bool,
    pub(crate) shown_as: Option<String>,
    pub(crate) shown_in_place: Option<&'static str>,
    pub(crate) told_to_strangers: Option<&'static str>,
    pub(crate) denied_with: Option<(&'static str, String)>,
}

impl<'a> Ask<'a> {
    /// A question for an action that has no resource (`*`).
    pub fn to(action: impl Into<Cow<'static, str>>) -> Self {
        Self {
            action: action.into(),
            resource: Resource::new("*"),
            context: Context::new(),
            policy: None,
            grants: Cow::Borrowed(&[]),
            restrict_public_buckets: false,
            resource_is_public: false,
            beyond_rcps: false,
            shown_as: None,
            shown_in_place: None,
            told_to_strangers: None,
            denied_with: None,
        }
    }

    /// The same about another action.
    #[must_use]
    pub fn about(mut self, action: &'static str) -> Self {
        self.action = action.into();
        self
    }

    /// The same about a resource whose ARN names its account.
    #[must_use]
    pub fn on(mut self, arn: impl Into<String>) -> Self {
        self.resource.arn = arn.into();
        self
    }

    /// The same about a resource of this account: needed where the ARN does not tell.
    #[must_use]
    pub fn owned_by(mut self, account: AccountId) -> Self {
        self.resource.account = Some(account);
        self
    }

    /// The same with what a denial calls the resource, where that is not its ARN: `role build`.
    #[must_use]
    pub fn shown_as(mut self, name: impl Into<String>) -> Self {
        self.shown_as = Some(name.into());
        self
    }

    /// The same with what a denial says in the place of `on resource: ARN`.
    #[must_use]
    pub fn shown_in_place(mut self, words: &'static str) -> Self {
        self.shown_in_place = Some(words);
        self
    }

    /// The same with what other accounts are told where only the resource could let them in.
    #[must_use]
    pub fn telling_strangers(mut self, text: &'static str) -> Self {
        self.told_to_strangers = Some(text);
        self
    }

    /// The same with a header that goes with a denial: S3 tells the region of a bucket even then.
    #[must_use]
    pub fn denied_with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.denied_with = Some((header, value.into()));
        self
    }

    /// The same with the policy of the resource.
    #[must_use]
    pub fn under(mut self, policy: Option<Arc<Layer>>) -> Self {
        self.policy = policy;
        self
    }

    /// The same with the grants of the key.
    #[must_use]
    pub fn granted(mut self, grants: impl Into<Cow<'a, [CompiledGrant]>>) -> Self {
        self.grants = grants.into();
        self
    }

    /// The same with a single-valued condition key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Box<str>>) -> Self {
        self.context.set(key, value);
        self
    }

    /// The same with a single-valued condition key, where the request has a value for it.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Box<str>>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The same with a multivalued condition key.
    #[must_use]
    pub fn with_many<V: Into<Box<str>>>(
        mut self,
        key: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.context.set_many(key, values);
        self
    }

    /// The same with a condition key for each entry of a map: `kms:EncryptionContext` gives
    /// `kms:EncryptionContext:app` …
    #[must_use]
    pub fn with_map(
        mut self,
        key: &str,
        separator: char,
        entries: &BTreeMap<String, String>,
    ) -> Self {
        for (name, value) in entries {
            self.context.set(&format!("{key}{separator}{name}"), value.as_str());
        }
        self
    }

    /// The same with the tags of the resource (`aws:ResourceTag/…`).
    #[must_use]
    pub fn tagged(self, tags: &BTreeMap<String, String>) -> Self {
        self.with_map("aws:ResourceTag", '/', tags)
    }

    /// The same with the tags in the request (`aws:RequestTag/…`, `aws:TagKeys`). Without tags
    /// neither key is there. Source: IAM User Guide, "AWS global condition context keys".
    #[must_use]
    pub fn tagging(self, tags: &BTreeMap<String, String>) -> Self {
        if tags.is_empty() {
            return self;
        }
        self.with_many("aws:TagKeys", tags.keys().map(String::as_str)).with_map(
            "aws:RequestTag",
            '/',
            tags,
        )
    }

    /// The same with the keys of tags that are to be taken away (`aws:TagKeys`).
    #[must_use]
    pub fn untagging(self, keys: &[String]) -> Self {
        self.with_many("aws:TagKeys", keys.iter().map(String::as_str))
    }

    /// The same about a bucket with S3 Block Public Access as it is set there.
    #[must_use]
    pub fn guarded(mut self, restrict_public_buckets: bool, is_public: bool) -> Self {
        self.restrict_public_buckets = restrict_public_buckets;
        self.resource_is_public = is_public;
        self
    }

    /// The same about a resource that resource control policies do not reach.
    #[must_use]
    pub fn beyond_rcps(mut self, beyond: bool) -> Self {
        self.beyond_rcps = beyond;
        self
    }

    /// The same about a bucket whose tags count (attribute-based access control is on).
    #[must_use]
    pub fn with_bucket_abac(mut self, on: bool) -> Self {
        self.resource.bucket_abac = on;
        self
    }

    /// A denial's message, with the resource called as it is shown.
    pub(crate) fn worded(&self, decision: Decision, message: String) -> String {
        let by_resource = decision.denied_by() == Some(LayerKind::Resource);
        let unasked = by_resource && decision.outcome == Outcome::ImplicitlyDenied;
        if let Some(text) = self.told_to_strangers.filter(|_| unasked) {
            return text.to_owned();
        }
        let named = format!("on resource: {}", self.resource.arn);
        match (&self.shown_as, self.shown_in_place) {
            (Some(shown), _) => message.replacen(&named, &format!("on resource: {shown}"), 1),
            (None, Some(words)) => message.replacen(&named, words, 1),
            (None, None) => message,
        }
    }
}
