//! The tables: which service answers which problem with which text.

/// What a service answers to one diagnostic: the step in which it looks for it, our code, its text.
/// In the text `{0}` and `{1}` stand for what the message of the diagnostic has in backticks, `{KEY}`
/// for the first in capitals.
pub(super) type Row = (u8, &'static str, &'static str);

/// The step in which IAM looks at the form of resources.
pub(super) const RESOURCES: u8 = 7;

/// What a service answers.
pub(super) struct Answers {
    /// The error code of all rows but those in `codes`, and of what has no row.
    pub(super) code: &'static str,
    /// The text to what has no row. That is looked for first: it is mostly not a policy at all.
    pub(super) text: &'static str,
    /// One row a problem.
    pub(super) rows: &'static [Row],
    /// Problems with an error code of their own.
    pub(super) codes: &'static [(&'static str, &'static str)],
}

/// The policies of principals, which IAM and STS read.
pub(super) const IAM: Answers = Answers {
    code: "MalformedPolicyDocument",
    text: "Syntax errors in policy.",
    rows: &[
        // Unconfirmed: no record of it was found.
        (
            0,
            "policy-characters",
            "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.",
        ),
        // hashicorp/terraform #13449, hashicorp/terraform-provider-aws #10419.
        (2, "principal-not-allowed", "Policy document should not specify a principal."),
        (3, "old-version", "Policy document must be version 2012-10-17 or greater."),
        // hashicorp/terraform #14652.
        (4, "leading-space", "The policy failed legacy parsing"),
        (4, "effect-case", "The policy failed legacy parsing"),
        (4, "bad-date", "The policy failed legacy parsing"),
        (4, "resource-fields", "The policy failed legacy parsing"),
        (5, "duplicate-sid", "Statement IDs (SID) in a single policy must be unique."),
        (
            5,
            "sid-characters",
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
        ),
        (6, "missing-action", "Policy statement must contain actions."),
        // Of several resources IAM names the first by the alphabet, not by the place.
        (RESOURCES, "resource-form", "Resource {0} must be in ARN format or \"*\"."),
        (
            RESOURCES,
            "resource-partition",
            "Partition \"{partition}\" is not valid for resource \"{arn}\".",
        ),
        (
            RESOURCES,
            "resource-vendor",
            "Resource vendor must be fully qualified and cannot contain regexes.",
        ),
        (RESOURCES, "resource-iam-region", "IAM resource {0} cannot contain region information."),
        (RESOURCES, "resource-s3-region", "Resource {0} can not contain region information."),
        (
            RESOURCES,
            "resource-iam-path",
            "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.",
        ),
        (
            8,
            "action-without-vendor",
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        ),
        (8, "action-colons", "Actions/Condition can contain only one colon."),
        (8, "action-vendor", "Vendor {0} is not valid"),
        (9, "missing-resource", "Policy statement must contain resources."),
    ],
    codes: &[("policy-characters", "ValidationError")],
};

/// Trust policies, which IAM reads with other words than its own. Without a mark: versity/versitygw,
/// iamapi/policy/trust.go, which answers as IAM and names its steps in this order.
pub(super) const TRUST: Answers = Answers {
    code: "MalformedPolicyDocument",
    text: "Syntax error in policy.",
    rows: &[
        (
            0,
            "policy-characters",
            "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.",
        ),
        // ansible/ansible-modules-core #2864, AWSCookbook/Security #2.
        (0, "json at once", "This policy contains invalid Json"),
        (0, "json", "This policy contains invalid Json"),
        // hashicorp/terraform-provider-aws #12267.
        (0, "leading-space", "JSON strings must not have leading spaces"),
        (1, "unknown-version", "The policy must contain a valid version string"),
        (2, "missing-statement", "Could not parse the policy: Statement is empty!"),
        (2, "empty-statement", "Could not parse the policy: Statement is empty!"),
        (3, "missing-effect", "Missing required field Effect"),
        (3, "unknown-effect", "Invalid effect: {1}"),
        (3, "effect-case", "Invalid effect: {1}"),
        (4, "not-principal-allow", "Allow with NotPrincipal is not allowed."),
        (4, "element-not-allowed", "AssumeRole policy must not contain NotPrincipal field."),
        (5, "missing-principal", "Missing required field Principal"),
        (5, "empty-principal", "Missing required field Principal cannot be empty!"),
        // aws/aws-cdk #5732.
        (5, "principal-star", "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\"."),
        (5, "principal-form", "Principal must be a JSON object."),
        (5, "principal-kind", "Invalid principal in policy: \"{0}\""),
        (5, "unknown-principal-kind", "Invalid principal in policy: \"{0}\""),
        // opstrace/opstrace #88, aws-actions/configure-aws-credentials #332.
        (5, "invalid-principal", "Invalid principal in policy: \"{KEY}\":\"{1}\""),
        // Several public logs.
        (
            5,
            "invalid-provider",
            "Federated principals must be valid domain names or SAML metadata ARNs",
        ),
        (5, "unscoped-cognito", "A condition block must be present for the Cognito provider"),
        // Unconfirmed: the guide says that IAM refuses it, and the words are ours.
        (5, "unscoped-provider", "The trust policy must evaluate {1} for the shared provider {0}."),
        // As for IAM's other policies.
        (6, "bad-date", "The policy failed legacy parsing"),
        (7, "missing-action", "Missing required field Action"),
        // hashicorp/terraform-provider-aws #32872 for the last.
        (8, "action-without-vendor", "AssumeRole policy may only specify STS AssumeRole actions."),
        (8, "action-colons", "AssumeRole policy may only specify STS AssumeRole actions."),
        (8, "action-vendor", "AssumeRole policy may only specify STS AssumeRole actions."),
        (8, "action-not-sts", "AssumeRole policy may only specify STS AssumeRole actions."),
        // terraform-aws-modules/terraform-aws-eks-pod-identity #34.
        (9, "resource-not-allowed", "Has prohibited field Resource"),
        (9, "not-resource-not-allowed", "AssumeRole policy must not contain resources."),
        // Wolox/carthage_cache #22; aws-cloudformation/cfn-lint #1376.
        (10, "duplicate-sid", "The Statement Ids in the policy are not unique"),
        (
            10,
            "sid-characters",
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
        ),
    ],
    codes: &[("policy-characters", "ValidationError")],
};

/// The policies Organizations reads: one text for all (org-formation/org-formation-cli #225).
pub(super) const ORGANIZATIONS: Answers = Answers {
    code: "MalformedPolicyDocumentException",
    text: "The provided policy document does not meet the requirements of the specified policy type.",
    rows: &[(0, "policy-too-long", "You have exceeded the maximum policy size.")],
    codes: &[("policy-too-long", "ConstraintViolationException")],
};

/// Bucket policies.
pub(super) const S3: Answers = Answers {
    code: "MalformedPolicy",
    text: "Invalid policy syntax.",
    rows: &[
        // aws/aws-cli #2779; versity/versitygw #1156 for the second.
        (0, "json at once", "Policies must be valid JSON and the first byte must be '{'"),
        (0, "leading-space", "Policies must be valid JSON and the first byte must be '{'"),
        (0, "json", "This policy contains invalid Json"),
        // HumanCellAtlas/data-store, scripts that met the limit (2021).
        (
            0,
            "policy-too-long",
            "Normalized policy document exceeds the maximum allowed size of 20480 bytes",
        ),
        (1, "missing-statement", "Missing required field Statement"),
        // versity/versitygw, auth/bucket_policy.go, which answers as S3: these two, `unknown-effect`
        // and `unknown-operator` below. Unconfirmed: `missing-effect` and `missing-action`.
        (1, "empty-statement", "Could not parse the policy: Statement is empty!"),
        (1, "unknown-version", "The policy must contain a valid version string"),
        (1, "missing-effect", "Missing required field Effect"),
        (1, "unknown-effect", "Invalid effect: {1}"),
        (1, "effect-case", "Invalid effect: {1}"),
        // humanmade/S3-Uploads #191.
        (1, "missing-principal", "Missing required field Principal"),
        (1, "missing-action", "Missing required field Action"),
        // aws/aws-cdk #6708.
        (1, "missing-resource", "Statement is missing required element"),
        (1, "empty-principal", "Missing required field Principal"),
        (2, "invalid-principal", "Invalid principal in policy"),
        (2, "invalid-provider", "Invalid principal in policy"),
        (2, "unknown-principal-kind", "Invalid principal in policy"),
        (2, "principal-form", "Invalid principal in policy"),
        (3, "action-without-vendor", "Policy has invalid action"),
        (3, "action-colons", "Policy has invalid action"),
        (3, "action-vendor", "Policy has invalid action"),
        (3, "action-not-s3", "Policy has invalid action"),
        (4, "resource-form", "Policy has invalid resource"),
        (4, "resource-partition", "Policy has invalid resource"),
        (4, "resource-vendor", "Policy has invalid resource"),
        (4, "resource-fields", "Policy has invalid resource"),
        (4, "resource-s3-region", "Policy has invalid resource"),
        (4, "resource-not-s3", "Policy has invalid resource"),
        // noobaa/noobaa-core #10058, which tried it at AWS.
        (4, "resource-not-bucket", "Policy has invalid resource"),
        (4, "short-arn", "Policy has invalid resource"),
        (5, "unknown-operator", "Invalid Condition type : {0}"),
        (5, "key-without-vendor", "Policy has an invalid condition key"),
    ],
    codes: &[],
};

/// Key policies. The general text is that of the exception in the KMS API reference.
pub(super) const KMS: Answers = Answers {
    code: "MalformedPolicyDocumentException",
    text: "The request was rejected because the specified policy is not syntactically or semantically correct.",
    rows: &[
        (
            0,
            "policy-too-long",
            "The request was rejected because a length constraint or quota was exceeded.",
        ),
        // awslabs/minimum-viable-dataspace-on-aws #6.
        (
            1,
            "invalid-principal",
            "Policy contains a statement with one or more invalid principals.",
        ),
        (1, "invalid-provider", "Policy contains a statement with one or more invalid principals."),
        (1, "principal-kind", "Policy contains a statement with one or more invalid principals."),
    ],
    codes: &[("policy-too-long", "LimitExceededException")],
};

/// VPC endpoint policies: EC2 API reference, "Client error codes".
pub(super) const EC2: Answers = Answers {
    code: "InvalidPolicyDocument",
    text: "The specified policy document is not a valid JSON policy document.",
    rows: &[],
    codes: &[],
};

/// The policies of other resources, as Secrets Manager answers (awsdocs/aws-cloudformation-user-guide
/// #623). SQS (`InvalidAttributeValue`), ECR (`InvalidParameterException`) and others have their own
/// code and one text for all; who serves them puts it in the place of this one.
pub(super) const OTHER: Answers = Answers {
    code: "MalformedPolicyDocumentException",
    text: "This policy has invalid syntax.",
    rows: &[],
    codes: &[],
};
