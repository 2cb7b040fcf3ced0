//! Many at once: what they can hold of the server's memory is bounded, and afterwards it goes on.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::rig::Folder;
use crate::wire::Wire;

/// More than the connections that are open at once.
const CROWD: usize = 520;

/// The program itself, so that its memory can be measured.
struct Program {
    child: Child,
    address: SocketAddr,
    _folder: Folder,
}

impl Program {
    fn start() -> Self {
        let folder = Folder::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_sekisho"))
            .args(["serve", "--port", "0", "--data"])
            .arg(&folder.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address, _folder: folder }
    }

    /// Resident memory in KiB: now, or the most there ever was.
    fn memory(&self, which: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(which))?;
        line.trim_start_matches(':').split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Clients that say nothing take all places; they are left after a while (20 seconds).
#[test]
fn whoever_finds_no_place_waits_for_one() {
    let program = Program::start();
    let idle: Vec<_> = (0..CROWD).map(|_| Wire::to(program.address)).collect();
    let begun = Instant::now();
    let mut wire = Wire::to(program.address);
    wire.send(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    assert_eq!(wire.reply().status, 403);
    assert!(begun.elapsed() > Duration::from_secs(10), "there was a place: {:?}", begun.elapsed());
    drop(idle);
}

/// Strangers open hundreds of connections and send all that is taken of them: heads that never end, and
/// bodies of eight MiB, which are read before anybody knows who sends them.
#[test]
fn strangers_can_hold_only_so_much_memory() {
    const MIB: u64 = 1024;
    let program = Program::start();
    // Only Linux tells.
    let Some(before) = program.memory("VmRSS") else { return };
    let mut heads: Vec<_> = (0..200).map(|_| Wire::to(program.address)).collect();
    let piece = [b"GET / HTTP/1.1\r\nx: ".to_vec(), vec![b'a'; 120 * 1024]].concat();
    heads.iter_mut().for_each(|wire| wire.send(&piece));
    let head = "POST / HTTP/1.1\r\nhost: a\r\nx-amz-target: TrentService.ListKeys\r\n\
        content-length: 8388608\r\n\r\n";
    let body = vec![b' '; 4 << 20];
    let bodies: Vec<_> = (0..60)
        .map(|_| {
            let mut wire = Wire::to(program.address);
            wire.stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
            wire.send(head.as_bytes());
            wire.send(&body);
            wire
        })
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    let most = program.memory("VmHWM").unwrap();
    // 200 heads of 128 KiB (buffers may be twice as large), 64 MiB for bodies, copied once while they
    // grow, and what the allocator keeps.
    assert!(most - before < 300 * MIB, "{before} KiB before, {most} KiB at most");
    drop((heads, bodies));
    let mut wire = Wire::to(program.address);
    wire.send(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    assert_eq!(wire.reply().status, 403);
}
