//! Did you mean: names that are spelled like one that does not exist.
//!
//! The distance counts letters inserted, removed, replaced, or exchanged with their neighbour
//! (Damerau and Levenshtein, each stretch edited once), in any case. Ties are broken by name, so
//! the same question has the same answer.

use super::{Action, ConditionKey, Knowledge, api_names};

/// How many names are proposed.
const PROPOSALS_MAX: usize = 3;

/// Nobody can mean a name by anything longer; the longest of today has 71 bytes.
const NAME_BYTES_MAX: usize = 128;

/// One edit in so many letters still looks like the same word, up to three edits.
const LETTERS_PER_EDIT: usize = 4;
const EDITS_MAX: usize = 3;

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
        found.extend(alike(service.actions, wanted, |action| action.name));
    }
    if found.is_empty() {
        found.extend(elsewhere(knowledge, prefix, wanted));
    }
    distinct(found)
}

/// See [`Knowledge::nearest_services`].
pub(super) fn services(knowledge: &Knowledge, prefix: &str) -> Vec<&'static str> {
    if prefix.len() > NAME_BYTES_MAX {
        return Vec::new();
    }
    let prefixes: Vec<&'static str> = knowledge.prefixes().collect();
    let near = alike(&prefixes, prefix, |prefix| prefix).into_iter().copied();
    near.take(PROPOSALS_MAX).collect()
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
        .flat_map(|keys| alike(keys, name, |key| key.name))
        .map(|key| key.name)
        .collect();
    if found.is_empty() {
        let same = |key: &&ConditionKey| {
            key.name.split_once(':').is_some_and(|(_, name)| name.eq_ignore_ascii_case(wanted))
        };
        let everywhere = knowledge.services().flat_map(|service| service.condition_keys);
        found.extend(global.iter().chain(everywhere).filter(same).map(|key| key.name));
    }
    let mut kept: Vec<&'static str> = Vec::new();
    for name in found {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept.truncate(PROPOSALS_MAX);
    kept
}

/// The items whose names are within reach of the wanted one, nearest first.
fn alike<'a, T>(items: &'a [T], wanted: &str, name: impl Fn(&T) -> &str) -> Vec<&'a T> {
    let edits_max = (wanted.len() / LETTERS_PER_EDIT).clamp(1, EDITS_MAX);
    let reach = |item: &'a T| {
        let name = name(item);
        let near = name.len().abs_diff(wanted.len()) <= edits_max;
        let edits = if near { distance(wanted, name) } else { usize::MAX };
        (edits <= edits_max).then_some((edits, item))
    };
    let mut near: Vec<(usize, &T)> = items.iter().filter_map(reach).collect();
    // The sort is stable and the items come in the order of their names.
    near.sort_by_key(|(edits, _)| *edits);
    near.into_iter().map(|(_, item)| item).collect()
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
fn distinct(found: Vec<&'static Action>) -> Vec<&'static Action> {
    let mut kept: Vec<&'static Action> = Vec::new();
    for action in found {
        if !kept.iter().any(|other| std::ptr::eq(*other, action)) {
            kept.push(action);
        }
    }
    kept.truncate(PROPOSALS_MAX);
    kept
}

/// How many edits lead from one name to the other. The table is filled row by row; `above` is the
/// row before, and `beyond` the one before that, which exchanged letters look back to.
fn distance(one: &str, other: &str) -> usize {
    let other = other.as_bytes();
    let mut beyond: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut last = None;
    for (line, letter) in one.bytes().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        let mut left = line + 1;
        row.push(left);
        for (place, (wanted, cells)) in other.iter().zip(above.windows(2)).enumerate() {
            let [diagonal, up] = cells else { continue };
            let replaced = usize::from(!letter.eq_ignore_ascii_case(wanted));
            left = (diagonal + replaced).min(up + 1).min(left + 1);
            let pair = place.checked_sub(1).and_then(|at| other.get(at).zip(beyond.get(at)));
            if let (Some((neighbour, start)), Some(last)) = (pair, last) {
                let exchanged = same(letter, *neighbour) && same(last, *wanted);
                left = if exchanged { left.min(start + 1) } else { left };
            }
            row.push(left);
        }
        beyond = std::mem::replace(&mut above, row);
        last = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

fn same(one: u8, other: u8) -> bool {
    one.eq_ignore_ascii_case(&other)
}

#[cfg(test)]
mod tests {
    use super::distance;
    use crate::knowledge::Knowledge;

    fn proposed(name: &str) -> Vec<String> {
        let actions = Knowledge::get().nearest_actions(name);
        actions.iter().map(|action| format!("{}:{}", action.service, action.name)).collect()
    }

    #[test]
    fn edits_are_counted() {
        let cases = [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("GetObject", "getobject", 0),
            ("GetObjct", "GetObject", 1),
            ("GteObject", "GetObject", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ];
        for (one, other, expected) in cases {
            assert_eq!(distance(one, other), expected, "`{one}` to `{other}`");
        }
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
