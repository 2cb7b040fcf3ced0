//! Conditions on the keys that a request has, or has not.

use sekisho_iam::document::{Comparison, Condition, Operator, SetPrefix, Text};
use sekisho_iam::request::Request;
use sekisho_tree::Span;

use super::dice::Dice;
use super::vocabulary::{KEYS, Key, Kind, MALFORMED, kind_of};
use crate::sketch::text;

use Comparison as C;

/// A condition on a key of the request, which mostly holds.
pub(super) fn condition(request: &Request, dice: &mut Dice) -> Option<Condition> {
    let entries = request.context().entries();
    let entry = entries.get(dice.roll(entries.len()))?;
    let values = entry.value.values();
    let got = values.get(dice.roll(values.len())).map_or("", |value| value);
    let comparison = comparison(kind_of(&entry.key), dice);
    let many = entry.value.single().is_none();
    let operator = operator(comparison, many, dice);
    let mut values = vec![value(comparison, &entry.key, got, dice)];
    while comparison != C::Null && dice.chance(20) {
        values.push(value(comparison, &entry.key, got, dice));
    }
    Some(line(operator, &spelled(&entry.key, dice), values))
}

/// A condition on a key that the request does not have.
pub(super) fn absent_condition(request: &Request, dice: &mut Dice) -> Option<Condition> {
    let absent: Vec<Key> =
        KEYS.iter().copied().filter(|key| request.context().get(key.name).is_none()).collect();
    let key = absent.get(dice.roll(absent.len()))?;
    let comparison = comparison(key.kind, dice);
    let operator = operator(comparison, key.many, dice);
    let got = dice.pick(key.values);
    Some(line(operator, key.name, vec![value(comparison, key.name, got, dice)]))
}

/// Changes one thing about a condition.
pub(super) fn bend_condition(condition: &mut Condition, dice: &mut Dice) {
    let operator = &mut condition.operator;
    let kind = kind_of(&condition.key.text);
    match dice.roll(6) {
        0 if operator.comparison != C::Null => operator.if_exists ^= true,
        1 => operator.set = set_prefix(dice),
        2 => condition.key = text(dice.pick(KEYS).name),
        3 if operator.comparison != C::Null => operator.comparison = comparison_of(kind, dice),
        4 => condition.values = vec![text(dice.pick(&MALFORMED))],
        _ => {
            let wrong = value(operator.comparison, &condition.key.text, "blue", dice);
            condition.values.push(wrong);
        }
    }
}

fn line(operator: Operator, key: &str, values: Vec<Text>) -> Condition {
    Condition { operator, operator_span: Span::default(), key: text(key), values }
}

fn spelled(key: &str, dice: &mut Dice) -> String {
    if dice.chance(12) { key.to_uppercase() } else { key.to_owned() }
}

fn set_prefix(dice: &mut Dice) -> Option<SetPrefix> {
    match dice.roll(3) {
        0 => None,
        1 => Some(SetPrefix::ForAllValues),
        _ => Some(SetPrefix::ForAnyValue),
    }
}

fn operator(comparison: Comparison, many: bool, dice: &mut Dice) -> Operator {
    let often = many && comparison != C::Null;
    let set = match dice.chance(if often { 88 } else { 12 }) {
        true => {
            Some(if dice.chance(50) { SetPrefix::ForAllValues } else { SetPrefix::ForAnyValue })
        }
        false => None,
    };
    Operator { set, comparison, if_exists: comparison != C::Null && dice.chance(15) }
}

fn comparison(kind: Kind, dice: &mut Dice) -> Comparison {
    if dice.chance(8) { C::Null } else { comparison_of(kind, dice) }
}

/// A comparison for values of a kind; text comparisons read values of every kind.
fn comparison_of(kind: Kind, dice: &mut Dice) -> Comparison {
    let own: &[Comparison] = match kind {
        Kind::Text => &[],
        Kind::Arn => &[C::ArnEquals, C::ArnLike, C::ArnNotEquals, C::ArnNotLike],
        Kind::Number => C::ALL.get(6..12).unwrap_or_default(),
        Kind::Date => C::ALL.get(12..18).unwrap_or_default(),
        Kind::Flag => &[C::Bool],
        Kind::Bytes => &[C::BinaryEquals],
        Kind::Address => &[C::IpAddress, C::NotIpAddress],
    };
    let of_text = C::ALL.get(..6).unwrap_or_default();
    let choices = if own.is_empty() || dice.chance(8) { of_text } else { own };
    choices.get(dice.roll(choices.len())).copied().unwrap_or(C::StringEquals)
}

/// A value for the policy: one that makes the comparison hold, or any other of the key.
fn value(comparison: Comparison, key: &str, got: &str, dice: &mut Dice) -> Text {
    let known = KEYS.iter().find(|known| known.name.eq_ignore_ascii_case(key));
    let other =
        dice.pick(known.map_or(&["blue", "arn:aws:iam::111111111111:role/a"], |key| key.values));
    let wanted = if comparison.is_negated() != dice.chance(20) { other } else { got };
    text(&match comparison {
        C::Null => dice.pick(&["true", "false", "false"]).to_owned(),
        C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => wanted.to_uppercase(),
        C::StringLike | C::StringNotLike => with_variables(&like(wanted, dice), dice),
        C::StringEquals | C::StringNotEquals => with_variables(wanted, dice),
        C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => arn(wanted, dice),
        C::IpAddress | C::NotIpAddress => range(wanted, dice),
        C::NumericEquals | C::NumericNotEquals if dice.chance(30) => format!("{wanted}.0"),
        C::Bool => dice.pick(&[wanted.to_owned(), wanted.to_uppercase()]),
        _ => wanted.to_owned(),
    })
}

fn like(wanted: &str, dice: &mut Dice) -> String {
    let count = wanted.chars().count();
    match dice.roll(6) {
        0 => "*".into(),
        1 => format!("{}*", wanted.chars().take(count / 2).collect::<String>()),
        2 => format!("*{}", wanted.chars().skip(count / 2).collect::<String>()),
        3 => format!("?{}", wanted.chars().skip(1).collect::<String>()),
        4 => format!("*{}*", wanted.chars().skip(1).take(2).collect::<String>()),
        _ => wanted.into(),
    }
}

fn with_variables(wanted: &str, dice: &mut Dice) -> String {
    match dice.roll(12) {
        0 => "${aws:PrincipalTag/team}".into(),
        1 => wanted.replace("alice", "${aws:username}"),
        2 => format!("${{aws:TagKeys, '{wanted}'}}"),
        3 => wanted.replace('*', "${*}").replace('?', "${?}").replace("${aws", "${$}{aws"),
        4 => format!("${{aws:NoSuchKey, '{wanted}'}}"),
        5 => format!("{wanted}${{aws:NoSuchKey}}"),
        _ => wanted.into(),
    }
}

fn arn(wanted: &str, dice: &mut Dice) -> String {
    let last = wanted.rsplit(['/', ':']).next().unwrap_or_default();
    match dice.roll(12) {
        0 => wanted.replace(last, "*"),
        1 => wanted.replacen(":iam:", ":*:", 1),
        2 => wanted.replace("111111111111", "*"),
        3 => wanted.replace("111111111111", "${aws:PrincipalAccount}"),
        4 => wanted.replace("111111111111", "${aws:ResourceAccount}"),
        5 => "arn:aws:*".into(),
        6 => "*".into(),
        7 => wanted.replacen(":1", ":?", 1),
        8 => "arn:*:*:*:*:*".into(),
        _ => wanted.into(),
    }
}

fn range(wanted: &str, dice: &mut Dice) -> String {
    let four = wanted.contains('.');
    match dice.roll(8) {
        0 if four => format!("{wanted}/32"),
        0 => format!("{wanted}/128"),
        1 => format!("{wanted}/24"),
        2 => format!("{wanted}/8"),
        3 => format!("{wanted}/0"),
        4 => format!("{wanted}/33"),
        5 => format!("{wanted}/31"),
        _ => wanted.into(),
    }
}
