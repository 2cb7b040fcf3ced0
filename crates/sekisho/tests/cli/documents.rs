//! What the documents show is what the program says: every `$ sekisho …` of a block fenced as
//! `console` that is followed by an answer is run, and must answer so.

use std::fs;

use crate::support::{root, sekisho};

/// The documents that show answers.
const DOCUMENTS: [&str; 2] = ["README.md", "docs/explain.md"];

/// A command in a document, and the answer that is shown below it.
struct Shown<'a> {
    command: &'a str,
    answer: String,
}

#[test]
fn documents_show_true_answers() {
    for path in DOCUMENTS {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let answered: Vec<_> =
            shown(&text).into_iter().filter(|shown| !shown.answer.trim().is_empty()).collect();
        assert!(!answered.is_empty(), "{path} shows no answer");
        for shown in answered {
            let args: Vec<&str> = shown.command.split_whitespace().skip(1).collect();
            let ran = sekisho(&args);
            let (is, was) = (ran.out.trim_end(), shown.answer.trim_end());
            assert_eq!(is, was, "{path} shows an old answer of `{}`", shown.command);
        }
    }
}

/// The commands of a document that run the program.
fn shown(text: &str) -> Vec<Shown<'_>> {
    let mut found: Vec<Shown<'_>> = Vec::new();
    let blocks = text.split("```console\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    for line in blocks.flat_map(|block| block.lines().chain(["$ "])) {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push(Shown { command, answer: String::new() }),
            (None, Some(last)) => last.answer += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    found.retain(|shown| shown.command.starts_with("sekisho "));
    found
}
