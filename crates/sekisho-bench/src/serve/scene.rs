//! What the measured calls need on a server: a user with a policy of its own, a role, a key, a
//! bucket with objects. The same calls make it on every server.

use std::net::SocketAddr;

use anyhow::Result;

use super::client::{Ask, Client, Key, between};

/// The bucket.
pub(super) const BUCKET: &str = "bench-bucket";

/// The objects that are written and read in turn.
const OBJECTS: usize = 64;

/// The bytes of a small object.
pub(super) const OBJECT_BYTES: usize = 1024;

/// The policy of the user who calls: each call has a statement that allows it, and one that does not
/// bear on it is asked as well.
pub(super) const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[
{"Effect":"Allow","Action":"iam:GetRole","Resource":"arn:aws:iam::*:role/bench"},
{"Effect":"Allow","Action":["kms:GenerateDataKey","kms:Decrypt"],"Resource":"arn:aws:kms:us-east-1:*:key/*"},
{"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],"Resource":"arn:aws:s3:::bench-bucket/*"},
{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-north-1"}}}]}"#;

/// Who may assume the role.
pub(super) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"codebuild.amazonaws.com"}}}"#;

/// A server that is ready to be measured.
#[derive(Debug)]
pub(super) struct Scene {
    /// The user who calls.
    pub(super) client: Client,
    /// The id of the KMS key.
    pub(super) kms_key: String,
}

impl Scene {
    /// Makes everything, as an administrator.
    ///
    /// # Errors
    /// When the server refuses.
    pub(super) fn set(admin: &Client) -> Result<Self> {
        let form = "Action=CreateUser&UserName=bench&Version=2010-05-08";
        admin.must(&Ask::query("iam", form))?;
        let form = format!(
            "Action=PutUserPolicy&UserName=bench&PolicyName=bench&PolicyDocument={}&Version=2010-05-08",
            escaped(POLICY)
        );
        admin.must(&Ask::query("iam", &form))?;
        let form = "Action=CreateAccessKey&UserName=bench&Version=2010-05-08";
        let made = admin.must(&Ask::query("iam", form))?;
        let id = between(&made, "<AccessKeyId>", "</AccessKeyId>")?.to_owned();
        let secret = between(&made, "<SecretAccessKey>", "</SecretAccessKey>")?.to_owned();
        let form = format!(
            "Action=CreateRole&RoleName=bench&AssumeRolePolicyDocument={}&Version=2010-05-08",
            escaped(TRUST)
        );
        admin.must(&Ask::query("iam", &form))?;
        let made = admin.must(&Ask::json("kms", "TrentService.CreateKey", "{}"))?;
        let text = String::from_utf8_lossy(&made.body).replace("\": \"", "\":\"").into_bytes();
        let made = super::connection::Reply { body: text, ..made };
        let kms_key = between(&made, "\"KeyId\":\"", "\"")?.to_owned();
        admin.must(&Ask::s3("PUT", &format!("/{BUCKET}"), b""))?;
        let client = Client { address: admin.address, key: Key { id, secret } };
        let scene = Self { client, kms_key };
        for request in scene.puts()? {
            super::connection::Connection::open(admin.address)?.call_and_forget(&request)?;
        }
        Ok(scene)
    }

    /// The same things on a server that was started again elsewhere.
    pub(super) fn at(&self, address: SocketAddr) -> Self {
        let client = Client { address, key: self.client.key.clone() };
        Self { client, kms_key: self.kms_key.clone() }
    }

    fn puts(&self) -> Result<Vec<Vec<u8>>> {
        let body = vec![b'x'; OBJECT_BYTES];
        let put = |at| self.client.signed(&Ask::s3("PUT", &path(at), &body));
        (0..OBJECTS).map(put).collect()
    }

    fn gets(&self) -> Result<Vec<Vec<u8>>> {
        let get = |at| self.client.signed(&Ask::s3("GET", &path(at), b""));
        (0..OBJECTS).map(get).collect()
    }
}

fn path(at: usize) -> String {
    format!("/{BUCKET}/object-{at}")
}

/// A measured operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    /// What it is called in the tables.
    pub(super) name: &'static str,
    /// Its requests, to be sent in turn.
    requests: fn(&Scene) -> Result<Vec<Vec<u8>>>,
}

/// The measured operations.
pub(super) const OPERATIONS: [Operation; 5] = [
    Operation { name: "GetCallerIdentity", requests: get_caller_identity },
    Operation { name: "GetRole", requests: get_role },
    Operation { name: "GenerateDataKey", requests: generate_data_key },
    Operation { name: "PutObject, 1 KiB", requests: Scene::puts },
    Operation { name: "GetObject, 1 KiB", requests: Scene::gets },
];

impl Operation {
    /// Its requests, signed now.
    ///
    /// # Errors
    /// When one cannot be made.
    pub(super) fn requests(&self, scene: &Scene) -> Result<Vec<Vec<u8>>> {
        (self.requests)(scene)
    }
}

/// Who am I.
///
/// # Errors
/// When the request cannot be made.
pub(super) fn whoami(client: &Client) -> Result<Vec<u8>> {
    client.signed(&Ask::query("sts", "Action=GetCallerIdentity&Version=2011-06-15"))
}

fn get_caller_identity(scene: &Scene) -> Result<Vec<Vec<u8>>> {
    Ok(vec![whoami(&scene.client)?])
}

fn get_role(scene: &Scene) -> Result<Vec<Vec<u8>>> {
    let form = "Action=GetRole&RoleName=bench&Version=2010-05-08";
    Ok(vec![scene.client.signed(&Ask::query("iam", form))?])
}

fn generate_data_key(scene: &Scene) -> Result<Vec<Vec<u8>>> {
    let text = format!(r#"{{"KeyId":"{}","KeySpec":"AES_256"}}"#, scene.kms_key);
    let ask = Ask::json("kms", "TrentService.GenerateDataKey", &text);
    Ok(vec![scene.client.signed(&ask)?])
}

/// A text as forms carry it.
pub(super) fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_carry_any_text() {
        assert_eq!(escaped("a=1&\n"), "a%3D1%26%0A");
    }
}
