//! `sekisho policy validate`: what AWS would refuse in a policy, and what would not do what was
//! meant.

use std::io::{self, Write};
use std::rc::Rc;

use clap::ValueEnum;
use sekisho_iam::PolicyKind;
use sekisho_iam::document::{Document, ReadPolicy};
use sekisho_iam::validate;
use sekisho_tree::{Node, Read, Severity, Source};
use serde::Serialize;

use crate::Shell;
use crate::cli::{Format, Kind, Validate};
use crate::exit::Exit;
use crate::explain::json::{Note, pretty};
use crate::files;
use crate::mistaken;
use crate::render::{self, Finding, clean};

/// A policy that could be looked at.
struct Checked {
    source: Rc<Source>,
    /// What it is attached to, and whether that is only a guess. `None`: it is no JSON or YAML, or
    /// surely no policy.
    kind: Option<(Kind, bool)>,
    /// Whether it is a policy that AWS would take.
    readable: bool,
    findings: Vec<Finding>,
}

/// Runs the command.
pub(crate) fn run(args: &Validate, shell: &mut Shell<'_>) -> io::Result<Exit> {
    let mut checked = Vec::new();
    let mut unread = 0;
    for path in &args.files {
        match files::read(path) {
            Ok(source) => checked.push(check(source, args.kind)),
            Err(why) => {
                render::unreadable(shell.err, &why)?;
                unread += 1;
            }
        }
    }
    match args.format {
        Format::Human => human(shell.out, &checked, unread)?,
        Format::Json => json(shell.out, &checked, unread)?,
    }
    Ok(exit(&checked, unread))
}

fn exit(checked: &[Checked], unread: usize) -> Exit {
    if unread > 0 || checked.iter().any(|policy| !policy.readable) {
        Exit::Unreadable
    } else if count(checked, Severity::Error) > 0 {
        Exit::No
    } else {
        Exit::Yes
    }
}

fn check(source: Rc<Source>, said: Option<Kind>) -> Checked {
    let tree = files::policy_tree(&source);
    if let Some(diagnostic) = tree.node.as_ref().and_then(mistaken::no_policy) {
        let findings = vec![Finding { source: Rc::clone(&source), diagnostic }];
        return Checked { source, kind: None, readable: false, findings };
    }
    let kind = tree.node.as_ref().map(|node| (said.unwrap_or_else(|| guess(node)), said.is_none()));
    let read = match kind {
        None => ReadPolicy { document: None, diagnostics: tree.diagnostics },
        Some((kind, _)) => judge(&source, tree, kind.into()),
    };
    let (readable, mut diagnostics) = (read.document.is_some(), read.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let finding = |diagnostic| Finding { source: Rc::clone(&source), diagnostic };
    let findings = diagnostics.into_iter().map(finding).collect();
    Checked { source, kind, readable, findings }
}

/// All that is said about a policy of this kind: what AWS would refuse, and if it would take it, what
/// is wrong nevertheless.
fn judge(source: &Source, tree: Read, kind: PolicyKind) -> ReadPolicy {
    let mut read = grammar(source, tree, kind);
    let dubious = read.document.iter().flat_map(|document| validate::validate(document, kind));
    read.diagnostics.extend(dubious);
    read
}

/// What AWS would refuse. JSON is read once more as the text it is, because AWS measures the length
/// of the text.
fn grammar(source: &Source, tree: Read, kind: PolicyKind) -> ReadPolicy {
    if files::is_json(source) {
        return Document::from_json(source.text(), kind);
    }
    let unsound = tree.has_errors();
    let read = tree.node.map(|node| Document::read(&node, kind));
    let (document, found) = read.map(|read| (read.document, read.diagnostics)).unwrap_or_default();
    let diagnostics = tree.diagnostics.into_iter().chain(found).collect();
    ReadPolicy { document: document.filter(|_| !unsound), diagnostics }
}

/// What a policy is attached to, judged by its statements: only policies of resources name
/// principals, and their actions tell which resource.
fn guess(node: &Node) -> Kind {
    let statements = one_or_many(node.get("Statement"));
    let has = |key: &str| statements.iter().any(|statement| statement.get(key).is_some());
    if !has("Principal") && !has("NotPrincipal") {
        return Kind::Identity;
    }
    let actions: Vec<&str> = statements
        .iter()
        .flat_map(|statement| one_or_many(statement.get("Action")))
        .filter_map(Node::as_text)
        .collect();
    let of = |service: &str| actions.iter().any(|action| starts_with(action, service));
    let assumed = !actions.is_empty() && actions.iter().all(|action| starts_with(action, "sts:"));
    match () {
        () if assumed => Kind::Trust,
        () if of("kms:") => Kind::Key,
        () if of("s3:") => Kind::Bucket,
        () => Kind::Resource,
    }
}

fn one_or_many(node: Option<&Node>) -> &[Node] {
    match node {
        None => &[],
        Some(node) => node.as_list().unwrap_or(std::slice::from_ref(node)),
    }
}

fn starts_with(text: &str, head: &str) -> bool {
    text.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
}

fn human(out: &mut dyn Write, checked: &[Checked], unread: usize) -> io::Result<()> {
    for policy in checked {
        if let Some((kind, true)) = policy.kind {
            let (file, kind) = (clean(policy.source.name()), name(kind));
            writeln!(out, "{file}: taken for `--kind {kind}`, judging by its statements\n")?;
        }
        render::findings(out, &policy.findings)?;
    }
    writeln!(out, "{}", summary(checked, unread))
}

/// `2 errors, 1 warning in 3 files`, and what was not looked at.
fn summary(checked: &[Checked], unread: usize) -> String {
    let mut parts = Vec::new();
    if !checked.is_empty() {
        parts.push(found(checked));
    }
    if checked.iter().any(|policy| policy.kind.is_some() && !policy.readable) {
        parts.push("the rest is checked once AWS would take it".to_owned());
    }
    if unread > 0 {
        parts.push(format!("{} could not be read", number(unread, "file")));
    }
    parts.join("; ")
}

fn found(checked: &[Checked]) -> String {
    let of = |severity, noun| (count(checked, severity), noun);
    let counts = [
        of(Severity::Error, "error"),
        of(Severity::Warning, "warning"),
        of(Severity::Note, "note"),
    ];
    let found: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| number(*count, noun))
        .collect();
    let found = if found.is_empty() { "nothing wrong".to_owned() } else { found.join(", ") };
    format!("{found} in {}", number(checked.len(), "file"))
}

fn number(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn count(checked: &[Checked], severity: Severity) -> usize {
    let findings = checked.iter().flat_map(|policy| &policy.findings);
    findings.filter(|finding| finding.diagnostic.severity == severity).count()
}

fn name(kind: Kind) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    errors: usize,
    warnings: usize,
    notes: usize,
    unread: usize,
    files: Vec<CheckedFile<'a>>,
}

#[derive(Debug, Serialize)]
struct CheckedFile<'a> {
    file: &'a str,
    kind: Option<String>,
    guessed: bool,
    findings: Vec<Note<'a>>,
}

impl<'a> From<&'a Checked> for CheckedFile<'a> {
    fn from(policy: &'a Checked) -> Self {
        Self {
            file: policy.source.name(),
            kind: policy.kind.map(|(kind, _)| name(kind)),
            guessed: policy.kind.is_some_and(|(_, guessed)| guessed),
            findings: policy.findings.iter().map(Note::from).collect(),
        }
    }
}

fn json(out: &mut dyn Write, checked: &[Checked], unread: usize) -> io::Result<()> {
    let answer = Answer {
        errors: count(checked, Severity::Error),
        warnings: count(checked, Severity::Warning),
        notes: count(checked, Severity::Note),
        unread,
        files: checked.iter().map(CheckedFile::from).collect(),
    };
    pretty(out, &answer)
}

#[cfg(test)]
mod tests {
    use sekisho_tree::read_any;

    use super::*;

    #[test]
    fn the_statements_tell_what_a_policy_is_attached_to() {
        for (text, kind) in [
            (r#"{"Statement": [{"Action": "s3:*"}]}"#, Kind::Identity),
            (r#"{"Statement": {"Principal": "*", "Action": "sts:AssumeRole"}}"#, Kind::Trust),
            (r#"{"Statement": [{"NotPrincipal": "*", "Action": ["S3:Get*"]}]}"#, Kind::Bucket),
            (r#"{"Statement": [{"Principal": "*", "Action": "kms:*"}]}"#, Kind::Key),
            (r#"{"Statement": [{"Principal": "*", "Action": "sqs:*"}]}"#, Kind::Resource),
            (r#"{"Statement": [{"Principal": "*"}]}"#, Kind::Resource),
            (r#"{"Statement": 3}"#, Kind::Identity),
            ("[]", Kind::Identity),
        ] {
            assert_eq!(guess(&read_any(text).node.unwrap()), kind, "{text}");
        }
    }

    #[test]
    fn numbers_have_their_plural() {
        assert_eq!([number(0, "file"), number(1, "file")], ["0 files", "1 file"]);
    }
}
