//! Who sent a request: from its signature to a principal that the engine vouches for.

use http::request::Parts;
use sekisho_cloud::gate::{Authentic, CredentialError, Signing};
use sekisho_wire::model::{Protocol, Service};
use sekisho_wire::sigv4::{
    self, ALGORITHM, Answer, Body, Claim, Dialect, Endpoint, Scope, SignatureError, Verified,
    verify,
};

use super::engine::{Engine, machine_ms};
use crate::store::StoreFailed;

/// A request whose signature is right.
pub(super) struct Caller {
    pub(super) authentic: Authentic,
    pub(super) verified: Verified,
    pub(super) signing: Signing,
}

/// Why a request is not let in.
pub(super) enum NotLetIn {
    /// AWS's answer.
    Refused(Answer),
    /// The engine cannot answer.
    Failed(StoreFailed),
}

/// The family of services that a protocol's are: of those with XML bodies only S3 is among the models.
pub(super) fn dialect(protocol: Protocol) -> Dialect {
    match protocol {
        Protocol::RestXml => Dialect::S3,
        Protocol::Query => Dialect::Query,
        Protocol::RestJson => Dialect::RestJson,
        Protocol::Json | Protocol::Cbor => Dialect::Json,
    }
}

/// Regions that are taken, as AWS's commercial partition has them. Source: AWS General Reference,
/// "AWS Regions" (2026-11). In order, to be searched.
const REGIONS: [&str; 34] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Services that have one endpoint for all regions, which is in `us-east-1`. STS has
/// that and one in each region. Source: AWS General Reference, "Service endpoints and quotas".
const GLOBAL: [&str; 2] = ["iam", "organizations"];

/// The region that a request may be signed for: any that there is. Clients know the endpoint of a
/// global service, and its region, by themselves; told where this server is they sign for their own.
pub(super) fn signed_region<'a>(scope: Option<&'a Scope>, default: &'a str) -> &'a str {
    let given = scope.map(|scope| scope.region.as_str());
    let known = given.filter(|given| REGIONS.binary_search(given).is_ok());
    known.unwrap_or(default)
}

/// Where a service was called that the request is signed for.
pub(super) fn region<'a>(service: &Service, scope: Option<&'a Scope>, default: &'a str) -> &'a str {
    if GLOBAL.contains(&service.name) { "us-east-1" } else { signed_region(scope, default) }
}

/// Finds who sent a request. `None`: nobody says they did.
pub(super) fn identify(
    engine: &Engine,
    head: &Parts,
    endpoint: &Endpoint<'_>,
    body: Body<'_>,
) -> Result<Option<Caller>, NotLetIn> {
    let refused = |error: SignatureError| NotLetIn::Refused(error.answer(endpoint.dialect));
    let now_ms = machine_ms();
    let Some(claim) = Claim::read(head, endpoint, now_ms).map_err(refused)? else {
        return Ok(None);
    };
    let id = &claim.credential().access_key_id;
    let token = claim.session_token();
    let engine_now_ms = engine.now_ms();
    let found = engine.look(|cloud| cloud.credential(id, token, engine_now_ms));
    let found = found.map_err(NotLetIn::Failed)?;
    let token = || token.unwrap_or_default().to_owned();
    let credential = found.map_err(|error| match error {
        CredentialError::Unknown => refused(SignatureError::UnknownKey { id: id.clone() }),
        CredentialError::Token => refused(SignatureError::InvalidToken { token: token() }),
        CredentialError::Expired => refused(SignatureError::ExpiredToken { token: token() }),
    })?;
    let key = engine.keys.of(&credential.secret, claim.credential());
    let verified = verify(&claim, &key, head, body).map_err(refused)?;
    let Some(authentic) = credential.vouch(&verified) else {
        return Err(refused(SignatureError::UnknownKey { id: id.clone() }));
    };
    let signing = Signing {
        algorithm: ALGORITHM,
        in_query: claim.signing() == sigv4::Signing::Query,
        age_ms: now_ms - claim.date().milliseconds(),
        content_sha256: header(head, "x-amz-content-sha256").unwrap_or_default(),
    };
    Ok(Some(Caller { authentic, verified, signing }))
}

/// The text of a header.
pub(super) fn header(head: &Parts, name: &str) -> Option<String> {
    head.headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use sekisho_wire::model;

    use super::*;

    #[test]
    fn global_services_are_called_in_one_region_and_signed_for_in_any() {
        let scope = |region: &str| Scope { region: region.to_owned(), service: "iam".to_owned() };
        let (tokyo, nowhere) = (scope("ap-northeast-1"), scope("nowhere"));
        let [iam, kms] = ["iam", "kms"].map(|name| model::service(name).unwrap());
        assert_eq!(signed_region(Some(&tokyo), "eu-west-1"), "ap-northeast-1");
        assert_eq!(signed_region(Some(&nowhere), "eu-west-1"), "eu-west-1");
        assert_eq!(region(iam, Some(&tokyo), "eu-west-1"), "us-east-1");
        assert_eq!(region(kms, Some(&tokyo), "eu-west-1"), "ap-northeast-1");
        assert_eq!(region(kms, None, "eu-west-1"), "eu-west-1");
    }

    #[test]
    fn regions_are_in_order() {
        assert!(REGIONS.is_sorted());
    }
}
