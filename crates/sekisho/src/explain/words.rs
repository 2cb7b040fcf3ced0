//! The words for layers and for what they say: for people, and as ids in JSON.

use sekisho_iam::explanation::Said;
use sekisho_iam::request::Family;
use sekisho_iam::{LayerKind, Outcome, Request};

use super::case::Case;

/// The id of a layer in JSON.
pub(crate) fn layer_id(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::Identity => "identity",
        LayerKind::Boundary => "boundary",
        LayerKind::Session => "session",
        LayerKind::Scp => "scp",
        LayerKind::Rcp => "rcp",
        LayerKind::Endpoint => "endpoint",
        LayerKind::Resource => "resource",
        LayerKind::Grant => "grant",
        LayerKind::PublicAccessBlock => "public-access-block",
    }
}

/// The id of an outcome in JSON.
pub(crate) fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::ImplicitlyDenied => "implicitly-denied",
        Outcome::ExplicitlyDenied => "explicitly-denied",
    }
}

/// The id of what a layer said in JSON.
pub(crate) fn said_id(said: Said) -> &'static str {
    match said {
        Said::Allows => "allows",
        Said::Delegates => "delegates",
        Said::Denies => "denies",
        Said::Nothing => "nothing",
        Said::Absent => "absent",
        Said::DoesNotBind => "does-not-bind",
        Said::Overridden => "overridden",
    }
}

/// What a layer said, for people.
pub(crate) fn said(said: Said) -> &'static str {
    match said {
        Said::Allows => "allows",
        Said::Delegates => "delegates",
        Said::Denies => "denies",
        Said::Nothing => "does not allow",
        Said::Absent => "there is none",
        Said::DoesNotBind => "does not bind",
        Said::Overridden => "is overridden",
    }
}

/// What a layer is called, for people: `key policy`, `SCPs of the root`.
pub(crate) fn layer(case: &Case, layer: LayerKind, level: Option<usize>) -> String {
    match layer {
        LayerKind::Identity => "identity policies".to_owned(),
        LayerKind::Boundary => "permissions boundary".to_owned(),
        LayerKind::Session => "session policies".to_owned(),
        LayerKind::Scp => format!("SCPs {}", self::level(level, case.policies.scps.len())),
        LayerKind::Rcp => format!("RCPs {}", self::level(level, case.policies.rcps.len())),
        LayerKind::Endpoint => "VPC endpoint policy".to_owned(),
        LayerKind::Resource => resource_policy(&case.request).to_owned(),
        LayerKind::Grant => "KMS grants".to_owned(),
        LayerKind::PublicAccessBlock => "S3 Block Public Access".to_owned(),
    }
}

/// A level of an organization that is given with `levels` levels.
fn level(level: Option<usize>, levels: usize) -> String {
    match level {
        None => String::new(),
        Some(0) => "of the root".to_owned(),
        Some(level) if level + 1 == levels => "of the account".to_owned(),
        Some(level) => format!("of OU {level}"),
    }
}

/// What AWS calls the policy of this resource.
fn resource_policy(request: &Request) -> &'static str {
    match request.family() {
        Family::Key => "key policy",
        Family::Trust => "trust policy",
        Family::Ordinary if request.service() == "s3" => "bucket policy",
        Family::Ordinary => "resource policy",
    }
}
