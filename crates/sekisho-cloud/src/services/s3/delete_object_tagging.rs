//! `DeleteObjectTagging`. Source: S3 API Reference, "DeleteObjectTagging".

use std::collections::BTreeMap;

use super::finding::OfObject;
use super::put_object_tagging::{Retagged, retag};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:DeleteObjectTagging`.
#[derive(Debug)]
pub struct DeleteObjectTagging;

impl Operation for DeleteObjectTagging {
    const NAME: &'static str = "s3:DeleteObjectTagging";
    const ASKS: &'static [&'static str] =
        &["s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = OfObject;
    type Out = Retagged;

    fn asks<'a>(input: &OfObject, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let actions = ("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging");
        input.wanted().asks(&[actions], view)
    }

    fn act(_: Permit<Self>, input: OfObject, act: &mut Act<'_, S3>) -> Result<Retagged, Fault> {
        retag(&input.wanted(), "DELETE", BTreeMap::new(), act)
    }
}
