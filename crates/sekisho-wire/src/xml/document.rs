//! An XML document as a small tree, within bounds.
//!
//! Namespaces are ignored, as AWS does: only local names count. There is no DTD, so there are no
//! entities but XML's own five and character references: an entity bomb has nothing to grow from.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may nest. S3's deepest document (an inventory's encryption) has 6 levels.
pub const XML_DEPTH_MAX: usize = 32;
/// How many elements a document may have. `CompleteMultipartUpload` with 10,000 parts, each with its
/// number, tag and checksums, stays below.
pub const XML_ELEMENTS_MAX: usize = 131_072;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its local name.
    pub(crate) name: String,
    /// Its attributes by local name, without those that declare namespaces.
    pub(crate) attributes: Vec<(String, String)>,
    /// Its own text, all pieces joined.
    pub(crate) text: String,
    /// The elements in it.
    pub(crate) children: Vec<Element>,
}

/// Reads a document; the error says what is wrong with it.
pub(crate) fn parse(document: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(document).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut tree = Tree::default();
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => tree.open(&start)?,
            Event::Empty(start) => {
                tree.open(&start)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(text) => tree.text(&text.xml10_content())?,
            Event::CData(text) => tree.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                tree.text(resolve(&reference)?.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err("a document type is not taken".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return tree.finish(),
        }
    }
}

/// The elements that are open, and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Tree {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        self.elements += 1;
        if self.elements > XML_ELEMENTS_MAX || self.open.len() == XML_DEPTH_MAX {
            return Err(format!("more than {XML_ELEMENTS_MAX} elements or {XML_DEPTH_MAX} levels"));
        }
        if self.root.is_some() {
            return Err("more than one root element".to_owned());
        }
        let name = start.local_name().into_inner().to_owned();
        self.open.push(Element { name, attributes: attributes(start)?, ..Element::default() });
        Ok(())
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err("text outside of the root element".to_owned()),
        }
        Ok(())
    }

    fn finish(self) -> Result<Element, String> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(root),
            _ => Err("it ends before its root element does".to_owned()),
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        let name = attribute.key.local_name().into_inner().to_owned();
        attributes.push((name, value.into_owned()));
    }
    Ok(attributes)
}

fn resolve(reference: &BytesRef<'_>) -> Result<char, String> {
    let character = reference.resolve_char_ref().map_err(|error| error.to_string())?;
    let name = reference.xml10_content();
    character
        .or(match &*name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        })
        .ok_or_else(|| format!("entity `{name}` is not known"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_references_are_joined() {
        let root = parse(b"<?xml version=\"1.0\"?>\n<a xmlns='u' x:t='&lt;1'> b&amp;&#x43;<![CDATA[<]]><!-- c -->d<e/></a>");
        let root = root.unwrap();
        assert_eq!((root.name.as_str(), root.text.as_str()), ("a", " b&C<d"));
        assert_eq!(root.attributes, [("t".to_owned(), "<1".to_owned())]);
        assert_eq!(root.children.len(), 1);
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let bad: [&[u8]; 12] = [
            b"",
            b" ",
            b"<a>",
            b"<a></b>",
            b"<a/><b/>",
            b"<a/>x",
            b"x<a/>",
            b"<a>&nope;</a>",
            b"<a>\xff</a>",
            b"<a>&</a>",
            b"<a b=1/>",
            b"<a>&#0;</a>",
        ];
        for document in bad {
            assert!(parse(document).is_err(), "{:?}", String::from_utf8_lossy(document));
        }
    }

    #[test]
    fn an_entity_bomb_is_refused_at_its_document_type() {
        let bomb = b"<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(parse(bomb).unwrap_err(), "a document type is not taken");
    }

    #[test]
    fn depth_and_breadth_are_bounded() {
        let deep = |levels| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(parse(deep(XML_DEPTH_MAX).as_bytes()).is_ok());
        assert!(parse(deep(XML_DEPTH_MAX + 1).as_bytes()).is_err());
        let broad = |elements| format!("<a>{}</a>", "<b/>".repeat(elements - 1));
        assert!(parse(broad(XML_ELEMENTS_MAX).as_bytes()).is_ok());
        assert!(parse(broad(XML_ELEMENTS_MAX + 1).as_bytes()).is_err());
    }
}
