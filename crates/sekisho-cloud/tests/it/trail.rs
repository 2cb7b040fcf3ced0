//! What calls leave in CloudTrail, and how it is looked up.

use serde_json::{Value as Json, json};

use crate::rig::{ACCOUNTS, Rig};

/// The history of an account, newest first, as one page.
fn lookup(rig: &mut Rig, who: &str, input: Json) -> Vec<Json> {
    let reply = rig.tell(who, "cloudtrail:LookupEvents", input);
    reply["Events"].as_array().unwrap().clone()
}

fn by(key: &str, value: &str) -> Json {
    json!({ "LookupAttributes": [{ "AttributeKey": key, "AttributeValue": value }] })
}

fn record(event: &Json) -> Json {
    serde_json::from_str(event["CloudTrailEvent"].as_str().unwrap()).unwrap()
}

fn names(events: &[Json]) -> Vec<&str> {
    events.iter().map(|event| event["EventName"].as_str().unwrap()).collect()
}

#[test]
fn an_account_begins_with_calls_of_its_root_user() {
    let mut rig = Rig::new();
    let events = lookup(&mut rig, "tools/admin", json!({}));
    assert_eq!(names(&events), ["CreateAccessKey", "AttachUserPolicy", "CreateUser"]);
    assert_eq!(events[0]["Username"], "root");
    let identity = json!({
        "type": "Root", "principalId": "111111111111", "accountId": "111111111111",
        "arn": "arn:aws:iam::111111111111:root", "invokedBy": "AWS Internal"
    });
    assert_eq!(record(&events[0])["userIdentity"], identity);
    rig.verify();
}

#[test]
fn a_call_of_a_user_is_found_by_each_attribute() {
    let mut rig = Rig::new();
    rig.pass(90);
    rig.tell("tools/admin", "iam:CreateUser", json!({ "UserName": "bob" }));
    rig.restart();
    rig.pass(1);
    let events = lookup(&mut rig, "tools/admin", by("ResourceName", "bob"));
    assert_eq!(names(&events), ["CreateUser"]);
    let event = &events[0];
    assert_eq!(event["ReadOnly"], "false");
    assert_eq!(event["EventSource"], "iam.amazonaws.com");
    assert_eq!(event["Username"], "admin");
    assert_eq!(event["EventTime"], 1_795_478_490);
    let user = json!({ "ResourceType": "AWS::IAM::User", "ResourceName": "bob" });
    assert_eq!(event["Resources"], json!([user]));
    let record = record(event);
    assert_eq!(record["requestParameters"], json!({ "userName": "bob" }));
    assert_eq!(record["responseElements"]["user"]["createDate"], "Nov 24, 2026 12:01:30 AM");
    assert_eq!(record["eventID"], event["EventId"]);
    let text = |name: &str| event[name].as_str().unwrap().to_owned();
    let same = [("EventId", text("EventId")), ("AccessKeyId", text("AccessKeyId"))];
    for (key, value) in same {
        let found = lookup(&mut rig, "tools/admin", by(key, &value));
        assert!(found.contains(event), "{key}");
    }
    let source = lookup(&mut rig, "tools/admin", by("EventSource", "iam.amazonaws.com"));
    assert_eq!(source.len(), 4);
    assert_eq!(lookup(&mut rig, "tools/admin", by("ReadOnly", "false")).len(), 4);
    assert_eq!(lookup(&mut rig, "tools/admin", by("EventName", "CreateUser")).len(), 2);
    assert_eq!(lookup(&mut rig, "tools/admin", by("ResourceType", "AWS::IAM::User")).len(), 4);
    assert!(lookup(&mut rig, "tools/admin", by("Username", "nobody")).is_empty());
    assert!(lookup(&mut rig, "staging/admin", by("ResourceName", "bob")).is_empty());
}

#[test]
fn the_history_is_read_page_by_page() {
    let mut rig = Rig::new();
    for number in 0..7 {
        rig.pass(1);
        rig.tell("tools/admin", "iam:CreateUser", json!({ "UserName": format!("user{number}") }));
    }
    let asked = json!({ "MaxResults": 3, "EndTime": 1_795_478_406 });
    let (mut seen, mut input) = (Vec::new(), asked.clone());
    loop {
        let reply = rig.tell("tools/admin", "cloudtrail:LookupEvents", input);
        let page = reply["Events"].as_array().unwrap();
        assert!(page.len() <= 3);
        seen.extend(page.iter().map(|event| event["EventTime"].as_i64().unwrap()));
        let Some(token) = reply["NextToken"].as_str() else { break };
        input = asked.clone();
        input["NextToken"] = token.into();
        let mut other = input.clone();
        other["EndTime"] = 1_795_478_405.into();
        let text = rig.refused("tools/admin", "cloudtrail:LookupEvents", other);
        assert!(text.starts_with("InvalidNextTokenException: "), "{text}");
    }
    let start = 1_795_478_400;
    assert_eq!(seen, [6, 5, 4, 3, 2, 1, 0, 0, 0].map(|after| start + after));
}

#[test]
fn the_range_has_both_ends_and_ninety_days() {
    let mut rig = Rig::new();
    rig.pass(10);
    rig.tell("tools/admin", "iam:CreateUser", json!({ "UserName": "bob" }));
    let at = 1_795_478_410;
    let range = |start: i64, end: i64| json!({ "StartTime": start, "EndTime": end });
    assert_eq!(lookup(&mut rig, "tools/admin", range(at, at)).len(), 1);
    assert!(lookup(&mut rig, "tools/admin", range(at - 5, at - 1)).is_empty());
    let text = rig.refused("tools/admin", "cloudtrail:LookupEvents", range(at, at - 1));
    assert!(text.starts_with("InvalidTimeRangeException: "), "{text}");
    rig.pass(91 * 24 * 3600);
    assert!(lookup(&mut rig, "tools/admin", json!({ "StartTime": 0 })).is_empty());
}

#[test]
fn one_attribute_at_most() {
    let mut rig = Rig::new();
    let one = json!({ "AttributeKey": "EventName", "AttributeValue": "x" });
    let two = json!({ "LookupAttributes": [one, one] });
    let text = rig.refused("tools/admin", "cloudtrail:LookupEvents", two);
    assert!(text.starts_with("InvalidLookupAttributesException: "), "{text}");
    let long = by("EventName", &"_".repeat(1_001));
    let text = rig.refused("tools/admin", "cloudtrail:LookupEvents", long);
    assert!(text.starts_with("InvalidLookupAttributesException: "), "{text}");
}

#[test]
fn a_denied_call_is_recorded_with_what_was_said() {
    let mut rig = Rig::new();
    rig.user("tools/mallory", None);
    let text = rig.refused("tools/mallory", "cloudtrail:LookupEvents", json!({}));
    assert_eq!(
        text,
        "AccessDeniedException: User: arn:aws:iam::111111111111:user/mallory is not authorized to \
         perform: cloudtrail:LookupEvents because no identity-based policy allows the \
         cloudtrail:LookupEvents action"
    );
    let events = lookup(&mut rig, "tools/admin", by("Username", "mallory"));
    assert_eq!(names(&events), ["LookupEvents"]);
    let record = record(&events[0]);
    assert_eq!(record["errorCode"], "AccessDenied");
    assert_eq!(
        format!("AccessDeniedException: {}", record["errorMessage"].as_str().unwrap()),
        text
    );
    assert_eq!(record["requestParameters"], Json::Null);
    assert_eq!(record["responseElements"], Json::Null);
    rig.verify();
}

#[test]
fn what_nobody_asks_of_iam_is_in_the_journal_and_in_no_trail() {
    let mut rig = Rig::new();
    rig.call("anonymous", "iam:GetUser", json!({ "UserName": "admin" })).unwrap_err();
    let last = rig.last_record();
    assert_eq!(last["calls"][0]["operation"], "iam:GetUser");
    assert_eq!(last["events"], json!([]));
}

/// A role of production that `tools/alice` may assume, and what a session of it may do.
fn deploy(rig: &mut Rig) -> String {
    let assume = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["sts:*", "kms:*"], "Resource": "*" }
    ] });
    rig.user("tools/alice", Some(&assume));
    let trust = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "AWS": "arn:aws:iam::111111111111:user/alice" }
    }] });
    let role = json!({
        "RoleName": "deploy", "Path": "/ci/", "AssumeRolePolicyDocument": trust.to_string()
    });
    let made = rig.tell("production/admin", "iam:CreateRole", role);
    made["Role"]["Arn"].as_str().unwrap().to_owned()
}

#[test]
fn a_role_of_another_account_is_assumed_in_sight_of_both() {
    let mut rig = Rig::new();
    let arn = deploy(&mut rig);
    let input = json!({ "RoleArn": arn, "RoleSessionName": "run-7" });
    rig.assume("tools/alice", "production/deploy", input.clone());
    rig.refused("staging/admin", "sts:AssumeRole", input);
    rig.refused("production/deploy", "iam:GetUser", json!({ "UserName": "admin" }));
    let assumed = by("EventName", "AssumeRole");
    let (ours, theirs) = (
        lookup(&mut rig, "tools/admin", assumed.clone()),
        lookup(&mut rig, "production/admin", assumed.clone()),
    );
    assert_eq!((ours.len(), theirs.len()), (1, 1));
    assert_eq!(ours[0]["Username"], "alice");
    assert_eq!(theirs[0]["Username"], Json::Null);
    let named = theirs[0]["Resources"].as_array().unwrap();
    let kinds: Vec<_> = named.iter().map(|one| one["ResourceType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["AWS::IAM::Role", "AWS::IAM::AccessKey", "AWS::STS::AssumedRole"]);
    let (ours, theirs) = (record(&ours[0]), record(&theirs[0]));
    assert_eq!(ours["sharedEventID"], theirs["sharedEventID"]);
    assert_eq!(ours["requestID"], theirs["requestID"]);
    assert_ne!(ours["eventID"], theirs["eventID"]);
    let id = &ours["userIdentity"]["principalId"];
    let stranger = json!({ "type": "AWSAccount", "principalId": id, "accountId": "111111111111" });
    assert_eq!(theirs["userIdentity"], stranger);
    let role = json!({ "accountId": "333333333333", "type": "AWS::IAM::Role", "ARN": arn });
    assert_eq!(theirs["resources"], json!([role]));
    assert_eq!(theirs["readOnly"], true);
    let held = theirs["responseElements"]["credentials"].as_object().unwrap();
    assert!(held.keys().eq(["accessKeyId", "expiration"]));
    let refused = lookup(&mut rig, "staging/admin", assumed);
    assert_eq!(record(&refused[0])["errorCode"], "AccessDenied");
    let session = lookup(&mut rig, "production/admin", by("Username", "run-7"));
    let session = record(&session[0]);
    assert_eq!(session["userIdentity"]["type"], "AssumedRole");
    assert_eq!(session["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"], arn);
    assert_eq!(session["errorCode"], "AccessDenied");
    rig.verify();
}

#[test]
fn the_use_of_a_key_is_told_to_its_owner_unless_it_is_denied() {
    let mut rig = Rig::new();
    deploy(&mut rig);
    let open = crate::kms::key_policy(
        "333333333333",
        &json!({
            "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*",
            "Principal": { "AWS": "arn:aws:iam::111111111111:user/alice" }
        }),
    );
    let key = crate::kms::key(&mut rig, "production/admin", Some(&open));
    let input = json!({ "KeyId": key, "Plaintext": "aGVsbG8=" });
    rig.tell("tools/alice", "kms:Encrypt", input);
    let denied = json!({ "KeyId": key, "KeySpec": "AES_256" });
    rig.refused("tools/alice", "kms:GenerateDataKey", denied);
    let uses = by("ResourceName", &key);
    let ours = lookup(&mut rig, "tools/admin", uses.clone());
    assert_eq!(names(&ours), ["GenerateDataKey", "Encrypt"]);
    let theirs = lookup(&mut rig, "production/admin", uses);
    assert_eq!(names(&theirs), ["Encrypt", "CreateKey"]);
    let parameters = &record(&theirs[0])["requestParameters"];
    assert_eq!(*parameters, json!({ "keyId": key, "encryptionAlgorithm": "SYMMETRIC_DEFAULT" }));
}

/// Makes the calls whose requests or replies hold secrets, and looks for the secrets wherever the
/// engine writes.
#[test]
fn no_secret_is_ever_written_down() {
    let mut rig = Rig::new();
    for (account, _) in ACCOUNTS {
        rig.user(&format!("{account}/bob"), None);
    }
    let role = deploy(&mut rig);
    let input = json!({ "RoleArn": role, "RoleSessionName": "run-7" });
    rig.assume("tools/alice", "production/deploy", input);
    let mut secrets = rig.secrets();
    assert_eq!(secrets.len(), 9);
    for (name, input) in
        [("sts:GetSessionToken", json!({})), ("sts:GetFederationToken", json!({ "Name": "carol" }))]
    {
        let reply = rig.tell("tools/alice", name, input);
        for member in ["SecretAccessKey", "SessionToken"] {
            secrets.push(reply["Credentials"][member].as_str().unwrap().to_owned());
        }
    }
    let key = crate::kms::key(&mut rig, "tools/admin", None);
    let input = json!({ "KeyId": key, "KeySpec": "AES_256" });
    let made = rig.tell("tools/admin", "kms:GenerateDataKey", input);
    let plaintext = made["Plaintext"].as_str().unwrap();
    secrets.push(plaintext.to_owned());
    let input = json!({ "KeyId": key, "Plaintext": plaintext });
    rig.tell("tools/admin", "kms:Encrypt", input);
    let stored = rig.memory.0.lock().unwrap();
    for written in stored.records.iter().chain(stored.rows.values()) {
        let text = String::from_utf8_lossy(written);
        assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())), "{text}");
    }
}
