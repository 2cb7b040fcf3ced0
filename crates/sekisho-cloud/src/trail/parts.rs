//! Calls that do several things at once and leave an event for each of them as well.
//!
//! Source: S3 User Guide, "Amazon S3 CloudTrail events": `DeleteObjects` is recorded, without its
//! body, and a `DeleteObject` for each of its keys.

use sekisho_wire::Value;
use sekisho_wire::value::Structure;

use super::told;
use crate::gate::Entry;

/// The calls of which a call consists, apart from itself: each object that it deleted.
pub(super) fn of(entry: &Entry) -> Vec<Entry> {
    let objects =
        entry.request.as_ref().and_then(|request| list(member(request, "Delete")?, "Objects"));
    let (Some(objects), "s3:DeleteObjects", None) = (objects, &*entry.name, &entry.fault) else {
        return Vec::new();
    };
    let failed =
        entry.response.as_ref().and_then(|reply| list(reply, "Errors")).unwrap_or_default();
    let bucket = entry.request.as_ref().and_then(|request| member(request, "Bucket"));
    // Without what is long: it would be copied for every key.
    let lean = Entry { request: None, response: None, asked: Vec::new(), ..entry.clone() };
    let deleted = objects.iter().filter(|object| !failed.iter().any(|one| same(one, object)));
    deleted
        .enumerate()
        .map(|(place, object)| Entry {
            name: "s3:DeleteObject".to_owned(),
            event_id: told::derived_id(entry, &place.to_string()),
            request: Some(request(bucket, object)),
            asked: entry.asked.first().cloned().into_iter().collect(),
            ..lean.clone()
        })
        .collect()
}

/// What `DeleteObject` would have been asked.
fn request(bucket: Option<&Value>, object: &Value) -> Value {
    let parts = [
        ("Bucket", bucket),
        ("Key", member(object, "Key")),
        ("VersionId", member(object, "VersionId")),
    ];
    let given = parts.into_iter().filter_map(|(name, value)| Some((name, value?.clone())));
    Value::Structure(given.collect::<Structure>())
}

fn same(one: &Value, other: &Value) -> bool {
    ["Key", "VersionId"].iter().all(|name| member(one, name) == member(other, name))
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Structure(members) => members.get(name),
        _ => None,
    }
}

fn list<'a>(value: &'a Value, name: &str) -> Option<&'a [Value]> {
    match member(value, name)? {
        Value::List(values) => Some(values),
        _ => None,
    }
}
