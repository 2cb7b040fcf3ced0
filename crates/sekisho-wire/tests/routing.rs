//! Every operation of every service, as a request, comes back as itself.
#![expect(clippy::unwrap_used, reason = "tests")]

use http::Request;
use http::request::Parts;
use sekisho_wire::model::{self, Kind, Location, Member, Operation, Protocol, Service};
use sekisho_wire::route::{
    Hosts, INSEPARABLE, Labels, QUERY_PARAMETERS_MAX, Route, Unroutable, route,
};

fn hosts() -> Hosts {
    Hosts::new(["localhost".to_owned()])
}

fn members(service: &'static Service, operation: &Operation) -> &'static [Member] {
    match operation.input.and_then(|id| service.shape(id)).map(|shape| &shape.kind) {
        Some(Kind::Structure(shape)) => shape.members,
        _ => &[],
    }
}

/// The smallest request that is one for this operation: what is required in path, query string and headers.
fn request(
    service: &'static Service,
    operation: &Operation,
    protocol: Protocol,
) -> (Parts, String) {
    let post = |target: &str| Request::post(target).header("host", "localhost:4566");
    let (builder, body) = match protocol {
        Protocol::Json => {
            let target = format!("{}.{}", service.target_prefix, operation.name);
            (post("/").header("x-amz-target", target), "{}".to_owned())
        }
        Protocol::Cbor => {
            let path = format!("/service/{}/operation/{}", service.target_prefix, operation.name);
            (post(&path).header("smithy-protocol", "rpc-v2-cbor"), String::new())
        }
        Protocol::Query => {
            let form = format!("Action={}&Version={}", operation.name, service.api_version);
            (post("/").header("content-type", "application/x-www-form-urlencoded"), form)
        }
        Protocol::RestJson | Protocol::RestXml => (rest(service, operation), String::new()),
    };
    (builder.body(()).unwrap().into_parts().0, body)
}

fn rest(service: &'static Service, operation: &Operation) -> http::request::Builder {
    let required = || members(service, operation).iter().filter(|member| member.required);
    let uri = operation.uri.replace("{Bucket}", "bucket").replace("{Key+}", "a/b%20c+d");
    let mut uri = uri.replace(['{', '}'], "");
    for member in required().filter(|member| member.location == Location::QueryString) {
        uri.push(if uri.contains('?') { '&' } else { '?' });
        uri.push_str(&format!("{}=1", member.location_name));
    }
    let headers = required().filter(|member| member.location == Location::Header);
    let builder = Request::builder().method(operation.method).uri(uri).header("host", "localhost");
    headers.fold(builder, |builder, member| builder.header(member.location_name, "1"))
}

fn name(found: Result<Route, Unroutable>) -> String {
    match found {
        Ok(route) => format!("{}:{}", route.service.name, route.operation.name),
        Err(refused) => refused.error.code,
    }
}

#[test]
fn every_operation_routes_to_itself() {
    let mut routed = 0;
    for service in model::services() {
        for operation in service.operations {
            for protocol in service.protocols {
                let (parts, body) = request(service, operation, *protocol);
                let found = route(&parts, Some(service.signing_name), &hosts(), body.as_bytes());
                let expected = INSEPARABLE.iter().find(|(name, ..)| *name == operation.name);
                let expected = expected.map_or(operation.name, |(_, other, _)| other);
                assert_eq!(name(found), format!("{}:{expected}", service.name), "{protocol:?}");
                routed += 1;
            }
        }
    }
    assert!(routed > 1500, "{routed}");
}

#[test]
fn without_a_signature_the_marks_decide() {
    for service in model::services().filter(|service| service.name != "lambda") {
        for operation in service.operations {
            for protocol in service.protocols {
                let (parts, body) = request(service, operation, *protocol);
                let found = route(&parts, None, &hosts(), body.as_bytes()).unwrap();
                assert_eq!((found.service.name, found.protocol), (service.name, *protocol));
            }
        }
    }
}

fn s3(method: &str, host: &str, uri: &str) -> Result<Route, Unroutable> {
    let request = Request::builder().method(method).uri(uri).header("host", host);
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    if uri.contains("copied") {
        parts.headers.insert("x-amz-copy-source", "/other/key".parse().unwrap());
    }
    route(&parts, Some("s3"), &hosts(), b"")
}

#[test]
fn s3_tells_requests_apart_by_query_string_and_headers() {
    let cases = [
        ("GET", "/", "ListBuckets"),
        ("GET", "/?x-id=ListDirectoryBuckets", "ListDirectoryBuckets"),
        ("GET", "/b", "ListObjects"),
        ("GET", "/b/?prefix=a&delimiter=/", "ListObjects"),
        ("GET", "/b?list-type=2&prefix=x", "ListObjectsV2"),
        ("GET", "/b?versions&prefix=x", "ListObjectVersions"),
        ("GET", "/b?uploads", "ListMultipartUploads"),
        ("GET", "/b?analytics", "ListBucketAnalyticsConfigurations"),
        ("GET", "/b?analytics&id=1", "GetBucketAnalyticsConfiguration"),
        ("GET", "/b?lifecycle", "GetBucketLifecycleConfiguration"),
        ("GET", "/b/k", "GetObject"),
        ("GET", "/b/k?versionId=1&response-content-type=a&x-id=GetObject", "GetObject"),
        ("GET", "/b/k?partNumber=1", "GetObject"),
        ("GET", "/b/k?anything=1", "GetObject"),
        ("GET", "/b/k?tagging", "GetObjectTagging"),
        ("GET", "/b/k?tagging=&versionId=1", "GetObjectTagging"),
        ("GET", "/b/k?uploadId=1", "ListParts"),
        ("GET", "/b/k?attributes", "GetObjectAttributes"),
        ("HEAD", "/b", "HeadBucket"),
        ("HEAD", "/b/k", "HeadObject"),
        ("PUT", "/b", "CreateBucket"),
        ("PUT", "/b/k", "PutObject"),
        ("PUT", "/b/k?x-id=GetObject", "PutObject"),
        ("PUT", "/b/copied", "CopyObject"),
        ("PUT", "/b/k?partNumber=1&uploadId=2", "UploadPart"),
        ("PUT", "/b/copied?partNumber=1&uploadId=2", "UploadPartCopy"),
        ("PUT", "/b/k?tagging", "PutObjectTagging"),
        ("POST", "/b?delete", "DeleteObjects"),
        ("POST", "/b/k?uploads", "CreateMultipartUpload"),
        ("POST", "/b/k?uploadId=1", "CompleteMultipartUpload"),
        ("POST", "/b/k?select&select-type=2", "SelectObjectContent"),
        ("DELETE", "/b", "DeleteBucket"),
        ("DELETE", "/b?policy", "DeleteBucketPolicy"),
        ("DELETE", "/b/k", "DeleteObject"),
        ("DELETE", "/b/k?uploadId=1", "AbortMultipartUpload"),
    ];
    for (method, uri, operation) in cases {
        assert_eq!(name(s3(method, "localhost", uri)), format!("s3:{operation}"), "{method} {uri}");
    }
}

/// What lacks a part must not become something else that does more harm.
#[test]
fn a_request_about_a_part_is_never_one_about_the_whole() {
    let many = format!("/b?{}", "a&".repeat(QUERY_PARAMETERS_MAX + 1));
    let cases = [
        ("DELETE", "/b?analytics", "s3:DeleteBucketAnalyticsConfiguration"),
        ("DELETE", "/b?versioning", "MethodNotAllowed"),
        ("DELETE", "/b/k?acl", "MethodNotAllowed"),
        ("PUT", "/b/k?uploadId=1", "s3:UploadPart"),
        ("PUT", "/b/k?partNumber=1", "s3:UploadPart"),
        ("PUT", "/b?website=1&policy", "MethodNotAllowed"),
        ("GET", "/b?list-type=3", "MethodNotAllowed"),
        ("POST", "/b/k", "MethodNotAllowed"),
        ("PATCH", "/b/k", "MethodNotAllowed"),
        ("GET", "/b/%FF", "InvalidURI"),
        ("GET", &many, "InvalidURI"),
    ];
    for (method, uri, expected) in cases {
        assert_eq!(name(s3(method, "localhost", uri)), expected, "{method} {uri}");
    }
}

fn key(host: &str, uri: &str) -> Labels {
    s3("GET", host, uri).unwrap().labels
}

#[test]
fn keys_are_kept_as_they_came() {
    let cases = [
        ("localhost:4566", "/b/a/../c", "a/../c"),
        ("localhost:4566", "/b//a//", "/a//"),
        ("localhost:4566", "/b/./", "./"),
        ("localhost:4566", "/b/a+b%2Bc%20d", "a+b+c d"),
        ("localhost:4566", "/b/%E3%81%82%2F%00", "あ/\0"),
        ("b.localhost:4566", "/a/b", "a/b"),
        ("b.s3.localhost", "/b", "b"),
        ("b.s3.us-east-1.amazonaws.com", "//k", "/k"),
    ];
    for (host, uri, expected) in cases {
        let expected = [("Bucket", "b".to_owned()), ("Key", expected.to_owned())];
        assert_eq!(key(host, uri), expected, "{host} {uri}");
    }
}

#[test]
fn refusals_name_what_was_asked_for() {
    let head = |uri: &str| Request::post(uri).body(()).unwrap().into_parts().0;
    let mut unknown = head("/");
    unknown.headers.insert("x-amz-target", "TrentService.Nope".parse().unwrap());
    let (mut get, ()) = Request::get("/").body(()).unwrap().into_parts();
    get.headers.insert("x-amz-target", "TrentService.ListKeys".parse().unwrap());
    let twice = b"Action=GetAccountSummary&Version=2010-05-08&Action=ListUsers";
    let cases: [(&str, &Parts, &[u8], &str); 11] = [
        ("kms", &get, b"", "UnknownOperationException"),
        ("iam", &head("/"), twice, "MalformedQueryString"),
        ("iam", &head("/?Action=ListUsers"), twice, "MalformedQueryString"),
        ("kms", &head("/"), b"{}", "UnknownOperationException"),
        ("kms", &unknown, b"{}", "UnknownOperationException"),
        ("ecs", &unknown, b"{}", "UnknownOperationException"),
        ("iam", &head("/"), b"Version=2010-05-08", "MissingAction"),
        ("iam", &head("/"), b"Action=GetRole", "InvalidAction"),
        ("iam", &head("/"), b"Action=Nope&Version=2010-05-08", "InvalidAction"),
        ("iam", &head("/"), b"Action=%FF", "MalformedQueryString"),
        ("dynamodb", &head("/"), b"", "NotImplemented"),
    ];
    for (service, parts, body, code) in cases {
        assert_eq!(name(route(parts, Some(service), &hosts(), body)), code, "{service}");
    }
}

#[test]
fn a_signature_for_one_service_reaches_no_other() {
    let (parts, body) = {
        let iam = model::service("iam").unwrap();
        request(iam, iam.operation("GetRole").unwrap(), Protocol::Query)
    };
    assert_eq!(name(route(&parts, Some("sts"), &hosts(), body.as_bytes())), "InvalidAction");
    assert_eq!(name(route(&parts, Some("s3"), &hosts(), body.as_bytes())), "MethodNotAllowed");
}

#[test]
fn query_requests_may_be_gets() {
    let uri = "/?Action=GetCallerIdentity&Version=2011-06-15";
    let (parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
    assert_eq!(name(route(&parts, Some("sts"), &hosts(), b"")), "sts:GetCallerIdentity");
    assert_eq!(name(route(&parts, None, &hosts(), b"")), "sts:GetCallerIdentity");
    let (parts, ()) = Request::post(uri).body(()).unwrap().into_parts();
    assert_eq!(name(route(&parts, Some("sts"), &hosts(), b"")), "sts:GetCallerIdentity");
}
