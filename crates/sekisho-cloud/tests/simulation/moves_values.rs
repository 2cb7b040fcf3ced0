//! Parameters and secrets.

use serde_json::{Value as Json, json};

use crate::history::{Expected, History, Wrong};
use crate::model::Secret;
use crate::moves::{name, somebody};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub(crate) fn put_parameter(history: &mut History) -> Result<(), Wrong> {
    let (who, name, value) = (somebody(history), name(history, "/parameter/"), history.text());
    let overwrites = !history.random.once_in(4);
    let input = json!({
        "Name": name, "Value": value, "Type": "String", "Overwrite": overwrites,
    });
    let is_there = history.model.parameters.contains_key(&name);
    let expected = if is_there && !overwrites {
        Expected::Fault("ParameterAlreadyExists")
    } else {
        Expected::Done
    };
    let Some(reply) = history.call(who, "ssm:PutParameter", &input, expected)? else {
        return Ok(());
    };
    let values = history.model.parameters.entry(name).or_default();
    values.push(value);
    equal(&reply["Version"], &json!(values.len()))
}

fn equal(found: &Json, expected: &Json) -> Result<(), Wrong> {
    if found == expected { Ok(()) } else { Err(format!("{found} should be {expected}")) }
}

pub(crate) fn get_parameter(history: &mut History) -> Result<(), Wrong> {
    let (who, name) = (somebody(history), name(history, "/parameter/"));
    let values = history.model.parameters.get(&name).cloned().unwrap_or_default();
    let version = history.random.len(0..values.len() + 2);
    // Version 0: the newest.
    let (asked, value) = match version {
        0 => (name, values.last()),
        _ => (format!("{name}:{version}"), values.get(version - 1)),
    };
    let expected = match (value, values.is_empty()) {
        (Some(_), _) => Expected::Done,
        (None, true) => Expected::Fault("ParameterNotFound"),
        (None, false) => Expected::Fault("ParameterVersionNotFound"),
    };
    let reply = history.call(who, "ssm:GetParameter", &json!({ "Name": asked }), expected)?;
    reply.map_or(Ok(()), |reply| equal(&reply["Parameter"]["Value"], &json!(value)))
}

pub(crate) fn delete_parameter(history: &mut History) -> Result<(), Wrong> {
    let (who, name) = (somebody(history), name(history, "/parameter/"));
    let is_there = history.model.parameters.contains_key(&name);
    let expected = if is_there { Expected::Done } else { Expected::Fault("ParameterNotFound") };
    if history.call(who, "ssm:DeleteParameter", &json!({ "Name": name }), expected)?.is_some() {
        history.model.parameters.remove(&name);
    }
    Ok(())
}

/// Something with a secret.
pub(crate) fn any_secret(history: &mut History) -> Result<(), Wrong> {
    let name = name(history, "secret-");
    let now_ms = history.now_ms();
    let is_over = |secret: &mut Secret| secret.ends_ms.is_some_and(|ends_ms| ends_ms <= now_ms);
    let ended = history.model.secrets.get_mut(&name).is_some_and(is_over);
    if ended {
        history.model.secrets.remove(&name);
    }
    match (history.model.secrets.get(&name).cloned(), history.random.below(8)) {
        (None, 0..6) => create(history, name),
        (held, 0..3) => get(history, &name, held.as_ref()),
        (held, 3..6) => put(history, name, held),
        (held, 6) => delete(history, &name, held.as_ref()),
        (held, _) => restore(history, &name, held.as_ref()),
    }
}

fn missing_or(held: Option<&Secret>, otherwise: Expected) -> Expected {
    if held.is_some() { otherwise } else { Expected::Fault("ResourceNotFoundException") }
}

/// How it goes with a secret that must not be marked.
fn unmarked(held: Option<&Secret>) -> Expected {
    let is_marked = held.is_some_and(|secret| secret.ends_ms.is_some());
    let marked = Expected::Fault("InvalidRequestException");
    missing_or(held, if is_marked { marked } else { Expected::Done })
}

fn token(history: &mut History) -> String {
    format!("{:032}", history.random.next())
}

fn create(history: &mut History, name: String) -> Result<(), Wrong> {
    let (who, value, token) = (somebody(history), history.text(), token(history));
    let input = json!({ "Name": name, "SecretString": value, "ClientRequestToken": token });
    let made = history.call(who, "secretsmanager:CreateSecret", &input, Expected::Done)?;
    if made.is_some() {
        let secret = Secret { current: value, previous: None, ends_ms: None };
        history.model.secrets.insert(name, secret);
    }
    Ok(())
}

fn get(history: &mut History, name: &str, held: Option<&Secret>) -> Result<(), Wrong> {
    let who = somebody(history);
    let wants_previous = history.random.once_in(3);
    let stage = if wants_previous { "AWSPREVIOUS" } else { "AWSCURRENT" };
    let value = held.and_then(|secret| match wants_previous {
        true => secret.previous.clone(),
        false => Some(secret.current.clone()),
    });
    let expected = match unmarked(held) {
        Expected::Done if value.is_none() => Expected::Fault("ResourceNotFoundException"),
        other => other,
    };
    let input = json!({ "SecretId": name, "VersionStage": stage });
    let reply = history.call(who, "secretsmanager:GetSecretValue", &input, expected)?;
    reply.map_or(Ok(()), |reply| equal(&reply["SecretString"], &json!(value)))
}

fn put(history: &mut History, name: String, held: Option<Secret>) -> Result<(), Wrong> {
    let (who, value, token) = (somebody(history), history.text(), token(history));
    let expected = unmarked(held.as_ref());
    let input = json!({ "SecretId": name, "SecretString": value, "ClientRequestToken": token });
    let done = history.call(who, "secretsmanager:PutSecretValue", &input, expected)?;
    if let Some((_, held)) = done.zip(held) {
        let secret = Secret { current: value, previous: Some(held.current), ends_ms: None };
        history.model.secrets.insert(name, secret);
    }
    Ok(())
}

fn delete(history: &mut History, name: &str, held: Option<&Secret>) -> Result<(), Wrong> {
    let (who, expected) = (somebody(history), unmarked(held));
    let input = json!({ "SecretId": name, "RecoveryWindowInDays": 7 });
    let ends_ms = history.now_ms() + 7 * DAY_MS;
    if history.call(who, "secretsmanager:DeleteSecret", &input, expected)?.is_some() {
        mark(history, name, Some(ends_ms));
    }
    Ok(())
}

fn restore(history: &mut History, name: &str, held: Option<&Secret>) -> Result<(), Wrong> {
    let (who, expected) = (somebody(history), missing_or(held, Expected::Done));
    let input = json!({ "SecretId": name });
    if history.call(who, "secretsmanager:RestoreSecret", &input, expected)?.is_some() {
        mark(history, name, None);
    }
    Ok(())
}

fn mark(history: &mut History, name: &str, ends_ms: Option<i64>) {
    if let Some(secret) = history.model.secrets.get_mut(name) {
        secret.ends_ms = ends_ms;
    }
}
