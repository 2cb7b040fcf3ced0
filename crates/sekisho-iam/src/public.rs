//! to come
use crate::document::Document;
/// x
pub fn is_public(_: &Document) -> bool {
    false
}
