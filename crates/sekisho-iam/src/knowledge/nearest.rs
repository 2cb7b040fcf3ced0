//! Did you mean: actions, services and condition keys that are spelled like one that does not exist.
//!
//! Ties are broken by name, so the same question has the same answer.

use super::{Action, ConditionKey, Knowledge, api_names};
use crate::similar::{distance, ranked};

/// How many names are proposed.
const PROPOSALS_MAX: usize = 3;

/// Nobody can mean a name by anything longer; the longest of today has 71 bytes.
const NAME_BYTES_MAX: usize = 128;

/// See [`Knowledge::nearest_actions`].
pub(super) fn actions(knowledge: &'static Knowledge, name: &str) -> Vec<&'static Action> {
    let Some((prefix, wanted)) = name.split_once(':') else { return Vec::new() };
    if name.len() > NAME_BYTES_MAX {
        return Vec::new();
    }
    let mut found: Vec<&'static Action> = Vec::new();
    if let Some(service) = knowledge.service(prefix) {
        let behind = api_names::actions(prefix, wanted);
        found.extend(behind.iter().filter_map(|action| service.action(action)));
        found.extend(ranked(wanted, service.actions, |action| action.name));
    }
    if found.is_empty() {
        found.extend(elsewhere(knowledge, prefix, wanted));
    }
    distinct(found, |one, other| std::ptr::eq(*one, *other))
}

/// See [`Knowledge::nearest_services`].
pub(super) fn services(knowledge: &Knowledge, prefix: &str) -> Vec<&'static str> {
    let prefixes: Vec<&'static str> = knowledge.prefixes().collect();
    ranked(prefix, &prefixes, |prefix| prefix).into_iter().copied().take(PROPOSALS_MAX).collect()
}

/// See [`Knowledge::nearest_condition_keys`].
pub(super) fn condition_keys(knowledge: &'static Knowledge, name: &str) -> Vec<&'static str> {
    let Some((prefix, wanted)) = name.split_once(':') else { return Vec::new() };
    if name.len() > NAME_BYTES_MAX {
        return Vec::new();
    }
    let own = knowledge.service(prefix).map(|service| service.condition_keys).unwrap_or_default();
    let global = knowledge.global_keys();
    let mut found: Vec<&'static str> = [own, global]
        .into_iter()
        .flat_map(|keys| ranked(name, keys, |key| key.name))
        .map(|key| key.name)
        .collect();
    if found.is_empty() {
        let same = |key: &&ConditionKey| {
            key.name.split_once(':').is_some_and(|(_, name)| name.eq_ignore_ascii_case(wanted))
        };
        let everywhere = knowledge.services().flat_map(|service| service.condition_keys);
        found.extend(global.iter().chain(everywhere).filter(same).map(|key| key.name));
    }
    distinct(found, |one, other| one == other)
}

/// The actions of other services with this very name, from the service spelled most alike on.
fn elsewhere(
    knowledge: &'static Knowledge,
    prefix: &str,
    wanted: &str,
) -> impl Iterator<Item = &'static Action> {
    let mut same: Vec<_> = knowledge.services().filter_map(|one| one.action(wanted)).collect();
    same.sort_by_cached_key(|action| distance(prefix, action.service));
    same.into_iter()
}

/// The first few, without repetition.
fn distinct<T>(found: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for next in found {
        if !kept.iter().any(|one| same(one, &next)) {
            kept.push(next);
        }
    }
    kept.truncate(PROPOSALS_MAX);
    kept
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;

    fn proposed(name: &str) -> Vec<String> {
        let actions = Knowledge::get().nearest_actions(name);
        actions.iter().map(|action| format!("{}:{}", action.service, action.name)).collect()
    }

    #[test]
    fn a_slip_of_the_pen_is_seen() {
        assert_eq!(proposed("s3:GetObjct").first().map(String::as_str), Some("s3:GetObject"));
        assert_eq!(proposed("S3:GTEOBJECT").first().map(String::as_str), Some("s3:GetObject"));
        assert_eq!(proposed("kms:Decryptt"), ["kms:Decrypt"]);
    }

    #[test]
    fn an_operation_leads_to_its_actions() {
        assert_eq!(proposed("s3:ListObjects").first().map(String::as_str), Some("s3:ListBucket"));
        assert_eq!(proposed("s3:ListBuckets"), ["s3:ListAllMyBuckets", "s3:ListBucket"]);
        assert_eq!(proposed("kms:ReEncrypt")[..2], ["kms:ReEncryptFrom", "kms:ReEncryptTo"]);
        assert_eq!(proposed("lambda:Invoke"), ["lambda:InvokeFunction"]);
    }

    #[test]
    fn an_action_of_another_service_is_found_by_its_name() {
        assert_eq!(
            proposed("ecr:StartBuild"),
            ["codebuild:StartBuild", "aws-marketplace:StartBuild"]
        );
        assert_eq!(proposed("s4:PutObject").first().map(String::as_str), Some("s3:PutObject"));
    }

    #[test]
    fn at_most_three_and_no_repetition() {
        let many = proposed("iam:TagResource");
        assert_eq!(many.len(), 3, "{many:?}");
        assert_eq!(proposed("s3:Frobnicate"), [""; 0]);
        assert_eq!(proposed("GetObject"), [""; 0]);
        assert_eq!(proposed(&format!("s3:{}", "a".repeat(1 << 20))), [""; 0]);
    }

    #[test]
    fn condition_keys_are_proposed() {
        let nearest = |name| Knowledge::get().nearest_condition_keys(name);
        assert_eq!(nearest("aws:SourceAcount").first(), Some(&"aws:SourceAccount"));
        assert_eq!(nearest("s3:prefixx"), ["s3:prefix"]);
        assert_eq!(nearest("aws:ExternalId"), ["sts:ExternalId"]);
        assert_eq!(nearest("sns:SourceArn").first(), Some(&"aws:SourceArn"));
        assert_eq!(nearest("aws:Frobnicate"), [""; 0]);
        assert_eq!(nearest("SourceArn"), [""; 0]);
    }

    #[test]
    fn services_are_proposed() {
        let nearest = |prefix| Knowledge::get().nearest_services(prefix);
        assert_eq!(nearest("codepipline").first(), Some(&"codepipeline"));
        assert_eq!(nearest("lamdba"), ["lambda"]);
        assert_eq!(nearest("frobnicator"), [""; 0]);
    }
}
