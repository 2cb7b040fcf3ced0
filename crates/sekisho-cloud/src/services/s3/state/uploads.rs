//! Uploads that end: completed, abandoned, or with their bucket.

use super::S3;
use crate::services::s3::order;
use crate::writes::BodyId;

impl S3 {
    /// Takes all uploads of a bucket away, so that nobody who makes a bucket of its name finds them;
    /// what is given back no row names any more.
    pub(crate) fn abandon_uploads(&mut self, bucket: &str) -> Vec<BodyId> {
        let uploads = self.uploads.under(&order::under(bucket, ""));
        let rows: Vec<_> = uploads.map(|(row, _)| row.to_owned()).collect();
        rows.iter().flat_map(|row| self.abandon_upload(row)).collect()
    }

    /// Takes an upload away with all its parts.
    pub(crate) fn abandon_upload(&mut self, row: &str) -> Vec<BodyId> {
        self.end_upload(row, |_| false)
    }

    /// Takes an upload away; the bodies of parts that an object has taken stay.
    pub(crate) fn end_upload(&mut self, row: &str, taken: impl Fn(i64) -> bool) -> Vec<BodyId> {
        let Some(upload) = self.uploads.remove(row) else { return Vec::new() };
        let parts = self.parts.under(&format!("{}/", upload.id));
        let parts: Vec<_> = parts.map(|(row, _)| row.to_owned()).collect();
        let parts: Vec<_> = parts.iter().filter_map(|row| self.parts.remove(row)).collect();
        let left = parts.iter().filter(|part| !taken(part.number));
        left.flat_map(|part| self.release(&part.pieces)).collect()
    }
}
