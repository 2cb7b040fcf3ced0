//! A `service-2.json` of botocore, and the lines it becomes.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Number;
use std::collections::BTreeMap;
use std::fmt;

/// A model.
#[derive(Deserialize)]
pub(super) struct Model {
    metadata: Metadata,
    operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    api_version: String,
    endpoint_prefix: String,
    signing_name: Option<String>,
    service_full_name: String,
    protocols: Vec<String>,
    #[serde(default)]
    target_prefix: String,
    #[serde(default)]
    json_version: String,
    #[serde(default)]
    xml_namespace: String,
    aws_query_compatible: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Operation {
    http: Http,
    input: Option<Body>,
    output: Option<Body>,
    #[serde(default)]
    errors: Vec<Body>,
    authtype: Option<String>,
    endpoint: Option<Endpoint>,
    #[serde(rename = "httpChecksum")]
    checksum: Option<Checksum>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http {
    method: String,
    request_uri: String,
    response_code: Option<u16>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Body {
    shape: String,
    #[serde(default)]
    result_wrapper: String,
    #[serde(default)]
    location_name: String,
    #[serde(default)]
    xml_namespace: XmlNamespace,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    host_prefix: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checksum {
    #[serde(default)]
    request_checksum_required: bool,
}

#[derive(Deserialize, Default)]
struct XmlNamespace {
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "in_order")]
    members: Vec<(String, Member)>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    payload: String,
    #[serde(default)]
    exception: bool,
    #[serde(default)]
    fault: bool,
    #[serde(default)]
    error: Fault,
    #[serde(default)]
    union: bool,
    #[serde(default)]
    xml_namespace: XmlNamespace,
    member: Option<Member>,
    key: Option<Member>,
    value: Option<Member>,
    #[serde(default)]
    flattened: bool,
    #[serde(default)]
    sensitive: bool,
    min: Option<Number>,
    max: Option<Number>,
    #[serde(default)]
    pattern: String,
    #[serde(default, rename = "enum")]
    values: Vec<String>,
    #[serde(default)]
    timestamp_format: String,
    #[serde(default)]
    streaming: bool,
    #[serde(default, rename = "eventstream")]
    event_stream: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Fault {
    #[serde(default)]
    code: String,
    http_status_code: Option<u16>,
    sender_fault: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    shape: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    location_name: String,
    #[serde(default)]
    flattened: bool,
    #[serde(default)]
    xml_attribute: bool,
    #[serde(default)]
    xml_namespace: XmlNamespace,
    #[serde(default)]
    timestamp_format: String,
    #[serde(default)]
    streaming: bool,
    #[serde(default)]
    idempotency_token: bool,
}

/// Reads members in the order in which they are written.
fn in_order<'de, D: Deserializer<'de>>(members: D) -> Result<Vec<(String, Member)>, D::Error> {
    struct InOrder;
    impl<'de> Visitor<'de> for InOrder {
        type Value = Vec<(String, Member)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("members")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    members.deserialize_map(InOrder)
}

impl Model {
    /// The text that is vendored.
    pub(super) fn text(&self, name: &str) -> Result<String> {
        let mut lines = vec![self.metadata.line(name)?];
        for (name, operation) in &self.operations {
            lines.push(self.operation(name, operation)?);
        }
        lines.push("-".to_owned());
        for (name, shape) in &self.shapes {
            lines.push(self.shape(name, shape).with_context(|| format!("in the shape `{name}`"))?);
            for (name, member) in &shape.members {
                lines.push(self.member(name, member, shape.required.contains(name))?);
            }
        }
        Ok(lines.join("\n") + "\n")
    }

    /// The number of a shape: its place in the order of names.
    fn place(&self, name: &str) -> Result<String> {
        let place = self.shapes.keys().position(|known| known == name);
        Ok(place.with_context(|| format!("`{name}` is not defined"))?.to_string())
    }

    /// Whether a shape says of itself that it is a stream.
    fn is_streaming(&self, name: &str) -> bool {
        self.shapes.get(name).is_some_and(|shape| shape.streaming || shape.event_stream)
    }

    fn operation(&self, name: &str, operation: &Operation) -> Result<String> {
        let Operation { http, input, output, errors, .. } = operation;
        let place = |body: &Option<Body>| {
            body.as_ref()
                .map(|body| self.place(&body.shape))
                .transpose()
                .map(Option::unwrap_or_default)
        };
        let errors =
            errors.iter().map(|error| self.place(&error.shape)).collect::<Result<Vec<_>>>()?;
        let root = input.as_ref().filter(|input| !input.location_name.is_empty());
        let flags = [
            ('u', operation.authtype.as_deref() == Some("none")),
            ('c', operation.checksum.as_ref().is_some_and(|sum| sum.request_checksum_required)),
        ];
        line(
            "",
            &[
                name,
                &flagged(&flags),
                &place(input)?,
                &place(output)?,
                &errors.join(" "),
                unusual(&http.method, "POST"),
                unusual(&http.request_uri, "/"),
                &number(http.response_code.filter(|code| *code != 200)),
                output.as_ref().map_or("", |output| &output.result_wrapper),
                operation.endpoint.as_ref().map_or("", |endpoint| &endpoint.host_prefix),
                root.map_or("", |root| &root.location_name),
                root.map_or("", |root| &root.xml_namespace.uri),
            ],
        )
    }

    fn shape(&self, name: &str, shape: &Shape) -> Result<String> {
        let (min, max) = (number(shape.min.as_ref()), number(shape.max.as_ref()));
        let (min, max) = (min.as_str(), max.as_str());
        let target = |member: &Option<Member>| {
            let member = member.as_ref().context("an element is missing")?;
            Ok::<_, anyhow::Error>((self.place(&member.shape)?, member.location_name.clone()))
        };
        let start = |letter: char| {
            let flags = [
                ('x', shape.sensitive),
                ('f', shape.flattened),
                ('u', shape.union),
                ('e', shape.exception),
                ('s', shape.sender_fault()),
            ];
            format!("{letter}{name}\t{}\t", flagged(&flags))
        };
        Ok(match shape.kind.as_str() {
            "structure" => {
                let error = &shape.error;
                let status = number(error.http_status_code.or(shape.fault.then_some(500)));
                let namespace = &shape.xml_namespace.uri;
                line(&start('{'), &[&shape.payload, &error.code, &status, namespace])?
            }
            "list" => {
                let (element, called) = target(&shape.member)?;
                line(&start('['), &[min, max, &element, &called])?
            }
            "map" => {
                let (key, key_called) = target(&shape.key)?;
                let (value, value_called) = target(&shape.value)?;
                line(&start('%'), &[min, max, &key, &key_called, &value, &value_called])?
            }
            "string" => line(&start('s'), &[min, max, &shape.pattern, &shape.values.join(" ")])?,
            "blob" => line(&start('b'), &[min, max])?,
            "boolean" => line(&start('?'), &[])?,
            "integer" => line(&start('i'), &[min, max])?,
            "long" => line(&start('l'), &[min, max])?,
            "float" | "double" => line(&start('d'), &[min, max])?,
            "timestamp" => line(&start('t'), &[&timestamp(&shape.timestamp_format)?])?,
            other => bail!("unknown type `{other}`"),
        })
    }

    fn member(&self, name: &str, member: &Member, required: bool) -> Result<String> {
        let location = match member.location.as_str() {
            "" => "",
            "header" => "h",
            "headers" => "H",
            "uri" => "p",
            "querystring" => "q",
            "statusCode" => "c",
            other => bail!("unknown location `{other}` of `{name}`"),
        };
        let flags = [
            ('!', required),
            ('f', member.flattened),
            ('a', member.xml_attribute),
            ('s', member.streaming || self.is_streaming(&member.shape)),
            ('i', member.idempotency_token),
        ];
        let flags = flagged(&flags) + location + &timestamp(&member.timestamp_format)?;
        let XmlNamespace { prefix, uri } = &member.xml_namespace;
        line(".", &[name, &self.place(&member.shape)?, &flags, &member.location_name, uri, prefix])
    }
}

impl Metadata {
    fn line(&self, name: &str) -> Result<String> {
        let letters = self.protocols.iter().map(|protocol| {
            Ok(match protocol.as_str() {
                "query" => 'q',
                "json" => 'j',
                "rest-json" => 'r',
                "rest-xml" => 'x',
                "smithy-rpc-v2-cbor" => 'c',
                other => bail!("unknown protocol `{other}`"),
            })
        });
        let fields = [
            name,
            &self.endpoint_prefix,
            self.signing_name.as_ref().unwrap_or(&self.endpoint_prefix),
            &self.service_full_name,
            &self.api_version,
            &letters.collect::<Result<String>>()?,
            if self.aws_query_compatible.is_some() { "Q" } else { "" },
            &self.target_prefix,
            &self.json_version,
            &self.xml_namespace,
        ];
        line("", &fields)
    }
}

impl Shape {
    /// Where the model does not say who is to blame, the status does.
    fn sender_fault(&self) -> bool {
        let ours = self.fault || self.error.http_status_code.is_some_and(|status| status >= 500);
        self.exception && self.error.sender_fault.unwrap_or(!ours)
    }
}

/// A line of fields; those that are empty at the end are left out.
fn line(start: &str, fields: &[&str]) -> Result<String> {
    let broken = |field: &&&str| field.contains(['\t', '\n', '\r']);
    if let Some(field) = fields.iter().find(broken) {
        bail!("`{}` does not fit in a field", field.escape_debug());
    }
    let line = format!("{start}{}", fields.join("\t"));
    ensure!(!line.is_empty(), "a line without a field");
    Ok(line.trim_end_matches('\t').to_owned())
}

fn flagged(flags: &[(char, bool)]) -> String {
    flags.iter().filter(|(_, set)| *set).map(|(letter, _)| *letter).collect()
}

fn number(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn unusual<'a>(value: &'a str, usual: &str) -> &'a str {
    if value == usual { "" } else { value }
}

fn timestamp(format: &str) -> Result<String> {
    Ok(match format {
        "" => "",
        "unixTimestamp" => "U",
        "iso8601" => "I",
        "rfc822" => "R",
        other => bail!("unknown form `{other}` of a timestamp"),
    }
    .to_owned())
}

#[cfg(test)]
mod tests {
    use super::Model;
    use serde_json::{Value, json};

    fn toy() -> Value {
        json!({
            "metadata": {
                "apiVersion": "2020-01-01", "endpointPrefix": "toys", "serviceFullName": "Toy Service",
                "protocols": ["json", "query"], "targetPrefix": "Toy", "jsonVersion": "1.0",
            },
            "operations": { "Open": {
                "http": { "method": "POST", "requestUri": "/" },
                "input": { "shape": "Box" }, "errors": [{ "shape": "Shut" }], "authtype": "none",
            }},
            "shapes": {
                "Box": {
                    "type": "structure", "required": ["Size"], "documentation": "<p>Prose.</p>",
                    "members": {
                        "Size": { "shape": "Size" },
                        "Names": { "shape": "Names", "location": "querystring", "locationName": "n" },
                    },
                },
                "Name": { "type": "string", "pattern": "[a-z]+", "sensitive": true },
                "Names": { "type": "list", "member": { "shape": "Name" }, "max": 9 },
                "Shut": { "type": "structure", "members": {}, "exception": true, "fault": true },
                "Size": { "type": "string", "enum": ["S", "M"] },
            },
        })
    }

    #[test]
    fn a_model_becomes_lines() {
        let expected = "\
toy\ttoys\ttoys\tToy Service\t2020-01-01\tjq\t\tToy\t1.0
Open\tu\t0\t\t3
-
{Box
.Names\t2\tq\tn
.Size\t4\t!
sName\tx\t\t\t[a-z]+
[Names\t\t\t9\t1
{Shut\te\t\t\t500
sSize\t\t\t\t\tS M
";
        let model: Model = serde_json::from_value(toy()).unwrap();
        assert_eq!(model.text("toy").unwrap(), expected);
    }

    #[test]
    fn members_keep_their_order() {
        let text = toy()
            .to_string()
            .replace("\"Names\":{\"l", "\"Zoo\":{\"shape\":\"Size\"},\"Names\":{\"l");
        let model: Model = serde_json::from_str(&text).unwrap();
        let text = model.text("toy").unwrap();
        assert!(text.contains("{Box\n.Zoo\t4\n.Names\t2\tq\tn\n.Size\t4\t!\n"), "{text}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |pointer: &str, value: Value, why: &str| {
            let mut toy = toy();
            *toy.pointer_mut(pointer).unwrap() = value;
            let model: Model = serde_json::from_value(toy).unwrap();
            let error = format!("{:#}", model.text("toy").unwrap_err());
            assert!(error.contains(why), "{error}");
        };
        refused("/shapes/Size/type", json!("hash"), "unknown type `hash`");
        refused("/shapes/Names/member/shape", json!("No"), "`No` is not defined");
        refused("/shapes/Name/pattern", json!("a\tb"), "`a\\tb` does not fit in a field");
        refused("/metadata/protocols/0", json!("soap"), "unknown protocol `soap`");
        refused("/shapes/Box/members/Names/location", json!("fax"), "unknown location `fax`");
    }
}
