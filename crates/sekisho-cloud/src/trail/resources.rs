//! `resources`: what a call was about, for the services that say so.
//!
//! Source: the published examples of each service; IAM, Secrets Manager, Organizations and CloudTrail
//! itself list nothing.

use sekisho_trail::Resource;
use sekisho_wire::Value;

use super::{Call, rules};
use crate::gate::{Asked, Entry};

/// The resources of a call.
pub(super) fn of<'a>(call: &Call<'a>) -> Vec<Resource<'static>> {
    let entry: &'a Entry = call.entry;
    match call.facts.name {
        "kms" => keys(entry),
        "s3" => super::s3::resources(entry, call.operation),
        "ssm" => each(entry, |arn| arn.contains(":parameter/").then_some(None)),
        "sts" => each(entry, |arn| arn.contains(":role/").then_some(Some("AWS::IAM::Role"))),
        _ => Vec::new(),
    }
}

/// The resources that were asked about, each once: those of which `kind` says that they are listed,
/// with the type that it gives.
fn each(
    entry: &Entry,
    kind: impl Fn(&str) -> Option<Option<&'static str>>,
) -> Vec<Resource<'static>> {
    let mut found: Vec<Resource<'static>> = Vec::new();
    for Asked { resource, account, .. } in &entry.asked {
        let known = found.iter().any(|one| one.arn == *resource);
        if let (false, Some(kind)) = (known, kind(resource)) {
            let (account, arn) = (*account, resource.clone());
            found.push(Resource { account, kind, arn, is_prefix: false });
        }
    }
    found
}

/// Keys and aliases; a key that has just been made is only in the reply.
fn keys(entry: &Entry) -> Vec<Resource<'static>> {
    let mut found = each(entry, |arn| match arn {
        arn if arn.contains(":key/") => Some(Some("AWS::KMS::Key")),
        arn if arn.contains(":alias/") => Some(None),
        _ => None,
    });
    if let Some(arn) = made_key(entry) {
        found.push(Resource {
            account: entry.frame.principal.account(),
            kind: Some("AWS::KMS::Key"),
            arn: arn.to_owned(),
            is_prefix: false,
        });
    }
    found
}

fn made_key(entry: &Entry) -> Option<&str> {
    let Some(Value::Structure(reply)) = &entry.response else { return None };
    let Some(Value::Structure(metadata)) = reply.get("KeyMetadata") else { return None };
    let Some(Value::Text(arn)) = metadata.get("Arn") else { return None };
    Some(arn)
}

/// The ARN of the key that was changed, for the operations that KMS records with it.
pub(super) fn changed_key(entry: &Entry) -> Option<String> {
    if !rules::REPLIES_WITH_KEY.contains(&entry.name.as_str()) {
        return None;
    }
    let mut keys = entry.asked.iter().filter(|asked| asked.resource.contains(":key/"));
    keys.next().map(|asked| asked.resource.clone())
}
