//! How many versions are kept. Source: Systems Manager User Guide, "Working with parameter versions".

use super::state::Ssm;
use crate::act::Act;
use crate::fault::Fault;

/// The most versions of a parameter.
const VERSIONS_MAX: usize = 100;

/// Takes the oldest version away where there are as many as can be; one with a label stays, and
/// with it no newer one comes.
pub(super) fn make_room(row: &str, act: &mut Act<'_, Ssm>) -> Result<(), Fault> {
    let held = act.read().history(row);
    if held.count() < VERSIONS_MAX {
        return Ok(());
    }
    let oldest = act.read().history(row).next();
    let oldest = oldest.map(|(at, one)| (at.to_owned(), one.number, one.labels.is_empty()));
    match oldest {
        Some((_, number, false)) => {
            let text = format!(
                "You attempted to create a new version by calling the PutParameter API with the \
                 overwrite flag. Version {number}, the oldest version, can't be deleted because it has \
                 a label associated with it. Move the label to another version of the parameter, and \
                 try again."
            );
            Err(Fault::new("ParameterMaxVersionLimitExceeded", text))
        }
        Some((at, ..)) => {
            act.state().versions.remove(&at);
            Ok(())
        }
        None => Ok(()),
    }
}
