//! The shell: argv, files and the terminal. What is decided is decided in the crates below.

mod cli;
mod clock;
mod environment;
mod exit;
mod explain;
mod files;
mod journal;
mod mistaken;
mod render;
mod serving;
mod validate;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Journal, Policy, Verb};
use crate::exit::Exit;

/// Where a command writes: answers to `out`, what kept it from answering to `err`.
struct Shell<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(Indifferent(anstream::stdout()));
    let mut err = BufWriter::new(Indifferent(anstream::stderr()));
    let ended = run(&cli, &mut Shell { out: &mut out, err: &mut err });
    let ended = ended.and_then(|exit| out.flush().map(|()| exit));
    let exit = ended.or_else(|error| {
        writeln!(err, "error: the answer could not be written: {error}").map(|()| Exit::Unreadable)
    });
    // Nobody is left to tell where even this fails.
    let exit = exit.and_then(|exit| err.flush().map(|()| exit));
    exit.unwrap_or(Exit::Unreadable).into()
}

fn run(cli: &Cli, shell: &mut Shell<'_>) -> io::Result<Exit> {
    match &cli.verb {
        Verb::Explain(args) => explain::run(args, shell),
        Verb::Policy(Policy::Validate(args)) => validate::run(args, shell),
        Verb::Serve(args) => serving::run(args, shell),
        Verb::Env(args) => environment::run(args, shell),
        Verb::Clock(args) => clock::run(args, shell),
        Verb::Journal(Journal::Verify(data)) => journal::verify(&data.data, shell),
    }
}

/// A writer that does not mind when its reader has seen enough (`| head -1`): the verdict, and so
/// the exit code, stays what it is.
struct Indifferent<W>(W);

impl<W: Write> Write for Indifferent<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}
