//! When access keys and roles were last used. It is written down in the step of the call that uses
//! them, so that it is committed with the call's record.

use super::Frame;
use crate::cloud::Cloud;
use crate::services::iam::state::{Bearer, LastUse};

/// How exactly it is kept: a use that follows another by less is not written down, so that a busy
/// key does not write a row with each call.
const USE_MS_STEP: i64 = 15 * 60 * 1000;

impl Cloud {
    /// Writes down that the caller's access key, or the role of its session, is used.
    pub(crate) fn note_use(&mut self, frame: &Frame, now_ms: i64, service: &str) {
        let Some(id) = used(self, frame) else { return };
        let known = self.iam().uses.get(id).is_some_and(|last| now_ms - last.at_ms < USE_MS_STEP);
        if !known {
            let region = frame.region.to_string();
            let last = LastUse { at_ms: now_ms, region, service: service.to_owned() };
            self.iam_mut().uses.put(id, last);
        }
    }
}

/// The long-term access key, or the role's unique id; a user's session uses neither.
fn used<'a>(cloud: &Cloud, frame: &'a Frame) -> Option<&'a str> {
    let signer = frame.principal.credential.as_ref()?;
    if signer.session.is_none() {
        return Some(&signer.access_key_id);
    }
    let id = frame.principal.id()?;
    matches!(cloud.iam().ids.get(id), Some(Bearer::Role(_))).then_some(id)
}
