//! What AWS answers whatever the policies say.
//!
//! Sources: STS API Reference, "AssumeRole", "AssumeRoot", "GetCallerIdentity", "GetSessionToken",
//! "GetFederationToken"; IAM User Guide, "IAM policy elements: Variables and tags" (anonymous
//! callers: "Amazon SQS, Amazon SNS, and Amazon S3 only").

use crate::caller::Caller;
use crate::decision::LayerKind;
use crate::request::{Family, Request};

/// Whether the request needs no permission and no Deny of the caller's or of its organization's
/// holds it up.
pub(crate) fn is_free(request: &Request) -> bool {
    match request.action_lower() {
        "sts:getcalleridentity" => request.caller().account().is_some(),
        // "You cannot use policies to control authentication operations."
        "sts:getsessiontoken" => matches!(request.caller(), Caller::User(_) | Caller::Root(_)),
        _ => false,
    }
}

/// Whether no policy can allow the request, and the layer that then stands for the refusal: of a
/// session that is made to lack the right, the session's.
pub(crate) fn refused_by(request: &Request) -> Option<LayerKind> {
    match request.caller() {
        Caller::Root(_) if assumes_anything(request) => Some(LayerKind::Identity),
        Caller::FederatedUser(_) if is_closed_to_federated_users(request) => {
            Some(LayerKind::Session)
        }
        Caller::Anonymous if request.family() != Family::Ordinary => Some(LayerKind::Resource),
        _ => None,
    }
}

/// Whether a root user wants to assume a role.
pub(crate) fn is_root_assuming_role(request: &Request) -> bool {
    matches!(request.caller(), Caller::Root(_)) && request.family() == Family::Trust
}

fn assumes_anything(request: &Request) -> bool {
    request.family() == Family::Trust || request.assumes_root()
}

/// The credentials of `GetFederationToken` reach neither IAM nor STS.
fn is_closed_to_federated_users(request: &Request) -> bool {
    let sts = request.service() == "sts" && request.action_lower() != "sts:getcalleridentity";
    sts || request.service() == "iam"
}
