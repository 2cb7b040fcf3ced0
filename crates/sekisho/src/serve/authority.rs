//! The certificate authority of one data folder: it vouches for this server under the names of the
//! loopback interface, and can vouch for nothing else.
//!
//! What is kept is its key. Its certificate is written anew at each start, and a server's
//! certificate is made for each connection, a signature of some 40 µs: so nothing expires while
//! somebody looks away, and every bucket can be a host name (`bucket.localhost`), which a wildcard
//! would not cover where the bucket has dots, nor for OpenSSL, which takes no `*.localhost`.
//!
//! RFC 5280, 4.2.1.10 "Name Constraints"; RFC 6761, 6.3 (`localhost.`).

use std::fs::File;
use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyUsagePurpose, NameConstraints, PublicKeyData, SanType,
    SerialNumber, SignatureAlgorithm, SigningKey,
};
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::engine::machine_ms;
use super::start::replace;

/// The kind of all keys.
const KIND: &EcdsaSigningAlgorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;

/// How long the authority's certificate is valid: whoever imported it somewhere need not do so again
/// soon. It is written anew at each start.
const AUTHORITY_VALID: Duration = Duration::from_secs(10 * 365 * 86_400);

/// How long a server's certificate is valid. It is made for one connection.
const SERVER_VALID: Duration = Duration::from_secs(7 * 86_400);

/// How long before now certificates begin to be valid: clocks of virtual machines differ.
const BEFORE: Duration = Duration::from_secs(86_400);

/// The longest file that is read as a key, in bytes: one of P-256 has 241.
const KEY_FILE_BYTES_MAX: u64 = 4 * 1024;

const ARMOUR: [&str; 2] = ["-----BEGIN PRIVATE KEY-----\n", "\n-----END PRIVATE KEY-----\n"];

/// A key. Its secret part is wiped by aws-lc when it is dropped.
pub(super) struct Key {
    pair: EcdsaKeyPair,
}

/// The authority.
pub(super) struct Authority {
    issuer: Issuer<'static, Key>,
    /// The names that every certificate has.
    names: Vec<SanType>,
}

/// The authority's certificate in a data folder: what clients are to trust.
pub fn certificate_file(data: &Path) -> PathBuf {
    data.join("tls").join("ca.pem")
}

impl Authority {
    /// Opens the authority of a data folder, or makes one there, and writes its certificate.
    ///
    /// # Errors
    /// When a file cannot be read or written, or the key is not one, or others can read it.
    pub(super) fn open(data: &Path, address: IpAddr) -> io::Result<Self> {
        let path = data.join("tls").join("ca.key");
        let key = match File::open(&path) {
            Ok(file) => read_key(file, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => make_key(&path)?,
            Err(error) => return Err(error),
        };
        let addresses = addresses(address);
        let params = authority_params(&key, &addresses)?;
        let certificate = params.self_signed(&key).map_err(io::Error::other)?;
        replace(&certificate_file(data), &certificate.pem())?;
        let localhost = "localhost".try_into().map(SanType::DnsName).map_err(io::Error::other)?;
        let names = std::iter::once(localhost).chain(addresses.into_iter().map(SanType::IpAddress));
        Ok(Self { names: names.collect(), issuer: Issuer::new(params, key) })
    }

    /// A certificate for a server's key. `asked` is the name that the client calls, if it says one.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn vouch(
        &self,
        key: &Key,
        asked: Option<&str>,
    ) -> io::Result<CertificateDer<'static>> {
        let mut params = params(SERVER_VALID, "sekisho")?;
        params.subject_alt_names.clone_from(&self.names);
        let ours = asked.filter(|name| name.to_ascii_lowercase().ends_with(".localhost"));
        let ours = ours.and_then(|name| name.try_into().ok());
        params.subject_alt_names.extend(ours.map(SanType::DnsName));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(key, &self.issuer).map_err(io::Error::other)?;
        Ok(certificate.der().clone())
    }
}

/// The addresses that the server is reached under, as far as they are known: with `0.0.0.0` only
/// those of the loopback interface are.
fn addresses(listens: IpAddr) -> Vec<IpAddr> {
    let mut addresses = vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    if !listens.is_unspecified() && !addresses.contains(&listens) {
        addresses.push(listens);
    }
    addresses
}

fn authority_params(key: &Key, addresses: &[IpAddr]) -> io::Result<CertificateParams> {
    // Two data folders have two authorities, which a store of certificates should tell apart.
    let id = params(AUTHORITY_VALID, "")?.key_identifier(key);
    let id: String = id.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut params = params(AUTHORITY_VALID, &format!("Sekisho local authority {id}"))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let host = |address: &IpAddr| if address.is_ipv4() { 32 } else { 128 };
    let address =
        |one: &IpAddr| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(*one, host(one)));
    let name = GeneralSubtree::DnsName("localhost".to_owned());
    let permitted_subtrees = std::iter::once(name).chain(addresses.iter().map(address)).collect();
    let excluded_subtrees = Vec::new();
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees });
    Ok(params)
}

/// What all certificates have: a name, a time, and a number of their own.
fn params(valid: Duration, name: &str) -> io::Result<CertificateParams> {
    let mut number = [0; 16];
    getrandom::fill(&mut number)
        .map_err(|_| io::Error::other("the system gives no random bytes"))?;
    // Positive, and not shorter for beginning with zero.
    number[0] = number[0] & 0x3f | 0x40;
    let now = Duration::from_millis(u64::try_from(machine_ms()).unwrap_or_default());
    let mut params = CertificateParams::default();
    params.not_before = rcgen::date_time_ymd(1970, 1, 1) + now.saturating_sub(BEFORE);
    params.not_after = rcgen::date_time_ymd(1970, 1, 1) + now + valid;
    params.serial_number = Some(SerialNumber::from_slice(&number));
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

impl Key {
    /// Reads a key in PKCS #8.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn read(der: &[u8]) -> io::Result<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(KIND, der).map_err(io::Error::other)?;
        Ok(Self { pair })
    }

    /// Makes a key; in PKCS #8, wiped when it is dropped.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn make() -> io::Result<impl AsRef<[u8]>> {
        let made = EcdsaKeyPair::generate_pkcs8(KIND, &SystemRandom::new());
        made.map_err(|_| io::Error::other("the system gives no random bytes"))
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Key {
    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signature = self.pair.sign(&SystemRandom::new(), text);
        let signature = signature.map_err(|_| rcgen::Error::RingUnspecified)?;
        Ok(signature.as_ref().to_vec())
    }
}

fn make_key(path: &Path) -> io::Result<Key> {
    let made = Key::make()?;
    let base64 = Zeroizing::new(STANDARD.encode(made.as_ref()));
    let [begin, end] = ARMOUR;
    let text = Zeroizing::new([begin, &base64, end].concat());
    replace(path, &text)?;
    Key::read(made.as_ref())
}

fn read_key(file: File, path: &Path) -> io::Result<Key> {
    let shown = path.display();
    let mode = file.metadata()?.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        let why =
            format!("`{shown}` can be read by others (mode {mode:04o}): run `chmod 600 {shown}`");
        return Err(io::Error::other(why));
    }
    let mut text = Zeroizing::new(String::new());
    file.take(KEY_FILE_BYTES_MAX).read_to_string(&mut text)?;
    let [begin, end] = ARMOUR;
    let inner = text.strip_prefix(begin).and_then(|text| text.strip_suffix(end));
    let der = inner.and_then(|text| STANDARD.decode(text).ok()).map(Zeroizing::new);
    let key = der.and_then(|der| Key::read(&der).ok());
    key.ok_or_else(|| {
        let why = format!(
            "`{shown}` is not the key that was written there: put it back, or remove it, and trust \
             the new certificate that comes with the next one"
        );
        io::Error::other(why)
    })
}
