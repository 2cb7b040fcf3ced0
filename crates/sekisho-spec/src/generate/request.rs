//! Requests: somebody, somewhere, with some condition keys.

use sekisho_iam::arn::AccountId;
use sekisho_iam::caller::{Caller, FederatedUser, RoleSession, User};
use sekisho_iam::context::Context;
use sekisho_iam::request::{Request, RequestError, Resource};

use super::dice::Dice;
use super::vocabulary::{
    AWAY, HOME, KEYS, Key, MALFORMED, MANAGEMENT, PROVIDERS, SCENES, SERVICES, Scene,
};

/// Any request.
pub(super) fn request(dice: &mut Dice) -> Result<Request, RequestError> {
    let scene = dice.weighted(SCENES);
    let caller = caller(&scene, dice);
    let action = dice.pick(scene.actions);
    let resource = resource(&scene, &caller, dice);
    let context = context(&caller, dice);
    Request::new(caller, action, resource, context)
}

fn account(dice: &mut Dice) -> &'static str {
    dice.weighted(&[(80, HOME), (13, AWAY), (7, MANAGEMENT)])
}

fn caller(scene: &Scene, dice: &mut Dice) -> Caller {
    let account = account(dice);
    let Some(id) = AccountId::parse(account) else { return Caller::Anonymous };
    let assumes = scene.actions.contains(&"sts:AssumeRole");
    match dice.roll(100) {
        0..30 => user(account, id, dice),
        30..66 => role(account, id, dice),
        66..70 => service_linked(account, id),
        70..79 => federated_user(account, id, dice),
        79..87 => Caller::Root(id),
        87..92 => Caller::Service(dice.pick(&SERVICES).to_owned()),
        _ if assumes => Caller::External(dice.pick(&PROVIDERS).to_owned()),
        _ => Caller::Anonymous,
    }
}

fn user(account: &str, id: AccountId, dice: &mut Dice) -> Caller {
    let name = dice.weighted(&[(4, "alice"), (1, "team/alice"), (1, "bob")]);
    let arn = format!("arn:aws:iam::{account}:user/{name}");
    Caller::User(User { account: id, arn, id: dice.chance(60).then(|| "AIDAALICE".into()) })
}

fn role(account: &str, id: AccountId, dice: &mut Dice) -> Caller {
    let name = dice.pick(&["deploy", "build/deploy", "build/target"]);
    let role_arn = format!("arn:aws:iam::{account}:role/{name}");
    Caller::Role(RoleSession {
        session_name: dice.chance(90).then(|| dice.pick(&["run-1", "alice"]).into()),
        role_id: dice.chance(60).then(|| "AROADEPLOY".into()),
        provider: dice.chance(20).then(|| dice.pick(&PROVIDERS).into()),
        ..RoleSession::of_role(id, &role_arn)
    })
}

fn service_linked(account: &str, id: AccountId) -> Caller {
    let name = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    let role_arn = format!("arn:aws:iam::{account}:role/{name}");
    let session_name = Some("AutoScaling".into());
    Caller::Role(RoleSession { session_name, ..RoleSession::of_role(id, &role_arn) })
}

fn federated_user(account: &str, id: AccountId, dice: &mut Dice) -> Caller {
    let arn = format!("arn:aws:sts::{account}:federated-user/carol");
    let issuer = dice.weighted(&[(7, "user/alice"), (2, "root"), (1, "")]);
    let issuer_arn = (!issuer.is_empty()).then(|| format!("arn:aws:iam::{account}:{issuer}"));
    Caller::FederatedUser(FederatedUser { account: id, arn, issuer_arn })
}

fn resource(scene: &Scene, caller: &Caller, dice: &mut Dice) -> Resource {
    let stranger = account(dice).to_owned();
    let home = caller.account().filter(|_| dice.chance(72)).map(|account| account.to_string());
    let owner = home.unwrap_or(stranger);
    let mut resource = Resource::new(scene.arn.replace("ACCOUNT", &owner));
    if scene.arn.starts_with("arn:aws:s3:") {
        resource.account = AccountId::parse(&owner);
        resource.bucket_abac = dice.chance(50);
    }
    resource
}

fn context(caller: &Caller, dice: &mut Dice) -> Context {
    let mut context = Context::new();
    for key in KEYS {
        let by_service = ["aws:SourceArn", "aws:SourceAccount"].contains(&key.name);
        let often = match caller {
            Caller::Service(_) if by_service => 80,
            _ if by_service => 10,
            _ => 45,
        };
        if dice.chance(often) {
            put(&mut context, key, dice);
        }
    }
    context
}

fn put(context: &mut Context, key: &Key, dice: &mut Dice) {
    let values = if dice.chance(3) { &MALFORMED } else { key.values };
    // Now and then a key has the other number of values than it should.
    if key.many != dice.chance(4) {
        let count = dice.weighted(&[(1, 0), (4, 1), (3, 2), (1, 3)]);
        let chosen: Vec<&str> = (0..count).map(|_| dice.pick(values)).collect();
        context.set_many(key.name, chosen);
    } else {
        context.set(key.name, dice.pick(values));
    }
}
