//! Messages as AWS words them. Sources: the module's.

use crate::{json, model, validate};

fn message(operation: &str, input: &str) -> String {
    let (service, operation) = operation.split_once(':').unwrap();
    let service = model::service(service).unwrap();
    let shape = service.operation(operation).unwrap().input.unwrap();
    let value = json::read(service, shape, input.as_bytes()).unwrap();
    match validate::check(service, shape, &value) {
        Ok(()) => String::new(),
        Err(violations) => format!("{}: {violations}", violations.code),
    }
}

#[test]
fn messages_are_those_of_aws() {
    let cases = [
        (
            "sts:AssumeRole",
            r#"{"RoleArn":"arn:aws:iam::1:role/abcdefgh","RoleSessionName":"Session1:2"}"#,
            "ValidationError: 1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
        ),
        (
            "sts:AssumeRole",
            r#"{"RoleArn":"arn:aws:iam::1:role/abcdefgh","RoleSessionName":"s1","DurationSeconds":123}"#,
            "ValidationError: 1 validation error detected: Value '123' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
        ),
        (
            "iam:TagRole",
            r#"{"RoleName":"r","Tags":[{"Key":"<","Value":"v"}]}"#,
            "ValidationError: 1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
        ),
        (
            "iam:GetRole",
            "{}",
            "ValidationError: 1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "kms:GenerateDataKey",
            r#"{"KeyId":"k","KeySpec":"AES_512"}"#,
            "ValidationException: 1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]",
        ),
        ("kms:Decrypt", r#"{"CiphertextBlob":"AAAA"}"#, ""),
    ];
    for (operation, input, expected) in cases {
        assert_eq!(message(operation, input), expected);
    }
}

#[test]
fn several_are_counted_and_secrets_are_not_shown() {
    let two = message("kms:Encrypt", r#"{"KeyId":"","Plaintext":""}"#);
    assert!(two.starts_with("ValidationException: 2 validation errors detected: "), "{two}");
    let secret = message("secretsmanager:CreateSecret", r#"{"Name":"n","SecretString":""}"#);
    assert!(secret.contains("Value at 'secretString'"), "{secret}");
}
