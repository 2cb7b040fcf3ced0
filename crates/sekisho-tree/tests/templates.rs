//! Real templates: those of the example estate and of the corpus, where they are at hand.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod same;

use std::path::{Path, PathBuf};

use same::same;
use sekisho_tree::{Node, Read, Source, Style, Value, read_any, read_json, read_yaml};

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.is_dir() {
        eprintln!("skipped: there are no shared templates beside the repository");
        return None;
    }
    Some(shared)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn source(path: &Path) -> Option<Source> {
    Source::new(path.display().to_string(), std::fs::read(path).unwrap()).ok()
}

/// Every scalar in one line, without escapes and not in quotes, stands in the text as it is.
fn check_spans(node: &Node, source: &Source) {
    match &node.value {
        Value::Scalar(text, style) => {
            let written = source.text_at(node.span);
            if matches!(style, Style::Plain | Style::Number | Style::Bool)
                && !written.contains('\n')
            {
                assert_eq!(&**text, written, "{source:?}");
            }
        }
        Value::List(items) => items.iter().for_each(|item| check_spans(item, source)),
        Value::Map(entries) => {
            for entry in entries {
                let written = source.text_at(entry.key.span);
                assert_eq!(written.trim_matches(['"', '\'']), &*entry.key.text, "{source:?}");
                check_spans(&entry.value, source);
            }
        }
    }
}

fn problems(read: &Read, source: &Source) -> Vec<String> {
    let problem = |found: &sekisho_tree::Diagnostic| {
        let (line, column) = source.line_column(found.span.range().start);
        format!("{}:{line}:{column}: {}: {}", source.name(), found.code, found.message)
    };
    read.diagnostics.iter().map(problem).collect()
}

#[test]
fn the_estate_is_read_without_a_word() {
    let Some(shared) = shared() else { return };
    let paths = files(&shared.join("estates/fixed"));
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        let source = source(path).unwrap();
        let read = read_any(source.text());
        assert_eq!(problems(&read, &source), Vec::<String>::new());
        check_spans(&read.node.unwrap(), &source);
    }
    assert!(paths.len() >= 3);
}

#[test]
fn the_corpus_is_read_and_what_is_json_agrees_with_yaml() {
    let Some(shared) = shared() else { return };
    let (mut good, mut all, mut in_json, mut bad) = (0, 0, 0, Vec::new());
    for path in files(&shared.join("corpus/templates")) {
        let Some(source) = source(&path) else { continue };
        let read = read_any(source.text());
        all += 1;
        bad.extend(problems(&read, &source));
        if let Ok(node) = read.into_result() {
            good += 1;
            check_spans(&node, &source);
        }
        if let Ok(json) = read_json(source.text()).into_result() {
            in_json += 1;
            let yaml = read_yaml(source.text()).into_result().unwrap();
            assert!(same(&json, &yaml), "{source:?}");
        }
    }
    eprintln!(
        "{good} of {all} files of the corpus ({in_json} in JSON) are read without an error\n{}",
        bad.join("\n")
    );
    assert!(good * 100 >= all * 95, "{good} of {all}\n{}", bad.join("\n"));
}
