//! What the reference says, checked against what AWS's pages say, and as a whole.

use super::{AccessLevel, Action, ConditionKey, ConditionKeyType, Knowledge, Service};
use std::collections::BTreeSet;

fn action(name: &str) -> &'static Action {
    Knowledge::get().action(name).unwrap()
}

fn key(name: &str) -> &'static ConditionKey {
    Knowledge::get().condition_key(name).unwrap()
}

fn resource_types(action: &Action) -> Vec<&'static str> {
    action.resource_types.iter().map(|one| one.resource_type.name).collect()
}

fn key_names(keys: &[&'static ConditionKey]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// The whole reference was read: a line that the reader leaves out would be missing here.
#[test]
fn nothing_is_lost() {
    let services: Vec<&Service> = Knowledge::get().services().collect();
    let sum = |count: fn(&Service) -> usize| services.iter().map(|one| count(one)).sum::<usize>();
    assert_eq!(services.len(), 456);
    assert_eq!(sum(|one| one.actions.len()), 22_091);
    assert_eq!(sum(|one| one.resource_types.len()), 2_334);
    assert_eq!(sum(|one| one.condition_keys.len()), 2_578);
    let uses = |one: &Service| one.actions.iter().map(|action| action.resource_types.len()).sum();
    assert_eq!(sum(uses), 21_925);
    let dependent = |one: &Service| {
        one.actions.iter().filter(|action| !action.dependent_actions.is_empty()).count()
    };
    assert_eq!(sum(dependent), 1_584);
    let permissions =
        |one: &Service| one.actions.iter().filter(|action| action.permission_only).count();
    assert_eq!(sum(permissions), 1_286);
}

#[test]
fn everything_is_found_by_its_name() {
    let knowledge = Knowledge::get();
    for service in knowledge.services() {
        assert!(std::ptr::eq(service, knowledge.service(service.prefix).unwrap()));
        assert!(!service.name.is_empty(), "{}", service.prefix);
        for one in service.actions {
            assert!(std::ptr::eq(one, service.action(&one.name.to_ascii_uppercase()).unwrap()));
            assert_eq!(one.service, service.prefix);
        }
        for one in service.resource_types {
            let upper = one.name.to_ascii_uppercase();
            assert!(std::ptr::eq(one, service.resource_type(&upper).unwrap()));
        }
        for one in service.condition_keys {
            assert!(std::ptr::eq(one, service.condition_key(one.name).unwrap()));
            assert_eq!(key(one.name).value_type, one.value_type, "{}", one.name);
        }
    }
}

#[test]
fn arn_formats_are_arns_that_match_their_own_type() {
    for service in Knowledge::get().services() {
        for one in service.resource_types {
            assert!(!one.arn_formats.is_empty(), "{}:{}", service.prefix, one.name);
            assert!(one.arn_formats.iter().all(|format| format.starts_with("arn:")));
        }
        for one in service.actions {
            let formats = one.resource_types.iter().map(|one| one.resource_type.arn_formats);
            for format in formats.flatten() {
                assert!(one.matching_resource_types(format).next().is_some(), "{format}");
            }
        }
    }
}

#[test]
fn dependent_actions_exist() {
    let knowledge = Knowledge::get();
    for one in knowledge.services().flat_map(|service| service.actions) {
        for dependent in one.dependent_actions {
            assert!(knowledge.action(dependent).is_some(), "`{dependent}` of {}", one.name);
        }
    }
    assert_eq!(action("ecs:RunTask").dependent_actions, ["iam:PassRole"]);
}

#[test]
fn actions_are_what_their_pages_say() {
    use AccessLevel::{List, PermissionsManagement, Read, Tagging, Write};
    let cases: [(&str, AccessLevel, &[&str]); 12] = [
        ("s3:GetObject", Read, &["accesspointobject", "object"]),
        ("s3:ListAllMyBuckets", List, &[]),
        ("s3:PutBucketPolicy", PermissionsManagement, &["bucket"]),
        ("s3:PutObjectTagging", Tagging, &["accesspointobject", "object"]),
        ("kms:Decrypt", Write, &["key"]),
        ("iam:PassRole", Write, &["role"]),
        ("sts:AssumeRole", Write, &["role"]),
        ("ecs:RegisterTaskDefinition", Write, &["task-definition"]),
        ("codepipeline:PutApprovalResult", Write, &["action"]),
        ("states:SendTaskSuccess", Write, &[]),
        ("codedeploy:RegisterApplicationRevision", Write, &["application"]),
        ("lambda:InvokeFunction", Write, &["function"]),
    ];
    for (name, level, types) in cases {
        let action = action(name);
        assert_eq!(action.access_level, level, "{name}");
        assert_eq!(resource_types(action), types, "{name}");
        assert_eq!(action.is_star_only(), types.is_empty(), "{name}");
    }
    assert!(action("kms:Decrypt").resource_types[0].required);
    assert!(!action("s3:GetObject").resource_types[0].required);
    assert!(action("iam:PassRole").permission_only);
    assert!(!action("s3:GetObject").permission_only);
}

#[test]
fn actions_carry_condition_keys() {
    let pass_role = key_names(action("iam:PassRole").condition_keys);
    assert_eq!(pass_role, ["iam:AssociatedResourceArn", "iam:PassedToService"]);
    let register = action("ecs:RegisterTaskDefinition");
    assert_eq!(key_names(register.resource_types[0].condition_keys), ["aws:ResourceTag/${TagKey}"]);
    let alias = key_names(action("kms:Decrypt").resource_types[0].resource_type.condition_keys);
    assert!(alias.contains(&"kms:ResourceAliases"), "{alias:?}");

    let name = |action: &Action, key| action.condition_key(key).map(|key| key.name);
    let decrypt = action("kms:Decrypt");
    assert_eq!(
        name(decrypt, "KMS:encryptioncontext:tenant"),
        Some("kms:EncryptionContext:${EncryptionContextKey}")
    );
    assert_eq!(name(decrypt, "kms:ResourceAliases"), Some("kms:ResourceAliases"));
    assert_eq!(name(decrypt, "aws:SourceIp"), Some("aws:SourceIp"));
    assert_eq!(name(decrypt, "kms:GrantOperations"), None);
    assert_eq!(name(action("sts:AssumeRole"), "sts:externalid"), Some("sts:ExternalId"));
}

#[test]
fn names_are_found_in_any_case() {
    let get = action("S3:getobject");
    assert_eq!((get.service, get.name), ("s3", "GetObject"));
    let knowledge = Knowledge::get();
    assert_eq!(knowledge.service("CodePipeline").unwrap().name, "AWS CodePipeline");
    for unknown in ["s3:GetObjct", "s4:GetObject", "s3GetObject", "s3:", ":", "", "s3:Get*"] {
        assert!(knowledge.action(unknown).is_none(), "`{unknown}`");
    }
    assert!(knowledge.service("").is_none());
}

#[test]
fn a_concrete_key_finds_its_pattern() {
    let cases = [
        ("aws:ResourceTag/Env", "aws:ResourceTag/${TagKey}"),
        ("AWS:RESOURCETAG/ENV", "aws:ResourceTag/${TagKey}"),
        ("aws:PrincipalTag/a/b", "aws:PrincipalTag/${TagKey}"),
        ("aws:ResourceTag/${TagKey}", "aws:ResourceTag/${TagKey}"),
        ("s3:ExistingObjectTag/Env", "s3:ExistingObjectTag/<key>"),
        ("kms:EncryptionContext:tenant", "kms:EncryptionContext:${EncryptionContextKey}"),
        ("kms:EncryptionContextKeys", "kms:EncryptionContextKeys"),
        ("events:Metadata/x/Matcher", "events:Metadata/${MetadataKey}/Matcher"),
        ("events:Metadata/x", "events:Metadata/${MetadataKey}"),
        ("token.actions.githubusercontent.com:ref", "token.actions.githubusercontent.com:ref"),
        ("agent.example.buildkite.dev:cluster_id", "agent.${Domain}.buildkite.dev:cluster_id"),
        ("SAML:Sub", "saml:sub"),
        ("secretsmanager:ResourceTag/team", "secretsmanager:ResourceTag/tag-key"),
        (
            "ssm:resourceTag/aws:ssmmessages:session-id",
            "ssm:resourceTag/aws:ssmmessages:session-id",
        ),
        ("sagemaker:ResourceTag/team", "sagemaker:ResourceTag/${TagKey}"),
        ("lambda:sourcefunctionarn", "lambda:SourceFunctionArn"),
    ];
    for (name, pattern) in cases {
        assert_eq!(key(name).name, pattern);
    }
    for unknown in ["aws:ResourceTag/", "aws:Nothing", "s3:Nothing", "nothing:x", "SourceIp", ""] {
        assert_eq!(Knowledge::get().condition_key(unknown), None, "`{unknown}`");
    }
}

#[test]
fn keys_have_their_type() {
    let cases = [
        ("aws:SourceArn", ConditionKeyType::Arn),
        ("aws:SourceIp", ConditionKeyType::IpAddress),
        ("aws:CurrentTime", ConditionKeyType::Date),
        ("aws:MultiFactorAuthAge", ConditionKeyType::Numeric),
        ("aws:SecureTransport", ConditionKeyType::Bool),
        ("iam:PolicyARN", ConditionKeyType::Arn),
        ("sts:DurationSeconds", ConditionKeyType::Numeric),
        ("iam:PassedToService", ConditionKeyType::String),
    ];
    for (name, value_type) in cases {
        assert_eq!(key(name).value_type, value_type, "{name}");
    }
}

/// Source: the value types of "AWS global condition context keys", IAM User Guide.
#[test]
fn a_few_global_keys_have_many_values() {
    let global = Knowledge::get().global_keys();
    let many: BTreeSet<&str> =
        global.iter().filter(|key| key.multivalued).map(|key| key.name).collect();
    let expected = [
        "aws:CalledVia",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceNamesList",
        "aws:ResourceOrgPaths",
        "aws:SourceOrgPaths",
        "aws:TagKeys",
        "aws:VpceOrgPaths",
    ];
    assert_eq!(many, BTreeSet::from(expected));
    let names: BTreeSet<&str> = global.iter().map(|key| key.name).collect();
    assert_eq!(names.len(), global.len(), "a key stands twice");
    assert!(key("saml:edupersonaffiliation").multivalued);
    assert!(!key("saml:sub").multivalued);
}

#[test]
fn patterns_of_actions_expand() {
    let knowledge = Knowledge::get();
    let names = |pattern| knowledge.expand(pattern).map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(
        names("S3:get*tagging"),
        [
            "GetBucketTagging",
            "GetJobTagging",
            "GetObjectTagging",
            "GetObjectVersionTagging",
            "GetStorageLensConfigurationTagging",
        ]
    );
    assert_eq!(names("kms:ReEncrypt*"), ["ReEncryptFrom", "ReEncryptTo"]);
    assert_eq!(names("kms:?ecrypt"), ["Decrypt"]);
    assert_eq!(names("kms:Decrypt"), ["Decrypt"]);
    assert_eq!(names("*").len(), 22_091);
    assert_eq!(names("*:*").len(), 22_091);
    assert_eq!(names("s3:*").len(), knowledge.service("s3").unwrap().actions.len());
    for nothing in ["", ":", "s3", "s3:", ":*", "kms:Dekrypt"] {
        assert_eq!(names(nothing), [""; 0], "`{nothing}`");
    }
}

#[test]
fn resources_are_told_apart() {
    let types = |name, pattern| {
        let matching = action(name).matching_resource_types(pattern);
        matching.map(|one| one.resource_type.name).collect::<Vec<_>>()
    };
    assert_eq!(types("s3:GetObject", "arn:aws:s3:::logs/*"), ["object"]);
    assert_eq!(types("s3:GetObject", "arn:aws:s3:::logs"), [""; 0]);
    assert_eq!(types("s3:ListBucket", "arn:aws:s3:::logs/*"), [""; 0]);
    assert_eq!(types("s3:ListBucket", "arn:aws:s3:::logs"), ["bucket"]);
    assert_eq!(
        types("codepipeline:PutApprovalResult", "arn:aws:codepipeline:eu-west-1:111122223333:p"),
        [""; 0]
    );
    assert_eq!(
        types("codepipeline:PutApprovalResult", "arn:aws:codepipeline:*:*:p/Approve/*"),
        ["action"]
    );
    assert_eq!(types("states:SendTaskSuccess", "*"), [""; 0]);
    assert_eq!(types("iam:PassRole", "*"), ["role"]);
    assert_eq!(types("iam:PassRole", "arn:aws:iam::111122223333:user/x"), [""; 0]);
}
