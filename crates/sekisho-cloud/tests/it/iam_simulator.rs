//! The policy simulator through the gate: it answers what the gate would.

use serde_json::{Value, json};

use crate::rig::Rig;

const ADMIN: &str = "tools/admin";
const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
const BUCKET: &str = "arn:aws:s3:::artifacts";

fn policy(effect: &str, action: &str, resource: &str) -> Value {
    json!({ "Version": "2012-10-17",
            "Statement": [{ "Effect": effect, "Action": action, "Resource": resource }] })
}

/// The decisions of a simulation, in order.
fn decisions(reply: &Value) -> Vec<&str> {
    let results = reply["EvaluationResults"].as_array().unwrap();
    results.iter().map(|one| one["EvalDecision"].as_str().unwrap()).collect()
}

#[test]
fn the_simulator_answers_as_the_gate_does() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&policy("Allow", "iam:Get*", "*")));
    rig.tell(ADMIN, "iam:CreateGroup", json!({ "GroupName": "g" }));
    rig.tell(ADMIN, "iam:AddUserToGroup", json!({ "GroupName": "g", "UserName": "alice" }));
    let deny = policy("Deny", "iam:GetGroup", "*").to_string();
    let put = json!({ "GroupName": "g", "PolicyName": "no", "PolicyDocument": deny });
    rig.tell(ADMIN, "iam:PutGroupPolicy", put);
    let ask = json!({ "PolicySourceArn": ALICE,
                      "ActionNames": ["iam:GetUser", "iam:GetGroup", "iam:ListUsers"] });
    let reply = rig.tell(ADMIN, "iam:SimulatePrincipalPolicy", ask);
    assert_eq!(decisions(&reply), ["allowed", "explicitDeny", "implicitDeny"]);
    let results = &reply["EvaluationResults"];
    assert_eq!(results[0]["EvalResourceName"], "*");
    assert_eq!(results[0]["MatchedStatements"][0]["SourcePolicyId"], "user_alice_inline");
    assert_eq!(results[1]["MatchedStatements"].as_array().unwrap().len(), 1);
    assert_eq!(results[1]["MatchedStatements"][0]["SourcePolicyId"], "group_g_no");
    assert_eq!(results[2]["MatchedStatements"], json!([]));
    rig.tell("tools/alice", "iam:GetUser", json!({}));
    rig.refused("tools/alice", "iam:GetGroup", json!({ "GroupName": "g" }));
    rig.refused("tools/alice", "iam:ListUsers", json!({}));
    rig.verify();
}

#[test]
fn a_statement_is_told_by_its_place() {
    let mut rig = Rig::new();
    let text = "{\"Version\":\"2012-10-17\",\n \"Statement\":[\n  {\"Effect\":\"Allow\",\
                \"Action\":\"s3:GetObject\",\n   \"Resource\":\"*\"}]}";
    let ask = json!({ "PolicyInputList": [text], "ActionNames": ["s3:GetObject"] });
    let reply = rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask);
    let matched = &reply["EvaluationResults"][0]["MatchedStatements"];
    let expected = json!([{ "SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy",
        "StartPosition": { "Line": 3, "Column": 3 }, "EndPosition": { "Line": 4, "Column": 19 } }]);
    assert_eq!(*matched, expected);
}

#[test]
fn each_action_is_asked_of_each_resource_page_by_page() {
    let mut rig = Rig::new();
    let allow = policy("Allow", "s3:ListBucket", BUCKET).to_string();
    let ask = |marker: &Value| {
        let mut ask = json!({ "PolicyInputList": [allow], "MaxItems": 3,
            "ActionNames": ["s3:ListBucket", "s3:DeleteBucket"],
            "ResourceArns": [BUCKET, "arn:aws:s3:::other"] });
        if marker.is_string() {
            ask["Marker"] = marker.clone();
        }
        ask
    };
    let first = rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask(&Value::Null));
    assert_eq!(decisions(&first), ["allowed", "implicitDeny", "implicitDeny"]);
    assert_eq!(first["EvaluationResults"][1]["EvalResourceName"], "arn:aws:s3:::other");
    let specific = &first["EvaluationResults"][0]["ResourceSpecificResults"][0];
    assert_eq!(specific["EvalResourceName"], BUCKET);
    assert_eq!(specific["EvalResourceDecision"], "allowed");
    let second = rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask(&first["Marker"]));
    assert_eq!(decisions(&second), ["implicitDeny"]);
    assert_eq!(second["IsTruncated"], false);
}

#[test]
fn context_keys_are_listed_and_missed() {
    let mut rig = Rig::new();
    let text = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*",
        "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" },
                       "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } } } })
    .to_string();
    let listed =
        rig.tell(ADMIN, "iam:GetContextKeysForCustomPolicy", json!({ "PolicyInputList": [text] }));
    assert_eq!(listed["ContextKeyNames"], json!(["aws:SourceIp", "aws:TagKeys", "aws:username"]));
    let ask = |entries: Value| {
        json!({ "PolicyInputList": [text], "ActionNames": ["s3:GetObject"],
                "ResourceArns": ["arn:aws:s3:::home/alice/x"], "ContextEntries": entries })
    };
    let entry = |key: &str, kind: &str, values: Value| json!({ "ContextKeyName": key, "ContextKeyType": kind, "ContextKeyValues": values });
    let name = entry("aws:username", "string", json!(["alice"]));
    let reply = rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask(json!([name])));
    assert_eq!(decisions(&reply), ["implicitDeny"]);
    let missing = &reply["EvaluationResults"][0]["MissingContextValues"];
    assert_eq!(*missing, json!(["aws:SourceIp", "aws:TagKeys"]));
    let address = entry("aws:SourceIp", "ip", json!(["10.1.2.3"]));
    let tags = |list: Value| entry("aws:TagKeys", "stringList", list);
    let all = json!([name, address, tags(json!(["a"]))]);
    assert_eq!(decisions(&rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask(all))), ["allowed"]);
    let stray = json!([name, address, tags(json!(["a", "c"]))]);
    assert_eq!(
        decisions(&rig.tell(ADMIN, "iam:SimulateCustomPolicy", ask(stray))),
        ["implicitDeny"]
    );
}

#[test]
fn boundaries_limit_whether_attached_or_sent() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&policy("Allow", "*", "*")));
    let boundary = "arn:aws:iam::aws:policy/AdministratorAccess";
    let put = json!({ "UserName": "alice", "PermissionsBoundary": boundary });
    rig.tell(ADMIN, "iam:PutUserPermissionsBoundary", put);
    let ask = json!({ "PolicySourceArn": ALICE, "ActionNames": ["iam:GetUser"] });
    let reply = rig.tell(ADMIN, "iam:SimulatePrincipalPolicy", ask.clone());
    assert_eq!(decisions(&reply), ["allowed"]);
    let result = &reply["EvaluationResults"][0];
    assert_eq!(result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"], true);
    let kinds: Vec<_> = result["MatchedStatements"].as_array().unwrap().iter().collect();
    assert_eq!(kinds[1]["SourcePolicyType"], "Permissions Boundary Policy");
    let mut sent = ask;
    let tight = policy("Allow", "s3:*", "*").to_string();
    sent["PermissionsBoundaryPolicyInputList"] = json!([tight]);
    let reply = rig.tell(ADMIN, "iam:SimulatePrincipalPolicy", sent);
    assert_eq!(decisions(&reply), ["implicitDeny"]);
    let detail = &reply["EvaluationResults"][0]["PermissionsBoundaryDecisionDetail"];
    assert_eq!(detail["AllowedByPermissionsBoundary"], false);
}

#[test]
fn a_resource_policy_wants_a_user_who_calls() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let of_bucket = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Principal": { "AWS": ALICE }, "Action": "s3:ListBucket", "Resource": BUCKET } });
    let ask = json!({ "PolicyInputList": [], "ActionNames": ["s3:ListBucket"],
        "ResourceArns": [BUCKET], "ResourcePolicy": of_bucket.to_string() });
    assert_eq!(
        rig.refused(ADMIN, "iam:SimulateCustomPolicy", ask.clone()),
        "InvalidInput: Invalid caller - Caller must be an IAM user in this context."
    );
    let mut called = ask;
    called["CallerArn"] = json!(ALICE);
    let reply = rig.tell(ADMIN, "iam:SimulateCustomPolicy", called.clone());
    assert_eq!(decisions(&reply), ["allowed"]);
    let matched = &reply["EvaluationResults"][0]["MatchedStatements"][0];
    assert_eq!(matched["SourcePolicyId"], "ResourcePolicy");
    called["ResourceOwner"] = json!("arn:aws:iam::222222222222:root");
    let reply = rig.tell(ADMIN, "iam:SimulateCustomPolicy", called);
    assert_eq!(decisions(&reply), ["implicitDeny"]);
}

#[test]
fn what_makes_no_simulation_is_refused() {
    let mut rig = Rig::new();
    let ask = |arn: &str| json!({ "PolicySourceArn": arn, "ActionNames": ["iam:GetUser"] });
    let session = "arn:aws:sts::111111111111:assumed-role/build/session";
    assert_eq!(
        rig.refused(ADMIN, "iam:SimulatePrincipalPolicy", ask(session)),
        format!("InvalidInput: Invalid ARN provided in the request: {session}")
    );
    let nobody = "arn:aws:iam::111111111111:role/nobody";
    assert_eq!(
        rig.refused(ADMIN, "iam:SimulatePrincipalPolicy", ask(nobody)),
        "NoSuchEntity: The role with name nobody cannot be found."
    );
    let custom =
        |text: &str, action: &str| json!({ "PolicyInputList": [text], "ActionNames": [action] });
    let bad = rig.refused(ADMIN, "iam:SimulateCustomPolicy", custom("{", "s3:GetObject"));
    assert!(bad.starts_with("InvalidInput: PolicyInputList.1: "), "{bad}");
    let allow = policy("Allow", "*", "*").to_string();
    let bad = rig.refused(ADMIN, "iam:SimulateCustomPolicy", custom(&allow, "GetObject"));
    assert!(bad.starts_with("InvalidInput: `GetObject` is not an action"), "{bad}");
}

#[test]
fn simulating_is_asked_about_the_subject() {
    let mut rig = Rig::new();
    let only = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow",
        "Action": ["iam:SimulatePrincipalPolicy", "iam:GetContextKeysForPrincipalPolicy"],
        "Resource": ALICE } });
    rig.user("tools/alice", Some(&only));
    for operation in ["SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy"] {
        let ask = |arn: &str| {
            let mut ask = json!({ "PolicySourceArn": arn });
            if operation.starts_with("Sim") {
                ask["ActionNames"] = json!(["iam:GetUser"]);
            }
            ask
        };
        rig.tell("tools/alice", &format!("iam:{operation}"), ask(ALICE));
        let admin = "arn:aws:iam::111111111111:user/admin";
        assert_eq!(
            rig.refused("tools/alice", &format!("iam:{operation}"), ask(admin)),
            format!(
                "AccessDenied: User: {ALICE} is not authorized to perform: iam:{operation} on \
                 resource: {admin} because no identity-based policy allows the iam:{operation} action"
            )
        );
    }
    for operation in ["SimulateCustomPolicy", "GetContextKeysForCustomPolicy"] {
        let mut ask = json!({ "PolicyInputList": [] });
        if operation.starts_with("Sim") {
            ask["ActionNames"] = json!(["iam:GetUser"]);
        }
        let text = rig.refused("tools/alice", &format!("iam:{operation}"), ask);
        assert!(text.contains("on resource: * because no identity-based policy"), "{text}");
    }
    rig.verify();
}

#[test]
fn service_control_policies_are_asked_too() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "organizations:CreateOrganization", json!({ "FeatureSet": "ALL" }));
    let target = json!({ "Target": { "Id": "222222222222", "Type": "ACCOUNT" } });
    let invited = rig.tell(ADMIN, "organizations:InviteAccountToOrganization", target);
    let handshake = json!({ "HandshakeId": invited["Handshake"]["Id"] });
    rig.tell("staging/admin", "organizations:AcceptHandshake", handshake);
    let content = policy("Deny", "iam:GetUser", "*").to_string();
    let scp = json!({ "Content": content, "Description": "", "Name": "no",
                      "Type": "SERVICE_CONTROL_POLICY" });
    let made = rig.tell(ADMIN, "organizations:CreatePolicy", scp);
    let id = made["Policy"]["PolicySummary"]["Id"].clone();
    let attach = json!({ "PolicyId": id, "TargetId": "222222222222" });
    rig.tell(ADMIN, "organizations:AttachPolicy", attach);
    let ask = json!({ "PolicySourceArn": "arn:aws:iam::222222222222:user/admin",
                      "ActionNames": ["iam:GetUser", "iam:ListUsers"] });
    let reply = rig.tell("staging/admin", "iam:SimulatePrincipalPolicy", ask);
    assert_eq!(decisions(&reply), ["explicitDeny", "allowed"]);
    let by_organizations = |at: usize| {
        &reply["EvaluationResults"][at]["OrganizationsDecisionDetail"]["AllowedByOrganizations"]
    };
    assert_eq!((by_organizations(0), by_organizations(1)), (&json!(false), &json!(true)));
    rig.refused("staging/admin", "iam:GetUser", json!({}));
    rig.tell("staging/admin", "iam:ListUsers", json!({}));
    let ask = json!({ "PolicySourceArn": "arn:aws:iam::333333333333:user/admin",
                      "ActionNames": ["iam:GetUser"] });
    let reply = rig.tell("production/admin", "iam:SimulatePrincipalPolicy", ask);
    assert_eq!(reply["EvaluationResults"][0]["OrganizationsDecisionDetail"], Value::Null);
    rig.verify();
}
