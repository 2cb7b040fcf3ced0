//! The words of the service authorization reference: services, actions, resource types, condition
//! keys. Everything is a reference into memory that lives as long as the program.

use super::global_key;
use super::name_pattern::NamePattern;
use super::overlap::{Piece, format_pieces, overlap, pattern_pieces};
use std::cmp::Ordering;

/// A service: `s3`, with all that policies can say about it.
#[derive(Debug)]
pub struct Service {
    /// What stands before the colon of its actions, such as `s3`.
    pub prefix: &'static str,
    /// Its name among people, such as `Amazon S3`.
    pub name: &'static str,
    /// Its actions, in the order of their names in lower case.
    pub actions: &'static [Action],
    /// Its resource types, in the order of their names in lower case.
    pub resource_types: &'static [ResourceType],
    /// The condition keys of its requests, in the order of their names in lower case.
    pub condition_keys: &'static [ConditionKey],
}

impl Service {
    /// The action with this name, without the prefix: `GetObject`.
    pub fn action(&self, name: &str) -> Option<&'static Action> {
        by_name(self.actions, name, |action| action.name)
    }

    /// The actions whose names a pattern without the prefix stands for: `Get*`.
    pub fn matching_actions(&self, pattern: &str) -> impl Iterator<Item = &'static Action> + use<> {
        let pattern = NamePattern::of(pattern);
        self.actions.iter().filter(move |action| pattern.matches(action.name))
    }

    /// The resource type with this name: `bucket`.
    pub fn resource_type(&self, name: &str) -> Option<&'static ResourceType> {
        by_name(self.resource_types, name, |one| one.name)
    }

    /// The key of this service that this concrete key is: `s3:ExistingObjectTag/Env` is
    /// `s3:ExistingObjectTag/<key>`.
    pub fn condition_key(&self, name: &str) -> Option<&'static ConditionKey> {
        by_name(self.condition_keys, name, |key| key.name)
            .or_else(|| find_key(self.condition_keys.iter(), name))
    }
}

/// An action, such as `s3:GetObject`.
#[derive(Debug)]
pub struct Action {
    /// The prefix of its service, such as `s3`.
    pub service: &'static str,
    /// Its name without the prefix, such as `GetObject`.
    pub name: &'static str,
    /// What kind of access it gives.
    pub access_level: AccessLevel,
    /// The resource types it can be limited to. When there is none, a statement reaches the action
    /// only with the resource `*`.
    pub resource_types: &'static [ActionResource],
    /// The condition keys of the request, whatever its resource. Global keys come on top.
    pub condition_keys: &'static [&'static ConditionKey],
    /// Other actions that the caller needs for this one, such as `iam:PassRole`. As of December
    /// 2025, newer data does not say it. It is not complete: `codepipeline:CreatePipeline` needs
    /// `iam:PassRole` as well, and has none here.
    pub dependent_actions: &'static [&'static str],
    /// Whether it is a permission and no API operation, as `iam:PassRole` is. As of December 2025,
    /// newer data does not say it, so it is false for actions that came later.
    pub permission_only: bool,
}

impl Action {
    /// Whether the action knows no resources, so that only the resource `*` reaches it.
    pub fn is_star_only(&self) -> bool {
        self.resource_types.is_empty()
    }

    /// The resource types of this action that a `Resource` element could ever match:
    /// `arn:aws:s3:::bucket/*` can be an object, never a bucket.
    pub fn matching_resource_types(
        &self,
        pattern: &str,
    ) -> impl Iterator<Item = &'static ActionResource> + use<> {
        let pattern = pattern_pieces(pattern);
        self.resource_types.iter().filter(move |one| one.resource_type.overlaps(&pattern))
    }

    /// The condition key, if requests for this action can carry it: keys of the action, of its
    /// resource types, and global ones. Global keys are known as global: that AWS does not fill
    /// one for every service is not in its data.
    pub fn condition_key(&self, name: &str) -> Option<&'static ConditionKey> {
        let of_types = self.resource_types.iter().flat_map(|one| {
            one.condition_keys.iter().chain(one.resource_type.condition_keys).copied()
        });
        let keys = self.condition_keys.iter().copied().chain(of_types);
        find_key(keys, name).or_else(|| global_key(name))
    }
}

/// A resource type as one action knows it.
#[derive(Debug)]
pub struct ActionResource {
    /// The type.
    pub resource_type: &'static ResourceType,
    /// Whether every call names a resource of this type.
    pub required: bool,
    /// The condition keys of calls that name one; those of the type itself come on top.
    pub condition_keys: &'static [&'static ConditionKey],
}

/// A resource type, such as the `bucket` of `s3`.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name in its service.
    pub name: &'static str,
    /// The forms of its ARNs, such as `arn:${Partition}:s3:::${BucketName}`. Never empty.
    pub arn_formats: &'static [&'static str],
    /// The condition keys of requests that name such a resource.
    pub condition_keys: &'static [&'static ConditionKey],
}

impl ResourceType {
    fn overlaps(&self, pattern: &[Piece]) -> bool {
        self.arn_formats.iter().any(|format| overlap(pattern, &format_pieces(format)))
    }
}

/// A condition key, such as `aws:SourceArn`.
#[derive(Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// Its name. A pattern holds one placeholder: `aws:ResourceTag/${TagKey}`.
    pub name: &'static str,
    /// The type of its values.
    pub value_type: ConditionKeyType,
    /// Whether a request can carry several values at once, so that an operator needs `ForAnyValue`
    /// or `ForAllValues`.
    pub multivalued: bool,
    /// Whether the name holds a placeholder. Few do, and looking for one takes longer than asking.
    pattern: bool,
}

impl ConditionKey {
    pub(super) const fn new(
        name: &'static str,
        value_type: ConditionKeyType,
        multivalued: bool,
    ) -> Self {
        Self { name, value_type, multivalued, pattern: has_placeholder(name.as_bytes()) }
    }

    /// Whether a concrete key is this one.
    pub fn matches(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
            || self.around_placeholder().is_some_and(|(head, tail)| encloses(name, head, tail))
    }

    /// What stands before and after the placeholder, if the key is a pattern. AWS writes
    /// `${TagKey}`, and in a few old ones `<key>`, `tag-key` or nothing at all.
    fn around_placeholder(&self) -> Option<(&'static str, &'static str)> {
        if !self.pattern {
            return None;
        }
        let name = self.name.strip_suffix(BARE_PLACEHOLDER).unwrap_or(self.name);
        if name.ends_with('/') {
            return Some((name, ""));
        }
        let (head, rest) = self.name.split_once("${").or_else(|| self.name.split_once('<'))?;
        let (_, tail) = rest.split_once(['}', '>'])?;
        Some((head, tail))
    }

    /// How many characters the pattern fixes: of two patterns that match, the longer is meant.
    fn fixed_length(&self) -> usize {
        self.around_placeholder().map_or(self.name.len(), |(head, tail)| head.len() + tail.len())
    }
}

/// A placeholder that AWS writes without braces: `ssm:resourceTag/tag-key`.
const BARE_PLACEHOLDER: &str = "tag-key";

/// Neither sign stands in a name for any other reason.
const fn has_placeholder(mut name: &[u8]) -> bool {
    while let [first, rest @ ..] = name {
        if matches!(first, b'$' | b'<') || matches!(name, b"/" | b"/tag-key") {
            return true;
        }
        name = rest;
    }
    false
}

/// Whether the name is the head, something, and the tail.
fn encloses(name: &str, head: &str, tail: &str) -> bool {
    let (name, head, tail) = (name.as_bytes(), head.as_bytes(), tail.as_bytes());
    let start = name.get(..head.len());
    let end = name.len().checked_sub(tail.len()).and_then(|at| name.get(at..));
    name.len() > head.len() + tail.len()
        && start.is_some_and(|start| start.eq_ignore_ascii_case(head))
        && end.is_some_and(|end| end.eq_ignore_ascii_case(tail))
}

/// The kind of access that an action gives. Tagging and permissions management also write.
///
/// Source: "Understand access level summaries within policy summaries", IAM User Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// See that resources exist, and not what is in them.
    List,
    /// Read what is in a resource.
    Read,
    /// Make, change or remove resources.
    Write,
    /// Change nothing but tags.
    Tagging,
    /// Give or change permissions.
    PermissionsManagement,
}

/// The type of the values of a condition key, which decides the operators that fit it.
///
/// Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConditionKeyType {
    /// `StringEquals` and its kin.
    String,
    /// `ArnLike` and its kin.
    Arn,
    /// `Bool`.
    Bool,
    /// `NumericEquals` and its kin.
    Numeric,
    /// `DateLessThan` and its kin. `aws:EpochTime` also takes the numeric ones.
    Date,
    /// `IpAddress` and `NotIpAddress`.
    IpAddress,
}

/// The item with this name in any case. The items are in the order of their names in lower case.
pub(super) fn by_name<'a, T>(
    items: &'a [T],
    name: &str,
    name_of: impl Fn(&T) -> &str,
) -> Option<&'a T> {
    let place = items.binary_search_by(|item| compare(name_of(item), name)).ok()?;
    items.get(place)
}

fn compare(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

/// The key that a concrete key is: itself, or the pattern that fixes most of it.
pub(super) fn find_key(
    keys: impl Iterator<Item = &'static ConditionKey>,
    name: &str,
) -> Option<&'static ConditionKey> {
    keys.filter(|key| key.matches(name)).max_by_key(|key| key.fixed_length())
}
