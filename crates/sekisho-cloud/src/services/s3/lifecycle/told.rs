//! What replies tell of a lifecycle: `x-amz-expiration`, `x-amz-abort-date`. Source: S3 API Reference,
//! `GetObject`, `CreateMultipartUpload`.

use sekisho_wire::Millis;

use super::rule::Looks;
use crate::services::s3::listed::Names;
use crate::services::s3::state::{S3, Version};
use crate::time::http_date;

impl S3 {
    /// When the current version of a key ends, and by which rule.
    pub(crate) fn expiration(&self, bucket: &str, key: &str) -> Option<String> {
        let rules = &self.lifecycles.get(bucket)?.rules;
        let version: &Version = self.current(bucket, key)?;
        let looks = Looks::of(version);
        let rules = rules.iter().filter(|rule| rule.is_on() && rule.is_for(key, looks));
        let ends = rules.filter_map(|rule| Some((rule.ends(version.modified_ms)?, &rule.id)));
        let (at_ms, id) = ends.min_by_key(|(at_ms, _)| *at_ms)?;
        let id = Names::URL.write(id.as_deref().unwrap_or_default());
        Some(format!("expiry-date=\"{}\", rule-id=\"{id}\"", http_date(at_ms)))
    }

    /// When an upload that began then ends, and by which rule.
    pub(crate) fn abort(
        &self,
        bucket: &str,
        key: &str,
        began_ms: i64,
    ) -> Option<(Millis, Option<String>)> {
        let rules = &self.lifecycles.get(bucket)?.rules;
        let rules = rules.iter().filter(|rule| rule.is_on() && rule.is_for(key, None));
        let ends = rules.filter_map(|rule| Some((rule.ends_upload(began_ms)?, &rule.id)));
        let (at_ms, id) = ends.min_by_key(|(at_ms, _)| *at_ms)?;
        Some((Millis(at_ms), id.clone()))
    }
}
