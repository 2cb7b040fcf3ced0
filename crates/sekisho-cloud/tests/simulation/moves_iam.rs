//! Who there is: the clerk's policy, a role with its sessions, users.

use serde_json::json;

use crate::calls::Key;
use crate::history::{Expected, History, Wrong};
use crate::model::{POLICIES, Policy, Role, Session, User, Who};
use crate::moves::{name, one_of, somebody};

const ROLE: &str = "worker";
const ACCOUNT: &str = "111111111111";
/// The shortest session.
const SESSION_S: i64 = 900;

pub(crate) fn set_clerk_policy(history: &mut History) -> Result<(), Wrong> {
    let who = somebody(history);
    let policy = POLICIES[history.random.len(0..POLICIES.len())];
    let had = history.model.clerk.text().is_some();
    let user = json!({ "UserName": "clerk", "PolicyName": "inline" });
    let done = match policy.text() {
        Some(text) => {
            let mut input = user;
            input["PolicyDocument"] = json!(text);
            history.call(who, "iam:PutUserPolicy", &input, Expected::Done)?
        }
        None => {
            let expected = if had { Expected::Done } else { Expected::Fault("NoSuchEntity") };
            history.call(who, "iam:DeleteUserPolicy", &user, expected)?
        }
    };
    if done.is_some() {
        history.model.clerk = policy;
    }
    Ok(())
}

/// The role is made, gets another policy, or goes in two steps.
pub(crate) fn change_role(history: &mut History) -> Result<(), Wrong> {
    let (who, role) = (somebody(history), json!({ "RoleName": ROLE }));
    let Some(held) = history.model.role.clone() else { return create_role(history, who) };
    let policy = POLICIES[history.random.len(0..POLICIES.len())];
    if held.policy == Policy::None && history.random.once_in(2) {
        history.call(Who::Admin, "iam:DeleteRole", &role, Expected::Done)?;
        history.model.role = None;
        return Ok(());
    }
    if held.policy != Policy::None && history.random.once_in(4) {
        return refused(history, "iam:DeleteRole", &role, "DeleteConflict");
    }
    let mut input = json!({ "RoleName": ROLE, "PolicyName": "inline" });
    let done = match policy.text() {
        Some(text) => {
            input["PolicyDocument"] = json!(text);
            history.call(who, "iam:PutRolePolicy", &input, Expected::Done)?
        }
        None if held.policy == Policy::None => {
            return refused(history, "iam:DeleteRolePolicy", &input, "NoSuchEntity");
        }
        None => history.call(who, "iam:DeleteRolePolicy", &input, Expected::Done)?,
    };
    if done.is_some() {
        history.model.role = Some(Role { policy, ..held });
    }
    Ok(())
}

fn refused(
    history: &mut History,
    operation: &str,
    input: &serde_json::Value,
    code: &'static str,
) -> Result<(), Wrong> {
    history.call(Who::Admin, operation, input, Expected::Fault(code)).map(|_| ())
}

fn create_role(history: &mut History, who: Who) -> Result<(), Wrong> {
    let trust = json!({ "Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "AWS": format!("arn:aws:iam::{ACCOUNT}:root") },
    }});
    let input = json!({ "RoleName": ROLE, "AssumeRolePolicyDocument": trust.to_string() });
    let made = history.call(who, "iam:CreateRole", &input, Expected::Done)?;
    let Some(made) = made else { return Ok(()) };
    let id = made["Role"]["RoleId"].as_str().unwrap().to_owned();
    is_new(history, &id)?;
    history.model.role = Some(Role { id, policy: Policy::None });
    Ok(())
}

/// No id comes twice.
fn is_new(history: &mut History, id: &str) -> Result<(), Wrong> {
    let is_new = history.model.ids.insert(id.to_owned());
    if is_new { Ok(()) } else { Err(format!("{id} has been somebody's before")) }
}

pub(crate) fn assume_role(history: &mut History) -> Result<(), Wrong> {
    let who = somebody(history);
    let input = json!({
        "RoleArn": format!("arn:aws:iam::{ACCOUNT}:role/{ROLE}"), "RoleSessionName": "session",
        "DurationSeconds": SESSION_S,
    });
    let role = history.model.role.clone();
    let nobody = Expected::FaultFirst("AccessDenied");
    let expected = if role.is_some() { Expected::Done } else { nobody };
    let Some(reply) = history.call(who, "sts:AssumeRole", &input, expected)? else {
        return Ok(());
    };
    let text = |name: &str| reply["Credentials"][name].as_str().unwrap().to_owned();
    let key = Key {
        id: text("AccessKeyId"),
        secret: text("SecretAccessKey"),
        token: Some(text("SessionToken")),
    };
    let ends_ms = history.now_ms() + SESSION_S * 1000;
    history.model.sessions.push(Session { key, role: role.unwrap().id, ends_ms });
    Ok(())
}

/// A session is somebody as long as it has not ended and its role is there.
pub(crate) fn who_am_i(history: &mut History) -> Result<(), Wrong> {
    let Some(number) = one_of(history, history.model.sessions.len()) else { return Ok(()) };
    let who = Who::Session(number);
    let reply = history.call(who, "sts:GetCallerIdentity", &json!({}), Expected::Free)?;
    let Some(reply) = reply else { return Ok(()) };
    let expected = format!("{}:session", history.model.sessions[number].role);
    if reply["UserId"] == expected { Ok(()) } else { Err(format!("{reply} is not {expected}")) }
}

pub(crate) fn change_user(history: &mut History) -> Result<(), Wrong> {
    let (who, name) = (somebody(history), name(history, "user-"));
    let mut input = json!({ "UserName": name });
    let Some(user) = history.model.users.get(&name).cloned() else {
        if history.random.once_in(4) {
            let missing = Expected::Fault("NoSuchEntity");
            return history.call(who, "iam:DeleteUser", &input, missing).map(|_| ());
        }
        let Some(made) = history.call(who, "iam:CreateUser", &input, Expected::Done)? else {
            return Ok(());
        };
        let id = made["User"]["UserId"].as_str().unwrap().to_owned();
        is_new(history, &id)?;
        history.model.users.insert(name, User { id, tag: None });
        return Ok(());
    };
    match history.random.below(4) {
        0 => {
            if history.call(who, "iam:DeleteUser", &input, Expected::Done)?.is_some() {
                history.model.users.remove(&name);
            }
        }
        1 => {
            let there = Expected::Fault("EntityAlreadyExists");
            history.call(who, "iam:CreateUser", &input, there)?;
        }
        _ => {
            let tag = history.text();
            input["Tags"] = json!([{ "Key": "is", "Value": tag }]);
            if history.call(who, "iam:TagUser", &input, Expected::Done)?.is_some() {
                history.model.users.insert(name, User { tag: Some(tag), ..user });
            }
        }
    }
    Ok(())
}

pub(crate) fn read_user(history: &mut History) -> Result<(), Wrong> {
    let (who, name) = (somebody(history), name(history, "user-"));
    let user = history.model.users.get(&name).cloned();
    let missing = Expected::Fault("NoSuchEntity");
    let expected = if user.is_some() { Expected::Done } else { missing };
    let reply = history.call(who, "iam:GetUser", &json!({ "UserName": name }), expected)?;
    let Some((reply, user)) = reply.zip(user) else { return Ok(()) };
    let tag = reply["User"]["Tags"][0]["Value"].as_str().map(str::to_owned);
    let found = User { id: reply["User"]["UserId"].as_str().unwrap().to_owned(), tag };
    if found == user { Ok(()) } else { Err(format!("{found:?} should be {user:?}")) }
}
