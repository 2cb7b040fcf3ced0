//! The faults of CloudTrail. Source: CloudTrail API Reference, "LookupEvents", for the codes; the
//! texts are ours, AWS publishes none.

use crate::fault::Fault;

/// More than one attribute, or one that is too long.
pub(super) fn attributes(text: &str) -> Fault {
    Fault::new("InvalidLookupAttributesException", text)
}

/// The start lies after the end.
pub(super) fn time_range() -> Fault {
    let text = "The start time must not be after the end time.";
    Fault::new("InvalidTimeRangeException", text)
}

/// A token that is none, or was given for another question.
pub(super) fn token() -> Fault {
    let text = "The token is not valid, or was issued for a request with other parameters.";
    Fault::new("InvalidNextTokenException", text)
}
