//! The managed policies of AWS that accounts can attach.

/// ARN and text. Source: AWS Managed Policy Reference Guide.
const POLICIES: &[(&str, &str)] = &[(
    "arn:aws:iam::aws:policy/AdministratorAccess",
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
)];

/// The text of a managed policy of AWS.
pub fn text(arn: &str) -> Option<&'static str> {
    POLICIES.iter().find(|(known, _)| *known == arn).map(|(_, text)| *text)
}
