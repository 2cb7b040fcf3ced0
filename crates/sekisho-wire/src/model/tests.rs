//! The vendored models are whole, and are read as they are written.

use super::*;

fn kms() -> &'static Service {
    service("kms").unwrap()
}

fn structure(service: &'static Service, name: &str) -> &'static StructureShape {
    let id = service.shape_named(name).unwrap();
    match &service.shape(id).unwrap().kind {
        Kind::Structure(structure) => structure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_services_are_there_and_whole() {
    assert!(names().is_sorted());
    assert!(services().map(|service| service.name).eq(names()));
    let count = |of: fn(&Service) -> usize| services().map(of).sum::<usize>();
    assert_eq!(count(|service| service.operations.len()), 1565);
    assert_eq!(count(|service| service.shapes.len()), 10_071);
    let members = |shape: &Shape| match &shape.kind {
        Kind::Structure(structure) => structure.members.len(),
        _ => 0,
    };
    let all = services().flat_map(|service| service.shapes).map(members).sum::<usize>();
    assert_eq!(all, 17_149);
}

#[test]
fn names_are_sorted_and_every_reference_leads_somewhere() {
    for service in services() {
        assert!(service.operations.is_sorted_by(|a, b| a.name < b.name), "{}", service.name);
        assert!(service.shapes.is_sorted_by(|a, b| a.name < b.name), "{}", service.name);
        assert!(!service.protocols.is_empty(), "{}", service.name);
        let known = |id: &ShapeId| assert!(service.shape(*id).is_some(), "{}", service.name);
        for operation in service.operations {
            operation.input.iter().chain(&operation.output).chain(operation.errors).for_each(known);
        }
        for shape in service.shapes {
            assert!(!shape.name.is_empty(), "{}", service.name);
            match &shape.kind {
                Kind::Structure(StructureShape { members, .. }) => {
                    members.iter().for_each(|member| known(&member.shape));
                }
                Kind::List { element, .. } => known(element),
                Kind::Map { key, value, .. } => [key, value].into_iter().for_each(known),
                _ => {}
            }
        }
    }
}

#[test]
fn a_service_is_read() {
    let kms = kms();
    assert_eq!((kms.endpoint_prefix, kms.signing_name), ("kms", "kms"));
    assert_eq!((kms.target_prefix, kms.json_version), ("TrentService", "1.1"));
    assert_eq!(kms.protocols, [Protocol::Json]);
    let cloudwatch = service("cloudwatch").unwrap();
    assert_eq!(cloudwatch.endpoint_prefix, "monitoring");
    assert_eq!(cloudwatch.protocols, [Protocol::Cbor, Protocol::Json, Protocol::Query]);
    assert!(cloudwatch.query_compatible && !kms.query_compatible);
    assert_eq!(service("iam").unwrap().xml_namespace, "https://iam.amazonaws.com/doc/2010-05-08/");
    assert!(service("ec2").is_none());
}

#[test]
fn operations_are_read() {
    let decrypt = kms().operation("Decrypt").unwrap();
    assert_eq!((decrypt.method, decrypt.uri, decrypt.status), ("POST", "/", 200));
    let name = |id: Option<ShapeId>| kms().shape(id.unwrap()).unwrap().name;
    assert_eq!((name(decrypt.input), name(decrypt.output)), ("DecryptRequest", "DecryptResponse"));
    assert!(decrypt.errors.iter().any(|id| name(Some(*id)) == "InvalidCiphertextException"));
    let sts = service("sts").unwrap();
    let web = sts.operation("AssumeRoleWithWebIdentity").unwrap();
    assert!(web.unsigned && !sts.operation("AssumeRole").unwrap().unsigned);
    assert_eq!(web.result_wrapper, "AssumeRoleWithWebIdentityResult");
    let s3 = service("s3").unwrap();
    let delete = s3.operation("DeleteObjects").unwrap();
    assert_eq!((delete.method, delete.uri), ("POST", "/{Bucket}?delete"));
    assert!(delete.needs_checksum && !s3.operation("PutObject").unwrap().needs_checksum);
    let root = s3.operation("SelectObjectContent").unwrap().input_root.unwrap();
    assert_eq!(root.name, "SelectObjectContentRequest");
    assert_eq!(root.namespace, "http://s3.amazonaws.com/doc/2006-03-01/");
    assert_eq!(s3.operation("DeleteObject").unwrap().status, 204);
    let sync = service("stepfunctions").unwrap().operation("StartSyncExecution").unwrap();
    assert_eq!(sync.host_prefix, "sync-");
}

#[test]
fn shapes_are_read() {
    let key = kms().shape(structure(kms(), "DecryptRequest").member("KeyId").unwrap().shape);
    let Kind::String { length, pattern, values } = &key.unwrap().kind else { panic!("{key:?}") };
    assert_eq!((*length, *pattern), (Range { min: Some(1), max: Some(2048) }, ""));
    assert!(values.is_empty());
    let plaintext = kms().shape_named("PlaintextType").and_then(|id| kms().shape(id)).unwrap();
    assert!(plaintext.sensitive);
    assert_eq!(
        structure(kms(), "NotFoundException").error.map(|error| (error.code, error.status)),
        Some(("NotFoundException", 400))
    );
    let iam = service("iam").unwrap();
    let gone = structure(iam, "NoSuchEntityException").error.unwrap();
    assert_eq!((gone.code, gone.status, gone.sender_fault), ("NoSuchEntity", 404, true));
    let fault = structure(iam, "ServiceFailureException").error.unwrap();
    assert_eq!((fault.code, fault.status, fault.sender_fault), ("ServiceFailure", 500, false));
    let weight = service("lambda").unwrap();
    let weight = weight.shape(weight.shape_named("Weight").unwrap()).unwrap();
    let Kind::Float(range) = weight.kind else { panic!("{weight:?}") };
    assert_eq!(range, Range { min: Some(0.0), max: Some(1.0) });
}

#[test]
fn members_are_read_in_the_models_order() {
    let members = |service: &'static Service, name: &str| {
        let members = structure(service, name).members.iter();
        members.map(|member| member.name).collect::<Vec<_>>()
    };
    let tag = members(kms(), "Tag");
    assert_eq!(tag, ["TagKey", "TagValue"]);
    let s3 = service("s3").unwrap();
    let put = structure(s3, "PutObjectRequest");
    assert_eq!(put.payload, "Body");
    assert!(put.member("Body").unwrap().streaming);
    let bucket = put.member("Bucket").unwrap();
    assert!(bucket.required && bucket.location == Location::Uri);
    let metadata = put.member("Metadata").unwrap();
    assert_eq!((metadata.location, metadata.location_name), (Location::Headers, "x-amz-meta-"));
    let grantee = structure(s3, "Grantee").member("Type").unwrap();
    assert!(grantee.xml_attribute && grantee.location_name == "xsi:type");
    let log = structure(service("logs").unwrap(), "InputLogEvent");
    assert!(log.member("timestamp").unwrap().required);
    assert_eq!(log.members.first().unwrap().name, "timestamp");
}

#[test]
fn corrupt_data_is_no_panic() {
    let texts =
        ["", "\n", "x", "x\t\t\t\t\tz", "x\n-\n", "x\n-\n[L\n%M\t\t\t\t9\n{S\n.m\n.n\tx\n\n?\n"];
    for text in texts {
        let compressed = miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 1);
        let read = format::inflate(&compressed);
        assert_eq!(read.is_some(), !text.is_empty(), "{text:?}");
    }
    assert!(format::inflate(b"no zlib").is_none());
}
