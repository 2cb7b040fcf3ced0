//! TLS: a client that trusts the data folder's authority is served, and what it does is known to have
//! come encrypted.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};
use sekisho::serve::{Patience, Server, certificate_file};

use crate::rig::{BUCKET, Rig, settings};
use crate::wire::Wire;

fn rig() -> Rig {
    Rig::bare(|settings| {
        settings.tls = true;
        settings.patience =
            Patience { handshake: Duration::from_millis(400), ..Patience::default() };
    })
}

/// A connection to the server under a name, by a client that trusts this certificate.
fn connect(
    rig: &Rig,
    trusted: &Path,
    name: &str,
    version: &'static SupportedProtocolVersion,
) -> Result<Wire<StreamOwned<ClientConnection, TcpStream>>, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(trusted).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_protocol_versions(&[version]).unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name)?;
    let mut stream = TcpStream::connect(rig.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    while connection.is_handshaking() {
        if let Err(error) = connection.complete_io(&mut stream) {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            return Err(inner.cloned().unwrap_or(rustls::Error::General(error.to_string())));
        }
    }
    Ok(Wire::over(StreamOwned::new(connection, stream)))
}

fn trusted(rig: &Rig) -> std::path::PathBuf {
    certificate_file(&rig.folder.0)
}

#[test]
fn a_client_that_trusts_the_authority_is_served_under_every_local_name() {
    let rig = rig();
    let names = ["localhost", "127.0.0.1", "::1", "bucket.localhost", "my.bucket.s3.localhost"];
    for name in names {
        for version in [&TLS12, &TLS13] {
            let mut wire = connect(&rig, &trusted(&rig), name, version).unwrap();
            wire.send(&rig.query("sts", "Action=GetCallerIdentity&Version=2011-06-15").bytes());
            let reply = wire.reply();
            assert_eq!(reply.status, 200, "{name}: {}", reply.text());
            assert!(reply.text().contains("arn:aws:iam::111111111111:user/admin"));
        }
    }
}

#[test]
fn no_other_name_is_vouched_for() {
    let rig = rig();
    for name in ["example.com", "localhost.example.com", "notlocalhost", "10.0.0.1"] {
        let refused = connect(&rig, &trusted(&rig), name, &TLS13).err();
        let refused = refused.unwrap_or_else(|| panic!("{name} is vouched for"));
        assert!(matches!(refused, rustls::Error::InvalidCertificate(_)), "{name}: {refused}");
    }
    let other = self::rig();
    let refused = connect(&rig, &trusted(&other), "localhost", &TLS13).err().unwrap();
    assert!(matches!(refused, rustls::Error::InvalidCertificate(_)), "{refused}");
}

/// A policy that demands encryption, as `aws:SecureTransport` knows it, and the trail's `tlsDetails`.
#[test]
fn calls_are_known_to_have_come_encrypted() {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Principal":"*","Action":"s3:*",
        "Resource":["arn:aws:s3:::{BUCKET}","arn:aws:s3:::{BUCKET}/*"],
        "Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}}]}}"#
    );
    let rig = rig();
    let mut wire = connect(&rig, &trusted(&rig), "127.0.0.1", &TLS13).unwrap();
    let mut ask = |call: crate::rig::Call| {
        wire.send(&call.bytes());
        let reply = wire.reply();
        assert!(matches!(reply.status, 200 | 204), "{}", reply.text());
        reply.text()
    };
    ask(rig.call("s3", "PUT", &format!("/{BUCKET}")));
    ask(rig.call("s3", "PUT", &format!("/{BUCKET}?policy")).body(policy.as_bytes()));
    ask(rig.call("s3", "PUT", &format!("/{BUCKET}/key")).body(b"body"));
    assert_eq!(ask(rig.call("s3", "GET", &format!("/{BUCKET}/key"))), "body");
    let lookup = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
    let events = ask(rig.json("cloudtrail", lookup, "{}"));
    assert!(
        events.contains(r#"\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_"#),
        "{events}"
    );

    let plain = Rig::start();
    let call = plain.call("s3", "PUT", &format!("/{BUCKET}?policy")).body(policy.as_bytes());
    assert!(matches!(plain.ask(&call).status, 200 | 204));
    let reply = plain.put("key", b"body");
    assert_eq!((reply.status, &*reply.code()), (403, "AccessDenied"), "{}", reply.text());
    assert!(reply.text().contains("with an explicit deny in a resource-based policy"));
}

#[test]
fn whoever_does_not_speak_tls_is_told_or_left() {
    let rig = rig();
    let reply = rig.ask_raw(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains("https://"), "{}", reply.text());

    for bytes in [&b""[..], b"\x16", b"\x16\x03\x01", &[0x16; 100_000]] {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(rig.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = stream.write_all(bytes);
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard);
        assert!(begun.elapsed() < Duration::from_secs(10), "{bytes:?}");
        assert!(!heard.starts_with(b"HTTP"));
    }
    assert!(connect(&rig, &trusted(&rig), "localhost", &TLS13).is_ok(), "the server goes on");
}

#[test]
fn profiles_and_exports_trust_the_authority() {
    let rig = rig();
    let file = trusted(&rig).canonicalize().unwrap();
    let config = fs::read_to_string(rig.folder.0.join("aws/config")).unwrap();
    assert!(config.contains(&format!("endpoint_url = https://{}\n", rig.address)), "{config}");
    assert!(config.contains(&format!("ca_bundle = {}\n", file.display())), "{config}");
    let exports = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .args(["env", "--data"])
        .arg(&rig.folder.0)
        .output()
        .unwrap();
    let exports = String::from_utf8(exports.stdout).unwrap();
    let line = format!("export AWS_CA_BUNDLE='{}'\n", file.display());
    assert!(exports.contains(&line), "{exports}");
}

#[test]
fn the_authority_outlives_the_server() {
    let first = rig();
    let key = first.folder.0.join("tls/ca.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let imported = first.folder.0.join("imported.pem");
    fs::copy(trusted(&first), &imported).unwrap();
    let folder = Arc::clone(&first.folder);
    drop(first);
    let second = Rig::again(folder, |settings| settings.tls = true);
    assert!(connect(&second, &imported, "localhost", &TLS13).is_ok(), "whoever trusts it goes on");
    let folder = Arc::clone(&second.folder);
    drop(second);

    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(refused(&folder.0).contains("can be read by others (mode 0644): run `chmod 600"));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, "something else").unwrap();
    assert!(refused(&folder.0).contains("is not the key that was written there"));
}

/// Why a server does not start.
fn refused(data: &Path) -> String {
    let mut settings = settings(data);
    settings.tls = true;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let begun = runtime.block_on(Server::begin(&settings));
    begun.err().expect("it does not start").to_string()
}
