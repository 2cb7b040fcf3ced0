//! The table as it is committed: a line for each case, a column for each kind of caller.

use std::collections::BTreeSet;
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

/// How the cells of a service are written.
struct Marks {
    /// The code of its denials.
    denial: &'static str,
    /// The other codes, in the order of their letters.
    others: Vec<String>,
}

/// The table of a service, whose denials have this code.
pub(super) fn page(service: &str, denial: &'static str, rows: &[Row]) -> String {
    let marks = Marks::of(denial, rows);
    let mut page = head(service, &marks);
    let names = columns(service).map(|kind| kind.name.to_owned());
    let title = std::iter::once(format!("{service}:")).chain(names).collect::<Vec<_>>();
    let line = |row: &Row| {
        let name = row.name.strip_prefix(&*title[0]).unwrap().to_owned();
        let cells = row.cells.iter().map(|cell| marks.mark(cell.as_deref()));
        std::iter::once(name).chain(cells).collect::<Vec<_>>()
    };
    let lines: Vec<_> = rows.iter().map(line).collect();
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

impl Marks {
    fn of(denial: &'static str, rows: &[Row]) -> Self {
        let mut marks = Self { denial, others: Vec::new() };
        let codes: BTreeSet<_> = rows.iter().flat_map(|row| row.cells.iter().flatten()).collect();
        let others = codes.into_iter().filter(|code| marks.known(code).is_none());
        marks.others = others.cloned().collect();
        marks
    }

    /// A word for what most cells say.
    fn known(&self, cell: &str) -> Option<&'static str> {
        match cell {
            "yes" => Some("yes"),
            code if code == self.denial => Some("no"),
            code if code.strip_prefix("parts:") == Some(self.denial) => Some("parts"),
            code if code.starts_with(UNSIGNED) => Some("-"),
            _ => None,
        }
    }

    fn mark(&self, cell: Option<&str>) -> String {
        let Some(cell) = cell else { return ".".to_owned() };
        let letter = || {
            let place = self.others.iter().position(|code| code == cell).unwrap();
            char::from(b'a' + u8::try_from(place).unwrap()).to_string()
        };
        self.known(cell).map_or_else(letter, str::to_owned)
    }
}

fn head(service: &str, marks: &Marks) -> String {
    let denial = marks.denial;
    let ending = denial.strip_prefix("AccessDenied").unwrap_or_default();
    let mut head = format!(
        "Who may do what: {service}\n\n\
         yes    it is done\n\
         no     refused with {denial}\n\
         parts  answered, and each of its parts refused with {denial}\n\
         -      refused with {UNSIGNED}{ending}, before anything is asked\n\
         .      there is no such caller\n"
    );
    for code in &marks.others {
        writeln!(head, "{:5}  {code}", marks.mark(Some(code))).unwrap();
    }
    head.push('\n');
    let kinds: Vec<_> = columns(service).collect();
    let width = kinds.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
    for kind in kinds {
        writeln!(head, "{:width$}  {}", kind.name, kind.says).unwrap();
    }
    head + "\n"
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
