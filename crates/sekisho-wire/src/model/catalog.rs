//! The services that the models are held of, each read when it is first asked for.
//!
//! A service costs up to a millisecond and some 200 KB once; one that nobody asks for costs nothing
//! but its compressed bytes in the program. What was read lives as long as the program.

use std::sync::OnceLock;

use super::Service;
use super::format::inflate;

struct Entry {
    name: &'static str,
    compressed: &'static [u8],
    service: OnceLock<Option<Service>>,
}

macro_rules! entries {
    ($($name:literal)*) => {
        [$(Entry {
            name: $name,
            compressed: include_bytes!(concat!("../../data/models/", $name, ".txt.z")),
            service: OnceLock::new(),
        }),*]
    };
}

/// In the order of names.
static ENTRIES: [Entry; 22] = entries! {
    "cloudformation" "cloudtrail" "cloudwatch" "codebuild" "codecommit" "codedeploy" "codepipeline"
    "ecr" "ecs" "events" "iam" "kms" "lambda" "logs" "organizations" "s3" "secretsmanager" "sns"
    "sqs" "ssm" "stepfunctions" "sts"
};

impl Entry {
    /// `None` never happens: the tests read every one of the files.
    fn service(&'static self) -> Option<&'static Service> {
        self.service.get_or_init(|| inflate(self.compressed)).as_ref()
    }
}

/// The service with this name in SDKs: `kms`, `stepfunctions`.
pub fn service(name: &str) -> Option<&'static Service> {
    let place = ENTRIES.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
    ENTRIES.get(place)?.service()
}

/// The names of all services, in order. This reads no service.
pub fn names() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|entry| entry.name)
}

/// All services, in the order of names. This reads every one of them.
pub fn services() -> impl Iterator<Item = &'static Service> {
    ENTRIES.iter().filter_map(Entry::service)
}
