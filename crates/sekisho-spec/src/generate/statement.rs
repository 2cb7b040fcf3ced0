//! Statements that are about a request: first made to match it, then bent a little.

use sekisho_iam::caller::Caller;
use sekisho_iam::document::{Effect, Matcher, Principal, PrincipalKind, Statement, Text};
use sekisho_iam::request::Request;

use super::condition::{absent_condition, bend_condition, condition};
use super::dice::Dice;
use super::vocabulary::{AWAY, HOME, PROVIDERS, SCENES, SERVICES};
use crate::sketch::{matcher, principal, statement, text};

/// Which elements the statements of a layer have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// No `Principal`: identity policies, boundaries, session policies, SCPs.
    Plain,
    /// A `Principal`, which is mostly `*`: RCPs and VPC endpoint policies.
    Everybody,
    /// A `Principal`, and sometimes no `Resource`.
    Resource,
    /// A `Principal` and no `Resource`.
    Trust,
}

/// A statement that matches the request (nearly always).
pub(super) fn matching(
    request: &Request,
    form: Form,
    effect: Effect,
    dice: &mut Dice,
) -> Statement {
    let principals = match form {
        Form::Plain => None,
        Form::Everybody if dice.chance(70) => {
            Some(matcher(false, vec![principal(PrincipalKind::Everyone, "*")]))
        }
        _ => Some(principals(request, effect, dice)),
    };
    let without = form == Form::Trust || (form == Form::Resource && dice.chance(10));
    let conditions = match dice.roll(100) {
        0..55 => 0,
        55..83 => 1,
        83..95 => 2,
        _ => 3,
    };
    Statement {
        principals,
        actions: actions(request, dice),
        resources: if without { None } else { Some(resources(request, dice)) },
        conditions: (0..conditions).filter_map(|_| condition(request, dice)).collect(),
        ..statement(effect)
    }
}

// ---- actions ----------------------------------------------------------------------------------

fn other_action(dice: &mut Dice) -> &'static str {
    let scene = dice.weighted(SCENES);
    dice.pick(scene.actions)
}

fn actions(request: &Request, dice: &mut Dice) -> Matcher<Text> {
    if dice.chance(8) {
        let others = (0..1 + dice.roll(2)).map(|_| text(other_action(dice))).collect();
        return matcher(true, others);
    }
    let mut items = vec![text(&action_pattern(request, dice))];
    if dice.chance(25) {
        items.insert(dice.roll(2), text(other_action(dice)));
    }
    matcher(false, items)
}

fn action_pattern(request: &Request, dice: &mut Dice) -> String {
    let action = request.action();
    let (service, name) = action.split_once(':').unwrap_or_default();
    match dice.roll(9) {
        0 => "*".into(),
        1 => format!("{service}:*"),
        2 => format!("{service}:{}*", name.chars().take(3).collect::<String>()),
        3 => format!("{service}:*{}", name.chars().skip(3).collect::<String>()),
        4 => action.to_uppercase(),
        5 => format!("{service}:?{}", name.chars().skip(1).collect::<String>()),
        _ => action.into(),
    }
}

// ---- resources --------------------------------------------------------------------------------

fn other_resource(dice: &mut Dice) -> String {
    let scene = dice.weighted(SCENES);
    scene.arn.replace("ACCOUNT", dice.pick(&[HOME, AWAY]))
}

fn resources(request: &Request, dice: &mut Dice) -> Matcher<Text> {
    if dice.chance(8) {
        let others = (0..1 + dice.roll(2)).map(|_| text(&negated_resource(dice))).collect();
        return matcher(true, others);
    }
    let mut items = vec![text(&resource_pattern(request, dice))];
    if dice.chance(25) {
        items.insert(dice.roll(2), text(&other_resource(dice)));
    }
    matcher(false, items)
}

fn negated_resource(dice: &mut Dice) -> String {
    let other = other_resource(dice);
    match dice.roll(4) {
        0 => other.replace("alice", "${aws:username}"),
        1 => other.replace("alice", "${aws:PrincipalTag/team, 'nobody'}"),
        _ => other,
    }
}

/// A pattern for the resource of the request; a few of them do not match it.
fn resource_pattern(request: &Request, dice: &mut Dice) -> String {
    let arn = request.resource().arn.as_str();
    let mut fields: Vec<&str> = arn.splitn(6, ':').collect();
    let tail = fields.pop().unwrap_or_default();
    let head = fields.join(":");
    let spread = |number: usize| {
        let mut fields = fields.clone();
        if let Some(field) = fields.get_mut(number) {
            *field = "*";
        }
        format!("{}:{tail}", fields.join(":"))
    };
    match dice.roll(20) {
        0..4 => "*".into(),
        4 => format!("{head}:*"),
        5 => spread(4),
        6 => spread(3),
        7 => format!("{head}:{}*", tail.chars().take(4).collect::<String>()),
        8 => format!("{head}:?{}", tail.chars().skip(1).collect::<String>()),
        9 => arn.replace("alice", "${aws:username}"),
        10 => arn.replace("alice", "${aws:username, 'alice'}"),
        11 => arn.replace("alice", "${aws:PrincipalTag/team, 'alice'}"),
        12 => format!("{head}:*{}", tail.chars().skip(2).collect::<String>()),
        13 => format!("{head}:{}${{*}}", tail.chars().take(4).collect::<String>()),
        14 => spread(2).replacen(":*:", ":*:*:", 1).replacen(":*:*:", ":*:", dice.roll(2)),
        15 => format!("arn:aws:{}:*", request.service()),
        16 => arn.replace(HOME, "${aws:PrincipalAccount}"),
        _ => arn.into(),
    }
}

// ---- principals -------------------------------------------------------------------------------

/// All entries that name the caller, from the account to the session.
fn names(caller: &Caller) -> Vec<Principal> {
    let aws = |name: &str| principal(PrincipalKind::Aws, name);
    let mut names = Vec::new();
    if let Some(account) = caller.account() {
        names.push(aws(&format!("arn:aws:iam::{account}:root")));
        names.push(aws(&account.to_string()));
    }
    match caller {
        Caller::Root(_) | Caller::Anonymous => {}
        Caller::User(user) => {
            names.push(aws(&user.arn));
            names.extend(user.id.as_deref().map(aws));
        }
        Caller::Role(role) => {
            names.push(aws(&role.role_arn));
            names.extend(role.role_id.as_deref().map(aws));
            names.extend(role.session_arn().as_deref().map(aws));
            let provider = role.provider.as_deref();
            names.extend(provider.map(|name| principal(PrincipalKind::Federated, name)));
        }
        Caller::FederatedUser(user) => {
            names.push(aws(&user.arn));
            names.extend(user.issuer_arn.as_deref().map(aws));
        }
        Caller::External(provider) => names.push(principal(PrincipalKind::Federated, provider)),
        Caller::Service(name) => names.push(principal(PrincipalKind::Service, name)),
    }
    names
}

fn stranger(dice: &mut Dice) -> Principal {
    match dice.roll(7) {
        0 => principal(PrincipalKind::Aws, AWAY),
        1 => principal(PrincipalKind::Aws, "arn:aws:iam::222222222222:user/alice"),
        2 => principal(PrincipalKind::Aws, "arn:aws:iam::111111111111:role/other"),
        3 => principal(PrincipalKind::Service, dice.pick(&SERVICES)),
        4 => principal(PrincipalKind::Federated, dice.pick(&PROVIDERS)),
        5 => principal(PrincipalKind::CanonicalUser, &"0a".repeat(32)),
        _ => principal(PrincipalKind::Aws, "arn:aws:sts::111111111111:assumed-role/deploy/run-1"),
    }
}

fn everybody(dice: &mut Dice) -> Principal {
    let kind = if dice.chance(50) { PrincipalKind::Everyone } else { PrincipalKind::Aws };
    principal(kind, "*")
}

fn principals(request: &Request, effect: Effect, dice: &mut Dice) -> Matcher<Principal> {
    let names = names(request.caller());
    let not = dice.chance(if effect == Effect::Deny { 40 } else { 2 });
    let mut items = Vec::new();
    if not {
        // Most names, so that now and then the caller is spared.
        items.extend(names.into_iter().filter(|_| dice.chance(85)));
        items.extend(dice.chance(4).then(|| everybody(dice)));
    } else {
        match dice.roll(10) {
            0..3 => items.push(everybody(dice)),
            _ if names.is_empty() => items.push(everybody(dice)),
            _ => {
                let index = dice.roll(names.len());
                items.extend(names.into_iter().nth(index));
            }
        }
    }
    if items.is_empty() || dice.chance(20) {
        items.push(stranger(dice));
    }
    matcher(not, items)
}

// ---- bending ----------------------------------------------------------------------------------

/// Bends a statement in no to three places.
pub(super) fn bend(mut statement: Statement, request: &Request, dice: &mut Dice) -> Statement {
    let places = match dice.roll(100) {
        0..55 => 0,
        55..83 => 1,
        83..95 => 2,
        _ => 3,
    };
    for _ in 0..places {
        bend_once(&mut statement, request, dice);
    }
    statement
}

fn bend_once(statement: &mut Statement, request: &Request, dice: &mut Dice) {
    match dice.roll(12) {
        0 => statement.actions = matcher(false, vec![text(other_action(dice))]),
        1 => statement.actions.negated ^= true,
        2 => replace_one(&mut statement.actions.items, text(other_action(dice)), dice),
        3 => bend_resources(statement, dice),
        4 | 5 => bend_principals(statement, dice),
        6 => statement.conditions.extend(absent_condition(request, dice)),
        7 if !statement.conditions.is_empty() => {
            let index = dice.roll(statement.conditions.len());
            statement.conditions.remove(index);
        }
        7 => statement.conditions.extend(condition(request, dice)),
        _ => match statement.conditions.last_mut() {
            Some(condition) => bend_condition(condition, dice),
            None => statement.conditions.extend(condition(request, dice)),
        },
    }
}

fn bend_resources(statement: &mut Statement, dice: &mut Dice) {
    let Some(resources) = &mut statement.resources else { return };
    if dice.chance(40) {
        resources.negated ^= true;
    } else {
        replace_one(&mut resources.items, text(&other_resource(dice)), dice);
    }
}

fn bend_principals(statement: &mut Statement, dice: &mut Dice) {
    let effect = statement.effect;
    let Some(principals) = &mut statement.principals else { return };
    match dice.roll(5) {
        0 if effect == Effect::Deny => principals.negated ^= true,
        1 => principals.items.push(stranger(dice)),
        2 => replace_one(&mut principals.items, everybody(dice), dice),
        _ => replace_one(&mut principals.items, stranger(dice), dice),
    }
}

fn replace_one<T>(items: &mut [T], by: T, dice: &mut Dice) {
    if let Some(item) = items.get_mut(dice.roll(items.len())) {
        *item = by;
    }
}
