//! What differs from service to service in the trail.
//!
//! Source: CloudTrail User Guide, "CloudTrail record contents" ("each service has its own version" of
//! the record); the versions are those of records delivered in 2024 to 2026.

/// What the trail does differently for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceFacts {
    /// The service, as the models call it: `cloudwatch`.
    pub name: &'static str,
    /// `eventSource`: `monitoring.amazonaws.com`.
    pub source: &'static str,
    /// `eventVersion`.
    pub version: &'static str,
    /// The region in which all of its events are recorded; `None`: the one that was called.
    pub home: Option<&'static str>,
    /// How dates stand in its parameters.
    pub dates: Dates,
    /// Whether failures go by the name of the error's shape rather than by the code on the wire.
    pub names_error_shapes: bool,
    /// Whether its `User-Agent` stands in brackets.
    pub brackets_user_agent: bool,
}

/// How dates stand in parameters: both are Java's, of different versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// `Oct 27, 2025, 12:16:57 AM`.
    WithComma,
    /// `Oct 27, 2025 12:16:57 AM`.
    WithoutComma,
}

/// Where AWS records what is global.
pub const GLOBAL_REGION: &str = "us-east-1";

const fn of(name: &'static str, source: &'static str, version: &'static str) -> ServiceFacts {
    ServiceFacts {
        name,
        source,
        version,
        home: None,
        dates: Dates::WithComma,
        names_error_shapes: false,
        brackets_user_agent: false,
    }
}

const fn global(facts: ServiceFacts) -> ServiceFacts {
    ServiceFacts { home: Some(GLOBAL_REGION), ..facts }
}

const fn by_shape(facts: ServiceFacts) -> ServiceFacts {
    ServiceFacts { names_error_shapes: true, ..facts }
}

/// In the order of names.
const SERVICES: [ServiceFacts; 22] = [
    of("cloudformation", "cloudformation.amazonaws.com", "1.11"),
    of("cloudtrail", "cloudtrail.amazonaws.com", "1.11"),
    of("cloudwatch", "monitoring.amazonaws.com", "1.11"),
    of("codebuild", "codebuild.amazonaws.com", "1.11"),
    of("codecommit", "codecommit.amazonaws.com", "1.11"),
    of("codedeploy", "codedeploy.amazonaws.com", "1.11"),
    of("codepipeline", "codepipeline.amazonaws.com", "1.11"),
    of("ecr", "ecr.amazonaws.com", "1.11"),
    of("ecs", "ecs.amazonaws.com", "1.11"),
    of("events", "events.amazonaws.com", "1.11"),
    ServiceFacts {
        dates: Dates::WithoutComma,
        ..global(by_shape(of("iam", "iam.amazonaws.com", "1.11")))
    },
    of("kms", "kms.amazonaws.com", "1.11"),
    of("lambda", "lambda.amazonaws.com", "1.11"),
    of("logs", "logs.amazonaws.com", "1.11"),
    global(of("organizations", "organizations.amazonaws.com", "1.11")),
    ServiceFacts { brackets_user_agent: true, ..of("s3", "s3.amazonaws.com", "1.11") },
    of("secretsmanager", "secretsmanager.amazonaws.com", "1.11"),
    of("sns", "sns.amazonaws.com", "1.11"),
    of("sqs", "sqs.amazonaws.com", "1.11"),
    of("ssm", "ssm.amazonaws.com", "1.11"),
    of("stepfunctions", "states.amazonaws.com", "1.11"),
    by_shape(of("sts", "sts.amazonaws.com", "1.08")),
];

/// What the trail does differently for a service; `None`: the trail does not know it.
pub fn service(name: &str) -> Option<&'static ServiceFacts> {
    let place = SERVICES.binary_search_by(|one| one.name.cmp(name)).ok()?;
    SERVICES.get(place)
}

impl ServiceFacts {
    /// The region in which a call is recorded. The endpoint of STS without a region in its name is
    /// a global one: what is called there is recorded in the one region of global services.
    pub fn region<'a>(&self, called: &'a str, host: &str) -> &'a str {
        let at_global_endpoint = self.name == "sts" && host == self.source;
        match self.home {
            Some(home) => home,
            None if at_global_endpoint => GLOBAL_REGION,
            None => called,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_found_by_name() {
        assert!(SERVICES.is_sorted_by_key(|one| one.name));
        assert_eq!(service("cloudwatch").unwrap().source, "monitoring.amazonaws.com");
        assert_eq!(service("stepfunctions").unwrap().source, "states.amazonaws.com");
        assert!(service("ec3").is_none());
    }

    #[test]
    fn what_is_global_is_recorded_in_one_region() {
        let region = |name, host| service(name).unwrap().region("eu-west-1", host);
        assert_eq!(region("iam", "iam.amazonaws.com"), "us-east-1");
        assert_eq!(region("sts", "sts.amazonaws.com"), "us-east-1");
        assert_eq!(region("sts", "sts.eu-west-1.amazonaws.com"), "eu-west-1");
        assert_eq!(region("kms", "kms.eu-west-1.amazonaws.com"), "eu-west-1");
    }
}
