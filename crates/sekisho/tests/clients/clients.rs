//! The clients, and how a story is told with them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::server::Server;

/// The Python environment in which boto3 and the aws CLI are installed.
pub(crate) struct Clients {
    programs: PathBuf,
}

/// What a program left.
pub(crate) struct Ran {
    pub(crate) succeeded: bool,
    pub(crate) output: String,
}

impl Ran {
    /// Runs a program to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
        let output = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Self { succeeded: status.success(), output: output.concat() }
    }
}

impl Clients {
    /// Finds them; where `cargo xtask test` said the place, they must be there.
    pub(crate) fn find() -> Option<Self> {
        let said = env::var_os("SEKISHO_CLIENTS").map(PathBuf::from);
        let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/clients");
        let clients = Self { programs: said.clone().unwrap_or_else(usual).join("bin") };
        let there = clients.programs.join("python").exists();
        assert!(
            there || said.is_none(),
            "SEKISHO_CLIENTS: no Python environment in `{}`: `cargo xtask test` makes one",
            clients.programs.display()
        );
        there.then_some(clients)
    }

    /// Tells a story to a server.
    pub(crate) fn tell(&self, story: &str, server: &Server) -> Ran {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let mut python = Command::new(self.programs.join("python"));
        python.arg(folder.join("stories").join(story).with_extension("py"));
        python.current_dir(server.scratch()).env_clear();
        python.env("PATH", self.path()).env("HOME", server.scratch());
        python.env("PYTHONPATH", folder).env("PYTHONDONTWRITEBYTECODE", "1");
        python.env("AWS_CONFIG_FILE", server.data().join("aws/config"));
        python.env("AWS_SHARED_CREDENTIALS_FILE", server.data().join("aws/credentials"));
        // There is no machine of EC2 to ask for credentials, and a refusal is not to be repeated.
        python.env("AWS_EC2_METADATA_DISABLED", "true").env("AWS_MAX_ATTEMPTS", "1");
        python.env("SEKISHO", env!("CARGO_BIN_EXE_sekisho")).env("SEKISHO_DATA", server.data());
        Ran::of(&mut python)
    }

    /// The environment's programs, before those of the machine.
    fn path(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = [self.programs.clone()].into_iter().chain(env::split_paths(&inherited));
        env::join_paths(folders).unwrap()
    }
}

#[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
pub(crate) fn say_skipped() {
    eprintln!("skipped: no aws CLI and boto3 in target/clients; `cargo xtask test` installs them");
}
