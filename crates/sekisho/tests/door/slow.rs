//! Clients that take their time: each is waited for so long and no longer, and nobody else waits.

use std::time::{Duration, Instant};

use sekisho::serve::{Patience, Settings};

use crate::rig::{BUCKET, Call, Rig};
use crate::wire::Wire;

const SHORT: Duration = Duration::from_millis(400);

fn hasty(settings: &mut Settings) {
    settings.patience =
        Patience { handshake: SHORT, head: SHORT, silence: SHORT, whole: 3 * SHORT, end: SHORT };
}

/// The client begins, says no more, and hears this.
fn stops(rig: &Rig, bytes: &[u8]) -> (u16, String) {
    let begun = Instant::now();
    let mut wire = Wire::to(rig.address);
    wire.send(bytes);
    let reply = wire.reply();
    assert!(wire.is_closed());
    assert!(begun.elapsed() > SHORT / 2, "it was not waited for");
    assert!(begun.elapsed() < 25 * SHORT, "it was waited for long: {:?}", begun.elapsed());
    (reply.status, reply.code())
}

fn put(rig: &Rig, length: usize) -> Call {
    rig.call("s3", "PUT", &format!("/{BUCKET}/slow")).body(&vec![b's'; length])
}

#[test]
fn clients_that_fall_silent_are_left() {
    let rig = Rig::with(hasty);
    let before = rig.state();
    let head = put(&rig, 4).head();
    let timeout = |code: &str| (400, code.to_owned());
    assert_eq!(stops(&rig, b""), (0, String::new()), "no head");
    assert_eq!(stops(&rig, &head[..head.len() / 2]), (0, String::new()), "half a head");
    assert_eq!(stops(&rig, &head), timeout("RequestTimeout"), "no body");
    for length in [20_000, 300_000] {
        let bytes = put(&rig, length).bytes();
        assert_eq!(stops(&rig, &bytes[..bytes.len() - 1]), timeout("RequestTimeout"));
    }
    let json = rig.json("kms", "TrentService.ListKeys", "{}").length("100").bytes();
    assert_eq!(stops(&rig, &json), (408, "RequestTimeoutException".to_owned()));
    let form = rig.query("sts", "Action=").length("100").bytes();
    assert_eq!(stops(&rig, &form), (408, "RequestTimeout".to_owned()));
    rig.assert_unchanged(&before, "slow clients");
}

/// A byte now and then keeps a stream alive, as on AWS, but not a body that is read whole.
#[test]
fn clients_that_drip_are_left_too() {
    let rig = Rig::with(hasty);
    let before = rig.state();
    let call = rig.json("kms", "TrentService.ListKeys", "{}").length("1000");
    let mut wire = Wire::to(rig.address);
    wire.send(&call.bytes());
    let begun = Instant::now();
    for _ in 0..8 {
        std::thread::sleep(SHORT / 2);
        wire.send(b" ");
    }
    let reply = wire.reply();
    assert_eq!((reply.status, &*reply.code()), (408, "RequestTimeoutException"));
    assert!(begun.elapsed() < 25 * SHORT);
    rig.assert_unchanged(&before, "a drip");
}

#[test]
fn a_drip_in_the_head_is_no_head() {
    let rig = Rig::with(hasty);
    let mut wire = Wire::to(rig.address);
    for byte in b"GET / HTTP/1.1" {
        wire.send(&[*byte]);
        std::thread::sleep(SHORT / 4);
    }
    assert_eq!(wire.reply().status, 0);
}

/// More than the system keeps for a connection that nobody reads.
const LARGE: usize = 48 << 20;

#[test]
fn a_reply_that_nobody_takes_is_not_kept() {
    let rig = Rig::with(hasty);
    let body = vec![b'l'; LARGE];
    assert_eq!(rig.put("large", &body).status, 200);
    let get = rig.call("s3", "GET", &format!("/{BUCKET}/large"));
    let mut wire = Wire::to(rig.address);
    wire.send(&get.bytes());
    std::thread::sleep(4 * SHORT);
    let got = wire.rest().len();
    assert!(got < LARGE, "all {got} bytes came after {:?}", 4 * SHORT);
    assert_eq!(rig.ask(&get).body.len(), LARGE, "whoever reads gets all of it");
}

#[test]
fn slow_clients_do_not_keep_the_server_from_ending() {
    let rig = Rig::with(hasty);
    let mut wires: Vec<_> = (0..20).map(|_| Wire::to(rig.address)).collect();
    let bytes = put(&rig, 300_000).bytes();
    wires.iter_mut().for_each(|wire| wire.send(&bytes[..bytes.len() / 2]));
    let begun = Instant::now();
    drop(rig);
    assert!(begun.elapsed() < 25 * SHORT, "{:?}", begun.elapsed());
}
