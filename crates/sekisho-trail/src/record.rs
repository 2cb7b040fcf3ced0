//! The record: its members, their order, what is `null` and what is left out.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::facts::{Facts, Origin, Resource, Tls};
use crate::identity::UserIdentity;
use crate::service::{self, ServiceFacts};
use crate::time::iso8601;

/// The longest `requestParameters` and `responseElements`, in bytes: longer ones are left out.
/// Source: CloudTrail User Guide, "CloudTrail record contents".
pub const BYTES_OF_PARAMETERS_MAX: usize = 100 * 1024;

/// The longest `additionalEventData`, in bytes; same source.
const BYTES_OF_ADDITIONAL_MAX: usize = 28 * 1024;

/// The longest user agent, error code, error message and request id, in bytes: the rest is cut off.
/// Same source.
pub const BYTES_OF_TEXT_MAX: usize = 1024;

/// A record, its members in AWS's order.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    event_version: &'static str,
    user_identity: UserIdentity<'a>,
    event_time: String,
    event_source: &'static str,
    event_name: &'a str,
    aws_region: &'a str,
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: &'a str,
    user_agent: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    request_parameters: Parameters<'a>,
    response_elements: Parameters<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_event_data: Option<&'a RawValue>,
    #[serde(rename = "requestID")]
    request_id: &'a str,
    #[serde(rename = "eventID")]
    event_id: &'a str,
    read_only: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<Listed<'a>>,
    event_type: &'static str,
    management_event: bool,
    recipient_account_id: String,
    #[serde(rename = "sharedEventID", skip_serializing_if = "Option::is_none")]
    shared_event_id: Option<&'a str>,
    event_category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_details: Option<TlsDetails<'a>>,
}

/// Parameters: as they are, `null`, or only that they were too long.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Parameters<'a> {
    Given(Option<&'a RawValue>),
    Omitted { omitted: bool },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    arn: Option<&'a str>,
    #[serde(rename = "ARNPrefix", skip_serializing_if = "Option::is_none")]
    arn_prefix: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TlsDetails<'a> {
    tls_version: &'a str,
    cipher_suite: &'a str,
    client_provided_host_header: &'a str,
}

/// The record of a call, as one line of JSON. `None` for a service that the trail does not know.
pub fn record(facts: &Facts<'_>) -> Option<Box<RawValue>> {
    let service = service::service(facts.service)?;
    // A record has text keys only, so that it can always be written.
    to_raw_value(&Record::of(facts, service)).ok()
}

impl<'a> Record<'a> {
    fn of(facts: &Facts<'a>, service: &'static ServiceFacts) -> Self {
        let Came { source_ip_address, user_agent, invoked_by, host, tls } =
            Came::of(&facts.origin, service);
        Self {
            event_version: service.version,
            user_identity: UserIdentity::of(&facts.who, invoked_by),
            event_time: iso8601(facts.time_ms),
            event_source: service.source,
            event_name: facts.event_name,
            aws_region: service.region(facts.region, host),
            source_ip_address,
            user_agent,
            error_code: facts.error.map(|(code, _)| cut(code)),
            error_message: facts.error.and_then(|(_, message)| message).map(cut),
            request_parameters: Parameters::of(facts.request),
            response_elements: Parameters::of(facts.response),
            additional_event_data: facts
                .additional
                .filter(|data| data.get().len() <= BYTES_OF_ADDITIONAL_MAX),
            request_id: cut(facts.request_id),
            event_id: facts.event_id,
            read_only: facts.read_only,
            resources: facts.resources.iter().map(Listed::of).collect(),
            event_type: "AwsApiCall",
            management_event: facts.management,
            recipient_account_id: facts.recipient.to_string(),
            shared_event_id: facts.shared_event_id,
            event_category: if facts.management { "Management" } else { "Data" },
            tls_details: tls.map(|tls| TlsDetails::of(tls, host)),
        }
    }
}

/// What the record says of the way by which a call came.
struct Came<'a> {
    source_ip_address: &'a str,
    user_agent: Cow<'a, str>,
    invoked_by: Option<&'a str>,
    host: &'a str,
    tls: Option<Tls<'a>>,
}

impl<'a> Came<'a> {
    /// What comes from a service has that service's name for address and user agent, and no
    /// connection to speak of.
    fn of(origin: &Origin<'a>, service: &ServiceFacts) -> Self {
        match *origin {
            Origin::Service(name) => Self {
                source_ip_address: name,
                user_agent: Cow::Borrowed(name),
                invoked_by: Some(name),
                host: "",
                tls: None,
            },
            Origin::Client { source_ip, user_agent, host, tls } => {
                let agent = cut(user_agent);
                let user_agent = match service.brackets_user_agent {
                    true => Cow::Owned(format!("[{agent}]")),
                    false => Cow::Borrowed(agent),
                };
                Self { source_ip_address: source_ip, user_agent, invoked_by: None, host, tls }
            }
        }
    }
}

impl<'a> Parameters<'a> {
    fn of(parameters: Option<&'a RawValue>) -> Self {
        match parameters {
            Some(long) if long.get().len() > BYTES_OF_PARAMETERS_MAX => {
                Self::Omitted { omitted: true }
            }
            given => Self::Given(given),
        }
    }
}

impl<'a> Listed<'a> {
    fn of(resource: &'a Resource<'a>) -> Self {
        let arn = Some(resource.arn.as_str());
        Self {
            account_id: resource.account.map(|account| account.to_string()),
            kind: resource.kind,
            arn: arn.filter(|_| !resource.is_prefix),
            arn_prefix: arn.filter(|_| resource.is_prefix),
        }
    }
}

impl<'a> TlsDetails<'a> {
    fn of(tls: Tls<'a>, host: &'a str) -> Self {
        Self {
            tls_version: tls.version,
            cipher_suite: tls.cipher_suite,
            client_provided_host_header: host,
        }
    }
}

/// The first kilobyte of a text, cut between characters.
fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(BYTES_OF_TEXT_MAX)).unwrap_or(text)
}
