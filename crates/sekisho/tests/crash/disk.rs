//! What is in the data folder while no server runs: the journal's chain, the state that it says, and
//! the bodies that the state names.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use sekisho::store::Store;
use sekisho_cloud::writes::BodyId;
use serde_json::Value as Json;

use crate::server::Server;

/// `sekisho journal verify` must find everything whole.
pub(crate) fn verify(data: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sekisho"));
    let ran = command.args(["journal", "verify", "--data"]).arg(data).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "the journal and the state do not agree: {out}{err}");
}

/// After a start that was not disturbed there is a body for each that a row names, and no other file.
pub(crate) fn bodies_are_those_of_rows(data: &Path) {
    Server::start(data).terminate();
    let (store, loaded) = Store::open(data).unwrap();
    let mut named = BTreeSet::new();
    for table in ["s3.version", "s3.part"] {
        for (_, row) in loaded.rows.get(table).into_iter().flatten() {
            bodies(&serde_json::from_slice(row).unwrap(), &mut named);
        }
    }
    for name in &named {
        let id = BodyId(u128::from_str_radix(name, 16).unwrap().to_be_bytes());
        store.body_reader(id).unwrap_or_else(|error| panic!("a row names {name}: {error}"));
    }
    let files = files(&data.join("objects"));
    let orphans: Vec<_> = files.difference(&named).collect();
    assert!(orphans.is_empty(), "files that no row names: {orphans:?}");
}

fn bodies(row: &Json, into: &mut BTreeSet<String>) {
    match row {
        Json::Array(items) => items.iter().for_each(|item| bodies(item, into)),
        Json::Object(members) => {
            into.extend(members.get("body").and_then(Json::as_str).map(str::to_owned));
            members.values().for_each(|member| bodies(member, into));
        }
        _ => {}
    }
}

/// The files of bodies.
pub(crate) fn files(objects: &Path) -> BTreeSet<String> {
    let folders = std::fs::read_dir(objects).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}
