//! What AWS publishes about its own actions: the service authorization reference, as data.
//!
//! Which services there are, which actions each has, on which resource types an action works, which
//! condition keys a request can carry, and of what type they are. The facts are vendored by
//! `cargo xtask vendor` (see `data/NOTICE`) as one compressed text of about 200 KB. It is inflated
//! once; a service is read when somebody first asks for it; from then on every answer is a
//! reference into memory that lives as long as the program.
//!
//! Names are found in any case, as IAM compares them, and come back in AWS's spelling.
//!
//! Source: "Service Authorization Reference",
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

mod api_names;
mod facts;
mod format;
mod global_keys;
mod name_pattern;
mod nearest;
pub(crate) mod overlap;

pub use facts::{
    AccessLevel, Action, ActionResource, ConditionKey, ConditionKeyType, ResourceType, Service,
};

use facts::{by_name, find_key};
use name_pattern::NamePattern;
use std::sync::OnceLock;

/// The services whose own prefix is not on all of their keys: a federated session carries
/// `saml:sub` into the requests of `sts`. A test looks for every key of the data.
const KEY_LENDERS: [&str; 8] = [
    "sts",
    "sso",
    "cognito-identity",
    "aws-marketplace",
    "ec2-instance-connect",
    "iotjobsdata",
    "q",
    "qbusiness",
];

/// The service authorization reference.
#[derive(Debug)]
pub struct Knowledge {
    /// In the order of the prefixes.
    entries: Vec<Entry>,
}

/// A service that is read when it is first asked for.
#[derive(Debug)]
struct Entry {
    prefix: &'static str,
    block: &'static str,
    service: OnceLock<Service>,
}

impl Entry {
    fn service(&self) -> &Service {
        self.service.get_or_init(|| format::service(self.block))
    }
}

impl Knowledge {
    /// The reference. The first call inflates the text; every later one is free.
    pub fn get() -> &'static Self {
        static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
        KNOWLEDGE.get_or_init(|| {
            let entry = |(prefix, block)| Entry { prefix, block, service: OnceLock::new() };
            Self { entries: format::blocks().map(entry).collect() }
        })
    }

    /// The prefixes of all services, in order: `a2c`, `a4b`, … This reads no service.
    pub fn prefixes(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|entry| entry.prefix)
    }

    /// All services in the order of their prefixes. This reads every one of them.
    pub fn services(&'static self) -> impl Iterator<Item = &'static Service> {
        self.entries.iter().map(Entry::service)
    }

    /// The service with this prefix, such as `s3`.
    pub fn service(&'static self, prefix: &str) -> Option<&'static Service> {
        by_name(&self.entries, prefix, |entry| entry.prefix).map(Entry::service)
    }

    /// The action with this full name, such as `s3:GetObject`.
    pub fn action(&'static self, name: &str) -> Option<&'static Action> {
        let (prefix, action) = name.split_once(':')?;
        self.service(prefix)?.action(action)
    }

    /// The actions that an `Action` element stands for: `s3:Get*Tagging`, `*`, in order. Both the
    /// service and the action may hold `*` and `?`.
    pub fn expand(&'static self, pattern: &str) -> impl Iterator<Item = &'static Action> + use<> {
        let (service, action) = match pattern {
            "*" => ("*", "*"),
            // Nothing has an empty prefix.
            _ => pattern.split_once(':').unwrap_or_default(),
        };
        let (service, action) = (NamePattern::of(service), NamePattern::of(action));
        self.entries
            .iter()
            .filter(move |entry| service.matches(entry.prefix))
            .flat_map(|entry| entry.service().actions)
            .filter(move |candidate| action.matches(candidate.name))
    }

    /// The condition key that this concrete key is: `aws:ResourceTag/Env` is
    /// `aws:ResourceTag/${TagKey}`. The key's own service comes first, then the global keys, then
    /// those that services carry under foreign prefixes (`saml:sub`).
    ///
    /// Identity providers that AWS does not list (`oidc.eks.….amazonaws.com/id/…:sub`) bring keys
    /// of their own, which nothing here can know.
    pub fn condition_key(&'static self, name: &str) -> Option<&'static ConditionKey> {
        let (prefix, _) = name.split_once(':')?;
        let lent = |lender: &&str| self.service(lender)?.condition_key(name);
        self.service(prefix)
            .and_then(|service| service.condition_key(name))
            .or_else(|| global_key(name))
            .or_else(|| KEY_LENDERS.iter().find_map(lent))
    }

    /// The condition keys that a request to any service can carry.
    pub fn global_keys(&self) -> &'static [ConditionKey] {
        global_keys::GLOBAL_KEYS
    }

    /// What somebody who wrote this unknown action may have meant, best first, at most three:
    /// the actions behind an API operation of that name, then actions of the same service that
    /// are spelled alike; if there are none, the actions of other services with exactly this name.
    pub fn nearest_actions(&'static self, name: &str) -> Vec<&'static Action> {
        nearest::actions(self, name)
    }

    /// The services whose prefixes are spelled like this unknown one, best first, at most three.
    pub fn nearest_services(&self, prefix: &str) -> Vec<&'static str> {
        nearest::services(self, prefix)
    }

    /// The condition keys that somebody who wrote this unknown one may have meant, best first, at
    /// most three: keys of the same prefix that are spelled alike; if there are none, keys of other
    /// prefixes with exactly this name.
    pub fn nearest_condition_keys(&'static self, name: &str) -> Vec<&'static str> {
        nearest::condition_keys(self, name)
    }
}

/// The global condition key that this concrete key is.
fn global_key(name: &str) -> Option<&'static ConditionKey> {
    find_key(global_keys::GLOBAL_KEYS.iter(), name)
}

#[cfg(test)]
mod tests;
