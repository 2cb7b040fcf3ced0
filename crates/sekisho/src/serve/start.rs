//! The first start: accounts with their administrators, and the files by which the AWS CLI and the
//! SDKs find them.

use std::fmt::{self, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use sekisho_cloud::founding::{Founded, NewAccount};
use sekisho_iam::AccountId;

/// The name of the first user of each account.
pub const ADMINISTRATOR: &str = "admin";

/// The accounts of a first start that names none: the pipeline's, and the two that it deploys to.
const DEFAULT_ACCOUNTS: [&str; 3] =
    ["tools=111111111111", "staging=222222222222", "production=333333333333"];

/// The accounts of a first start that names none.
pub fn default_accounts() -> Vec<NamedAccount> {
    DEFAULT_ACCOUNTS.iter().filter_map(|text| text.parse().ok()).collect()
}

/// An account on the command line: `NAME=NUMBER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAccount {
    /// Its name in the estate.
    pub name: String,
    /// Its number.
    pub id: AccountId,
}

impl std::str::FromStr for NamedAccount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no account: write `NAME=NUMBER`, as in `staging=222222222222`");
        let (name, id) = text.split_once('=').ok_or_else(wrong)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        let id = AccountId::parse(id).filter(|_| !name.is_empty() && name.bytes().all(plain));
        id.map(|id| Self { name: name.to_owned(), id }).ok_or_else(wrong)
    }
}

impl NamedAccount {
    /// What the engine founds.
    pub(crate) fn founding(&self, region: &str) -> NewAccount {
        NewAccount {
            id: self.id,
            name: self.name.clone(),
            administrator: ADMINISTRATOR.to_owned(),
            region: region.to_owned(),
        }
    }
}

/// Where a server answers.
pub(crate) struct Endpoint<'a> {
    pub(crate) address: SocketAddr,
    /// The certificate to trust, where connections are encrypted.
    pub(crate) trusted: Option<&'a Path>,
}

/// As a profile says it.
impl fmt::Display for Endpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.trusted {
            None => writeln!(f, "endpoint_url = http://{}", self.address),
            Some(file) => writeln!(
                f,
                "endpoint_url = https://{}\n{CA_BUNDLE}{}",
                self.address,
                file.display()
            ),
        }
    }
}

/// The line of a profile that names the certificate to trust.
pub const CA_BUNDLE: &str = "ca_bundle = ";

/// Without it the AWS CLI and boto3 sign URLs of S3 in us-east-1 in the old way (Signature Version 2),
/// which S3 does not take for buckets made after June 2020.
/// Source: S3 User Guide, "Authenticating Requests (AWS Signature Version 2)".
const PRESIGNING: &str = "s3 =\n    signature_version = s3v4\n";

/// The files for clients in a data folder.
pub struct ClientFiles {
    /// For `AWS_CONFIG_FILE`.
    pub config: PathBuf,
    /// For `AWS_SHARED_CREDENTIALS_FILE`.
    pub credentials: PathBuf,
}

impl ClientFiles {
    /// Where they are.
    pub fn of(data: &Path) -> Self {
        let folder = data.join("aws");
        Self { config: folder.join("config"), credentials: folder.join("credentials") }
    }

    /// Writes down the keys of a new account, beside those that are there.
    pub(crate) fn add_key(&self, account: &NamedAccount, key: &Founded) -> io::Result<()> {
        let mut text =
            fs::read_to_string(&self.credentials).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(String::new()),
                _ => Err(error),
            })?;
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "[{}]\naws_access_key_id = {}\naws_secret_access_key = {}\n\n",
            account.name, key.access_key_id, *key.secret_access_key
        );
        replace(&self.credentials, &text)
    }

    /// Writes the profiles: where the engine is, and in which region.
    pub(crate) fn write_config(
        &self,
        names: &[String],
        region: &str,
        endpoint: &Endpoint<'_>,
    ) -> io::Result<()> {
        let profile = |name: &String| {
            format!("[profile {name}]\nregion = {region}\noutput = json\n{endpoint}{PRESIGNING}\n")
        };
        replace(&self.config, &names.iter().map(profile).collect::<String>())
    }
}

/// Puts a file in the place of another, whole, readable by its owner only.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let draft = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}
