//! Runs the program as its users do, from the root of the workspace, so that paths in its answers
//! are the same everywhere.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program left.
pub(crate) struct Ran {
    /// Its exit code; `None` where it was killed.
    pub(crate) code: Option<i32>,
    /// What it wrote to stdout.
    pub(crate) out: String,
    /// What it wrote to stderr.
    pub(crate) err: String,
}

impl Ran {
    /// All of it in one text, for snapshots.
    pub(crate) fn shown(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let part = |name: &str, text: &str| match text {
            "" => String::new(),
            text => format!("----- {name} -----\n{text}"),
        };
        let (out, err) = (part("stdout", &self.out), part("stderr", &self.err));
        format!("exit code: {code}\n{out}{err}")
    }
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program, about to run.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sekisho"));
    command.args(args).current_dir(root()).env_remove("CLICOLOR_FORCE");
    command
}

/// Runs the program with nothing on stdin.
pub(crate) fn sekisho(args: &[&str]) -> Ran {
    sekisho_reading(args, b"")
}

/// Runs the program with a text on stdin.
pub(crate) fn sekisho_reading(args: &[&str], stdin: &[u8]) -> Ran {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program stops reading where a text is too long, so this may fail.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
