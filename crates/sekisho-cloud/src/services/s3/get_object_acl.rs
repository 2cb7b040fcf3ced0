//! `GetObjectAcl`. Source: S3 API Reference, "GetObjectAcl"; S3 User Guide, "Controlling
//! ownership of objects and disabling ACLs": without ACLs the owner of the bucket has all rights, and
//! nobody else has any by an ACL.

use serde::Serialize;

use super::finding::OfObject;
use super::listed::Owner;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:GetObjectAcl`.
#[derive(Debug)]
pub struct GetObjectAcl;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    owner: Owner,
    grants: Vec<Grant>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Grant {
    grantee: Grantee,
    permission: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Grantee {
    #[serde(rename = "ID")]
    id: String,
    r#type: &'static str,
}

impl Operation for GetObjectAcl {
    const NAME: &'static str = "s3:GetObjectAcl";
    const ASKS: &'static [&'static str] =
        &["s3:GetObjectAcl", "s3:GetObjectVersionAcl", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = OfObject;
    type Out = Output;

    fn asks<'a>(input: &OfObject, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.wanted().asks(&[("s3:GetObjectAcl", "s3:GetObjectVersionAcl")], view)
    }

    fn act(_: Permit<Self>, input: OfObject, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let (bucket, _) = input.wanted().object("GET", act)?;
        let id = canonical_user(bucket.account);
        let grantee = Grantee { id: id.clone(), r#type: "CanonicalUser" };
        let grants = vec![Grant { grantee, permission: "FULL_CONTROL" }];
        Ok(Output { owner: Owner { id }, grants })
    }
}
