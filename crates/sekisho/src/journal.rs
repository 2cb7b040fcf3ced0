//! `sekisho journal verify`: is every record there, unaltered, and is the state what they say?

use std::io;
use std::path::Path;

use sekisho::store::Store;
use sekisho_cloud::journal::Walk;

use crate::Shell;
use crate::exit::Exit;

/// What a walk over the journal found.
enum Found {
    Whole { records: u64, rows: usize },
    Broken(String),
    Unreadable(String),
}

/// Runs `sekisho journal verify`.
pub(crate) fn verify(data: &Path, shell: &mut Shell<'_>) -> io::Result<Exit> {
    match walk(data) {
        Found::Whole { records, rows } => {
            writeln!(
                shell.out,
                "whole: {records} records, each following from the one before; {rows} rows of state as the records left them"
            )?;
            Ok(Exit::Yes)
        }
        Found::Broken(why) => {
            writeln!(shell.out, "altered: {why}")?;
            Ok(Exit::No)
        }
        Found::Unreadable(why) => {
            writeln!(shell.err, "error: {why}")?;
            Ok(Exit::Unreadable)
        }
    }
}

fn walk(data: &Path) -> Found {
    if !data.is_dir() {
        return Found::Unreadable(format!(
            "there is no folder `{}`: name it with `--data`",
            data.display()
        ));
    }
    let (store, loaded) = match Store::open(data) {
        Ok(opened) => opened,
        Err(error) => return Found::Unreadable(error.to_string()),
    };
    let records = match store.records_from(0) {
        Ok(records) => records,
        Err(error) => return Found::Unreadable(error.to_string()),
    };
    let mut walk = Walk::default();
    for record in records {
        let stepped = match record {
            Ok(record) => walk.step(record.number, &record.bytes),
            Err(error) => return Found::Unreadable(error.to_string()),
        };
        if let Err(broken) = stepped {
            return Found::Broken(broken.to_string());
        }
    }
    let records = walk.records();
    let rows = || {
        loaded.rows.iter().flat_map(|(table, rows)| {
            rows.iter().map(move |(key, value)| (table.as_str(), key.as_str(), value.as_slice()))
        })
    };
    match walk.compare(rows()) {
        Ok(()) => Found::Whole { records, rows: rows().count() },
        Err(broken) => Found::Broken(broken.to_string()),
    }
}
