//! Trees of the two readers held against each other.

use sekisho_tree::{Node, Style, Value};

/// Whether two trees differ in no more than how they tell numbers and Booleans.
pub(crate) fn same(json: &Node, yaml: &Node) -> bool {
    json.span == yaml.span
        && json.tag == yaml.tag
        && match (&json.value, &yaml.value) {
            (Value::Scalar(json, of_json), Value::Scalar(yaml, of_yaml)) => {
                let plain = matches!(of_json, Style::Number | Style::Bool);
                json == yaml && *of_yaml == if plain { Style::Plain } else { *of_json }
            }
            (Value::List(json), Value::List(yaml)) => {
                json.len() == yaml.len()
                    && json.iter().zip(yaml).all(|(json, yaml)| same(json, yaml))
            }
            (Value::Map(json), Value::Map(yaml)) => {
                let entries = json.iter().zip(yaml);
                json.len() == yaml.len()
                    && entries
                        .into_iter()
                        .all(|(json, yaml)| json.key == yaml.key && same(&json.value, &yaml.value))
            }
            _ => false,
        }
}
