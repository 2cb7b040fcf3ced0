//! Identity policies of any number of statements, and requests that meet them.

use anyhow::{Result, ensure};
use sekisho_iam::{
    Caller, Compiled, Context, Document, Policies, Policy, PolicyKind, Request, Resource,
};

/// How the statements differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Each allows another action on another bucket.
    Actions,
    /// All allow the same action, each on another bucket.
    Resources,
    /// Like `Resources`, with a wildcard in action and resource and a condition.
    Wildcards,
}

/// A policy set and requests on it: every other one is allowed, and they are spread over all
/// statements.
#[derive(Debug)]
pub struct Scale {
    /// The compiled policies.
    pub policies: Compiled,
    /// The requests.
    pub requests: Vec<Request>,
}

/// How many different requests are asked in turn.
const REQUESTS: usize = 64;

const ROLE: &str = "arn:aws:iam::111111111111:role/build";

impl Shape {
    /// The action and resource of statement `n`, as a request names them.
    pub fn call(self, n: usize) -> (String, String) {
        match self {
            Self::Actions => (format!("s3:GetThing{n}"), format!("arn:aws:s3:::bucket-{n}/a")),
            Self::Resources | Self::Wildcards => {
                ("s3:GetObject".to_owned(), format!("arn:aws:s3:::bucket-{n}/a"))
            }
        }
    }

    fn statement(self, n: usize) -> String {
        let (action, resource) = self.call(n);
        match self {
            Self::Actions | Self::Resources => {
                format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#)
            }
            Self::Wildcards => format!(
                r#"{{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::bucket-{n}/*",
                   "Condition":{{"Bool":{{"aws:SecureTransport":"true"}}}}}}"#
            ),
        }
    }
}

impl Scale {
    /// A set of `statements` statements.
    ///
    /// # Errors
    /// If a generated policy cannot be read.
    pub fn new(shape: Shape, statements: usize) -> Result<Self> {
        let policy = |n| {
            let text =
                format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, shape.statement(n));
            let read = Document::from_json(&text, PolicyKind::Managed);
            ensure!(read.document.is_some(), "{:?}", read.diagnostics);
            Ok(Policy { name: format!("policy-{n}"), document: read.document })
        };
        let identity = (0..statements).map(policy).collect::<Result<_>>()?;
        let policies = Policies { identity, ..Policies::default() }.compile();
        let requests =
            (0..REQUESTS).map(|nth| request(shape, statements, nth)).collect::<Result<_>>()?;
        Ok(Self { policies, requests })
    }
}

/// Every other request names a statement that there is not.
fn request(shape: Shape, statements: usize, nth: usize) -> Result<Request> {
    let n = nth * statements / REQUESTS + if nth.is_multiple_of(2) { 0 } else { statements };
    let (action, resource) = shape.call(n);
    let mut context = Context::new();
    context.set("aws:SecureTransport", "true");
    let resource = Resource { account: "111111111111".parse().ok(), ..Resource::new(resource) };
    Ok(Request::new(Caller::parse(ROLE)?, &action, resource, context)?)
}
