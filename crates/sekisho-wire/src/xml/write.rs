//! Values as XML elements.
//!
//! Every value is held against the model while it is written: one that has no place in it is an error,
//! never dropped.

use std::fmt::Write as _;

use super::read::flat_name;
use crate::Value;
use crate::model::{Kind, Member, Service, ShapeId, StructureShape, TimestampFormat};
use crate::text::{self, Place, wire_name};
use crate::value::Structure;

/// A document that grows.
pub(crate) struct Writer {
    service: &'static Service,
    place: Place,
    text: String,
}

impl Writer {
    /// An empty document with the declaration that AWS writes where `declared`.
    pub(crate) fn new(service: &'static Service, place: Place, declared: bool) -> Self {
        let declaration =
            if declared { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" } else { "" };
        Self { service, place, text: declaration.to_owned() }
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Opens an element, with a namespace where it is not empty.
    pub(crate) fn open(&mut self, name: &str, namespace: &str) {
        self.text.push('<');
        self.text.push_str(name);
        if !namespace.is_empty() {
            self.attribute("xmlns", namespace);
        }
        self.text.push('>');
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// Text in the element that is open.
    pub(crate) fn text(&mut self, text: &str) {
        escape(&mut self.text, text);
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.open(name, "");
        self.text(text);
        self.close(name);
    }

    /// The members of a structure that stand in elements, in the model's order.
    pub(crate) fn members(
        &mut self,
        shape: &'static StructureShape,
        structure: &Structure,
        wanted: impl Fn(&Member) -> bool,
    ) -> Result<(), String> {
        known(shape, structure)?;
        for member in shape.members.iter().filter(|member| wanted(member) && !member.xml_attribute)
        {
            if let Some(value) = structure.get(member.name) {
                self.member(member, value).map_err(|why| within(member.name, &why))?;
            }
        }
        Ok(())
    }

    /// An element for a structure, with the attributes that some of its members are.
    pub(crate) fn structure(
        &mut self,
        name: &str,
        namespace: &str,
        shape: &'static StructureShape,
        structure: &Structure,
    ) -> Result<(), String> {
        self.text.push('<');
        self.text.push_str(name);
        if !namespace.is_empty() {
            self.attribute("xmlns", namespace);
        }
        for member in shape.members.iter().filter(|member| member.xml_attribute) {
            if let Some(value) = structure.get(member.name) {
                self.attribute_member(shape, member, value)?;
            }
        }
        self.text.push('>');
        self.members(shape, structure, |_| true)?;
        self.close(name);
        Ok(())
    }

    /// `xsi:type="Group"`, and the declaration of `xsi` beside it.
    fn attribute_member(
        &mut self,
        shape: &StructureShape,
        member: &Member,
        value: &Value,
    ) -> Result<(), String> {
        let scalar = text::shape(self.service, member.shape)?;
        let text = text::write(scalar, member.timestamp, self.place, value)
            .ok_or_else(|| within(member.name, "is not of the model's kind"))?;
        if let Some((prefix, _)) = wire_name(member).split_once(':') {
            self.attribute(&format!("xmlns:{prefix}"), shape.xml_namespace);
        }
        self.attribute(wire_name(member), &text);
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.text, " {name}=\"");
        escape(&mut self.text, value);
        self.text.push('"');
    }

    fn member(&mut self, member: &'static Member, value: &Value) -> Result<(), String> {
        let name = wire_name(member);
        match (&text::shape(self.service, member.shape)?.kind, value) {
            (Kind::List { element, element_name, flattened, .. }, Value::List(values))
                if *flattened || member.flattened =>
            {
                let name = flat_name(member, element_name);
                values
                    .iter()
                    .try_for_each(|value| self.value(name, *element, TimestampFormat::Usual, value))
            }
            (Kind::Map { flattened, .. }, Value::Map(_)) if *flattened || member.flattened => {
                self.entries(name, member.shape, value)
            }
            _ => self.value(name, member.shape, member.timestamp, value),
        }
    }

    /// An element for a value of any shape.
    pub(crate) fn value(
        &mut self,
        name: &str,
        id: ShapeId,
        format: TimestampFormat,
        value: &Value,
    ) -> Result<(), String> {
        let shape = text::shape(self.service, id)?;
        match (&shape.kind, value) {
            (Kind::Structure(shape), Value::Structure(structure)) => {
                self.structure(name, "", shape, structure)
            }
            (Kind::List { element, element_name, .. }, Value::List(values)) => {
                let inner = if element_name.is_empty() { "member" } else { element_name };
                self.open(name, "");
                for value in values {
                    self.value(inner, *element, TimestampFormat::Usual, value)?;
                }
                self.close(name);
                Ok(())
            }
            (Kind::Map { .. }, Value::Map(_)) => {
                self.open(name, "");
                self.entries("entry", id, value)?;
                self.close(name);
                Ok(())
            }
            _ => {
                let text = text::write(shape, format, self.place, value);
                self.leaf(name, &text.ok_or("is not of the model's kind")?);
                Ok(())
            }
        }
    }

    fn entries(&mut self, name: &str, id: ShapeId, value: &Value) -> Result<(), String> {
        let (Kind::Map { key_name, value: inner, value_name, .. }, Value::Map(map)) =
            (&text::shape(self.service, id)?.kind, value)
        else {
            return Err("is not a map".to_owned());
        };
        for (key, value) in map {
            self.open(name, "");
            self.leaf(if key_name.is_empty() { "key" } else { key_name }, key);
            let value_name = if value_name.is_empty() { "value" } else { value_name };
            self.value(value_name, *inner, TimestampFormat::Usual, value)
                .map_err(|why| within(key, &why))?;
            self.close(name);
        }
        Ok(())
    }
}

/// Refuses a structure with members that its shape does not have.
pub(crate) fn known(shape: &StructureShape, structure: &Structure) -> Result<(), String> {
    let stranger =
        structure.iter().find(|(name, _)| !shape.members.iter().any(|member| member.name == *name));
    match stranger {
        Some((name, _)) => Err(within(name, "is not in the model")),
        None => Ok(()),
    }
}

/// Puts a step before the place that an error names.
pub(crate) fn within(step: &str, why: &str) -> String {
    match why.strip_prefix('`') {
        Some(rest) => format!("`{step}.{rest}"),
        None => format!("`{step}` {why}"),
    }
}

/// Writes text. XML 1.0 forbids most control characters, even as references, but S3 writes them as
/// references (User Guide, "Creating object key names": "`\r` ... must be replaced with the equivalent
/// XML entity code"; keys with others are listed as `&#x1;`), and so does every reply here: parsers that
/// take them get the character back, and nothing is lost or forged. A carriage return must be one,
/// else the reader's end-of-line rule makes it a line feed.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "&#x{:x};", u32::from(character));
            }
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_survives_as_references() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"c\"\r\n\t\u{1}\u{7f}あ\u{fffe}");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot;&#xd;\n\t&#x1;\u{7f}あ&#xfffe;");
    }

    #[test]
    fn places_are_joined_to_a_path() {
        assert_eq!(within("Role", &within("Path", "is wrong")), "`Role.Path` is wrong");
    }
}
