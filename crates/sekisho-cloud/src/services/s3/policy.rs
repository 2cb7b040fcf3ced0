//! Bucket policies: who may touch them, and what one must be like.
//!
//! Source: S3 API Reference, "PutBucketPolicy"; S3 User Guide, "Bucket policies for Amazon S3". The
//! way out of a policy that shuts out everybody is the root user of the owner's account, for
//! reading, writing and deleting it, though not for its status (observed).

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{Caller, Document, PolicyKind, public};

use super::state::{Bucket, BucketPolicy, S3};
use super::{ask, fault, policy_fit, policy_text};
use crate::act::View;
use crate::ask::Ask;
use crate::bound::{BoundPolicy, InvalidPrincipal};
use crate::directory::Directory;
use crate::fault::Fault;
use crate::principal::Principal;

/// A question about the policy of a bucket.
///
/// # Errors
/// When there is no such bucket, or not here, or not of the expected owner.
pub(super) fn ask<'a>(
    action: &'static str,
    name: &str,
    expected_owner: Option<&str>,
    view: &View<'a, S3>,
) -> Result<Ask<'a>, Fault> {
    let bucket = ask::bucket(name, expected_owner, view)?;
    let ask = ask::on_bucket(action, bucket, view);
    let is_owner = view.principal().caller == Caller::Root(bucket.account);
    Ok(if is_owner { ask.under(None) } else { ask })
}

/// Only the owner's account sees and changes a policy.
///
/// # Errors
/// When the caller is of another one, however allowed.
pub(super) fn not_by_strangers(
    bucket: &Bucket,
    principal: &Principal,
    method: &str,
) -> Result<(), Fault> {
    match principal.account() == Some(bucket.account) {
        true => Ok(()),
        false => Err(fault::not_by_strangers(method)),
    }
}

/// There is no policy.
pub(super) fn none(name: &str) -> Fault {
    fault::not_set("NoSuchBucketPolicy", "The bucket policy does not exist", name)
}

/// Reads a policy for a bucket.
///
/// # Errors
/// What AWS answers to one that it refuses.
pub(super) fn read(
    text: &str,
    bucket: &Bucket,
    directory: &Directory<'_>,
) -> Result<BucketPolicy, Fault> {
    let read = Document::from_json(text, PolicyKind::Bucket);
    if let Some(told) = malformed(PolicyKind::Bucket, &read.diagnostics) {
        return Err(fault::fault(told.code, 400, told.message));
    }
    let text = policy_text::written(text);
    let document = Document::from_json(&text, PolicyKind::Bucket).document;
    let document = document.ok_or_else(|| refused("Invalid policy syntax."))?;
    let bound = BoundPolicy::bind(&text, &document, PolicyKind::Bucket, directory);
    let bound = bound.map_err(|invalid| no_principal(&invalid))?;
    policy_fit::check(&document, &bucket.name).map_err(refused)?;
    Ok(BucketPolicy { bound, is_public: public::is_public(&document) })
}

fn refused(text: &str) -> Fault {
    fault::fault("MalformedPolicy", 400, text)
}

/// The first principal that does not exist is named beside the text.
fn no_principal(invalid: &InvalidPrincipal) -> Fault {
    let detail = format!("\"{}\" : \"{}\"", invalid.key, invalid.name);
    refused("Invalid principal in policy").with("Detail", detail)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Rig, bucket};
    use super::super::{GetBucketPolicy, GetBucketPolicyStatus};
    use super::*;

    /// A bucket whose policy denies everything to everybody.
    fn rig() -> Rig {
        let mut rig = Rig::new();
        let mut bucket = bucket();
        let policy = r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*",
            "Resource":"arn:aws:s3:::b-1"}}"#;
        bucket.policy = Some(read(policy, &bucket, &rig.cloud.directory()).unwrap());
        rig.state().add_bucket(bucket);
        rig
    }

    #[test]
    fn the_owners_root_user_gets_out_of_its_own_policy() {
        let mut rig = rig();
        assert_eq!(rig.refusal::<GetBucketPolicy>("111111111111"), None);
        let denial = rig.refusal::<GetBucketPolicyStatus>("111111111111").unwrap();
        assert!(denial.message.unwrap().ends_with("an explicit deny in a resource-based policy"));
        assert!(rig.refusal::<GetBucketPolicy>("222222222222").unwrap().denial);
    }

    #[test]
    fn the_principal_that_does_not_exist_is_named() {
        let rig = rig();
        let policy = r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"444444444444"},
            "Action":"s3:ListBucket","Resource":"arn:aws:s3:::b-1"}}"#;
        let fault = read(policy, &bucket(), &rig.cloud.directory()).unwrap_err();
        let ghost = InvalidPrincipal { key: "AWS", name: "444444444444".into() };
        assert_eq!(fault, no_principal(&ghost));
    }
}
