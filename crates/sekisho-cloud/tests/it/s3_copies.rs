//! Copies whose bytes are read: parts of uploads, and objects that are to have another checksum.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const MIB: usize = 1024 * 1024;

fn input(key: &str, more: Json) -> Json {
    let mut input = json!({ "Bucket": "artifacts", "Key": key });
    let Json::Object(more) = more else { panic!("{more} is no object") };
    input.as_object_mut().unwrap().extend(more);
    input
}

/// The bytes of the source, and a rig whose bucket has them under `source`.
fn rig() -> (Rig, Vec<u8>) {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "s3:CreateBucket", json!({ "Bucket": "artifacts" }));
    let bytes: Vec<u8> = (0..251).cycle().take(6 * MIB).collect();
    rig.send(ADMIN, "s3:PutObject", input("source", json!({})), &bytes).unwrap();
    (rig, bytes)
}

fn begin(rig: &mut Rig, key: &str, more: Json) -> Json {
    rig.tell(ADMIN, "s3:CreateMultipartUpload", input(key, more))["UploadId"].clone()
}

fn part(upload: &Json, number: usize, more: Json) -> Json {
    let named = json!({
        "UploadId": upload, "PartNumber": number, "CopySource": "artifacts/source"
    });
    let mut named = input("copy", named);
    let Json::Object(more) = more else { panic!("{more} is no object") };
    named.as_object_mut().unwrap().extend(more);
    named
}

/// A policy that allows these actions on everything.
fn allows(actions: &[&str]) -> Json {
    let statement = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

#[test]
fn parts_are_copied_in_ranges() {
    let (mut rig, bytes) = rig();
    let upload = begin(
        &mut rig,
        "copy",
        json!({ "ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT" }),
    );
    let mut parts = Vec::new();
    for (number, range) in [(1, "bytes=0-5242879"), (2, "bytes=5242880-6291455")] {
        let copied = part(&upload, number, json!({ "CopySourceRange": range }));
        let copied = rig.tell(ADMIN, "s3:UploadPartCopy", copied);
        assert_eq!(copied["ServerSideEncryption"], "AES256");
        let copied = &copied["CopyPartResult"];
        assert!(copied["ChecksumCRC32"].is_string() && copied["LastModified"].is_number());
        parts.push(json!({ "PartNumber": number, "ETag": copied["ETag"] }));
    }
    let one = rig.send(ADMIN, "s3:PutObject", input("one", json!({})), &bytes[..5 * MIB]).unwrap();
    assert_eq!(parts[0]["ETag"], one["ETag"], "the entity tag is the MD5 of the bytes");
    rig.restart();
    let complete = json!({ "UploadId": upload, "MultipartUpload": { "Parts": parts } });
    let done = rig.tell(ADMIN, "s3:CompleteMultipartUpload", input("copy", complete));
    let whole = json!({ "ChecksumAlgorithm": "CRC32" });
    let whole = rig.send(ADMIN, "s3:PutObject", input("whole", whole), &bytes).unwrap();
    assert_eq!(done["ChecksumCRC32"], whole["ChecksumCRC32"], "so is the checksum");
    rig.tell(ADMIN, "s3:DeleteObject", input("source", json!({})));
    rig.tell(ADMIN, "s3:GetObject", input("copy", json!({})));
    assert!(rig.body == bytes);
    rig.verify();
}

#[test]
fn a_part_is_refused_where_its_source_is_not_as_it_should_be() {
    let (mut rig, _) = rig();
    let upload = begin(&mut rig, "copy", json!({}));
    let refused =
        |rig: &mut Rig, more| rig.refused(ADMIN, "s3:UploadPartCopy", part(&upload, 1, more));
    assert_eq!(
        refused(&mut rig, json!({ "CopySourceRange": "bytes=0-6291456" })),
        "InvalidArgument: Range specified is not valid for source object of size: 6291456"
    );
    assert_eq!(
        refused(&mut rig, json!({ "CopySourceRange": "bytes=-5" })),
        "InvalidArgument: The x-amz-copy-source-range value must be of the form bytes=first-last \
         where first and last are the zero-based offsets of the first and last bytes to copy"
    );
    for condition in [
        json!({ "CopySourceIfMatch": "other" }),
        json!({ "CopySourceIfNoneMatch": "*" }),
        json!({ "CopySourceIfUnmodifiedSince": 1000 }),
    ] {
        assert_eq!(
            refused(&mut rig, condition),
            "PreconditionFailed: At least one of the pre-conditions you specified did not hold"
        );
    }
    let gone = refused(&mut rig, json!({ "CopySource": "artifacts/gone" }));
    assert_eq!(gone, "NoSuchKey: The specified key does not exist.");
    let number = refused(&mut rig, json!({ "PartNumber": 0 }));
    assert!(number.starts_with("InvalidArgument: Part number must be"), "{number}");
    let no_upload = refused(&mut rig, json!({ "UploadId": "none" }));
    assert!(no_upload.starts_with("NoSuchUpload: "), "{no_upload}");
    let parts = rig.tell(ADMIN, "s3:ListParts", input("copy", json!({ "UploadId": upload })));
    assert!(parts.get("Parts").is_none_or(|parts| parts == &json!([])), "{parts}");
    rig.verify();
}

#[test]
fn a_part_asks_for_its_source_and_its_target() {
    let (mut rig, _) = rig();
    let versioning =
        json!({ "Bucket": "artifacts", "VersioningConfiguration": { "Status": "Enabled" } });
    rig.tell(ADMIN, "s3:PutBucketVersioning", versioning);
    let version = rig.send(ADMIN, "s3:PutObject", input("source", json!({})), b"new").unwrap();
    let version = version["VersionId"].as_str().unwrap().to_owned();
    let upload = begin(&mut rig, "copy", json!({}));
    let of_version = json!({ "CopySource": format!("artifacts/source?versionId={version}") });
    let text = |who: &str, action: &str, on: &str| {
        format!(
            "AccessDenied: User: arn:aws:iam::111111111111:user/{who} is not authorized to perform: \
             {action} on resource: \"arn:aws:s3:::artifacts/{on}\" because no identity-based policy \
             allows the {action} action"
        )
    };
    let cases: [(&str, &[&str], Json, &str, &str); 3] = [
        ("writer", &["s3:PutObject"], json!({}), "s3:GetObject", "source"),
        ("reader", &["s3:GetObject"], json!({}), "s3:PutObject", "copy"),
        ("current", &["s3:*Object"], of_version.clone(), "s3:GetObjectVersion", "source"),
    ];
    for (who, actions, more, action, on) in cases {
        let name = format!("tools/{who}");
        rig.user(&name, Some(&allows(actions)));
        let refused = rig.refused(&name, "s3:UploadPartCopy", part(&upload, 1, more));
        assert_eq!(refused, text(who, action, on));
    }
    let copied = rig.tell(ADMIN, "s3:UploadPartCopy", part(&upload, 1, of_version));
    assert_eq!(copied["CopySourceVersionId"], version.as_str());
    rig.verify();
}

#[test]
fn kms_is_asked_for_both_sides() {
    let (mut rig, _) = rig();
    let key = |rig: &mut Rig| rig.tell(ADMIN, "kms:CreateKey", json!({}))["KeyMetadata"].clone();
    let (one, two) = (key(&mut rig), key(&mut rig));
    let under =
        |key: &Json| json!({ "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key["Arn"] });
    rig.send(ADMIN, "s3:PutObject", input("source", under(&one)), b"secret").unwrap();
    let upload = begin(&mut rig, "copy", under(&two));
    rig.user("tools/s3", Some(&allows(&["s3:*"])));
    let decrypt = |key: &Json| {
        let statement = json!([
            { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": key["Arn"] },
        ]);
        json!({ "Version": "2012-10-17", "Statement": statement })
    };
    rig.user("tools/source", Some(&decrypt(&one)));
    for (who, key) in [("s3", &one), ("source", &two)] {
        assert_eq!(
            rig.refused(&format!("tools/{who}"), "s3:UploadPartCopy", part(&upload, 1, json!({}))),
            format!(
                "AccessDenied: User: arn:aws:iam::111111111111:user/{who} is not authorized to \
                 perform: kms:Decrypt on resource: {} because no identity-based policy allows the \
                 kms:Decrypt action",
                key["Arn"].as_str().unwrap()
            )
        );
    }
    let copied = rig.tell(ADMIN, "s3:UploadPartCopy", part(&upload, 1, json!({})));
    assert_eq!(copied["SSEKMSKeyId"], two["Arn"]);
    let listing = input("copy", json!({ "UploadId": upload }));
    let refused = rig.refused("tools/source", "s3:ListParts", listing.clone());
    assert!(refused.contains("kms:Decrypt on resource"), "{refused}");
    rig.tell(ADMIN, "s3:ListParts", listing);
    let parts = json!([{ "PartNumber": 1, "ETag": copied["CopyPartResult"]["ETag"] }]);
    let complete = json!({ "UploadId": upload, "MultipartUpload": { "Parts": parts } });
    rig.tell(ADMIN, "s3:CompleteMultipartUpload", input("copy", complete));
    rig.tell(ADMIN, "s3:GetObject", input("copy", json!({})));
    assert_eq!(rig.body, b"secret");
    rig.verify();
}

#[test]
fn a_copy_has_the_checksum_that_is_wanted() {
    let (mut rig, bytes) = rig();
    let bodies = |rig: &Rig| rig.memory.0.lock().unwrap().bodies.len();
    let copy = json!({ "CopySource": "artifacts/source", "ChecksumAlgorithm": "SHA256" });
    let copied = rig.tell(ADMIN, "s3:CopyObject", input("copy", copy));
    let sum = json!({ "ChecksumAlgorithm": "SHA256" });
    let put = rig.send(ADMIN, "s3:PutObject", input("put", sum), &bytes).unwrap();
    assert_eq!(copied["CopyObjectResult"]["ChecksumSHA256"], put["ChecksumSHA256"]);
    assert_eq!(copied["CopyObjectResult"]["ETag"], put["ETag"]);
    assert_eq!(bodies(&rig), 3, "it has a body of its own");
    let same = json!({ "CopySource": "artifacts/copy", "ChecksumAlgorithm": "SHA256" });
    rig.tell(ADMIN, "s3:CopyObject", input("same", same));
    assert_eq!(bodies(&rig), 3, "it has the body of its source");
    rig.tell(ADMIN, "s3:GetObject", input("same", json!({})));
    assert!(rig.body == bytes);
    rig.verify();
}

/// What S3 says in headers where it refuses.
#[test]
fn refusals_have_headers() {
    let (mut rig, _) = rig();
    let headers = |rig: &mut Rig, who: &str, operation: &str, input: Json| {
        let fault = rig.call(who, operation, input).unwrap_err();
        let lines = fault.headers.into_iter().map(|(name, value)| format!("{name}: {value}"));
        lines.collect::<Vec<_>>()
    };
    let region = "x-amz-bucket-region: us-east-1";
    let head = rig.tell(ADMIN, "s3:HeadObject", input("source", json!({})));
    let known = json!({ "IfNoneMatch": head["ETag"] });
    assert_eq!(
        headers(&mut rig, ADMIN, "s3:GetObject", input("source", known)),
        [
            format!("ETag: {}", head["ETag"].as_str().unwrap()),
            "Last-Modified: Tue, 24 Nov 2026 00:00:00 GMT".to_owned()
        ]
    );
    let bucket = json!({ "Bucket": "artifacts" });
    assert_eq!(headers(&mut rig, "staging/admin", "s3:HeadBucket", bucket.clone()), [region]);
    assert_eq!(headers(&mut rig, ADMIN, "s3:GetObject", input("none", json!({}))), [region]);
    let versioning =
        json!({ "Bucket": "artifacts", "VersioningConfiguration": { "Status": "Enabled" } });
    rig.tell(ADMIN, "s3:PutBucketVersioning", versioning);
    let marker = rig.tell(ADMIN, "s3:DeleteObject", input("source", json!({})));
    let id = format!("x-amz-version-id: {}", marker["VersionId"].as_str().unwrap());
    let deleted = ["x-amz-delete-marker: true", &id, region];
    assert_eq!(headers(&mut rig, ADMIN, "s3:GetObject", input("source", json!({}))), deleted);
    let by_id = input("source", json!({ "VersionId": marker["VersionId"] }));
    let allowed = ["Allow: DELETE", "Last-Modified: Tue, 24 Nov 2026 00:00:00 GMT"];
    assert_eq!(
        headers(&mut rig, ADMIN, "s3:HeadObject", by_id),
        [&allowed[..], &deleted[..]].concat()
    );
    rig.region = "eu-west-1";
    assert_eq!(headers(&mut rig, ADMIN, "s3:GetBucketAcl", bucket), [region]);
    rig.verify();
}
