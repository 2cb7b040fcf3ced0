//! The client's side: signing a head in its `Authorization` header, or presigning its URL.

use http::{HeaderName, HeaderValue, Uri, request::Parts};
use percent_encoding::utf8_percent_encode;

use super::{
    ALGORITHM,
    canonical::{NAME, PathRule, Signing, canonical_request, string_to_sign},
    chain::Chain,
    claim::Dialect,
    credential::Credential,
    date::AmzDate,
    key::SigningKey,
    payload::Payload,
};

/// Headers that a client does not sign: those that proxies change, and the signature itself.
const NOT_SIGNED: [HeaderName; 5] = [
    http::header::AUTHORIZATION,
    http::header::USER_AGENT,
    http::header::EXPECT,
    http::header::CONNECTION,
    http::header::TRANSFER_ENCODING,
];

/// A key that signs requests of one day, region and service.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Whose key, and its scope.
    pub credential: Credential,
    /// The key.
    pub key: SigningKey,
    /// The token of the session that the key is of.
    pub session_token: Option<String>,
    /// How paths are made canonical.
    pub rule: PathRule,
    /// Whether the payload is told in `x-amz-content-sha256`, as S3 wants it.
    pub tells_payload: bool,
}

/// A signature that was made.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The signature, in hexadecimal.
    pub text: String,
    /// What was signed.
    pub string_to_sign: String,
    /// The canonical request behind it.
    pub canonical_request: Vec<u8>,
    /// From which the signatures of chunks go on.
    pub chain: Chain,
}

impl Signer {
    /// A signer of a secret, for a service of some family.
    pub fn new(secret: &str, credential: Credential, dialect: Dialect) -> Self {
        let key = SigningKey::derive(secret, &credential);
        let (rule, tells_payload) = (dialect.path_rule(), dialect == Dialect::S3);
        Self { credential, key, session_token: None, rule, tells_payload }
    }

    /// Adds the token of a session.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.session_token = Some(token.to_owned());
        self
    }

    /// Signs a head: adds `x-amz-date`, the session's token and `authorization`, and for S3
    /// `x-amz-content-sha256`.
    ///
    /// The payload is what is to stand for the body: a hash, or [`Payload::declared`]'s word.
    ///
    /// # Errors
    /// The session's token cannot stand in a header.
    pub fn sign(
        &self,
        head: &mut Parts,
        date: &AmzDate,
        payload: &str,
    ) -> Result<Signature, http::Error> {
        head.headers.insert("x-amz-date", HeaderValue::from_str(date.text())?);
        if let Some(token) = &self.session_token {
            head.headers.insert("x-amz-security-token", HeaderValue::from_str(token)?);
        }
        if self.tells_payload {
            head.headers.insert("x-amz-content-sha256", HeaderValue::from_str(payload)?);
        }
        let names = signed_names(head);
        let signature = self.signature(head, &names, Signing::Header, date, payload);
        let Credential { access_key_id, .. } = &self.credential;
        let (scope, names, text) = (self.credential.scope(), names.join(";"), &signature.text);
        let authorization = format!(
            "{ALGORITHM} Credential={access_key_id}/{scope}, SignedHeaders={names}, Signature={text}"
        );
        head.headers.insert(http::header::AUTHORIZATION, HeaderValue::from_str(&authorization)?);
        Ok(signature)
    }

    /// Presigns a head: its URL then holds the signature, for so many seconds.
    ///
    /// # Errors
    /// The URL cannot be put together.
    pub fn presign(
        &self,
        head: &mut Parts,
        date: &AmzDate,
        expires: u32,
        payload: &str,
    ) -> Result<Signature, http::Error> {
        let names = signed_names(head);
        let Credential { access_key_id, .. } = &self.credential;
        let (credential, names_text) =
            (format!("{access_key_id}/{}", self.credential.scope()), names.join(";"));
        let expires = expires.to_string();
        let mut pairs = vec![
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", date.text()),
            ("X-Amz-Expires", &expires),
            ("X-Amz-SignedHeaders", &names_text),
        ];
        pairs.extend(self.session_token.as_deref().map(|token| ("X-Amz-Security-Token", token)));
        head.uri = with_query(&head.uri, &pairs)?;
        let signature = self.signature(head, &names, Signing::Query, date, payload);
        head.uri = with_query(&head.uri, &[("X-Amz-Signature", &signature.text)])?;
        Ok(signature)
    }

    fn signature(
        &self,
        head: &Parts,
        names: &[String],
        signing: Signing,
        date: &AmzDate,
        payload: &str,
    ) -> Signature {
        let canonical = canonical_request(head, names, self.rule, signing, payload);
        let string_to_sign = string_to_sign(date.text(), &self.credential, &canonical);
        let text = self.key.sign(string_to_sign.as_bytes());
        let chain = Chain::new(&self.key, date, &self.credential, &text);
        Signature { text, string_to_sign, canonical_request: canonical, chain }
    }
}

impl Payload {
    /// What a client puts where the hash of the body stands.
    pub fn of_client(&self, body: &[u8]) -> String {
        self.declared().map_or_else(|| super::sha256_hex(body), str::to_owned)
    }
}

/// The names of the headers to sign, sorted; the host is signed even if only the URL holds it.
fn signed_names(head: &Parts) -> Vec<String> {
    let headers = head.headers.keys().filter(|name| !NOT_SIGNED.contains(name));
    let mut names: Vec<_> = headers.map(|name| name.as_str().to_owned()).collect();
    names.push("host".to_owned());
    names.sort_unstable();
    names.dedup();
    names
}

/// Adds parameters to a URL's query.
fn with_query(uri: &Uri, pairs: &[(&str, &str)]) -> Result<Uri, http::Error> {
    let query = uri.query().filter(|query| !query.is_empty()).map(str::to_owned);
    let encode = |text| utf8_percent_encode(text, NAME);
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    let query = query.into_iter().chain(pairs).collect::<Vec<_>>().join("&");
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{query}", uri.path()).parse()?);
    Ok(Uri::from_parts(parts)?)
}
