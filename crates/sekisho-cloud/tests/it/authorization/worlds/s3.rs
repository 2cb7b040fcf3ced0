//! S3: a bucket whose policy names the neighbour and the guest, with an object and an upload in it.

use serde_json::{Value as Json, json};

use super::{ADMIN, HOME, kms, text, with};
use crate::authorization::callers::{NEIGHBOUR, named};
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

const BODY: &[u8] = b"body";

/// What the cases are about, in the bucket `things`.
struct World {
    /// The current version of the object `one`, which has tags.
    version: String,
    etag: String,
    /// An upload of the administrator, with its part.
    upload: String,
    part: Json,
    /// An upload that the neighbour began in the bucket `inbox`, where it may write.
    neighbours: String,
}

fn bucket(name: &str) -> Json {
    json!({ "Bucket": name })
}

fn object(key: &str) -> Json {
    json!({ "Bucket": "things", "Key": key })
}

fn policy(bucket: &str, action: &str) -> String {
    let arn = format!("arn:aws:s3:::{bucket}");
    let objects = format!("{arn}/*");
    let resources = if action == "s3:*" { vec![arn, objects] } else { vec![objects] };
    super::policy(&json!({
        "Effect": "Allow", "Principal": named(HOME), "Action": action, "Resource": resources
    }))
}

fn inbox() -> Json {
    json!({ "Bucket": "inbox", "Key": "big" })
}

fn tag_set() -> Json {
    json!({ "Tagging": { "TagSet": [{ "Key": "team", "Value": "a" }] } })
}

fn encryption(key: Option<&str>) -> Json {
    let mut by_default = json!({ "SSEAlgorithm": "AES256" });
    if let Some(key) = key {
        by_default = json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key });
    }
    let rules = json!([{ "ApplyServerSideEncryptionByDefault": by_default }]);
    json!({ "ServerSideEncryptionConfiguration": { "Rules": rules } })
}

fn owner_enforced() -> Json {
    json!({ "OwnershipControls": { "Rules": [{ "ObjectOwnership": "BucketOwnerEnforced" }] } })
}

fn blocked() -> Json {
    json!({ "PublicAccessBlockConfiguration": { "BlockPublicAcls": true } })
}

fn versioned() -> Json {
    json!({ "VersioningConfiguration": { "Status": "Enabled" } })
}

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let key = kms::key(rig);
    for name in ["things", "empty", "sealed"] {
        rig.tell(ADMIN, "s3:CreateBucket", bucket(name));
        let policy = with(bucket(name), json!({ "Policy": policy(name, "s3:*") }));
        rig.tell(ADMIN, "s3:PutBucketPolicy", policy);
    }
    rig.tell(ADMIN, "s3:CreateBucket", bucket("inbox"));
    let policy = with(bucket("inbox"), json!({ "Policy": policy("inbox", "s3:PutObject") }));
    rig.tell(ADMIN, "s3:PutBucketPolicy", policy);
    rig.tell(ADMIN, "s3:PutBucketVersioning", with(bucket("things"), versioned()));
    rig.tell(ADMIN, "s3:PutBucketTagging", with(bucket("things"), tag_set()));
    rig.tell(ADMIN, "s3:PutBucketEncryption", with(bucket("sealed"), encryption(Some(&key))));
    let tagged = with(object("one"), json!({ "Tagging": "team=a" }));
    let put = rig.send(ADMIN, "s3:PutObject", tagged, BODY).unwrap();
    let sealed = json!({ "Bucket": "sealed", "Key": "one" });
    rig.send(ADMIN, "s3:PutObject", sealed, BODY).unwrap();
    let begin = |rig: &mut Rig, who: &str, object: Json| {
        text(&rig.tell(who, "s3:CreateMultipartUpload", object)["UploadId"])
    };
    let upload = begin(rig, ADMIN, object("big"));
    let neighbours = begin(rig, &format!("{HOME}/{NEIGHBOUR}"), inbox());
    let part = with(object("big"), json!({ "UploadId": upload, "PartNumber": 1 }));
    let part = rig.send(ADMIN, "s3:UploadPart", part, BODY).unwrap();
    let (version, etag) = (text(&put["VersionId"]), text(&put["ETag"]));
    let world = World { version, etag, upload, part: part["ETag"].clone(), neighbours };
    let groups = [
        buckets(),
        settings(),
        absent(),
        objects(&world),
        versions(&world),
        uploads(&world),
        more(&world),
    ];
    groups.into_iter().flatten().collect()
}

const OWNER_ONLY: &str = "other accounts never, whatever the bucket policy says (S3 API Reference)";

const BY_DEFAULT: &str = "whoever began an upload needs no more than to write it (S3 User Guide, \
    \"Multipart upload API and permissions\")";

fn buckets() -> Vec<Case> {
    let new = || bucket("new-bucket");
    let owned = json!({ "ObjectOwnership": "BucketOwnerEnforced" });
    let tagged = json!({ "CreateBucketConfiguration": { "Tags": [{ "Key": "t", "Value": "1" }] } });
    let things = || bucket("things");
    vec![
        Case::of("s3:CreateBucket", new()),
        Case::of("s3:CreateBucket", with(new(), owned)).variant("with an ownership"),
        Case::of("s3:CreateBucket", with(new(), tagged)).variant("with tags"),
        Case::of("s3:CreateBucket", with(new(), json!({ "ACL": "log-delivery-write" })))
            .variant("with an ACL")
            .ends_in("InvalidBucketAclWithObjectOwnership"),
        Case::of("s3:DeleteBucket", bucket("empty")),
        Case::of("s3:HeadBucket", things()),
        Case::of("s3:ListBuckets", json!({})),
        Case::of("s3:ListMultipartUploads", things()),
        Case::of("s3:ListObjectVersions", things()),
        Case::of("s3:ListObjects", things()),
        Case::of("s3:ListObjectsV2", things()),
    ]
}

fn settings() -> Vec<Case> {
    let things = || bucket("things");
    let of = |operation, more: Json| Case::of(operation, with(things(), more));
    let private = json!({ "ACL": "private" });
    let expiring = json!({ "Rules": [
        { "Status": "Enabled", "Filter": { "Prefix": "" }, "Expiration": { "Days": 90 } },
    ]});
    vec![
        of("s3:GetBucketAcl", json!({})),
        of("s3:PutBucketAcl", private).ends_in("AccessControlListNotSupported"),
        of("s3:GetBucketEncryption", json!({})),
        of("s3:PutBucketEncryption", encryption(None)),
        of("s3:DeleteBucketEncryption", json!({})),
        of("s3:PutBucketLifecycleConfiguration", json!({ "LifecycleConfiguration": expiring })),
        of("s3:DeleteBucketLifecycle", json!({})),
        of("s3:GetBucketLocation", json!({})),
        of("s3:GetBucketOwnershipControls", json!({})),
        of("s3:PutBucketOwnershipControls", owner_enforced()),
        of("s3:DeleteBucketOwnershipControls", json!({})),
        of("s3:GetBucketPolicy", json!({})).note(OWNER_ONLY),
        of("s3:PutBucketPolicy", json!({ "Policy": policy("things", "s3:*") })).note(OWNER_ONLY),
        of("s3:DeleteBucketPolicy", json!({})).note(OWNER_ONLY),
        of("s3:GetBucketPolicyStatus", json!({})),
        of("s3:GetBucketTagging", json!({})),
        of("s3:PutBucketTagging", tag_set()),
        of("s3:DeleteBucketTagging", json!({})),
        of("s3:GetBucketVersioning", json!({})),
        of("s3:PutBucketVersioning", versioned()),
        of("s3:GetPublicAccessBlock", json!({})),
        of("s3:PutPublicAccessBlock", blocked()),
        of("s3:DeletePublicAccessBlock", json!({})),
        of("s3:GetBucketAccelerateConfiguration", json!({})),
        of("s3:GetBucketLogging", json!({})),
        of("s3:GetBucketNotificationConfiguration", json!({})),
        of("s3:GetBucketRequestPayment", json!({})),
    ]
}

/// What buckets here never have, so that the answer to whoever may look is that it is not there.
fn absent() -> Vec<Case> {
    [
        ("s3:GetBucketCors", "NoSuchCORSConfiguration"),
        ("s3:GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"),
        ("s3:GetBucketReplication", "ReplicationConfigurationNotFoundError"),
        ("s3:GetBucketWebsite", "NoSuchWebsiteConfiguration"),
        ("s3:GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"),
    ]
    .map(|(operation, code)| Case::of(operation, bucket("things")).ends_in(code))
    .into()
}

fn attributes() -> Json {
    json!({ "ObjectAttributes": ["ETag"] })
}

fn objects(world: &World) -> Vec<Case> {
    let World { etag, .. } = world;
    let of = |operation, more: Json| Case::of(operation, with(object("one"), more));
    let new = |operation, more: Json| Case::of(operation, with(object("new"), more)).body(BODY);
    let if_match = || json!({ "IfMatch": etag });
    let owner = || json!({ "ACL": "bucket-owner-full-control" });
    let copy = |more: Json| {
        let copy = with(object("copy"), json!({ "CopySource": "things/one" }));
        Case::of("s3:CopyObject", with(copy, more))
    };
    let plain = json!({ "TaggingDirective": "REPLACE" });
    vec![
        new("s3:PutObject", json!({})),
        new("s3:PutObject", json!({ "Tagging": "team=a" })).variant("with tags"),
        new("s3:PutObject", owner()).variant("with an ACL"),
        of("s3:PutObject", if_match()).body(BODY).variant("if it matches"),
        of("s3:GetObject", json!({})),
        of("s3:HeadObject", json!({})),
        of("s3:GetObjectAcl", json!({})),
        of("s3:GetObjectAttributes", attributes()),
        of("s3:GetObjectTagging", json!({})),
        of("s3:PutObjectTagging", tag_set()),
        of("s3:DeleteObjectTagging", json!({})),
        of("s3:DeleteObject", json!({})),
        of("s3:DeleteObject", if_match()).variant("if it matches"),
        copy(json!({})).variant("with its tags"),
        copy(plain.clone()),
        copy(with(owner(), plain)).variant("with an ACL"),
    ]
}

fn versions(world: &World) -> Vec<Case> {
    let World { version, upload, .. } = world;
    let of = |operation, more: Json| {
        let version = with(object("one"), json!({ "VersionId": version }));
        Case::of(operation, with(version, more)).variant("of a version")
    };
    let source = json!({ "CopySource": format!("things/one?versionId={version}") });
    let part = with(object("big"), json!({ "UploadId": upload, "PartNumber": 2 }));
    vec![
        of("s3:GetObject", json!({})),
        of("s3:HeadObject", json!({})),
        of("s3:GetObjectAcl", json!({})),
        of("s3:GetObjectAttributes", attributes()),
        of("s3:GetObjectTagging", json!({})),
        of("s3:PutObjectTagging", tag_set()),
        of("s3:DeleteObjectTagging", json!({})),
        of("s3:DeleteObject", json!({})),
        Case::of("s3:CopyObject", with(object("copy"), source.clone())).variant("of a version"),
        Case::of("s3:UploadPartCopy", with(part, source)).variant("of a version"),
    ]
}

fn uploads(world: &World) -> Vec<Case> {
    let World { upload, part, neighbours, .. } = world;
    let big = |more: Json| with(object("big"), more);
    let of = |upload: &str| big(json!({ "UploadId": upload }));
    let begin = |more: Json| Case::of("s3:CreateMultipartUpload", with(object("new"), more));
    let parts = json!({ "MultipartUpload": { "Parts": [{ "PartNumber": 1, "ETag": part }] } });
    let complete = |more: Json| {
        let input = with(with(of(upload), parts.clone()), more);
        Case::of("s3:CompleteMultipartUpload", input)
    };
    let next = with(of(upload), json!({ "PartNumber": 2 }));
    let of_inbox = || with(inbox(), json!({ "UploadId": neighbours }));
    let begun = "that the neighbour began";
    vec![
        begin(json!({})),
        begin(json!({ "Tagging": "team=a" })).variant("with tags"),
        begin(json!({ "ACL": "bucket-owner-full-control" })).variant("with an ACL"),
        Case::of("s3:UploadPart", next.clone()).body(BODY),
        Case::of("s3:UploadPartCopy", with(next, json!({ "CopySource": "things/one" }))),
        Case::of("s3:ListParts", of(upload)),
        Case::of("s3:ListParts", of_inbox()).variant(begun).note(BY_DEFAULT),
        complete(json!({})),
        complete(json!({ "IfMatch": "x" })).variant("if it matches").ends_in("NoSuchKey"),
        Case::of("s3:AbortMultipartUpload", of(upload)),
        Case::of("s3:AbortMultipartUpload", of_inbox()).variant(begun).note(BY_DEFAULT),
    ]
}

/// Objects that are not there, keys of their own, and several at once.
fn more(world: &World) -> Vec<Case> {
    let World { upload, .. } = world;
    let sealed = |key: &str| json!({ "Bucket": "sealed", "Key": key });
    let own_key = "under a key of its own";
    let key_is_asked =
        "the key is asked too: kms:Decrypt, or kms:GenerateDataKey, as the same caller";
    let delete = json!({ "Delete": { "Objects": [{ "Key": "one" }] } });
    let parts: &[&str] = &["s3:DeleteObject"];
    let copy = with(object("copy"), json!({ "CopySource": "things/none" }));
    let part = json!({ "UploadId": upload, "PartNumber": 2, "CopySource": "things/none" });
    let missing = [
        ("s3:GetObject", object("none")),
        ("s3:HeadObject", object("none")),
        ("s3:GetObjectAcl", object("none")),
        ("s3:GetObjectAttributes", with(object("none"), attributes())),
        ("s3:GetObjectTagging", object("none")),
        ("s3:PutObjectTagging", with(object("none"), tag_set())),
        ("s3:DeleteObjectTagging", object("none")),
        ("s3:CopyObject", copy),
        ("s3:UploadPartCopy", with(object("big"), part)),
    ];
    let why = "who may not list the bucket does not learn what is not in it";
    let missing = missing.map(|(operation, input)| {
        Case::of(operation, input).variant("of none").ends_in("NoSuchKey").note(why)
    });
    let own = [
        Case::of("s3:GetObject", sealed("one")).variant(own_key).note(key_is_asked),
        Case::of("s3:PutObject", sealed("new")).body(BODY).variant(own_key).note(key_is_asked),
    ];
    let several = Case::of("s3:DeleteObjects", with(bucket("things"), delete)).of_parts(parts);
    missing.into_iter().chain(own).chain([several]).collect()
}
