//! Who called and how the call came, as the trail is told.

use sekisho_iam::Caller;
use sekisho_trail::{Origin, SessionFacts, Sight, Tls, Who};

use crate::gate::{Arrival, Frame};
use crate::principal::Principal;

/// What services are called that do not say their names in the trail.
const UNNAMED: &str = "AWS Internal";

/// The services that call others on behalf of their callers under their own names, as delivered
/// records show. S3 does not; of Systems Manager it is not known.
const NAMED: [&str; 3] =
    ["cloudformation.amazonaws.com", "lambda.amazonaws.com", "secretsmanager.amazonaws.com"];

/// The caller.
pub(super) fn who(principal: &Principal, sight: Sight) -> Who<'_> {
    let signer = principal.credential.as_ref();
    let session = principal.session().map(|session| SessionFacts {
        issued_ms: session.issued_ms,
        mfa: session.mfa,
        source_identity: session.source_identity.as_deref(),
        issuer_id: principal.bearer_id(),
    });
    Who {
        caller: &principal.caller,
        sight,
        access_key_id: signer.map(|signer| signer.access_key_id.as_str()),
        session,
        alias: None,
        stranger: None,
    }
}

/// How the call came.
pub(super) fn origin(frame: &Frame) -> Origin<'_> {
    let Arrival { source_ip, user_agent, host, tls, .. } = &*frame.arrival;
    match (frame.via.last(), &frame.principal.caller) {
        (Some(via), _) if NAMED.contains(via) => Origin::Service(via),
        (Some(_), _) => Origin::Service(UNNAMED),
        (None, Caller::Service(name)) => Origin::Service(name),
        (None, _) if frame.internal => Origin::Service(UNNAMED),
        (None, _) => Origin::Client {
            source_ip,
            user_agent,
            host,
            tls: tls.as_ref().map(|(version, cipher_suite)| Tls { version, cipher_suite }),
        },
    }
}
