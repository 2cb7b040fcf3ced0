//! The table as it is committed: a line for each case, a column for each kind of caller.

use std::fmt::Write as _;

use super::callers::{KINDS, Kind, has_column};
use super::case::Case;

/// A line of the table: the case, and its cells in the order of [`columns`].
pub(super) struct Row {
    pub(super) name: String,
    pub(super) note: &'static str,
    pub(super) cells: Vec<Option<String>>,
}

/// What callers who do not sign are answered, but for S3; with JSON the code ends in `Exception`.
const UNSIGNED: &str = "MissingAuthenticationToken";

/// The columns of a service's table.
pub(super) fn columns(service: &str) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(move |kind| has_column(kind, service))
}

impl Row {
    pub(super) fn of(case: &Case, cells: Vec<Option<String>>) -> Self {
        Self { name: case.name(), note: case.note, cells }
    }
}

/// The table of a service, whose denials have this code.
pub(super) fn page(service: &str, denial: &str, rows: &[Row]) -> String {
    let mut page = head(service, denial);
    let names = columns(service).map(|kind| kind.name.to_owned());
    let title = std::iter::once(format!("{service}:")).chain(names).collect::<Vec<_>>();
    let lines: Vec<_> = rows.iter().map(|row| line(row, service, denial)).collect();
    let widths: Vec<_> = (0..title.len())
        .map(|place| lines.iter().chain([&title]).map(|line| line[place].len()).max().unwrap())
        .collect();
    page += &aligned(&title, &widths);
    for (row, line) in rows.iter().zip(&lines) {
        page += &aligned(line, &widths);
        if !row.note.is_empty() {
            writeln!(page, "    ^ {}", row.note).unwrap();
        }
    }
    page
}

fn head(service: &str, denial: &str) -> String {
    let ending = denial.strip_prefix("AccessDenied").unwrap_or_default();
    let mut head = format!(
        "Who may do what: {service}\n\n\
         yes  it is done\n\
         no   refused with {denial}\n\
         .    there is no such caller\n\
         -    refused with {UNSIGNED}{ending}, before anything is asked\n\
         Any other word is the code that is answered; `parts:` stands before that of an operation's parts.\n\n"
    );
    let kinds: Vec<_> = columns(service).collect();
    let width = kinds.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
    for kind in kinds {
        writeln!(head, "{:width$}  {}", kind.name, kind.says).unwrap();
    }
    head + "\n"
}

fn line(row: &Row, service: &str, denial: &str) -> Vec<String> {
    let name = row.name.strip_prefix(&format!("{service}:")).unwrap().to_owned();
    let shown = |cell: &Option<String>| match cell.as_deref() {
        None => ".".to_owned(),
        Some(code) if code == denial => "no".to_owned(),
        Some(code) if code.starts_with(UNSIGNED) => "-".to_owned(),
        Some(code) => code.replace(denial, "no"),
    };
    std::iter::once(name).chain(row.cells.iter().map(shown)).collect()
}

fn aligned(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
}

/// The lines in which two tables differ.
pub(super) fn difference(committed: &str, made: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (committed.lines().collect(), made.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect::<Vec<_>>().join("\n")
}
