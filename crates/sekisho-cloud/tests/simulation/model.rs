//! What the world should be, said naively: maps of things and who may do what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::calls::Key;
use crate::content::Content;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// The administrator of the account.
    Admin,
    /// A user whose policy changes.
    Clerk,
    /// The session of this number.
    Session(usize),
}

/// What a policy allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Policy {
    /// There is none.
    #[default]
    None,
    /// Everything in these services.
    Only(&'static [&'static str]),
    /// Everything, but nothing in this service.
    AllBut(&'static str),
}

/// The policies there are.
pub(crate) const POLICIES: [Policy; 6] = [
    Policy::None,
    Policy::Only(&["s3", "sts"]),
    Policy::Only(&["kms", "ssm", "secretsmanager"]),
    Policy::Only(&["iam", "kms", "s3", "secretsmanager", "ssm", "sts"]),
    Policy::AllBut("s3"),
    Policy::AllBut("ssm"),
];

impl Policy {
    pub(crate) fn allows(self, service: &str) -> bool {
        match self {
            Self::None => false,
            Self::Only(services) => services.contains(&service),
            Self::AllBut(denied) => denied != service,
        }
    }

    /// Its text; `None` where there is no policy.
    pub(crate) fn text(self) -> Option<String> {
        let all = |service: &&str| format!("{service}:*");
        let statement = |effect: &str, actions: Json| json!({ "Effect": effect, "Action": actions, "Resource": "*" });
        let statements = match self {
            Self::None => return None,
            Self::Only(services) => {
                vec![statement("Allow", services.iter().map(all).collect())]
            }
            Self::AllBut(denied) => {
                vec![statement("Allow", json!("*")), statement("Deny", json!(all(&denied)))]
            }
        };
        Some(json!({ "Version": "2012-10-17", "Statement": statements }).to_string())
    }
}

/// The role that sessions are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    /// `AROA…`: a role of the same name that comes later is another.
    pub(crate) id: String,
    pub(crate) policy: Policy,
}

/// A session that was handed out.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) key: Key,
    pub(crate) role: String,
    pub(crate) ends_ms: i64,
}

/// How a KMS key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyState {
    Enabled,
    Disabled,
    /// It ends at this time.
    Due(i64),
}

/// A KMS key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KmsKey {
    pub(crate) id: String,
    pub(crate) state: KeyState,
    /// A grant to the clerk to decrypt.
    pub(crate) grant: Option<String>,
    pub(crate) rotations: usize,
}

/// What was encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ciphertext {
    pub(crate) blob: String,
    /// Which key it is under.
    pub(crate) key: usize,
    pub(crate) context: String,
    pub(crate) plain: String,
}

/// A secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) current: String,
    pub(crate) previous: Option<String>,
    /// When it ends, if it is to be deleted.
    pub(crate) ends_ms: Option<i64>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) tag: Option<String>,
}

/// An upload that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) key: String,
    /// The one part, with its entity tag.
    pub(crate) part: Option<(Content, String)>,
}

/// A version of a key in the bucket that keeps them; no content: a delete marker.
pub(crate) type Version = (String, Option<Content>);

/// The world.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Model {
    /// How far the engine's clock is ahead.
    pub(crate) ahead_ms: i64,
    pub(crate) clerk: Policy,
    pub(crate) role: Option<Role>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) users: BTreeMap<String, User>,
    /// Every id that a user or a role ever had.
    pub(crate) ids: BTreeSet<String>,
    pub(crate) keys: Vec<KmsKey>,
    pub(crate) ciphertexts: Vec<Ciphertext>,
    /// Values, oldest first.
    pub(crate) parameters: BTreeMap<String, Vec<String>>,
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// The bucket without versions.
    pub(crate) objects: BTreeMap<String, Content>,
    /// The bucket with versions, newest last.
    pub(crate) versions: BTreeMap<String, Vec<Version>>,
    pub(crate) uploads: Vec<Upload>,
}

impl Model {
    /// Whether somebody may do everything in a service, while they are there at all.
    pub(crate) fn may(&self, who: Who, service: &str) -> bool {
        match who {
            Who::Admin => true,
            Who::Clerk => self.clerk.allows(service),
            Who::Session(_) => self.role.as_ref().is_some_and(|role| role.policy.allows(service)),
        }
    }

    /// Whether the principal of a call is there.
    pub(crate) fn is_there(&self, who: Who) -> bool {
        let Who::Session(number) = who else { return true };
        let session = self.sessions.get(number);
        session.is_some_and(|one| self.role.as_ref().is_some_and(|role| role.id == one.role))
    }

    /// Whether the key of a caller opens anything at a time.
    pub(crate) fn may_sign(&self, who: Who, now_ms: i64) -> bool {
        let Who::Session(number) = who else { return true };
        self.is_there(who) && now_ms < self.sessions[number].ends_ms
    }
}
