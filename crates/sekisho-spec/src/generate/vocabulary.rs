//! The few words that generated cases are made of: few, so that policies often almost match.

pub(super) const HOME: &str = "111111111111";
pub(super) const AWAY: &str = "222222222222";
pub(super) const MANAGEMENT: &str = "999999999999";

pub(super) const PROVIDERS: [&str; 2] =
    ["arn:aws:iam::111111111111:saml-provider/corp", "cognito-identity.amazonaws.com"];
pub(super) const SERVICES: [&str; 2] = ["cloudtrail.amazonaws.com", "sns.amazonaws.com"];

/// A kind of resource and what is done to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scene {
    pub(super) actions: &'static [&'static str],
    /// Its ARN with `ACCOUNT` for the owner, or `*`.
    pub(super) arn: &'static str,
}

/// Scenes and how often each is played.
pub(super) const SCENES: &[(usize, Scene)] = &[
    (
        16,
        Scene {
            actions: &["s3:GetObject", "s3:PutObject"],
            arn: "arn:aws:s3:::ledger/alice/report.txt",
        },
    ),
    (9, Scene { actions: BUCKET_ACTIONS, arn: "arn:aws:s3:::ledger" }),
    (
        7,
        Scene {
            actions: &["ec2:StopInstances"],
            arn: "arn:aws:ec2:us-east-1:ACCOUNT:instance/i-1",
        },
    ),
    (3, Scene { actions: &["ec2:DescribeInstances"], arn: "*" }),
    (10, Scene { actions: &["sqs:SendMessage"], arn: "arn:aws:sqs:us-east-2:ACCOUNT:alice-queue" }),
    (4, Scene { actions: &["sns:Publish"], arn: "arn:aws:sns:us-east-1:ACCOUNT:alerts" }),
    (
        7,
        Scene {
            actions: &["dynamodb:GetItem"],
            arn: "arn:aws:dynamodb:us-east-1:ACCOUNT:table/alice",
        },
    ),
    (
        4,
        Scene {
            actions: &["logs:PutLogEvents"],
            arn: "arn:aws:logs:us-east-1:ACCOUNT:log-group:/a:log-stream:b",
        },
    ),
    (22, Scene { actions: KEY_ACTIONS, arn: "arn:aws:kms:us-east-1:ACCOUNT:key/1234abcd" }),
    (2, Scene { actions: &["kms:CreateAlias"], arn: "arn:aws:kms:us-east-1:ACCOUNT:alias/app" }),
    (1, Scene { actions: &["sts:GetCallerIdentity", "sts:GetSessionToken"], arn: "*" }),
    (1, Scene { actions: &["sts:AssumeRoot"], arn: "arn:aws:iam::ACCOUNT:root" }),
    (1, Scene { actions: &["iam:GetRole"], arn: "arn:aws:iam::ACCOUNT:role/build/target" }),
    (18, Scene { actions: TRUST_ACTIONS, arn: "arn:aws:iam::ACCOUNT:role/build/target" }),
];

const BUCKET_ACTIONS: &[&str] =
    &["s3:ListBucket", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];
pub(super) const KEY_ACTIONS: &[&str] =
    &["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:RetireGrant", "KMS:decrypt"];
const TRUST_ACTIONS: &[&str] = &[
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:AssumeRoleWithSAML",
    "sts:SetContext",
];

/// The type of a condition key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Text,
    Arn,
    Number,
    Date,
    Flag,
    Bytes,
    Address,
}

/// A condition key: its name, its type, whether it is multivalued, and values it may have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) many: bool,
    pub(super) values: &'static [&'static str],
}

const fn one(name: &'static str, kind: Kind, values: &'static [&'static str]) -> Key {
    Key { name, kind, many: false, values }
}

const fn many(name: &'static str, kind: Kind, values: &'static [&'static str]) -> Key {
    Key { name, kind, many: true, values }
}

/// The keys that a request may carry.
pub(super) const KEYS: &[Key] = &[
    one("aws:PrincipalTag/team", Kind::Text, &["blue", "Blue", "alice", ""]),
    one("aws:ResourceTag/team", Kind::Text, &["blue", "green*", "blue"]),
    one("aws:RequestTag/cost center", Kind::Text, &["blue", "42", "ünicode"]),
    one("aws:PrincipalOrgID", Kind::Text, &["o-abc123"]),
    one("aws:SourceVpce", Kind::Text, &["vpce-1", "vpce-2"]),
    one("aws:SourceAccount", Kind::Text, &[HOME, AWAY]),
    one("s3:prefix", Kind::Text, &["alice/", "alice/*", "a?ice", "${aws:username}"]),
    one("sts:ExternalId", Kind::Text, &["blue", "x-1"]),
    one("kms:ViaService", Kind::Text, &["s3.us-east-1.amazonaws.com"]),
    one("kms:EncryptionContext:app", Kind::Text, &["blue", "green"]),
    one("kms:EncryptionContext:Stage", Kind::Text, &["test"]),
    many("aws:TagKeys", Kind::Text, &["team", "Team", "cost center", ""]),
    many("aws:CalledVia", Kind::Text, &["athena.amazonaws.com", "cloudformation.amazonaws.com"]),
    one(
        "aws:SourceArn",
        Kind::Arn,
        &[
            "arn:aws:sns:us-east-1:111111111111:alerts",
            "arn:aws:s3:::ledger",
            "arn:aws:logs:us-east-1:222222222222:log-group:/a:*",
        ],
    ),
    many(
        "lab:Arns",
        Kind::Arn,
        &["arn:aws:iam::111111111111:role/a", "arn:aws:iam::222222222222:role/a/b"],
    ),
    one("s3:DataAccessPointArn", Kind::Arn, &["arn:aws:s3:us-west-2:111111111111:accesspoint/a"]),
    one("s3:max-keys", Kind::Number, &["10", "9", "10.0", "-3", "007", "0.30", "0.1"]),
    many("lab:Numbers", Kind::Number, &["1", "2", "1.50", "-0", "123456789012345678901234567890"]),
    one(
        "aws:CurrentTime",
        Kind::Date,
        &[
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00+01:00",
            "2025-12-31T23:59:59.5Z",
            "2026-06-30T12:00Z",
        ],
    ),
    one("aws:EpochTime", Kind::Date, &["1767225600", "1767225599", "0"]),
    one("aws:TokenIssueTime", Kind::Date, &["2026-01-01", "2026-01", "2026"]),
    one("aws:SecureTransport", Kind::Flag, &["true", "false", "TRUE"]),
    one("aws:MultiFactorAuthPresent", Kind::Flag, &["true", "false"]),
    many("lab:Flags", Kind::Flag, &["true", "false"]),
    one("aws:SourceIp", Kind::Address, &["10.1.2.3", "10.1.2.4", "203.0.113.9", "2001:db8::1"]),
    many("lab:Addresses", Kind::Address, &["10.1.2.3", "2001:db8::1"]),
    one("lab:Blob", Kind::Bytes, &["QUJD", "QUI=", "QQ==", "/+8="]),
];

/// What no operator but those of text can read.
pub(super) const MALFORMED: [&str; 4] = ["n/a", "10,5", "2026-13-01", "10.1.2"];

/// The type of a key that follows from the caller or the resource.
pub(super) fn kind_of(key: &str) -> Kind {
    let known = KEYS.iter().find(|known| known.name.eq_ignore_ascii_case(key));
    match (known, key.to_ascii_lowercase().as_str()) {
        (Some(known), _) => known.kind,
        (None, "aws:principalarn") => Kind::Arn,
        (None, "aws:principalisawsservice" | "aws:viaawsservice") => Kind::Flag,
        (None, _) => Kind::Text,
    }
}
