//! `HeadObject`. Source: S3 API Reference, "HeadObject".

use super::conditions::Writing;
use super::reading::{self, Input, Output};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:HeadObject`.
#[derive(Debug)]
pub struct HeadObject;

impl Operation for HeadObject {
    const NAME: &'static str = "s3:HeadObject";
    const ASKS: &'static [&'static str] = &["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let conditions = input.conditions();
        let asks = input.wanted().asks(&[("s3:GetObject", "s3:GetObjectVersion")], view)?;
        let keys = Writing { is: conditions.is, is_not: conditions.is_not };
        Ok(asks.into_iter().map(|ask| keys.keys(ask)).collect())
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        reading::answer(input, "HEAD", act)
    }
}
