//! How a service says what is wrong: under which code, and in which words.
//!
//! | service | code | words | seen in |
//! |---|---|---|---|
//! | query services | `ValidationError` | the framework's | kube-static-egress-controller#35 |
//! | CloudWatch Logs | `InvalidParameterException` | the framework's | fluent-plugin-cloudwatch-logs#223 |
//! | IAM | `ValidationError` | the value is left out; names and paths have sentences of their own | amplify-cli#9120, torchserve-examples#7 (2021), cfn-lint#996, cfn-lint#3020 (2024), amazon.aws#2065 (2024) |
//! | ECR | `InvalidParameterException` | the first one, in quotes | amazon-ecr-login#225 |
//! | Organizations | `InvalidInputException` | the first one, by a reason | API Reference, `InvalidInputException`; aft#287 |
//! | S3 | - | its operations answer | |
//! | all others | `ValidationException` | the framework's | many |

use super::constraint::Constraint;
use super::{Broken, Violation, Violations};
use crate::model::{Protocol, Service};

/// The way of a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    code: &'static str,
    words: Words,
    pub(super) shows_values: bool,
}

#[derive(Debug, Clone, Copy)]
enum Words {
    Framework,
    Ecr,
    Iam,
    Organizations,
}

/// How this service answers; `None` where it does not answer as the model says.
pub(super) fn of(service: &Service) -> Option<Style> {
    let framework = |code| Style { code, words: Words::Framework, shows_values: true };
    Some(match service.name {
        "s3" => return None,
        "ecr" => Style { words: Words::Ecr, ..framework("InvalidParameterException") },
        "organizations" => {
            Style { words: Words::Organizations, ..framework("InvalidInputException") }
        }
        "logs" => framework("InvalidParameterException"),
        "iam" => Style { words: Words::Iam, shows_values: false, ..framework("ValidationError") },
        _ if service.protocols.first() == Some(&Protocol::Query) => framework("ValidationError"),
        _ => framework("ValidationException"),
    })
}

impl Style {
    pub(super) fn violations(self, found: &[Violation]) -> Violations {
        let first = found.first();
        let (message, reason) = match (self.words, first) {
            (Words::Ecr, Some(first)) => (ecr(first), None),
            (Words::Organizations, Some(first)) => {
                let (reason, message) = organizations(&first.broken);
                (message.to_owned(), Some(reason))
            }
            (Words::Iam, Some(first)) => (iam(first).unwrap_or_else(|| framework(found)), None),
            _ => (framework(found), None),
        };
        Violations { code: self.code, reason, message }
    }
}

fn framework(found: &[Violation]) -> String {
    let all: Vec<_> = found.iter().map(Violation::sentence).collect();
    let noun = if all.len() == 1 { "error" } else { "errors" };
    format!("{} validation {noun} detected: {}", all.len(), all.join("; "))
}

fn ecr(first: &Violation) -> String {
    let must = match &first.broken {
        Broken::Own(Constraint::Pattern(text)) => {
            format!("must satisfy regular expression '{text}'")
        }
        broken => broken.must(),
    };
    format!("Invalid parameter at '{}' failed to satisfy constraint: '{must}'", first.path)
}

/// The letters of a name, as the models have them.
const NAME: &str = r"[\w+=,.@-]+";

/// What IAM says of a name or a path of wrong letters. It looks at lengths first, and at letters one
/// member at a time: the framework's sentence stands where a length is wrong too.
fn iam(first: &Violation) -> Option<String> {
    let Broken::Own(Constraint::Pattern(pattern)) = first.broken else { return None };
    let must = match first.path.as_str() {
        _ if pattern == NAME => {
            "must contain only alphanumeric characters and/or the following: +=,.@_-"
        }
        "path" | "newPath" => {
            "must begin and end with / and contain only alphanumeric characters and/or / characters."
        }
        "pathPrefix" => {
            "must begin with the / character and contain only alphanumeric characters and/or / \
             characters."
        }
        _ => return None,
    };
    Some(format!("The specified value for {} is invalid. It {must}", first.path))
}

/// The reasons are those of the API reference, with the sentence that stands there for each.
fn organizations(broken: &Broken) -> (&'static str, &'static str) {
    let constraint = match broken {
        Broken::Null => {
            return ("INPUT_REQUIRED", "You must include a value for all required parameters.");
        }
        Broken::Inner(..) => {
            let message =
                "You provided a list to a parameter that contains at least one invalid value.";
            return ("INVALID_LIST_MEMBER", message);
        }
        Broken::Own(constraint) => constraint,
    };
    match constraint {
        Constraint::LengthMax(_) => {
            ("MAX_LENGTH_EXCEEDED", "You provided a string parameter that is longer than allowed.")
        }
        Constraint::LengthMin(_) => {
            ("MIN_LENGTH_EXCEEDED", "You provided a string parameter that is shorter than allowed.")
        }
        Constraint::Max(_) | Constraint::FloatMax(_) => (
            "MAX_VALUE_EXCEEDED",
            "You provided a numeric parameter that has a larger value than allowed.",
        ),
        Constraint::Min(_) | Constraint::FloatMin(_) => (
            "MIN_VALUE_EXCEEDED",
            "You provided a numeric parameter that has a smaller value than allowed.",
        ),
        Constraint::Values(_) => ("INVALID_ENUM", "You specified an invalid value."),
        Constraint::Pattern(_) => {
            ("INVALID_PATTERN", "You provided a value that does not match the required pattern.")
        }
    }
}

impl Violation {
    fn sentence(&self) -> String {
        let value = self.value.as_ref().map_or_else(String::new, |value| format!(" {value}"));
        let must = self.broken.must();
        format!("Value{value} at '{}' failed to satisfy constraint: {must}", self.path)
    }
}

impl Broken {
    fn must(&self) -> String {
        match self {
            Self::Null => "Member must not be null".to_owned(),
            Self::Own(constraint) => constraint.to_string(),
            Self::Inner(noun, all) => {
                let all: Vec<_> = all.iter().map(ToString::to_string).collect();
                format!("{noun} must satisfy constraint: [{}]", all.join(", "))
            }
        }
    }
}
