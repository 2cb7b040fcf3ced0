//! The condition keys that requests to any service can carry.
//!
//! Source: "AWS global condition context keys", IAM User Guide,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>:
//! every key of that page with its data type and value type, and `aws:SourceOwner`, the forerunner
//! of `aws:SourceAccount`, which old policies still use.

use super::facts::{ConditionKey, ConditionKeyType};
use ConditionKeyType::{Arn, Bool, Date, IpAddress, Numeric, String};

const fn one(name: &'static str, value_type: ConditionKeyType) -> ConditionKey {
    ConditionKey::new(name, value_type, false)
}

const fn many(name: &'static str, value_type: ConditionKeyType) -> ConditionKey {
    ConditionKey::new(name, value_type, true)
}

/// The global keys, in the order and under the headings of the page.
pub(super) static GLOBAL_KEYS: &[ConditionKey] = &[
    // Properties of the principal
    one("aws:PrincipalArn", Arn),
    one("aws:PrincipalAccount", String),
    many("aws:PrincipalOrgPaths", String),
    one("aws:PrincipalOrgID", String),
    one("aws:PrincipalTag/${TagKey}", String),
    one("aws:PrincipalIsAWSService", Bool),
    one("aws:PrincipalServiceName", String),
    many("aws:PrincipalServiceNamesList", String),
    one("aws:PrincipalType", String),
    one("aws:userid", String),
    one("aws:username", String),
    // Properties of a role session
    one("aws:AssumedRoot", Bool),
    // An ARN when the provider is not one of AWS's own.
    one("aws:FederatedProvider", String),
    one("aws:TokenIssueTime", Date),
    one("aws:SignInSessionArn", Arn),
    one("aws:MultiFactorAuthAge", Numeric),
    one("aws:MultiFactorAuthPresent", Bool),
    one("aws:ChatbotSourceArn", Arn),
    one("aws:Ec2InstanceSourceVpc", String),
    one("aws:Ec2InstanceSourcePrivateIPv4", IpAddress),
    one("aws:SourceIdentity", String),
    one("ec2:RoleDelivery", Numeric),
    one("ec2:SourceInstanceArn", Arn),
    one("glue:RoleAssumedBy", String),
    one("glue:CredentialIssuingService", String),
    one("codebuild:BuildArn", Arn),
    one("codebuild:ProjectArn", Arn),
    one("lambda:SourceFunctionArn", Arn),
    one("ssm:SourceInstanceArn", Arn),
    one("identitystore:UserId", String),
    // Properties of the network
    one("aws:SourceIp", IpAddress),
    one("aws:SourceVpc", String),
    one("aws:SourceVpcArn", Arn),
    one("aws:SourceVpce", String),
    one("aws:VpceAccount", String),
    one("aws:VpceOrgID", String),
    many("aws:VpceOrgPaths", String),
    one("aws:VpcSourceIp", IpAddress),
    // Properties of the resource
    one("aws:ResourceAccount", String),
    one("aws:ResourceOrgID", String),
    many("aws:ResourceOrgPaths", String),
    one("aws:ResourceTag/${TagKey}", String),
    // Properties of the request
    many("aws:CalledVia", String),
    one("aws:CalledViaFirst", String),
    one("aws:CalledViaLast", String),
    one("aws:ViaAWSService", Bool),
    one("aws:CalledViaAWSMCP", String),
    one("aws:ViaAWSMCPService", Bool),
    one("aws:CurrentTime", Date),
    one("aws:EpochTime", Date),
    one("aws:referer", String),
    one("aws:RequestedRegion", String),
    one("aws:RequestTag/${TagKey}", String),
    many("aws:TagKeys", String),
    one("aws:SecureTransport", Bool),
    one("aws:SourceAccount", String),
    one("aws:SourceArn", Arn),
    one("aws:SourceOrgID", String),
    many("aws:SourceOrgPaths", String),
    one("aws:UserAgent", String),
    one("aws:IsMcpServiceAction", Bool),
    one("aws:SourceOwner", String),
];
