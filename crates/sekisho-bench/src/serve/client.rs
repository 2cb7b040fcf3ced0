//! Signed requests as bytes: what a client would send, made before it is measured.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use http::Request;
use http::request::Parts;
use sekisho_wire::sigv4::{AmzDate, Chain, Credential, Dialect, Signer, sha256_hex};

use super::connection::{Connection, Reply};

/// The region that is called.
pub(super) const REGION: &str = "us-east-1";

/// An access key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// `AKIA…`.
    pub(super) id: String,
    /// Its secret.
    pub(super) secret: String,
}

/// Somebody who calls a server.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// The server.
    pub(super) address: SocketAddr,
    /// The access key.
    pub(super) key: Key,
}

/// A request before it is signed.
#[derive(Debug, Clone)]
pub(super) struct Ask<'a> {
    /// For whom it is signed: `sts`.
    pub(super) service: &'a str,
    /// `POST`.
    pub(super) method: &'a str,
    /// `/`.
    pub(super) path: &'a str,
    /// Headers besides the host's and the signature's.
    pub(super) headers: Vec<(&'a str, String)>,
    /// The body, as far as it is sent with the head.
    pub(super) body: &'a [u8],
    /// What is signed for the body, where that is not its hash: `UNSIGNED-PAYLOAD`.
    pub(super) payload: Option<&'a str>,
    /// The length of the body, where it comes later.
    pub(super) body_bytes: Option<usize>,
}

impl<'a> Ask<'a> {
    /// A call of the query protocol.
    pub(super) fn query(service: &'a str, form: &'a str) -> Self {
        let kind = "application/x-www-form-urlencoded; charset=utf-8".to_owned();
        Self { headers: vec![("content-type", kind)], ..Self::of(service, "POST", "/", form) }
    }

    /// A call of the JSON protocol: `TrentService.GenerateDataKey`.
    pub(super) fn json(service: &'a str, target: &str, text: &'a str) -> Self {
        let headers = vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target", target.to_owned()),
        ];
        Self { headers, ..Self::of(service, "POST", "/", text) }
    }

    /// A call of S3.
    pub(super) fn s3(method: &'a str, path: &'a str, body: &'a [u8]) -> Self {
        Self { body, ..Self::of("s3", method, path, "") }
    }

    fn of(service: &'a str, method: &'a str, path: &'a str, body: &'a str) -> Self {
        let body = body.as_bytes();
        let headers = Vec::new();
        Self { service, method, path, headers, body, payload: None, body_bytes: None }
    }
}

impl Client {
    /// The request, signed now.
    ///
    /// # Errors
    /// When it is no request.
    pub(super) fn signed(&self, ask: &Ask<'_>) -> Result<Vec<u8>> {
        Ok(self.signed_with_chain(ask)?.0)
    }

    /// The request, signed now, with the chain from which the signatures of chunks go on.
    ///
    /// # Errors
    /// When it is no request.
    pub(super) fn signed_with_chain(&self, ask: &Ask<'_>) -> Result<(Vec<u8>, Chain)> {
        let (head, chain) = self.head(ask)?;
        let mut text = format!("{} {} HTTP/1.1\r\n", ask.method, ask.path);
        for (name, value) in &head.headers {
            text += &format!("{name}: {}\r\n", value.to_str()?);
        }
        text += "\r\n";
        Ok(([text.as_bytes(), ask.body].concat(), chain))
    }

    /// The head of the request, signed now.
    ///
    /// # Errors
    /// When it is no request.
    pub(super) fn head(&self, ask: &Ask<'_>) -> Result<(Parts, Chain)> {
        let date = now()?;
        let host = self.address.to_string();
        let mut request = Request::builder().method(ask.method).uri(ask.path).header("host", host);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let bytes = ask.body_bytes.unwrap_or(ask.body.len());
        let (mut head, ()) = request.header("content-length", bytes).body(())?.into_parts();
        let credential = Credential::new(&self.key.id, date.day(), REGION, ask.service);
        let dialect = match ask.service {
            "s3" => Dialect::S3,
            "kms" => Dialect::Json,
            _ => Dialect::Query,
        };
        let hash = ask.payload.map_or_else(|| sha256_hex(ask.body), str::to_owned);
        let signer = Signer::new(&self.key.secret, credential, dialect);
        let signature = signer.sign(&mut head, &date, &hash)?;
        Ok((head, signature.chain))
    }

    /// Places a call that must succeed.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn must(&self, ask: &Ask<'_>) -> Result<Reply> {
        let reply = Connection::open(self.address)?.call(&self.signed(ask)?)?;
        let text = || String::from_utf8_lossy(&reply.body).into_owned();
        ensure!(reply.status / 100 == 2, "{} {}: {}", ask.service, ask.path, text());
        Ok(reply)
    }
}

/// The machine's time.
///
/// # Errors
/// When it cannot be told.
pub(super) fn now() -> Result<AmzDate> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    AmzDate::at(i64::try_from(since.as_millis())?).context("the clock is off")
}

/// The text between two others in a reply.
///
/// # Errors
/// When it is not there.
pub(super) fn between<'a>(reply: &'a Reply, before: &str, after: &str) -> Result<&'a str> {
    let text = std::str::from_utf8(&reply.body).context("the reply is no text")?;
    let found = text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
    found.map(|(found, _)| found).with_context(|| format!("no `{before}` in `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_signed_with_its_body_behind_it() {
        let key = Key { id: "AKIA1".to_owned(), secret: "s".to_owned() };
        let client = Client { address: "127.0.0.1:1".parse().unwrap(), key };
        let ask = Ask::query("sts", "Action=GetCallerIdentity");
        let text = String::from_utf8(client.signed(&ask).unwrap()).unwrap();
        assert!(text.starts_with("POST / HTTP/1.1\r\nhost: 127.0.0.1:1\r\n"), "{text}");
        assert!(text.contains("\r\nauthorization: AWS4-HMAC-SHA256 Credential=AKIA1/"), "{text}");
        assert!(text.ends_with("\r\n\r\nAction=GetCallerIdentity"), "{text}");
    }
}
