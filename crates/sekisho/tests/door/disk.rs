//! A disk that takes no more, under the real program: the limit for files that the system sets for a
//! process stands for the end of the disk.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sekisho_wire::sigv4::{AmzDate, Credential, Dialect, Signer, sha256_hex};

use crate::rig::{Folder, key_of, now_ms};
use crate::wire::{Reply, Wire};

/// What a file may have, in blocks of 512 bytes: 6 MiB. A new store has less than half of that.
const BLOCKS_MAX: u32 = 12 * 1024;

struct Program {
    child: Child,
    address: SocketAddr,
    key: (String, String),
}

impl Program {
    /// Starts the program; a limit is set by the shell, which then becomes the program.
    fn start(data: &Path, limited: bool) -> Self {
        let limit =
            if limited { format!("trap '' XFSZ; ulimit -f {BLOCKS_MAX}; ") } else { String::new() };
        let mut child = Command::new("sh")
            .args(["-c", &format!("{limit}exec \"$0\" serve --port 0 --data \"$1\"")])
            .arg(env!("CARGO_BIN_EXE_sekisho"))
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address, key: key_of(data, "tools") }
    }

    fn ask(&self, service: &str, method: &str, target: &str, body: &[u8]) -> Reply {
        let (id, secret) = &self.key;
        let dialect = if service == "s3" { Dialect::S3 } else { Dialect::Query };
        let date = AmzDate::at(now_ms()).unwrap();
        let scope = Credential::new(id, date.day(), "us-east-1", service);
        let request = http::Request::builder().method(method).uri(target);
        let mut head =
            request.header("host", self.address.to_string()).body(()).unwrap().into_parts().0;
        if service != "s3" {
            let form = "application/x-www-form-urlencoded".parse().unwrap();
            head.headers.insert("content-type", form);
        }
        Signer::new(secret, scope, dialect).sign(&mut head, &date, &sha256_hex(body)).unwrap();
        let mut text = format!("{method} {target} HTTP/1.1\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in &head.headers {
            text += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
        let mut wire = Wire::to(self.address);
        wire.send(&[text.as_bytes(), b"\r\n", body].concat());
        wire.reply()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const IDENTITY: &[u8] = b"Action=GetCallerIdentity&Version=2011-06-15";

#[test]
fn a_full_disk_is_told_and_nothing_acknowledged_is_lost() {
    let folder = Folder::new();
    let program = Program::start(&folder.0, true);
    assert_eq!(program.ask("s3", "PUT", "/full", b"").status, 200);

    // A body that is a file of its own finds no place, and that is all.
    let reply = program.ask("s3", "PUT", "/full/large", &vec![b'l'; 7 << 20]);
    assert_eq!((reply.status, &*reply.code()), (503, "ServiceUnavailable"), "{}", reply.text());
    assert!(reply.text().contains("cannot write"), "{}", reply.text());
    assert_eq!(program.ask("s3", "GET", "/full/large", b"").code(), "NoSuchKey");

    // The database finds no place: from then on every call is refused, since each is recorded.
    let body = vec![b'b'; 30_000];
    let mut taken = 0;
    let refused = loop {
        let reply = program.ask("s3", "PUT", &format!("/full/{taken}"), &body);
        if reply.status != 200 {
            break reply;
        }
        taken += 1;
        assert!(taken < 1000, "the disk is never full");
    };
    assert_eq!(
        (refused.status, &*refused.code()),
        (503, "ServiceUnavailable"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains("start sekisho again"), "{}", refused.text());
    let reply = program.ask("sts", "POST", "/", IDENTITY);
    assert_eq!((reply.status, &*reply.code()), (503, "ServiceUnavailable"), "{}", reply.text());
    let reply = program.ask("s3", "GET", "/full/0", b"");
    assert_eq!((reply.status, &*reply.code()), (503, "ServiceUnavailable"), "{}", reply.text());
    drop(program);

    let program = Program::start(&folder.0, false);
    for at in 0..taken {
        let reply = program.ask("s3", "GET", &format!("/full/{at}"), b"");
        assert_eq!((reply.status, reply.body == body), (200, true), "object {at} of {taken}");
    }
    assert_eq!(program.ask("s3", "GET", "/full/large", b"").code(), "NoSuchKey");
    assert_eq!(program.ask("sts", "POST", "/", IDENTITY).status, 200);
}
