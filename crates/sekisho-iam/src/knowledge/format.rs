//! The form of the vendored text, and its reader.
//!
//! The file is zlib; inside is ASCII text of about 1 MB. A service is a block, blocks are separated
//! by an empty line and ordered by prefix. In a block, fields are separated by a tab, and empty
//! fields at the end of a line are left out:
//!
//! ```text
//! s3<tab>Amazon S3                            the prefix and the name
//! saws:ResourceTag/${TagKey}                  condition keys: a letter for the type, the name
//! -
//! 0 3                                         sets of condition keys, by their line above from 0
//! -
//! bucket<tab>arn:${Partition}:s3:::…<tab>0    resource types: name, ARN formats, set of keys
//! -
//! RGetObject<tab>0! 2:1<tab>4<tab>kms:Decrypt actions: see below
//! ```
//!
//! The letters of types: `s` string, `a` ARN, `b` bool, `n` numeric, `d` date, `i` IP address; in
//! upper case the key has many values. An action starts with its access level (`L`, `R`, `W`, `T`
//! tagging, `P` permissions management; in lower case it is a permission only). Then come its name,
//! its resource types by line (`!` when required, `:1` with the set of keys that go with it), its
//! set of keys, and its dependent actions.
//!
//! The writer is `cargo xtask vendor`, and the tests count what is read. So the reader takes the
//! form for granted, and leaves out what it does not understand.

use super::facts::{
    AccessLevel, Action, ActionResource, ConditionKey, ConditionKeyType, ResourceType, Service,
};
use std::str::Lines;

static COMPRESSED: &[u8] = include_bytes!("../../data/authorization.txt.z");

/// What the text may grow to: four times today's size.
const TEXT_BYTES_MAX: usize = 4 << 20;

type Keys = &'static [&'static ConditionKey];

/// The blocks of all services with their prefixes.
pub(super) fn blocks() -> impl Iterator<Item = (&'static str, &'static str)> {
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(COMPRESSED, TEXT_BYTES_MAX)
        .unwrap_or_default();
    let text: &'static str = String::from_utf8(bytes).unwrap_or_default().leak();
    text.split("\n\n").filter_map(|block| Some((block.split_once('\t')?.0, block)))
}

/// Reads one block.
pub(super) fn service(block: &'static str) -> Service {
    let mut lines = block.lines();
    let (prefix, name) = lines.next().and_then(|line| line.split_once('\t')).unwrap_or_default();
    let condition_keys = leak(section(&mut lines).filter_map(condition_key));
    let sets: Vec<Keys> = section(&mut lines).map(|line| key_set(line, condition_keys)).collect();
    let resource_types = leak(section(&mut lines).filter_map(|line| resource_type(line, &sets)));
    let actions =
        leak(section(&mut lines).filter_map(|line| action(prefix, line, resource_types, &sets)));
    Service { prefix, name, actions, resource_types, condition_keys }
}

/// The lines up to the next `-`.
fn section(lines: &mut Lines<'static>) -> impl Iterator<Item = &'static str> {
    lines.by_ref().take_while(|line| *line != "-")
}

fn leak<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(items.collect())
}

fn condition_key(line: &'static str) -> Option<ConditionKey> {
    let (letter, name) = initial(line)?;
    let value_type = match letter.to_ascii_lowercase() {
        's' => ConditionKeyType::String,
        'a' => ConditionKeyType::Arn,
        'b' => ConditionKeyType::Bool,
        'n' => ConditionKeyType::Numeric,
        'd' => ConditionKeyType::Date,
        'i' => ConditionKeyType::IpAddress,
        _ => return None,
    };
    Some(ConditionKey::new(name, value_type, letter.is_ascii_uppercase()))
}

fn key_set(line: &str, keys: &'static [ConditionKey]) -> Keys {
    leak(line.split(' ').filter_map(|place| keys.get(place.parse::<usize>().ok()?)))
}

/// The set with this number; no number is the empty set.
fn numbered(sets: &[Keys], number: Option<&str>) -> Keys {
    number.and_then(|number| sets.get(number.parse::<usize>().ok()?)).copied().unwrap_or_default()
}

fn resource_type(line: &'static str, sets: &[Keys]) -> Option<ResourceType> {
    let mut fields = line.split('\t');
    Some(ResourceType {
        name: fields.next()?,
        arn_formats: leak(fields.next()?.split(' ')),
        condition_keys: numbered(sets, fields.next()),
    })
}

fn action(
    service: &'static str,
    line: &'static str,
    types: &'static [ResourceType],
    sets: &[Keys],
) -> Option<Action> {
    let mut fields = line.split('\t');
    let (letter, name) = initial(fields.next()?)?;
    let access_level = match letter.to_ascii_uppercase() {
        'L' => AccessLevel::List,
        'R' => AccessLevel::Read,
        'W' => AccessLevel::Write,
        'T' => AccessLevel::Tagging,
        'P' => AccessLevel::PermissionsManagement,
        _ => return None,
    };
    let resource_types = words(fields.next()).filter_map(|word| action_resource(word, types, sets));
    Some(Action {
        service,
        name,
        access_level,
        permission_only: letter.is_ascii_lowercase(),
        resource_types: leak(resource_types),
        condition_keys: numbered(sets, fields.next()),
        dependent_actions: leak(words(fields.next())),
    })
}

/// Reads `3`, `3!` or `3!:1`.
fn action_resource(
    word: &str,
    types: &'static [ResourceType],
    sets: &[Keys],
) -> Option<ActionResource> {
    let (place, set) = word.split_once(':').map_or((word, None), |(at, set)| (at, Some(set)));
    let (place, required) = place.strip_suffix('!').map_or((place, false), |place| (place, true));
    Some(ActionResource {
        resource_type: types.get(place.parse::<usize>().ok()?)?,
        required,
        condition_keys: numbered(sets, set),
    })
}

fn words(field: Option<&'static str>) -> impl Iterator<Item = &'static str> {
    field.unwrap_or_default().split(' ').filter(|word| !word.is_empty())
}

/// The first letter, and the rest.
fn initial(line: &'static str) -> Option<(char, &'static str)> {
    let mut letters = line.chars();
    let first = letters.next()?;
    Some((first, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{AccessLevel, ConditionKeyType, service};

    const BLOCK: &str = "\
toy\tToy Service
Saws:TagKeys
ntoy:Size
-
0
0 1
-
Box\tarn:${Partition}:toy:::${Box} arn:${Partition}:toy:::old/${Box}\t0
lid\tarn:${Partition}:toy:::${Box}/lid
-
wOpen\t0!:1 1\t0\tiam:PassRole toy:Shut
LShut
";

    #[test]
    fn a_block_is_read() {
        let toy = service(BLOCK);
        assert_eq!((toy.prefix, toy.name), ("toy", "Toy Service"));
        let [tag_keys, size] = toy.condition_keys else { panic!("{:?}", toy.condition_keys) };
        assert_eq!((tag_keys.name, tag_keys.multivalued), ("aws:TagKeys", true));
        assert_eq!((size.value_type, size.multivalued), (ConditionKeyType::Numeric, false));
        let [case, lid] = toy.resource_types else { panic!("{:?}", toy.resource_types) };
        assert_eq!(case.arn_formats.len(), 2);
        assert_eq!(case.condition_keys, [tag_keys]);
        assert_eq!((lid.name, lid.condition_keys.len()), ("lid", 0));

        let [open, shut] = toy.actions else { panic!("{:?}", toy.actions) };
        assert_eq!((open.service, open.name), ("toy", "Open"));
        assert_eq!((open.access_level, open.permission_only), (AccessLevel::Write, true));
        assert_eq!(open.condition_keys, [tag_keys]);
        assert_eq!(open.dependent_actions, ["iam:PassRole", "toy:Shut"]);
        let [first, second] = open.resource_types else { panic!("{:?}", open.resource_types) };
        assert!(first.required && !second.required);
        assert_eq!(first.condition_keys, [tag_keys, size]);
        assert_eq!((second.resource_type.name, second.condition_keys.len()), ("lid", 0));
        assert_eq!((shut.access_level, shut.permission_only), (AccessLevel::List, false));
        assert!(shut.is_star_only());
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for block in ["", "x", "x\ty", "x\ty\n-\n-\n-\n-\n", "x\ty\n?a\n-\n9 z\n-\nr\n-\n?\n\n"] {
            let read = service(block);
            assert!(read.actions.is_empty() && read.resource_types.is_empty(), "{block:?}");
        }
    }
}
