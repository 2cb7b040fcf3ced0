//! The page that lists what is served, held against what is served.

#![expect(clippy::disallowed_methods, reason = "the test reads and writes the committed page")]

use std::path::Path;

use sekisho_cloud::operation::{Effect, Served};
use sekisho_cloud::services;
use sekisho_wire::model::{self, Service};

/// What stands above the services.
const HEAD: &str = "\
# What is served

Every operation of the services in AWS's models, and what it asks. What is not served answers
`NotImplemented`, in the service's own error form, and is recorded. So does a member of a request that a
served operation does not serve: it is refused by name, never ignored.

This page is made of the operations' own declarations:
`SEKISHO_BLESS=1 cargo test -p sekisho-cloud --test services_page` writes it anew.
";

fn page() -> String {
    model::services().map(section).fold(HEAD.to_owned(), |page, section| page + &section)
}

fn section(service: &'static Service) -> String {
    let found = |operation: &model::Operation| services::find(service.name, operation.name);
    let served: Vec<&Served> = service.operations.iter().filter_map(found).collect();
    let (count, all) = (served.len(), service.operations.len());
    let mut text = format!("\n## {}\n\n", service.full_name);
    if count == 0 {
        return text + &format!("None of the {all} operations of `{}` is served.\n", service.name);
    }
    text += &format!("{count} of the {all} operations of `{}` are served.\n\n", service.name);
    text += "| operation | asks | effect |\n|---|---|---|\n";
    text += &served.into_iter().map(row).collect::<String>();
    let missing = service.operations.iter().filter(|operation| found(operation).is_none());
    let missing: Vec<_> = missing.map(|operation| format!("`{}`", operation.name)).collect();
    if missing.is_empty() {
        text
    } else {
        text + &format!("\nNot served: {}.\n", missing.join(", "))
    }
}

fn row(served: &Served) -> String {
    let asks: Vec<_> = served.asks.iter().map(|action| format!("`{action}`")).collect();
    let effect = if served.effect == Effect::Read { "reads" } else { "writes" };
    format!("| `{}` | {} | {effect} |\n", served.operation(), asks.join(", "))
}

/// `SEKISHO_BLESS=1` writes the page instead.
#[test]
fn the_page_is_what_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/services.md");
    if std::env::var("SEKISHO_BLESS").is_ok() {
        std::fs::write(&path, page()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page(), "write the page anew with SEKISHO_BLESS=1");
}

/// What is looked up by halving must be in order.
#[test]
fn every_operation_is_found_by_its_name() {
    for served in services::SERVED.iter().flat_map(|list| list.iter()) {
        let found = services::find(served.service(), served.operation());
        assert_eq!(found.map(|found| found.name), Some(served.name));
        let model = model::service(served.service()).unwrap();
        assert!(model.operation(served.operation()).is_some(), "{} is AWS's", served.name);
    }
}

/// A member that AWS does not have, or has with another type, would never be read.
#[test]
fn every_input_is_as_the_model_has_it() {
    let all = services::SERVED.iter().flat_map(|list| list.iter());
    let wrong: Vec<_> = all
        .filter_map(|one| Some(format!("{}: {}", one.name, one.input_is_modelled().err()?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
