//! Uploads that go with their bucket.

use super::S3;
use crate::services::s3::order;
use crate::writes::BodyId;

impl S3 {
    /// Takes all uploads of a bucket away, so that nobody who makes a bucket of its name finds them;
    /// what is given back no row names any more.
    pub(crate) fn abandon_uploads(&mut self, bucket: &str) -> Vec<BodyId> {
        let uploads = self.uploads.under(&order::under(bucket, ""));
        let uploads: Vec<_> = uploads.map(|(row, one)| (row.to_owned(), one.id.clone())).collect();
        let mut dropped = Vec::new();
        for (row, id) in uploads {
            self.uploads.remove(&row);
            let parts = self.parts.under(&format!("{id}/"));
            let parts: Vec<_> = parts.map(|(row, _)| row.to_owned()).collect();
            for part in parts.iter().filter_map(|row| self.parts.remove(row)).collect::<Vec<_>>() {
                dropped.extend(self.release(&part.pieces));
            }
        }
        dropped
    }
}
