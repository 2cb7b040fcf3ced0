//! The reader of Markdown tables, which every truth table rests on.

mod support;

use support::markdown::{tables_in, tables_of};

const TABLE: &str = "\
# Title
## Group one
Source: a page.
Some words.
| name | text |
|---|:--|
| a | `x \\| y` |
| b | two `code` spans `here` |
";

#[test]
fn a_table_has_its_heading_its_source_and_rows_that_know_their_line() {
    let tables = tables_of("t.md", TABLE);
    let table = &tables[0];
    assert_eq!((table.heading.as_str(), table.source.as_str()), ("Group one", "a page."));
    assert_eq!(table.header, ["name", "text"]);
    assert_eq!(table.cells(&table.rows[0], ["text", "name"]), ["x | y", "a"]);
    assert_eq!(table.cells(&table.rows[1], ["text"]), ["two `code` spans `here`"]);
    assert_eq!(table.rows[1].to_string(), "t.md:8");
}

#[test]
fn rows_share_what_is_given_unless_they_have_a_column_of_that_name() {
    let text = "# A\nSource: x\n```given\na: 1\nb: | 2 |\n```\n| b |\n|---|\n| 3 |\n# B\nSource: x\n| b |\n|---|\n| 4 |\n";
    let tables = tables_of("t.md", text);
    assert_eq!(tables[0].cells(&tables[0].rows[0], ["a", "b"]), ["1", "3"]);
    assert!(tables[1].given.is_empty(), "another heading gives something else");
}

#[test]
#[should_panic(expected = "t.md:3: no `name: cell`")]
fn a_given_line_has_a_name() {
    tables_of("t.md", "Source: x\n```given\nnothing\n```\n| a |\n|---|\n| 1 |\n");
}

#[test]
#[should_panic(expected = "t.md:2: no `Source:` line")]
fn a_source_is_wanted_under_every_heading() {
    tables_of("t.md", "# A\n| a |\n|---|\n| 1 |\n");
}

#[test]
#[should_panic(expected = "t.md:2: no rows")]
fn a_table_without_rows_is_a_mistake() {
    tables_of("t.md", "Source: x\n| a |\n|---|\n");
}

#[test]
#[should_panic(expected = "t.md:4: 2 cells, and the header has 1")]
fn a_row_has_as_many_cells_as_the_header() {
    tables_of("t.md", "Source: x\n| a |\n|---|\n| 1 | 2 |\n");
}

#[test]
#[should_panic(expected = "t.md: no table")]
fn a_file_without_a_table_is_a_mistake() {
    tables_of("t.md", "# A\n");
}

#[test]
#[should_panic(expected = "has no .md file")]
fn a_folder_without_tables_is_a_mistake() {
    tables_in("src");
}
