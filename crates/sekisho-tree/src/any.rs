//! A text of which nobody said whether it is JSON or YAML: templates, parameter files, requests.
//!
//! JSON is nearly a part of YAML, so YAML would do for both. The strict reader goes first where a
//! text begins with a bracket, because it takes the JSON that YAML does not (see the `yaml` module
//! for what that is), knows a number from a string, and is faster. Where the text is no strict
//! JSON it can still be YAML (`{Ref: Queue}`, a trailing comma, a comment), and then it is
//! YAML's rules that it breaks or keeps.

use crate::keys::DUPLICATE_KEY;
use crate::source::BYTE_ORDER_MARK;
use crate::{Read, read_json, read_yaml};

/// Reads a text as JSON where it is strict JSON, and as YAML otherwise.
pub fn read_any(text: &str) -> Read {
    if begins_like_json(text) {
        let read = read_json(text);
        if is_json(&read) {
            return read;
        }
    }
    read_yaml(text)
}

fn begins_like_json(text: &str) -> bool {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    text.trim_start().starts_with(['{', '['])
}

/// JSON's grammar allows a key to stand twice; that is no sign of YAML.
fn is_json(read: &Read) -> bool {
    read.node.is_some() && read.diagnostics.iter().all(|found| found.code == DUPLICATE_KEY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Style;

    #[test]
    fn the_style_of_a_number_tells_who_read_it() {
        for (text, style) in [
            ("[1]", Style::Number),
            ("\u{feff} \n[1]", Style::Number),
            ("[1,]", Style::Plain),
            ("[1] # one", Style::Plain),
            ("- 1", Style::Plain),
        ] {
            let read = read_any(text);
            let first = read.node.as_ref().and_then(|node| node.as_list()?.first()?.as_scalar());
            assert_eq!(first, Some(("1", style)), "{text}");
            assert_eq!(read.diagnostics, [], "{text}");
        }
    }

    #[test]
    fn a_repeated_key_leaves_json_json() {
        let read = read_any("{\"a\": 1, \"a\": 2}");
        assert_eq!(read, read_json("{\"a\": 1, \"a\": 2}"));
        assert!(read.has_errors() && read.node.is_some());
    }

    #[test]
    fn what_is_neither_is_told_as_yaml() {
        assert_eq!(read_any("{\"a\": [1}"), read_yaml("{\"a\": [1}"));
        assert!(read_any("{\"a\": [1}").has_errors());
    }
}
