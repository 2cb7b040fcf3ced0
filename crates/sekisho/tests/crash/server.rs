//! The server as a process that can be killed.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::Key;

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// How long it took to listen.
    pub(crate) started_in: Duration,
    /// What it writes is not read to the end, but somebody must be there.
    _out: BufReader<ChildStdout>,
}

/// A server that starts.
pub(crate) fn spawn(data: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sekisho"));
    command.args(["serve", "--port", "0", "--data"]).arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

impl Server {
    /// Starts a server, and waits until it listens.
    pub(crate) fn start(data: &Path) -> Self {
        let begun = Instant::now();
        let mut child = spawn(data);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address.and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the server does not start: {line}"));
        Self { child, address, started_in: begun.elapsed(), _out: out }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to end, and waits until it has; it must end well.
    pub(crate) fn terminate(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "asked to end, the server ended with {status}");
                return;
            }
            assert!(Instant::now() < until, "the server does not end");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// The keys in a data folder's credentials file: profile and key.
pub(crate) fn keys(data: &Path) -> Vec<(String, Key)> {
    let text = std::fs::read_to_string(data.join("aws/credentials")).unwrap();
    let sections = text.split('[').skip(1);
    let value = |section: &str, name: &str| {
        let line = section.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim_start_matches(" = ").to_owned()
    };
    let key = |section: &str| {
        let id = value(section, "aws_access_key_id");
        let secret = value(section, "aws_secret_access_key");
        (section.split(']').next().unwrap().to_owned(), Key { id, secret })
    };
    sections.map(key).collect()
}
