//! `Principal` and `NotPrincipal`: whether a statement names the caller, and in which grade.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal"; the grades are
//! explained in `docs/decision.md`, section 2.

use super::layer::Ask;
use crate::arn::{AccountId, Arn};
use crate::caller::{Caller, FederatedUser, RoleSession};
use crate::document::{Effect, Matcher, Principal, PrincipalKind};
use crate::request::Family;

/// How closely an entry names a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Grade {
    /// `*`.
    Everyone,
    /// The caller's account.
    Account,
    /// The caller, an IAM user.
    User,
    /// The IAM user who made the caller's federated session.
    Issuer,
    /// The caller's role.
    Role,
    /// The caller's role session.
    Session,
    /// The caller, a federated user.
    FederatedUser,
    /// The identity provider that knows the caller.
    Provider,
    /// The caller, a service.
    Service,
}

/// A set of grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grades(u16);

impl Grades {
    /// No grade: the caller is not named.
    pub(crate) const NONE: Self = Self(0);
    /// A policy without principals speaks of whom it is attached to.
    pub(crate) const ATTACHED: Self = Self(1 << 15);

    /// One grade.
    pub(crate) const fn only(grade: Grade) -> Self {
        Self(1 << grade as u8)
    }

    /// Both sets.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether no grade is in it.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of `grades` is in it.
    pub(crate) fn has(self, grades: &[Grade]) -> bool {
        grades.iter().any(|grade| self.0 & Self::only(*grade).0 != 0)
    }
}

/// The principals of a statement.
#[derive(Debug, Clone)]
pub(crate) struct Principals {
    negated: bool,
    entries: Box<[Entry]>,
}

/// One entry, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// `"Principal": "*"`.
    Everyone,
    /// `{"AWS": "*"}`.
    EveryoneOfAws,
    Account(AccountId),
    User(Box<str>),
    Role(Box<str>),
    Session(Box<str>),
    FederatedUser(Box<str>),
    /// The unique id of a user or role.
    Id(Box<str>),
    Provider(Box<str>),
    Service(Box<str>),
    /// Names nobody: a canonical user (AWS turns it into an account when the policy is written), or
    /// what no caller can be.
    Nobody,
}

impl Entry {
    fn compile(principal: &Principal) -> Self {
        let text = &*principal.value.text;
        match principal.kind {
            PrincipalKind::Everyone => Self::Everyone,
            PrincipalKind::Aws if text == "*" => Self::EveryoneOfAws,
            PrincipalKind::Aws => Self::compile_aws(text),
            PrincipalKind::Service => Self::Service(text.into()),
            PrincipalKind::Federated => Self::Provider(text.into()),
            PrincipalKind::CanonicalUser => Self::Nobody,
        }
    }

    /// An entry under `AWS`, or the grantee of a KMS grant.
    pub(super) fn compile_aws(text: &str) -> Self {
        if let Some(account) = AccountId::parse(text) {
            return Self::Account(account);
        }
        let Some(arn) = Arn::parse(text) else { return Self::Id(text.into()) };
        let Some(account) = arn.account_id() else { return Self::Nobody };
        match (arn.service, arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => Self::Account(account),
            ("iam", Some(("user", _))) => Self::User(text.into()),
            ("iam", Some(("role", _))) => Self::Role(text.into()),
            ("sts", Some(("assumed-role", _))) => Self::Session(text.into()),
            ("sts", Some(("federated-user", _))) => Self::FederatedUser(text.into()),
            _ => Self::Nobody,
        }
    }

    /// The grade in which the entry names the caller.
    pub(super) fn grade(&self, ask: Ask<'_>) -> Option<Grade> {
        let caller = ask.request.caller();
        let found = match self {
            Self::Everyone | Self::EveryoneOfAws => (true, Grade::Everyone),
            Self::Account(account) => (caller.account() == Some(*account), Grade::Account),
            Self::User(arn) => return user_grade(caller, |user, _| user == &**arn),
            Self::Role(arn) => {
                (role(caller).is_some_and(|one| *one.role_arn == **arn), Grade::Role)
            }
            Self::Session(arn) => (ask.request.session_arn() == Some(arn), Grade::Session),
            Self::FederatedUser(arn) => {
                (federated(caller).is_some_and(|one| *one.arn == **arn), Grade::FederatedUser)
            }
            Self::Id(id) => return id_grade(caller, id),
            Self::Provider(name) => (provider(caller) == Some(name), Grade::Provider),
            Self::Service(name) => {
                (matches!(caller, Caller::Service(one) if **one == **name), Grade::Service)
            }
            Self::Nobody => (false, Grade::Everyone),
        };
        found.0.then_some(found.1)
    }
}

/// The user of a user ARN: the caller itself, or the one who made its federated session.
fn user_grade(caller: &Caller, is: impl Fn(&str, Option<&str>) -> bool) -> Option<Grade> {
    match caller {
        Caller::User(user) => is(&user.arn, user.id.as_deref()).then_some(Grade::User),
        Caller::FederatedUser(user) => {
            let issuer = user.issuer_arn.as_deref()?;
            is(issuer, None).then_some(Grade::Issuer)
        }
        _ => None,
    }
}

fn id_grade(caller: &Caller, id: &str) -> Option<Grade> {
    let of_role = role(caller).is_some_and(|one| one.role_id.as_deref() == Some(id));
    if of_role { Some(Grade::Role) } else { user_grade(caller, |_, own| own == Some(id)) }
}

fn role(caller: &Caller) -> Option<&RoleSession> {
    if let Caller::Role(role) = caller { Some(role) } else { None }
}

fn federated(caller: &Caller) -> Option<&FederatedUser> {
    if let Caller::FederatedUser(user) = caller { Some(user) } else { None }
}

fn provider(caller: &Caller) -> Option<&str> {
    match caller {
        Caller::External(provider) => Some(provider),
        Caller::Role(role) => role.provider.as_deref(),
        _ => None,
    }
}

impl Principals {
    pub(super) fn compile(written: &Matcher<Principal>) -> Self {
        let entries = written.items.iter().map(Entry::compile).collect();
        Self { negated: written.negated, entries }
    }

    /// Whether this is `NotPrincipal`.
    pub(crate) fn is_negated(&self) -> bool {
        self.negated
    }

    /// In which grades a statement with this effect names the caller.
    pub(super) fn grades(&self, ask: Ask<'_>, effect: Effect) -> Grades {
        match (self.negated, effect) {
            (false, Effect::Allow) => self.grades_of_allow(ask),
            (false, Effect::Deny) => self.all_grades(ask, |_| true),
            // `NotPrincipal` with Allow is not supported by AWS: it never allows.
            (true, Effect::Allow) => Grades::NONE,
            (true, Effect::Deny) if self.spares(ask) => Grades::NONE,
            (true, Effect::Deny) => Grades::only(Grade::Everyone),
        }
    }

    fn grades_of_allow(&self, ask: Ask<'_>) -> Grades {
        let caller = ask.request.caller();
        let outsider = matches!(caller, Caller::Service(_) | Caller::External(_));
        let root = matches!(caller, Caller::Root(_));
        self.all_grades(ask, |entry| match entry {
            Entry::EveryoneOfAws => !outsider,
            Entry::Account(_) => root || !ask.at_gateway,
            // Providers are named in trust policies; elsewhere only a Deny may mean one.
            Entry::Provider(_) => ask.request.family() == Family::Trust,
            _ => true,
        })
    }

    fn all_grades(&self, ask: Ask<'_>, counts: impl Fn(&Entry) -> bool) -> Grades {
        let named = self.entries.iter().filter(|entry| counts(entry));
        let grades = named.filter_map(|entry| entry.grade(ask));
        grades.fold(Grades::NONE, |all, grade| all.and(Grades::only(grade)))
    }

    /// Whether `NotPrincipal` lists every name the caller has.
    fn spares(&self, ask: Ask<'_>) -> bool {
        use Grade as G;
        let listed = self.all_grades(ask, |_| true);
        if ask.has_boundary || matches!(ask.request.caller(), Caller::Anonymous) {
            return false;
        }
        let all = |grades: &[Grade]| grades.iter().all(|grade| listed.has(&[*grade]));
        listed.has(&[G::Everyone])
            || match ask.request.caller() {
                Caller::Root(_) => all(&[G::Account]),
                Caller::User(_) => all(&[G::Account, G::User]),
                Caller::Role(_) => all(&[G::Account, G::Role, G::Session]),
                Caller::FederatedUser(_) => all(&[G::Account, G::FederatedUser]),
                Caller::Service(_) => all(&[G::Service]),
                Caller::External(_) | Caller::Anonymous => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_by_their_names() {
        let account = Entry::Account("111111111111".parse().unwrap());
        assert_eq!(Entry::compile_aws("111111111111"), account);
        assert_eq!(Entry::compile_aws("arn:aws:iam::111111111111:root"), account);
        assert_eq!(Entry::compile_aws("arn:aws-cn:iam::111111111111:root"), account);
        let role = "arn:aws:iam::111111111111:role/root";
        assert_eq!(Entry::compile_aws(role), Entry::Role(role.into()));
        assert_eq!(Entry::compile_aws("AIDAALICE"), Entry::Id("AIDAALICE".into()));
        for nobody in [
            "arn:aws:iam::111111111111:root/x",
            "arn:aws:iam:::root",
            "arn:aws:s3:::b",
            "arn:aws:iam::*:root",
        ] {
            assert_eq!(Entry::compile_aws(nobody), Entry::Nobody, "{nobody}");
        }
    }
}
