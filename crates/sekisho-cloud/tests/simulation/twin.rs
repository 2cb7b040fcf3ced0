//! Another engine, which never crashes: given the steps that were committed, it must come to the same
//! rows, the same journal and the same bodies, byte by byte.

use sekisho_cloud::Cloud;
use sekisho_cloud::call::Prepared;
use sekisho_cloud::writes::Writes;

use crate::disk::Disk;
use crate::history::{Given, What, Wrong, cut};

/// Holds a disk against that of the twin.
pub(crate) fn compare(beginning: &Disk, committed: &[Given], disk: &Disk) -> Result<(), Wrong> {
    let mut twin = beginning.clone();
    let mut cloud = twin.start()?;
    for given in committed {
        let writes = again(&mut cloud, given);
        if let What::Step(_, Some(received)) = &given.what
            && received.inline.is_none()
            && let Some(sealed) = disk.bodies.get(&received.body)
        {
            // Files are the shell's affair: both engines have those that are there.
            twin.bodies.insert(received.body, sealed.clone());
        }
        twin.commit(&writes)?;
    }
    let other = |what: &str| Err(format!("{what} are not those of an engine that never crashed"));
    if let Some(number) = twin.records.iter().zip(&disk.records).position(|(one, two)| one != two) {
        return other(&format!("the records from number {number} on"));
    }
    match () {
        () if twin.records.len() != disk.records.len() => other("the records"),
        () if twin.rows != disk.rows => other("the rows"),
        () if twin.events != disk.events => other("the events"),
        () if twin.bodies != disk.bodies => other("the bodies"),
        () => Ok(()),
    }
}

fn again(cloud: &mut Cloud, given: &Given) -> Writes {
    let world = given.world();
    match given.what.clone() {
        What::Step(call, received) => cloud.step(world, call, received).writes,
        What::GiveUp(call) => cloud.give_up(world, &call, cut()).writes,
        What::Advance(by_ms) => cloud.advance_clock(world, by_ms),
        What::Prepare(call) => match cloud.prepare_call(world, &call) {
            Prepared::Receive(_, writes) => writes,
            Prepared::Refused(answer) => answer.writes,
            Prepared::NoBody => Writes::default(),
        },
    }
}
