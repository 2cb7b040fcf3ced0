//! `sekisho explain`: one request, decided, with its reasons.

mod advice;
mod case;
mod condition;
mod human;
mod input;
pub(crate) mod json;
mod words;

use std::io;

use sekisho_iam::explanation::Said;
use sekisho_iam::{Explanation, denial};

use self::case::Case;
use crate::Shell;
use crate::cli::{Explain, Format};
use crate::exit::Exit;
use crate::{files, render};

/// Runs the command.
pub(crate) fn run(args: &Explain, shell: &mut Shell<'_>) -> io::Result<Exit> {
    let source = match files::read(&args.file) {
        Ok(source) => source,
        Err(why) => {
            render::unreadable(shell.err, &why)?;
            return Ok(Exit::Unreadable);
        }
    };
    let case = match input::read(&source, &args.file) {
        Ok(case) => case,
        Err(findings) => {
            render::findings(shell.err, &findings)?;
            return Ok(Exit::Unreadable);
        }
    };
    let explanation = sekisho_iam::explain(&case.request, &case.policies.compile().layers());
    let denying = denying_policy(&case, &explanation);
    let message = denial::message(&case.request, explanation.decision, denying);
    match args.format {
        Format::Human => {
            render::findings(shell.err, &case.notes)?;
            human::write(shell.out, &case, &explanation, message.as_deref())?;
        }
        Format::Json => json::write(shell.out, &case, &explanation, message.as_deref())?,
    }
    Ok(if explanation.decision.is_allowed() { Exit::Yes } else { Exit::No })
}

/// The ARN of the policy that denies explicitly, where it is called by its ARN.
fn denying_policy<'a>(case: &'a Case, explanation: &Explanation) -> Option<&'a str> {
    let layer = explanation.decision.denied_by()?;
    let denies = |said| matches!(said, Said::Denies);
    let mut reports = explanation.layers.iter();
    let report = reports.find(|report| report.layer == layer && denies(report.said))?;
    let at = report.decided_by.first()?;
    let policy = case.quote(layer, report.level, *at)?.policy;
    policy.starts_with("arn:").then_some(policy)
}
