//! What is known of a call, before it is put in CloudTrail's form.

use sekisho_iam::{AccountId, Caller};
use serde_json::value::RawValue;

/// All that is known of a call.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The service, as the models call it: `kms`.
    pub service: &'a str,
    /// `eventName`: as CloudTrail calls it, where that is not the operation's name.
    pub event_name: &'a str,
    /// Whether it changes nothing (`readOnly`).
    pub read_only: bool,
    /// Whether it is a management event; data events are on objects and the like.
    pub management: bool,
    /// Who called.
    pub who: Who<'a>,
    /// How it came.
    pub origin: Origin<'a>,
    /// The region that was called; global services are recorded where AWS records them.
    pub region: &'a str,
    /// When it was done, in milliseconds since 1970.
    pub time_ms: i64,
    /// The code and the text of the failure, as the trail has them.
    pub error: Option<(&'a str, Option<&'a str>)>,
    /// `requestParameters`; `None`: `null`.
    pub request: Option<&'a RawValue>,
    /// `responseElements`; `None`: `null`.
    pub response: Option<&'a RawValue>,
    /// `additionalEventData`.
    pub additional: Option<&'a RawValue>,
    /// What it was about.
    pub resources: &'a [Resource<'a>],
    /// The id of the request.
    pub request_id: &'a str,
    /// The id of this copy of the event.
    pub event_id: &'a str,
    /// What the copies for several accounts have in common.
    pub shared_event_id: Option<&'a str>,
    /// The account that gets this copy.
    pub recipient: AccountId,
}

/// Who called.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The principal.
    pub caller: &'a Caller,
    /// How much of it the recipient is shown.
    pub sight: Sight,
    /// With what it signed.
    pub access_key_id: Option<&'a str>,
    /// Its session, where its credentials are temporary.
    pub session: Option<SessionFacts<'a>>,
    /// The alias of its account: AWS names the root user by it.
    pub alias: Option<&'a str>,
    /// Who it is to its identity provider, for a caller that is known only there.
    pub stranger: Option<Stranger<'a>>,
}

/// How much of a caller a recipient is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Everything: it is the caller's own account.
    Own,
    /// Only that a principal of another account called, and its unique id.
    Foreign,
}

/// A session with temporary credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionFacts<'a> {
    /// When it was issued, in milliseconds since 1970.
    pub issued_ms: i64,
    /// Whether it was issued with multi-factor authentication.
    pub mfa: bool,
    /// `SourceIdentity`.
    pub source_identity: Option<&'a str>,
    /// The unique id of the user who asked for the session of a federated user.
    pub issuer_id: Option<&'a str>,
}

/// A caller that is known to an identity provider and has no AWS credentials yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stranger<'a> {
    /// The provider's name for it, provider and audience included.
    pub principal_id: &'a str,
    /// Its name.
    pub user_name: &'a str,
    /// Whether the provider speaks SAML rather than OpenID Connect.
    pub saml: bool,
}

/// How a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'a> {
    /// From outside.
    Client {
        /// The address.
        source_ip: &'a str,
        /// The `User-Agent` header.
        user_agent: &'a str,
        /// The `Host` header.
        host: &'a str,
        /// The connection, if it was encrypted.
        tls: Option<Tls<'a>>,
    },
    /// From a service, for itself or on behalf of its own caller. Holds the service as the trail
    /// names it: `secretsmanager.amazonaws.com`, or `AWS Internal` for services that do not say.
    Service(&'a str),
}

/// An encrypted connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tls<'a> {
    /// `TLSv1.3`.
    pub version: &'a str,
    /// `TLS_AES_128_GCM_SHA256`.
    pub cipher_suite: &'a str,
}

/// What a call was about. Services differ in what they fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource<'a> {
    /// The account that owns it.
    pub account: Option<AccountId>,
    /// `AWS::KMS::Key`.
    pub kind: Option<&'a str>,
    /// Its ARN, or the beginning that the ARNs of several share.
    pub arn: String,
    /// Whether the ARN is such a beginning (`ARNPrefix`).
    pub is_prefix: bool,
}
