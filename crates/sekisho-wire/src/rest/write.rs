//! Replies of REST services.

use bytes::Bytes;
use http::header::CONTENT_RANGE;
use http::{HeaderMap, Response, StatusCode};

use super::header;
use crate::model::{Kind, Location, Member, Operation, Protocol, Service, StructureShape};
use crate::reply;
use crate::text::{self, Place, wire_name};
use crate::value::Structure;
use crate::xml::write::{Writer, known, within};
use crate::{Value, json};

/// The namespace of S3's documents.
const S3: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// The root elements of S3's replies that are not one member: the models of the SDKs do not say them.
/// Source: the "Response Syntax" of each operation in the Amazon S3 API Reference.
const ROOTS: [(&str, &str); 33] = [
    ("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
    ("CreateMultipartUpload", "InitiateMultipartUploadResult"),
    ("CreateSession", "CreateSessionResult"),
    ("DeleteObjects", "DeleteResult"),
    ("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
    ("GetBucketAcl", "AccessControlPolicy"),
    ("GetBucketCors", "CORSConfiguration"),
    ("GetBucketLifecycle", "LifecycleConfiguration"),
    ("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
    ("GetBucketLocation", "LocationConstraint"),
    ("GetBucketLogging", "BucketLoggingStatus"),
    ("GetBucketNotification", "NotificationConfiguration"),
    ("GetBucketNotificationConfiguration", "NotificationConfiguration"),
    ("GetBucketRequestPayment", "RequestPaymentConfiguration"),
    ("GetBucketTagging", "Tagging"),
    ("GetBucketVersioning", "VersioningConfiguration"),
    ("GetBucketWebsite", "WebsiteConfiguration"),
    ("GetObjectAcl", "AccessControlPolicy"),
    ("GetObjectAttributes", "GetObjectAttributesResponse"),
    ("GetObjectTagging", "Tagging"),
    ("ListBucketAnalyticsConfigurations", "ListBucketAnalyticsConfigurationResult"),
    (
        "ListBucketIntelligentTieringConfigurations",
        "ListBucketIntelligentTieringConfigurationsOutput",
    ),
    ("ListBucketInventoryConfigurations", "ListInventoryConfigurationsResult"),
    ("ListBucketMetricsConfigurations", "ListMetricsConfigurationsResult"),
    ("ListBuckets", "ListAllMyBucketsResult"),
    ("ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"),
    ("ListMultipartUploads", "ListMultipartUploadsResult"),
    ("ListObjectAnnotations", "ListObjectAnnotationsResult"),
    ("ListObjectVersions", "ListVersionsResult"),
    ("ListObjects", "ListBucketResult"),
    ("ListObjectsV2", "ListBucketResult"),
    ("ListParts", "ListPartsResult"),
    ("PutObjectAnnotation", "PutObjectAnnotationResult"),
];

/// Replies of S3 that are `204 No Content`, where the models of the SDKs leave it at 200.
/// Source: the sample responses of these operations in the Amazon S3 API Reference.
const WITHOUT_CONTENT: [&str; 2] = ["PutBucketPolicy", "PutBucketTagging"];

/// Writes a reply.
pub(crate) fn reply(
    service: &'static Service,
    operation: &'static Operation,
    protocol: Protocol,
    output: &Structure,
) -> Result<Response<Bytes>, String> {
    let Some(shape) = output_shape(service, operation) else {
        return match output.iter().next() {
            Some((name, _)) => Err(within(name, "is not in the model: there is no output")),
            None => Ok(reply::reply(bare_status(service, operation), "", Bytes::new())),
        };
    };
    known(shape, output)?;
    let (content_type, body) = body(service, operation, protocol, shape, output)?;
    let mut reply = reply::reply(operation.status, content_type, body);
    headers(service, shape, output, reply.headers_mut())?;
    if let Some(status) = status(shape, output)? {
        *reply.status_mut() = status;
    } else if reply.headers().contains_key(CONTENT_RANGE) {
        // No model says so, but HTTP does: part of an object is not the object.
        *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(reply)
}

/// The status of a reply without output.
fn bare_status(service: &Service, operation: &Operation) -> u16 {
    let empty = service.name == "s3" && WITHOUT_CONTENT.contains(&operation.name);
    if empty { 204 } else { operation.status }
}

fn output_shape(
    service: &'static Service,
    operation: &Operation,
) -> Option<&'static StructureShape> {
    match &service.shape(operation.output?)?.kind {
        Kind::Structure(shape) => Some(shape),
        _ => None,
    }
}

/// Writes the members that are headers; a type among them replaces the protocol's.
pub(crate) fn headers(
    service: &'static Service,
    shape: &StructureShape,
    output: &Structure,
    headers: &mut HeaderMap,
) -> Result<(), String> {
    for member in shape.members {
        let Some(value) = output.get(member.name) else { continue };
        match member.location {
            Location::Header => header::write(service, member, value, headers),
            Location::Headers => header::write_prefixed(member.location_name, value, headers),
            _ => Ok(()),
        }
        .map_err(|why| within(member.name, &why))?;
    }
    Ok(())
}

fn status(shape: &StructureShape, output: &Structure) -> Result<Option<StatusCode>, String> {
    let member = shape.members.iter().find(|member| member.location == Location::StatusCode);
    let Some((member, value)) = member.and_then(|member| Some((member, output.get(member.name)?)))
    else {
        return Ok(None);
    };
    match value {
        Value::Integer(code) => {
            u16::try_from(*code).ok().and_then(|code| StatusCode::from_u16(code).ok())
        }
        _ => None,
    }
    .map(Some)
    .ok_or_else(|| within(member.name, "is no status of HTTP"))
}

fn body(
    service: &'static Service,
    operation: &Operation,
    protocol: Protocol,
    shape: &'static StructureShape,
    output: &Structure,
) -> Result<(&'static str, Bytes), String> {
    let in_body = |member: &Member| member.location == Location::Body;
    if let Some(member) = shape.members.iter().find(|member| member.name == shape.payload) {
        return match output.get(member.name) {
            Some(value) => {
                payload(service, protocol, member, value).map_err(|why| within(member.name, &why))
            }
            None => Ok(("", Bytes::new())),
        };
    }
    if !shape.members.iter().any(in_body) {
        return Ok(("", Bytes::new()));
    }
    if protocol == Protocol::RestXml {
        return document(service, operation, shape, output);
    }
    let Some(id) = operation.output else { return Ok(("", Bytes::new())) };
    let inside =
        |name: &str| shape.members.iter().any(|member| member.name == name && in_body(member));
    let inside: Structure =
        output.iter().filter(|(name, _)| inside(name)).map(|(n, v)| (n, v.clone())).collect();
    let body =
        json::write(service, id, &Value::Structure(inside)).map_err(|error| error.to_string())?;
    Ok(("application/json", body.into()))
}

fn document(
    service: &'static Service,
    operation: &Operation,
    shape: &'static StructureShape,
    output: &Structure,
) -> Result<(&'static str, Bytes), String> {
    let root = ROOTS.iter().find(|(name, _)| *name == operation.name).map(|(_, root)| *root);
    let root = root.ok_or("the root element of this reply is not known")?;
    let mut writer = Writer::new(service, Place::Rest, true);
    writer.open(root, S3);
    if operation.name == "GetBucketLocation" {
        // The one document whose root is the value: empty where the bucket is in us-east-1.
        if let Some(Value::Text(region)) = output.get("LocationConstraint") {
            writer.text(region);
        }
    } else {
        writer.members(shape, output, |member| member.location == Location::Body)?;
    }
    writer.close(root);
    Ok(("application/xml", writer.finish().into()))
}

fn payload(
    service: &'static Service,
    protocol: Protocol,
    member: &'static Member,
    value: &Value,
) -> Result<(&'static str, Bytes), String> {
    if member.streaming {
        return Err("is a stream, which is not part of a value".to_owned());
    }
    match (&text::shape(service, member.shape)?.kind, value) {
        // Of the services here that is what a Lambda function returned, which Lambda calls JSON.
        (Kind::Blob { .. }, Value::Blob(bytes)) => Ok(("application/json", bytes.clone())),
        // The one payload of S3 that is a string is a bucket's policy.
        (Kind::String { .. }, Value::Text(text)) => Ok(("application/json", text.clone().into())),
        (Kind::Structure(shape), Value::Structure(structure)) if protocol == Protocol::RestXml => {
            let mut writer = Writer::new(service, Place::Rest, true);
            writer.structure(wire_name(member), S3, shape, structure)?;
            Ok(("application/xml", writer.finish().into()))
        }
        _ => {
            let body =
                json::write(service, member.shape, value).map_err(|error| error.to_string())?;
            Ok(("application/json", body.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_of_s3_has_a_root() {
        let s3 = crate::model::service("s3").unwrap();
        let documents = s3.operations.iter().filter(|operation| {
            output_shape(s3, operation).is_some_and(|shape| {
                shape.payload.is_empty()
                    && shape.members.iter().any(|member| member.location == Location::Body)
            })
        });
        let names: Vec<&str> = documents.map(|operation| operation.name).collect();
        assert_eq!(names, ROOTS.map(|(name, _)| name));
    }
}
