//! What an operation answers when it does not succeed: AWS's code, AWS's text.

use sekisho_wire::value::Structure;

/// A failure in the service's own terms. How it is written is the protocol's affair.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The code: `NoSuchEntity`, `NotFoundException` …
    pub code: &'static str,
    /// The text; some faults of KMS have none.
    pub message: Option<String>,
    /// The HTTP status, where it is not the model's.
    pub status: Option<u16>,
    /// Further members of the error: `BucketName` …
    pub members: Structure,
    /// Headers that the reply has beside the protocol's own: `x-amz-bucket-region` …
    pub headers: Vec<(&'static str, String)>,
    /// Whether a missing permission is the reason.
    pub denial: bool,
}

impl Fault {
    /// A fault with a text; its status is that of the model.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
            status: None,
            members: Structure::new(),
            headers: Vec::new(),
            denial: false,
        }
    }

    /// A fault without a text.
    pub fn silent(code: &'static str) -> Self {
        Self { message: None, ..Self::new(code, "") }
    }

    /// The same with an HTTP status of its own.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with a further member.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.members.set(name, sekisho_wire::Value::Text(value.into()));
        self
    }
}

/// The code of what is not served.
pub const NOT_SERVED: &str = "NotImplemented";

impl Fault {
    /// What this engine does not serve: an operation or a member of one that AWS has.
    pub fn not_served(message: &str) -> Self {
        Self::new(NOT_SERVED, message).with_status(501)
    }

    /// What should not happen: the engine's own failure. Its reason is not the caller's affair.
    pub fn internal(_reason: &dyn std::fmt::Display) -> Self {
        Self::new("InternalFailure", "the engine failed to carry out the request").with_status(500)
    }

    /// The caller's credentials have just ceased to be anybody's.
    pub fn gone() -> Self {
        let text = "The security token included in the request is invalid.";
        Self::new("InvalidClientTokenId", text).with_status(403)
    }
}
