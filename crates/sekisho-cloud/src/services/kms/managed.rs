//! AWS managed keys: one for each service in each account and region, made when it is first used.
//!
//! Sources: KMS Developer Guide, "AWS KMS keys", section "AWS managed keys"; policies and descriptions
//! as they stand in accounts (`aws/s3`, `aws/ssm`) and in Secrets Manager User Guide, "Secret
//! encryption and decryption in AWS Secrets Manager". Ids follow from account, region and alias, so
//! that a question can be asked about a key that is still to be made.

use aws_lc_rs::digest;
use sekisho_iam::{AccountId, Document, PolicyKind};

use super::cipher;
use super::name::{Name, NameOf};
use super::state::{Alias, Key, Kms, Manager, MaterialOrigin, Rotation, Status, row};
use super::upkeep::DAY_MS;
use crate::act::Act;
use crate::bound::BoundPolicy;
use crate::directory::Directory;
use crate::fault::Fault;

/// An AWS managed key.
#[derive(Debug)]
pub(super) struct Managed {
    /// `alias/aws/s3`.
    pub(super) alias: &'static str,
    description: &'static str,
    policy: &'static str,
}

/// All that are served, by alias.
pub(super) const ALL: [Managed; 3] = [
    Managed {
        alias: "alias/aws/s3",
        description: "Default key that protects my S3 objects when no other key is defined",
        policy: include_str!("managed/s3.json"),
    },
    Managed {
        alias: "alias/aws/secretsmanager",
        description: "Default key that protects my Secrets Manager data when no other key is defined",
        policy: include_str!("managed/secretsmanager.json"),
    },
    Managed {
        alias: "alias/aws/ssm",
        description: "Default key that protects my SSM parameters when no other key is defined",
        policy: include_str!("managed/ssm.json"),
    },
];

/// How often AWS rotates them. Source: KMS Developer Guide, "Rotate AWS KMS keys".
const ROTATION_DAYS: u16 = 365;

/// Whether an alias is AWS's own.
pub(super) fn is_reserved(alias: &str) -> bool {
    alias.starts_with("alias/aws/")
}

/// The key that the name will have once it is used; `None` where AWS manages none of that alias.
pub(super) fn unborn(name: &Name, now_ms: i64, directory: &Directory<'_>) -> Option<Key> {
    let NameOf::Alias(alias) = &name.of else { return None };
    let managed = ALL.iter().find(|managed| managed.alias == alias)?;
    if !directory.has_account(name.account) {
        return None;
    }
    let policy = managed.policy_of(name.account, &name.region, directory)?;
    Some(Key {
        id: id(name.account, &name.region, managed.alias),
        account: name.account,
        region: name.region.clone(),
        created_ms: now_ms,
        manager: Manager::Aws,
        description: managed.description.to_owned(),
        status: Status::Enabled,
        policy,
        materials: Vec::new(),
        rotation: Some(Rotation {
            days: ROTATION_DAYS,
            next_ms: now_ms + i64::from(ROTATION_DAYS) * DAY_MS,
        }),
        tags: Default::default(),
        aliases: [managed.alias.to_owned()].into(),
    })
}

/// Makes it.
pub(super) fn bear(mut key: Key, act: &mut Act<'_, Kms>) -> Result<(), Fault> {
    let at = key.row();
    let now_ms = key.created_ms;
    key.materials.push(cipher::new_material(&at, now_ms, MaterialOrigin::Creation, act)?);
    for alias in &key.aliases {
        let target = at.clone();
        let alias_row = Alias { target, created_ms: now_ms, updated_ms: now_ms };
        act.state().aliases.put(row(key.account, &key.region, alias), alias_row);
    }
    act.state().keys.put(at, key);
    Ok(())
}

impl Managed {
    fn policy_of(
        &self,
        account: AccountId,
        region: &str,
        directory: &Directory<'_>,
    ) -> Option<BoundPolicy> {
        let text = self.policy.trim_end().replace("ACCOUNT", &account.to_string());
        let text = text.replace("REGION", region);
        let document = Document::from_json(&text, PolicyKind::Key).document?;
        BoundPolicy::bind(&text, &document, PolicyKind::Key, directory).ok()
    }
}

/// A UUID that follows from what the key is for.
fn id(account: AccountId, region: &str, alias: &str) -> String {
    let text = format!("aws managed key {alias} of {account} in {region}");
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let digits = hex::encode(digest);
    let piece = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    // The 4 and the 8 say that it is a random UUID (RFC 9562, section 5.4), as AWS's are.
    let (third, fourth) = (format!("4{}", piece(13..16)), format!("8{}", piece(17..20)));
    [piece(0..8), piece(8..12), &third, &fourth, piece(20..32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policies_are_without_fault() {
        for managed in &ALL {
            let text = managed.policy.replace("ACCOUNT", "111111111111");
            let read = Document::from_json(&text, PolicyKind::Key);
            assert!(read.document.is_some(), "{}: {:?}", managed.alias, read.diagnostics);
        }
        assert!(ALL.is_sorted_by_key(|managed| managed.alias));
    }
}
