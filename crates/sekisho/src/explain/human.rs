//! An explanation for people: the verdict first, then why, then what to change.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use sekisho_iam::explanation::{Explanation, LayerReport, Miss, NearStatement, Said, StatementRef};
use sekisho_iam::{Caller, LayerKind};

use super::advice::{Advice, advice};
use super::case::{Case, Quoted};
use super::words;
use crate::render::{clean, marked};

const ALLOWED: Style = AnsiColor::Green.on_default().bold();
const DENIED: Style = AnsiColor::Red.on_default().bold();
const STRONG: Style = Style::new().bold();
/// The longest of the words for what a layer said.
const SAID_WIDTH: usize = 14;
/// The most statements that are named for one layer.
const NAMED_MAX: usize = 3;
/// What no file holds: AWS attaches it itself.
const ALWAYS_ATTACHED: &str = "RCPFullAWSAccess";
const FAINT: Style = Style::new().dimmed();

/// Writes the whole answer.
pub(crate) fn write(
    out: &mut dyn Write,
    case: &Case,
    explanation: &Explanation,
    aws_message: Option<&str>,
) -> io::Result<()> {
    verdict(out, case, explanation)?;
    because(out, case, explanation)?;
    if let Some(message) = aws_message {
        writeln!(out, "\n{STRONG}AWS says:{STRONG:#}\n  {}", clean(message))?;
    }
    nearest_miss(out, case, explanation)
}

fn verdict(out: &mut dyn Write, case: &Case, explanation: &Explanation) -> io::Result<()> {
    let (style, word, may) = if explanation.decision.is_allowed() {
        (ALLOWED, "ALLOWED", "may perform")
    } else {
        (DENIED, "DENIED", "may not perform")
    };
    let request = &case.request;
    let (caller, resource) = (request.caller().to_string(), &request.resource().arn);
    let (action, on) = (request.action(), clean(resource));
    writeln!(out, "{style}{word}{style:#}  {} {may} {action} on {on}", clean(&caller))?;
    case.title.iter().try_for_each(|title| writeln!(out, "{FAINT}{}{FAINT:#}", clean(title)))
}

fn because(out: &mut dyn Write, case: &Case, explanation: &Explanation) -> io::Result<()> {
    let across = match (case.request.caller().account(), case.request.owner()) {
        (Some(from), Some(to)) if case.request.crosses_accounts() => {
            format!(" (from account {from} into {to}: both sides must allow)")
        }
        _ => String::new(),
    };
    writeln!(out, "\n{STRONG}because:{STRONG:#}{across}")?;
    let name = |report: &LayerReport| words::layer(case, report.layer, report.level);
    let width = explanation.layers.iter().map(|report| name(report).len()).max().unwrap_or(0);
    for report in &explanation.layers {
        let decides =
            explanation.decision.layers.contains(report.layer) && spoke(report, explanation);
        let (mark, style) = if decides { (">", STRONG) } else { (" ", Style::new()) };
        let (name, said) = (name(report), words::said(report.said));
        let row = format!("{mark} {name:width$}  {said:SAID_WIDTH$}  ");
        let detail = detail(case, report).unwrap_or_default();
        // Nothing follows a row without detail: no blanks at the end of a line.
        let row = if detail.is_empty() { row.trim_end() } else { &row };
        writeln!(out, "{style}{row}{style:#}{detail}")?;
    }
    let unasked = explanation.decision.layers.is_empty();
    if unasked { writeln!(out, "  AWS asks for no permission here") } else { Ok(()) }
}

/// Whether a report of a deciding layer is the one that decided: of several SCP levels only those
/// that denied, or did not allow.
fn spoke(report: &LayerReport, explanation: &Explanation) -> bool {
    let allows = matches!(report.said, Said::Allows | Said::Delegates);
    explanation.decision.is_allowed() == allows
}

/// The statements behind what a layer said.
fn detail(case: &Case, report: &LayerReport) -> Option<String> {
    let quote = |at: &StatementRef| case.quote(report.layer, report.level, *at);
    if !report.decided_by.is_empty() {
        let shown = report.decided_by.iter().take(NAMED_MAX).map(|at| match quote(at) {
            Some(quoted) => name(&quoted),
            None => ALWAYS_ATTACHED.to_owned(),
        });
        let shown = shown.collect::<Vec<_>>().join(", ");
        return Some(match report.decided_by.len().saturating_sub(NAMED_MAX) {
            0 => shown,
            more => format!("{shown} and {more} more"),
        });
    }
    let Some(near) = report.near.first() else { return unwritten(case, report) };
    let quoted = quote(&near.at)?;
    Some(format!("closest: {}, {}", name(&quoted), misses(&quoted, near)))
}

/// What no policy that was given says, and yet holds.
fn unwritten(case: &Case, report: &LayerReport) -> Option<String> {
    let allows = report.said == Said::Allows;
    match (report.layer, case.request.caller()) {
        (LayerKind::Rcp, _) if allows => {
            Some(format!("{ALWAYS_ATTACHED}, which is always attached"))
        }
        (LayerKind::Identity, Caller::Root(_)) if allows => {
            Some("the root user may do what its account may".to_owned())
        }
        _ => None,
    }
}

/// A statement by policy, name or number, and line.
fn name(quoted: &Quoted<'_>) -> String {
    let place = quoted.place().map(|place| format!(" ({}:{})", clean(&place.file), place.line));
    format!("{}{}", title(quoted), place.unwrap_or_default())
}

/// What a statement that came near misses, in a few words.
fn misses(quoted: &Quoted<'_>, near: &NearStatement) -> String {
    let condition = |index: usize| {
        let (_, statement) = quoted.statement?;
        statement.conditions.get(index).map(|condition| clean(&condition.key.text).into_owned())
    };
    let say = |miss: &Miss| match miss {
        Miss::Action => "for other actions".to_owned(),
        Miss::Resource => "for other resources".to_owned(),
        Miss::Principal => "for other callers".to_owned(),
        Miss::Condition { condition: index, got } => {
            let key = condition(*index).unwrap_or_default();
            let absent = if got.is_none() { ", which the request does not carry" } else { "" };
            format!("with a condition on {key}{absent}")
        }
    };
    near.misses.iter().map(say).collect::<Vec<_>>().join(" and ")
}

fn nearest_miss(out: &mut dyn Write, case: &Case, explanation: &Explanation) -> io::Result<()> {
    let changes = &explanation.nearest_miss;
    let title = match changes.len() {
        0 if explanation.decision.is_allowed() => return Ok(()),
        0 => return writeln!(out, "\n{STRONG}nearest miss:{STRONG:#} no policy can allow it"),
        1 => "one change would allow it".to_owned(),
        many => format!("{many} changes would allow it, all of them needed"),
    };
    writeln!(out, "\n{STRONG}nearest miss:{STRONG:#} {title}")?;
    changes.iter().try_for_each(|change| one_change(out, &advice(case, change)))
}

fn one_change(out: &mut dyn Write, advice: &Advice<'_>) -> io::Result<()> {
    let at = advice.at.map(|quoted| format!(": {}", title(&quoted))).unwrap_or_default();
    writeln!(out, "\n{}{at}", advice.layer)?;
    match advice.at.and_then(|quoted| quoted.source) {
        Some(source) if !advice.marks.is_empty() => {
            marked(out, source, &advice.marks, "fix", &advice.fixes)
        }
        _ => advice.fixes.iter().try_for_each(|fix| writeln!(out, "  fix: {}", clean(fix))),
    }
}

/// A statement by policy, and name or number.
fn title(quoted: &Quoted<'_>) -> String {
    let policy = clean(quoted.policy);
    match (quoted.sid(), quoted.statement) {
        (Some(sid), _) => format!("{policy} {}", clean(sid)),
        (None, Some((index, _))) => format!("{policy} #{}", index + 1),
        (None, None) => policy.into_owned(),
    }
}
