//! The form of the vendored text, and its reader.
//!
//! A file is zlib; inside is ASCII text, 7 to 250 KB. Fields are separated by a tab, and empty
//! fields at the end of a line are left out. A shape is referred to by its place, from 0:
//!
//! ```text
//! kms … TrentService 1.1                    the service
//! Decrypt … 88 89 8 20 33                   operations: name, flags, input, output, errors, …
//! -
//! {DecryptRequest                           shapes, by name: kind, name, flags, what the kind has
//! .CiphertextBlob<tab>33<tab>!              members follow their structure: name, shape, flags, …
//! [GrantList<tab><tab>…                     a list; % map, s string, b blob, ? boolean, i integer,
//! sAliasNameType<tab><tab>1<tab>256<tab>…   l long, d float or double, t timestamp
//! ```
//!
//! Fields, in order:
//!
//! | line | fields |
//! |---|---|
//! | service | name, endpoint prefix, signing name, full name, API version, protocols (`q`uery, `j`son, `r`est-json, rest-`x`ml, `c`bor), `Q` if compatible with query, target prefix, JSON version, XML namespace |
//! | operation | name, flags (`u`nsigned, needs a `c`hecksum), input, output, errors, method if not POST, path if not `/`, status if not 200, result wrapper, host prefix, name and namespace of the XML root |
//! | any shape | name, flags (`x` sensitive, `f`lattened, `u`nion, `e`rror, `s`ender's fault) |
//! | structure | payload member, error code if not its name, status, XML namespace |
//! | list | min, max, element, its name in XML |
//! | map | min, max, key, its name in XML, value, its name in XML |
//! | string | min, max, pattern, values |
//! | blob, integer, long, double | min, max |
//! | timestamp | `U`nix, `I`SO 8601, `R`FC 822 |
//! | member | name, shape, flags (`!` required, `f`lattened, XML `a`ttribute, `s`treaming, `i`dempotency token; `h`eader, `H`eaders, `p`ath, `q`uery string, status `c`ode; as a timestamp), name on the wire, XML namespace and prefix |
//!
//! The writer is `cargo xtask vendor`, and the tests count what is read. So the reader takes the
//! form for granted, and leaves out what it does not understand.

use std::iter::Peekable;
use std::str::{FromStr, Lines, Split};

use super::{
    ErrorShape, Kind, Location, Member, Operation, Protocol, Range, Service, Shape, ShapeId,
    StructureShape, TimestampFormat, XmlRoot,
};

/// What a text may grow to: eight times the largest of today.
const TEXT_BYTES_MAX: usize = 2 << 20;

/// Inflates and reads a service.
pub(super) fn inflate(compressed: &[u8]) -> Option<Service> {
    let bytes =
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(compressed, TEXT_BYTES_MAX).ok()?;
    service(String::from_utf8(bytes).ok()?.leak())
}

/// Reads a service.
fn service(text: &'static str) -> Option<Service> {
    let mut lines = text.lines();
    let mut fields = Fields::of(lines.next()?);
    let [name, endpoint_prefix, signing_name, full_name, api_version] =
        std::array::from_fn(|_| fields.text());
    Some(Service {
        name,
        endpoint_prefix,
        signing_name,
        full_name,
        api_version,
        protocols: leak(fields.text().chars().filter_map(protocol)),
        query_compatible: fields.text() == "Q",
        target_prefix: fields.text(),
        json_version: fields.text(),
        xml_namespace: fields.text(),
        operations: leak(lines.by_ref().take_while(|line| *line != "-").map(operation)),
        shapes: shapes(lines),
    })
}

fn protocol(letter: char) -> Option<Protocol> {
    Some(match letter {
        'q' => Protocol::Query,
        'j' => Protocol::Json,
        'r' => Protocol::RestJson,
        'x' => Protocol::RestXml,
        'c' => Protocol::Cbor,
        _ => return None,
    })
}

fn operation(line: &'static str) -> Operation {
    let mut fields = Fields::of(line);
    let name = fields.text();
    let flags = fields.text();
    Operation {
        name,
        unsigned: flags.contains('u'),
        needs_checksum: flags.contains('c'),
        input: fields.number().map(ShapeId),
        output: fields.number().map(ShapeId),
        errors: leak(fields.words().filter_map(|word| Some(ShapeId(word.parse().ok()?)))),
        method: fields.text_or("POST"),
        uri: fields.text_or("/"),
        status: fields.number().unwrap_or(200),
        result_wrapper: fields.text(),
        host_prefix: fields.text(),
        input_root: Some(XmlRoot { name: fields.text(), namespace: fields.text() })
            .filter(|root| !root.name.is_empty()),
    }
}

fn shapes(lines: Lines<'static>) -> &'static [Shape] {
    let mut lines = lines.peekable();
    let mut shapes = Vec::new();
    while let Some(line) = lines.next() {
        // A line that is not understood still has its number.
        shapes.push(shape(line, &mut lines).unwrap_or(Shape {
            name: "",
            kind: Kind::Boolean,
            sensitive: false,
        }));
    }
    shapes.leak()
}

fn shape(line: &'static str, lines: &mut Peekable<Lines<'static>>) -> Option<Shape> {
    let (letter, line) = initial(line)?;
    let mut fields = Fields::of(line);
    let name = fields.text();
    let flags = fields.text();
    let kind = match letter {
        '{' => structure(name, flags, &mut fields, lines),
        '[' => Kind::List {
            flattened: flags.contains('f'),
            length: fields.range(),
            element: ShapeId(fields.number()?),
            element_name: fields.text(),
        },
        '%' => Kind::Map {
            flattened: flags.contains('f'),
            length: fields.range(),
            key: ShapeId(fields.number()?),
            key_name: fields.text(),
            value: ShapeId(fields.number()?),
            value_name: fields.text(),
        },
        's' => Kind::String {
            length: fields.range(),
            pattern: fields.text(),
            values: leak(fields.words()),
        },
        'b' => Kind::Blob { length: fields.range() },
        '?' => Kind::Boolean,
        'i' => Kind::Integer(fields.range()),
        'l' => Kind::Long(fields.range()),
        'd' => Kind::Float(fields.range()),
        't' => Kind::Timestamp(timestamp(fields.text())),
        _ => return None,
    };
    Some(Shape { name, kind, sensitive: flags.contains('x') })
}

fn structure(
    name: &'static str,
    flags: &str,
    fields: &mut Fields,
    lines: &mut Peekable<Lines<'static>>,
) -> Kind {
    let payload = fields.text();
    let code = fields.text_or(name);
    let sender_fault = flags.contains('s');
    let status = fields.number().unwrap_or(400);
    let members = std::iter::from_fn(|| lines.next_if(|line| line.starts_with('.')));
    Kind::Structure(StructureShape {
        members: leak(members.filter_map(member)),
        payload,
        error: flags.contains('e').then_some(ErrorShape { code, status, sender_fault }),
        union: flags.contains('u'),
        xml_namespace: fields.text(),
    })
}

fn member(line: &'static str) -> Option<Member> {
    let mut fields = Fields::of(line.strip_prefix('.')?);
    let name = fields.text();
    let shape = ShapeId(fields.number()?);
    let flags = fields.text();
    Some(Member {
        name,
        shape,
        required: flags.contains('!'),
        flattened: flags.contains('f'),
        xml_attribute: flags.contains('a'),
        streaming: flags.contains('s'),
        idempotency_token: flags.contains('i'),
        location: flags.chars().find_map(location).unwrap_or(Location::Body),
        timestamp: timestamp(flags),
        location_name: fields.text(),
        xml_namespace: fields.text(),
        xml_prefix: fields.text(),
    })
}

fn location(letter: char) -> Option<Location> {
    Some(match letter {
        'h' => Location::Header,
        'H' => Location::Headers,
        'p' => Location::Uri,
        'q' => Location::QueryString,
        'c' => Location::StatusCode,
        _ => return None,
    })
}

fn timestamp(flags: &str) -> TimestampFormat {
    let format = |letter| match letter {
        'U' => Some(TimestampFormat::UnixTimestamp),
        'I' => Some(TimestampFormat::Iso8601),
        'R' => Some(TimestampFormat::Rfc822),
        _ => None,
    };
    flags.chars().find_map(format).unwrap_or(TimestampFormat::Usual)
}

/// The fields of a line; behind the last one all are empty.
struct Fields(Split<'static, char>);

impl Fields {
    fn of(line: &'static str) -> Self {
        Self(line.split('\t'))
    }

    fn text(&mut self) -> &'static str {
        self.0.next().unwrap_or_default()
    }

    fn text_or(&mut self, usual: &'static str) -> &'static str {
        Some(self.text()).filter(|text| !text.is_empty()).unwrap_or(usual)
    }

    fn number<T: FromStr>(&mut self) -> Option<T> {
        self.text().parse().ok()
    }

    fn range<T: FromStr>(&mut self) -> Range<T> {
        Range { min: self.number(), max: self.number() }
    }

    fn words(&mut self) -> impl Iterator<Item = &'static str> + use<> {
        self.text().split(' ').filter(|word| !word.is_empty())
    }
}

fn leak<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    items.collect::<Vec<_>>().leak()
}

/// The first letter, and the rest.
fn initial(line: &'static str) -> Option<(char, &'static str)> {
    let mut letters = line.chars();
    let first = letters.next()?;
    Some((first, letters.as_str()))
}
