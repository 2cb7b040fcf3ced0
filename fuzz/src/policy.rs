//! What the fuzzing targets of policies do with their bytes, and what must hold whatever these are.
//!
//! Each function takes the bytes of one target and panics where something does not hold.

use sekisho_iam::document::ReadPolicy;
use sekisho_iam::pattern::{ArnPattern, NoVariables, Pattern, Syntax};
use sekisho_iam::{
    AccountId, Caller, Context, Decision, Document, Outcome, Policies, Policy, PolicyKind, Request,
    Resource, explain,
};
use sekisho_spec::{Case, shrink};
use sekisho_tree::{
    DEPTH_MAX, Diagnostic, NODES_MAX, Node, Read, Severity, Source, Value, read_any, read_json,
    read_yaml,
};

// ---- document ---------------------------------------------------------------------------------

/// Reads any bytes as a tree and as a policy of every kind. Whatever is said is said about a place
/// in the text, trees keep their bounds, and there is no document with an error.
pub fn document(bytes: &[u8]) {
    let Ok(source) = Source::new("bytes", bytes.to_vec()) else { return };
    for read in [read_json, read_yaml, read_any].map(|read| read(source.text())) {
        check_read(&source, &read);
        for (node, kind) in
            read.node.iter().flat_map(|node| PolicyKind::ALL.map(|kind| (node, kind)))
        {
            check_policy(&source, &Document::read(node, kind));
        }
    }
    for kind in PolicyKind::ALL {
        check_policy(&source, &Document::from_json(source.text(), kind));
    }
}

fn check_read(source: &Source, read: &Read) {
    check_diagnostics(source, &read.diagnostics);
    assert!(read.node.is_some() || read.has_errors(), "no tree, and no word why");
    let nodes = read.node.iter().map(|node| check_node(source, node, 1)).sum::<usize>();
    assert!(nodes <= NODES_MAX, "{nodes} nodes");
}

/// Holds a node and those below it to the text; gives back how many there are.
fn check_node(source: &Source, node: &Node, depth: usize) -> usize {
    assert!(depth <= DEPTH_MAX + 1, "{depth} levels");
    check_span(source, node.span);
    let below: usize = match &node.value {
        Value::Scalar(..) => 0,
        Value::List(items) => items.iter().map(|item| check_node(source, item, depth + 1)).sum(),
        Value::Map(entries) => {
            entries.iter().for_each(|entry| check_span(source, entry.key.span));
            entries.iter().map(|entry| check_node(source, &entry.value, depth + 1)).sum()
        }
    };
    below + 1
}

fn check_policy(source: &Source, read: &ReadPolicy) {
    check_diagnostics(source, &read.diagnostics);
    let refused = read.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(read.document.is_none(), refused, "a document and an error, or neither");
    for statement in read.document.iter().flat_map(|document| &document.statements) {
        check_span(source, statement.span);
    }
}

fn check_diagnostics(source: &Source, found: &[Diagnostic]) {
    for diagnostic in found {
        check_span(source, diagnostic.span);
        assert!(!diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'));
        let (line, column) = source.line_column(diagnostic.span.start as usize);
        assert!(line >= 1 && column >= 1);
    }
}

fn check_span(source: &Source, span: sekisho_tree::Span) {
    assert!(source.text().get(span.range()).is_some(), "{span:?} is no place in the text");
}

// ---- pattern ----------------------------------------------------------------------------------

/// Takes a pattern from the first line and a text from the rest, and compares with a naive glob.
pub fn pattern(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let (pattern, text) = input.split_once('\n').unwrap_or((input, ""));
    // The naive glob is quadratic.
    if pattern.len() > 256 || text.len() > 1024 {
        return;
    }
    let plain = Pattern::compile(pattern, Syntax { wildcards: true, variables: false });
    let expected = glob(&anywhere(pattern), text);
    assert_eq!(plain.matches(text, &NoVariables), expected, "`{pattern}` on `{text}`");
    assert!(!expected || text.starts_with(plain.literal_prefix()));
    assert!(!plain.matches_everything() || expected);

    let arn = ArnPattern::compile(pattern, false);
    let expected = arn_glob(pattern, text);
    assert_eq!(arn.matches(text, &NoVariables), expected, "`{pattern}` on the ARN `{text}`");

    let resource = Pattern::of_resource(pattern, false);
    let expected = glob(&of_resource(pattern), text);
    assert_eq!(resource.matches(text, &NoVariables), expected, "`{pattern}` on `{text}`");
    assert!(!expected || text.starts_with(resource.literal_prefix()));
    assert!(resource.literal().is_none_or(|literal| expected == (literal == text)));

    let literal = Pattern::compile(pattern, Syntax { wildcards: false, variables: false });
    assert_eq!(literal.matches(text, &NoVariables), pattern == text);
    check_variables(pattern, text);
}

/// With variables: nothing panics, and a match begins as the pattern says.
fn check_variables(pattern: &str, text: &str) {
    let mut context = Context::new();
    context.set("aws:username", "al*ce");
    let syntax = Syntax { wildcards: true, variables: true };
    for pattern in [Pattern::compile(pattern, syntax), Pattern::of_resource(pattern, true)] {
        let matched = pattern.matches(text, &context);
        assert!(!matched || text.starts_with(pattern.literal_prefix()));
        pattern.equals_ignoring_case(text, &context);
    }
    ArnPattern::compile(pattern, true).matches(text, &context);
}

/// What may stand at a place of a text.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Letter(char),
    One,
    Run,
    /// Not a colon.
    OneInField,
    /// No colons.
    RunInField,
}

/// Wildcards that stand for anything.
fn anywhere(pattern: &str) -> Vec<Wanted> {
    let wanted = |letter| match letter {
        '*' => Wanted::Run,
        '?' => Wanted::One,
        letter => Wanted::Letter(letter),
    };
    pattern.chars().map(wanted).collect()
}

/// In the first five fields wildcards stay within the field, but for a `*` at its end.
fn of_resource(pattern: &str) -> Vec<Wanted> {
    let mut all = anywhere(pattern);
    let (mut colons, next) = (0, all.clone());
    for (wanted, next) in all.iter_mut().zip(next.iter().skip(1).map(Some).chain([None])) {
        let ends_field = next.is_none_or(|next| *next == Wanted::Letter(':'));
        match *wanted {
            Wanted::Letter(':') => colons += 1,
            Wanted::One if colons < 5 => *wanted = Wanted::OneInField,
            Wanted::Run if colons < 5 && !ends_field => *wanted = Wanted::RunInField,
            _ => {}
        }
    }
    all
}

/// Whether a text is as wanted: character by character, all ways at once.
fn glob(pattern: &[Wanted], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // Whether the pattern so far matches the text up to here.
    let mut matched: Vec<bool> = (0..=text.len()).map(|at| at == 0).collect();
    for wanted in pattern {
        let mut next = Vec::with_capacity(matched.len());
        for (at, stays) in matched.iter().enumerate() {
            let given = at.checked_sub(1).and_then(|before| text.get(before));
            let before = at > 0 && matched.get(at - 1) == Some(&true);
            let run = *stays || next.last() == Some(&true);
            next.push(match (wanted, given) {
                (Wanted::RunInField, Some(':')) => *stays,
                (Wanted::Run | Wanted::RunInField, _) => run,
                (Wanted::OneInField, Some(':')) => false,
                (Wanted::One | Wanted::OneInField, _) => before,
                (Wanted::Letter(letter), given) => before && given == Some(letter),
            });
        }
        matched = next;
    }
    matched.last() == Some(&true)
}

/// ARNs in conditions: six fields, one by one.
fn arn_glob(pattern: &str, text: &str) -> bool {
    let patterns: Vec<&str> = pattern.splitn(6, ':').collect();
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let both = || patterns.iter().zip(&fields);
    let alike = || both().all(|(pattern, field)| glob(&anywhere(pattern), field));
    patterns.len() == 6 && fields.len() == 6 && alike()
}

// ---- decide -----------------------------------------------------------------------------------

/// Takes a request and policies from a text, and a generated case from the bytes as a number. Both
/// engines must agree on both, and a policy that cannot be read must deny.
///
/// ```text
/// CALLER ACTION RESOURCE [OWNER] [KEY=VALUE …]
/// --- identity
/// {"Statement": …}
/// --- resource
/// …
/// ```
pub fn decide(bytes: &[u8]) {
    check_decision(sekisho_spec::case(number(bytes)));
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut sections = input.split("\n--- ");
    let Some(request) = sections.next().and_then(request) else { return };
    let mut policies = Policies::default();
    for section in sections {
        let (name, text) = section.split_once('\n').unwrap_or((section, ""));
        put(&mut policies, name, text);
    }
    let case = Case { request, policies };
    let unreadable = always_binding(&case).any(|policy| policy.document.is_none());
    let decision = check_decision(case);
    let denied = decision.outcome == Outcome::ExplicitlyDenied;
    assert!(denied || !unreadable, "an unreadable policy let the request pass");
}

/// Both engines decide alike, and the explanation tells the same.
fn check_decision(case: Case) -> Decision {
    let decision = sekisho_spec::decide(&case.request, &case.policies);
    let agree = |case: &Case| {
        let compiled = case.policies.compile();
        let fast = sekisho_iam::decide(&case.request, &compiled.layers());
        let explained = explain(&case.request, &compiled.layers()).decision;
        let expected = sekisho_spec::decide(&case.request, &case.policies);
        [fast, explained] == [expected, expected]
    };
    assert!(agree(&case), "the engines differ on\n{}", shrink(case, |case| !agree(case)));
    decision
}

/// The policies of the layers that bind every caller, or this one.
fn always_binding(case: &Case) -> impl Iterator<Item = &Policy> {
    let (caller, policies) = (case.request.caller(), &case.policies);
    let attached = matches!(caller, Caller::User(_) | Caller::Role(_));
    let identity = policies.identity.iter().filter(move |_| attached);
    // The root user of a bucket's account gets past its policy.
    let bound = !matches!(caller, Caller::Root(_));
    let resource = policies.resource.iter().filter(move |_| bound);
    identity.chain(resource).chain(&policies.endpoint)
}

/// The request that a line describes, if it describes one.
fn request(line: &str) -> Option<Request> {
    let mut words = line.split_whitespace();
    let caller = Caller::parse(words.next()?).ok()?;
    let action = words.next()?;
    let mut resource = Resource::new(words.next()?);
    let mut context = Context::new();
    for word in words {
        match (word.split_once('='), AccountId::parse(word)) {
            (Some((key, value)), _) => context.set(key, value),
            (None, Some(owner)) => resource = resource.owned_by(owner),
            (None, None) => return None,
        }
    }
    Request::new(caller, action, resource, context).ok()
}

/// Puts a policy into the layer of this name; other names mean nothing.
fn put(policies: &mut Policies, name: &str, text: &str) {
    let policy = |kind| {
        let document = Document::from_json(text, kind).document;
        Policy { name: name.to_owned(), document }
    };
    match name {
        "identity" => policies.identity.push(policy(PolicyKind::Managed)),
        "boundary" => policies.boundary = Some(policy(PolicyKind::Managed)),
        "session" => policies.session.get_or_insert_default().push(policy(PolicyKind::Session)),
        "scp" => policies.scps.push(vec![policy(PolicyKind::Scp)]),
        "rcp" => policies.rcps.push(vec![policy(PolicyKind::Rcp)]),
        "endpoint" => policies.endpoint = Some(policy(PolicyKind::Endpoint)),
        "trust" => policies.resource = Some(policy(PolicyKind::Trust)),
        "bucket" => policies.resource = Some(policy(PolicyKind::Bucket)),
        "key" => policies.resource = Some(policy(PolicyKind::Key)),
        "resource" => policies.resource = Some(policy(PolicyKind::Resource)),
        "restrict-public-buckets" => policies.restrict_public_buckets = true,
        _ => {}
    }
}

/// A number that hangs on every byte (FNV-1a).
fn number(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}
