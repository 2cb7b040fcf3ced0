//! The grammar of policies, held against `tests/truth/grammar/*.md`: what AWS takes, what it refuses,
//! what we say and what it says.

#![expect(clippy::panic, reason = "a failing case names its place")]

mod support;

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::document::{DIAGNOSTICS_MAX, ReadPolicy, STATEMENTS_MAX, VALUES_MAX};
use sekisho_iam::{
    Caller, Context, Document, Outcome, Policies, Policy, PolicyKind, Request, Resource, decide,
};
use sekisho_tree::{Severity, read_yaml};
use support::markdown::tables_in;

const KINDS: [(&str, PolicyKind); 12] = [
    ("managed", PolicyKind::Managed),
    ("user", PolicyKind::UserInline),
    ("group", PolicyKind::GroupInline),
    ("inline", PolicyKind::RoleInline),
    ("session", PolicyKind::Session),
    ("scp", PolicyKind::Scp),
    ("rcp", PolicyKind::Rcp),
    ("endpoint", PolicyKind::Endpoint),
    ("trust", PolicyKind::Trust),
    ("bucket", PolicyKind::Bucket),
    ("key", PolicyKind::Key),
    ("resource", PolicyKind::Resource),
];

fn kind(name: &str) -> PolicyKind {
    let found = KINDS.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no kind of policy is called `{name}`")).1
}

fn codes(read: &ReadPolicy) -> String {
    let codes: Vec<_> = read.diagnostics.iter().map(|found| found.code).collect();
    if codes.is_empty() { "-".to_owned() } else { codes.join(", ") }
}

fn aws_answer(kind: PolicyKind, read: &ReadPolicy) -> String {
    let told = malformed(kind, &read.diagnostics);
    told.map_or("-".to_owned(), |told| format!("{}: {}", told.code, told.message))
}

/// The document is there exactly where no diagnostic is an error, and AWS answers exactly then.
fn assert_consistent(read: &ReadPolicy, kind: PolicyKind, text: &str) {
    let refused = read.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(read.document.is_none(), refused, "{text}");
    assert_eq!(malformed(kind, &read.diagnostics).is_some(), refused, "{text}");
    assert!(read.diagnostics.len() <= DIAGNOSTICS_MAX, "{text}");
}

#[test]
fn policies_are_taken_and_refused_as_aws_does() {
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for table in tables_in("tests/truth/grammar") {
        for row in &table.rows {
            let [kind_name, policy, accepted, wanted_codes, wanted_answer] =
                table.cells(row, ["kind", "policy", "accepted", "codes", "AWS answers"]);
            let kind = kind(kind_name);
            let read = Document::from_json(policy, kind);
            assert_consistent(&read, kind, policy);
            let says = if read.document.is_some() { "yes" } else { "no" };
            let (has_codes, has_answer) = (codes(&read), aws_answer(kind, &read));
            if (says, &*has_codes, &*has_answer) != (accepted, wanted_codes, wanted_answer) {
                let because = format!("{} ({})", table.heading, table.source);
                wrong.push(format!("{row}: {says} | {has_codes} | {has_answer}\n  {because}"));
            }
            cases += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 320, "only {cases} cases were found");
}

#[test]
fn every_diagnostic_stands_where_its_problem_is() {
    for (policy, place) in [
        (r#"{"Version":"2012-10-17","Statment":[]}"#, r#""Statment""#),
        (r#"{"Version":"2012-10-18","Statement":[]}"#, r#""2012-10-18""#),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Alow","Action":"*","Resource":"*"}]}"#,
            r#""Alow""#,
        ),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["*","x"],"Resource":"*"}]}"#,
            r#""x""#,
        ),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":["b","*"]}]}"#,
            r#""b""#,
        ),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}"#,
            r#"{"Effect":"Allow","Action":"*"}"#,
        ),
        (
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bol":{"a:b":"c"}}}}"#,
            r#""Bol""#,
        ),
        (
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}}"#,
            r#""Principal""#,
        ),
    ] {
        let read = Document::from_json(policy, PolicyKind::Managed);
        let places: Vec<_> =
            read.diagnostics.iter().filter_map(|found| policy.get(found.span.range())).collect();
        assert!(places.contains(&place), "{policy}: {places:?}");
    }
}

#[test]
fn misspellings_are_helped() {
    for (policy, help) in [
        (r#"{"Version":"2012-10-17","Statment":[]}"#, "did you mean `Statement`?"),
        (
            r#"{"Version":"2012-10-17","Statement":{"effect":"Allow","Action":"*","Resource":"*"}}"#,
            "did you mean `Effect`?",
        ),
        (
            r#"{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}"#,
            "write `Allow`",
        ),
        (
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bol":{"a:b":"c"}}}}"#,
            "did you mean `Bool`?",
        ),
    ] {
        let read = Document::from_json(policy, PolicyKind::Managed);
        let helps: Vec<_> =
            read.diagnostics.iter().filter_map(|found| found.help.as_deref()).collect();
        assert!(helps.contains(&help), "{policy}: {helps:?}");
    }
}

#[test]
fn plain_yaml_is_text() {
    let text = "Version: 2012-10-17\nStatement:\n  Effect: Allow\n  Principal: {AWS: 123456789012}\n  Action: sts:AssumeRole\n  Condition:\n    Bool:\n      aws:MultiFactorAuthPresent: true\n";
    let node = read_yaml(text).node.unwrap_or_else(|| panic!("the YAML can be read"));
    let read = Document::read(&node, PolicyKind::Trust);
    assert_eq!(codes(&read), "-");
    let document = read.document.unwrap_or_else(|| panic!("a document"));
    let [statement] = document.statements.as_slice() else { panic!("one statement") };
    let principals = statement.principals.as_ref().map(|principals| principals.items.as_slice());
    let Some([principal]) = principals else { panic!("one principal") };
    assert_eq!(&*principal.value.text, "123456789012");
    let [condition] = statement.conditions.as_slice() else { panic!("one condition") };
    let [value] = condition.values.as_slice() else { panic!("one value") };
    assert_eq!(&*value.text, "true");
}

#[test]
fn a_tag_that_nobody_resolved_is_refused() {
    let text = "Version: 2012-10-17\nStatement:\n  Effect: Deny\n  Action: '*'\n  Resource: !GetAtt Bucket.Arn\n";
    let node = read_yaml(text).node.unwrap_or_else(|| panic!("the YAML can be read"));
    let read = Document::read(&node, PolicyKind::Managed);
    assert_eq!(codes(&read), "unresolved-tag");
    assert_eq!(read.document, None);
}

#[test]
fn white_space_makes_no_policy_of_iam_too_long() {
    let of = |resource: String| {
        let statement = format!(r#"{{"Effect":"Deny","Action":"*","Resource":"{resource}"}}"#);
        format!(r#"{{ {} "Version":"2012-10-17","Statement":{statement}}}"#, " ".repeat(9_000))
    };
    let read = |text: &str| Document::from_json(text, PolicyKind::Managed);
    let fits = of(format!("arn:aws:s3:::{}", "a".repeat(6_000)));
    assert_eq!(codes(&read(&fits)), "-");
    let too_long = read(&of(format!("arn:aws:s3:::{}", "a".repeat(6_144))));
    assert_eq!((codes(&too_long).as_str(), &too_long.document), ("policy-too-long", &None));
    let answer = "LimitExceeded: Cannot exceed quota for PolicySize: 6144";
    assert_eq!(aws_answer(PolicyKind::Managed, &too_long), answer);
}

#[test]
fn white_space_before_the_brace_is_refused_where_aws_refuses_it() {
    let policy = r#"
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b"}}"#;
    let trust = r#" {"Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}}"#;
    let bucket = policy.replace(r#""Effect""#, r#""Principal":"*","Effect""#);
    for (kind, text, answer) in [
        (PolicyKind::Managed, policy, "MalformedPolicyDocument: The policy failed legacy parsing"),
        (
            PolicyKind::Trust,
            trust,
            "MalformedPolicyDocument: JSON strings must not have leading spaces",
        ),
        (
            PolicyKind::Bucket,
            &bucket,
            "MalformedPolicy: Policies must be valid JSON and the first byte must be '{'",
        ),
    ] {
        let read = Document::from_json(text, kind);
        assert_eq!((&*codes(&read), &*aws_answer(kind, &read)), ("leading-space", answer));
        assert_eq!(codes(&Document::from_json(text.trim_start(), kind)), "-");
    }
    assert_eq!(codes(&Document::from_json(policy, PolicyKind::Scp)), "-");
}

#[test]
fn a_statement_that_kms_stores_without_effect_has_none() {
    let decision = |statements: &str| {
        let text = format!(r#"{{"Statement":[{statements}]}}"#);
        let document = Document::from_json(&text, PolicyKind::Key).document;
        let key = Policy { name: "key".into(), document };
        let policies = Policies { resource: Some(key), ..Policies::default() };
        let caller = Caller::parse("111111111111").unwrap_or_else(|error| panic!("{error}"));
        let key = Resource::new("arn:aws:kms:us-east-1:111111111111:key/k");
        let request = Request::new(caller, "kms:Decrypt", key, Context::new());
        let request = request.unwrap_or_else(|error| panic!("{error}"));
        decide(&request, &policies.compile().layers()).outcome
    };
    let of = |effect: &str, rest: &str| {
        format!(r#"{{"Effect":"{effect}","Principal":{{"AWS":"111111111111"}},{rest}}}"#)
    };
    let whole = of("Allow", r#""Action":"kms:*","Resource":"*""#);
    let no_resource = r#""Action":"kms:*""#;
    let no_action = r#""Resource":"*""#;
    assert_eq!(decision(&whole), Outcome::Allowed);
    for idle in [no_resource, no_action] {
        assert_eq!(decision(&of("Allow", idle)), Outcome::ImplicitlyDenied, "{idle}");
        let both = format!("{whole},{}", of("Deny", idle));
        assert_eq!(decision(&both), Outcome::Allowed, "{idle}");
    }
}

#[test]
fn hostile_texts_get_a_short_answer() {
    let statement = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;
    let many = |item: &str, count| vec![item; count].join(",");
    let of = |inside: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{inside}]}}"#);
    let too_many_statements = of(&many(statement, STATEMENTS_MAX + 1));
    let values = of(&statement
        .replace(r#""Resource":"*""#, &format!(r#""Resource":[{}]"#, many(r#""*""#, VALUES_MAX))));
    for (text, code) in [
        (too_many_statements, "too-many-statements"),
        (values, "too-many-values"),
        (of(&many("1", 10_000)), "wrong-type"),
        (of(&many(r#"{"a":[]}"#, 10_000)), "unknown-element"),
        (of(&many(r#"{"Effect":"\u0060"}"#, 10_000)), "unknown-effect"),
    ] {
        let read = Document::from_json(&text, PolicyKind::Resource);
        assert_consistent(&read, PolicyKind::Resource, code);
        assert!(codes(&read).contains(code), "{code}");
    }
}

#[test]
fn the_most_that_is_read_is_read() {
    let statement = r#"{"Effect":"Allow","Principal":"*","Action":"*"}"#;
    let text = format!(r#"{{"Statement":[{}]}}"#, vec![statement; STATEMENTS_MAX].join(","));
    let read = Document::from_json(&text, PolicyKind::Resource);
    assert_eq!(codes(&read), "-");
    assert_eq!(read.document.map(|document| document.statements.len()), Some(STATEMENTS_MAX));
}

/// A xorshift: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides.max(1) as u64)).unwrap_or(0)
    }
}

/// `policy` with one to four bytes or pieces changed, dropped or repeated.
fn mutated(policy: &str, pieces: &[&str], dice: &mut Dice) -> String {
    let mut chars: Vec<char> = policy.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(chars.len());
        let until = (at + dice.roll(12)).min(chars.len());
        match dice.roll(4) {
            0 => drop(chars.drain(at..until)),
            1 => {
                let again: Vec<_> = chars.iter().take(until).skip(at).copied().collect();
                drop(chars.splice(at..at, again));
            }
            2 => {
                let piece = pieces.get(dice.roll(pieces.len())).copied().unwrap_or_default();
                drop(chars.splice(at..until, piece.chars()));
            }
            _ => {
                let byte = u8::try_from(dice.roll(128)).unwrap_or(b'*');
                drop(chars.splice(at..at, [char::from(byte)]));
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_policies_are_read_or_refused_and_never_break_anything() {
    let tables = tables_in("tests/truth/grammar");
    let rows = tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let cells = rows.map(|(table, row)| table.cells(row, ["kind", "policy", "accepted"]));
    let valid: Vec<_> = cells.filter(|[_, _, accepted]| *accepted == "yes").collect();
    assert!(valid.len() >= 20);
    let pieces = [
        "\"*\"",
        "[]",
        "{}",
        "null",
        "true",
        "1",
        "\"\"",
        ",",
        ":",
        "[",
        "}",
        "é",
        "関",
        "\\u0000",
        "\"Effect\"",
        "\"Not",
        "arn:",
        "::",
        "${",
        "2012",
        "\"AWS\":",
        "*",
    ];
    let mut dice = Dice(0x5e_c155_0000_0001);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let Some([name, policy, _]) = valid.get(dice.roll(valid.len())) else { continue };
        let text = mutated(policy, &pieces, &mut dice);
        let read = Document::from_json(&text, kind(name));
        assert_consistent(&read, kind(name), &text);
        *(if read.document.is_some() { &mut taken } else { &mut refused }) += 1;
    }
    assert!(taken > 500 && refused > 5_000, "{taken} taken, {refused} refused: not a fair mix");
}
