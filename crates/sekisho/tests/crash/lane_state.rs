//! A client's state that is no object: parameters, secrets, users, keys and what they encrypted.

use serde_json::{Value as Json, json};

use crate::client::{Client, Trouble};
use crate::known::Known;
use crate::lane::Maker;
use crate::random::Random;

/// Parameters and users of each lane.
const EACH: usize = 3;

/// What one client keeps in other services than S3.
pub(crate) struct State {
    lane: u64,
    /// Value and version.
    parameters: [Known<(String, i64)>; EACH],
    /// The tag of each user; empty: none.
    users: [Known<String>; EACH],
    /// The current value and the one before.
    secret: Known<(String, String)>,
    key: String,
    /// What was encrypted, and to what.
    ciphertexts: Vec<(String, String)>,
}

impl State {
    pub(crate) fn new(lane: u64) -> Self {
        Self {
            lane,
            parameters: Default::default(),
            users: Default::default(),
            secret: Known::default(),
            key: String::new(),
            ciphertexts: Vec::new(),
        }
    }

    fn parameter(&self, place: usize) -> String {
        format!("/crash/{}/{place}", self.lane)
    }

    fn user(&self, place: usize) -> String {
        format!("crash-{}-{place}", self.lane)
    }

    fn secret(&self) -> String {
        format!("crash/{}", self.lane)
    }

    pub(crate) fn furnish(&mut self, client: &mut Client) -> Result<(), Trouble> {
        let made = expect(kms(client, "CreateKey", &json!({}))?, "CreateKey")?;
        self.key = text(&made["KeyMetadata"]["KeyId"]);
        Ok(())
    }

    pub(crate) fn check(
        &mut self,
        client: &mut Client,
        random: &mut Random,
        all: bool,
    ) -> Result<(), Trouble> {
        for place in 0..EACH {
            let name = self.parameter(place);
            let input = json!({ "Name": name, "WithDecryption": true });
            let read = client.json("ssm", "AmazonSSM.GetParameter", &input)?;
            let found = there(read, "ParameterNotFound", &name)?.map(|found| {
                let parameter = &found["Parameter"];
                (text(&parameter["Value"]), parameter["Version"].as_i64().unwrap())
            });
            self.parameters[place].found(&name, found)?;
        }
        for place in 0..EACH {
            let name = self.user(place);
            let reply = client.query("iam", "ListUserTags", &[("UserName", &name)])?;
            let found = match reply.status {
                200 => Some(reply.element("Value")),
                404 => None,
                _ => return Err(reply.wrong("ListUserTags")),
            };
            self.users[place].found(&name, found)?;
        }
        self.check_secret(client)?;
        let mut ciphertexts = self.ciphertexts.iter().filter(|_| all || random.once_in(4));
        ciphertexts.try_for_each(|(ciphertext, plain)| decrypt(client, ciphertext, plain))
    }

    fn check_secret(&mut self, client: &mut Client) -> Result<(), Trouble> {
        let id = self.secret();
        let mut stage = |stage: &str| {
            let input = json!({ "SecretId": id, "VersionStage": stage });
            let read = client.json("secretsmanager", "secretsmanager.GetSecretValue", &input)?;
            let found = there(read, "ResourceNotFoundException", &id)?;
            Ok::<_, Trouble>(found.map(|found| text(&found["SecretString"])))
        };
        let current = stage("AWSCURRENT")?;
        let previous = stage("AWSPREVIOUS")?.unwrap_or_default();
        Ok(self.secret.found(&id, current.map(|current| (current, previous)))?)
    }

    pub(crate) fn write(
        &mut self,
        client: &mut Client,
        random: &mut Random,
        maker: &mut Maker,
    ) -> Result<(), Trouble> {
        let place = random.len(0..EACH);
        match random.below(12) {
            0..=3 => self.put_parameter(client, place, &maker.text()),
            4 => self.delete_parameter(client, place),
            5..=7 => self.change_user(client, place, &maker.text(), random),
            8 | 9 => self.put_secret(client, &maker.text()),
            10 => self.encrypt(client, &maker.text()),
            _ => self.rotate(client),
        }
    }

    fn put_parameter(
        &mut self,
        client: &mut Client,
        place: usize,
        value: &str,
    ) -> Result<(), Trouble> {
        let (name, known) = (self.parameter(place), &mut self.parameters[place]);
        let version = known.told().map_or(1, |(_, version)| version + 1);
        known.ask(Some((value.to_owned(), version)));
        // A parameter keeps its type.
        let kind = if place == 0 { "SecureString" } else { "String" };
        let input = json!({ "Name": name, "Value": value, "Type": kind, "Overwrite": true });
        let put = client.json("ssm", "AmazonSSM.PutParameter", &input)?;
        let told = expect(put, "PutParameter")?["Version"].as_i64();
        known.done();
        if told == Some(version) {
            return Ok(());
        }
        Err(Trouble::Wrong(format!("{name} has version {told:?}, and should have {version}")))
    }

    fn delete_parameter(&mut self, client: &mut Client, place: usize) -> Result<(), Trouble> {
        let (name, known) = (self.parameter(place), &mut self.parameters[place]);
        known.ask(None);
        let input = json!({ "Name": name });
        there(
            client.json("ssm", "AmazonSSM.DeleteParameter", &input)?,
            "ParameterNotFound",
            &name,
        )?;
        known.done();
        Ok(())
    }

    fn change_user(
        &mut self,
        client: &mut Client,
        place: usize,
        tag: &str,
        random: &mut Random,
    ) -> Result<(), Trouble> {
        let (name, known) = (self.user(place), &mut self.users[place]);
        let user = ("UserName", name.as_str());
        let is_there = known.told().is_some();
        let reply = if !is_there {
            known.ask(Some(String::new()));
            client.query("iam", "CreateUser", &[user])?
        } else if random.once_in(4) {
            known.ask(None);
            client.query("iam", "DeleteUser", &[user])?
        } else {
            known.ask(Some(tag.to_owned()));
            let tag = [user, ("Tags.member.1.Key", "is"), ("Tags.member.1.Value", tag)];
            client.query("iam", "TagUser", &tag)?
        };
        reply.must_be(200, "a change of a user")?;
        known.done();
        Ok(())
    }

    fn put_secret(&mut self, client: &mut Client, value: &str) -> Result<(), Trouble> {
        let id = self.secret();
        let before = self.secret.told().map(|(current, _)| current.clone());
        self.secret.ask(Some((value.to_owned(), before.clone().unwrap_or_default())));
        let (operation, name) = match before {
            None => ("CreateSecret", "Name"),
            Some(_) => ("PutSecretValue", "SecretId"),
        };
        let token = format!("{value:-<32}");
        let input = json!({ name: id, "SecretString": value, "ClientRequestToken": token });
        let put = client.json("secretsmanager", &format!("secretsmanager.{operation}"), &input)?;
        expect(put, operation)?;
        self.secret.done();
        Ok(())
    }

    fn encrypt(&mut self, client: &mut Client, plain: &str) -> Result<(), Trouble> {
        // Any text of digits and letters whose length is a multiple of four is base64.
        let plain = format!("{plain:x<64}").replace('-', "0");
        let input = json!({ "KeyId": self.key, "Plaintext": plain });
        let encrypted = expect(kms(client, "Encrypt", &input)?, "Encrypt")?;
        self.ciphertexts.push((text(&encrypted["CiphertextBlob"]), plain));
        Ok(())
    }

    fn rotate(&mut self, client: &mut Client) -> Result<(), Trouble> {
        let input = json!({ "KeyId": self.key });
        // A key can be rotated ten times and no more.
        match kms(client, "RotateKeyOnDemand", &input)? {
            Err(code) if code != "LimitExceededException" => Err(Trouble::Wrong(code)),
            _ => Ok(()),
        }
    }
}

fn decrypt(client: &mut Client, ciphertext: &str, plain: &str) -> Result<(), Trouble> {
    let input = json!({ "CiphertextBlob": ciphertext });
    let found = text(&expect(kms(client, "Decrypt", &input)?, "Decrypt")?["Plaintext"]);
    if found == plain { Ok(()) } else { Err(Trouble::Wrong(format!("{plain} became {found}"))) }
}

fn kms(client: &mut Client, name: &str, input: &Json) -> Result<Result<Json, String>, Trouble> {
    client.json("kms", &format!("TrentService.{name}"), input)
}

fn expect(reply: Result<Json, String>, what: &str) -> Result<Json, Trouble> {
    reply.map_err(|code| Trouble::Wrong(format!("{what} was answered with {code}")))
}

/// What is there, or nothing where the answer is that it is not.
fn there(reply: Result<Json, String>, missing: &str, what: &str) -> Result<Option<Json>, Trouble> {
    match reply {
        Ok(found) => Ok(Some(found)),
        Err(code) if code == missing => Ok(None),
        Err(code) => Err(Trouble::Wrong(format!("{what} was answered with {code}"))),
    }
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}
