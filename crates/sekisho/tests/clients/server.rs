//! A `sekisho serve` for one story, in a folder of its own, on a port that is free.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};

use crate::clients::Ran;

/// A server that runs; its folder goes with it.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
}

impl Server {
    /// Starts one, and waits until it listens.
    pub(crate) fn start(story: &str, arguments: &[&str]) -> Self {
        let folder = env::temp_dir().join(format!("sekisho-story-{story}-{}", process::id()));
        // What a story of the same name and process left behind, killed before its end.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("scratch")).unwrap();
        let calls = File::create(folder.join("calls")).unwrap();
        let mut serve = Command::new(env!("CARGO_BIN_EXE_sekisho"));
        serve.args(["serve", "--port", "0", "--verbose"]).args(arguments);
        serve.arg("--data").arg(folder.join("data"));
        serve.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(calls);
        let mut server = Self { child: serve.spawn().unwrap(), folder };
        server.wait_until_it_listens();
        server
    }

    /// The first line says where; the profiles are written by then.
    fn wait_until_it_listens(&mut self) {
        let mut first = String::new();
        let mut out = BufReader::new(self.child.stdout.take().unwrap());
        out.read_line(&mut first).unwrap();
        self.child.stdout = Some(out.into_inner());
        assert!(first.starts_with("listening on "), "{first}{}", self.calls());
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A folder for the story's own files.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.folder.join("scratch")
    }

    /// What the server told of the calls.
    pub(crate) fn calls(&self) -> String {
        read(&self.folder.join("calls"))
    }

    /// Ends it without a warning: what it acknowledged is on the disk.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself, which the story has noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Walks over the journal of a server that was killed.
    pub(crate) fn verify_journal(&self) -> Ran {
        let mut verify = Command::new(env!("CARGO_BIN_EXE_sekisho"));
        Ran::of(verify.args(["journal", "verify", "--data"]).arg(self.data()))
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| format!("{}: {error}", path.display()))
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
