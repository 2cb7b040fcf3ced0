//! What ends by the clock. Nothing runs by itself in the engine: the first call after midnight ends what
//! has come due since, before it is carried out.
//!
//! Source: S3 User Guide, "Expiring objects": where versions are kept, the current one gets a delete
//! marker; else it goes for good.

use super::{DAY_MS, Lifecycle, Rule, rule};
use crate::dice::Dice;
use crate::services::s3::order;
use crate::services::s3::state::{S3, Version, Versioning};
use crate::writes::BodyId;

/// What ends of a key.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ends {
    /// Whether the current version does.
    current: bool,
    /// The ids of versions that go for good.
    gone: Vec<String>,
}

impl S3 {
    /// Sets or takes away the lifecycle of a bucket.
    pub(crate) fn set_lifecycle(&mut self, bucket: &str, lifecycle: Option<Lifecycle>) {
        if let Some(before) = self.lifecycles.remove(bucket) {
            self.due.remove(&due(before.next_ms, bucket));
        }
        if let Some(lifecycle) = lifecycle {
            self.due.put(due(lifecycle.next_ms, bucket), bucket.to_owned());
            self.lifecycles.put(bucket, lifecycle);
        }
    }

    /// Ends everywhere what has come due; what is given back no row names any more.
    pub(crate) fn expire(&mut self, now_ms: i64, dice: &mut Dice) -> Vec<BodyId> {
        let mut dropped = Vec::new();
        while let Some((at, bucket)) = self.first_due(now_ms) {
            self.due.remove(&at);
            if let Some(mut lifecycle) = self.lifecycles.get(&bucket).cloned() {
                dropped.extend(self.expire_in(&bucket, &lifecycle.rules, now_ms, dice));
                lifecycle.next_ms = next_midnight(now_ms);
                self.set_lifecycle(&bucket, Some(lifecycle));
            }
        }
        dropped
    }

    /// The bucket that is to be looked at first, if that is now.
    fn first_due(&self, now_ms: i64) -> Option<(String, String)> {
        let (at, bucket) = self.due.iter().next()?;
        (*at <= *due(now_ms, bucket)).then(|| (at.to_owned(), bucket.clone()))
    }

    fn expire_in(
        &mut self,
        bucket: &str,
        rules: &[Rule],
        now_ms: i64,
        dice: &mut Dice,
    ) -> Vec<BodyId> {
        let rules: Vec<_> = rules.iter().filter(|rule| rule.is_on()).collect();
        let mut dropped = Vec::new();
        for (key, ends) in self.ending(bucket, &rules, now_ms) {
            for id in &ends.gone {
                dropped.extend(self.drop_version(bucket, &key, id));
            }
            if ends.current {
                dropped.extend(self.write_version((bucket, &key), None, now_ms, dice).dropped);
            }
        }
        for row in self.ending_uploads(bucket, &rules, now_ms) {
            dropped.extend(self.abandon_upload(&row));
        }
        dropped
    }

    /// What ends of the keys of a bucket.
    fn ending(&self, bucket: &str, rules: &[&Rule], now_ms: i64) -> Vec<(String, Ends)> {
        let found = self.buckets.get(bucket);
        let keeps_none = found.is_none_or(|one| one.versioning == Versioning::Off);
        let rows: Vec<_> = self.versions.under(&order::under(bucket, "")).collect();
        let mut ending = Vec::new();
        for rows in rows.chunk_by(|(one, _), (next, _)| order::same_key(one, next)) {
            let key = rows.first().and_then(|(row, _)| order::read(bucket, row));
            let Some((key, _)) = key else { continue };
            let versions: Vec<_> = rows.iter().map(|(_, version)| *version).collect();
            let mut ends = ends(&key, &versions, rules, now_ms);
            if let (true, true, Some(only)) = (keeps_none, ends.current, versions.first()) {
                ends = Ends { current: false, gone: vec![only.id.clone()] };
            }
            if ends != Ends::default() {
                ending.push((key, ends));
            }
        }
        ending
    }

    /// The rows of the uploads that end.
    fn ending_uploads(&self, bucket: &str, rules: &[&Rule], now_ms: i64) -> Vec<String> {
        let ends = |rule: &&Rule| {
            let uploads = self.uploads.under(&order::under(bucket, &rule.prefix()));
            let due = |began_ms| rule.ends_upload(began_ms).is_some_and(|at_ms| at_ms <= now_ms);
            let ends = uploads.filter(|(_, upload)| due(upload.initiated_ms));
            ends.map(|(row, _)| row.to_owned()).collect::<Vec<_>>()
        };
        rules.iter().flat_map(ends).collect()
    }
}

/// What ends of a key with these versions, the newest first.
fn ends(key: &str, versions: &[&Version], rules: &[&Rule], now_ms: i64) -> Ends {
    let of = |version: &Version, ends: &dyn Fn(&Rule) -> bool| {
        let looks = rule::Looks::of(version);
        rules.iter().any(|rule| rule.is_for(key, looks) && ends(rule))
    };
    let mut all = Ends::default();
    for (newer, pair) in versions.windows(2).enumerate() {
        let [next, older] = pair else { continue };
        if of(older, &|rule| rule.ends_older(next.modified_ms, newer, now_ms)) {
            all.gone.push(older.id.clone());
        }
    }
    let Some(current) = versions.first() else { return all };
    let written_ms = current.modified_ms;
    if current.object.is_some() {
        let due = |rule: &Rule| rule.ends(written_ms).is_some_and(|at_ms| at_ms <= now_ms);
        all.current = of(current, &due);
    } else if all.gone.len() + 1 == versions.len()
        && of(current, &|rule| rule.ends_marker(written_ms, now_ms))
    {
        all.gone.push(current.id.clone());
    }
    all
}

/// The key of a bucket among those that are looked at by the clock.
fn due(at_ms: i64, bucket: &str) -> String {
    format!("{at_ms:015}/{bucket}")
}

/// The midnight behind a time.
pub(crate) fn next_midnight(now_ms: i64) -> i64 {
    now_ms - now_ms.rem_euclid(DAY_MS) + DAY_MS
}

#[cfg(test)]
mod tests {
    use super::super::{Expiration, Filter, Noncurrent};
    use super::*;
    use crate::services::s3::state::{About, Envelope, Object, Sum};

    const NOW: i64 = 100 * DAY_MS;

    fn version(days_ago: i64, is_object: bool) -> Version {
        let sum = Sum { algorithm: String::new(), value: String::new(), of_parts: None };
        let object = Object {
            size: 10,
            etag: String::new(),
            about: About::default(),
            sum,
            envelope: Envelope::Ours,
            pieces: Vec::new(),
            parts: Vec::new(),
            upload: None,
        };
        Version {
            id: format!("{days_ago}"),
            null: false,
            // An hour into the day.
            modified_ms: NOW - days_ago * DAY_MS + DAY_MS / 24,
            object: is_object.then_some(object),
        }
    }

    fn rule(filter: Filter) -> Rule {
        Rule {
            id: None,
            prefix: None,
            filter: Some(filter),
            status: "Enabled".to_owned(),
            expiration: None,
            noncurrent_version_expiration: None,
            abort_incomplete_multipart_upload: None,
        }
    }

    fn days(days: i64) -> Rule {
        let expiration = Expiration { days: Some(days), ..Expiration::default() };
        Rule { expiration: Some(expiration), ..rule(Filter::default()) }
    }

    /// `!` is the current version, others are ids of what goes for good.
    fn told(rule: &Rule, versions: &[Version]) -> String {
        let versions: Vec<_> = versions.iter().collect();
        let ends = ends("a/k", &versions, &[rule], NOW);
        let current = ends.current.then(|| "!".to_owned());
        current.into_iter().chain(ends.gone).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn days_are_counted_to_the_next_midnight() {
        let one = |days_ago| [version(days_ago, true)];
        assert_eq!(told(&days(9), &one(10)), "!");
        assert_eq!(told(&days(10), &one(10)), "", "ten days and an hour are not over");
        assert_eq!(rule::after(5, 1), 2 * DAY_MS);
        assert_eq!(rule::after(DAY_MS, 1), 2 * DAY_MS);
    }

    #[test]
    fn older_versions_end_by_when_they_were_superseded() {
        let noncurrent = |days, stays| Rule {
            noncurrent_version_expiration: Some(Noncurrent {
                noncurrent_days: Some(days),
                newer_noncurrent_versions: stays,
            }),
            ..rule(Filter::default())
        };
        let versions = [5, 20, 30, 40].map(|days_ago| version(days_ago, true));
        assert_eq!(told(&noncurrent(10, None), &versions), "30 40");
        assert_eq!(told(&noncurrent(4, None), &versions), "20 30 40");
        assert_eq!(told(&noncurrent(4, Some(2)), &versions), "40");
        assert_eq!(told(&noncurrent(50, None), &versions), "");
    }

    #[test]
    fn a_delete_marker_ends_when_nothing_is_behind_it() {
        let marker = Expiration { expired_object_delete_marker: Some(true), ..Default::default() };
        let marker = Rule { expiration: Some(marker), ..rule(Filter::default()) };
        assert_eq!(told(&marker, &[version(1, false)]), "1");
        assert_eq!(told(&marker, &[version(1, false), version(2, true)]), "");
        assert_eq!(told(&days(3), &[version(5, false)]), "5");
        assert_eq!(told(&days(5), &[version(5, false)]), "");
    }

    #[test]
    fn a_rule_is_for_what_its_filter_says() {
        let of = |filter| Rule { expiration: days(1).expiration, ..rule(filter) };
        let object = [version(10, true)];
        for (filter, expected) in [
            (Filter { prefix: Some("a/".into()), ..Filter::default() }, "!"),
            (Filter { prefix: Some("b/".into()), ..Filter::default() }, ""),
            (Filter { object_size_greater_than: Some(10), ..Filter::default() }, ""),
            (Filter { object_size_less_than: Some(11), ..Filter::default() }, "!"),
        ] {
            assert_eq!(told(&of(filter.clone()), &object), expected, "{filter:?}");
        }
        let sized = of(Filter { object_size_less_than: Some(11), ..Filter::default() });
        assert_eq!(told(&sized, &[version(10, false)]), "", "a marker has no size");
    }
}
