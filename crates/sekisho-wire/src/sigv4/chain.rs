//! The signatures of chunks: each covers the one before it, and the first covers the request's.
//!
//! AWS pages: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
//! Chunks" and "... Including Trailing Headers" (Amazon S3 API Reference).

use aws_lc_rs::digest::{Context, SHA256};

use super::{Credential, EMPTY_SHA256, SigningKey, date::AmzDate, sha256_hex};

/// The running signature of a body in chunks.
#[derive(Debug, Clone)]
pub struct Chain {
    key: SigningKey,
    date: String,
    scope: String,
    previous: String,
}

impl Chain {
    /// A chain that begins with the signature of the request's head.
    pub fn new(key: &SigningKey, date: &AmzDate, credential: &Credential, seed: &str) -> Self {
        let (date, scope) = (date.text().to_owned(), credential.scope());
        Self { key: key.clone(), date, scope, previous: seed.to_owned() }
    }

    /// Signs the next chunk, and goes on from it.
    pub fn sign_chunk(&mut self, data: &[u8]) -> String {
        let text = self.chunk(&sha256_hex(data));
        self.sign(&text)
    }

    /// Signs the trailers: each `name:value` and a line feed, in the order in which they are sent.
    pub fn sign_trailers(&mut self, trailers: &[u8]) -> String {
        let text = self.trailers(trailers);
        self.sign(&text)
    }

    /// Whether `given` is the next chunk's signature; if so the chain goes on from it, if not the
    /// text that should have been signed is given back.
    pub(crate) fn accept_chunk(&mut self, hash: Context, given: &str) -> Result<(), String> {
        let text = self.chunk(&hex::encode(hash.finish()));
        self.accept(text, given)
    }

    /// The same for the trailers.
    pub(crate) fn accept_trailers(&mut self, trailers: &[u8], given: &str) -> Result<(), String> {
        let text = self.trailers(trailers);
        self.accept(text, given)
    }

    /// A hash for the data of the next chunk.
    pub(crate) fn hasher() -> Context {
        Context::new(&SHA256)
    }

    fn accept(&mut self, text: String, given: &str) -> Result<(), String> {
        if !self.key.matches(text.as_bytes(), given) {
            return Err(text);
        }
        given.clone_into(&mut self.previous);
        Ok(())
    }

    fn sign(&mut self, text: &str) -> String {
        self.previous = self.key.sign(text.as_bytes());
        self.previous.clone()
    }

    fn chunk(&self, hash: &str) -> String {
        let Self { date, scope, previous, .. } = self;
        format!("AWS4-HMAC-SHA256-PAYLOAD\n{date}\n{scope}\n{previous}\n{EMPTY_SHA256}\n{hash}")
    }

    fn trailers(&self, trailers: &[u8]) -> String {
        let Self { date, scope, previous, .. } = self;
        let hash = sha256_hex(trailers);
        format!("AWS4-HMAC-SHA256-TRAILER\n{date}\n{scope}\n{previous}\n{hash}")
    }
}
