//! Policies: layer by layer, as often as it takes for every layer to decide now and then.

use std::collections::BTreeMap;

use sekisho_iam::arn::AccountId;
use sekisho_iam::caller::Caller;
use sekisho_iam::document::{Document, Effect, PrincipalKind, Statement, Version};
use sekisho_iam::policies::{Grant, GrantConstraint, Policies, Policy};
use sekisho_iam::request::{Family, Request};

use super::dice::Dice;
use super::statement::{Form, bend, matching};
use super::vocabulary::{AWAY, HOME, KEY_ACTIONS, MANAGEMENT, PROVIDERS, SERVICES};
use crate::sketch::{document, matcher, principal, statement};

/// How often the statements of a layer are what, in a hundred.
#[derive(Clone, Copy)]
struct Odds {
    /// An Allow that matches, as made.
    allows: usize,
    /// A Deny that matches, but for what is bent.
    denies: usize,
}

/// Policies for a request.
pub(super) fn policies(request: &Request, dice: &mut Dice) -> Policies {
    let usual = Odds { allows: 80, denies: 8 };
    let needs_resource = request.family() != Family::Ordinary
        || request.crosses_accounts()
        || request.caller().account().is_none();
    let sessions = match request.caller() {
        Caller::FederatedUser(_) => 65,
        Caller::Role(_) => 30,
        _ => 3,
    };
    let form = if request.family() == Family::Trust { Form::Trust } else { Form::Resource };
    let resource = if needs_resource { 95 } else { 50 };
    let is_s3 = request.service() == "s3";
    Policies {
        identity: list(request, 3, Odds { allows: 60, denies: 7 }, dice),
        boundary: dice.chance(25).then(|| policy(request, Form::Plain, usual, dice)),
        session: dice.chance(sessions).then(|| list(request, 2, usual, dice)),
        scps: if dice.chance(40) { scps(request, dice) } else { Vec::new() },
        rcps: if dice.chance(35) { rcps(request, dice) } else { Vec::new() },
        endpoint: dice
            .chance(16)
            .then(|| everybodys(request, Odds { allows: 85, denies: 20 }, dice)),
        resource: dice
            .chance(resource)
            .then(|| policy(request, form, Odds { allows: 78, denies: 14 }, dice)),
        grants: (0..grants(request, dice)).map(|_| grant(request, dice)).collect(),
        restrict_public_buckets: is_s3 && dice.chance(45),
        management_account: dice.chance(85).then(|| AccountId::parse(MANAGEMENT)).flatten(),
    }
}

fn list(request: &Request, most: usize, odds: Odds, dice: &mut Dice) -> Vec<Policy> {
    let count = dice.roll(most + 1);
    (0..count).map(|_| policy(request, Form::Plain, odds, dice)).collect()
}

fn scps(request: &Request, dice: &mut Dice) -> Vec<Vec<Policy>> {
    let levels = 1 + dice.roll(3);
    let mut level = || {
        let mut level = list(request, 1, Odds { allows: 70, denies: 12 }, dice);
        if dice.chance(88) {
            level.push(full_access());
        }
        level
    };
    (0..levels).map(|_| level()).collect()
}

fn rcps(request: &Request, dice: &mut Dice) -> Vec<Vec<Policy>> {
    let odds = Odds { allows: 10, denies: 22 };
    let levels = 1 + dice.roll(2);
    (0..levels).map(|_| vec![everybodys(request, odds, dice)]).collect()
}

fn everybodys(request: &Request, odds: Odds, dice: &mut Dice) -> Policy {
    policy(request, Form::Everybody, odds, dice)
}

fn full_access() -> Policy {
    let document = document(vec![statement(Effect::Allow)]);
    Policy { name: "full-access".into(), document: Some(document) }
}

fn policy(request: &Request, form: Form, odds: Odds, dice: &mut Dice) -> Policy {
    let readable = !dice.chance(1);
    let document = readable.then(|| Document {
        version: if dice.chance(85) { Version::V2012 } else { Version::V2008 },
        ..document(statements(request, form, odds, dice))
    });
    Policy { name: "generated".into(), document }
}

fn statements(request: &Request, form: Form, odds: Odds, dice: &mut Dice) -> Vec<Statement> {
    let mut statements = Vec::new();
    if dice.chance(odds.allows) {
        statements.push(matching(request, form, Effect::Allow, dice));
    }
    if dice.chance(40) || statements.is_empty() {
        let allow = matching(request, form, Effect::Allow, dice);
        statements.push(bend(allow, request, dice));
    }
    if dice.chance(odds.denies) {
        let deny = matching(request, form, Effect::Deny, dice);
        statements.insert(dice.roll(statements.len() + 1), bend(deny, request, dice));
    }
    if form != Form::Plain && form != Form::Trust && dice.chance(6) {
        statements.push(public(dice));
    }
    statements
}

/// What makes a bucket policy public.
fn public(dice: &mut Dice) -> Statement {
    let federated = dice.chance(20);
    let entry = match federated {
        true => principal(PrincipalKind::Federated, dice.pick(&PROVIDERS)),
        false => principal(PrincipalKind::Everyone, "*"),
    };
    Statement { principals: Some(matcher(false, vec![entry])), ..statement(Effect::Allow) }
}

// ---- grants -----------------------------------------------------------------------------------

fn grants(request: &Request, dice: &mut Dice) -> usize {
    match request.family() {
        Family::Key => dice.weighted(&[(50, 0), (40, 1), (10, 2)]),
        _ => usize::from(dice.chance(1)),
    }
}

fn grant(request: &Request, dice: &mut Dice) -> Grant {
    let name = request.action().split_once(':').map_or("", |(_, name)| name);
    let other = dice.pick(KEY_ACTIONS).split_once(':').map_or("", |(_, name)| name);
    let operation = if dice.chance(85) { name } else { other };
    let source = dice.pick(&["arn:aws:sns:*:111111111111:*", "arn:aws:s3:::*", "*"]);
    Grant {
        id: "grant".into(),
        grantee: grantee(request.caller(), dice),
        operations: vec!["Encrypt".into(), operation.into()],
        constraint: dice.chance(30).then(|| constraint(request, dice)),
        source_arn: dice.chance(25).then(|| source.into()),
        retiring: dice.chance(25).then(|| grantee(request.caller(), dice)),
        issued_by: AccountId::parse(dice.pick(&[HOME, AWAY])),
    }
}

fn grantee(caller: &Caller, dice: &mut Dice) -> String {
    if dice.chance(10) {
        return dice.pick(&["*", "arn:aws:iam::222222222222:role/other", AWAY]).into();
    }
    let account = caller.account().map_or(HOME.to_owned(), |account| account.to_string());
    let own = match caller {
        Caller::Role(role) if dice.chance(50) => role.role_arn.clone(),
        Caller::FederatedUser(user) if dice.chance(50) => {
            user.issuer_arn.clone().unwrap_or_default()
        }
        Caller::Anonymous | Caller::External(_) => dice.pick(&SERVICES).to_owned(),
        caller => caller.to_string(),
    };
    if dice.chance(22) { format!("arn:aws:iam::{account}:root") } else { own }
}

fn constraint(request: &Request, dice: &mut Dice) -> GrantConstraint {
    let mut pairs = BTreeMap::new();
    for key in ["app", "Stage"] {
        let name = format!("kms:EncryptionContext:{key}");
        let value = request.context().get(&name).and_then(|value| value.single());
        if let Some(value) = value.filter(|_| dice.chance(85)) {
            pairs.insert(key.to_owned(), value.to_owned());
        }
    }
    if dice.chance(10) {
        pairs.insert("stage".to_owned(), "test".to_owned());
    }
    if dice.chance(50) { GrantConstraint::Equals(pairs) } else { GrantConstraint::Subset(pairs) }
}
