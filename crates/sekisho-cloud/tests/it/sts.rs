//! STS through the gate: who may take which session, and what the session then reaches.

use sekisho_cloud::dice::Dice;
use sekisho_cloud::services::sts::message::{AuthorizationMessage, Items, Refused, RequestContext};
use sekisho_cloud::vault::{RootKey, VaultOf};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use crate::rig::{Key, Rig};

const BUILD: &str = "arn:aws:iam::111111111111:role/ci/build";

/// A trust policy with one statement.
fn trust(principal: &Json, actions: &Json, condition: &Json) -> String {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": principal, "Action": actions, "Condition": condition
    }] })
    .to_string()
}

fn allow(action: &str) -> Json {
    json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": action, "Resource": "*" }
    ] })
}

/// Makes the role `build` of the account tools, which trusts these.
fn build(rig: &mut Rig, trust: &str) {
    let role = json!({
        "RoleName": "build", "Path": "/ci/", "AssumeRolePolicyDocument": trust,
        "Tags": [{ "Key": "Team", "Value": "delivery" }]
    });
    rig.tell("tools/admin", "iam:CreateRole", role);
    let policy = json!({
        "RoleName": "build", "PolicyName": "inline", "PolicyDocument": allow("iam:GetUser").to_string()
    });
    rig.tell("tools/admin", "iam:PutRolePolicy", policy);
}

fn tools() -> Json {
    json!({ "AWS": "arn:aws:iam::111111111111:root" })
}

fn assume() -> Json {
    json!({ "RoleArn": BUILD, "RoleSessionName": "run-1" })
}

fn with(mut input: Json, more: &Json) -> Json {
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    input
}

/// The credentials of a reply, under a name.
fn know(rig: &mut Rig, name: &str, reply: &Json) {
    let text = |name: &str| reply["Credentials"][name].as_str().unwrap().to_owned();
    let token = Some(text("SessionToken"));
    let key = Key { id: text("AccessKeyId"), secret: text("SecretAccessKey"), token };
    rig.know(name, key);
}

#[test]
fn a_session_acts_as_the_role_until_it_ends() {
    let mut rig = Rig::new();
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &json!({})));
    let reply = rig.tell("tools/admin", "sts:AssumeRole", assume());
    let user = &reply["AssumedRoleUser"];
    assert_eq!(user["Arn"], "arn:aws:sts::111111111111:assumed-role/build/run-1");
    assert!(user["AssumedRoleId"].as_str().unwrap().ends_with(":run-1"));
    assert_eq!(reply.get("PackedPolicySize"), None);
    know(&mut rig, "session", &reply);
    rig.restart();
    let me = rig.tell("session", "sts:GetCallerIdentity", json!({}));
    assert_eq!((&me["Arn"], &me["UserId"]), (&user["Arn"], &user["AssumedRoleId"]));
    rig.tell("session", "iam:GetUser", json!({ "UserName": "admin" }));
    let text = rig.refused("session", "iam:CreateUser", json!({ "UserName": "x" }));
    assert!(text.ends_with("because no identity-based policy allows the iam:CreateUser action"));
    rig.pass(3_600);
    let text = rig.refused("session", "sts:GetCallerIdentity", json!({}));
    assert!(text.contains("Expired"), "{text}");
    rig.verify();
}

#[test]
fn whom_the_role_does_not_trust_learns_nothing() {
    let mut rig = Rig::new();
    let own = json!({ "StringEquals": { "sts:ExternalId": "secret" } });
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &own));
    rig.user("staging/mallory", Some(&allow("sts:*")));
    let bare = |who: &str, role: &str| {
        format!(
            "AccessDenied: User: {who} is not authorized to perform: sts:AssumeRole on resource: {role}"
        )
    };
    let admin = "arn:aws:iam::111111111111:user/admin";
    let mallory = "arn:aws:iam::222222222222:user/mallory";
    assert_eq!(rig.refused("tools/admin", "sts:AssumeRole", assume()), bare(admin, BUILD));
    assert_eq!(rig.refused("staging/mallory", "sts:AssumeRole", assume()), bare(mallory, BUILD));
    let none = "arn:aws:iam::111111111111:role/none";
    let missing = with(assume(), &json!({ "RoleArn": none }));
    assert_eq!(rig.refused("tools/admin", "sts:AssumeRole", missing), bare(admin, none));
    let right = with(assume(), &json!({ "ExternalId": "secret" }));
    rig.tell("tools/admin", "sts:AssumeRole", right);
    let text = with(assume(), &json!({ "RoleArn": "arn:aws:s3:::a-bucket-of-mine" }));
    assert_eq!(
        rig.refused("tools/admin", "sts:AssumeRole", text),
        "ValidationError: arn:aws:s3:::a-bucket-of-mine is invalid"
    );
    rig.verify();
}

#[test]
fn both_accounts_must_agree() {
    let mut rig = Rig::new();
    let staging = json!({ "AWS": "arn:aws:iam::222222222222:root" });
    build(&mut rig, &trust(&staging, &json!("sts:AssumeRole"), &json!({})));
    rig.user("staging/deployer", Some(&allow("sts:AssumeRole")));
    rig.user("staging/nobody", None);
    rig.assume("staging/deployer", "session", assume());
    rig.tell("session", "iam:GetUser", json!({ "UserName": "admin" }));
    let text = rig.refused("staging/nobody", "sts:AssumeRole", assume());
    assert!(text.contains("on resource: arn:aws:iam::111111111111:role/ci/build"), "{text}");
}

#[test]
fn a_role_made_anew_is_a_stranger_to_the_old_session() {
    let mut rig = Rig::new();
    let trust = trust(&tools(), &json!("sts:AssumeRole"), &json!({}));
    build(&mut rig, &trust);
    rig.assume("tools/admin", "session", assume());
    let inline = json!({ "RoleName": "build", "PolicyName": "inline" });
    rig.tell("tools/admin", "iam:DeleteRolePolicy", inline);
    rig.tell("tools/admin", "iam:DeleteRole", json!({ "RoleName": "build" }));
    rig.refused("session", "sts:GetCallerIdentity", json!({}));
    build(&mut rig, &trust);
    let text = rig.refused("session", "sts:GetCallerIdentity", json!({}));
    assert!(text.starts_with("InvalidClientTokenId"), "{text}");
    rig.verify();
}

#[test]
fn tags_are_a_question_of_their_own_and_transitive_ones_stay() {
    let mut rig = Rig::new();
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &json!({})));
    let tags = json!({
        "Tags": [{ "Key": "Run", "Value": "7" }, { "Key": "Team", "Value": "other" }],
        "TransitiveTagKeys": ["run"]
    });
    let text = rig.refused("tools/admin", "sts:AssumeRole", with(assume(), &tags));
    assert_eq!(
        text,
        format!(
            "AccessDenied: User: arn:aws:iam::111111111111:user/admin is not authorized to perform: \
             sts:TagSession on resource: {BUILD}"
        )
    );
    let both = json!(["sts:AssumeRole", "sts:TagSession"]);
    let only = json!({ "StringLike": { "aws:RequestTag/Run": "7" } });
    let tagged = json!({ "StringEquals": { "aws:PrincipalTag/Run": "7" } });
    for (name, principal, condition) in
        [("first", tools(), only), ("second", json!({ "AWS": BUILD }), tagged)]
    {
        let document = trust(&principal, &both, &condition);
        let role = json!({ "RoleName": name, "AssumeRolePolicyDocument": document });
        rig.tell("tools/admin", "iam:CreateRole", role);
    }
    let on = |name: &str| json!({ "RoleArn": format!("arn:aws:iam::111111111111:role/{name}") });
    let reply =
        rig.tell("tools/admin", "sts:AssumeRole", with(with(assume(), &tags), &on("first")));
    assert!(reply["PackedPolicySize"].as_u64().unwrap() > 0);
    let document = trust(&tools(), &both, &json!({}));
    let update = json!({ "RoleName": "build", "PolicyDocument": document });
    rig.tell("tools/admin", "iam:UpdateAssumeRolePolicy", update);
    rig.assume("tools/admin", "tagged", with(assume(), &tags));
    rig.assume("tools/admin", "untagged", assume());
    rig.tell("tagged", "sts:AssumeRole", with(assume(), &on("second")));
    rig.refused("untagged", "sts:AssumeRole", with(assume(), &on("second")));
    let again = json!({ "Tags": [{ "Key": "RUN", "Value": "7" }] });
    let text = rig.refused("tagged", "sts:AssumeRole", with(with(assume(), &on("second")), &again));
    assert!(text.starts_with("InvalidParameterValue: One of the specified transitive tag keys"));
    let twice = json!({ "Tags": [{ "Key": "a", "Value": "" }, { "Key": "A", "Value": "" }] });
    let text = rig.refused("tools/admin", "sts:AssumeRole", with(assume(), &twice));
    assert!(text.starts_with("InvalidParameterValue: Duplicate tag keys found."), "{text}");
    let reserved = json!({ "Tags": [{ "Key": "aws:a", "Value": "" }] });
    assert_eq!(
        rig.refused("tools/admin", "sts:AssumeRole", with(assume(), &reserved)),
        "InvalidParameterValue: aws: prefixed tag key names are not allowed for external use."
    );
    let absent = json!({ "TransitiveTagKeys": ["b"] });
    let text = rig.refused("tools/admin", "sts:AssumeRole", with(assume(), &absent));
    assert!(text.contains("must be included in the requested tags."), "{text}");
    rig.verify();
}

#[test]
fn a_source_identity_stays_through_a_chain_and_needs_both_sides() {
    let mut rig = Rig::new();
    let both = json!(["sts:AssumeRole", "sts:SetSourceIdentity"]);
    build(&mut rig, &trust(&tools(), &both, &json!({})));
    let document = trust(&json!({ "AWS": BUILD }), &both, &json!({}));
    let next = json!({ "RoleName": "next", "AssumeRolePolicyDocument": document });
    rig.tell("tools/admin", "iam:CreateRole", next);
    let reply = rig.tell(
        "tools/admin",
        "sts:AssumeRole",
        with(assume(), &json!({ "SourceIdentity": "ann" })),
    );
    assert_eq!(reply["SourceIdentity"], "ann");
    know(&mut rig, "session", &reply);
    let next = with(assume(), &json!({ "RoleArn": "arn:aws:iam::111111111111:role/next" }));
    let text = rig.refused("session", "sts:AssumeRole", next.clone());
    assert!(text.contains("perform: sts:SetSourceIdentity on resource"), "{text}");
    let policy = json!({
        "RoleName": "build", "PolicyName": "more", "PolicyDocument": allow("sts:*").to_string()
    });
    rig.tell("tools/admin", "iam:PutRolePolicy", policy);
    let reply = rig.tell("session", "sts:AssumeRole", next.clone());
    assert_eq!(reply["SourceIdentity"], "ann");
    let text =
        rig.refused("session", "sts:AssumeRole", with(next, &json!({ "SourceIdentity": "eve" })));
    assert!(text.contains("perform: sts:SetSourceIdentity"), "{text}");
    rig.verify();
}

#[test]
fn durations_have_limits_and_chains_have_an_hour() {
    let mut rig = Rig::new();
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &json!({})));
    let long = |seconds| with(assume(), &json!({ "DurationSeconds": seconds }));
    assert_eq!(
        rig.refused("tools/admin", "sts:AssumeRole", long(3_601)),
        "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
    let update = json!({ "RoleName": "build", "MaxSessionDuration": 43_200 });
    rig.tell("tools/admin", "iam:UpdateRole", update);
    rig.assume("tools/admin", "session", long(43_200));
    let trust = trust(&json!({ "AWS": BUILD }), &json!("sts:AssumeRole"), &json!({}));
    let update = json!({ "RoleName": "build", "PolicyDocument": trust });
    rig.tell("tools/admin", "iam:UpdateAssumeRolePolicy", update);
    assert_eq!(
        rig.refused("session", "sts:AssumeRole", long(3_601)),
        "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles \
         assumed by role chaining."
    );
    rig.tell("session", "sts:AssumeRole", long(3_600));
}

#[test]
fn session_policies_narrow_and_are_checked() {
    let mut rig = Rig::new();
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &json!({})));
    let policy = |text: &str| with(assume(), &json!({ "Policy": text }));
    rig.assume("tools/admin", "narrow", policy(&allow("s3:*").to_string()));
    let text = rig.refused("narrow", "iam:GetUser", json!({ "UserName": "admin" }));
    assert!(text.ends_with("because no session policy allows the iam:GetUser action"), "{text}");
    let text = rig.refused("tools/admin", "sts:AssumeRole", policy("{"));
    assert!(text.starts_with("MalformedPolicyDocument: "), "{text}");
    let arns = |arn: &str| with(assume(), &json!({ "PolicyArns": [{ "arn": arn }] }));
    let none = arns("arn:aws:iam::111111111111:policy/none");
    assert!(rig.refused("tools/admin", "sts:AssumeRole", none).starts_with("ValidationError: "));
    let all = arns("arn:aws:iam::aws:policy/AdministratorAccess");
    rig.assume("tools/admin", "wide", all);
    rig.tell("wide", "iam:GetUser", json!({ "UserName": "admin" }));
}

#[test]
fn a_code_is_looked_at_before_the_trust_policy_that_demands_it() {
    let mut rig = Rig::new();
    let with_mfa = json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" } });
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &with_mfa));
    assert_eq!(
        rig.refused("tools/admin", "sts:AssumeRole", assume()),
        format!(
            "AccessDenied: User: arn:aws:iam::111111111111:user/admin is not authorized to perform: \
             sts:AssumeRole on resource: {BUILD}"
        )
    );
    let code = json!({ "SerialNumber": "arn:aws:iam::111111111111:mfa/a", "TokenCode": "123456" });
    assert_eq!(
        rig.refused("tools/admin", "sts:AssumeRole", with(assume(), &code)),
        "AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify \
         your MFA serial number is valid and associated with this user."
    );
    rig.verify();
}

#[test]
fn a_session_of_a_user_reaches_neither_iam_nor_most_of_sts() {
    let mut rig = Rig::new();
    build(&mut rig, &trust(&tools(), &json!("sts:AssumeRole"), &json!({})));
    rig.user("tools/alice", Some(&allow("*")));
    let reply = rig.tell("tools/alice", "sts:GetSessionToken", json!({}));
    know(&mut rig, "session", &reply);
    let me = rig.tell("session", "sts:GetCallerIdentity", json!({}));
    assert_eq!(me["Arn"], "arn:aws:iam::111111111111:user/alice");
    assert_eq!(
        rig.refused("session", "iam:GetUser", json!({})),
        "InvalidClientTokenId: The security token included in the request is invalid"
    );
    assert_eq!(
        rig.refused("session", "sts:GetSessionToken", json!({})),
        "AccessDenied: Cannot call GetSessionToken with session credentials"
    );
    assert_eq!(
        rig.refused("session", "sts:GetFederationToken", json!({ "Name": "bob" })),
        "AccessDenied: Cannot call GetFederationToken with session credentials"
    );
    let key = json!({ "AccessKeyId": reply["Credentials"]["AccessKeyId"] });
    let text = rig.refused("session", "sts:GetAccessKeyInfo", key);
    assert!(text.starts_with("InvalidClientTokenId"), "{text}");
    rig.tell("session", "sts:AssumeRole", assume());
    rig.pass(43_200);
    rig.refused("session", "sts:GetCallerIdentity", json!({}));
    rig.verify();
}

#[test]
fn a_federated_user_has_what_both_policies_allow() {
    let mut rig = Rig::new();
    rig.user("tools/alice", Some(&allow("organizations:*")));
    let text = rig.refused("tools/alice", "sts:GetFederationToken", json!({ "Name": "bob" }));
    assert!(
        text.contains(
            "on resource: arn:aws:sts::111111111111:federated-user/bob because no identity"
        ),
        "{text}"
    );
    let reply = rig.tell("tools/admin", "sts:GetFederationToken", json!({ "Name": "bob" }));
    assert_eq!(reply["FederatedUser"]["FederatedUserId"], "111111111111:bob");
    assert_eq!(reply["PackedPolicySize"], 0);
    know(&mut rig, "bare", &reply);
    let describe = "organizations:DescribeOrganization";
    let text = rig.refused("bare", describe, json!({}));
    assert!(text.contains("because no session policy allows"), "{text}");
    let policy = json!({ "Name": "bob", "Policy": allow("organizations:*").to_string() });
    let reply = rig.tell("tools/admin", "sts:GetFederationToken", policy);
    know(&mut rig, "bob", &reply);
    let me = rig.tell("bob", "sts:GetCallerIdentity", json!({}));
    assert_eq!(me["UserId"], "111111111111:bob");
    assert_eq!(me["Arn"], "arn:aws:sts::111111111111:federated-user/bob");
    let text = rig.refused("bob", describe, json!({}));
    assert!(text.starts_with("AWSOrganizationsNotInUseException"), "{text}");
    rig.refused("bob", "iam:GetUser", json!({ "UserName": "admin" }));
    rig.verify();
}

#[test]
fn a_key_tells_its_account_to_those_who_may_ask() {
    let mut rig = Rig::new();
    rig.user("staging/nobody", None);
    let key = json!({ "AccessKeyId": "ASIAQNZGKIQY56JQ7WML" });
    let told = rig.tell("tools/admin", "sts:GetAccessKeyInfo", key.clone());
    assert_eq!(told["Account"], "029608264753");
    assert_eq!(
        rig.refused("staging/nobody", "sts:GetAccessKeyInfo", key),
        "AccessDenied: User: arn:aws:iam::222222222222:user/nobody is not authorized to perform: \
         sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action"
    );
    let old = json!({ "AccessKeyId": "AKIAIOSFODNN7EXAMPLE" });
    rig.refused("tools/admin", "sts:GetAccessKeyInfo", old);
}

#[test]
fn an_authorization_message_opens_for_its_account() {
    let mut rig = Rig::new();
    let message = AuthorizationMessage {
        allowed: false,
        explicit_deny: true,
        context: RequestContext {
            principal: Refused { id: "AIDA1".into(), name: None, arn: "arn".into() },
            action: "ec2:RunInstances".into(),
            resource: "*".into(),
            conditions: Items { items: Vec::new() },
        },
    };
    let vault = RootKey::new(Zeroizing::new([42; 32])).vault(VaultOf::Messages);
    let account = "111111111111".parse().unwrap();
    let encoded = message.encode(account, &vault, &mut Dice::new(&[7; 32])).unwrap();
    let input = json!({ "EncodedMessage": encoded });
    let decode = "sts:DecodeAuthorizationMessage";
    let told = rig.tell("tools/admin", decode, input.clone());
    let told: Json = serde_json::from_str(told["DecodedMessage"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&told["explicitDeny"], &told["context"]["action"]),
        (&json!(true), &json!("ec2:RunInstances"))
    );
    let text = rig.refused("staging/admin", decode, input.clone());
    assert!(text.starts_with("InvalidAuthorizationMessageException"), "{text}");
    rig.user("tools/nobody", None);
    assert!(rig.refused("tools/nobody", decode, input).starts_with("AccessDenied"));
}
