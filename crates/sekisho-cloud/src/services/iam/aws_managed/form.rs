//! The form of the vendored texts, and their reader.
//!
//! Each is zlib; inside is ASCII text, a line for each policy or word.
//!
//! | text | what a line is |
//! |---|---|
//! | index | a policy, by name: name, path, version, when it was made, when that version was made; a tab between them |
//! | words | the first: the frequent words, a tab between them. The others, by word: a character that says how many characters are those of the word before (`!` none, `"` one …), and the rest |
//! | documents | a policy, in the order of the index: its JSON without spaces, commas and colons. `(` is true, `)` is false. Frequent words are their characters: the printable ones in order, without those that mean something here (`[]{}();-` and digits). Of other words stands the number, as what it is more than the last one, and `;` |
//!
//! The writer is `cargo xtask vendor`, and a test reads every policy. So the reader takes the form for
//! granted; what it does not understand gives no document, and a policy without document denies.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

const INDEX: &[u8] = include_bytes!("../../../../data/aws-managed-policies/index.txt.z");
const WORDS: &[u8] = include_bytes!("../../../../data/aws-managed-policies/words.txt.z");
const DOCUMENTS: &[u8] = include_bytes!("../../../../data/aws-managed-policies/documents.txt.z");

/// What a text may grow to: four times the largest of today.
const TEXT_BYTES_MAX: usize = 2 << 20;

/// The characters of a document that stand for themselves.
const MARKS: &str = "[]{}();-0123456789";

/// The list of the policies.
pub(super) fn index() -> &'static str {
    inflate(INDEX).unwrap_or_default().leak()
}

/// The document at this place of the index.
pub(super) fn document(place: usize) -> Option<String> {
    let documents = inflate(DOCUMENTS)?;
    let words = inflate(WORDS)?;
    let words = Words::read(&words)?;
    let coded = documents.lines().nth(place)?.chars().peekable();
    let mut reader = Reader { coded, words: &words, last: 0, text: String::new() };
    reader.value()?;
    Some(reader.text)
}

fn inflate(compressed: &[u8]) -> Option<String> {
    let bytes =
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(compressed, TEXT_BYTES_MAX).ok()?;
    String::from_utf8(bytes).ok()
}

struct Words<'a> {
    frequent: Vec<(char, &'a str)>,
    others: Vec<String>,
}

impl<'a> Words<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut lines = text.lines();
        let characters = ('!'..='~').filter(|character| !MARKS.contains(*character));
        let frequent = characters.zip(lines.next()?.split('\t')).collect();
        let mut others: Vec<String> = Vec::new();
        for line in lines {
            let shared = line.bytes().next()?.checked_sub(b'!')?;
            let last = others.last().map_or("", String::as_str);
            let word = [last.get(..usize::from(shared))?, line.get(1..)?].concat();
            others.push(word);
        }
        Some(Self { frequent, others })
    }
}

/// Reads one document.
struct Reader<'a> {
    coded: Peekable<Chars<'a>>,
    words: &'a Words<'a>,
    /// The number of the last word that had one.
    last: i64,
    text: String,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<()> {
        match self.coded.peek()? {
            '{' => self.items('}', |reader| {
                reader.word()?;
                reader.text.push(':');
                reader.value()
            }),
            '[' => self.items(']', Self::value),
            '(' => self.literal("true"),
            ')' => self.literal("false"),
            _ => self.word(),
        }
    }

    /// What stands between brackets, with commas.
    fn items(&mut self, end: char, item: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.text.push(self.coded.next()?);
        while *self.coded.peek()? != end {
            if !self.text.ends_with(['[', '{']) {
                self.text.push(',');
            }
            item(self)?;
        }
        self.text.push(self.coded.next()?);
        Some(())
    }

    fn literal(&mut self, literal: &str) -> Option<()> {
        self.coded.next()?;
        self.text.push_str(literal);
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let words = self.words;
        let first = *self.coded.peek()?;
        let frequent = words.frequent.iter().find(|(character, _)| *character == first);
        let word = if let Some((_, word)) = frequent {
            self.coded.next()?;
            *word
        } else {
            let step: String = self.coded.by_ref().take_while(|digit| *digit != ';').collect();
            self.last = self.last.checked_add(step.parse().ok()?)?;
            words.others.get(usize::try_from(self.last).ok()?)?
        };
        write!(self.text, "{}", serde_json::Value::from(word)).ok()
    }
}
