//! Who may do what: every operation that is served, called by every kind of caller, beside a committed
//! table of what comes of it. It is also the proof that each of them is asked and recorded, allowed and
//! denied alike, and that whoever has no policies is refused.
//!
//! The tables are `tests/authorization/SERVICE.txt`; `SEKISHO_BLESS=1` writes them anew. A cell that
//! changes is a change of what is enforced: look it up before it is committed.

#![expect(clippy::disallowed_methods, reason = "the tests read and write the committed tables")]

mod callers;
mod case;
mod evidence;
mod page;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use sekisho_cloud::services::SERVED;

use self::callers::rig;
use self::case::{Case, Setting};
use self::page::{Row, columns, difference, page};

/// What anybody with an account may call, with no policy and in spite of policies.
/// Source: STS API Reference, "GetCallerIdentity": "No permissions are required to perform this
/// operation"; "GetSessionToken": likewise, "you cannot use policies to control authentication".
const OPEN: [&str; 2] = ["sts:GetCallerIdentity", "sts:GetSessionToken"];

/// What asks nothing itself, because its parts are asked one by one.
/// Source: S3 API Reference, "DeleteObjects": each key needs `s3:DeleteObject`.
const ASKED_IN_PARTS: [&str; 1] = ["s3:DeleteObjects"];

fn asked_in_parts(case: &Case) -> bool {
    ASKED_IN_PARTS.contains(&case.operation)
}

/// What came of all cases of a service.
#[derive(Default)]
struct Seen {
    rows: Vec<Row>,
    /// The actions that each operation asked.
    asked: BTreeMap<&'static str, BTreeSet<String>>,
    /// What is not as it should be.
    wrong: Vec<String>,
}

macro_rules! tables {
    ($($service:ident),+) => {
        /// The services that have a table.
        const TABLES: &[&str] = &[$(stringify!($service)),+];

        $(#[test]
        fn $service() {
            check(stringify!($service), worlds::$service::SETTINGS);
        })+
    };
}

tables!(cloudtrail, iam, kms, organizations, s3, secretsmanager, ssm, sts);

#[test]
fn every_service_has_a_table() {
    let served: Vec<_> = SERVED.iter().filter_map(|list| list.first()?.service().into()).collect();
    assert_eq!(served, TABLES);
}

fn check(service: &str, settings: &[Setting]) {
    let mut seen = Seen::default();
    settings.iter().for_each(|setting| look(service, setting, &mut seen));
    seen.rows.sort_by(|one, other| one.name.cmp(&other.name));
    seen.wrong.extend(unasked(service, &seen.asked));
    let made = page(service, denial(service), &seen.rows);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/authorization");
    let path = root.join(format!("{service}.txt"));
    if std::env::var("SEKISHO_BLESS").is_ok() {
        std::fs::write(&path, &made).unwrap();
    }
    seen.wrong.dedup();
    assert!(seen.wrong.is_empty(), "{}", seen.wrong.join("\n"));
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = difference(&committed, &made);
    assert!(committed == made, "the table of {service} is another one now:\n{difference}");
}

/// Makes every call of a setting, each in a world of its own.
fn look(service: &str, setting: &Setting, seen: &mut Seen) {
    let mut world = rig(setting);
    for case in (setting.furnish)(&mut world) {
        let mut cells = Vec::new();
        for kind in columns(service) {
            let mut rig = world.copy();
            let Some(who) = kind.enter(&mut rig, setting, &case) else {
                cells.push(None);
                continue;
            };
            let found = evidence::of(&mut rig, &who, &case);
            seen.asked.entry(case.operation).or_default().extend(found.asked);
            seen.wrong.extend(found.wrong);
            seen.wrong.extend(unexpected(kind.name, &case, &found.cell));
            cells.push(Some(found.cell));
            rig.verify();
        }
        seen.rows.push(Row::of(&case, cells));
    }
}

/// What does not hold that holds for every operation, whatever its table says.
fn unexpected(kind: &str, case: &Case, cell: &str) -> Option<String> {
    let denied = cell == denial(case.served().service());
    let refused = denied || (cell != "yes" && cell != case.ends_in);
    let holds = match kind {
        "anonymous" => refused,
        "nobody" => refused != OPEN.contains(&case.operation),
        "admin" => cell == case.ends_in,
        _ => true,
    };
    (!holds).then(|| format!("{}: {kind} is answered {cell}", case.name()))
}

/// What is missing to this: every operation has a case, and asks in its cases what it says it may ask,
/// and nothing else.
fn unasked(service: &str, asked: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let served = SERVED.iter().flat_map(|list| list.iter()).filter(|one| one.service() == service);
    let mut wrong = Vec::new();
    for operation in served {
        let Some(asked) = asked.get(operation.name) else {
            wrong.push(format!("{} has no case", operation.name));
            continue;
        };
        let says: BTreeSet<_> = operation.asks.iter().map(|&action| action.to_owned()).collect();
        if says.is_empty() != ASKED_IN_PARTS.contains(&operation.name) {
            wrong.push(format!("{} asks nothing", operation.name));
        }
        let silent = says.difference(asked).map(|action| format!("never asks {action}"));
        let secret = asked.difference(&says).map(|action| format!("asks {action} unsaid"));
        wrong.extend(silent.chain(secret).map(|what| format!("{} {what}", operation.name)));
    }
    wrong
}

/// The code of a service's denials.
fn denial(service: &str) -> &'static str {
    use sekisho_wire::model::{Protocol, service as model};
    match model(service).unwrap().protocols.last() {
        Some(Protocol::Query | Protocol::RestXml) => "AccessDenied",
        _ => "AccessDeniedException",
    }
}
