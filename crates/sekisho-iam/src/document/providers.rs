//! Identity providers that serve many organizations at once, and what a trust policy must say of
//! their tokens: without it, everybody's token would fit.
//!
//! IAM asks for it when a role is made or its trust policy changed, and not of roles that were
//! there before. Source: IAM User Guide, "Identity-provider controls for shared OIDC providers"
//! (id_roles_providers_oidc_secure-by-default.html), with its table of providers. IBM Turbonomic
//! stands there without a fixed address and so not here.
//!
//! Which operators count, the page leaves open; here those that fix the claim: string equality or
//! likeness, not negated, without `IfExists` and `ForAllValues`, and no value of wildcards alone.

use super::read::{Reader, shown};
use super::{Comparison, Condition, Effect, PrincipalKind, SetPrefix, Statement};
use crate::arn::Arn;

/// The name under which Amazon Cognito stands as a principal.
const COGNITO: &str = "cognito-identity.amazonaws.com";

/// The addresses of shared providers, and the claim that tells their customers apart.
const SHARED: &[(&str, &str)] = &[
    ("agent.buildkite.com", "sub"),
    ("api.pulumi.com/oidc", "aud"),
    ("app.terraform.io", "sub"),
    (COGNITO, "aud"),
    ("gitlab.com", "sub"),
    ("oidc-configuration.audit-log.githubusercontent.com", "sub"),
    ("oidc.codefresh.io", "sub"),
    ("oidc.vercel.com", "aud"),
    ("proidc.upbound.io", "sub"),
    ("sandboxes.cloud", "aud"),
    ("scalr.io", "sub"),
    ("studio.datachain.ai/api", "sub"),
    ("token.actions.githubusercontent.com", "sub"),
    ("tokens.cloud.shisho.dev", "sub"),
    ("vstoken.actions.githubusercontent.com", "sub"),
];

/// Microsoft Sentinel: its customers are told apart by the name of the session.
const SENTINEL: &str = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";

impl Reader {
    /// Refuses an Allow for a shared provider that does not say whose tokens it means.
    pub(super) fn fits_providers(&mut self, statement: &Statement) {
        let Some(principals) = &statement.principals else { return };
        if statement.effect != Effect::Allow || principals.negated {
            return;
        }
        let federated = principals.items.iter().filter(|one| one.kind == PrincipalKind::Federated);
        for value in federated.map(|principal| &principal.value) {
            let provider = provider(&value.text);
            let Some(key) = required_key(provider) else { continue };
            if statement.conditions.iter().any(|condition| fixes(condition, &key)) {
                continue;
            }
            let code = if provider == COGNITO { "unscoped-cognito" } else { "unscoped-provider" };
            let message = format!(
                "`{}` serves many organizations, and nothing says whose tokens are meant: \
                 a condition must fix `{key}`",
                shown(provider)
            );
            let help = format!("add `\"StringEquals\": {{\"{key}\": \"…\"}}`, or `StringLike`");
            self.refuse_with_help(code, value.span, message, help);
        }
    }
}

/// The address of a provider: what its ARN ends with, or the principal itself.
fn provider(principal: &str) -> &str {
    let of_arn = Arn::parse(principal).and_then(|arn| arn.resource.strip_prefix("oidc-provider/"));
    of_arn.unwrap_or(principal)
}

/// The condition key that a trust in the provider must fix.
fn required_key(provider: &str) -> Option<String> {
    if provider == SENTINEL {
        return Some("sts:RoleSessionName".to_owned());
    }
    let (address, claim) = SHARED.iter().find(|(address, _)| *address == provider)?;
    Some(format!("{address}:{claim}"))
}

fn fixes(condition: &Condition, key: &str) -> bool {
    use Comparison as C;
    let operator = condition.operator;
    let positive =
        matches!(operator.comparison, C::StringEquals | C::StringEqualsIgnoreCase | C::StringLike);
    let always = !operator.if_exists && operator.set != Some(SetPrefix::ForAllValues);
    let says = |text: &str| text.contains(|char| !['*', '?'].contains(&char));
    positive
        && always
        && condition.key.text.eq_ignore_ascii_case(key)
        && !condition.values.is_empty()
        && condition.values.iter().all(|value| says(&value.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_providers_are_known_by_their_address() {
        for (principal, key) in [
            (
                "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
                Some("token.actions.githubusercontent.com:sub"),
            ),
            (
                "arn:aws:iam::111111111111:oidc-provider/api.pulumi.com/oidc",
                Some("api.pulumi.com/oidc:aud"),
            ),
            ("cognito-identity.amazonaws.com", Some("cognito-identity.amazonaws.com:aud")),
            ("arn:aws:iam::111111111111:oidc-provider/token.actions.example.com", None),
            ("arn:aws:iam::111111111111:saml-provider/gitlab.com", None),
            ("www.amazon.com", None),
        ] {
            assert_eq!(required_key(provider(principal)).as_deref(), key, "{principal}");
        }
        let sentinel = format!("arn:aws:iam::111111111111:oidc-provider/{SENTINEL}");
        assert_eq!(required_key(provider(&sentinel)).as_deref(), Some("sts:RoleSessionName"));
    }
}
