//! TLS: connections that begin with a handshake, and what is known of them then.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SigningKey};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, ProtocolVersion, ServerConfig};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::authority::{Authority, Key};

/// The first byte of every handshake (RFC 8446, 5.1: `handshake(22)`).
const HANDSHAKE: u8 = 0x16;

/// What is said to a client that speaks HTTP without TLS.
const SPEAK_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\n\
    content-length: 56\r\nconnection: close\r\n\r\n\
    this server speaks TLS: call it with https:// addresses\n";

/// How CloudTrail spells the suites of TLS 1.2 that a key like ours can have: as OpenSSL does. Source:
/// CloudTrail User Guide, "CloudTrail record contents" (`tlsDetails`).
const OLDER_SUITES: [(CipherSuite, &str); 3] = [
    (CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECDHE-ECDSA-AES128-GCM-SHA256"),
    (CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384"),
    (CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-ECDSA-CHACHA20-POLY1305"),
];

/// Takes connections with TLS 1.2 or 1.3.
#[derive(Clone)]
pub(super) struct Tls {
    acceptor: TlsAcceptor,
}

/// Makes a certificate for each connection, always of the same key.
struct Certificates {
    authority: Authority,
    key: Key,
    signing: Arc<dyn SigningKey>,
}

impl std::fmt::Debug for Certificates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Certificates(..)")
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let certificate = self.authority.vouch(&self.key, hello.server_name()).ok()?;
        Some(Arc::new(CertifiedKey::new(vec![certificate], Arc::clone(&self.signing))))
    }
}

impl Tls {
    /// With the authority of a data folder. The server's own key is made here and kept nowhere.
    ///
    /// # Errors
    /// When the authority cannot be opened.
    pub(super) fn open(data: &Path, address: IpAddr) -> io::Result<Self> {
        let made = Key::make()?;
        let private = PrivateKeyDer::Pkcs8(made.as_ref().into());
        let signing = aws_lc_rs::sign::any_ecdsa_type(&private).map_err(io::Error::other)?;
        let key = Key::read(made.as_ref())?;
        let authority = Authority::open(data, address)?;
        let certificates = Arc::new(Certificates { authority, key, signing });
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider);
        let config = config.with_protocol_versions(&[&TLS13, &TLS12]).map_err(io::Error::other)?;
        let mut config = config.with_no_client_auth().with_cert_resolver(certificates);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// Shakes hands. Gives the connection, and its version and cipher suite in AWS's spelling.
    ///
    /// # Errors
    /// When the client does not, or takes too long.
    pub(super) async fn accept(
        &self,
        stream: TcpStream,
        time_max: Duration,
    ) -> io::Result<(TlsStream<TcpStream>, (String, String))> {
        timeout(time_max, self.shake(stream)).await.map_err(|_| io::ErrorKind::TimedOut)?
    }

    async fn shake(
        &self,
        mut stream: TcpStream,
    ) -> io::Result<(TlsStream<TcpStream>, (String, String))> {
        let mut first = [0];
        if stream.peek(&mut first).await? == 1 && first != [HANDSHAKE] {
            stream.write_all(SPEAK_TLS).await?;
            stream.shutdown().await?;
            // A client that is still writing would lose the answer if this closed at once.
            tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
            return Err(io::ErrorKind::InvalidData.into());
        }
        let stream = self.acceptor.accept(stream).await?;
        let (_, connection) = stream.get_ref();
        let suite = connection.negotiated_cipher_suite().map(|suite| suite.suite());
        let details = spelled(connection.protocol_version(), suite);
        Ok((stream, details))
    }
}

fn spelled(version: Option<ProtocolVersion>, suite: Option<CipherSuite>) -> (String, String) {
    let version = match version {
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
        _ => "TLSv1.3",
    };
    let older = OLDER_SUITES.into_iter().find(|(one, _)| Some(*one) == suite);
    let newer = || suite.and_then(|suite| suite.as_str()).unwrap_or_default().to_owned();
    let suite = older.map_or_else(newer, |(_, name)| name.to_owned());
    // The library's names begin with the version; the protocol's do not.
    (version.to_owned(), suite.replacen("TLS13_", "TLS_", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_suites_are_spelled_as_cloudtrail_does() {
        let cases = [
            (
                ProtocolVersion::TLSv1_3,
                CipherSuite::TLS13_AES_128_GCM_SHA256,
                ("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
            ),
            (
                ProtocolVersion::TLSv1_2,
                CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                ("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"),
            ),
        ];
        for (version, suite, (name, suite_name)) in cases {
            let expected = (name.to_owned(), suite_name.to_owned());
            assert_eq!(spelled(Some(version), Some(suite)), expected);
        }
    }

    #[test]
    fn whoever_speaks_plainly_is_told_in_as_many_bytes_as_are_announced() {
        let text = std::str::from_utf8(SPEAK_TLS).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
    }

    #[test]
    fn every_suite_of_tls_1_2_that_our_key_can_have_is_spelled() {
        for suite in aws_lc_rs::default_provider().cipher_suites {
            let name = spelled(Some(suite.version().version), Some(suite.suite())).1;
            assert!(!name.is_empty() && !name.contains("_ECDSA_"), "{name}");
        }
    }
}
