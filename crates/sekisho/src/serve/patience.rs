//! How long clients may take.

use std::time::Duration;

/// How long clients may take. Nobody but a test has a reason for other values than the usual ones.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For a TLS handshake.
    pub handshake: Duration,
    /// For the head of a request, and between two requests of a connection.
    pub head: Duration,
    /// For each piece of a body.
    pub silence: Duration,
    /// For a whole body that is not a stream.
    pub whole: Duration,
    /// For requests in progress when the server ends.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(20),
            silence: Duration::from_secs(20),
            whole: Duration::from_secs(60),
            end: Duration::from_secs(10),
        }
    }
}
