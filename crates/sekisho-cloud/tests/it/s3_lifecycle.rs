//! Lifecycles of buckets: what is taken, and what ends by the clock.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const DAY: i64 = 24 * 60 * 60;

fn rig() -> Rig {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "s3:CreateBucket", json!({ "Bucket": "artifacts" }));
    rig
}

fn bucket() -> Json {
    json!({ "Bucket": "artifacts" })
}

fn rules(rules: &Json) -> Json {
    json!({ "Bucket": "artifacts", "LifecycleConfiguration": { "Rules": rules } })
}

fn put(rig: &mut Rig, key: &str) -> Json {
    let input = json!({ "Bucket": "artifacts", "Key": key });
    rig.send(ADMIN, "s3:PutObject", input, key.as_bytes()).unwrap()
}

/// `key`, `key*` (delete marker): all versions.
fn versions(rig: &mut Rig) -> String {
    let list = rig.tell(ADMIN, "s3:ListObjectVersions", bucket());
    let names = |kind: &str, mark: &str| {
        let all = list.get(kind).and_then(Json::as_array).cloned().unwrap_or_default();
        let named = |one: &Json| format!("{}{mark}", one["Key"].as_str().unwrap());
        all.iter().map(named).collect::<Vec<_>>()
    };
    let mut all = names("Versions", "");
    all.extend(names("DeleteMarkers", "*"));
    all.sort();
    all.join(" ")
}

#[test]
fn the_artifact_bucket_of_a_pipeline_forgets_after_its_days() {
    let mut rig = rig();
    let versioning =
        json!({ "Bucket": "artifacts", "VersioningConfiguration": { "Status": "Enabled" } });
    rig.tell(ADMIN, "s3:PutBucketVersioning", versioning);
    rig.tell(
        ADMIN,
        "s3:PutBucketLifecycleConfiguration",
        rules(&json!([{
            "ID": "ninety days", "Status": "Enabled", "Filter": { "Prefix": "" },
            "Expiration": { "Days": 90 }, "NoncurrentVersionExpiration": { "NoncurrentDays": 90 },
        }])),
    );
    rig.pass(60);
    let told = put(&mut rig, "a")["Expiration"].clone();
    assert_eq!(told, "expiry-date=\"Tue, 23 Feb 2027 00:00:00 GMT\", rule-id=\"ninety+days\"");
    let head = json!({ "Bucket": "artifacts", "Key": "a" });
    assert_eq!(rig.tell(ADMIN, "s3:HeadObject", head)["Expiration"], told);
    rig.pass(90 * DAY);
    assert_eq!(versions(&mut rig), "a", "ninety days end at the midnight behind them");
    rig.restart();
    rig.pass(DAY);
    assert_eq!(versions(&mut rig), "a a*", "what is current gets a delete marker");
    rig.pass(90 * DAY);
    assert_eq!(versions(&mut rig), "a a*");
    rig.pass(DAY);
    assert_eq!(versions(&mut rig), "", "the marker goes with the last that is behind it");
    assert_eq!(rig.memory.0.lock().unwrap().bodies.len(), 0);
    rig.verify();
}

#[test]
fn without_versions_objects_go_for_good_and_uploads_end() {
    let mut rig = rig();
    rig.tell(
        ADMIN,
        "s3:PutBucketLifecycleConfiguration",
        rules(&json!([
            { "ID": "tmp", "Status": "Enabled", "Prefix": "tmp/", "Expiration": { "Days": 1 } },
            { "ID": "off", "Status": "Disabled", "Filter": {}, "Expiration": { "Days": 1 } },
            { "ID": "date", "Status": "Enabled",
              "Filter": { "Tag": { "Key": "team", "Value": "a" } },
              "Expiration": { "Date": 1_795_478_400_000_i64 + 2 * 86_400_000 } },
            { "ID": "up", "Status": "Enabled", "Filter": { "Prefix": "" },
              "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 3 } },
        ])),
    );
    put(&mut rig, "tmp/a");
    put(&mut rig, "b");
    let tagged = json!({ "Bucket": "artifacts", "Key": "c", "Tagging": "team=a" });
    rig.send(ADMIN, "s3:PutObject", tagged, b"c").unwrap();
    let begin = json!({ "Bucket": "artifacts", "Key": "big" });
    let upload = rig.tell(ADMIN, "s3:CreateMultipartUpload", begin);
    assert_eq!(upload["AbortRuleId"], "up");
    assert_eq!(upload["AbortDate"], 1_795_478_400_000_i64 + 3 * 86_400_000);
    let part = json!({
        "Bucket": "artifacts", "Key": "big", "UploadId": upload["UploadId"], "PartNumber": 1
    });
    rig.send(ADMIN, "s3:UploadPart", part, b"part").unwrap();
    assert_eq!(versions(&mut rig), "b c tmp/a");
    rig.pass(DAY);
    assert_eq!(versions(&mut rig), "b c");
    rig.pass(DAY);
    assert_eq!(versions(&mut rig), "b");
    let uploads = |rig: &mut Rig| {
        let list = rig.tell(ADMIN, "s3:ListMultipartUploads", bucket());
        list.get("Uploads").and_then(Json::as_array).map_or(0, Vec::len)
    };
    assert_eq!(uploads(&mut rig), 1);
    rig.pass(DAY);
    assert_eq!(uploads(&mut rig), 0);
    assert_eq!(rig.memory.0.lock().unwrap().bodies.len(), 1);
    rig.verify();
}

#[test]
fn a_call_that_is_refused_does_not_keep_what_ends() {
    let mut rig = rig();
    let rule = json!([{ "Status": "Enabled", "Filter": {}, "Expiration": { "Days": 1 } }]);
    rig.tell(ADMIN, "s3:PutBucketLifecycleConfiguration", rules(&rule));
    put(&mut rig, "a");
    rig.pass(DAY);
    let head = json!({ "Bucket": "artifacts", "Key": "a" });
    assert_eq!(
        rig.refused(ADMIN, "s3:GetObject", head),
        "NoSuchKey: The specified key does not exist."
    );
    assert_eq!(rig.memory.0.lock().unwrap().bodies.len(), 0);
    rig.restart();
    rig.verify();
}

#[test]
fn a_configuration_is_shown_as_it_was_put_and_asked_for() {
    let mut rig = rig();
    let missing = "NoSuchLifecycleConfiguration: The lifecycle configuration does not exist";
    assert_eq!(rig.refused(ADMIN, "s3:GetBucketLifecycleConfiguration", bucket()), missing);
    let sent = json!([{
        "ID": "r", "Status": "Enabled",
        "Filter": { "And": { "Prefix": "p", "Tags": [{ "Key": "a", "Value": "b" }] } },
        "NoncurrentVersionExpiration": { "NoncurrentDays": 3, "NewerNoncurrentVersions": 2 },
    }]);
    let reply = rig.tell(ADMIN, "s3:PutBucketLifecycleConfiguration", rules(&sent));
    assert_eq!(reply["TransitionDefaultMinimumObjectSize"], "all_storage_classes_128K");
    rig.restart();
    let shown = rig.tell(ADMIN, "s3:GetBucketLifecycleConfiguration", bucket());
    assert_eq!(shown["Rules"], sent);
    rig.user("tools/nobody", None);
    for (operation, input, action) in [
        ("s3:GetBucketLifecycleConfiguration", bucket(), "s3:GetLifecycleConfiguration"),
        ("s3:PutBucketLifecycleConfiguration", rules(&sent), "s3:PutLifecycleConfiguration"),
        ("s3:DeleteBucketLifecycle", bucket(), "s3:PutLifecycleConfiguration"),
    ] {
        let refused = rig.refused("tools/nobody", operation, input);
        assert!(refused.contains(&format!("not authorized to perform: {action} on")), "{refused}");
    }
    rig.tell(ADMIN, "s3:DeleteBucketLifecycle", bucket());
    assert_eq!(rig.refused(ADMIN, "s3:GetBucketLifecycleConfiguration", bucket()), missing);
    rig.tell(ADMIN, "s3:DeleteBucketLifecycle", bucket());
    rig.verify();
}

#[test]
fn rules_that_cannot_be_meant_are_refused() {
    let mut rig = rig();
    let all = json!({ "Prefix": "" });
    let malformed = "MalformedXML: The XML you provided was not well-formed or did not validate \
                     against our published schema";
    for (rule, refusal) in [
        (
            json!({ "Filter": all }),
            "InvalidRequest: At least one action needs to be specified in a rule",
        ),
        (json!({ "Expiration": { "Days": 1 } }), malformed),
        (
            json!({ "Filter": all, "Expiration": { "Days": 1, "ExpiredObjectDeleteMarker": true } }),
            malformed,
        ),
        (
            json!({ "Filter": all, "Expiration": { "Days": 0 } }),
            "InvalidArgument: 'Days' for Expiration action must be a positive integer",
        ),
        (
            json!({ "Filter": all, "Expiration": { "Date": 1000 } }),
            "InvalidArgument: 'Date' must be at midnight GMT",
        ),
        (
            json!({
                "Filter": { "Tag": { "Key": "a", "Value": "b" } },
                "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 1 },
            }),
            "InvalidRequest: AbortIncompleteMultipartUpload cannot be specified with Tags.",
        ),
    ] {
        let mut rule = rule;
        rule["Status"] = "Enabled".into();
        let refused =
            rig.refused(ADMIN, "s3:PutBucketLifecycleConfiguration", rules(&json!([rule])));
        assert_eq!(refused, refusal);
    }
    let twin = json!({ "ID": "a", "Status": "Enabled", "Filter": {}, "Expiration": { "Days": 1 } });
    let twins = rules(&json!([twin.clone(), twin]));
    assert_eq!(
        rig.refused(ADMIN, "s3:PutBucketLifecycleConfiguration", twins),
        "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule"
    );
    let moves = json!([{
        "Status": "Enabled", "Filter": {}, "Transitions": [{ "Days": 1, "StorageClass": "GLACIER" }]
    }]);
    let refused = rig.refused(ADMIN, "s3:PutBucketLifecycleConfiguration", rules(&moves));
    assert!(
        refused.starts_with("NotImplemented: ") && refused.contains("Transitions"),
        "{refused}"
    );
    rig.verify();
}
