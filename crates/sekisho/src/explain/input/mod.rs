//! From a request file to a [`Case`]. The format is described in `docs/explain.md`.
//!
//! Reading does not stop at the first mistake: all of them are given back, each with its place.

mod fields;
mod grants;
mod known;
mod policies;
mod request;

use std::path::Path;
use std::rc::Rc;

use sekisho_iam::PolicyKind;
use sekisho_tree::{Node, Source, read_any};

use self::fields::Reader;
use self::policies::Shelf;
use super::case::{Case, Texts};
use crate::files::STDIN;
use crate::mistaken;
use crate::render::Finding;

/// Reads a case from a text. `path` is the file it came from: paths of policies start beside it.
///
/// # Errors
/// All that is wrong with it; at least one finding is an error.
pub(crate) fn read(source: &Rc<Source>, path: &str) -> Result<Case, Vec<Finding>> {
    let mut reader = Reader::new(Rc::clone(source));
    let tree = read_any(source.text());
    tree.diagnostics.into_iter().for_each(|diagnostic| reader.say(diagnostic));
    let case = tree.node.and_then(|node| case(&mut reader, &node, path));
    let mut findings = reader.findings;
    // In the order of the text; policies in files of their own follow as they were read.
    findings.sort_by_key(|found| match Rc::ptr_eq(&found.source, source) {
        true => (false, found.diagnostic.span.start),
        false => (true, 0),
    });
    let errors = findings.iter().any(Finding::is_error);
    match case {
        Some(case) if !errors => Ok(Case { notes: findings, ..case }),
        _ => Err(findings),
    }
}

fn case(reader: &mut Reader, node: &Node, path: &str) -> Option<Case> {
    if let Some(complaint) = mistaken::no_request(node) {
        reader.say(complaint);
        return None;
    }
    let fields = reader.fields(node, "a request file", &["title", "request", "policies"])?;
    let title = reader.optional_text(fields, "title").map(str::to_owned);
    let request = reader.required(fields, "request").and_then(|node| request::read(reader, node));
    let resource_kind = request.as_ref().map_or(PolicyKind::Resource, policies::resource_kind);
    let mut shelf = Shelf { reader, folder: folder(path), resource_kind, texts: Texts::new() };
    let policies = fields.get("policies").map(|node| shelf.read(node)).unwrap_or_default();
    let texts = shelf.texts;
    Some(Case { title, request: request?, policies, texts, notes: Vec::new() })
}

fn folder(path: &str) -> std::path::PathBuf {
    let folder = Path::new(path).parent().filter(|_| path != STDIN);
    folder.unwrap_or(Path::new("")).to_owned()
}
