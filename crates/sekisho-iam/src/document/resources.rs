//! The form of a resource: `*`, or an ARN with wildcards.
//!
//! IAM judges a resource piece by piece, with a text of its own for each; the codes here follow its
//! texts one to one. Sources: IAM User Guide, "IAM JSON policy elements: Resource"; messages of IAM
//! recorded by the moto project (tests/test_iam/test_iam_policies.py).

use sekisho_tree::Diagnostic;

use super::read::{Reader, shown};
use super::{PolicyKind, Text};

/// AWS's partitions. Source: AWS General Reference, "Amazon Resource Names (ARNs)", and "AWS
/// Regions and Endpoints" for the isolated ones.
const PARTITIONS: &[&str] = &[
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-eusc",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "*",
];

/// What the resource of an IAM ARN may begin with: the list in IAM's own message, and the account's
/// root, which `sts:AssumeRoot` asks about.
const IAM_PATHS: &[&str] = &[
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
    "root",
];

impl Reader {
    /// Says what is wrong with the form of a resource.
    pub(super) fn resource(&mut self, resource: &Text) {
        let problem = match (&*resource.text, self.kind) {
            ("*", PolicyKind::Bucket) => Some((
                "resource-not-bucket",
                "`*` names no bucket: a bucket policy names the bucket and its objects".to_owned(),
            )),
            ("*", _) => None,
            (text, kind) => problem_of(text, kind),
        };
        if let Some((code, message)) = problem {
            let say = match code {
                "short-arn" if self.kind != PolicyKind::Bucket => Diagnostic::warning,
                _ => Diagnostic::error,
            };
            self.say(say(code, resource.span, message));
        }
    }
}

/// What IAM says first about `text`.
fn problem_of(text: &str, kind: PolicyKind) -> Option<(&'static str, String)> {
    let written = shown(text);
    let mut fields = text.splitn(6, ':');
    let arn = fields.next();
    let Some(partition) = fields.next() else {
        return Some(("resource-form", format!("`{written}` is neither an ARN nor `*`")));
    };
    if !PARTITIONS.contains(&partition) {
        return Some(("resource-partition", format!("`{written}` names no partition of AWS")));
    }
    if arn != Some("arn") {
        return Some(("resource-form", format!("`{written}` is neither an ARN nor `*`")));
    }
    let rest: Vec<_> = fields.collect();
    let field = |at: usize| rest.get(at).copied().unwrap_or_default();
    let [service, region, account, path] = [0, 1, 2, 3].map(field);
    let problem = match service {
        _ if rest.is_empty() => ("resource-vendor", "names no service"),
        "" => ("resource-fields", "has an empty service"),
        _ if service.contains(['*', '?']) => ("resource-vendor", "has a wildcard for its service"),
        _ if rest.len() < 4 && text.contains("::") => {
            ("resource-fields", "has fewer fields than an ARN")
        }
        "iam" if !region.is_empty() => ("resource-iam-region", "has a region, and IAM has none"),
        // Buckets and objects have neither; access points and jobs have both.
        "s3" if !region.is_empty() && account.is_empty() => {
            ("resource-s3-region", "has a region, and the ARN of a bucket has none")
        }
        "iam" if rest.len() == 4 && !is_iam_path(path) => {
            ("resource-iam-path", "is nothing that IAM has")
        }
        _ if kind == PolicyKind::Bucket && !["s3", "s3express"].contains(&service) => {
            ("resource-not-s3", "is neither a bucket nor an object")
        }
        _ if rest.len() < 4 => ("short-arn", "has fewer fields than an ARN, so it names nothing"),
        _ => return None,
    };
    Some((problem.0, format!("`{written}` {}", problem.1)))
}

/// Begins like something IAM has, or with a pattern that may.
fn is_iam_path(path: &str) -> bool {
    let literal = path.split(['*', '?', '$']).next().unwrap_or_default();
    let pattern = literal.len() < path.len();
    IAM_PATHS
        .iter()
        .any(|known| literal.starts_with(known) || pattern && known.starts_with(literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        problem_of(text, PolicyKind::Managed).map(|(code, _)| code)
    }

    #[test]
    fn resources_are_judged_piece_by_piece_as_iam_does() {
        for (text, expected) in [
            ("arn:aws:s3:::bucket", None),
            ("arn:aws:s3:::bucket/*", None),
            ("arn:*:s3:::bucket", None),
            ("arn:aws:s3:us-west-2:123456789012:accesspoint/a/object/*", None),
            ("arn:aws:iam::*:user/${aws:username}", None),
            ("arn:aws:iam::123456789012:*", None),
            ("arn:aws:iam::123456789012:ro*", None),
            ("arn:aws:fdsasf", Some("short-arn")),
            ("", Some("resource-form")),
            ("bucket", Some("resource-form")),
            ("x:aws:s3:::bucket", Some("resource-form")),
            ("aws:s3:::bucket", Some("resource-partition")),
            ("arn:error:s3:::bucket", Some("resource-partition")),
            ("arn:aws", Some("resource-vendor")),
            ("arn:aws:s*:::bucket", Some("resource-vendor")),
            ("arn:aws::::bucket", Some("resource-fields")),
            ("arn:aws::bucket", Some("resource-fields")),
            ("arn:aws:s3::bucket", Some("resource-fields")),
            ("arn:aws:iam:us-east-1::user/a", Some("resource-iam-region")),
            ("arn:aws:iam:::bucket", Some("resource-iam-path")),
            ("arn:aws:s3:us-east-1::bucket", Some("resource-s3-region")),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}
