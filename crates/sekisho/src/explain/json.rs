//! An explanation for programs. The schema is described in `docs/explain.md` and changes only by
//! additions.

use std::io::{self, Write};

use sekisho_iam::LayerKind;
use sekisho_iam::document::Condition;
use sekisho_iam::explanation::{
    Change, Explanation, LayerReport, Miss, NearStatement, StatementRef,
};
use serde::Serialize;

use super::advice::advice;
use super::case::{Case, Quoted};
use super::words::{layer_id, outcome_id, said_id};
use crate::render::{Finding, Place};

#[derive(Debug, Serialize)]
struct Answer<'a> {
    title: Option<&'a str>,
    decision: &'static str,
    decided_by: Vec<&'static str>,
    request: Asked<'a>,
    layers: Vec<Layer<'a>>,
    aws_message: Option<&'a str>,
    nearest_miss: Vec<Changed<'a>>,
    notes: Vec<Note<'a>>,
}

#[derive(Debug, Serialize)]
struct Asked<'a> {
    caller: String,
    caller_account: Option<String>,
    action: &'a str,
    resource: &'a str,
    resource_account: Option<String>,
}

#[derive(Debug, Serialize)]
struct Layer<'a> {
    layer: &'static str,
    level: Option<usize>,
    said: &'static str,
    statements: Vec<Stated<'a>>,
    near: Vec<Near<'a>>,
}

/// A statement; of a grant or a policy as a whole only the name is there.
#[derive(Debug, Serialize)]
struct Stated<'a> {
    policy: Option<&'a str>,
    sid: Option<&'a str>,
    index: Option<usize>,
    #[serde(flatten)]
    place: MaybePlace,
}

#[derive(Debug, Default, Serialize)]
struct MaybePlace {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Near<'a> {
    statement: Stated<'a>,
    misses: Vec<Missed<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "element", rename_all = "kebab-case")]
enum Missed<'a> {
    Action,
    Resource,
    Principal,
    Condition { operator: String, key: &'a str, wanted: Vec<&'a str>, got: Option<Vec<String>> },
}

#[derive(Debug, Serialize)]
struct Changed<'a> {
    change: &'static str,
    layer: &'static str,
    level: Option<usize>,
    statement: Option<Stated<'a>>,
    misses: Vec<Missed<'a>>,
    fixes: Vec<String>,
}

/// Something worth knowing about the input, or a finding about a policy.
#[derive(Debug, Serialize)]
pub(crate) struct Note<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
}

impl<'a> From<&'a Finding> for Note<'a> {
    fn from(finding: &'a Finding) -> Self {
        let severity = finding.diagnostic.severity.name();
        let (code, message) = (finding.diagnostic.code, &finding.diagnostic.message);
        let help = finding.diagnostic.help.as_deref();
        Self { code, severity, message, help, place: finding.place() }
    }
}

impl From<Option<Place>> for MaybePlace {
    fn from(place: Option<Place>) -> Self {
        place.map_or_else(Self::default, |place| Self {
            file: Some(place.file),
            line: Some(place.line),
            column: Some(place.column),
        })
    }
}

/// Writes the whole answer.
pub(crate) fn write(
    out: &mut dyn Write,
    case: &Case,
    explanation: &Explanation,
    aws_message: Option<&str>,
) -> io::Result<()> {
    let answer = Answer {
        title: case.title.as_deref(),
        decision: outcome_id(explanation.decision.outcome),
        decided_by: explanation.decision.layers.iter().map(layer_id).collect(),
        request: asked(case),
        layers: explanation.layers.iter().map(|report| layer(case, report)).collect(),
        aws_message,
        nearest_miss: explanation.nearest_miss.iter().map(|change| changed(case, change)).collect(),
        notes: case.notes.iter().map(Note::from).collect(),
    };
    pretty(out, &answer)
}

/// Writes any answer as indented JSON with a line break at its end.
pub(crate) fn pretty(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)
}

fn asked(case: &Case) -> Asked<'_> {
    let request = &case.request;
    Asked {
        caller: request.caller().to_string(),
        caller_account: request.caller().account().map(|account| account.to_string()),
        action: request.action(),
        resource: &request.resource().arn,
        resource_account: request.owner().map(|account| account.to_string()),
    }
}

fn layer<'a>(case: &'a Case, report: &LayerReport) -> Layer<'a> {
    let stated = |at: &StatementRef| stated(case.quote(report.layer, report.level, *at));
    Layer {
        layer: layer_id(report.layer),
        level: report.level,
        said: said_id(report.said),
        statements: report.decided_by.iter().map(stated).collect(),
        near: report.near.iter().map(|near| nearly(case, report, near)).collect(),
    }
}

fn nearly<'a>(case: &'a Case, report: &LayerReport, near: &NearStatement) -> Near<'a> {
    let quoted = case.quote(report.layer, report.level, near.at);
    Near { statement: stated(quoted), misses: misses(quoted, near) }
}

fn stated(quoted: Option<Quoted<'_>>) -> Stated<'_> {
    let statement = quoted.and_then(|quoted| quoted.statement);
    let sid = statement.and_then(|(_, statement)| statement.sid.as_ref());
    Stated {
        policy: quoted.map(|quoted| quoted.policy),
        sid: sid.map(|sid| &*sid.text),
        index: statement.map(|(index, _)| index),
        place: quoted.and_then(|quoted| quoted.place()).into(),
    }
}

fn misses<'a>(quoted: Option<Quoted<'a>>, near: &NearStatement) -> Vec<Missed<'a>> {
    let conditions = quoted
        .and_then(|quoted| quoted.statement)
        .map_or(&[] as &[Condition], |(_, statement)| &statement.conditions);
    near.misses.iter().filter_map(|miss| missed(conditions, miss)).collect()
}

fn missed<'a>(conditions: &'a [Condition], miss: &Miss) -> Option<Missed<'a>> {
    match miss {
        Miss::Action => Some(Missed::Action),
        Miss::Resource => Some(Missed::Resource),
        Miss::Principal => Some(Missed::Principal),
        Miss::Condition { condition, got } => {
            let condition = conditions.get(*condition)?;
            Some(Missed::Condition {
                operator: condition.operator.to_string(),
                key: &condition.key.text,
                wanted: condition.values.iter().map(|value| &*value.text).collect(),
                got: got.clone(),
            })
        }
    }
}

fn changed<'a>(case: &'a Case, change: &Change) -> Changed<'a> {
    let (change_id, layer, level, near) = match change {
        Change::Widen { layer, level, near } => ("widen", *layer, *level, Some(near)),
        Change::Add { layer, level } => ("add", *layer, *level, None),
        Change::Lift { layer, level, .. } => ("lift", *layer, *level, None),
        Change::UnblockPublicAccess => {
            ("unblock-public-access", LayerKind::PublicAccessBlock, None, None)
        }
    };
    let advice = advice(case, change);
    Changed {
        change: change_id,
        layer: layer_id(layer),
        level,
        // An added statement has no place yet; where to put it is for people.
        statement: (change_id != "add")
            .then(|| advice.at.map(|quoted| stated(Some(quoted))))
            .flatten(),
        misses: near.map_or_else(Vec::new, |near| misses(advice.at, near)),
        fixes: advice.fixes,
    }
}
