//! Somebody who reads while others write: every answer is a whole content or says that there is none.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::client::{Client, Trouble};
use crate::lane_objects::{KEYS, buckets, read};
use crate::random::Random;

/// Reads objects of all lanes until the server is gone.
pub(crate) fn watch(
    client: &mut Client,
    random: &mut Random,
    lanes: u64,
    ends: &AtomicBool,
) -> Result<(), Trouble> {
    while !ends.load(Ordering::SeqCst) {
        let lane = random.below(lanes);
        let bucket = &buckets(lane)[random.len(0..2)];
        let path = format!("/{bucket}/key-{}", random.below(KEYS));
        if let Some(content) = read(client, &path)?
            && content.number >> 32 != lane
        {
            return Err(Trouble::Wrong(format!("{path} holds {content:?} of another bucket")));
        }
    }
    Ok(())
}
