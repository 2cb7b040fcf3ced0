//! AWS managed keys as the services use them.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::*;
use crate::call::World;
use crate::cloud::{Cloud, State};
use crate::dice::Dice;
use crate::founding::NewAccount;
use crate::gate::{Frame, Scene};
use crate::principal::Principal;
use crate::services::kms::generate_data_key::{Input, Output};
use crate::services::kms::{Decrypt, GenerateDataKey, inputs};
use crate::vault::RootKey;
use crate::writes::{Archive, ArchiveError, EventKey};

/// No records.
struct Empty;

impl Archive for Empty {
    fn events_before(
        &self,
        _: u64,
        _: Option<EventKey>,
        _: i64,
        _: usize,
    ) -> Result<Vec<(EventKey, Vec<u8>)>, ArchiveError> {
        Ok(Vec::new())
    }
}

const OWN: &str = "111111111111";
const OTHER: &str = "222222222222";

fn cloud() -> Cloud {
    let root_key = RootKey::new(Zeroizing::new([7; 32]));
    let mut cloud = Cloud::new(&root_key, Arc::new(Empty));
    for (number, id) in [(1, OWN), (2, OTHER)] {
        let world = World { now_ms: 1_000, dice: Dice::new(&[number; 32]) };
        let new = NewAccount {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            administrator: "admin".to_owned(),
            region: "us-east-1".to_owned(),
        };
        cloud.found(world, new).unwrap();
    }
    cloud
}

fn frame(account: &str, via: &[&'static str]) -> Frame {
    Frame {
        principal: Principal::root(account.parse().unwrap()).into(),
        region: "us-east-1".into(),
        arrival: Arc::default(),
        via: via.to_vec(),
        internal: false,
    }
}

fn generate(cloud: &mut Cloud, frame: &Frame, key_id: &str) -> Result<Output, Fault> {
    let mut scene = Scene::new(1_000, Dice::new(&[9; 32]), "request".to_owned());
    let input =
        Input { key_id: key_id.to_owned(), key_spec: Some("AES_256".into()), ..Input::default() };
    cloud.perform::<GenerateDataKey>(&mut scene, frame, input)
}

#[test]
fn a_service_makes_and_uses_its_key_and_no_other_does() {
    let mut cloud = cloud();
    let arn = "arn:aws:kms:us-east-1:111111111111:alias/aws/s3";
    let refused = |cloud: &mut Cloud, account, via: &[&'static str]| {
        let fault = generate(cloud, &frame(account, via), arn).unwrap_err();
        assert!(fault.denial, "{fault:?}");
    };
    for _ in 0..2 {
        refused(&mut cloud, OWN, &[]);
        refused(&mut cloud, OWN, &["ssm.amazonaws.com"]);
        refused(&mut cloud, OTHER, &["s3.amazonaws.com"]);
        generate(&mut cloud, &frame(OWN, &["s3.amazonaws.com"]), "alias/aws/s3").unwrap();
    }
    assert_eq!(Kms::of(&cloud).keys.len(), 1);
    let own = generate(&mut cloud, &frame(OTHER, &["s3.amazonaws.com"]), "alias/aws/s3").unwrap();
    assert!(own.key_id.contains(OTHER));
}

#[test]
fn what_a_service_encrypted_it_decrypts() {
    for (service, alias) in [
        ("s3.amazonaws.com", "alias/aws/s3"),
        ("secretsmanager.amazonaws.com", "alias/aws/secretsmanager"),
        ("ssm.amazonaws.com", "alias/aws/ssm"),
    ] {
        let mut cloud = cloud();
        let frame = frame(OWN, &[service]);
        let made = generate(&mut cloud, &frame, alias).unwrap();
        let mut scene = Scene::new(1_000, Dice::new(&[9; 32]), "request".to_owned());
        let input =
            inputs::Decrypt { ciphertext_blob: made.ciphertext_blob, ..inputs::Decrypt::default() };
        let opened = cloud.perform::<Decrypt>(&mut scene, &frame, input).unwrap();
        assert_eq!(opened.plaintext, made.plaintext);
    }
}

#[test]
fn the_policies_are_without_fault() {
    for managed in &ALL {
        let text = managed.policy.replace("ACCOUNT", OWN);
        let read = Document::from_json(&text, PolicyKind::Key);
        assert!(read.document.is_some(), "{}: {:?}", managed.alias, read.diagnostics);
    }
    assert!(ALL.is_sorted_by_key(|managed| managed.alias));
}
