//! Regions, as S3 names them when a bucket is made.
//!
//! Source: S3 API Reference, "CreateBucket" (`LocationConstraint`); the regions are the model's.

use sekisho_wire::model::{self, Kind};

use super::fault;
use crate::fault::Fault;

/// The region that was there first: its endpoint makes buckets in every region, and its name is left
/// out of every answer.
pub(super) const FIRST_REGION: &str = "us-east-1";

/// The region in which a new bucket is to be.
///
/// # Errors
/// When there is no such region, or the endpoint is another one's.
pub(super) fn of_new_bucket(constraint: Option<&str>, endpoint: &str) -> Result<String, Fault> {
    let region = match constraint {
        None if endpoint == FIRST_REGION => return Ok(FIRST_REGION.to_owned()),
        None => return Err(fault::illegal_location(None)),
        Some("") => return Err(fault::malformed_xml()),
        Some("EU") => "eu-west-1",
        Some(region) if is_constraint(region) => region,
        Some(region) => return Err(fault::invalid_location(region)),
    };
    if endpoint != FIRST_REGION && endpoint != region {
        return Err(fault::illegal_location(constraint));
    }
    Ok(region.to_owned())
}

/// Whether there is such a region.
pub(super) fn exists(region: &str) -> bool {
    region == FIRST_REGION || region != "EU" && is_constraint(region)
}

/// The model lists what can be asked for; us-east-1 cannot.
fn is_constraint(region: &str) -> bool {
    let shapes = model::service("s3").map(|service| service.shapes.iter());
    let mut shapes = shapes.into_iter().flatten();
    let shape = shapes.find(|shape| shape.name == "BucketLocationConstraint");
    shape.is_some_and(|shape| match &shape.kind {
        Kind::String { values, .. } => values.contains(&region),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_given_unless_it_is_the_first() {
        let told =
            |constraint, endpoint| of_new_bucket(constraint, endpoint).map_err(|fault| fault.code);
        let (first, invalid) = ("us-east-1", "InvalidLocationConstraint");
        let illegal = "IllegalLocationConstraintException";
        assert_eq!(told(None, first), Ok(first.into()));
        assert_eq!(told(None, "eu-west-1"), Err(illegal));
        assert_eq!(told(Some("us-east-1"), first), Err(invalid));
        assert_eq!(told(Some("mars-1"), first), Err(invalid));
        assert_eq!(told(Some(""), first), Err("MalformedXML"));
        assert_eq!(told(Some("ap-south-1"), first), Ok("ap-south-1".into()));
        assert_eq!(told(Some("EU"), "eu-west-1"), Ok("eu-west-1".into()));
        assert_eq!(told(Some("EU"), "us-west-2"), Err(illegal));
    }
}
