//! One table for each thing that the reader promises.

use super::*;
use crate::report::DIAGNOSTICS_MAX;
use crate::testing;

fn found(text: &str) -> Vec<(&'static str, &str)> {
    testing::found(&read_json(text), text)
}

fn tree(text: &str) -> String {
    testing::tree(&read_json(text))
}

#[test]
fn what_rfc_8259_allows_is_read_without_a_word() {
    for (text, expected) in [
        ("{}", "{}"),
        ("[]", "[]"),
        (" \r\n\t[ ] ", "[]"),
        ("\u{feff}[1]", "[1]"),
        ("\"\"", "\"\""),
        ("null", "null(null)"),
        ("true", "true"),
        ("0", "0"),
        ("[-0, 10, 1.50, 1e9, 1E+9, -1.25e-007]", "[-0 10 1.50 1e9 1E+9 -1.25e-007]"),
        ("[true,false,null]", "[true false null(null)]"),
        ("{\"a\" :\t1 ,\"b\": [ {} ]}", "{a=1 b=[{}]}"),
        ("{\"\": \"\"}", "{=\"\"}"),
        (r#""\"\\\/\b\f\n\r\t\u0000\u00e9\u65E5""#, r#""\"\\/\u{8}\u{c}\n\r\t\0é日""#),
        (r#""\ud83d\ude00 x""#, "\"😀 x\""),
        ("\"関所 \u{7f} \u{2028} \u{ffff}\"", "\"関所 \u{7f} \u{2028} \u{ffff}\""),
    ] {
        // `Debug` of a string escapes more than this test is about.
        let expected = expected.replace("\u{7f} \u{2028} \u{ffff}", "\\u{7f} \\u{2028} \\u{ffff}");
        assert_eq!((tree(text), found(text)), (expected, vec![]), "{text}");
    }
}

#[test]
fn what_is_plainly_meant_is_read_and_told() {
    let lone = "json-lone-surrogate";
    for (text, expected, codes) in [
        ("[1,]", "[1]", vec![("json-trailing-comma", ",")]),
        ("{\"a\": 1 , }", "{a=1}", vec![("json-trailing-comma", ",")]),
        ("[1,,2]", "[1 2]", vec![("json-extra-comma", ",")]),
        ("[,1]", "[1]", vec![("json-extra-comma", ",")]),
        ("[,]", "[]", vec![("json-extra-comma", ",")]),
        ("[1 2]", "[1 2]", vec![("json-missing-comma", "")]),
        ("{\"a\": 1\n \"b\": 2}", "{a=1 b=2}", vec![("json-missing-comma", "")]),
        ("[{}{}]", "[{} {}]", vec![("json-missing-comma", "")]),
        ("{\"a\" 1}", "{a=1}", vec![("json-colon", "")]),
        ("{\"a\" = 1}", "{a=1}", vec![("json-colon", "=")]),
        ("{\"a\" => 1}", "{a=1}", vec![("json-colon", "=>")]),
        ("{a: 1}", "{a=1}", vec![("json-unquoted-key", "a")]),
        ("{1: 1}", "{1=1}", vec![("json-unquoted-key", "1")]),
        ("['a']", "[\"a\"]", vec![("json-quotes", "'a'")]),
        (r#"['it\'s "x"']"#, r#"["it's \"x\""]"#, vec![("json-quotes", r#"'it\'s "x"'"#)]),
        ("[“a b”]", "[\"a b\"]", vec![("json-quotes", "“a b”")]),
        ("{‘a’: `b`}", "{a=\"b\"}", vec![("json-quotes", "‘a’"), ("json-quotes", "`b`")]),
        ("[1] // one", "[1]", vec![("json-comment", "// one")]),
        ("# one\n[1]", "[1]", vec![("json-comment", "# one")]),
        ("[1, /* , */ 2]", "[1 2]", vec![("json-comment", "/* , */")]),
        ("[1]/* to the end", "[1]", vec![("json-comment", "/* to the end")]),
        ("[1,\u{3000}2]", "[1 2]", vec![("json-space", "\u{3000}")]),
        ("{\u{a0}\"a\":1}", "{a=1}", vec![("json-space", "\u{a0}")]),
        (
            "[True, NULL, None]",
            "[true null(null) null(null)]",
            vec![("json-literal", "True"), ("json-literal", "NULL"), ("json-literal", "None")],
        ),
        ("[Allow]", "[Allow]", vec![("json-bare-word", "Allow")]),
        ("[s3:Get*, 1]", "[s3:Get* 1]", vec![("json-bare-word", "s3:Get*")]),
        ("[+1]", "[+1]", vec![("json-plus-sign", "+1")]),
        ("[012345678901]", "[012345678901]", vec![("json-leading-zero", "012345678901")]),
        ("[-01]", "[-01]", vec![("json-leading-zero", "-01")]),
        (
            "[.5, 1., 0x1F, -, 1e, 2012-10-17]",
            "[.5 1. 0x1F - 1e 2012-10-17]",
            vec![
                ("json-number", ".5"),
                ("json-number", "1."),
                ("json-number", "0x1F"),
                ("json-number", "-"),
                ("json-number", "1e"),
                ("json-number", "2012-10-17"),
            ],
        ),
        ("[\"a\tb\"]", "[\"a\\tb\"]", vec![("json-control-character", "\t")]),
        ("[\"\u{1}\"]", "[\"\\u{1}\"]", vec![("json-control-character", "\u{1}")]),
        (r#"["\d"]"#, "[\"\u{fffd}\"]", vec![("json-escape", r"\d")]),
        (r#"["\u12g4"]"#, "[\"\u{fffd}12g4\"]", vec![("json-escape", r"\u")]),
        (r#"["\u+123"]"#, "[\"\u{fffd}+123\"]", vec![("json-escape", r"\u")]),
        (r#"["\関"]"#, "[\"\u{fffd}\"]", vec![("json-escape", r"\関")]),
        (r#"["\ud800"]"#, "[\"\u{fffd}\"]", vec![(lone, r"\ud800")]),
        (r#"["\udc00x"]"#, "[\"\u{fffd}x\"]", vec![(lone, r"\udc00")]),
        (r#"["\ud800\ud800"]"#, "[\"\u{fffd}\u{fffd}\"]", vec![(lone, r"\ud800"); 2]),
        (r#"["\ud800\u0041"]"#, "[\"\u{fffd}A\"]", vec![(lone, r"\ud800")]),
        (r#"{"a":1,"b":2,"\u0061":3}"#, "{a=1 b=2}", vec![("duplicate-key", r#""\u0061""#)]),
    ] {
        assert_eq!((tree(text), found(text)), (expected.to_owned(), codes), "{text}");
    }
}

#[test]
fn what_cannot_be_known_gives_no_tree() {
    for (text, codes) in [
        ("", vec![("empty-text", "")]),
        (" \n", vec![("empty-text", "")]),
        ("\u{feff}", vec![("empty-text", "")]),
        ("[1] [2] ", vec![("json-trailing-text", "[2]")]),
        ("{}}", vec![("json-trailing-text", "}")]),
        ("[1", vec![("json-unclosed", "[")]),
        ("{\"a\": {\"b\": 1}", vec![("json-unclosed", "{")]),
        ("{\"a\"", vec![("json-unexpected", "")]),
        ("{\"a\": ", vec![("json-unexpected", "")]),
        ("[1}", vec![("json-mismatched", "}")]),
        ("{\"a\": [1, 2}", vec![("json-mismatched", "}")]),
        ("{\"a\": }", vec![("json-missing-value", "}")]),
        ("{\"a\", \"b\"}", vec![("json-missing-value", ","), ("json-missing-value", "}")]),
        ("{[1]: 2}", vec![("json-unexpected", "[")]),
        ("{\"a\": : 2}", vec![("json-unexpected", ":")]),
        ("[\"a\": 2]", vec![("json-unexpected", ":")]),
        ("[1 ;2]", vec![("json-unexpected", ";")]),
        ("{\"a\" ;}", vec![("json-unexpected", ";")]),
        ("[\u{7}]", vec![("json-unexpected", "\u{7}")]),
        ("- a", vec![("json-number", "-"), ("json-trailing-text", "a")]),
        ("[NaN, -Infinity]", vec![("json-number", "NaN"), ("json-number", "-Infinity")]),
        ("[\"a", vec![("json-unclosed-string", "\"")]),
        ("[\"a\\", vec![("json-unclosed-string", "\""), ("json-escape", "\\")]),
        ("[\"a,\n\"b\"]", vec![("json-unclosed-string", "\"a")]),
        ("{\"a\": \"b,\r\n \"c\": 1}", vec![("json-unclosed-string", "\"b")]),
    ] {
        assert_eq!((tree(text), found(text)), ("-".to_owned(), codes), "{text}");
    }
}

#[test]
fn reading_goes_on_after_each_problem() {
    let text = "{\n  // who\n  'Effect': Allow\n  \"Action\": [\"s3:*\",],\n  Resource = \"*\",\n}";
    let expected = [
        ("json-comment", "// who"),
        ("json-quotes", "'Effect'"),
        ("json-bare-word", "Allow"),
        ("json-missing-comma", ""),
        ("json-trailing-comma", ","),
        ("json-unquoted-key", "Resource"),
        ("json-colon", "="),
        ("json-trailing-comma", ","),
    ];
    assert_eq!(found(text), expected);
    assert_eq!(tree(text), "{Effect=Allow Action=[\"s3:*\"] Resource=\"*\"}");
}

#[test]
fn spans_are_what_was_written() {
    let text = "{\"関所\": [\"\\u00e9\", -1.5, null], \"b\": {\"c\": true}}";
    let node = read_json(text).node.unwrap();
    let at = |span: Span| testing::at(text, span);
    assert_eq!(at(node.span), text);
    let list = node.entry("関所").unwrap();
    assert_eq!((at(list.key.span), at(list.value.span)), ("\"関所\"", "[\"\\u00e9\", -1.5, null]"));
    let items: Vec<_> = list.value.as_list().unwrap().iter().map(|item| at(item.span)).collect();
    assert_eq!(items, ["\"\\u00e9\"", "-1.5", "null"]);
    assert_eq!(at(node.get("b").unwrap().get("c").unwrap().span), "true");
}

#[test]
fn every_diagnostic_is_an_error_that_follows_the_grammar_of_messages() {
    for text in [
        "",
        "[1,]",
        "['a' 1 +1 01 NaN True x]",
        "{a = \"\t\\d\\ud800\", b c: }",
        "[1}",
        "[\"",
        "[1] 2",
        "[;",
        "//",
    ] {
        for found in read_json(text).diagnostics {
            let first = found.message.chars().next().unwrap();
            assert!(
                first.is_lowercase() || first == '`' || found.message.starts_with("JSON"),
                "{found:?}"
            );
            assert!(!found.message.ends_with('.'), "{found:?}");
            assert_eq!(found.severity, crate::Severity::Error);
        }
    }
}

#[test]
fn nesting_has_an_end() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth| {
            let inner = if open == "[" { "" } else { "1" };
            format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
        };
        assert!(read_json(&nested(DEPTH_MAX)).into_result().is_ok());
        for depth in [DEPTH_MAX + 1, 10_000, 200_000] {
            let read = read_json(&nested(depth));
            let place = u32::try_from(DEPTH_MAX * open.len()).unwrap();
            assert_eq!(read.node, None);
            let found = read.diagnostics.first().map(|found| (found.code, found.span.start));
            assert_eq!(found, Some(("too-deep", place)));
            assert_eq!(read.diagnostics.len(), 1);
        }
    }
}

#[test]
fn the_number_of_values_and_of_problems_has_an_end() {
    let list = |values: usize| format!("[{}1]", "1,".repeat(values - 2));
    assert!(read_json(&list(NODES_MAX)).into_result().is_ok());
    assert_eq!(read_json(&list(NODES_MAX + 1)).diagnostics[0].code, "too-many-nodes");

    let commas = read_json(&format!("[{}", ",".repeat(1_000_000)));
    assert_eq!((commas.node, commas.diagnostics.len()), (None, DIAGNOSTICS_MAX + 1));
    let repeated = read_json(&format!("{{{}\"a\":1}}", "\"a\":1,".repeat(90_000)));
    assert_eq!((repeated.node, repeated.diagnostics.len()), (None, DIAGNOSTICS_MAX + 1));
}
