//! ACLs in headers. Source: S3 User Guide, "Access control list (ACL) overview".

use crate::ask::Ask;
use crate::fault::Fault;

/// The headers of a request that say an ACL.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Headers<'a> {
    /// `x-amz-acl`.
    pub(super) acl: Option<&'a str>,
    /// `x-amz-grant-full-control`.
    pub(super) full_control: Option<&'a str>,
    /// `x-amz-grant-read`.
    pub(super) read: Option<&'a str>,
    /// `x-amz-grant-read-acp`.
    pub(super) read_acp: Option<&'a str>,
    /// `x-amz-grant-write`.
    pub(super) write: Option<&'a str>,
    /// `x-amz-grant-write-acp`.
    pub(super) write_acp: Option<&'a str>,
}

impl Headers<'_> {
    /// Whether somebody is given something by name.
    pub(super) fn grants(self) -> bool {
        let all = [self.full_control, self.read, self.read_acp, self.write, self.write_acp];
        all.iter().any(Option::is_some)
    }

    /// Whether they ask for more than what is so anyway.
    pub(super) fn ask_for_more(self) -> bool {
        self.grants() || self.acl.is_some_and(|acl| acl != "private")
    }

    /// The question with the condition keys of the headers.
    pub(super) fn on(self, ask: Ask<'_>) -> Ask<'_> {
        ask.with_some("s3:x-amz-acl", self.acl)
            .with_some("s3:x-amz-grant-full-control", self.full_control)
            .with_some("s3:x-amz-grant-read", self.read)
            .with_some("s3:x-amz-grant-read-acp", self.read_acp)
            .with_some("s3:x-amz-grant-write", self.write)
            .with_some("s3:x-amz-grant-write-acp", self.write_acp)
    }
}

/// Whether a canned ACL gives something to everybody, or to everybody who has an account.
pub(super) fn is_public(acl: &str) -> bool {
    ["public-read", "public-read-write", "authenticated-read"].contains(&acl)
}

/// Grants to others than the owner.
pub(super) fn not_served() -> Fault {
    let text = "grants by ACL are not served: say in the bucket's policy who may do what, and \
                switch ACLs off with `BucketOwnerEnforced`";
    Fault::not_served(text)
}
