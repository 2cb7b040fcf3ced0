//! One table for each thing that the reader promises.

use super::*;
use crate::report::DIAGNOSTICS_MAX;
use crate::{NODES_MAX, Severity, testing};

fn found(text: &str) -> Vec<(&'static str, &str)> {
    testing::found(&read_yaml(text), text)
}

fn tree(text: &str) -> String {
    testing::tree(&read_yaml(text))
}

#[test]
fn good_yaml_is_read_without_a_word() {
    for (text, expected) in [
        ("a: 1\nb: yes\nc: 2012-10-17\n", "{a=1 b=yes c=2012-10-17}"),
        ("a: 'x'\nb: \"y\\n\"\nc: ''", "{a=\"x\" b=\"y\\n\" c=\"\"}"),
        ("- 012345678901\n- -\n", "[012345678901 [null()]]"),
        (
            "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nULL",
            "{a=null() b=null(~) c=null(null) d=null(Null) e=null(NULL) f=nULL}",
        ),
        ("a: '~'\nb: 'null'", "{a=\"~\" b=\"null\"}"),
        (
            "a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: |+\n  x\n\n",
            "{a=\"x\\n y\\n\" b=\"x y\" c=\"x\\n\\n\"}",
        ),
        ("a: |\nb: 1", "{a=\"\" b=1}"),
        ("a: x\n  y\n", "{a=x y}"),
        ("{a: [1, 'b c', {d: }], e}", "{a=[1 \"b c\" {d=null()}] e=null()}"),
        ("# one\na: 1 # two\n#three\nb: '#x'", "{a=1 b=\"#x\"}"),
        ("a:\r\n  - x\r\n  - |\r\n    t\r\nb: y\r\n", "{a=[x \"t\\n\"] b=y}"),
        ("日本: 関所\n鍵: '値'", "{日本=関所 鍵=\"値\"}"),
        ("\u{feff}a: 1", "{a=1}"),
        ("%YAML 1.2\n---\na: 1\n...\n", "{a=1}"),
        ("x", "x"),
        ("--- ~", "null(~)"),
        ("null: 1\n~: 2\n'': 3", "{null=1 ~=2 =3}"),
        ("? a\n: 1\n", "{a=1}"),
    ] {
        assert_eq!((tree(text), found(text)), (expected.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn tags_of_the_author_stay_and_tags_of_yaml_go() {
    for (text, expected) in [
        ("!Ref A", "!Ref A"),
        ("a: !Sub '${A}-b'", "{a=!Sub \"${A}-b\"}"),
        ("!GetAtt A.Arn", "!GetAtt A.Arn"),
        ("!GetAtt [A, Arn]", "!GetAtt [A Arn]"),
        ("a: !Join\n  - ''\n  - - !Ref A\n    - b\n", "{a=!Join [\"\" [!Ref A b]]}"),
        ("a: !If [C, !Ref A, !Ref 'AWS::NoValue']", "{a=!If [C !Ref A !Ref \"AWS::NoValue\"]}"),
        ("Fn::Transform: !Transform\n  Name: x", "{Fn::Transform=!Transform {Name=x}}"),
        ("- !Ref\n- x", "[!Ref null() x]"),
        ("!Sub |\n  a\n", "!Sub \"a\\n\""),
        ("!Ref null", "!Ref null(null)"),
        (
            "[!!str 1, !!str yes, !<tag:yaml.org,2002:str> ~, !!str , ! 2]",
            "[\"1\" \"yes\" \"~\" \"\" \"2\"]",
        ),
        ("[!!int 1, !!bool yes, !!binary YQ==, !!null ]", "[1 yes YQ== null()]"),
        ("[!!seq [a], !!map {a: 1}, !!omap [a]]", "[[a] {a=1} [a]]"),
        ("!<Sub> x", "!Sub x"),
        ("%TAG !e! tag:example.com:\n---\n!e!x y", "!e!x y"),
    ] {
        assert_eq!((tree(text), found(text)), (expected.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn aliases_and_merges_are_expanded() {
    for (text, expected) in [
        ("[&a x, *a, &a 'y', *a]", "[x x \"y\" \"y\"]"),
        ("a: &a {b: [1]}\nc: *a", "{a={b=[1]} c={b=[1]}}"),
        ("a: &a b\n*a : c", "{a=b b=c}"),
        ("&a k: *a", "{k=k}"),
        ("a: &x\nb: *x", "{a=null() b=null()}"),
        ("a: &t !Sub x\nb: *t", "{a=!Sub x b=!Sub x}"),
        ("x: &x {a: 1, b: 2}\ny:\n  b: 3\n  <<: *x\n  c: 4", "{x={a=1 b=2} y={b=3 c=4 a=1}}"),
        ("<<: [{a: 1}, {a: 2, b: 3}]\nc: 4", "{c=4 a=1 b=3}"),
        ("<<: {a: 1}", "{a=1}"),
        ("<<: []\na: 1", "{a=1}"),
        ("'<<': {a: 1}", "{<<={a=1}}"),
    ] {
        assert_eq!((tree(text), found(text)), (expected.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, expected, codes) in [
        ("a: 1\nb: 2\na: 3", "{a=1 b=2}", vec![("duplicate-key", "a")]),
        ("{a: 1, 'a': 2}", "{a=1}", vec![("duplicate-key", "'a'")]),
        ("<<: {a: 1}\n<<: {b: 1}", "{a=1}", vec![("duplicate-key", "<<")]),
        ("<<: x", "-", vec![("bad-merge", "<<")]),
        ("<<: [{a: 1}, x]", "-", vec![("bad-merge", "<<")]),
        ("a: 1\n---\nb: 2\n---\nc: 3", "{a=1}", vec![("several-documents", "---")]),
        ("a: *x\nb: *y", "-", vec![("unknown-anchor", "*x"), ("unknown-anchor", "*y")]),
        ("&a [1, *a]", "-", vec![("recursive-alias", "*a")]),
        ("? [a]\n: b\nc: 1\nc: 2", "-", vec![("non-scalar-key", "[a]"), ("duplicate-key", "c")]),
        ("a: {{ b }}", "-", vec![("non-scalar-key", "{ b }")]),
        (": x", "-", vec![("missing-key", "")]),
        ("!Ref a: b", "-", vec![("tagged-key", "a")]),
        ("", "-", vec![("empty-text", "")]),
        ("# nothing\n", "-", vec![("empty-text", "")]),
        ("---\n", "-", vec![("empty-text", "")]),
    ] {
        assert_eq!((tree(text), found(text)), (expected.to_owned(), codes), "{text}");
    }
}

#[test]
fn broken_syntax_is_told_once_with_its_place() {
    for (text, code, place) in [
        ("a:\n\tb: 1", "yaml-tab", "\t"),
        ("a:\n  b: 1\n\tc: 1", "yaml-tab", "\t"),
        ("a: x\n\ty: 1", "yaml-tab", "\t"),
        ("a: |\n\tx", "yaml-tab", "\t"),
        ("a: [1, 2", "yaml-unclosed", "["),
        ("a: {b: 1\n", "yaml-unclosed", "{"),
        ("a: \"x", "yaml-unclosed", "\""),
        ("a: [b]]", "yaml-bracket", "]"),
        ("a: [b}", "yaml-bracket", "["),
        ("a: b: c", "yaml-colon", ":"),
        ("a: b\n  c: d", "yaml-colon", ":"),
        ("a: 1\nb", "yaml-colon", "b"),
        ("key: [a, b\nother: c\n", "yaml-colon", ":"),
        ("a: 'x'y", "yaml-quotes", "y"),
        ("a: \"x\nb: \"y\"\n", "yaml-quotes", "y"),
        ("a: @x", "yaml-character", "@"),
        ("a: `x`", "yaml-character", "`"),
        ("a: %x", "yaml-character", "%"),
        ("a: 1\n\u{7f}", "yaml-character", "\u{7f}"),
        ("- a\nb: c", "yaml-indentation", "b"),
        ("a: b\n- c", "yaml-indentation", "-"),
        ("a:\n  - b\n c", "yaml-indentation", "c"),
        ("a: - b", "yaml-indentation", "-"),
        ("[a b: c: d]", "yaml-comma", ":"),
        ("a: \"\\d\"", "yaml-escape", "\""),
        ("\"\\ud800\"", "yaml-escape", "\""),
        ("a: |x\n", "yaml-block-text", "|"),
        ("a: &", "yaml-anchor", "&"),
        ("a: *", "yaml-anchor", "*"),
        ("a: !x!y z", "yaml-tag", "!"),
        ("[1]\n2", "yaml-document", "2"),
        ("%\n---\na", "yaml-document", "\n"),
        ("a: ,", "yaml-syntax", ","),
        ("[a,,b]", "yaml-syntax", ","),
    ] {
        assert_eq!((tree(text), found(text)), ("-".to_owned(), vec![(code, place)]), "{text}");
    }
}

#[test]
fn messages_say_what_stands_there() {
    for (text, message, help) in [
        ("a: @x", "`@` cannot begin a value", "put the value in quotes"),
        ("a: [1, 2", "`[` is never closed", "write the closing bracket"),
        ("a:\n\tb: 1", "a tab stands in the indentation", "indent with spaces"),
        (
            "a: \u{7}",
            "the control character U+0007 cannot begin a value",
            "put the value in quotes",
        ),
    ] {
        let read = read_yaml(text);
        let [found] = &read.diagnostics[..] else { panic!("{read:?}") };
        assert_eq!((&*found.message, found.help.as_deref()), (message, Some(help)), "{text}");
        assert_eq!(found.severity, Severity::Error);
    }
}

#[test]
fn spans_are_what_was_written() {
    let text = "関所: !Sub '${A}'\nlist: # here\n  - a b\n  - {c: d}\ntext: |\n  one\n  two\n\nnone:\ntag: !Ref\n";
    let node = read_yaml(text).node.unwrap();
    let at = |span: Span| testing::at(text, span);
    let key_and_value = |key| {
        let entry = node.entry(key).unwrap();
        (at(entry.key.span), at(entry.value.span))
    };
    assert_eq!(key_and_value("関所"), ("関所", "'${A}'"));
    assert_eq!(key_and_value("list"), ("list", "- a b\n  - {c: d}"));
    assert_eq!(key_and_value("text"), ("text", "one\n  two"));
    assert_eq!(key_and_value("none"), ("none", ""));
    assert_eq!(key_and_value("tag"), ("tag", "!Ref"));
    let items = node.get("list").unwrap().as_list().unwrap();
    assert_eq!((at(items[0].span), at(items[1].span)), ("a b", "{c: d}"));
    assert_eq!(at(node.span), text.trim_end());
}

#[test]
fn an_alias_points_at_its_anchor() {
    let text = "a: &a x\nb: *a";
    let node = read_yaml(text).node.unwrap();
    assert_eq!(node.get("b").unwrap().span, node.get("a").unwrap().span);
    assert_eq!(testing::at(text, node.span), text);
}

#[test]
fn nesting_has_an_end() {
    let block = |depth| "- ".repeat(depth) + "x";
    let flow = |depth| "[".repeat(depth) + &"]".repeat(depth);
    let maps = |depth| "{a: ".repeat(depth) + &"}".repeat(depth);
    let indented =
        |depth: usize| (0..depth).map(|level| " ".repeat(level) + "a:\n").collect::<String>();
    // Neither kind is too deep for the parser, but both together are.
    let mixed = |depth: usize| "- ".repeat(depth / 2) + &flow(depth - depth / 2);
    let shapes: [&dyn Fn(usize) -> String; 5] = [&block, &flow, &maps, &indented, &mixed];
    for (number, shape) in shapes.iter().enumerate() {
        assert!(read_yaml(&shape(DEPTH_MAX)).into_result().is_ok(), "shape {number}");
        for depth in [DEPTH_MAX + 1, 200, 1_000] {
            let codes: Vec<_> =
                read_yaml(&shape(depth)).diagnostics.iter().map(|found| found.code).collect();
            assert_eq!(codes, ["too-deep"], "shape {number}, {depth}");
        }
    }
    for depth in [10_000, 200_000] {
        for text in [block(depth), "[".repeat(depth), "{\"a\":".repeat(depth), "? ".repeat(depth)] {
            assert_eq!(read_yaml(&text).diagnostics[0].code, "too-deep");
        }
    }
}

#[test]
fn aliases_cannot_make_a_tree_deeper() {
    let deep = |depth: usize| "[".repeat(depth) + "*a" + &"]".repeat(depth);
    let text = |depth| format!("- &a {}\n- {}\n", "[x]", deep(depth));
    assert!(read_yaml(&text(DEPTH_MAX - 2)).into_result().is_ok());
    assert_eq!(found(&text(DEPTH_MAX - 1)), [("too-deep", "*a")]);
}

#[test]
fn aliases_cannot_make_a_tree_larger_than_bearable() {
    let laughs: String = (1..40).map(|n| format!("- &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
    let laughs = format!("- &a0 x\n{laughs}");
    assert_eq!(found(&laughs)[0].0, "too-many-nodes");

    let long = format!("- &a {}\n{}", "x".repeat(500_000), "- *a\n".repeat(20));
    assert_eq!(found(&long), [("too-many-nodes", "*a")]);

    let nested = "&a ".to_owned() + &(0..100).map(|n| format!("[ &b{n} ")).collect::<String>();
    let nested = nested + "[" + &"x,".repeat(20_000) + "]" + &"]".repeat(100);
    assert_eq!(found(&nested)[0].0, "too-many-nodes");
}

#[test]
fn the_number_of_values_and_of_problems_has_an_end() {
    let list = |values: usize| format!("[{}]", "1,".repeat(values - 1));
    assert!(read_yaml(&list(NODES_MAX)).into_result().is_ok());
    assert_eq!(found(&list(NODES_MAX + 1)), [("too-many-nodes", "1")]);

    let map = |keys: usize| (0..keys).map(|n| format!("{n}: \n")).collect::<String>();
    assert!(read_yaml(&map(NODES_MAX - 1)).into_result().is_ok());

    let repeated = read_yaml(&"a: 1\n".repeat(90_000));
    assert_eq!((repeated.node, repeated.diagnostics.len()), (None, DIAGNOSTICS_MAX + 1));
    let unknown = read_yaml(&format!("[{}]", "*x,".repeat(90_000)));
    assert_eq!((unknown.node, unknown.diagnostics.len()), (None, DIAGNOSTICS_MAX + 1));
}
