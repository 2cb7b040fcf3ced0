//! Objects in a bucket without versions and in one with them. A body takes its time: between the
//! question how it is to be received and the call, anything may happen.

use serde_json::{Value as Json, json};

use crate::content::Content;
use crate::history::{Begun, Expected, History, Wrong};
use crate::model::{Upload, Who};
use crate::moves::{PLAIN, VERSIONED, name, one_of, somebody};
use crate::moves_kms;

const UPLOADS_MAX: usize = 3;

/// A key in one of the buckets: `(is_versioned, bucket, key)`.
fn some_place(history: &mut History) -> (bool, &'static str, String) {
    let is_versioned = history.random.once_in(2);
    let bucket = if is_versioned { VERSIONED } else { PLAIN };
    (is_versioned, bucket, name(history, "key-"))
}

/// What a key holds.
fn held(history: &History, is_versioned: bool, key: &str) -> Option<Content> {
    let model = &history.model;
    match is_versioned {
        true => model.versions.get(key).and_then(|versions| versions.last()?.1),
        false => model.objects.get(key).copied(),
    }
}

/// How S3 names what KMS says.
fn by_way_of_s3(expected: Expected) -> Expected {
    match expected {
        Expected::Fault("DisabledException") => Expected::Fault("KMS.DisabledException"),
        Expected::Fault(_) => Expected::Fault("KMS.KMSInvalidStateException"),
        Expected::FaultFirst(_) => Expected::FaultFirst("KMS.NotFoundException"),
        other => other,
    }
}

/// Who reads a content, and how that goes: what is sealed under a key of KMS is read while the key
/// can be used.
fn reading(history: &mut History, content: Content) -> (Who, Expected) {
    match content.kms {
        None => (somebody(history), Expected::Done),
        Some(number) => {
            let used = moves_kms::used(history, &history.model.keys[number]);
            (Who::Admin, by_way_of_s3(used))
        }
    }
}

/// A key holds something else now.
fn keep(
    history: &mut History,
    (is_versioned, key): (bool, String),
    content: Option<Content>,
    reply: &Json,
) {
    if is_versioned {
        let id = reply["VersionId"].as_str().unwrap().to_owned();
        history.model.versions.entry(key).or_default().push((id, content));
    } else if let Some(content) = content {
        history.model.objects.insert(key, content);
    } else {
        history.model.objects.remove(&key);
    }
}

pub(crate) fn begin_put(history: &mut History) -> Result<(), Wrong> {
    let (who, (is_versioned, bucket, key)) = (somebody(history), some_place(history));
    let mut input = json!({ "Bucket": bucket, "Key": key });
    let mut kms = None;
    if who == Who::Admin && history.random.once_in(3) {
        kms = moves_kms::some_key(history);
    }
    let mut expected = Expected::Done;
    if let Some((_, key)) = &kms {
        input["ServerSideEncryption"] = json!("aws:kms");
        input["SSEKMSKeyId"] = json!(key.id);
        expected = by_way_of_s3(moves_kms::used(history, key));
    }
    let prepared = history.prepare(who, ("s3:PutObject", &input), expected)?;
    let Some((call, receiving)) = prepared else { return Ok(()) };
    let (mut content, upload) = (history.content(), None);
    content.kms = kms.map(|(number, _)| number);
    let begun = Begun { who, call, receiving, received: None, content, key, upload, is_versioned };
    history.begun.push(begun);
    if history.random.once_in(3) { Ok(()) } else { go_on(history) }
}

/// A body that is on its way comes to its end, and then its call is made, or not yet.
pub(crate) fn go_on(history: &mut History) -> Result<(), Wrong> {
    let Some(number) = one_of(history, history.begun.len()) else { return Ok(()) };
    // What the same move has asked so far leads to the world as it was.
    history.seal();
    let mut begun = history.begun.swap_remove(number);
    history.note(format!("{:?} is whole, for {}", begun.content, begun.key));
    let received = match begun.received.take() {
        Some(received) => received,
        None => history.receive(&begun.receiving, begun.content),
    };
    if history.random.once_in(5) {
        begun.received = Some(received);
        history.begun.push(begun);
        return Ok(());
    }
    let Begun { who, call, content, key, upload, is_versioned, .. } = begun;
    let upload = upload.map(|id| history.model.uploads.iter().position(|one| one.id == id));
    let expected =
        if upload == Some(None) { Expected::Fault("NoSuchUpload") } else { Expected::Done };
    let done = history.carry_out(who, &call, Some(received), expected)?;
    let Some((reply, _)) = done else { return Ok(()) };
    match upload.flatten() {
        Some(upload) => {
            let tag = reply["ETag"].as_str().unwrap().to_owned();
            history.model.uploads[upload].part = Some((content, tag));
        }
        None => keep(history, (is_versioned, key), Some(content), &reply),
    }
    Ok(())
}

/// A client goes away in the middle of a body.
pub(crate) fn cut(history: &mut History) -> Result<(), Wrong> {
    let unfinished = |begun: &Begun| begun.received.is_none();
    if let Some(number) = history.begun.iter().position(unfinished) {
        let begun = history.begun.swap_remove(number);
        history.give_up(&begun.call);
    }
    Ok(())
}

pub(crate) fn get(history: &mut History) -> Result<(), Wrong> {
    let (is_versioned, bucket, key) = some_place(history);
    let content = held(history, is_versioned, &key);
    read(history, &json!({ "Bucket": bucket, "Key": key }), content, "NoSuchKey")
}

fn read(
    history: &mut History,
    input: &Json,
    content: Option<Content>,
    missing: &'static str,
) -> Result<(), Wrong> {
    let (who, expected) = match content {
        Some(content) => reading(history, content),
        None => (somebody(history), Expected::Fault(missing)),
    };
    let Some((reply, body)) = history.call_for_body(who, "s3:GetObject", input, expected)? else {
        return Ok(());
    };
    let content = content.ok_or("there should be nothing")?;
    let says_len = reply["ContentLength"] == json!(content.len);
    let is_it = says_len && body == content.bytes();
    if is_it { Ok(()) } else { Err(format!("{content:?} came as {} bytes", body.len())) }
}

/// Some version of a key: `(key, place, id, content)`.
fn some_version(history: &mut History) -> Option<(String, usize, String, Option<Content>)> {
    let key = name(history, "key-");
    let count = history.model.versions.get(&key).map_or(0, Vec::len);
    let place = one_of(history, count)?;
    let (id, content) = history.model.versions[&key][place].clone();
    Some((key, place, id, content))
}

pub(crate) fn get_version(history: &mut History) -> Result<(), Wrong> {
    let Some((key, _, id, content)) = some_version(history) else { return Ok(()) };
    let input = json!({ "Bucket": VERSIONED, "Key": key, "VersionId": id });
    read(history, &input, content, "MethodNotAllowed")
}

pub(crate) fn delete(history: &mut History) -> Result<(), Wrong> {
    let (who, (is_versioned, bucket, key)) = (somebody(history), some_place(history));
    let input = json!({ "Bucket": bucket, "Key": key });
    let done = history.call(who, "s3:DeleteObject", &input, Expected::Done)?;
    if let Some(reply) = done {
        keep(history, (is_versioned, key), None, &reply);
    }
    Ok(())
}

pub(crate) fn delete_version(history: &mut History) -> Result<(), Wrong> {
    let Some((key, place, id, _)) = some_version(history) else { return Ok(()) };
    let who = somebody(history);
    let input = json!({ "Bucket": VERSIONED, "Key": key, "VersionId": id });
    if history.call(who, "s3:DeleteObject", &input, Expected::Done)?.is_some() {
        history.model.versions.get_mut(&key).unwrap().remove(place);
    }
    Ok(())
}

/// All versions are listed, the newest of each key first.
pub(crate) fn list_versions(history: &mut History) -> Result<(), Wrong> {
    let (who, input) = (somebody(history), json!({ "Bucket": VERSIONED }));
    let listed = history.call(who, "s3:ListObjectVersions", &input, Expected::Done)?;
    let Some(listed) = listed else { return Ok(()) };
    let ids = |name: &str| {
        let entries = listed[name].as_array().cloned().unwrap_or_default();
        let id = |entry: &Json| format!("{} {}", entry["Key"], entry["VersionId"]);
        entries.iter().map(id).collect::<Vec<_>>()
    };
    let of_model = |is_object: bool| {
        let keys = history.model.versions.iter();
        let all = keys.flat_map(|(key, all)| all.iter().rev().map(move |one| (key, one)));
        let wanted = all.filter(|(_, (_, content))| content.is_some() == is_object);
        wanted.map(|(key, (id, _))| format!("{} {}", json!(key), json!(id))).collect::<Vec<_>>()
    };
    let found = (ids("Versions"), ids("DeleteMarkers"));
    let expected = (of_model(true), of_model(false));
    if found == expected { Ok(()) } else { Err(format!("{found:?} should be {expected:?}")) }
}

pub(crate) fn copy(history: &mut History) -> Result<(), Wrong> {
    let (from, to) = (some_place(history), some_place(history));
    if from == to {
        return Ok(());
    }
    let content = held(history, from.0, &from.2);
    let (who, expected) = match content {
        Some(content) => reading(history, content),
        None => (somebody(history), Expected::Fault("NoSuchKey")),
    };
    let source = format!("{}/{}", from.1, from.2);
    let input = json!({ "Bucket": to.1, "Key": to.2, "CopySource": source });
    if let Some(reply) = history.call(who, "s3:CopyObject", &input, expected)? {
        // The copy is sealed as its bucket says: under S3's own key.
        let content = content.map(|content| Content { kms: None, ..content });
        keep(history, (to.0, to.2), content, &reply);
    }
    Ok(())
}

pub(crate) fn begin_upload(history: &mut History) -> Result<(), Wrong> {
    if history.model.uploads.len() >= UPLOADS_MAX {
        return Ok(());
    }
    let (who, key) = (somebody(history), name(history, "key-"));
    let input = json!({ "Bucket": PLAIN, "Key": key });
    let begun = history.call(who, "s3:CreateMultipartUpload", &input, Expected::Done)?;
    if let Some(reply) = begun {
        let id = reply["UploadId"].as_str().unwrap().to_owned();
        history.model.uploads.push(Upload { id, key, part: None });
    }
    Ok(())
}

/// An upload that goes on.
fn some_upload(history: &mut History) -> Option<(usize, Upload)> {
    let number = one_of(history, history.model.uploads.len())?;
    Some((number, history.model.uploads[number].clone()))
}

pub(crate) fn begin_part(history: &mut History) -> Result<(), Wrong> {
    let Some((_, Upload { id, key, .. })) = some_upload(history) else { return Ok(()) };
    let who = somebody(history);
    let input = json!({ "Bucket": PLAIN, "Key": key, "UploadId": id, "PartNumber": 1 });
    let prepared = history.prepare(who, ("s3:UploadPart", &input), Expected::Done)?;
    let Some((call, receiving)) = prepared else { return Ok(()) };
    let (content, upload, is_versioned) = (history.content(), Some(id), false);
    let begun = Begun { who, call, receiving, received: None, content, key, upload, is_versioned };
    history.begun.push(begun);
    if history.random.once_in(3) { Ok(()) } else { go_on(history) }
}

pub(crate) fn complete(history: &mut History) -> Result<(), Wrong> {
    let Some((number, Upload { id, key, part: Some((content, tag)) })) = some_upload(history)
    else {
        return Ok(());
    };
    let who = somebody(history);
    let parts = json!({ "Parts": [{ "PartNumber": 1, "ETag": tag }] });
    let input = json!({ "Bucket": PLAIN, "Key": key, "UploadId": id, "MultipartUpload": parts });
    if history.call(who, "s3:CompleteMultipartUpload", &input, Expected::Done)?.is_some() {
        history.model.uploads.remove(number);
        history.model.objects.insert(key, content);
    }
    Ok(())
}

pub(crate) fn abort(history: &mut History) -> Result<(), Wrong> {
    let Some((number, Upload { id, key, .. })) = some_upload(history) else { return Ok(()) };
    let who = somebody(history);
    let input = json!({ "Bucket": PLAIN, "Key": key, "UploadId": id });
    if history.call(who, "s3:AbortMultipartUpload", &input, Expected::Done)?.is_some() {
        history.model.uploads.remove(number);
    }
    Ok(())
}
