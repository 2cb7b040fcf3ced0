//! Messages as AWS words them. Sources: the module's.

use crate::model::{self, ShapeId};
use crate::{Value, json, validate};

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

#[track_caller]
fn says(operation: &str, input: &str, expected: &str) {
    assert_eq!(message(operation, input), expected);
}

fn one(code: &str, what: &str, constraint: &str) -> String {
    format!(
        "{code}: 1 validation error detected: Value{what} failed to satisfy constraint: {constraint}"
    )
}

#[test]
fn what_is_within_the_model_passes() {
    says("kms:Decrypt", r#"{"CiphertextBlob":"AAAA"}"#, "");
    let role = r#"{"RoleArn":"arn:aws:iam::1:role/abcdefgh","RoleSessionName":"s1","DurationSeconds":900}"#;
    says("sts:AssumeRole", role, "");
    let tags = r#"{"RoleName":"r","Tags":[{"Key":"関所","Value":"v 1"}]}"#;
    says("iam:TagRole", tags, "");
}

#[test]
fn each_constraint_has_its_words() {
    let sts = |what: &str, constraint: &str| one("ValidationError", what, constraint);
    says(
        "sts:AssumeRole",
        r#"{"RoleArn":"arn:aws:iam::1:role/abcdefgh","RoleSessionName":"Session1:2"}"#,
        &sts(
            " 'Session1:2' at 'roleSessionName'",
            r"Member must satisfy regular expression pattern: [\w+=,.@-]*",
        ),
    );
    says(
        "sts:AssumeRole",
        r#"{"RoleArn":"arn:aws:iam::1:role/abcdefgh","RoleSessionName":"s1","DurationSeconds":123}"#,
        &sts(" '123' at 'durationSeconds'", "Member must have value greater than or equal to 900"),
    );
    let kms = |what: &str, constraint: &str| one("ValidationException", what, constraint);
    says(
        "kms:GenerateDataKey",
        r#"{"KeyId":"k","KeySpec":"AES_512"}"#,
        &kms(" 'AES_512' at 'keySpec'", "Member must satisfy enum value set: [AES_256, AES_128]"),
    );
    says("kms:DescribeKey", "{}", &kms(" null at 'keyId'", "Member must not be null"));
    let long = "k".repeat(2_049);
    says(
        "kms:DescribeKey",
        &format!(r#"{{"KeyId":"{long}"}}"#),
        &kms(
            &format!(" '{}' at 'keyId'", "k".repeat(1_024)),
            "Member must have length less than or equal to 2048",
        ),
    );
    says(
        "kms:Decrypt",
        r#"{"CiphertextBlob":""}"#,
        &kms(
            " 'java.nio.HeapByteBuffer[pos=0 lim=0 cap=0]' at 'ciphertextBlob'",
            "Member must have length greater than or equal to 1",
        ),
    );
    says(
        "lambda:UpdateAlias",
        r#"{"RoutingConfig":{"AdditionalVersionWeights":{"1":1.5}}}"#,
        "ValidationException: 3 validation errors detected: \
         Value null at 'functionName' failed to satisfy constraint: Member must not be null; \
         Value null at 'name' failed to satisfy constraint: Member must not be null; \
         Value '{1=1.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: \
         Map value must satisfy constraint: [Member must have value less than or equal to 1.0, \
         Member must have value greater than or equal to 0.0]",
    );
}

#[test]
fn what_stands_in_lists_and_maps_is_found() {
    let exception = |what: &str, constraint: &str| one("ValidationException", what, constraint);
    says(
        "kms:TagResource",
        r#"{"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b"},{"TagKey":"","TagValue":"b"}]}"#,
        &exception(
            " '' at 'tags.2.member.tagKey'",
            "Member must have length greater than or equal to 1",
        ),
    );
    says(
        "kms:UntagResource",
        r#"{"KeyId":"k","TagKeys":["a",""]}"#,
        &exception(
            " '[a, ]' at 'tagKeys'",
            "Member must satisfy constraint: [Member must have length less than or equal to 128, \
             Member must have length greater than or equal to 1]",
        ),
    );
    says(
        "codebuild:CreateReportGroup",
        r#"{"name":"gg","type":"TEST","exportConfig":{},"tags":[{"key":"","value":"v"}]}"#,
        &exception(
            " '' at 'tags.1.member.key'",
            "Member must have length greater than or equal to 1",
        ),
    );
    let many = r#"{"PolicyName":"p"},"#.repeat(30);
    let many = format!(r#"{{"KeyId":"k","Tags":[{}]}}"#, many.trim_end_matches(','));
    let found = message("kms:TagResource", &many);
    assert!(found.starts_with("ValidationException: 10 validation errors detected: "), "{found}");
    assert_eq!(found.matches("; ").count(), 9);
}

#[test]
fn structures_are_shown_as_java_shows_them() {
    let cloudtrail = model::service("cloudtrail").unwrap();
    let tags = cloudtrail.shape_named("Tag").unwrap();
    let tag = [("Key", Value::Text("a".to_owned())), ("Value", Value::Text("b".to_owned()))];
    let value = Value::Structure(tag.into_iter().collect());
    let shown = super::shown::shown(cloudtrail, cloudtrail.shape(tags).unwrap(), &value);
    assert_eq!(shown.as_deref(), Some("Tag(key=a, value=b)"));
}

#[test]
fn several_are_counted() {
    says(
        "logs:DescribeLogGroups",
        r#"{"logGroupNamePrefix":""}"#,
        r"InvalidParameterException: 2 validation errors detected: Value '' at 'logGroupNamePrefix' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+; Value '' at 'logGroupNamePrefix' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
}

#[test]
fn secrets_are_not_shown_wherever_they_stand() {
    let secret = message("secretsmanager:CreateSecret", r#"{"Name":"n","SecretString":""}"#);
    assert!(secret.contains("Value at 'secretString'"), "{secret}");
    let input = r#"{"FunctionName":"f","Environment":{"Variables":{"1":"hunter2"}}}"#;
    let found = message("lambda:UpdateFunctionConfiguration", input);
    assert!(found.contains("Value at 'environment.variables'"), "{found}");
    assert!(!found.contains("hunter2"), "{found}");
    // Within something that is no secret itself.
    let lambda = model::service("lambda").unwrap();
    let id = lambda.shape_named("Environment").unwrap();
    let variables = json::read(lambda, id, br#"{"Variables":{"A":"hunter2"}}"#).unwrap();
    let shape = lambda.shape(id).unwrap();
    assert!(!shape.sensitive);
    assert_eq!(super::shown::shown(lambda, shape, &variables), None);
}

#[test]
fn iam_has_words_for_names_and_paths() {
    says("iam:GetRole", "{}", &one("ValidationError", " at 'roleName'", "Member must not be null"));
    let letters = |name: &str| {
        format!(
            "ValidationError: The specified value for {name} is invalid. It must contain only \
             alphanumeric characters and/or the following: +=,.@_-"
        )
    };
    says("iam:GetRole", r#"{"RoleName":"a/b"}"#, &letters("roleName"));
    let inline = r#"{"GroupName":"g","PolicyName":"arn:aws:iam::aws:policy/A"}"#;
    says("iam:DeleteGroupPolicy", inline, &letters("policyName"));
    let long = format!(r#"{{"RoleName":"/{}"}}"#, "r".repeat(64));
    let found = message("iam:GetRole", &long);
    assert!(found.starts_with("ValidationError: 2 validation errors detected: "), "{found}");
    says(
        "iam:CreateUser",
        r#"{"UserName":"u","Path":"team"}"#,
        "ValidationError: The specified value for path is invalid. It must begin and end with / and \
         contain only alphanumeric characters and/or / characters.",
    );
    says(
        "iam:ListRoles",
        r#"{"PathPrefix":"team"}"#,
        "ValidationError: The specified value for pathPrefix is invalid. It must begin with the / \
         character and contain only alphanumeric characters and/or / characters.",
    );
}

#[test]
fn services_with_words_of_their_own_use_them() {
    says(
        "iam:TagRole",
        r#"{"RoleName":"r","Tags":[{"Key":"<","Value":"v"}]}"#,
        &one(
            "ValidationError",
            " at 'tags.1.member.key'",
            r"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+",
        ),
    );
    says(
        "ssm:PutParameter",
        r#"{"Name":"n","Value":"v","Type":"Text"}"#,
        &one(
            "ValidationException",
            " 'Text' at 'type'",
            "Member must satisfy enum value set: [SecureString, StringList, String]",
        ),
    );
    says(
        "ssm:GetParameters",
        r#"{"Names":["a","b","c","d","e","f","g","h","i","j","k"]}"#,
        &one(
            "ValidationException",
            " '[a, b, c, d, e, f, g, h, i, j, k]' at 'names'",
            "Member must have length less than or equal to 10",
        ),
    );
    says(
        "ecr:DescribeRepositories",
        r#"{"registryId":"1"}"#,
        "InvalidParameterException: Invalid parameter at 'registryId' failed to satisfy constraint: \
         'must satisfy regular expression '[0-9]{12}''",
    );
    says(
        "ecr:GetAuthorizationToken",
        r#"{"registryIds":["1"]}"#,
        "InvalidParameterException: Invalid parameter at 'registryIds' failed to satisfy constraint: \
         'Member must satisfy constraint: [Member must satisfy regular expression pattern: [0-9]{12}]'",
    );
    says(
        "organizations:DescribeAccount",
        r#"{"AccountId":"1"}"#,
        "InvalidInputException: You provided a value that does not match the required pattern.",
    );
    let organizations = model::service("organizations").unwrap();
    let input = organizations.operation("DescribeAccount").unwrap().input.unwrap();
    let empty = Value::Structure(crate::value::Structure::new());
    let error = validate::check(organizations, input, &empty).unwrap_err().error();
    assert_eq!(error.code, "InvalidInputException");
    assert_eq!(error.members.get("Reason"), Some(&Value::Text("INPUT_REQUIRED".to_owned())));
    says("s3:CreateBucket", "{}", "");
}

/// What is made up from the model is checked to its end in every service, and nothing panics.
#[test]
fn every_shape_is_checked() {
    for service in model::services() {
        for index in 0..service.shapes.len() {
            let id = ShapeId(index.try_into().unwrap());
            let value = model::sample(service, id, 4);
            let found = validate::check(service, id, &value);
            assert!(found.is_ok() || found.unwrap_err().to_string().len() > 20);
        }
    }
}
