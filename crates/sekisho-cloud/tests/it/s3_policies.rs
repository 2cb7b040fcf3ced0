//! Bucket policies, through the gate.

use serde_json::{Value as Json, json};

use crate::rig::Rig;

const BUCKET: &str = "arn:aws:s3:::b-1";

fn with_bucket() -> Rig {
    let mut rig = Rig::new();
    rig.tell("tools/admin", "s3:CreateBucket", of("b-1"));
    rig
}

fn of(bucket: &str) -> Json {
    json!({ "Bucket": bucket })
}

fn statement(effect: &str, principal: &Json, action: &Json) -> Json {
    json!({ "Effect": effect, "Principal": principal, "Action": action, "Resource": BUCKET })
}

fn put(statements: &[Json]) -> Json {
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    json!({ "Bucket": "b-1", "Policy": policy.to_string() })
}

fn account(number: &str) -> Json {
    json!({ "AWS": number })
}

#[test]
fn a_policy_lets_in_and_shuts_out() {
    let mut rig = with_bucket();
    rig.user("tools/alice", None);
    let alice = json!({ "AWS": "arn:aws:iam::111111111111:user/alice" });
    let list = json!("s3:ListBucket");
    rig.tell("tools/admin", "s3:PutBucketPolicy", put(&[statement("Allow", &alice, &list)]));
    rig.restart();
    rig.tell("tools/alice", "s3:HeadBucket", of("b-1"));
    let others = statement("Allow", &account("222222222222"), &list);
    let deny = statement("Deny", &alice, &list);
    rig.tell("tools/admin", "s3:PutBucketPolicy", put(&[others, deny]));
    rig.tell("staging/admin", "s3:HeadBucket", of("b-1"));
    assert_eq!(
        rig.refused("tools/alice", "s3:HeadBucket", of("b-1")),
        "AccessDenied: User: arn:aws:iam::111111111111:user/alice is not authorized to perform: \
         s3:ListBucket on resource: \"arn:aws:s3:::b-1\" with an explicit deny in a \
         resource-based policy"
    );
    rig.tell("tools/admin", "s3:DeleteBucketPolicy", of("b-1"));
    rig.tell("tools/admin", "s3:DeleteBucketPolicy", of("b-1"));
    let text = rig.refused("staging/admin", "s3:HeadBucket", of("b-1"));
    assert!(text.starts_with("AccessDenied: "), "{text}");
    rig.verify();
}

#[test]
fn only_the_owners_account_touches_a_policy() {
    let mut rig = with_bucket();
    let actions = json!(["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"]);
    let policy = put(&[statement("Allow", &account("222222222222"), &actions)]);
    let text = rig.refused("staging/admin", "s3:PutBucketPolicy", policy.clone());
    assert!(text.starts_with("AccessDenied: "), "{text}");
    rig.tell("tools/admin", "s3:PutBucketPolicy", policy.clone());
    let not_allowed =
        "MethodNotAllowed: The specified method is not allowed against this resource.";
    let refused = rig.refused("staging/admin", "s3:PutBucketPolicy", policy);
    assert_eq!(refused, not_allowed);
    for operation in ["s3:GetBucketPolicy", "s3:DeleteBucketPolicy"] {
        assert_eq!(rig.refused("staging/admin", operation, of("b-1")), not_allowed);
    }
}

#[test]
fn a_public_policy_is_blocked_or_held_back() {
    let mut rig = with_bucket();
    let everybody = put(&[statement("Allow", &json!("*"), &json!("s3:ListBucket"))]);
    assert_eq!(
        rig.refused("tools/admin", "s3:PutBucketPolicy", everybody.clone()),
        "AccessDenied: User: arn:aws:iam::111111111111:user/admin is not authorized to perform: \
         s3:PutBucketPolicy on resource: \"arn:aws:s3:::b-1\" because public policies are \
         prevented by the BlockPublicPolicy setting in S3 Block Public Access."
    );
    let block = |restrict: bool| {
        let block = json!({ "BlockPublicPolicy": false, "RestrictPublicBuckets": restrict });
        json!({ "Bucket": "b-1", "PublicAccessBlockConfiguration": block })
    };
    rig.tell("tools/admin", "s3:PutPublicAccessBlock", block(false));
    rig.tell("tools/admin", "s3:PutBucketPolicy", everybody);
    let status = rig.tell("tools/admin", "s3:GetBucketPolicyStatus", of("b-1"));
    assert_eq!(status["PolicyStatus"], json!({ "IsPublic": true }));
    rig.tell("anonymous", "s3:HeadBucket", of("b-1"));
    rig.tell("production/admin", "s3:HeadBucket", of("b-1"));
    rig.tell("tools/admin", "s3:PutPublicAccessBlock", block(true));
    rig.restart();
    let text = rig.refused("anonymous", "s3:HeadBucket", of("b-1"));
    assert_eq!(text, "AccessDenied: Access Denied");
    let text = rig.refused("production/admin", "s3:HeadBucket", of("b-1"));
    assert!(text.starts_with("AccessDenied: "), "{text}");
    rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
    rig.verify();
}

#[test]
fn policies_that_do_not_fit_are_refused() {
    let mut rig = with_bucket();
    let owner = account("111111111111");
    let list = json!("s3:ListBucket");
    let on = |resource: &str| {
        let mut one = statement("Allow", &owner, &list);
        one["Resource"] = json!(resource);
        put(&[one])
    };
    let mut conditioned = statement("Allow", &owner, &json!("s3:GetBucketPolicy"));
    conditioned["Condition"] = json!({ "StringEquals": { "s3:prefix": "a" } });
    let ghost = |name: &str| put(&[statement("Allow", &json!({ "AWS": name }), &list)]);
    for (input, text) in [
        (
            json!({ "Bucket": "b-1", "Policy": "policy" }),
            "Policies must be valid JSON and the first byte must be '{'",
        ),
        (json!({ "Bucket": "b-1", "Policy": "{}" }), "Missing required field Statement"),
        (ghost("arn:aws:iam::111111111111:user/ghost"), "Invalid principal in policy"),
        (ghost("444444444444"), "Invalid principal in policy"),
        (
            put(&[statement("Allow", &owner, &json!("s3:CreateBucket"))]),
            "Policy has invalid action",
        ),
        (on("arn:aws:s3:::b-2"), "Policy has invalid resource"),
        (on("arn:aws:s3:::b-1/*"), "Action does not apply to any resource(s) in statement"),
        (
            put(&[conditioned]),
            "Conditions do not apply to combination of actions and resources in statement",
        ),
    ] {
        let shown = input.to_string();
        let refused = rig.refused("tools/admin", "s3:PutBucketPolicy", input);
        assert_eq!(refused, format!("MalformedPolicy: {text}"), "{shown}");
    }
    let long = statement("Allow", &owner, &json!(vec!["s3:ListBucket"; 2_000]));
    assert_eq!(
        rig.refused("tools/admin", "s3:PutBucketPolicy", put(&[long])),
        "MalformedPolicy: Normalized policy document exceeds the maximum allowed size of 20480 bytes"
    );
    rig.verify();
}

#[test]
fn a_policy_that_shuts_everybody_out_shuts_them_out() {
    let mut rig = with_bucket();
    rig.tell(
        "tools/admin",
        "s3:PutBucketPolicy",
        put(&[statement("Deny", &json!("*"), &json!("s3:*"))]),
    );
    for operation in ["GetBucketPolicy", "DeleteBucketPolicy", "GetBucketPolicyStatus"] {
        let text = rig.refused("tools/admin", &format!("s3:{operation}"), of("b-1"));
        let reason = "with an explicit deny in a resource-based policy";
        assert!(text.ends_with(reason), "{text}");
    }
}

#[test]
fn conditions_see_how_a_request_was_signed_and_sent() {
    let mut rig = with_bucket();
    let mut old_tls = statement("Deny", &json!("*"), &json!("s3:ListBucket"));
    old_tls["Condition"] = json!({ "NumericLessThan": { "s3:TlsVersion": "1.3" } });
    let mut in_query = statement("Deny", &json!("*"), &json!("s3:ListBucket"));
    in_query["Condition"] = json!({
        "StringEquals": { "s3:authType": "REST-QUERY-STRING" },
        "NumericGreaterThan": { "s3:signatureAge": "60000" },
    });
    rig.tell("tools/admin", "s3:PutBucketPolicy", put(&[old_tls, in_query]));
    rig.arrival.signing.algorithm = "AWS4-HMAC-SHA256";
    rig.arrival.tls = Some(("TLSv1.3".into(), "TLS_AES_128_GCM_SHA256".into()));
    rig.arrival.signing.age_ms = 60_001;
    rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
    rig.arrival.tls = Some(("TLSv1.2".into(), "ECDHE-RSA-AES128-GCM-SHA256".into()));
    let text = rig.refused("tools/admin", "s3:HeadBucket", of("b-1"));
    assert!(text.contains("with an explicit deny in a resource-based policy"), "{text}");
    rig.arrival.tls = None;
    rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
    rig.arrival.signing.in_query = true;
    let text = rig.refused("tools/admin", "s3:HeadBucket", of("b-1"));
    assert!(text.contains("with an explicit deny in a resource-based policy"), "{text}");
    rig.arrival.signing.age_ms = 60_000;
    rig.tell("tools/admin", "s3:HeadBucket", of("b-1"));
}
