//! The managed policies of AWS that principals can attach, as facts in three compressed texts.
//!
//! Their form is described where it is read: `sekisho-cloud`, `services/iam/aws_managed/form.rs`.

use super::Vendored;
use super::wheel::Pin;
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const MOTO: Pin = Pin {
    name: "moto",
    version: "5.2.5",
    sha256: "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528",
};

/// Where the policies stand in the wheel: JSON in a Python string without escapes.
const FILE: &str = "moto/iam/aws_managed_policies.py";

/// The paths of policies that no principal of a customer can attach: they are for service-linked
/// roles and for privileged sessions of root users.
const NOT_ATTACHABLE: [&str; 2] = ["/aws-service-role/", "/root-task/"];

/// The characters of a document that stand for themselves.
const MARKS: &str = "[]{}();-0123456789";

/// The strongest deflate level: the files are written once and read often.
const LEVEL: u8 = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    path: String,
    default_version_id: String,
    create_date: String,
    update_date: String,
    document: Value,
}

/// The files this module vendors.
pub(super) fn files() -> Result<Vec<Vendored>> {
    let source = MOTO.fetch()?.text(FILE)?;
    let json = source.split("\"\"\"").nth(1).with_context(|| format!("`{FILE}` has no text"))?;
    let mut policies: BTreeMap<String, Policy> =
        serde_json::from_str(json).with_context(|| format!("`{FILE}` has an unexpected form"))?;
    policies.retain(|_, policy| !NOT_ATTACHABLE.contains(&&*policy.path));
    let words = Words::of(policies.values().map(|policy| &policy.document));
    Ok(vec![
        file("index.txt.z", &index(&policies)),
        file("words.txt.z", &words.text()),
        file("documents.txt.z", &documents(&policies, &words)?),
        Vendored { path: path("NOTICE"), bytes: notice().into_bytes() },
    ])
}

fn path(name: &str) -> String {
    format!("crates/sekisho-cloud/data/aws-managed-policies/{name}")
}

fn file(name: &str, text: &str) -> Vendored {
    let bytes = miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), LEVEL);
    Vendored { path: path(name), bytes }
}

fn index(policies: &BTreeMap<String, Policy>) -> String {
    let line = |(name, policy): (&String, &Policy)| {
        let Policy { path, default_version_id, create_date, update_date, .. } = policy;
        format!("{name}\t{path}\t{default_version_id}\t{create_date}\t{update_date}\n")
    };
    policies.iter().map(line).collect()
}

fn documents(policies: &BTreeMap<String, Policy>, words: &Words) -> Result<String> {
    let mut text = String::new();
    for (name, policy) in policies {
        let mut writer = Writer { words, text: &mut text, last: 0 };
        writer.value(&policy.document).with_context(|| format!("in the policy `{name}`"))?;
        text.push('\n');
    }
    Ok(text)
}

/// The words of all documents: the most frequent ones have a character each, the others a number.
struct Words {
    frequent: Vec<(char, String)>,
    others: Vec<String>,
}

impl Words {
    fn of<'a>(documents: impl Iterator<Item = &'a Value>) -> Self {
        let mut counts = BTreeMap::new();
        documents.for_each(|document| count(document, &mut counts));
        let mut ranked: Vec<_> = counts.iter().collect();
        ranked.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), **word));
        let characters = ('!'..='~').filter(|character| !MARKS.contains(*character));
        let frequent: Vec<_> = characters
            .zip(ranked)
            .map(|(character, (word, _))| (character, (*word).to_owned()))
            .collect();
        for (_, word) in &frequent {
            counts.remove(word.as_str());
        }
        Self { frequent, others: counts.into_keys().map(str::to_owned).collect() }
    }

    /// The frequent words, a tab between them; then the others, each as what it adds to the one before.
    fn text(&self) -> String {
        let frequent: Vec<_> = self.frequent.iter().map(|(_, word)| word.as_str()).collect();
        let mut text = frequent.join("\t");
        let mut last = "";
        for word in &self.others {
            let (shared, rest) = added(last, word);
            text.extend(['\n', shared]);
            text.push_str(rest);
            last = word;
        }
        text
    }
}

fn count<'a>(value: &'a Value, counts: &mut BTreeMap<&'a str, usize>) {
    match value {
        Value::String(word) => *counts.entry(word).or_default() += 1,
        Value::Array(items) => items.iter().for_each(|item| count(item, counts)),
        Value::Object(entries) => {
            for (key, item) in entries {
                *counts.entry(key).or_default() += 1;
                count(item, counts);
            }
        }
        _ => {}
    }
}

/// How many characters a word shares with the one before, as a character from `!` on, and the rest.
fn added<'a>(last: &str, word: &'a str) -> (char, &'a str) {
    let same = last.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
    let shared = u8::try_from(same).unwrap_or(u8::MAX).min(b'~' - b'!');
    (char::from(b'!' + shared), word.get(usize::from(shared)..).unwrap_or_default())
}

/// Writes one document.
struct Writer<'a> {
    words: &'a Words,
    text: &'a mut String,
    /// The number of the last word that had one.
    last: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Object(entries) => {
                self.text.push('{');
                for (key, item) in entries {
                    self.word(key);
                    self.value(item)?;
                }
                self.text.push('}');
            }
            Value::Array(items) => {
                self.text.push('[');
                items.iter().try_for_each(|item| self.value(item))?;
                self.text.push(']');
            }
            Value::Bool(yes) => self.text.push(if *yes { '(' } else { ')' }),
            Value::String(word) => self.word(word),
            Value::Number(_) | Value::Null => bail!("`{value}` has no place in the form"),
        }
        Ok(())
    }

    fn word(&mut self, word: &str) {
        let frequent = self.words.frequent.iter().find(|(_, known)| known == word);
        if let Some((character, _)) = frequent {
            self.text.push(*character);
        } else if let Ok(number) = self.words.others.binary_search_by(|known| (**known).cmp(word)) {
            let step = number.cast_signed() - self.last.cast_signed();
            // Writing to a string does not fail.
            let _ = write!(self.text, "{step};");
            self.last = number;
        }
    }
}

fn notice() -> String {
    let Pin { name, version, .. } = MOTO;
    format!(
        "The files of this folder hold facts of AWS's managed policies: names, paths, versions, dates,
documents.

Source: `{FILE}` of the Python package {name}, version {version}, under the
Apache License 2.0, whose text is in LICENSE-APACHE at the root of this repository; that file is
imported from AWS by its makers.
Changed: leaves out the policies that no principal can attach and writes another form. Written by
`cargo xtask vendor`.
"
    )
}
