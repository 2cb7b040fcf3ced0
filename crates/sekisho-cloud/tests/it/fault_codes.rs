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

/// Codes that the models do not have, by service, and where they stand.
const UNMODELLED: &[(&str, &str, &[&str])] = &[
    ("kms", "docs/fidelity.md, \"KMS\"", &["NotAuthorizedException"]),
    (
        "s3",
        "S3 API Reference, \"Error responses\", and the pages of the operations",
        &[
            "AccessControlListNotSupported",
            "AuthorizationHeaderMalformed",
            "BadDigest",
            "BadRequest",
            "BucketNotEmpty",
            "ConditionalRequestConflict",
            "EntityTooLarge",
            "EntityTooSmall",
            "IllegalLocationConstraintException",
            "IllegalVersioningConfigurationException",
            "InvalidArgument",
            "InvalidBucketAclWithBlockPublicAccessError",
            "InvalidBucketAclWithObjectOwnership",
            "InvalidBucketName",
            "InvalidBucketOwnerAWSAccountID",
            "InvalidLocationConstraint",
            "InvalidPart",
            "InvalidPartNumber",
            "InvalidPartOrder",
            "InvalidRange",
            "InvalidStorageClass",
            "InvalidTag",
            "KeyTooLongError",
            "MalformedPolicy",
            "MalformedXML",
            "MetadataTooLarge",
            "MethodNotAllowed",
            "MissingSecurityHeader",
            "NoSuchBucketPolicy",
            "NoSuchCORSConfiguration",
            "NoSuchLifecycleConfiguration",
            "NoSuchPublicAccessBlockConfiguration",
            "NoSuchTagSet",
            "NoSuchVersion",
            "NoSuchWebsiteConfiguration",
            "NotImplemented",
            "NotModified",
            "ObjectLockConfigurationNotFoundError",
            "OperationAborted",
            "OwnershipControlsNotFoundError",
            "PermanentRedirect",
            "PreconditionFailed",
            "ReplicationConfigurationNotFoundError",
            "TooManyBuckets",
            "UnexpectedContent",
        ],
    ),
    ("sts", "answers of STS about session tags, as recorded", &["InvalidParameterValue"]),
];

/// A file of a service, without its tests.
struct Source {
    /// Its name: `fault`.
    name: String,
    text: String,
}

/// The sources of a service.
fn sources(service: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services").join(service);
    let (mut folders, mut sources) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                let text = std::fs::read_to_string(path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
                sources.push(Source { name, text });
            }
        }
    }
    sources
}

/// The codes that the sources name, and the calls that do not name theirs.
fn codes(sources: &[Source]) -> (BTreeSet<String>, Vec<String>) {
    let maker = Regex::new(r"fn ([a-z_]+)\(code: &'static str").unwrap();
    let field = Regex::new(r#"[^a-z_]code: "([A-Za-z]+)""#).unwrap();
    let of = |source: &Source| {
        let found = maker.captures_iter(&source.text);
        found.map(|found| (source.name.clone(), found[1].to_owned())).collect::<Vec<_>>()
    };
    let makers: Vec<_> = sources.iter().flat_map(of).collect();
    let (mut codes, mut unnamed) = (BTreeSet::new(), Vec::new());
    for source in sources {
        let names = spellings(source, &makers).join("|");
        let call = format!(r#"(?:^|[^:.A-Za-z_])(?:{names})\([ \n]*(?:"([A-Za-z]+)"|([^) \n,]+))"#);
        for found in Regex::new(&call).unwrap().captures_iter(&source.text) {
            let is_maker = makers.iter().any(|(file, _)| *file == source.name);
            match (found.get(1), found.get(2).map(|one| one.as_str())) {
                (Some(code), _) => {
                    codes.insert(code.as_str().to_owned());
                }
                // Handed on, or what the reader of policies or another service said.
                (None, Some(named)) if named.ends_with(".code") => {}
                (None, Some("code" | "code:")) if is_maker => {}
                (None, _) => unnamed.push(found[0].trim().to_owned()),
            }
        }
        codes.extend(field.captures_iter(&source.text).map(|found| found[1].to_owned()));
    }
    (codes, unnamed)
}

/// How a file can call what makes a fault.
fn spellings(source: &Source, makers: &[(String, String)]) -> Vec<String> {
    let uses = |file: &str, name: &str| {
        let mut lines = source.text.lines().filter(|line| line.starts_with("use "));
        lines.any(|line| {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            line.contains(&format!("{file}::")) && words.any(|word| word == name)
        })
    };
    let mut spellings = vec!["Fault::new".to_owned(), "Fault::silent".to_owned()];
    for (file, name) in makers {
        spellings.push(format!("{file}::{name}"));
        if *file == source.name || uses(file, name) {
            spellings.push(name.clone());
        }
    }
    spellings
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
        .flat_map(|(service, _, codes)| codes.iter().map(|code| (*service, (*code).to_owned())))
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
    let source = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    let makes = "fn made(code: &'static str) { Fault::new(code, 1) }\n\
                 made(\n    \"A\", made(x), Fault::silent(\"B\"), Fault { code: \"C\" }";
    let calls = "fault::made(\"D\"), made(\"none\"), other::made(y), Fault::new(told.code, z)";
    let (codes, unnamed) = codes(&[source("fault", makes), source("decrypt", calls)]);
    assert_eq!(codes.into_iter().collect::<String>(), "ABCD");
    assert_eq!(unnamed, ["made(x"]);
}
