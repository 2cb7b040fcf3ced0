//! The cipher, over many messages, contexts and tamperings.

use sekisho_iam::AccountId;

use super::*;
use crate::dice::Dice;
use crate::vault::RootKey;

const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

fn vault() -> Vault {
    RootKey::new(Zeroizing::new([3; 32])).vault(VaultOf::KeyMaterial)
}

fn under(dice: &mut Dice, number: u32) -> Under {
    let account = AccountId::parse("111111111111").unwrap();
    let (region, material_id) = ("us-east-1".to_owned(), dice.hex(64));
    let about = about(&row(account, &region, ID), &material_id);
    let bytes: [u8; 32] = dice.bytes();
    let sealed = vault().seal(dice, &about, &bytes).unwrap();
    let origin = MaterialOrigin::Creation;
    let material = Material { id: material_id, sealed, since_ms: 0, origin };
    Under { account, region, id: ID.to_owned(), arn: String::new(), number, material }
}

fn message(dice: &mut Dice) -> (Vec<u8>, EncryptionContext) {
    let [high, low, pairs] = dice.bytes();
    let length = usize::from(u16::from_be_bytes([high % 16, low]));
    let mut text = vec![0; length];
    dice.fill(&mut text);
    let context = (0..pairs % 5).map(|_| (dice.lower(6), dice.base64(9))).collect();
    (text, context)
}

#[test]
fn what_is_sealed_opens_and_with_another_context_does_not() {
    let mut dice = Dice::new(&[1; 32]);
    let vault = vault();
    for number in 0..200 {
        let key = under(&mut dice, number);
        let (text, mut context) = message(&mut dice);
        let (salt, nonce) = (dice.bytes(), dice.bytes());
        let blob = key.seal(&vault, (&salt, &nonce), &context, &text).unwrap();
        let envelope = Envelope::read(&blob).unwrap();
        assert_eq!(key.open(&vault, &context, &envelope).unwrap(), text);
        assert_eq!((envelope.material, envelope.key_id()), (number, ID.to_owned()));
        let another = under(&mut dice, number);
        assert_eq!(another.open(&vault, &context, &envelope), None);
        context.insert("more".to_owned(), String::new());
        assert_eq!(key.open(&vault, &context, &envelope), None);
    }
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let mut dice = Dice::new(&[2; 32]);
    let (vault, key) = (vault(), under(&mut dice, 0));
    let context = EncryptionContext::from([("app".to_owned(), "shop".to_owned())]);
    let (salt, nonce) = (dice.bytes(), dice.bytes());
    let blob = key.seal(&vault, (&salt, &nonce), &context, b"secret").unwrap();
    let opened = |blob: &[u8]| key.open(&vault, &context, &Envelope::read(blob)?);
    assert_eq!(opened(&blob).unwrap(), b"secret");
    for bit in 0..blob.len() * 8 {
        let mut blob = blob.clone();
        blob[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(opened(&blob), None, "bit {bit}");
    }
    assert!((0..blob.len()).all(|length| opened(&blob[..length]).is_none()));
    assert_eq!(opened(&[&blob[..], &[0]].concat()), None);
}

/// What was sealed once must open for ever: layout, derivation and associated data of version 1.
#[test]
fn a_blob_of_version_1_stays_as_it_is() {
    let mut dice = Dice::new(&[4; 32]);
    let key = under(&mut dice, 5);
    let blob = key.seal(&vault(), (&[1; 32], &[2; 12]), &EncryptionContext::new(), b"x").unwrap();
    let parts = [
        "0102020078",
        "00000019debd01c7",
        "0975732d656173742d31",
        "1234abcd12ab34cd56ef1234567890ab",
        "00000005",
        &"01".repeat(32),
        &"02".repeat(12),
        "5832435d63fd10cb1f2059dcd1c261a8e2",
    ];
    assert_eq!(hex::encode(&blob), parts.concat());
}
