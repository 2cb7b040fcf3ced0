//! Policy documents: what a policy says, element by element, each with its place in the text.
//!
//! Source: IAM User Guide, "IAM JSON policy element reference" and "Grammar of the IAM JSON policy
//! language".

mod actions;
mod conditions;
mod dates;
mod endpoint;
mod kind;
pub mod limits;
pub mod malformed;
mod operator;
mod principals;
mod providers;
mod read;
mod resources;
mod rules;
mod statement;

pub use kind::PolicyKind;
pub use operator::{Comparison, Operator, SetPrefix, ValueType};
pub use read::{DIAGNOSTICS_MAX, ReadPolicy, STATEMENTS_MAX, VALUES_MAX};
use sekisho_tree::Span;

/// A piece of text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, unescaped.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// A policy that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The version of the policy language. It decides whether `${…}` are variables.
    pub version: Version,
    /// `Id`, which some services take.
    pub id: Option<Text>,
    /// The statements, in their order.
    pub statements: Vec<Statement>,
    /// The whole policy.
    pub span: Span,
}

/// The version of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, which is also meant where a policy has no `Version`: `${…}` is literal text.
    V2008,
    /// `2012-10-17`: `${…}` are policy variables.
    V2012,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `Sid`.
    pub sid: Option<Text>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`. Policies of principals, SCPs and sessions have none.
    pub principals: Option<Matcher<Principal>>,
    /// `Action` or `NotAction`.
    pub actions: Matcher<Text>,
    /// `Resource` or `NotResource`. Trust policies have none, and some resource policies may leave it out.
    pub resources: Option<Matcher<Text>>,
    /// `Condition`: all must hold.
    pub conditions: Vec<Condition>,
    /// The whole statement.
    pub span: Span,
}

/// What a statement does to the requests it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// They are allowed, unless something denies them.
    Allow,
    /// They are denied, whatever allows them.
    Deny,
}

/// An element and its `Not…` form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher<T> {
    /// `NotAction`, `NotResource`, `NotPrincipal`: everything but the items.
    pub negated: bool,
    /// The patterns listed.
    pub items: Vec<T>,
    /// The value of the element.
    pub span: Span,
}

/// One entry of a `Principal` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Under which key it stands.
    pub kind: PrincipalKind,
    /// The entry as written.
    pub value: Text,
}

/// The key under which a principal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// No key: `"Principal": "*"`.
    Everyone,
    /// `AWS`: an account, user, role, session or federated user; `*`; or the unique id that AWS puts where a principal was deleted.
    Aws,
    /// `Service`.
    Service,
    /// `Federated`: an identity provider.
    Federated,
    /// `CanonicalUser`: S3's 64-digit name for an account.
    CanonicalUser,
}

/// One line of a `Condition` block: an operator, a key and the values it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// Where the operator stands.
    pub operator_span: Span,
    /// The condition key as written.
    pub key: Text,
    /// The values; one of them must match (none of them, for a negated operator).
    pub values: Vec<Text>,
}
