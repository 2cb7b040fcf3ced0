//! The first start, killed at any moment: the next one founds what is missing, and its keys open it.

use std::thread;

use crate::client::Client;
use crate::disk;
use crate::rounds::Folder;
use crate::server::{self, Server};

/// How many moments of a first start are tried.
const MOMENTS: u32 = 25;

#[test]
fn a_first_start_may_be_killed_at_any_moment() {
    let whole = Folder::new("first-start");
    let server = Server::start(&whole.0);
    let took = server.started_in;
    server.kill();
    for moment in 0..MOMENTS {
        let folder = Folder::new(&format!("first-start-{moment}"));
        let mut child = server::spawn(&folder.0);
        thread::sleep(took * moment / MOMENTS);
        child.kill().unwrap();
        child.wait().unwrap();
        let server = Server::start(&folder.0);
        let keys = server::keys(&folder.0);
        let names: Vec<_> = keys.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["tools", "staging", "production"], "moment {moment}");
        for (name, key) in keys {
            let mut client = Client::new(server.address, &key);
            let reply = client.query("sts", "GetCallerIdentity", &[]).unwrap();
            assert_eq!(reply.status, 200, "moment {moment}: the key of {name} opens nothing");
        }
        server.terminate();
        disk::verify(&folder.0);
    }
}
