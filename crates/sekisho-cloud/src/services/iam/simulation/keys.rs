//! The condition keys that policies name, in conditions and as variables.
//!
//! Source: IAM API Reference, "GetContextKeysForCustomPolicy"; IAM User Guide, "IAM policy elements:
//! Variables and tags".

use std::collections::BTreeMap;

use sekisho_iam::Document;
use sekisho_iam::document::{Statement, Version};

/// The keys, each once whatever its case, by the alphabet.
pub(in super::super) fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Vec<String> {
    let mut keys = BTreeMap::new();
    for document in documents {
        for statement in &document.statements {
            let named = statement.conditions.iter().map(|condition| &*condition.key.text);
            let variables = (document.version == Version::V2012).then(|| texts(statement));
            let variables = variables.into_iter().flatten().flat_map(variables_in);
            for key in named.chain(variables) {
                keys.entry(key.to_lowercase()).or_insert_with(|| key.to_owned());
            }
        }
    }
    keys.into_values().collect()
}

/// The texts that may hold variables.
fn texts(statement: &Statement) -> impl Iterator<Item = &str> {
    let resources = statement.resources.iter().flat_map(|list| &list.items);
    let values = statement.conditions.iter().flat_map(|condition| &condition.values);
    resources.chain(values).map(|text| &*text.text)
}

/// The keys of the `${…}` of a text; `${*}`, `${?}` and `${$}` are escapes.
fn variables_in(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split("${").skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let key = |inside: &'_ str| !matches!(inside, "*" | "?" | "$");
    inside
        .filter(move |inside| key(inside))
        .map(|inside| inside.split_once(',').map_or(inside, |(key, _)| key).trim())
}

#[cfg(test)]
mod tests {
    use sekisho_iam::PolicyKind;

    use super::*;

    #[test]
    fn keys_are_found_in_conditions_and_variables() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",
            "Resource":"arn:aws:s3:::b/${aws:username}/${*}/${s3:x, 'd'}",
            "Condition":{"StringEquals":{"AWS:UserName":"a","aws:PrincipalTag/t":"${aws:z}"}}}}"#;
        let read = Document::from_json(text, PolicyKind::Managed);
        let keys = of(read.document.iter());
        assert_eq!(keys, ["aws:PrincipalTag/t", "AWS:UserName", "aws:z", "s3:x"]);
    }
}
