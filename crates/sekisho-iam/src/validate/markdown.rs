//! The table of all rules, for people: `docs/validation-rules.md`.

use super::RULES;
use sekisho_tree::Severity;
use std::fmt::Write;

const HEAD: &str = "\
# What is found in policies

Findings about policies that AWS would store. Each rule is a file of
`crates/sekisho-iam/src/validate/rules`, where its reasons and its cases stand. This page is made of the
rules' own table: `SEKISHO_BLESS=1 cargo test -p sekisho-iam --test validation_rules` writes it anew.

An **error** can never work, a **warning** probably does not do what was meant, a **note** is worth
knowing. The last column but one is the issue code of the same check of
[IAM Access Analyzer](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html), where it has one.

| rule | severity | what it finds | IAM Access Analyzer | source |
|---|---|---|---|---|
";

/// The page, of [`RULES`].
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for rule in RULES {
        let severity = match rule.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let analyzer = rule.analyzer.map_or(String::new(), |code| format!("`{code}`"));
        let page_name = rule.page.rsplit('/').next().unwrap_or_default();
        // Writing to a `String` does not fail.
        let _ = writeln!(
            page,
            "| `{}` | {severity} | {} | {analyzer} | [{}](https://docs.aws.amazon.com/{}) |",
            rule.id,
            rule.title,
            page_name.trim_end_matches(".html"),
            rule.page
        );
    }
    page
}
