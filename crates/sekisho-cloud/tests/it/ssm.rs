//! The Parameter Store through the gate.

use serde_json::{Value as Json, json};

use crate::kms::{key, key_policy};
use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const VALUE: &str = "correct horse battery staple";

fn put(name: &str, kind: &str, value: &str) -> Json {
    json!({ "Name": name, "Type": kind, "Value": value })
}

fn allow(action: &Json, resource: &str) -> Json {
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": action, "Resource": resource }],
    })
}

/// Looks for a text in all that is stored, as it is and in base64.
pub(crate) fn assert_hidden(rig: &Rig, secret: &str) {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(secret);
    let stored = rig.memory.0.lock().unwrap();
    for bytes in stored.rows.values().chain(&stored.records) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(secret), "{text}");
        assert!(!text.contains(encoded.trim_end_matches('=')), "{text}");
    }
}

#[test]
fn versions_follow_one_another() {
    let mut rig = Rig::new();
    let first = rig.tell(ADMIN, "ssm:PutParameter", put("/app/host", "String", "a"));
    assert_eq!(first, json!({ "Version": 1, "Tier": "Standard" }));
    let told = "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set \
                the overwrite option in the request to true.";
    assert_eq!(rig.refused(ADMIN, "ssm:PutParameter", put("/app/host", "String", "b")), told);
    let mut again = put("/app/host", "String", "b");
    again["Overwrite"] = json!(true);
    assert_eq!(rig.tell(ADMIN, "ssm:PutParameter", again)["Version"], 2);
    let label = json!({ "Name": "/app/host", "ParameterVersion": 1, "Labels": ["live", "1st"] });
    let labelled = rig.tell(ADMIN, "ssm:LabelParameterVersion", label);
    assert_eq!(labelled, json!({ "InvalidLabels": ["1st"], "ParameterVersion": 1 }));
    let value = |rig: &mut Rig, name: &str| {
        rig.tell(ADMIN, "ssm:GetParameter", json!({ "Name": name }))["Parameter"].clone()
    };
    assert_eq!(value(&mut rig, "/app/host")["Value"], "b");
    rig.restart();
    let old = value(&mut rig, "/app/host:live");
    assert_eq!((&old["Value"], &old["Selector"]), (&json!("a"), &json!(":live")));
    let arn = "arn:aws:ssm:us-east-1:111111111111:parameter/app/host";
    assert_eq!(value(&mut rig, arn)["ARN"], arn);
    let history = json!({ "Name": "/app/host", "MaxResults": 1 });
    let page = rig.tell(ADMIN, "ssm:GetParameterHistory", history);
    assert_eq!(page["Parameters"][0]["Labels"], json!(["live"]));
    let rest = json!({ "Name": "/app/host", "NextToken": page["NextToken"] });
    let page = rig.tell(ADMIN, "ssm:GetParameterHistory", rest);
    assert_eq!(page["Parameters"][0]["Value"], "b");
    let unlabel = json!({ "Name": "/app/host", "ParameterVersion": 1, "Labels": ["live", "old"] });
    let unlabelled = rig.tell(ADMIN, "ssm:UnlabelParameterVersion", unlabel);
    assert_eq!(unlabelled, json!({ "RemovedLabels": ["live"], "InvalidLabels": ["old"] }));
    rig.refused(ADMIN, "ssm:GetParameter", json!({ "Name": "/app/host:live" }));
    rig.tell(ADMIN, "ssm:DeleteParameter", json!({ "Name": "/app/host" }));
    let gone = rig.refused(ADMIN, "ssm:GetParameter", json!({ "Name": "/app/host" }));
    assert_eq!(gone, "ParameterNotFound: ");
    rig.verify();
}

#[test]
fn lists_have_filters_and_pages() {
    let mut rig = Rig::new();
    for name in ["/a/1", "/a/2", "/a/b/3", "/ab", "plain"] {
        rig.tell(ADMIN, "ssm:PutParameter", put(name, "String", "v"));
    }
    let names = |reply: &Json| {
        let all = reply["Parameters"].as_array().unwrap().iter();
        all.map(|one| one["Name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let path = |recursive| json!({ "Path": "/a", "Recursive": recursive });
    let under = rig.tell(ADMIN, "ssm:GetParametersByPath", path(false));
    assert_eq!(names(&under), ["/a/1", "/a/2"]);
    let under = rig.tell(ADMIN, "ssm:GetParametersByPath", path(true));
    assert_eq!(names(&under), ["/a/1", "/a/2", "/a/b/3"]);
    let filter = json!([{ "Key": "Name", "Option": "BeginsWith", "Values": ["/a/"] }]);
    let page = json!({ "ParameterFilters": filter, "MaxResults": 2 });
    let first = rig.tell(ADMIN, "ssm:DescribeParameters", page);
    assert_eq!(names(&first), ["/a/1", "/a/2"]);
    let page = json!({ "ParameterFilters": filter, "NextToken": first["NextToken"] });
    let last = rig.tell(ADMIN, "ssm:DescribeParameters", page);
    assert_eq!((names(&last), &last["NextToken"]), (vec!["/a/b/3".to_owned()], &Json::Null));
    let bad = json!({ "NextToken": "x" });
    let text = rig.refused(ADMIN, "ssm:DescribeParameters", bad);
    assert_eq!(text, "InvalidNextToken: The specified token is not valid.");
    let named = json!({ "Names": ["plain", "none"] });
    let got = rig.tell(ADMIN, "ssm:GetParameters", named.clone());
    assert_eq!((names(&got), &got["InvalidParameters"]), (vec!["plain".into()], &json!(["none"])));
    let gone = rig.tell(ADMIN, "ssm:DeleteParameters", named);
    assert_eq!(gone["DeletedParameters"], json!(["plain"]));
    rig.verify();
}

#[test]
fn every_operation_is_denied_without_permission() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "ssm:PutParameter", put("/app/x", "String", "v"));
    rig.user("tools/alice", None);
    let tags = json!({ "ResourceType": "Parameter", "ResourceId": "/app/x" });
    let with = |mut input: Json, name: &str, value: Json| {
        input[name] = value;
        input
    };
    let name = json!({ "Name": "/app/x" });
    let on = "arn:aws:ssm:us-east-1:111111111111:parameter/app/x";
    for (operation, input, on) in [
        ("PutParameter", put("/app/x", "String", "v"), on),
        ("GetParameter", name.clone(), on),
        ("GetParameters", json!({ "Names": ["/app/x"] }), on),
        ("GetParametersByPath", json!({ "Path": "/app/x" }), on),
        ("GetParameterHistory", name.clone(), on),
        ("DescribeParameters", json!({}), "arn:aws:ssm:us-east-1:111111111111:*"),
        ("DeleteParameter", name.clone(), on),
        ("DeleteParameters", json!({ "Names": ["/app/x"] }), on),
        ("LabelParameterVersion", with(name.clone(), "Labels", json!(["a"])), on),
        (
            "AddTagsToResource",
            with(tags.clone(), "Tags", json!([{ "Key": "a", "Value": "b" }])),
            on,
        ),
        ("RemoveTagsFromResource", with(tags.clone(), "TagKeys", json!(["a"])), on),
        ("ListTagsForResource", tags.clone(), on),
    ] {
        let told = format!(
            "AccessDeniedException: User: arn:aws:iam::111111111111:user/alice is not authorized to \
             perform: ssm:{operation} on resource: {on} because no identity-based policy allows the \
             ssm:{operation} action"
        );
        assert_eq!(rig.refused("tools/alice", &format!("ssm:{operation}"), input), told);
    }
    rig.verify();
}

#[test]
fn secure_strings_are_under_kms() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "ssm:PutParameter", put("/app/password", "SecureString", VALUE));
    let long = VALUE.repeat(200);
    let mut advanced = put("/app/long", "SecureString", &long);
    advanced["Tier"] = json!("Intelligent-Tiering");
    assert_eq!(rig.tell(ADMIN, "ssm:PutParameter", advanced)["Tier"], "Advanced");
    rig.restart();
    for (name, value) in [("/app/password", VALUE), ("/app/long", &long)] {
        let read = |decrypts: bool| json!({ "Name": name, "WithDecryption": decrypts });
        let open = rig.tell(ADMIN, "ssm:GetParameter", read(true));
        assert_eq!(open["Parameter"]["Value"], *value);
        let shut = rig.tell(ADMIN, "ssm:GetParameter", read(false));
        assert_ne!(shut["Parameter"]["Value"], *value);
    }
    let read = json!({ "Name": "/app/password" });
    let shut = rig.tell(ADMIN, "ssm:GetParameter", read)["Parameter"]["Value"].clone();
    let context = json!({
        "PARAMETER_ARN": "arn:aws:ssm:us-east-1:111111111111:parameter/app/password"
    });
    let by_hand = json!({ "CiphertextBlob": shut, "EncryptionContext": context });
    let text = rig.refused(ADMIN, "kms:Decrypt", by_hand);
    assert!(text.contains("no resource-based policy allows the kms:Decrypt action"), "{text}");
    assert_hidden(&rig, VALUE);
    rig.verify();
}

#[test]
fn the_reader_needs_the_key_too() {
    let mut rig = Rig::new();
    let deny = json!({
        "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
        "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:user/alice" } },
    });
    let arn = key(&mut rig, ADMIN, Some(&key_policy("111111111111", &deny)));
    let mut input = put("/app/password", "SecureString", VALUE);
    input["KeyId"] = json!(arn);
    rig.tell(ADMIN, "ssm:PutParameter", input);
    rig.user("tools/alice", Some(&allow(&json!(["ssm:GetParameter", "kms:*"]), "*")));
    let text = rig.refused(
        "tools/alice",
        "ssm:GetParameter",
        json!({ "Name": "/app/password", "WithDecryption": true }),
    );
    assert!(text.starts_with("AccessDeniedException: User: arn:aws:iam::1111"), "{text}");
    assert!(
        text.ends_with("(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)")
    );
    let calls = rig.last_record()["calls"].clone();
    assert_eq!(calls[0]["operation"], "kms:Decrypt");
    assert_eq!(calls[0]["via"], json!(["ssm.amazonaws.com"]));
    rig.tell("tools/alice", "ssm:GetParameter", json!({ "Name": "/app/password" }));
    rig.tell(ADMIN, "kms:DisableKey", json!({ "KeyId": arn }));
    let read = json!({ "Name": "/app/password", "WithDecryption": true });
    let text = rig.refused(ADMIN, "ssm:GetParameter", read);
    let told = "(Service: AWSKMS; Status Code: 400; Error Code: DisabledException)";
    assert_eq!(text, format!("InvalidKeyId: {arn} is disabled. {told}"));
    assert_hidden(&rig, VALUE);
    rig.verify();
}

#[test]
fn a_path_is_allowed_for_what_stands_under_it() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "ssm:PutParameter", put("/app/x", "String", "v"));
    let arn = "arn:aws:ssm:us-east-1:111111111111:parameter/app";
    rig.user("tools/alice", Some(&allow(&json!("ssm:GetParameter*"), arn)));
    let got = rig.tell("tools/alice", "ssm:GetParametersByPath", json!({ "Path": "/app" }));
    assert_eq!(got["Parameters"][0]["Name"], "/app/x");
    let text = rig.refused("tools/alice", "ssm:GetParameter", json!({ "Name": "/app/x" }));
    assert!(text.starts_with("AccessDeniedException: "), "{text}");
    let other = "arn:aws:ssm:us-east-1:111111111111:parameter/app";
    rig.user("staging/bob", Some(&allow(&json!("*"), "*")));
    let text = rig.refused("staging/bob", "ssm:GetParameter", json!({ "Name": other }));
    assert!(text.starts_with("AccessDeniedException: "), "{text}");
    rig.verify();
}

#[test]
fn tags_stand_on_parameters_and_decide() {
    let mut rig = Rig::new();
    let tag = json!([{ "Key": "team", "Value": "red" }]);
    let mut tagged = put("x", "String", "v");
    tagged["Tags"] = tag.clone();
    rig.tell(ADMIN, "ssm:PutParameter", tagged.clone());
    tagged["Overwrite"] = json!(true);
    let text = rig.refused(ADMIN, "ssm:PutParameter", tagged);
    assert!(text.starts_with("ValidationException: Invalid request: tags and overwrite"), "{text}");
    let mut policy = allow(&json!("ssm:GetParameter"), "*");
    policy["Statement"][0]["Condition"] =
        json!({ "StringEquals": { "aws:ResourceTag/team": "red" } });
    rig.user("tools/alice", Some(&policy));
    rig.tell("tools/alice", "ssm:GetParameter", json!({ "Name": "x" }));
    let on = json!({ "ResourceType": "Parameter", "ResourceId": "x" });
    assert_eq!(rig.tell(ADMIN, "ssm:ListTagsForResource", on.clone())["TagList"], tag);
    let mut input = on.clone();
    input["Tags"] = json!([{ "Key": "team", "Value": "blue" }]);
    rig.tell(ADMIN, "ssm:AddTagsToResource", input);
    let text = rig.refused("tools/alice", "ssm:GetParameter", json!({ "Name": "x" }));
    assert!(text.starts_with("AccessDeniedException: "), "{text}");
    let mut input = on.clone();
    input["TagKeys"] = json!(["team"]);
    rig.tell(ADMIN, "ssm:RemoveTagsFromResource", input);
    assert_eq!(rig.tell(ADMIN, "ssm:ListTagsForResource", on)["TagList"], json!([]));
    rig.verify();
}

#[test]
fn values_are_checked() {
    let mut rig = Rig::new();
    let with = |name: &str, value: Json| {
        let mut input = put("/x", "String", "12a");
        input[name] = value;
        input
    };
    for (input, told) in [
        (put("a/b", "String", "v"), "Parameter name must be a fully qualified name"),
        (put("awsx", "String", "v"), "can't be prefixed with \"aws\" or \"ssm\""),
        (put("/x", "String", ""), "Member must have length greater than or equal to 1"),
        (put("/x", "String", &"v".repeat(4097)), "maximum parameter value of 4096 characters"),
        (json!({ "Name": "/x", "Value": "v" }), "A parameter type is required"),
        (with("AllowedPattern", json!("[0-9]+")), "ParameterPatternMismatchException"),
        (with("AllowedPattern", json!("(")), "InvalidAllowedPatternException"),
        (with("DataType", json!("TEXT")), "The following data type is not supported: TEXT"),
        (with("KeyId", json!("alias/aws/ssm")), "KeyId is required for SecureString"),
    ] {
        let text = rig.refused(ADMIN, "ssm:PutParameter", input);
        assert!(text.contains(told), "{text}");
    }
    let input = with("Policies", json!("[]"));
    let text = rig.refused(ADMIN, "ssm:PutParameter", input);
    assert!(text.starts_with("NotImplemented: "), "{text}");
    rig.verify();
}
