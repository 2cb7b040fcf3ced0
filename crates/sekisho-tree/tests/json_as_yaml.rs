//! JSON read as YAML: where both readers agree, and the few places where they do not.
//!
//! The second half is the measurement that the strict JSON reader is justified with.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod same;

use same::same;
use sekisho_tree::{read_json, read_yaml};

/// Whether a text that is good JSON gives the same tree as YAML.
fn agree(text: &str) -> bool {
    let json = read_json(text).into_result().unwrap();
    read_yaml(text).into_result().is_ok_and(|yaml| same(&json, &yaml))
}

const POLICY: &str = r#"{
	"Version": "2012-10-17",
	"Statement": [
		{
			"Sid": "関所",
			"Effect": "Deny",
			"NotAction": ["s3:Get*", "kms:Decrypt"],
			"Resource": "*",
			"Condition": {"Bool": {"aws:SecureTransport": false}, "Null": {"aws:x": null}}
		}
	]
}
"#;

#[test]
fn ordinary_documents_agree() {
    for text in [
        POLICY,
        &POLICY.replace('\n', "\r\n"),
        &POLICY.replace(['\n', '\t'], ""),
        &format!("\u{feff}{POLICY}"),
        "{\"a\"\n:\n1\n,\n\"b\"\n:[\n-1\n,\n2e+5\n]}",
        r#"["\/", "\u00e9", "\ud83d\ude00", "\u0000", "\"\\\b\f\n\r\t", "a # b", "*x", "!y", "- z"]"#,
        r#"{"http://example.com": "a: b", "": "", "<<": {"a": 1}, "~": null, "null": "null"}"#,
        "[[], {}, [[]], [{}], {\"a\": {}}, {\"a\": []}]",
        "\"a\"",
        "-0.5E-7",
        "true",
        "null",
        "  [ ]  ",
    ] {
        assert!(agree(text), "{text}\n{:?}\n{:?}", read_json(text), read_yaml(text));
    }
}

/// Makes good JSON out of a seed: every construct in every place, with spaces of every kind.
struct Maker(u64);

impl Maker {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn space(&mut self) -> &'static str {
        self.pick(&["", "", "", " ", "\n", "\t", "\r\n", "\n\t  ", "  "])
    }

    fn string(&mut self) -> String {
        let parts = [
            "a",
            "Key",
            " ",
            "関",
            "😀",
            ": ",
            " #",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u00E9",
            "\\ud83d\\ude00",
            "'",
            "${A}",
            "-",
            "?",
            ",",
        ];
        let parts: String = (0..self.below(6)).map(|_| self.pick(&parts)).collect();
        format!("\"{parts}\"")
    }

    fn value(&mut self, depth: u64) -> String {
        match self.below(if depth > 5 { 4 } else { 8 }) {
            0 | 1 => self.string(),
            2 => self.pick(&["0", "-1", "12.50", "1e9", "-2E-3"]).to_owned(),
            3 => self.pick(&["true", "false", "null"]).to_owned(),
            4 | 5 => self.items('[', ']', |maker, _| maker.value(depth + 1)),
            _ => self.items('{', '}', |maker, at| {
                let (key, before, after) = (maker.string(), maker.space(), maker.space());
                let key = key.replacen('"', &format!("\"{at}"), 1);
                format!("{key}{before}:{after}{}", maker.value(depth + 1))
            }),
        }
    }

    fn items(
        &mut self,
        open: char,
        close: char,
        item: impl Fn(&mut Self, u64) -> String,
    ) -> String {
        let items: Vec<String> = (0..self.below(4))
            .map(|at| format!("{}{}{}", self.space(), item(self, at), self.space()))
            .collect();
        format!("{open}{}{}{close}", self.space(), items.join(","))
    }
}

#[test]
fn made_documents_agree() {
    let mut maker = Maker(0x5EC1_5B0A_11AC_E5ED);
    let mut bytes = 0;
    for _ in 0..3_000 {
        let text = maker.value(0);
        bytes += text.len();
        assert!(agree(&text), "{text}\n{:?}\n{:?}", read_json(&text), read_yaml(&text));
    }
    assert!(bytes > 100_000, "the documents are too small to say anything: {bytes} bytes");
}

#[test]
fn a_few_characters_and_lone_surrogates_are_only_read_by_the_json_reader() {
    let plane = (0x20..0x1_0000).filter_map(char::from_u32).filter(|next| !"\"\\".contains(*next));
    let refused: Vec<char> = plane.filter(|next| !agree(&format!("\"x{next}y\""))).collect();
    let controls = ('\u{7f}'..='\u{9f}').filter(|next| *next != '\u{85}');
    assert_eq!(refused, controls.chain(['\u{fffe}', '\u{ffff}']).collect::<Vec<_>>());

    let others: String = (0x1_0000..=0x10_ffff).filter_map(char::from_u32).collect();
    for part in others.as_bytes().chunks(400_000) {
        assert!(agree(&format!("\"{}\"", std::str::from_utf8(part).unwrap())));
    }

    let lone = r#"["\ud800"]"#;
    assert!(read_json(lone).node.is_some() && read_yaml(lone).node.is_none());
}

#[test]
fn long_keys_are_only_read_by_the_json_reader() {
    let key = |characters| format!("{{\"{}\": 1}}", "k".repeat(characters));
    assert!(agree(&key(1_022)));
    for characters in [1_025, 100_000] {
        assert!(read_json(&key(characters)).into_result().is_ok());
        assert!(read_yaml(&key(characters)).into_result().is_err());
    }
}

#[test]
fn what_is_no_json_is_only_refused_by_the_json_reader() {
    for text in [
        "{\"a\": 1,}",
        "{\"a\": 1} # one",
        "{a: 1}",
        "['a']",
        "[012, +1, NaN, True, Allow]",
        "{\"a\": }",
        "{\"a\"}",
        "[\"a\": 1]",
        "\"a\nb\"",
        "[\"\t\"]",
        r#"["\x41"]"#,
    ] {
        assert!(read_json(text).has_errors(), "{text}");
        assert_eq!(read_yaml(text).diagnostics, [], "{text}");
    }
}
