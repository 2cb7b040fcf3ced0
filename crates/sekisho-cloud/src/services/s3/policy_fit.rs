//! Whether the statements of a bucket policy fit together: S3 takes only actions on buckets and
//! objects, only resources of the bucket itself, and each action must apply to one of the
//! statement's resources, each condition key to its actions.
//!
//! Texts and rules as reported by S3's users; which action applies to which resource and carries
//! which key is the service authorization reference's to say.

use sekisho_iam::Document;
use sekisho_iam::document::{Condition, Matcher, Statement, Text};
use sekisho_iam::knowledge::{Action, Knowledge};

/// Actions that the reference lists on buckets and that no bucket's policy can give.
const NEVER: [&str; 1] = ["CreateBucket"];

/// Condition keys that every request carries, also where the reference does not list them.
const EVERYWHERE: [&str; 6] = [
    "s3:authtype",
    "s3:resourceaccount",
    "s3:signatureage",
    "s3:signatureversion",
    "s3:tlsversion",
    "s3:x-amz-content-sha256",
];

/// Checks a policy in AWS's order: actions, resources, and what fits what.
///
/// # Errors
/// AWS's text to the first thing that is wrong.
pub(super) fn check(document: &Document, bucket: &str) -> Result<(), &'static str> {
    let statements = &document.statements;
    let invalid_action =
        |one: &Statement| one.actions.items.iter().any(|one| known(one).is_empty());
    if statements.iter().any(invalid_action) {
        return Err("Policy has invalid action");
    }
    let foreign = |one: &Matcher<Text>| one.items.iter().any(|one| !is_of(bucket, &one.text));
    if statements.iter().any(|one| one.resources.as_ref().is_some_and(foreign)) {
        return Err("Policy has invalid resource");
    }
    statements.iter().try_for_each(check_keys)?;
    statements.iter().try_for_each(check_fit)
}

/// The actions on buckets and objects that an entry of `Action` stands for.
fn known(entry: &Text) -> Vec<&'static Action> {
    let (service, name) = entry.text.split_once(':').unwrap_or(("*", &entry.text));
    if service != "*" && !service.eq_ignore_ascii_case("s3") {
        return Vec::new();
    }
    let all = Knowledge::get().service("s3").map(|service| service.matching_actions(name));
    let fits = |action: &&Action| !NEVER.contains(&action.name) && is_on_bucket_or_object(action);
    all.into_iter().flatten().filter(fits).collect()
}

fn is_on_bucket_or_object(action: &Action) -> bool {
    action.resource_types.iter().any(|one| is_bucket_or_object(one.resource_type.name))
}

fn is_bucket_or_object(resource_type: &str) -> bool {
    ["bucket", "object"].contains(&resource_type)
}

/// Whether a resource is the bucket, its objects, or a pattern that begins with its name.
fn is_of(bucket: &str, resource: &str) -> bool {
    let name = resource.strip_prefix("arn:aws:s3:::").and_then(|name| name.strip_prefix(bucket));
    name.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '*', '?']))
}

/// Keys that no request to S3 has.
fn check_keys(statement: &Statement) -> Result<(), &'static str> {
    let unknown = |condition: &Condition| {
        let key = condition.key.text.to_ascii_lowercase();
        !key.starts_with("aws:")
            && !EVERYWHERE.contains(&&*key)
            && Knowledge::get().condition_key(&key).is_none()
    };
    match statement.conditions.iter().any(unknown) {
        true => Err("Policy has an invalid condition key"),
        false => Ok(()),
    }
}

/// Each entry of `Action` must have an action that applies to a resource and carries every key.
fn check_fit(statement: &Statement) -> Result<(), &'static str> {
    let Some(resources) = statement.resources.as_ref().filter(|one| !one.negated) else {
        return Ok(());
    };
    if statement.actions.negated {
        return Ok(());
    }
    for entry in &statement.actions.items {
        // Which keys an action carries is looked at before what it applies to (versity/versitygw tried it).
        if !known(entry).iter().any(|action| carries_all(action, &statement.conditions)) {
            return Err(STRANGE_CONDITIONS);
        }
        let applies = |action: &&Action| applies(action, &resources.items);
        let mut applying = known(entry).into_iter().filter(applies).peekable();
        if applying.peek().is_none() {
            return Err("Action does not apply to any resource(s) in statement");
        }
        if !applying.any(|action| carries_all(action, &statement.conditions)) {
            return Err(STRANGE_CONDITIONS);
        }
    }
    Ok(())
}

/// A key that no action of a statement carries on its resources.
const STRANGE_CONDITIONS: &str =
    "Conditions do not apply to combination of actions and resources in statement";

fn applies(action: &Action, resources: &[Text]) -> bool {
    resources.iter().any(|resource| {
        let mut types = action.matching_resource_types(&resource.text);
        types.any(|one| is_bucket_or_object(one.resource_type.name))
    })
}

/// Keys under other prefixes than S3's are not judged: every request may have them.
fn carries_all(action: &Action, conditions: &[Condition]) -> bool {
    conditions.iter().map(|condition| condition.key.text.to_ascii_lowercase()).all(|key| {
        !key.starts_with("s3:")
            || EVERYWHERE.contains(&&*key)
            || action.condition_key(&key).is_some()
    })
}

#[cfg(test)]
mod tests {
    use sekisho_iam::PolicyKind;

    use super::*;

    fn told(action: &str, resource: &str, condition: &str) -> Result<(), &'static str> {
        let text = format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":"*","Action":{action},
                "Resource":{resource},"Condition":{condition}}}}}"#
        );
        check(&Document::from_json(&text, PolicyKind::Bucket).document.unwrap(), "b-1")
    }

    const BUCKET: &str = r#""arn:aws:s3:::b-1""#;
    const OBJECTS: &str = r#""arn:aws:s3:::b-1/*""#;

    #[test]
    fn actions_are_those_of_buckets_and_objects() {
        for action in [r#""s3:GetObject""#, r#""s3:Get*""#, r#""*""#, r#""s3:*""#] {
            assert_eq!(told(action, OBJECTS, "{}"), Ok(()), "{action}");
        }
        for action in [
            r#""s3:CreateBucket""#,
            r#""s3:ListAllMyBuckets""#,
            r#""s3:UploadPart""#,
            r#"["s3:GetObject","s3:Nonsense"]"#,
            r#""s3express:CreateSession""#,
        ] {
            assert_eq!(told(action, OBJECTS, "{}"), Err("Policy has invalid action"), "{action}");
        }
    }

    #[test]
    fn resources_are_those_of_the_bucket() {
        let any = r#""s3:*""#;
        for resource in [BUCKET, OBJECTS, r#""arn:aws:s3:::b-1/a/${aws:username}/*""#] {
            assert_eq!(told(any, resource, "{}"), Ok(()), "{resource}");
        }
        for name in ["b-2/*", "b-12/*", "*", "b-*", ""] {
            let resource = format!(r#""arn:aws:s3:::{name}""#);
            assert_eq!(told(any, &resource, "{}"), Err("Policy has invalid resource"), "{name}");
        }
    }

    #[test]
    fn each_action_applies_to_a_resource() {
        let both = format!("[{BUCKET},{OBJECTS}]");
        let told = |action, resource| told(action, resource, "{}");
        assert_eq!(told(r#"["s3:GetObject","s3:ListBucket"]"#, &both), Ok(()));
        for (action, resource) in [
            (r#""s3:GetObject""#, BUCKET),
            (r#""s3:ListBucket""#, OBJECTS),
            (r#"["s3:GetObject","s3:ListBucket"]"#, OBJECTS),
        ] {
            let text = "Action does not apply to any resource(s) in statement";
            assert_eq!(told(action, resource), Err(text), "{action}");
        }
    }

    #[test]
    fn each_key_is_one_that_the_action_carries() {
        let both = format!("[{BUCKET},{OBJECTS}]");
        let on = |action, key: &str| {
            told(action, &both, &format!(r#"{{"StringEquals":{{"{key}":"x"}}}}"#))
        };
        assert_eq!(on(r#""s3:ListBucket""#, "s3:prefix"), Ok(()));
        assert_eq!(on(r#""s3:*""#, "s3:prefix"), Ok(()));
        assert_eq!(on(r#""s3:PutObject""#, "s3:x-amz-server-side-encryption"), Ok(()));
        assert_eq!(on(r#""s3:GetObject""#, "s3:ExistingObjectTag/team"), Ok(()));
        assert_eq!(on(r#""s3:GetObject""#, "aws:PrincipalOrgID"), Ok(()));
        assert_eq!(on(r#""s3:GetObject""#, "s3:TlsVersion"), Ok(()));
        let text = "Conditions do not apply to combination of actions and resources in statement";
        assert_eq!(on(r#"["s3:ListBucket","s3:GetObject"]"#, "s3:prefix"), Err(text));
        assert_eq!(on(r#""s3:PutObject""#, "s3:ExistingObjectTag/team"), Err(text));
        let text = "Policy has an invalid condition key";
        assert_eq!(on(r#""s3:GetObject""#, "s3:nonsense"), Err(text));
        assert_eq!(on(r#""s3:GetObject""#, "other:nonsense"), Err(text));
        assert_eq!(on(r#""s3:GetObject""#, "aws:nonsense"), Ok(()));
    }
}
