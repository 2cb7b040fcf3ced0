//! The marks by which a service is recognised before its model is read.
//!
//! Held against the models by a test.

/// A service's name and its marks: in a signature's scope, in `X-Amz-Target` (and in the path of CBOR),
/// and the version in a form. Empty where it has none.
const SERVICES: [(&str, &str, &str, &str); 22] = [
    ("cloudformation", "cloudformation", "", "2010-05-15"),
    ("cloudtrail", "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", ""),
    ("cloudwatch", "monitoring", "GraniteServiceVersion20100801", "2010-08-01"),
    ("codebuild", "codebuild", "CodeBuild_20161006", ""),
    ("codecommit", "codecommit", "CodeCommit_20150413", ""),
    ("codedeploy", "codedeploy", "CodeDeploy_20141006", ""),
    ("codepipeline", "codepipeline", "CodePipeline_20150709", ""),
    ("ecr", "ecr", "AmazonEC2ContainerRegistry_V20150921", ""),
    ("ecs", "ecs", "AmazonEC2ContainerServiceV20141113", ""),
    ("events", "events", "AWSEvents", ""),
    ("iam", "iam", "", "2010-05-08"),
    ("kms", "kms", "TrentService", ""),
    ("lambda", "lambda", "", ""),
    ("logs", "logs", "Logs_20140328", ""),
    ("organizations", "organizations", "AWSOrganizationsV20161128", ""),
    ("s3", "s3", "", ""),
    ("secretsmanager", "secretsmanager", "secretsmanager", ""),
    ("sns", "sns", "", "2010-03-31"),
    ("sqs", "sqs", "AmazonSQS", ""),
    ("ssm", "ssm", "AmazonSSM", ""),
    ("stepfunctions", "states", "AWSStepFunctions", ""),
    ("sts", "sts", "", "2011-06-15"),
];

/// The service whose name stands in a signature's scope.
pub(super) fn signed(signing_name: &str) -> Option<&'static str> {
    find(signing_name, |(_, signing, _, _)| signing)
}

/// The service whose name stands before the dot in `X-Amz-Target`.
pub(super) fn targeted(prefix: &str) -> Option<&'static str> {
    find(prefix, |(_, _, target, _)| target)
}

/// The service with this version of the query API.
pub(super) fn versioned(version: &str) -> Option<&'static str> {
    find(version, |(_, _, _, version)| version)
}

type Marks = (&'static str, &'static str, &'static str, &'static str);

fn find(wanted: &str, mark: impl Fn(Marks) -> &'static str) -> Option<&'static str> {
    let found = SERVICES.into_iter().find(|marks| !wanted.is_empty() && mark(*marks) == wanted);
    found.map(|(name, ..)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Protocol};

    #[test]
    fn the_marks_are_the_models() {
        let of_models = model::services().map(|service| {
            let query = service.protocols.contains(&Protocol::Query);
            let version = if query { service.api_version } else { "" };
            (service.name, service.signing_name, service.target_prefix, version)
        });
        assert_eq!(of_models.collect::<Vec<_>>(), SERVICES);
    }
}
