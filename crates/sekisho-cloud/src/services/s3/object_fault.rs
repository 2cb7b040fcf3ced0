//! The faults of S3 on objects and uploads. Codes and texts as recorded from S3 or reported by its
//! users.

use super::fault::{fault, invalid_argument, invalid_request};
use super::state::Version;
use crate::fault::Fault;
use crate::time::http_date;

/// There is no such key.
pub(super) fn no_key(key: &str) -> Fault {
    fault("NoSuchKey", 404, "The specified key does not exist.").with("Key", key)
}

/// There is no such version.
pub(super) fn no_version(key: &str, version: &str) -> Fault {
    let text = "The specified version does not exist.";
    fault("NoSuchVersion", 404, text).with("Key", key).with("VersionId", version)
}

/// What cannot be the id of a version.
pub(super) fn invalid_version(version: &str) -> Fault {
    invalid_argument("versionId", version, text_of_version(version))
}

/// What cannot be the id of a version of a copy source. Recorded from S3 in the tables "Versioning Mix" of a
/// public suite that compares S3 with others (2026).
pub(super) fn invalid_source_version(version: &str) -> Fault {
    invalid_argument("x-amz-copy-source", version, text_of_version(version))
}

/// What cannot be the id of a version behind which a listing begins.
pub(super) fn invalid_version_marker(version: &str) -> Fault {
    invalid_argument("version-id-marker", version, text_of_version(version))
}

fn text_of_version(version: &str) -> &'static str {
    match version {
        "" => "Version id cannot be the empty string",
        _ => "Invalid version id specified",
    }
}

/// What is asked of a delete marker, named by its id, that only objects can do. Source: S3 User
/// Guide, "Working with delete markers".
pub(super) fn is_marker(method: &str, marker: &Version) -> Fault {
    let text = "The specified method is not allowed against this resource.";
    let fault = fault("MethodNotAllowed", 405, text)
        .with("Method", method)
        .with("ResourceType", "DeleteMarker")
        .with_header("Allow", "DELETE")
        .with_header("Last-Modified", http_date(marker.modified_ms));
    marked(fault, marker)
}

/// The same fault, which a delete marker is the reason of.
pub(super) fn marked(fault: Fault, marker: &Version) -> Fault {
    fault
        .with_header("x-amz-delete-marker", "true")
        .with_header("x-amz-version-id", marker.shown_id())
}

/// Refuses to pass over a retention: no bucket has Object Lock. Recorded from S3, January 2025.
pub(super) fn check_bypass(bypass: Option<bool>) -> Result<(), Fault> {
    let name = "x-amz-bypass-governance-retention";
    let text = format!("{name} is only applicable to Object Lock enabled buckets.");
    let refused = || fault("InvalidArgument", 400, text).with("ArgumentName", name);
    bypass.map_or(Ok(()), |_| Err(refused()))
}

/// A condition does not hold.
pub(super) fn precondition(name: &str) -> Fault {
    let text = "At least one of the pre-conditions you specified did not hold";
    fault("PreconditionFailed", 412, text).with("Condition", name)
}

/// Nothing has changed since the client last saw it.
pub(super) fn not_modified(etag: &str, modified_ms: i64) -> Fault {
    fault("NotModified", 304, "Not Modified")
        .with_header("ETag", format!("\"{etag}\""))
        .with_header("Last-Modified", http_date(modified_ms))
}

/// A condition that cannot be judged because the object changed during the upload.
pub(super) fn conflict(condition: &str, key: &str) -> Fault {
    let text = "The conditional request cannot succeed due to a conflicting operation against \
                this resource.";
    fault("ConditionalRequestConflict", 409, text).with("Condition", condition).with("Key", key)
}

/// A value of a header that AWS does not implement either.
pub(super) fn not_implemented(header: &str) -> Fault {
    let more = format!("We don't accept the provided value of {header} header for this API");
    implies_more(header, more)
}

/// Two conditions that S3 does not take together (recorded in localstack's snapshots, 2025).
pub(super) fn several_conditions() -> Fault {
    let more = "Multiple conditional request headers present in the request";
    implies_more("If-Match,If-None-Match", more)
}

fn implies_more(header: &str, more: impl Into<String>) -> Fault {
    let text = "A header you provided implies functionality that is not implemented";
    fault("NotImplemented", 501, text).with("Header", header).with("additionalMessage", more)
}

/// A range that the object has nothing of.
pub(super) fn invalid_range(range: &str, size: u64) -> Fault {
    fault("InvalidRange", 416, "The requested range is not satisfiable")
        .with("RangeRequested", range)
        .with("ActualObjectSize", size.to_string())
}

/// A part that the object does not have.
pub(super) fn no_such_part(number: i64, count: usize) -> Fault {
    fault("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
        .with("PartNumberRequested", number.to_string())
        .with("ActualPartCount", count.to_string())
}

/// There is no such upload.
pub(super) fn no_upload(id: &str) -> Fault {
    let text = "The specified upload does not exist. The upload ID may be invalid, or the upload \
                may have been aborted or completed.";
    fault("NoSuchUpload", 404, text).with("UploadId", id)
}

/// A part in the list that was not uploaded so.
pub(super) fn invalid_part(upload: &str, number: i64, etag: &str) -> Fault {
    let text = "One or more of the specified parts could not be found.  The part may not have \
                been uploaded, or the specified entity tag may not match the part's entity tag.";
    fault("InvalidPart", 400, text)
        .with("UploadId", upload)
        .with("PartNumber", number.to_string())
        .with("ETag", etag)
}

/// Parts in another order than that of their numbers.
pub(super) fn part_order(upload: &str) -> Fault {
    let text =
        "The list of parts was not in ascending order. Parts must be ordered by part number.";
    fault("InvalidPartOrder", 400, text).with("UploadId", upload)
}

/// A part that is too small and not the last.
pub(super) fn part_too_small(size: u64, min: u64, number: i64, etag: &str) -> Fault {
    fault("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
        .with("ProposedSize", size.to_string())
        .with("MinSizeAllowed", min.to_string())
        .with("PartNumber", number.to_string())
        .with("ETag", etag)
}

/// An upload that is too large.
pub(super) fn too_large(size: u64, max: u64) -> Fault {
    fault("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size")
        .with("ProposedSize", size.to_string())
        .with("MaxSizeAllowed", max.to_string())
}

/// A number that is no part's.
pub(super) fn part_number(number: i64) -> Fault {
    let text = "Part number must be an integer between 1 and 10000, inclusive";
    invalid_argument("partNumber", &number.to_string(), text)
}

/// A key that is too long.
pub(super) fn key_too_long(size: usize, max: usize) -> Fault {
    fault("KeyTooLongError", 400, "Your key is too long")
        .with("Size", size.to_string())
        .with("MaxSizeAllowed", max.to_string())
}

/// Too much metadata.
pub(super) fn metadata_too_large(size: usize, max: usize) -> Fault {
    let text = "Your metadata headers exceed the maximum allowed metadata size";
    fault("MetadataTooLarge", 400, text)
        .with("Size", size.to_string())
        .with("MaxSizeAllowed", max.to_string())
}

/// ACLs are switched off.
pub(super) fn no_acls() -> Fault {
    fault("AccessControlListNotSupported", 400, "The bucket does not allow ACLs")
}

/// A storage class that objects here cannot have.
pub(super) fn storage_class(class: &str) -> Fault {
    let text = "The storage class you specified is not valid";
    fault("InvalidStorageClass", 400, text).with("StorageClassRequested", class)
}

/// A tag that is refused; `value` where it is to blame.
pub(super) fn invalid_tag(text: &str, key: &str, value: Option<&str>) -> Fault {
    let fault = fault("InvalidTag", 400, text).with("TagKey", key);
    match value {
        Some(value) => fault.with("TagValue", value),
        None => fault,
    }
}

/// More tags than an object may have.
pub(super) fn too_many_tags() -> Fault {
    fault("BadRequest", 400, "Object tags cannot be greater than 10")
}

/// A tagging header that cannot be read.
pub(super) fn tagging_header(text: &str) -> Fault {
    let why = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query \
               parameters without tag name duplicates.";
    invalid_argument("x-amz-tagging", text, why)
}

/// A copy that would change nothing.
pub(super) fn copy_to_itself() -> Fault {
    invalid_request(
        "This copy request is illegal because it is trying to copy an object to itself without \
         changing the object's metadata, storage class, website redirect location or encryption \
         attributes.",
    )
}

/// A copy of a delete marker.
pub(super) fn copy_of_marker() -> Fault {
    let text =
        "The source of a copy request may not specifically refer to a delete marker by version id.";
    invalid_request(text)
}

/// A copy source that names no object.
pub(super) fn copy_source() -> Fault {
    let text = "Invalid copy source object key";
    invalid_argument("x-amz-copy-source", "x-amz-copy-source", text)
}

/// Something else was faster.
pub(super) fn aborted() -> Fault {
    let text = "A conflicting conditional operation is currently in progress against this resource. \
                Please try again.";
    fault("OperationAborted", 409, text)
}

/// A range of a copy source that is none.
pub(super) fn copy_range(range: &str) -> Fault {
    let text = "The x-amz-copy-source-range value must be of the form bytes=first-last where first \
                and last are the zero-based offsets of the first and last bytes to copy";
    invalid_argument("x-amz-copy-source-range", range, text)
}

/// A range that the copy source does not have.
pub(super) fn copy_range_outside(range: &str, size: u64) -> Fault {
    let text = format!("Range specified is not valid for source object of size: {size}");
    invalid_argument("x-amz-copy-source-range", range, text)
}

/// A checksum that is not that of what was received.
pub(super) fn bad_checksum(algorithm: &str) -> Fault {
    let text = format!("The {algorithm} you specified did not match the calculated checksum.");
    fault("BadDigest", 400, text)
}
