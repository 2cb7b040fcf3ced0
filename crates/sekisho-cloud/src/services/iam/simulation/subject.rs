//! The user, group or role whose policies a simulation is about.

use sekisho_iam::{AccountId, Arn};

use super::super::fault;
use super::super::state::{Group, Iam, Role, User, named};
use super::source::Source;
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;

/// A user, group or role.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Subject<'a> {
    /// A user, with its groups.
    User(&'a User),
    /// A group.
    Group(&'a Group),
    /// A role.
    Role(&'a Role),
}

impl<'a> Subject<'a> {
    /// The one with this ARN in an account.
    ///
    /// # Errors
    /// When the ARN is of something else, or nobody has it.
    pub(in super::super) fn find(
        iam: &'a Iam,
        account: AccountId,
        arn: &str,
    ) -> Result<Self, Fault> {
        let (kind, name) = parts(arn)?;
        let key = named(account, name);
        let found = match kind {
            "user" => iam.users.get(&key).map(Self::User),
            "group" => iam.groups.get(&key).map(Self::Group),
            _ => iam.roles.get(&key).map(Self::Role),
        };
        let missing = || match kind {
            "user" => fault::no_user(name),
            "group" => fault::no_group(name),
            _ => Fault::new("NoSuchEntity", format!("The role with name {name} cannot be found.")),
        };
        found.filter(|subject| subject.arn() == arn).ok_or_else(missing)
    }

    fn arn(self) -> String {
        match self {
            Self::User(user) => user.arn(),
            Self::Group(group) => group.arn(),
            Self::Role(role) => role.arn(),
        }
    }

    /// Its policies.
    pub(in super::super) fn sources(self, iam: &Iam) -> Vec<Source> {
        match self {
            Self::User(user) => Source::of_user(iam, user),
            Self::Group(one) => {
                Source::attached(iam, &one.attached, &format!("group_{}", one.name))
            }
            Self::Role(one) => Source::attached(iam, &one.attached, &format!("role_{}", one.name)),
        }
    }

    /// The ARN of its boundary.
    pub(super) fn boundary(self) -> Option<&'a str> {
        match self {
            Self::User(user) => user.boundary.as_deref(),
            Self::Role(role) => role.boundary.as_deref(),
            Self::Group(_) => None,
        }
    }
}

/// A question about a subject: a denial names its ARN (recorded).
pub(in super::super) fn ask<'a>(
    action: &'static str,
    arn: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    parts(arn)?;
    let tags = match Subject::find(view.state(), view.account()?, arn) {
        Ok(Subject::User(user)) => Some(&user.tags),
        Ok(Subject::Role(role)) => Some(&role.tags),
        _ => None,
    };
    let ask = Ask::to(action).on(arn);
    Ok(match tags {
        Some(tags) => ask.tagged(tags).with_map("iam:ResourceTag", '/', tags),
        None => ask,
    })
}

/// Kind and name in `arn:aws:iam::111111111111:user/division/alice`.
fn parts(arn: &str) -> Result<(&str, &str), Fault> {
    let resource = Arn::parse(arn).filter(|parsed| parsed.service == "iam");
    let named = resource.and_then(|parsed| parsed.resource.split_once('/'));
    let named = named.filter(|(kind, _)| matches!(*kind, "user" | "group" | "role"));
    let (kind, rest) = named.ok_or_else(|| fault::no_subject(arn))?;
    Ok((kind, rest.rsplit('/').next().unwrap_or(rest)))
}
