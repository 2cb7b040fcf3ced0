//! Names of parameters, with what may stand around them: an ARN before, a selector behind.
//! Source: Systems Manager User Guide, "Creating Parameter Store parameters", "Parameter name
//! constraints"; API Reference, "GetParameter".

use sekisho_iam::{AccountId, Arn};

use super::fault;
use super::state::{Ssm, Version, version};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The longest name: 2,048 bytes with the ARN around it, of which AWS keeps 1,037.
const NAME_MAX: usize = 1_011;
/// The most levels of a hierarchy.
const LEVELS_MAX: usize = 15;

/// What a request names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The key of the row.
    pub(super) row: String,
    /// The name alone.
    pub(super) name: String,
    /// The ARN.
    pub(super) arn: String,
    /// A version or a label.
    pub(super) selector: Option<String>,
}

/// Reads what a request names.
pub(super) fn read(asked: &str, account: AccountId, region: &str, ssm: &Ssm) -> Named {
    let asked = asked.trim();
    if let Some((owner, place, rest)) = of_arn(asked) {
        let (path, selector) = cut(rest);
        let slashed = format!("/{path}");
        let is_plain = !path.contains('/') && !ssm.parameters.has(&row(owner, place, &slashed));
        let name = if is_plain { path.to_owned() } else { slashed };
        return named(owner, place, &name, selector);
    }
    let (name, selector) = cut(asked);
    named(account, region, name, selector)
}

fn of_arn(asked: &str) -> Option<(AccountId, &str, &str)> {
    let arn = Arn::parse(asked).filter(|arn| arn.service == "ssm")?;
    Some((arn.account_id()?, arn.region, arn.resource.strip_prefix("parameter/")?))
}

fn cut(text: &str) -> (&str, Option<&str>) {
    text.split_once(':').map_or((text, None), |(name, selector)| (name, Some(selector)))
}

fn named(account: AccountId, region: &str, name: &str, selector: Option<&str>) -> Named {
    Named {
        row: row(account, region, name),
        arn: arn(account, region, name),
        name: name.to_owned(),
        selector: selector.map(str::to_owned),
    }
}

/// The key of a parameter's row.
pub(super) fn row(account: AccountId, region: &str, name: &str) -> String {
    format!("{account}/{region}/{name}")
}

/// The ARN of a parameter: one slash, whether the name begins with one or not.
pub(super) fn arn(account: AccountId, region: &str, name: &str) -> String {
    format!("arn:aws:ssm:{region}:{account}:parameter/{}", name.strip_prefix('/').unwrap_or(name))
}

/// What a call names.
pub(super) fn of_call(asked: &str, act: &Act<'_, Ssm>) -> Result<Named, Fault> {
    Ok(read(asked, act.account()?, act.region(), act.read()))
}

/// The question about a parameter.
pub(super) fn ask<'a>(
    action: &'static str,
    asked: &str,
    view: &View<'a, Ssm>,
) -> Result<Ask<'a>, Fault> {
    let named = read(asked, view.account()?, view.region(), view.state());
    check_form(&named.name)?;
    let ask = Ask::to(action).on(named.arn);
    Ok(match view.state().parameters.get(&named.row) {
        Some(held) => ask.tagged(&held.tags).with_map("ssm:resourceTag", '/', &held.tags),
        None => ask,
    })
}

/// The version that is meant: the one selected, otherwise the newest.
pub(super) fn selected<'s>(named: &Named, ssm: &'s Ssm) -> Result<&'s Version, Fault> {
    let newest = ssm.latest(&named.row).ok_or_else(fault::not_found)?;
    let Some(selector) = &named.selector else { return Ok(newest) };
    let found = match selector.parse() {
        Ok(number) => ssm.versions.get(&version(&named.row, number)),
        Err(_) => {
            let mut all = ssm.history(&named.row).map(|(_, one)| one);
            all.find(|one| one.labels.contains(selector))
        }
    };
    found.ok_or_else(|| fault::no_version(selector, &named.name))
}

/// Refuses letters that no name has, and names with a part that is empty: also where a parameter is only
/// looked for (observed of `GetParameter`).
fn check_form(name: &str) -> Result<(), Fault> {
    let in_alphabet = |char: char| char.is_ascii_alphanumeric() || "_.-/".contains(char);
    let has_gap = name.contains('/') && name.split('/').skip(1).any(str::is_empty);
    match has_gap || !name.chars().all(in_alphabet) {
        true => Err(fault::validation(PREFIX_OF_PATH)),
        false => Ok(()),
    }
}

/// Refuses names that a new parameter cannot have.
pub(super) fn check(name: &str) -> Result<(), Fault> {
    let levels = name.split('/').skip(1).count();
    let is_path = name.contains('/');
    let lower = name.trim_start_matches('/').to_ascii_lowercase();
    if is_path && !name.starts_with('/') {
        return Err(fault::validation("Parameter name must be a fully qualified name"));
    }
    if is_path && lower.starts_with("aws") {
        let text = format!("No access to reserved parameter name: {name}.");
        return Err(Fault::new("AccessDeniedException", text).with_status(400));
    }
    if lower.starts_with("aws") || lower.starts_with("ssm") {
        return Err(fault::validation(if is_path { PREFIX_OF_PATH } else { PREFIX }));
    }
    check_form(name)?;
    if levels > LEVELS_MAX {
        return Err(fault::too_many_levels(LEVELS_MAX));
    }
    if name.len() > NAME_MAX {
        return Err(fault::validation(LENGTH));
    }
    Ok(())
}

const PREFIX: &str =
    "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).";
/// Said of AWS's prefix and of every letter that a name cannot have (observed).
const PREFIX_OF_PATH: &str = "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If \
    formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed \
    as a mix of letters, numbers and the following 3 symbols .-_";
const LENGTH: &str = "Parameter name: can consist of at most 1011 characters.";

#[cfg(test)]
mod tests {
    use super::*;

    fn one(asked: &str) -> (String, String, Option<String>) {
        let found = read(asked, "111111111111".parse().unwrap(), "us-east-1", &Ssm::default());
        (found.name, found.arn, found.selector)
    }

    #[test]
    fn arns_and_selectors_are_read() {
        let arn = "arn:aws:ssm:us-east-1:111111111111:parameter/a/b".to_owned();
        assert_eq!(one("/a/b"), ("/a/b".into(), arn.clone(), None));
        assert_eq!(one("/a/b:3"), ("/a/b".into(), arn.clone(), Some("3".into())));
        assert_eq!(one(&format!("{arn}:live")), ("/a/b".into(), arn, Some("live".into())));
        assert_eq!(one("x").1, one("/x").1);
        assert_ne!(one("x").0, one("/x").0);
    }

    #[test]
    fn names_have_bounds() {
        for good in ["x", "/x", "/a/b.c-d_e", "my-aws"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in ["a/b", "aws-x", "SSMx", "/aws/x", "/a//b", "/a b", "/a/", &"/x".repeat(16)] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
