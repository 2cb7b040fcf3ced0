//! Buckets and their settings, through the gate.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

/// A bucket of the account `tools`.
fn with_bucket() -> Rig {
    let mut rig = Rig::new();
    rig.tell("tools/admin", "s3:CreateBucket", of("b-1"));
    rig
}

fn of(bucket: &str) -> Json {
    json!({ "Bucket": bucket })
}

/// Every operation on a bucket, what it needs beside the bucket, and the action that it asks.
fn operations() -> Vec<(&'static str, Json, &'static str)> {
    let tagging = json!({ "Tagging": { "TagSet": [{ "Key": "team", "Value": "a" }] } });
    let block = json!({ "PublicAccessBlockConfiguration": { "BlockPublicPolicy": true } });
    let owner =
        json!({ "OwnershipControls": { "Rules": [{ "ObjectOwnership": "ObjectWriter" }] } });
    let kms = json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/a" });
    let rules = json!({ "Rules": [{ "ApplyServerSideEncryptionByDefault": kms }] });
    let encryption = json!({ "ServerSideEncryptionConfiguration": rules });
    let versioning = json!({ "VersioningConfiguration": { "Status": "Enabled" } });
    let policy = json!({ "Policy": own_policy().to_string() });
    let none = Json::Null;
    vec![
        ("PutBucketTagging", tagging, "PutBucketTagging"),
        ("GetBucketTagging", none.clone(), "GetBucketTagging"),
        ("DeleteBucketTagging", none.clone(), "PutBucketTagging"),
        ("PutPublicAccessBlock", block, "PutBucketPublicAccessBlock"),
        ("GetPublicAccessBlock", none.clone(), "GetBucketPublicAccessBlock"),
        ("DeletePublicAccessBlock", none.clone(), "PutBucketPublicAccessBlock"),
        ("PutBucketOwnershipControls", owner, "PutBucketOwnershipControls"),
        ("GetBucketOwnershipControls", none.clone(), "GetBucketOwnershipControls"),
        ("DeleteBucketOwnershipControls", none.clone(), "PutBucketOwnershipControls"),
        ("PutBucketEncryption", encryption, "PutEncryptionConfiguration"),
        ("GetBucketEncryption", none.clone(), "GetEncryptionConfiguration"),
        ("DeleteBucketEncryption", none.clone(), "PutEncryptionConfiguration"),
        ("PutBucketVersioning", versioning, "PutBucketVersioning"),
        ("GetBucketVersioning", none.clone(), "GetBucketVersioning"),
        ("PutBucketAcl", json!({ "ACL": "private" }), "PutBucketAcl"),
        ("GetBucketAcl", none.clone(), "GetBucketAcl"),
        ("PutBucketPolicy", policy, "PutBucketPolicy"),
        ("GetBucketPolicy", none.clone(), "GetBucketPolicy"),
        ("GetBucketPolicyStatus", none.clone(), "GetBucketPolicyStatus"),
        ("DeleteBucketPolicy", none.clone(), "DeleteBucketPolicy"),
        ("GetBucketLocation", none.clone(), "GetBucketLocation"),
        ("HeadBucket", none.clone(), "ListBucket"),
        ("GetBucketRequestPayment", none.clone(), "GetBucketRequestPayment"),
        ("GetBucketAccelerateConfiguration", none.clone(), "GetAccelerateConfiguration"),
        ("GetBucketLogging", none.clone(), "GetBucketLogging"),
        ("GetBucketNotificationConfiguration", none.clone(), "GetBucketNotification"),
        ("DeleteBucket", none, "DeleteBucket"),
    ]
}

fn own_policy() -> Json {
    json!({ "Statement": {
        "Effect": "Allow", "Principal": { "AWS": "111111111111" },
        "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b-1"
    } })
}

fn input(mut more: Json) -> Json {
    if more.is_null() {
        more = json!({});
    }
    more["Bucket"] = json!("b-1");
    more
}

#[test]
fn every_operation_is_told_to_its_owner_and_refused_to_others() {
    let mut rig = with_bucket();
    rig.user("tools/mallory", None);
    for (operation, more, action) in operations() {
        let operation = format!("s3:{operation}");
        let text = rig.refused("tools/mallory", &operation, input(more.clone()));
        assert_eq!(
            text,
            format!(
                "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to \
                 perform: s3:{action} on resource: \"arn:aws:s3:::b-1\" because no identity-based \
                 policy allows the s3:{action} action"
            )
        );
        let text = rig.refused("anonymous", &operation, input(more.clone()));
        assert_eq!(text, "AccessDenied: Access Denied", "{operation}");
        rig.tell("tools/admin", &operation, input(more));
    }
    rig.restart();
    let gone = rig.refused("tools/admin", "s3:HeadBucket", of("b-1"));
    assert_eq!(gone, "NoSuchBucket: The specified bucket does not exist");
    assert_eq!(rig.tell("tools/admin", "s3:ListBuckets", json!({}))["Buckets"], json!([]));
    rig.verify();
}

#[test]
fn strangers_are_told_no_reason() {
    let mut rig = with_bucket();
    for (operation, more, _) in operations() {
        let text = rig.refused("staging/admin", &format!("s3:{operation}"), input(more));
        assert_eq!(text, "AccessDenied: Access Denied", "{operation}");
    }
    rig.organize();
    assert_eq!(
        rig.refused("staging/admin", "s3:GetBucketTagging", of("b-1")),
        "AccessDenied: User: arn:aws:iam::222222222222:user/admin is not authorized to perform: \
         s3:GetBucketTagging on resource: \"arn:aws:s3:::b-1\" because no resource-based policy \
         allows the s3:GetBucketTagging action"
    );
    rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
}

#[test]
fn a_new_bucket_is_closed() {
    let mut rig = with_bucket();
    let block = rig.tell("tools/admin", "s3:GetPublicAccessBlock", of("b-1"));
    assert_eq!(
        block["PublicAccessBlockConfiguration"],
        json!({ "BlockPublicAcls": true, "IgnorePublicAcls": true,
                "BlockPublicPolicy": true, "RestrictPublicBuckets": true })
    );
    let owner = rig.tell("tools/admin", "s3:GetBucketOwnershipControls", of("b-1"));
    let rules = &owner["OwnershipControls"]["Rules"];
    assert_eq!(*rules, json!([{ "ObjectOwnership": "BucketOwnerEnforced" }]));
    let encryption = rig.tell("tools/admin", "s3:GetBucketEncryption", of("b-1"));
    assert_eq!(
        encryption["ServerSideEncryptionConfiguration"]["Rules"],
        json!([{
            "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" },
            "BucketKeyEnabled": false,
            "BlockedEncryptionTypes": { "EncryptionType": ["SSE-C"] }
        }])
    );
    let acl = rig.tell("tools/admin", "s3:GetBucketAcl", of("b-1"));
    let id = &acl["Owner"]["ID"];
    let grantee = json!({ "Type": "CanonicalUser", "ID": id });
    assert_eq!(acl["Grants"], json!([{ "Grantee": grantee, "Permission": "FULL_CONTROL" }]));
    let list = rig.tell("tools/admin", "s3:ListBuckets", json!({}));
    assert_eq!(list["Owner"]["ID"], *id);
    assert_eq!(id.as_str().unwrap().len(), 64);
    for operation in ["GetBucketVersioning", "GetBucketLocation", "GetBucketLogging"] {
        let reply = rig.tell("tools/admin", &format!("s3:{operation}"), of("b-1"));
        assert_eq!(reply, json!({}), "{operation}");
    }
    let payer = rig.tell("tools/admin", "s3:GetBucketRequestPayment", of("b-1"));
    assert_eq!(payer, json!({ "Payer": "BucketOwner" }));
}

#[test]
fn what_a_bucket_does_not_have_is_not_found() {
    let mut rig = with_bucket();
    rig.user("tools/mallory", None);
    for (operation, text) in [
        ("GetBucketCors", "NoSuchCORSConfiguration: The CORS configuration does not exist"),
        (
            "GetBucketWebsite",
            "NoSuchWebsiteConfiguration: The specified bucket does not have a website configuration",
        ),
        (
            "GetBucketReplication",
            "ReplicationConfigurationNotFoundError: The replication configuration was not found",
        ),
        (
            "GetBucketLifecycleConfiguration",
            "NoSuchLifecycleConfiguration: The lifecycle configuration does not exist",
        ),
        (
            "GetObjectLockConfiguration",
            "ObjectLockConfigurationNotFoundError: Object Lock configuration does not exist for \
             this bucket",
        ),
        ("GetBucketTagging", "NoSuchTagSet: The TagSet does not exist"),
        ("GetBucketPolicy", "NoSuchBucketPolicy: The bucket policy does not exist"),
        ("GetBucketPolicyStatus", "NoSuchBucketPolicy: The bucket policy does not exist"),
    ] {
        let operation = format!("s3:{operation}");
        assert_eq!(rig.refused("tools/admin", &operation, of("b-1")), text);
        let denied = rig.refused("tools/mallory", &operation, of("b-1"));
        assert!(denied.starts_with("AccessDenied: User: "), "{denied}");
    }
}

#[test]
fn settings_are_kept_and_reset() {
    let mut rig = with_bucket();
    for (operation, more, _) in operations() {
        if operation.starts_with("Put") && operation != "PutBucketAcl" {
            rig.tell("tools/admin", &format!("s3:{operation}"), input(more));
        }
    }
    rig.restart();
    let mut told = |operation: &str| rig.tell("tools/admin", &format!("s3:{operation}"), of("b-1"));
    assert_eq!(told("GetBucketTagging")["TagSet"], json!([{ "Key": "team", "Value": "a" }]));
    assert_eq!(told("GetBucketVersioning"), json!({ "Status": "Enabled" }));
    assert_eq!(
        told("GetPublicAccessBlock")["PublicAccessBlockConfiguration"],
        json!({ "BlockPublicAcls": false, "IgnorePublicAcls": false,
                "BlockPublicPolicy": true, "RestrictPublicBuckets": false })
    );
    let rule = &told("GetBucketEncryption")["ServerSideEncryptionConfiguration"]["Rules"][0];
    let kms = json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/a" });
    assert_eq!(rule["ApplyServerSideEncryptionByDefault"], kms);
    assert_eq!(rule["BlockedEncryptionTypes"], json!({ "EncryptionType": ["SSE-C"] }));
    assert_eq!(told("GetBucketPolicyStatus")["PolicyStatus"], json!({ "IsPublic": false }));
    for operation in ["BucketTagging", "PublicAccessBlock", "BucketOwnershipControls"] {
        told(&format!("Delete{operation}"));
        told(&format!("Delete{operation}"));
    }
    told("DeleteBucketEncryption");
    let rule = &told("GetBucketEncryption")["ServerSideEncryptionConfiguration"]["Rules"][0];
    assert_eq!(rule["ApplyServerSideEncryptionByDefault"], json!({ "SSEAlgorithm": "AES256" }));
    let text = rig.refused("tools/admin", "s3:GetPublicAccessBlock", of("b-1"));
    assert_eq!(
        text,
        "NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found"
    );
    let text = rig.refused("tools/admin", "s3:GetBucketOwnershipControls", of("b-1"));
    assert_eq!(
        text,
        "OwnershipControlsNotFoundError: The bucket ownership controls were not found"
    );
    rig.verify();
}

#[test]
fn settings_that_say_nothing_are_refused() {
    let mut rig = with_bucket();
    let xml = "MalformedXML: The XML you provided was not well-formed or did not validate against \
               our published schema";
    let aes = json!({ "SSEAlgorithm": "AES256", "KMSMasterKeyID": "alias/a" });
    for (operation, more, text) in [
        (
            "PutBucketVersioning",
            json!({ "VersioningConfiguration": {} }),
            "IllegalVersioningConfigurationException: The Versioning element must be specified",
        ),
        (
            "PutPublicAccessBlock",
            json!({ "PublicAccessBlockConfiguration": {} }),
            "InvalidRequest: Must specify at least one configuration.",
        ),
        ("PutBucketOwnershipControls", json!({ "OwnershipControls": { "Rules": [] } }), xml),
        (
            "PutBucketEncryption",
            json!({ "ServerSideEncryptionConfiguration": { "Rules": [{}, {}] } }),
            xml,
        ),
        (
            "PutBucketEncryption",
            json!({ "ServerSideEncryptionConfiguration": { "Rules": [
                { "ApplyServerSideEncryptionByDefault": aes }
            ] } }),
            "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is \
             not aws:kms or aws:kms:dsse",
        ),
        (
            "PutBucketTagging",
            json!({ "Tagging": { "TagSet": [{ "Key": "aws:a", "Value": "" }] } }),
            "InvalidTag: System tags cannot be added/updated by requester",
        ),
        (
            "PutBucketAcl",
            json!({}),
            "MissingSecurityHeader: Your request was missing a required header",
        ),
    ] {
        assert_eq!(rig.refused("tools/admin", &format!("s3:{operation}"), input(more)), text);
    }
    let mfa = json!({ "VersioningConfiguration": { "Status": "Enabled", "MFADelete": "Enabled" } });
    let text = rig.refused("tools/admin", "s3:PutBucketVersioning", input(mfa));
    assert!(text.starts_with("NotImplemented: "), "{text}");
}

#[test]
fn acls_say_what_is_so_or_are_refused() {
    let mut rig = with_bucket();
    let acl = rig.tell("tools/admin", "s3:GetBucketAcl", of("b-1"));
    rig.tell("tools/admin", "s3:PutBucketAcl", input(json!({ "AccessControlPolicy": acl })));
    let refused = |rig: &mut Rig, more| rig.refused("tools/admin", "s3:PutBucketAcl", input(more));
    assert_eq!(
        refused(&mut rig, json!({ "ACL": "public-read" })),
        "AccessDenied: User: arn:aws:iam::111111111111:user/admin is not authorized to perform: \
         s3:PutBucketAcl on resource: \"arn:aws:s3:::b-1\" because public ACLs are prevented by \
         the BlockPublicAcls setting in S3 Block Public Access."
    );
    let no_acls = "AccessControlListNotSupported: The bucket does not allow ACLs";
    assert_eq!(refused(&mut rig, json!({ "ACL": "private" })), no_acls);
    assert_eq!(refused(&mut rig, json!({ "GrantRead": "id=1" })), no_acls);
    rig.tell("tools/admin", "s3:DeletePublicAccessBlock", of("b-1"));
    assert_eq!(refused(&mut rig, json!({ "ACL": "public-read" })), no_acls);
    rig.tell("tools/admin", "s3:DeleteBucketOwnershipControls", of("b-1"));
    rig.tell("tools/admin", "s3:PutBucketAcl", input(json!({ "ACL": "private" })));
    assert!(refused(&mut rig, json!({ "ACL": "public-read" })).starts_with("NotImplemented: "));
    let both = json!({ "ACL": "private", "GrantRead": "id=1" });
    assert_eq!(
        refused(&mut rig, both),
        "InvalidRequest: Specifying both Canned ACLs and Header Grants is not allowed"
    );
}

#[test]
fn names_are_one_for_all_accounts() {
    let mut rig = with_bucket();
    let taken = rig.refused("staging/admin", "s3:CreateBucket", of("b-1"));
    assert!(taken.starts_with("BucketAlreadyExists: The requested bucket name is not available."));
    assert_eq!(
        rig.tell("tools/admin", "s3:CreateBucket", of("b-1")),
        json!({ "Location": "/b-1" })
    );
    for name in ["B-1", "192.168.5.4", "sthree-a"] {
        let text = rig.refused("tools/admin", "s3:CreateBucket", of(name));
        assert_eq!(text, "InvalidBucketName: The specified bucket is not valid.");
    }
    let text = rig.refused("anonymous", "s3:GetBucketPolicy", of("B_1"));
    assert_eq!(text, "InvalidBucketName: The specified bucket is not valid.");
    let text = rig.refused("anonymous", "s3:CreateBucket", of("b-2"));
    assert_eq!(text, "AccessDenied: Access Denied");
    rig.user("tools/mallory", None);
    let text = rig.refused("tools/mallory", "s3:CreateBucket", of("b-1"));
    assert!(text.contains("because no identity-based policy allows the s3:CreateBucket action"));
    rig.verify();
}

#[test]
fn what_a_bucket_is_made_with_is_asked_for() {
    let mut rig = Rig::new();
    let configuration = json!({ "Tags": [{ "Key": "team", "Value": "a" }] });
    let input = json!({ "Bucket": "b-1", "CreateBucketConfiguration": configuration,
                        "ObjectOwnership": "BucketOwnerPreferred" });
    rig.tell("tools/admin", "s3:CreateBucket", input);
    let call = &rig.last_record()["calls"][0];
    let asked: Vec<_> =
        call["asked"].as_array().unwrap().iter().map(|one| &one["action"]).collect();
    assert_eq!(asked, ["s3:CreateBucket", "s3:PutBucketOwnershipControls", "s3:TagResource"]);
    let tags = rig.tell("tools/admin", "s3:GetBucketTagging", of("b-1"));
    assert_eq!(tags["TagSet"], json!([{ "Key": "team", "Value": "a" }]));
    for (acl, ownership, text) in [
        (
            "public-read",
            "ObjectWriter",
            "InvalidBucketAclWithBlockPublicAccessError: Bucket cannot have public ACLs set with \
             BlockPublicAccess enabled",
        ),
        ("private", "BucketOwnerEnforced", ""),
    ] {
        let input = json!({ "Bucket": "b-2", "ACL": acl, "ObjectOwnership": ownership });
        match text {
            "" => drop(rig.tell("tools/admin", "s3:CreateBucket", input)),
            text => assert_eq!(rig.refused("tools/admin", "s3:CreateBucket", input), text),
        }
    }
    let grant = json!({ "Bucket": "b-3", "GrantRead": "id=1" });
    assert_eq!(
        rig.refused("tools/admin", "s3:CreateBucket", grant),
        "InvalidBucketAclWithObjectOwnership: Bucket cannot have ACLs set with ObjectOwnership's \
         BucketOwnerEnforced setting"
    );
}

#[test]
fn a_bucket_is_in_one_region() {
    let mut rig = Rig::new();
    let in_region = |region: &str| json!({ "Bucket": "b-1", "CreateBucketConfiguration": { "LocationConstraint": region } });
    rig.region = "eu-west-1";
    assert_eq!(
        rig.refused("tools/admin", "s3:CreateBucket", of("b-1")),
        "IllegalLocationConstraintException: The unspecified location constraint is incompatible \
         for the region specific endpoint this request was sent to."
    );
    assert_eq!(
        rig.refused("tools/admin", "s3:CreateBucket", in_region("us-west-2")),
        "IllegalLocationConstraintException: The us-west-2 location constraint is incompatible \
         for the region specific endpoint this request was sent to."
    );
    rig.tell("tools/admin", "s3:CreateBucket", in_region("EU"));
    let again = rig.refused("tools/admin", "s3:CreateBucket", in_region("eu-west-1"));
    assert!(again.starts_with("BucketAlreadyOwnedByYou: "), "{again}");
    let head = rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
    assert_eq!(head, json!({ "BucketRegion": "eu-west-1", "AccessPointAlias": false }));
    rig.region = "us-east-1";
    let place = rig.tell("tools/admin", "s3:GetBucketLocation", of("b-1"));
    assert_eq!(place, json!({ "LocationConstraint": "eu-west-1" }));
    let fault = rig.call("tools/admin", "s3:GetBucketAcl", of("b-1")).unwrap_err();
    assert_eq!((fault.code, fault.status), ("PermanentRedirect", Some(301)));
    rig.arrival.host = "b-1.s3.amazonaws.com:443".to_owned();
    rig.arrival.signing.algorithm = "AWS4-HMAC-SHA256";
    assert_eq!(
        rig.refused("tools/admin", "s3:GetBucketAcl", of("b-1")),
        "AuthorizationHeaderMalformed: The authorization header is malformed; the region \
         'us-east-1' is wrong; expecting 'eu-west-1'"
    );
}

#[test]
fn an_expected_owner_is_held_against_the_owner() {
    let mut rig = with_bucket();
    let owner = |owner: &str| json!({ "Bucket": "b-1", "ExpectedBucketOwner": owner });
    rig.tell("tools/admin", "s3:HeadBucket", owner("111111111111"));
    let text = rig.refused("tools/admin", "s3:HeadBucket", owner("222222222222"));
    assert_eq!(text, "AccessDenied: Access Denied");
    let text = rig.refused("tools/admin", "s3:HeadBucket", owner("tools"));
    assert!(text.starts_with("InvalidBucketOwnerAWSAccountID: "), "{text}");
    assert!(text.ends_with(" [tools]"), "{text}");
}

#[test]
fn buckets_are_listed_page_by_page() {
    let mut rig = Rig::new();
    for name in ["b-1", "b-2", "b-3", "c-1"] {
        rig.tell("tools/admin", "s3:CreateBucket", of(name));
    }
    rig.tell("staging/admin", "s3:CreateBucket", of("b-4"));
    let names = |page: &Json| {
        let list = page["Buckets"].as_array().unwrap().iter();
        list.map(|one| one["Name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let page = rig.tell("tools/admin", "s3:ListBuckets", json!({ "MaxBuckets": 2, "Prefix": "b" }));
    assert_eq!(names(&page), ["b-1", "b-2"]);
    assert_eq!(page["Buckets"][0]["BucketRegion"], "us-east-1");
    let token = &page["ContinuationToken"];
    let next = json!({ "MaxBuckets": 2, "Prefix": "b", "ContinuationToken": token });
    let page = rig.tell("tools/admin", "s3:ListBuckets", next);
    assert_eq!((names(&page), &page["ContinuationToken"]), (vec!["b-3".into()], &Json::Null));
    let all = rig.tell("tools/admin", "s3:ListBuckets", json!({}));
    assert_eq!(names(&all), ["b-1", "b-2", "b-3", "c-1"]);
    assert_eq!(all["Buckets"][0]["BucketRegion"], Json::Null);
    let elsewhere =
        rig.tell("tools/admin", "s3:ListBuckets", json!({ "BucketRegion": "eu-west-1" }));
    assert_eq!(names(&elsewhere), Vec::<String>::new());
    assert_eq!(
        rig.refused("tools/admin", "s3:ListBuckets", json!({ "ContinuationToken": "?" })),
        "InvalidArgument: The continuation token provided is incorrect"
    );
    rig.user("tools/mallory", None);
    assert_eq!(
        rig.refused("tools/mallory", "s3:ListBuckets", json!({})),
        "AccessDenied: User: arn:aws:iam::111111111111:user/mallory is not authorized to perform: \
         s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action"
    );
    assert_eq!(
        rig.refused("anonymous", "s3:ListBuckets", json!({})),
        "AccessDenied: Access Denied"
    );
}
