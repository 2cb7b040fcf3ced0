//! `sekisho serve`: starts the server, says how to use it, and waits for the end.

use std::io;

use sekisho::serve::{Patience, ServeError, Server, Settings, certificate_file};
use tokio::signal::unix::{SignalKind, signal};

use crate::Shell;
use crate::cli::Serve;
use crate::exit::Exit;

/// Threads that answer requests; what waits for the disk has threads of its own.
const THREADS: usize = 2;

/// Threads that may wait for the disk: enough for all connections at once, and for the bodies that have
/// several.
const WAITING_THREADS_MAX: usize = 1024;

/// Runs `sekisho serve`.
pub(crate) fn run(args: &Serve, shell: &mut Shell<'_>) -> io::Result<Exit> {
    let settings = Settings {
        data: args.data.data.clone(),
        address: args.listen,
        port: args.port,
        region: args.region.clone(),
        accounts: args.accounts.clone(),
        tells: args.verbose,
        tls: args.tls,
        patience: Patience::default(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .max_blocking_threads(WAITING_THREADS_MAX)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime);
    let ended = runtime.map(|runtime| runtime.block_on(serve(&settings, shell)));
    match ended {
        Ok(Ok(ended)) => ended.map(|()| Exit::Yes),
        Ok(Err(error)) | Err(error) => {
            writeln!(shell.err, "error: {error}")?;
            Ok(Exit::Unreadable)
        }
    }
}

async fn serve(settings: &Settings, shell: &mut Shell<'_>) -> Result<io::Result<()>, ServeError> {
    let server = Server::begin(settings).await?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Runtime)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Runtime)?;
    if let Err(error) = welcome(&server, settings, shell) {
        return Ok(Err(error));
    }
    let ended = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    server.serve(ended).await;
    Ok(Ok(()))
}

/// Says where the server is, and to a newcomer how to call it.
fn welcome(server: &Server, settings: &Settings, shell: &mut Shell<'_>) -> io::Result<()> {
    let out = &mut shell.out;
    let scheme = if settings.tls { "https" } else { "http" };
    writeln!(out, "listening on {scheme}://{}", server.address)?;
    if settings.tls {
        let certificate = certificate_file(&settings.data);
        writeln!(out, "  certificates are vouched for by {}", certificate.display())?;
    } else if !settings.address.is_loopback() {
        writeln!(
            out,
            "warning: {} is reached from other machines, over a connection without TLS: use `--tls`",
            settings.address
        )?;
    }
    let width = server.accounts.iter().map(|account| account.name.len()).max().unwrap_or_default();
    for account in &server.accounts {
        let new = if server.founded.contains(&account.name) { ", founded now" } else { "" };
        writeln!(
            out,
            "  {:width$}  {}  profile `{}`{new}",
            account.name, account.id, account.name
        )?;
    }
    if !server.founded.is_empty() {
        let folder = settings.data.display();
        let given = if folder.to_string() == ".sekisho" {
            String::new()
        } else {
            format!(" --data '{folder}'")
        };
        writeln!(
            out,
            "\nIn another terminal:\n  eval \"$(sekisho env{given})\"\n  aws sts get-caller-identity"
        )?;
    }
    out.flush()
}
