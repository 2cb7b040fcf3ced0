//! The truth tables: what AWS's documents say about a request, row by row, asked of both engines.
//!
//! The tables stand in `truth/*.md`; `truth/README.md` explains how to read and write them. The kind of
//! a table follows from its columns.

#![expect(clippy::indexing_slicing, reason = "a table made here has its one row")]

#[path = "support/case.rs"]
mod case;
#[path = "support/cast.rs"]
mod cast;
#[path = "support/markdown.rs"]
mod markdown;
#[path = "support/shorthand.rs"]
mod shorthand;

use std::collections::BTreeSet;

use case::{Case, Facts, in_words, kind_of, put, request};
use cast::Parsed;
use markdown::{Row, Table, tables_in, tables_of};
use sekisho_iam::document::{Comparison, Condition, Effect, Operator, SetPrefix, Statement};
use sekisho_iam::document::{Document, Version};
use sekisho_iam::{Decision, LayerKind, Outcome, Policies, Policy, Request, decide};
use shorthand::Names;

/// The fewest cases that the tables must hold.
const CASES_MIN: usize = 1_000;

/// An engine: what decides.
type Engine = fn(&Request, &Policies) -> Decision;

/// The engines that every case is asked of.
fn engines() -> [(&'static str, Engine); 2] {
    let fast: Engine = |request, policies| decide(request, &policies.compile().layers());
    [("the engine", fast), ("the specification", sekisho_spec::decide)]
}

/// What was seen while the tables ran: the tables as a whole must cover everything.
#[derive(Default)]
struct Seen {
    cases: usize,
    callers: BTreeSet<&'static str>,
    layers: BTreeSet<LayerKind>,
    operators: BTreeSet<String>,
}

#[test]
fn every_row_is_decided_as_the_documents_say() {
    let (seen, failures) = run_tables();
    let (failed, cases) = (failures.len(), seen.cases);
    assert!(failures.is_empty(), "{failed} of {cases} cases fail:\n{}", failures.join("\n"));
}

#[test]
fn the_tables_leave_nothing_out() {
    run_tables().0.check();
}

/// Runs every row; gives back what was seen, and the rows that failed with their place.
fn run_tables() -> (Seen, Vec<String>) {
    let (mut seen, mut failures) = (Seen::default(), Vec::new());
    for table in tables_in("tests/truth") {
        let cited = table.source.contains("https://") && table.source.contains("(read 20");
        assert!(cited, "`{}`: the source names no address or date", table.heading);
        for row in &table.rows {
            let facts = Facts::new(&table.given, &table.header, &row.cells);
            seen.cases += 1;
            if let Err(why) = run(&table, row, &facts, &mut seen) {
                failures.push(format!("{row}: {}: {why}", table.heading));
            }
        }
    }
    (seen, failures)
}

impl Seen {
    /// Every operator in every form, every kind of caller and every layer must have been seen.
    fn check(&self) {
        assert!(self.cases >= CASES_MIN, "{} cases, of {CASES_MIN}", self.cases);
        let operators = all_operators().map(|operator| operator.to_string());
        let missing: Vec<_> = operators.filter(|name| !self.operators.contains(name)).collect();
        assert!(missing.is_empty(), "operators without a case: {}", missing.join(", "));
        assert_eq!(self.callers.len(), 7, "kinds of callers: {:?}", self.callers);
        for layer in LayerKind::ALL {
            assert!(self.layers.contains(&layer), "no case is decided by {layer:?}");
        }
    }
}

/// Every operator that AWS has: each comparison alone, with each set prefix and with `IfExists`.
fn all_operators() -> impl Iterator<Item = Operator> {
    let sets = [None, Some(SetPrefix::ForAllValues), Some(SetPrefix::ForAnyValue)];
    Comparison::ALL.iter().flat_map(move |comparison| {
        let forms = sets.into_iter().flat_map(move |set| {
            [false, true].map(|if_exists| Operator { set, comparison: *comparison, if_exists })
        });
        forms.filter(|operator| Operator::parse(&operator.to_string()).is_some())
    })
}

/// Runs one row, by the kind of its table.
fn run(table: &Table, row: &Row, facts: &Facts<'_>, seen: &mut Seen) -> Parsed<()> {
    let has = |name: &str| table.header.iter().any(|column| column == name);
    if has("decision") {
        run_decision(facts, seen)
    } else if has("operator") && has("matches") {
        run_condition(facts, seen)
    } else if has("text") && has("matches") {
        run_pattern(facts)
    } else if has("key") && has("value") {
        run_key(table.cells(row, ["key", "value"]), facts)
    } else {
        Err("no table has these columns".to_owned())
    }
}

fn run_decision(facts: &Facts<'_>, seen: &mut Seen) -> Parsed<()> {
    let case = Case::read(facts)?;
    seen.callers.insert(kind_of(case.request.caller()));
    seen.layers.extend(case.expected.layers.iter());
    decided(&case.request, &case.policies, |got| got == case.expected, &in_words(case.expected))
}

/// Asks all engines, and says who differs.
fn decided(
    request: &Request,
    policies: &Policies,
    is_right: impl Fn(Decision) -> bool,
    expected: &str,
) -> Parsed<()> {
    let answers = engines().map(|(name, engine)| (name, engine(request, policies)));
    let wrong = answers.into_iter().filter(|(_, got)| !is_right(*got));
    let wrong = wrong.map(|(name, got)| format!("{name} says {}", in_words(got)));
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("expected {expected}; {}", wrong.join("; ")))
}

/// A condition must make an Allow allow and a Deny deny, or do neither.
fn run_condition(facts: &Facts<'_>, seen: &mut Seen) -> Parsed<()> {
    facts.allow_only(&[
        "operator", "key", "policy", "request", "context", "version", "matches", "why",
    ])?;
    let mut context = case::context(facts.get("context"))?;
    put(&mut context, facts.get("key"), facts.get("request"));
    let caller = cast::caller("user alice")?;
    let resource = cast::resource("object")?;
    let request = Request::new(caller, "s3:GetObject", resource, context);
    let request = request.map_err(|why| why.to_string())?;
    let condition =
        shorthand::condition(facts.get("operator"), facts.get("key"), facts.get("policy"))?;
    seen.operators.insert(condition.operator.to_string());
    let version = if facts.get("version") == "2008" { Version::V2008 } else { Version::V2012 };
    let matches = yes(facts.get("matches"))?;
    for effect in [Effect::Allow, Effect::Deny] {
        let policies = conditional(effect, version, &condition)?;
        let expected = match (effect, matches) {
            (Effect::Allow, true) | (Effect::Deny, false) => Outcome::Allowed,
            (Effect::Allow, false) => Outcome::ImplicitlyDenied,
            (Effect::Deny, true) => Outcome::ExplicitlyDenied,
        };
        let words = format!("{expected:?} with {effect:?}");
        decided(&request, &policies, |got| got.outcome == expected, &words)?;
    }
    Ok(())
}

/// An identity policy with one conditional statement; beside a conditional Deny an Allow of everything.
fn conditional(effect: Effect, version: Version, condition: &Condition) -> Parsed<Policies> {
    let everything = shorthand::document("allow", Names::Nobody)?.statements;
    let statement =
        |statement| Statement { effect, conditions: vec![condition.clone()], ..statement };
    let mut statements: Vec<_> = everything.iter().cloned().map(statement).collect();
    if effect == Effect::Deny {
        statements.extend(everything);
    }
    let document = Some(Document { version, id: None, statements, span: Default::default() });
    let identity = vec![Policy { name: "p".to_owned(), document }];
    Ok(Policies { identity, ..Policies::default() })
}

/// A pattern stands in one element of an identity policy, and the statement must match or not.
fn run_pattern(facts: &Facts<'_>) -> Parsed<()> {
    facts.allow_only(&[
        "element", "pattern", "text", "caller", "context", "version", "matches", "why",
    ])?;
    let (pattern, old) = (facts.get("pattern"), facts.get("version") == "2008");
    let version = if old { "2008: " } else { "" };
    let (policy, action, resource) = match facts.get("element") {
        "Action" => (format!("allow {pattern}"), facts.get("text"), "object"),
        "NotAction" => (format!("allow all but {pattern}"), facts.get("text"), "object"),
        "Resource" => (format!("allow on {pattern}"), "s3:GetObject", facts.get("text")),
        "NotResource" => (format!("allow on all but {pattern}"), "s3:GetObject", facts.get("text")),
        other => return Err(format!("`{other}` is no element with patterns")),
    };
    let parts = [
        ("caller", if facts.get("caller") == "-" { "user alice" } else { facts.get("caller") }),
        ("context", facts.get("context")),
        ("action", action),
        ("resource", resource),
    ];
    let parts = parts.map(|(name, cell)| (name.to_owned(), cell.to_owned()));
    let identity = shorthand::policies(&format!("{version}{policy}"), Names::Nobody)?;
    let matches = yes(facts.get("matches"))?;
    let policies = Policies { identity, ..Policies::default() };
    let request = request(&Facts::new(&parts, &[], &[]))?;
    decided(&request, &policies, |got| got.is_allowed() == matches, facts.get("matches"))
}

/// A condition key that follows from the caller or the resource.
fn run_key([key, expected]: [&str; 2], facts: &Facts<'_>) -> Parsed<()> {
    facts.allow_only(&[
        "caller",
        "action",
        "resource",
        "bucket abac",
        "context",
        "key",
        "value",
        "why",
    ])?;
    let request = request(facts)?;
    let got = request.context().get(key).map(|value| value.values().join(", "));
    let got = got.unwrap_or_else(|| "absent".to_owned());
    if got == expected { Ok(()) } else { Err(format!("expected `{expected}`, got `{got}`")) }
}

fn yes(cell: &str) -> Parsed<bool> {
    match cell {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("`{other}` is neither yes nor no")),
    }
}

/// Whether a table with this one row runs: what a slip of the pen must not do.
fn one_row(given: &str, header: &str, row: &str) -> Parsed<()> {
    let dashes = "|---".repeat(header.matches('|').count() - 1);
    let text = format!("Source: x\n```given\n{given}\n```\n{header}\n{dashes}|\n{row}\n");
    let tables = tables_of("t.md", &text);
    let (table, row) = (&tables[0], &tables[0].rows[0]);
    let facts = Facts::new(&table.given, &table.header, &row.cells);
    run(table, row, &facts, &mut Seen::default())
}

#[test]
fn slips_of_the_pen_do_not_pass() {
    let given = "caller: user alice\naction: s3:GetObject\nresource: object";
    let header = "| identity | decision | by |";
    assert_eq!(one_row(given, header, "| allow | allowed | identity |"), Ok(()));
    for (given, header, row, why) in [
        (given, "| identiy | decision | by |", "| allow | allowed | identity |", "`identiy`"),
        (given, header, "| alow | allowed | identity |", "`alow` is neither"),
        (given, header, "| allow | alowed | identity |", "`alowed` is neither"),
        (given, header, "| allow | allowed | identiy |", "`identiy` is no layer"),
        (given, header, "| allow to user alice | allowed | identity |", "names nobody"),
        (given, header, "| - | allowed | identity |", "implicit by identity"),
        (given, header, "| allow | allowed | resource |", "allowed by identity"),
        ("caller: alice", header, "| allow | allowed | identity |", "is no resource"),
        ("key: k", "| operator | policy | request | matches |", "| Like | a | a | yes |", "`Like`"),
        ("key: k", "| operator | request |", "| Bool | true |", "no table has these columns"),
    ] {
        let said = one_row(given, header, row).unwrap_err();
        assert!(said.contains(why), "{row}: {said}");
    }
}
