//! The `grants` of a request file: KMS grants, in the spelling of this file's other keys.

use std::collections::BTreeMap;

use sekisho_iam::{Grant, GrantConstraint};
use sekisho_tree::Node;

use super::fields::{Fields, Reader};

/// Reads `grants`; an item that is wrong is noted and left out.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Vec<Grant> {
    let items = reader.list(node, "`grants`").unwrap_or_default();
    items.iter().enumerate().filter_map(|(index, item)| grant(reader, item, index)).collect()
}

fn grant(reader: &mut Reader, node: &Node, index: usize) -> Option<Grant> {
    let known = ["id", "grantee", "operations", "constraint", "issued-by", "retiring"];
    let fields = reader.fields(node, "a grant", &known)?;
    let id = reader.optional_text(fields, "id");
    let grantee = reader.required(fields, "grantee");
    let grantee = grantee.and_then(|node| reader.text(node, "`grantee`"));
    let operations = reader.required(fields, "operations");
    let operations = operations.and_then(|node| texts(reader, node, "`operations`"));
    let constraints = constraints(reader, fields)?;
    let issued_by = fields.get("issued-by").map(|node| reader.account(node, "`issued-by`"));
    Some(Grant {
        id: id.map_or_else(|| format!("grants[{index}]"), str::to_owned),
        grantee: grantee?.to_owned(),
        operations: operations?,
        constraint: constraints.context,
        source_arn: constraints.source_arn,
        retiring: reader.optional_text(fields, "retiring").map(str::to_owned),
        issued_by: issued_by.map_or(Some(None), |account| account.map(Some))?,
    })
}

fn texts(reader: &mut Reader, node: &Node, what: &str) -> Option<Vec<String>> {
    let items = reader.list(node, what)?;
    let what = format!("an item of {what}");
    let texts: Vec<Option<String>> =
        items.iter().map(|item| reader.text(item, &what).map(str::to_owned)).collect();
    texts.into_iter().collect()
}

/// The `constraint` of a grant: all that is said must hold.
#[derive(Default)]
struct Constraints {
    context: Option<GrantConstraint>,
    source_arn: Option<String>,
}

fn constraints(reader: &mut Reader, fields: Fields<'_>) -> Option<Constraints> {
    let Some(node) = fields.get("constraint") else { return Some(Constraints::default()) };
    let fields = reader.fields(node, "`constraint`", &["equals", "subset", "source-arn"])?;
    let source_arn = reader.optional_text(fields, "source-arn").map(str::to_owned);
    let mut pairs_of = |key| fields.get(key).map(|node| pairs(reader, node, key));
    let context = match (pairs_of("equals"), pairs_of("subset")) {
        (None, None) => None,
        (Some(pairs), None) => Some(GrantConstraint::Equals(pairs?)),
        (None, Some(pairs)) => Some(GrantConstraint::Subset(pairs?)),
        (Some(_), Some(_)) => {
            let message = "a constraint has `equals` or `subset`, not both";
            reader.error("constraint", fields.span(), message);
            return None;
        }
    };
    Some(Constraints { context, source_arn })
}

/// The pairs of an encryption context.
fn pairs(reader: &mut Reader, node: &Node, key: &str) -> Option<BTreeMap<String, String>> {
    let entries = reader.map(node, &format!("`{key}`"))?;
    let pair = |entry: &sekisho_tree::Entry| {
        let value = reader.text(&entry.value, "a value of an encryption context")?;
        Some((entry.key.text.to_string(), value.to_owned()))
    };
    let pairs: Vec<Option<(String, String)>> = entries.iter().map(pair).collect();
    pairs.into_iter().collect()
}
