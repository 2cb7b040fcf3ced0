//! CloudTrail: what happened in the account.

use serde_json::json;

use super::HOME;
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

fn furnish(_: &mut Rig) -> Vec<Case> {
    vec![Case::of("cloudtrail:LookupEvents", json!({}))]
}
