//! `sekisho env`: what to export so that the aws CLI and the SDKs call the server.

use std::fs;
use std::io;
use std::path::Path;

use sekisho::serve::start::{CA_BUNDLE, ClientFiles};

use crate::Shell;
use crate::cli::Env;
use crate::exit::Exit;

/// Runs `sekisho env`.
pub(crate) fn run(args: &Env, shell: &mut Shell<'_>) -> io::Result<Exit> {
    let data = fs::canonicalize(&args.data.data);
    let files = data.as_deref().map(ClientFiles::of);
    let config = files.as_ref().map(|files| fs::read_to_string(&files.config));
    let (Ok(files), Ok(Ok(config))) = (&files, config) else {
        let data = args.data.data.display();
        writeln!(
            shell.err,
            "error: there is no server's data in `{data}`: start one with `sekisho serve`, or name its folder with `--data`"
        )?;
        return Ok(Exit::Unreadable);
    };
    let names: Vec<_> = profiles(&config).collect();
    let wanted = args.profile.as_deref().or(names.first().copied()).unwrap_or_default();
    if !names.contains(&wanted) {
        let known = names.join("`, `");
        writeln!(shell.err, "error: there is no account `{wanted}`: there are `{known}`")?;
        return Ok(Exit::Unreadable);
    }
    let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
    writeln!(shell.out, "export AWS_CONFIG_FILE={}", quoted(&files.config))?;
    writeln!(shell.out, "export AWS_SHARED_CREDENTIALS_FILE={}", quoted(&files.credentials))?;
    writeln!(shell.out, "export AWS_PROFILE={wanted}")?;
    if let Some(trusted) = trusted(&config) {
        writeln!(shell.out, "export AWS_CA_BUNDLE={}", quoted(Path::new(trusted)))?;
    }
    // What is exported already would stand before the profile.
    writeln!(
        shell.out,
        "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_REGION AWS_DEFAULT_REGION"
    )?;
    Ok(Exit::Yes)
}

/// The certificate that a config file trusts, where the server speaks TLS.
fn trusted(config: &str) -> Option<&str> {
    config.lines().find_map(|line| line.strip_prefix(CA_BUNDLE))
}

/// The profiles of a config file, in its order.
fn profiles(config: &str) -> impl Iterator<Item = &str> {
    config.lines().filter_map(|line| line.strip_prefix("[profile ")?.strip_suffix(']'))
}
