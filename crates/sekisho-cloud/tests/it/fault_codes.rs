//! The codes that services answer are AWS's: each stands in the service's model, among the errors that
//! all services have, or below with its source.
//!
//! The codes are read off the source, so that none is forgotten: whatever takes a `code` as its first
//! argument is given a literal.

#![expect(clippy::disallowed_methods, reason = "the test reads the source")]

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use sekisho_cloud::services::SERVED;
use sekisho_wire::model::{self, Kind};

/// Source: "Common errors" in the API references of all services.
const COMMON: [&str; 6] = [
    "AccessDenied",
    "AccessDeniedException",
    "InternalFailure",
    "InvalidClientTokenId",
    "ValidationError",
    "ValidationException",
];

/// Codes that the models do not have.
const UNMODELLED: &[(&str, &[&str], &str)] = &[];

/// The sources of a service, without their tests.
fn sources(service: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services").join(service);
    let (mut folders, mut sources) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                sources.push(text.split("#[cfg(test)]").next().unwrap().to_owned());
            }
        }
    }
    sources
}

/// The codes that the sources name, and the calls that do not name theirs.
fn codes(sources: &[String]) -> (BTreeSet<String>, Vec<String>) {
    let maker = Regex::new(r"fn ([a-z_]+)\(code: &'static str").unwrap();
    let own = sources.iter().flat_map(|text| maker.captures_iter(text));
    let own: BTreeSet<_> = own.map(|found| found[1].to_owned()).collect();
    let own: Vec<_> = own.iter().map(|name| format!(r"(?-u:\b){name}")).collect();
    let makers = [&["Fault::new".to_owned(), "Fault::silent".to_owned()][..], &own].concat();
    let call = Regex::new(&format!(r#"(?:{})\([ \n]*("([A-Za-z]+)"|[^) \n,]+)"#, makers.join("|")))
        .unwrap();
    let (mut codes, mut unnamed) = (BTreeSet::new(), Vec::new());
    for text in sources {
        for found in call.captures_iter(text) {
            match (found.get(2), &found[1]) {
                (Some(code), _) => {
                    codes.insert(code.as_str().to_owned());
                }
                (None, "code" | "code:") => {}
                (None, _) => unnamed.push(found[0].to_owned()),
            }
        }
        let field = Regex::new(r#"(?-u:\b)code: "([A-Za-z]+)""#).unwrap();
        codes.extend(field.captures_iter(text).map(|found| found[1].to_owned()));
    }
    (codes, unnamed)
}

fn modelled(service: &str) -> BTreeSet<&'static str> {
    let shapes = model::service(service).unwrap().shapes.iter();
    let code = |shape: &'static model::Shape| match &shape.kind {
        Kind::Structure(shape) => shape.error.map(|error| error.code),
        _ => None,
    };
    shapes.filter_map(code).collect()
}

#[test]
fn every_code_is_one_of_aws() {
    let mut wrong = Vec::new();
    let mut listed: BTreeSet<_> = UNMODELLED
        .iter()
        .flat_map(|(service, codes, _)| codes.iter().map(|code| (*service, (*code).to_owned())))
        .collect();
    for service in SERVED.iter().filter_map(|list| Some(list.first()?.service())) {
        let (codes, unnamed) = codes(&sources(service));
        let modelled = modelled(service);
        wrong.extend(unnamed.into_iter().map(|call| format!("{service}: `{call}` hides its code")));
        for code in codes {
            let known = modelled.contains(&*code) || COMMON.contains(&&*code);
            let listed = listed.remove(&(service, code.clone()));
            if known == listed {
                let what = if known { "is listed and known" } else { "is not AWS's" };
                wrong.push(format!("{service}: `{code}` {what}"));
            }
        }
    }
    wrong.extend(
        listed.into_iter().map(|(service, code)| format!("{service}: no `{code}` is made")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_are_read_off_calls() {
    let text = "fn made(code: &'static str) { Fault::new(code, 1) }\n\
                made(\n    \"A\", made(x), Fault::silent(\"B\"), Fault { code: \"C\" }";
    let (codes, unnamed) = codes(&[text.to_owned()]);
    assert_eq!(codes.into_iter().collect::<String>(), "ABC");
    assert_eq!(unnamed, ["made(x"]);
}
