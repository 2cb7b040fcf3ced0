//! Nothing that comes in makes a reader panic, or point outside the text.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use sekisho_tree::{
    DEPTH_MAX, NODES_MAX, Node, Read, Source, Span, Value, read_any, read_json, read_yaml,
};

const SEEDS: [&str; 6] = [
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Sid\": \"\\u95a2\\ud83d\\ude00\", \"n\": [1, -2.5e3, true, null]}]}",
    "Resources:\n  Key: &k\n    Type: AWS::KMS::Key # 鍵\n    Properties: {A: !Ref B, C: [!Sub '${D}', \"e\\n\"]}\n  Other: *k\n",
    "a: |\n  x\n   y\nb: >-\n  関所\n  z\n? c\n: - - 1\n    - 2\n<<: {d: ~}\n",
    "%YAML 1.2\n---\n!!map {a: !x!y b}\n...\n---\n- &a [*a]\n",
    "{'a' = True, // c\n b: [1,,2,], /* d */ “e”: +01}",
    "\u{feff}\r\n\t- \"\\x41\\ud800\"\r\n- ''''\r\n",
];

/// What a mutation puts in: whatever means something to one of the readers.
const PARTS: [&str; 32] = [
    "{", "}", "[", "]", ":", ": ", ",", "\"", "'", "\\", "\\u", "\\ud800", "\n", "\n  ", "\t",
    "- ", "? ", "&a ", "*a", "!", "!!str ", "#", " # ", "//", "/*", "|", ">", "---\n", "<<: ", "%",
    "関", "\u{0}",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let start = self.below(bytes.len() + 1);
        let end = (start + self.below(8)).min(bytes.len());
        match self.below(4) {
            0 => drop(bytes.drain(start..end)),
            1 => drop(bytes.splice(start..start, PARTS[self.below(PARTS.len())].bytes())),
            2 => drop(bytes.splice(start..end, PARTS[self.below(PARTS.len())].bytes())),
            _ => {
                let copy = bytes[start..end].to_vec();
                let to = self.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
        }
    }
}

/// Holds everything a reader gives against what it promises.
fn check(source: &Source, read: &Read) {
    let inside = |span: Span| {
        assert!(source.text().get(span.range()).is_some(), "{span:?} in {:?}", source.text());
    };
    assert!(read.node.is_some() || read.has_errors(), "no tree and no reason: {:?}", source.text());
    for found in &read.diagnostics {
        inside(found.span);
        let (line, column) = source.line_column(found.span.range().start);
        // A line break can be pointed at: `\r\n` has two places behind the line.
        assert!(column <= source.line_text(line).chars().count() + 2, "{found:?}");
    }
    let mut nodes = 0;
    if let Some(node) = &read.node {
        walk(node, 0, &mut |span| {
            nodes += 1;
            inside(span);
        });
    }
    assert!(nodes <= 2 * NODES_MAX);
}

fn walk(node: &Node, depth: usize, visit: &mut impl FnMut(Span)) {
    visit(node.span);
    match &node.value {
        Value::Scalar(..) => {}
        Value::List(items) => {
            assert!(depth < DEPTH_MAX);
            items.iter().for_each(|item| walk(item, depth + 1, visit));
        }
        Value::Map(entries) => {
            assert!(depth < DEPTH_MAX);
            let mut keys: Vec<_> = entries.iter().map(|entry| &entry.key.text).collect();
            keys.sort_unstable();
            assert!(keys.is_sorted_by(|a, b| a < b), "a key stands twice");
            for entry in entries {
                visit(entry.key.span);
                walk(&entry.value, depth + 1, visit);
            }
        }
    }
}

fn read_all(bytes: Vec<u8>) {
    let Ok(source) = Source::new("dice", bytes) else { return };
    for reader in [read_json, read_yaml, read_any] {
        check(&source, &reader(source.text()));
    }
}

#[test]
fn mutations_of_good_documents() {
    let mut dice = Dice(0x0BAD_5EED_0BAD_5EED);
    for round in 0..12_000 {
        let mut bytes = SEEDS[round % SEEDS.len()].as_bytes().to_vec();
        for _ in 0..=dice.below(6) {
            dice.mutate(&mut bytes);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        read_all(text.into_bytes());
    }
}

#[test]
fn random_parts() {
    let mut dice = Dice(0x00D1_CE00_00D1_CE00);
    for _ in 0..12_000 {
        let text: String = (0..dice.below(40)).map(|_| PARTS[dice.below(PARTS.len())]).collect();
        read_all(text.into_bytes());
    }
}

#[test]
fn random_bytes() {
    let mut dice = Dice(0x5EED_0F00_5EED_0F00);
    for _ in 0..4_000 {
        let bytes =
            (0..dice.below(60)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect::<Vec<_>>();
        read_all(String::from_utf8_lossy(&bytes).into_owned().into_bytes());
        read_all(bytes);
    }
}

#[test]
fn every_beginning_of_a_good_document() {
    for seed in SEEDS {
        for (end, _) in seed.char_indices() {
            read_all(seed.as_bytes()[..end].to_vec());
        }
    }
}

/// The longest texts of one thing repeated. That they are answered at all is the test: each would
/// take minutes or all memory if anything in the readers were quadratic or recursive.
#[test]
fn a_megabyte_of_one_thing() {
    let times = |part: &str| part.repeat(sekisho_tree::TEXT_BYTES_MAX / part.len());
    for part in PARTS.into_iter().chain([
        "{\"a\":",
        "[[],",
        "a: 1\n",
        "\"k\":1,",
        "a\n ",
        "?\n",
        "- - - a\n",
        "#\n",
        "{a: ",
        "\"\\\"",
        "x ",
    ]) {
        read_all(times(part).into_bytes());
    }
    let keys = (0..80_000).map(|key| format!("\"k{key}\":1,")).collect::<String>();
    read_all(format!("{{{keys}\"k\":1}}").into_bytes());
    read_all(format!("- &a x\n- [{}]", "*a,".repeat(300_000)).into_bytes());
    read_all((0..70_000).map(|name| format!("- &a{name} x\n")).collect::<String>().into_bytes());
}
