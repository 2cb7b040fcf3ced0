//! Reads Markdown files as test suites: every table is a group of cases, every row a case.
//!
//! A table stands under a heading and after a `Source:` paragraph that says where its facts come
//! from. One without a source, or without rows, is a mistake and fails the test. Rows know their
//! file and line, so a failing case can be found.
//!
//! ```md
//! ## Statement
//! Source: IAM User Guide, "IAM JSON policy elements: Statement".
//! | policy | accepted |
//! |---|---|
//! | `{"Statement":[]}` | no |
//! ```
//!
//! A block fenced as `given` holds lines `name: cell` that every row of the tables below it shares,
//! unless the row has a column of that name. `README.md` explains the tables and holds none.
//!
//! As everywhere in Markdown tables, `\|` is a `|`, in code spans too. A cell that is one code span
//! is given without its backticks.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a mistake in a table fails the test that reads it"
)]

use std::fmt;
use std::path::Path;

/// One table of a file.
pub(crate) struct Table {
    /// The nearest heading above.
    pub(crate) heading: String,
    /// Where its facts come from.
    pub(crate) source: String,
    /// What all its rows share, where they do not say otherwise.
    pub(crate) given: Vec<(String, String)>,
    /// The names of its columns.
    pub(crate) header: Vec<String>,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

/// One row of a table. It is shown as its place: `file.md:12`.
pub(crate) struct Row {
    file: String,
    line: usize,
    /// As many cells as the header has.
    pub(crate) cells: Vec<String>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Table {
    /// The cells of `row` under the columns named, in the order asked for; what all rows share where
    /// there is no such column.
    pub(crate) fn cells<'a, const N: usize>(
        &'a self,
        row: &'a Row,
        names: [&str; N],
    ) -> [&'a str; N] {
        names.map(|name| {
            let cell = self.header.iter().position(|column| column == name);
            let cell = cell.and_then(|at| row.cells.get(at)).or_else(|| {
                self.given.iter().find(|(given, _)| given == name).map(|(_, cell)| cell)
            });
            let cell = cell.unwrap_or_else(|| panic!("{row}: the table has no column `{name}`"));
            cell.as_str()
        })
    }
}

/// The tables of every `.md` file in `folder`, which is named from the crate's root.
#[expect(clippy::disallowed_methods, reason = "the cases of a test stand in files beside it")]
pub(crate) fn tables_in(folder: &str) -> Vec<Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|why| panic!("{folder:?}: {why}"));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.retain(|path| !path.ends_with("README.md"));
    paths.sort();
    assert!(!paths.is_empty(), "{folder:?} has no .md file");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    paths.iter().flat_map(|path| tables_of(&path.display().to_string(), &read(path))).collect()
}

/// The tables of `text`, which is called `file` in messages.
pub(crate) fn tables_of(file: &str, text: &str) -> Vec<Table> {
    let (mut tables, mut heading, mut source) = (Vec::new(), String::new(), None);
    let mut given = Vec::new();
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line)).peekable();
    while let Some((number, line)) = lines.next() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
            (source, given) = (None, Vec::new());
        } else if line == "```given" {
            let block =
                lines.by_ref().map_while(|(at, line)| (line != "```").then_some((at, line)));
            given = block.map(|(at, line)| given_of(&format!("{file}:{at}"), line)).collect();
        } else if let Some(text) = line.strip_prefix("Source:") {
            source = Some(text.trim().to_owned());
        } else if let Some(header) = cells_of(line) {
            let mut body = Vec::new();
            while let Some((line, cells)) =
                lines.peek().and_then(|(line, text)| cells_of(text).map(|cells| (*line, cells)))
            {
                body.push(Row { file: file.to_owned(), line, cells });
                lines.next();
            }
            let source = source.clone();
            let source = source.unwrap_or_else(|| panic!("{file}:{number}: no `Source:` line"));
            let rows = rows_of(&header, body).unwrap_or_else(|| panic!("{file}:{number}: no rows"));
            let (heading, given) = (heading.clone(), given.clone());
            tables.push(Table { heading, source, given, header, rows });
        }
    }
    assert!(!tables.is_empty(), "{file}: no table");
    tables
}

/// One line of a `given` block.
fn given_of(place: &str, line: &str) -> (String, String) {
    let (name, cell) = line.split_once(": ").unwrap_or_else(|| panic!("{place}: no `name: cell`"));
    (name.trim().to_owned(), cell.trim().to_owned())
}

/// The rows below the line of dashes; `None` where there are none.
fn rows_of(header: &[String], mut body: Vec<Row>) -> Option<Vec<Row>> {
    let dashes = |cell: &String| !cell.is_empty() && cell.bytes().all(|byte| b"-:".contains(&byte));
    if body.len() < 2 || !body.first()?.cells.iter().all(dashes) {
        return None;
    }
    body.remove(0);
    for row in &body {
        let (has, wants) = (row.cells.len(), header.len());
        assert!(
            has == wants,
            "{row}: {has} cells, and the header has {wants} (a `|` inside a cell is written `\\|`)"
        );
    }
    Some(body)
}

/// The cells of one line of a table; `None` where the line is none.
fn cells_of(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut chars = inside.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, chars.peek()) {
            ('\\', Some('|')) => cells.last_mut()?.extend(chars.next()),
            ('|', _) => cells.push(String::new()),
            _ => cells.last_mut()?.push(char),
        }
    }
    Some(cells.iter().map(|cell| without_backticks(cell.trim()).to_owned()).collect())
}

/// The inside of a cell that is one code span, and any other cell as it is.
fn without_backticks(cell: &str) -> &str {
    let inside = cell.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inside.filter(|inside| !inside.contains('`')).unwrap_or(cell)
}
