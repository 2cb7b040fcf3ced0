//! From parts to an object: the list is held against what was uploaded, entity tag and checksum are made
//! of those of the parts. Source: S3 User Guide, "Amazon S3 multipart upload limits" and "Checking object
//! integrity"; S3 API Reference, "CompleteMultipartUpload".

use sekisho_wire::checksum::{Algorithm, Checksum, Hasher, composite, full_object};
use serde::{Deserialize, Serialize};

use super::conditions::unquoted;
use super::state::{MadeBy, Object, Part, PartOf, S3, Sum, Upload, part_row};
use super::sums::{Sums, with_sums};
use super::{fault, object_fault, uploads};
use crate::fault::Fault;

/// The least size of a part that is not the last.
const PART_BYTES_MIN: u64 = 5 * 1024 * 1024;

with_sums! {
    /// A part in the list that completes an upload.
    #[derive(Debug, Clone, Default, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Listed {
        /// Its entity tag.
        #[serde(rename = "ETag")]
        pub etag: Option<String>,
        /// Its number.
        pub part_number: Option<i64>,
    }
}

impl Listed {
    fn number(&self) -> i64 {
        self.part_number.unwrap_or_default()
    }

    fn etag(&self) -> &str {
        unquoted(self.etag.as_deref().unwrap_or_default())
    }
}

/// The digest of a list, by which it is known again.
pub(super) fn digest(list: &[Listed]) -> String {
    let lines: String =
        list.iter().map(|one| format!("{} {}\n", one.number(), one.etag())).collect();
    hex::encode(Hasher::sum(Algorithm::Sha256, lines.as_bytes()).bytes())
}

/// The object that these parts of an upload make.
///
/// # Errors
/// When the list is not one of its parts.
pub(super) fn object(upload: &Upload, list: &[Listed], state: &S3) -> Result<Object, Fault> {
    let parts = parts(upload, list, state)?;
    let tags: Vec<u8> =
        parts.iter().filter_map(|part| hex::decode(&part.etag).ok()).flatten().collect();
    let etag = hex::encode(Hasher::sum(Algorithm::Md5, &tags).bytes());
    let with_sum = upload.sum.is_some();
    let part_of = |part: &&Part| PartOf {
        number: part.number,
        size: part.size,
        sum: with_sum.then(|| part.sum.1.clone()),
    };
    Ok(Object {
        size: parts.iter().map(|part| part.size).sum(),
        etag: format!("{etag}-{}", parts.len()),
        about: upload.about.clone(),
        sum: sum(upload, &parts)?,
        envelope: upload.envelope.clone(),
        pieces: parts.iter().flat_map(|part| part.pieces.iter().cloned()).collect(),
        parts: parts.iter().map(part_of).collect(),
        upload: Some(MadeBy { id: upload.id.clone(), list: digest(list) }),
    })
}

/// The parts of the list, in order, each as it was uploaded.
fn parts<'s>(upload: &Upload, list: &[Listed], state: &'s S3) -> Result<Vec<&'s Part>, Fault> {
    if list.is_empty() {
        return Err(fault::invalid_request("You must specify at least one part"));
    }
    list.iter().try_for_each(|one| uploads::check_number(one.number()))?;
    if !list.is_sorted_by(|one, next| one.number() < next.number()) {
        return Err(object_fault::part_order(&upload.id));
    }
    let mut parts = Vec::with_capacity(list.len());
    for one in list {
        let found = state.parts.get(&part_row(&upload.id, one.number()));
        let found = found.filter(|part| part.etag == one.etag() && has_claimed(part, one));
        let missing = || object_fault::invalid_part(&upload.id, one.number(), one.etag());
        parts.push(found.ok_or_else(missing)?);
        must_have_sum(upload, one)?;
    }
    let all_but_last = parts.iter().take(parts.len().saturating_sub(1));
    match all_but_last.copied().find(|part| part.size < PART_BYTES_MIN) {
        Some(part) => {
            let Part { size, number, etag, .. } = part;
            Err(object_fault::part_too_small(*size, PART_BYTES_MIN, *number, etag))
        }
        None => Ok(parts),
    }
}

/// Whether a part has the checksum that the list claims.
fn has_claimed(part: &Part, listed: &Listed) -> bool {
    let claimed = listed.clone().claimed();
    claimed.is_none_or(|(algorithm, value)| {
        (algorithm.name(), value) == (&part.sum.0, part.sum.1.clone())
    })
}

/// A checksum of checksums needs them in the list.
fn must_have_sum(upload: &Upload, listed: &Listed) -> Result<(), Fault> {
    let sum = upload.sum.as_ref().filter(|sum| sum.is_composite);
    let Some(sum) = sum.filter(|_| listed.clone().claimed().is_none()) else { return Ok(()) };
    let (name, number) = (sum.algorithm.to_lowercase(), listed.number());
    Err(fault::invalid_request(format!(
        "The upload was created using a {name} checksum. The complete request must include the \
         checksum for each part. It was missing for part {number} in the request."
    )))
}

/// The checksum of the object. Without a wish it is a CRC64NVME, unless the parts were uploaded with
/// others.
fn sum(upload: &Upload, parts: &[&Part]) -> Result<Sum, Fault> {
    let first = parts.first().map(|part| part.sum.0.as_str()).unwrap_or_default();
    let name = upload.sum.as_ref().map_or(first, |sum| &sum.algorithm);
    let algorithm = Algorithm::of_name(name);
    let mismatch =
        || fault::invalid_request("The parts of the upload have checksums of several algorithms.");
    let algorithm = algorithm.ok_or_else(mismatch)?;
    let read = |part: &&Part| {
        let same = part.sum.0 == algorithm.name();
        same.then(|| Checksum::read(algorithm, &part.sum.1)).flatten()
    };
    let sums: Option<Vec<Checksum>> = parts.iter().map(read).collect();
    let sums = sums.ok_or_else(mismatch)?;
    let is_composite = upload.sum.as_ref().is_some_and(|sum| sum.is_composite);
    let whole = if is_composite || !algorithm.allows(sekisho_wire::checksum::Kind::FullObject) {
        composite(algorithm, &sums)
    } else {
        let sizes = parts.iter().map(|part| part.size);
        full_object(algorithm, &sums.into_iter().zip(sizes).collect::<Vec<_>>())
    };
    let whole = whole.ok_or_else(mismatch)?;
    let value = whole.checksum.base64();
    Ok(Sum { algorithm: algorithm.name().to_owned(), value, of_parts: whole.parts })
}
