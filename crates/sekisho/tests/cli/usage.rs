//! The command line itself: help, version, wrong usage, pipes.

use std::fs;
use std::process::Stdio;

use crate::support::{command, root, sekisho, sekisho_reading};

#[test]
fn help_teaches() {
    for (name, args) in [
        ("help", ["--help"].as_slice()),
        ("help-explain", &["explain", "--help"]),
        ("help-validate", &["policy", "validate", "--help"]),
    ] {
        let ran = sekisho(args);
        assert_eq!(ran.code, Some(0), "{name}");
        insta::assert_snapshot!(name, ran.out);
    }
}

#[test]
fn the_example_of_the_help_can_be_run() {
    let help = sekisho(&["explain", "--help"]).out;
    let (_, rest) = help.split_once("Example of a FILE:\n").unwrap();
    let (example, _) = rest.split_once("      - ./more-of-build.json").unwrap();
    let ran = sekisho_reading(&["explain", "-"], example.as_bytes());
    assert_eq!(ran.code, Some(0), "{}\n{example}", ran.shown());
}

#[test]
fn the_version_is_said() {
    assert_eq!(sekisho(&["--version"]).out, format!("sekisho {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2() {
    for args in [
        ["explain"].as_slice(),
        &[],
        &["policy", "validate"],
        &["policy", "validate", "--kind", "rolle", "x"],
        &["explain", "--format", "xml", "x"],
        &["explain", "a", "b"],
    ] {
        assert_eq!(sekisho(args).code, Some(2), "{args:?}");
    }
}

#[test]
fn stdin_is_a_file_too() {
    let path = "examples/requests/pipeline-lists-bucket.yaml";
    let text = fs::read(root().join(path)).unwrap();
    let (from_file, from_stdin) =
        (sekisho(&["explain", path]), sekisho_reading(&["explain", "-"], &text));
    assert_eq!(from_stdin.code, Some(1));
    assert_eq!(from_stdin.out, from_file.out.replace(path, "<stdin>"));
}

#[test]
fn a_reader_that_leaves_does_not_change_the_verdict() {
    let path = "examples/requests/pipeline-lists-bucket.yaml";
    for (args, code) in [(["explain", path].as_slice(), 1), (&["policy", "validate", path], 3)] {
        let mut child =
            command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(code), "{args:?}");
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{args:?}");
    }
}

#[test]
fn colours_are_for_terminals_only() {
    let path = "examples/requests/pipeline-lists-bucket.yaml";
    assert!(!sekisho(&["explain", path]).out.contains('\u{1b}'));
    let forced = command(&["explain", path]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8(forced.stdout).unwrap().contains("\u{1b}[1m"));
}
