//! The text of a denial, as AWS words it.
//!
//! Source: IAM User Guide, "Troubleshoot access denied error messages"; Amazon S3 User Guide,
//! "Troubleshoot access denied (403 Forbidden) errors" (S3 quotes the resource; `RestrictPublicBuckets`
//! is worded as an explicit deny of the resource policy; nobody outside the organization is told a
//! reason); IAM Identity Center User Guide, "Troubleshoot customer managed keys" (KMS on ciphertexts).
//! What is *observed* stands in reports of users, many and of the same wording, and in no guide:
//! `docs/fidelity.md` lists it. Services differ in the error code, which is theirs to choose.

use std::borrow::Cow;

use crate::beyond::is_root_assuming_role;
use crate::caller::Caller;
use crate::decision::{Decision, LayerKind, Outcome};
use crate::request::{Family, Request};

/// The message of a denial; `None` for an allowed request. `policy_arn` is the ARN of the denying
/// policy, which AWS names after an explicit denial within an account or organization, except for
/// resource policies.
pub fn message(request: &Request, decision: Decision, policy_arn: Option<&str>) -> Option<String> {
    let layer = decision.denied_by()?;
    if is_root_assuming_role(request) {
        return Some("Roles may not be assumed by root accounts.".to_owned());
    }
    if *request.caller() == Caller::Anonymous && request.service() == "s3" {
        return Some("Access Denied".to_owned());
    }
    let (caller, action) = (request.caller(), action(request));
    if let (Caller::External(_), Family::Trust) = (caller, request.family()) {
        return Some(format!("Not authorized to perform {action}"));
    }
    let subject = format!("User: {caller} is not authorized to perform: {action}");
    if hides_key(request, layer) {
        return Some(format!("{subject} on {} {HIDDEN_KEY}", hidden_key(request)));
    }
    let resource = on_resource(request);
    if keeps_silent(request, decision.outcome, layer) {
        return Some(format!("{subject}{resource}"));
    }
    let reason = reason(request, &action, decision.outcome, layer);
    let suffix = policy_arn.filter(|_| names_policy(decision.outcome, layer));
    let suffix = suffix.map(|arn| format!(": {arn}")).unwrap_or_default();
    Some(format!("{subject}{resource} {reason}{suffix}"))
}

/// The action as the service writes it: SQS in lower case, SNS with its prefix in capitals
/// (observed), others as it was asked for.
fn action(request: &Request) -> Cow<'_, str> {
    match (request.service(), request.action().split_once(':')) {
        ("sqs", _) => request.action_lower().into(),
        ("sns", Some((_, name))) => format!("SNS:{name}").into(),
        _ => request.action().into(),
    }
}

/// What KMS says to strangers, who shall not learn whether the key exists.
const HIDDEN_KEY: &str = "because the resource does not exist in this Region, \
     no resource-based policies allow access, or a resource-based policy explicitly denies access";

/// What KMS calls the key: a ciphertext names its key itself.
fn hidden_key(request: &Request) -> &'static str {
    match request.action_lower() {
        "kms:decrypt" | "kms:reencryptfrom" => "the resource associated with this ciphertext",
        _ => "this resource",
    }
}

/// Whether the message ends without a reason: STS does not say that a trust policy lacks an Allow
/// (observed; the guide has another text, without the resource).
fn keeps_silent(request: &Request, outcome: Outcome, layer: LayerKind) -> bool {
    let trust = request.family() == Family::Trust && layer == LayerKind::Resource;
    trust && outcome == Outcome::ImplicitlyDenied
}

/// Services that write `on resource: *` for actions without resource (observed); others leave it out.
const NAMING_NO_RESOURCE: [&str; 5] = ["ecr", "iam", "kms", "lambda", "organizations"];

/// Whether a message about no resource says so. The tags of a key that does not exist yet are an
/// exception of KMS's (observed).
fn names_no_resource(request: &Request) -> bool {
    let silent = request.action_lower() == "kms:tagresource";
    NAMING_NO_RESOURCE.contains(&request.service()) && !silent
}

fn hides_key(request: &Request, layer: LayerKind) -> bool {
    request.family() == Family::Key
        && request.crosses_accounts()
        && matches!(layer, LayerKind::Resource | LayerKind::Grant)
}

fn on_resource(request: &Request) -> String {
    match request.resource().arn.as_str() {
        "*" if !names_no_resource(request) => String::new(),
        arn if request.service() == "s3" => format!(" on resource: \"{arn}\""),
        arn => format!(" on resource: {arn}"),
    }
}

fn reason(request: &Request, action: &str, outcome: Outcome, layer: LayerKind) -> String {
    let noun = noun(request, layer);
    if outcome != Outcome::ExplicitlyDenied {
        return format!("because no {noun} allows the {action} action");
    }
    let article = match noun {
        TRUST_POLICY => "the",
        _ if noun.starts_with('i') => "an",
        _ => "a",
    };
    format!("with an explicit deny in {article} {noun}")
}

const TRUST_POLICY: &str = "role trust policy";

/// What AWS calls the layer in a message about this request.
fn noun(request: &Request, layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::Resource if request.family() == Family::Trust => TRUST_POLICY,
        LayerKind::Grant | LayerKind::PublicAccessBlock => LayerKind::Resource.noun(),
        other => other.noun(),
    }
}

fn names_policy(outcome: Outcome, layer: LayerKind) -> bool {
    use LayerKind as L;
    let named = matches!(layer, L::Scp | L::Rcp | L::Boundary | L::Session | L::Identity);
    outcome == Outcome::ExplicitlyDenied && named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Caller, Context, Resource};

    fn request(caller: &str, action: &str, arn: &str, owner: &str) -> Request {
        let resource = Resource { account: owner.parse().ok(), ..Resource::new(arn) };
        Request::new(Caller::parse(caller).unwrap(), action, resource, Context::new()).unwrap()
    }

    const JOHN: &str = "arn:aws:iam::111111111111:user/John";

    #[test]
    fn texts_of_the_guide() {
        let list = request(JOHN, "codecommit:ListRepositories", "*", "111111111111");
        let text = |decision| message(&list, decision, None).unwrap();
        assert_eq!(
            text(Decision::implicit(LayerKind::Scp)),
            "User: arn:aws:iam::111111111111:user/John is not authorized to perform: codecommit:ListRepositories \
             because no service control policy allows the codecommit:ListRepositories action"
        );
        assert!(
            text(Decision::explicit(LayerKind::Identity))
                .ends_with("ListRepositories with an explicit deny in an identity-based policy")
        );
        assert!(
            text(Decision::explicit(LayerKind::Endpoint))
                .ends_with("with an explicit deny in a VPC endpoint policy")
        );
    }

    #[test]
    fn the_denying_policy_is_named_where_aws_names_it() {
        let arn = "arn:aws:iam::111111111111:policy/Deny";
        let list =
            request(JOHN, "iam:ListRoles", "arn:aws:iam::111111111111:role/*", "111111111111");
        let text = |decision| message(&list, decision, Some(arn)).unwrap();
        assert!(
            text(Decision::explicit(LayerKind::Identity))
                .ends_with("policy: arn:aws:iam::111111111111:policy/Deny")
        );
        assert!(!text(Decision::explicit(LayerKind::Resource)).contains("policy/Deny"));
        assert!(!text(Decision::implicit(LayerKind::Identity)).contains("policy/Deny"));
    }

    #[test]
    fn services_have_their_own_wording() {
        let get = request(JOHN, "s3:GetObject", "arn:aws:s3:::b/k", "111111111111");
        let text = message(&get, Decision::implicit(LayerKind::Boundary), None).unwrap();
        assert!(text.contains("on resource: \"arn:aws:s3:::b/k\" because no permissions boundary"));

        let unsigned = request("anonymous", "s3:GetObject", "arn:aws:s3:::b/k", "111111111111");
        for layer in [LayerKind::Resource, LayerKind::PublicAccessBlock] {
            let text = message(&unsigned, Decision::explicit(layer), None);
            assert_eq!(text.as_deref(), Some("Access Denied"));
        }

        let role = "arn:aws:iam::222222222222:role/deploy";
        let assume = request(JOHN, "sts:AssumeRole", role, "222222222222");
        let text = message(&assume, Decision::implicit(LayerKind::Resource), None).unwrap();
        assert!(text.ends_with(&format!("perform: sts:AssumeRole on resource: {role}")));
        let text = message(&assume, Decision::explicit(LayerKind::Resource), None).unwrap();
        assert!(text.ends_with("with an explicit deny in the role trust policy"));
        let root = request("111111111111", "sts:AssumeRole", role, "222222222222");
        let text = message(&root, Decision::implicit(LayerKind::Identity), None).unwrap();
        assert_eq!(text, "Roles may not be assumed by root accounts.");

        let key = "arn:aws:kms:us-east-1:222222222222:key/k";
        let decrypt = request(JOHN, "kms:Decrypt", key, "222222222222");
        let text = message(&decrypt, Decision::implicit(LayerKind::Resource), None).unwrap();
        assert!(text.contains(
            "on the resource associated with this ciphertext because the resource does not exist"
        ));
        let describe = request(JOHN, "kms:DescribeKey", key, "222222222222");
        let text = message(&describe, Decision::implicit(LayerKind::Resource), None).unwrap();
        assert!(
            text.contains("on this resource because the resource does not exist in this Region")
        );
        let text = message(&decrypt, Decision::implicit(LayerKind::Identity), None).unwrap();
        assert!(text.ends_with("because no identity-based policy allows the kms:Decrypt action"));
    }

    #[test]
    fn services_spell_actions_and_resources_their_way() {
        let text = |caller: &str, action: &str, arn: &str| {
            let denied = Decision::implicit(LayerKind::Identity);
            message(&request(caller, action, arn, "111111111111"), denied, None).unwrap()
        };
        let queue = "arn:aws:sqs:us-east-1:111111111111:q";
        assert!(text(JOHN, "sqs:SendMessage", queue).ends_with(
            "perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111111111111:q \
             because no identity-based policy allows the sqs:sendmessage action"
        ));
        let topic = "arn:aws:sns:us-east-1:111111111111:t";
        assert!(text(JOHN, "sns:Publish", topic).ends_with("allows the SNS:Publish action"));
        let token = text(JOHN, "ecr:GetAuthorizationToken", "*");
        assert!(token.contains("GetAuthorizationToken on resource: * because"), "{token}");
        let key = text(JOHN, "kms:CreateKey", "*");
        assert!(key.contains("kms:CreateKey on resource: * because"), "{key}");
        let tags = text(JOHN, "kms:TagResource", "*");
        assert!(tags.contains("kms:TagResource because"), "{tags}");
        let role = "arn:aws:iam::111111111111:role/deploy";
        let saml = "arn:aws:iam::111111111111:saml-provider/corp";
        assert_eq!(
            text(saml, "sts:AssumeRoleWithSAML", role),
            "Not authorized to perform sts:AssumeRoleWithSAML"
        );
    }

    #[test]
    fn an_allowed_request_has_no_message() {
        let list = request(JOHN, "codecommit:ListRepositories", "*", "111111111111");
        let allowed = Decision::allowed(crate::LayerSet::only(LayerKind::Identity));
        assert_eq!(message(&list, allowed, None), None);
    }
}
