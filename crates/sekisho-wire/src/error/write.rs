//! Errors as replies.

use bytes::Bytes;
use http::{HeaderName, Method, Response};

use super::{Common, Modelled, WireError, modelled};
use crate::model::{Location, Member, Protocol, Service, ShapeId};
use crate::reply::{Ids, NotInModel, json_type, mark, reply, set};
use crate::text::Place;
use crate::xml::write::{Writer, known};
use crate::{Value, cbor, json, rest};

/// What an error answers.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The method: an answer to HEAD has no body.
    pub method: &'a Method,
    /// The ids of the reply.
    pub ids: Ids<'a>,
}

/// Writes an error. `service` is `None` where the request was for none that is known.
pub fn write(
    service: Option<&'static Service>,
    protocol: Protocol,
    error: &WireError,
    asked: Asked<'_>,
) -> Result<Response<Bytes>, NotInModel> {
    let writing = Writing {
        service,
        error,
        modelled: service.and_then(|service| modelled(service, &error.code)),
    };
    let mut reply = match protocol {
        Protocol::Query => reply(error.status, "text/xml", writing.query(asked.ids)?),
        Protocol::RestXml if asked.method == Method::HEAD || error.status == 304 => {
            reply(error.status, "", Bytes::new())
        }
        Protocol::RestXml => reply(error.status, "application/xml", writing.s3(asked.ids)?),
        Protocol::Cbor => reply(error.status, "application/cbor", writing.cbor()?),
        Protocol::RestJson => reply(error.status, "application/json", writing.json("")?),
        Protocol::Json => {
            let content_type = service.map_or("application/json".to_owned(), json_type);
            reply(error.status, &content_type, writing.json(&writing.name())?)
        }
    };
    writing.headers(protocol, &mut reply)?;
    mark(reply.headers_mut(), protocol, asked.ids);
    Ok(reply)
}

struct Writing<'a> {
    service: Option<&'static Service>,
    error: &'a WireError,
    modelled: Option<Modelled>,
}

/// The namespaces of errors in the model, for services whose errors have one on the wire: those of
/// awsJson 1.0. Step Functions was built on SWF and still says so.
const NAMESPACES: [(&str, &str); 3] = [
    ("cloudwatch", "com.amazonaws.cloudwatch"),
    ("sqs", "com.amazonaws.sqs"),
    ("stepfunctions", "com.amazonaws.swf.service.v2.model"),
];

impl Writing<'_> {
    /// The code on the wire. Query-compatible services keep the query code for their header.
    fn code(&self) -> &str {
        match (self.modelled, self.service) {
            (Some(modelled), Some(service)) if service.query_compatible => modelled.name,
            (Some(modelled), _) => modelled.error.code,
            (None, _) => &self.error.code,
        }
    }

    /// `__type`: with a namespace for services of awsJson 1.0, the code alone for 1.1.
    fn name(&self) -> String {
        let code = self.code();
        let own = self.service.and_then(|service| {
            NAMESPACES.iter().find(|(name, _)| *name == service.name).map(|(_, own)| *own)
        });
        let Some(own) = own else { return code.to_owned() };
        match (self.modelled, code) {
            // Also where the model lists it: bounds are checked by a layer before the service.
            (_, "ValidationException") => format!("com.amazon.coral.validate#{code}"),
            (Some(_), _) => format!("{own}#{code}"),
            (None, _) => format!("com.amazon.coral.service#{code}"),
        }
    }

    /// The member that holds the message. What the layer before the services refuses has it in capitals:
    /// `{"__type":"AccessDeniedException","Message":"User: … is not authorized to perform: …"}`.
    fn message_name(&self) -> &'static str {
        let is_message = |name: &&str| name.eq_ignore_ascii_case("message");
        let members = self.modelled.map(|modelled| modelled.shape.members).unwrap_or_default();
        match members.iter().map(|member| member.name).find(is_message) {
            Some(name) => name,
            None if self.error.code == "AccessDeniedException" => "Message",
            None => "message",
        }
    }

    /// The members that stand in the body, without the message; refuses what the model does not have.
    fn members(&self) -> Result<Vec<(&'static Member, &Value)>, NotInModel> {
        let given = &self.error.members;
        let Some(modelled) = self.modelled else {
            return match given.iter().next() {
                None => Ok(Vec::new()),
                Some((name, _)) => {
                    let code = &self.error.code;
                    Err(NotInModel::new(format!("`{name}`: the model has no error `{code}`")))
                }
            };
        };
        known(modelled.shape, given).map_err(NotInModel::new)?;
        if self.error.message.is_some() && given.get(self.message_name()).is_some() {
            return Err(NotInModel::new("the error has two messages"));
        }
        let members = modelled.shape.members.iter().filter(|member| in_body(member));
        Ok(members.filter_map(|member| Some((member, given.get(member.name)?))).collect())
    }

    /// Lambda says in the body who is to blame.
    fn blame(&self) -> Option<&'static str> {
        let shape = self.modelled?.shape;
        let has_type = shape.members.iter().any(|member| member.name == "Type");
        let blame = if self.error.sender_fault { "User" } else { "Service" };
        (has_type && self.error.members.get("Type").is_none()).then_some(blame)
    }

    /// The pieces of a JSON or CBOR body: names and encoded values.
    fn pieces<B>(
        &self,
        text: impl Fn(&str) -> B,
        write: impl Fn(&'static Service, ShapeId, &Value) -> Result<B, NotInModel>,
    ) -> Result<Vec<(&'static str, B)>, NotInModel> {
        let mut pieces = Vec::new();
        if let Some(blame) = self.blame() {
            pieces.push(("Type", text(blame)));
        }
        if let Some(message) = &self.error.message {
            pieces.push((self.message_name(), text(message)));
        }
        for (member, value) in self.members()? {
            if let Some(service) = self.service {
                pieces.push((member.name, write(service, member.shape, value)?));
            }
        }
        Ok(pieces)
    }

    fn json(&self, name: &str) -> Result<Bytes, NotInModel> {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut pieces = self.pieces(quoted, |service, shape, value| {
            let bytes = json::write(service, shape, value);
            let bytes = bytes.map_err(|error| NotInModel::new(error.to_string()))?;
            String::from_utf8(bytes).map_err(|error| NotInModel::new(error.to_string()))
        })?;
        if !name.is_empty() {
            pieces.insert(0, ("__type", quoted(name)));
        }
        let members: Vec<String> =
            pieces.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        Ok(format!("{{{}}}", members.join(",")).into())
    }

    fn cbor(&self) -> Result<Bytes, NotInModel> {
        let mut pieces = self.pieces(cbor_text, |service, shape, value| {
            let bytes = cbor::write(service, shape, value);
            bytes.map_err(|error| NotInModel::new(error.to_string()))
        })?;
        pieces.insert(0, ("__type", cbor_text(&self.name())));
        // A map of unknown length, ended by a break: RFC 8949, section 3.2.1.
        let mut body = vec![0xbf];
        for (name, value) in pieces {
            body.extend(cbor_text(name));
            body.extend(value);
        }
        body.push(0xff);
        Ok(body.into())
    }

    fn query(&self, ids: Ids<'_>) -> Result<Bytes, NotInModel> {
        let namespace = self.service.map(|service| service.xml_namespace).unwrap_or_default();
        let mut writer = self.writer(Place::Query, false)?;
        writer.open("ErrorResponse", namespace);
        writer.open("Error", "");
        writer.leaf("Type", if self.error.sender_fault { "Sender" } else { "Receiver" });
        self.inside(&mut writer)?;
        writer.close("Error");
        writer.leaf("RequestId", ids.request);
        writer.close("ErrorResponse");
        Ok(writer.finish().into())
    }

    fn s3(&self, ids: Ids<'_>) -> Result<Bytes, NotInModel> {
        let mut writer = self.writer(Place::Rest, true)?;
        writer.open("Error", "");
        self.inside(&mut writer)?;
        writer.leaf("RequestId", ids.request);
        writer.leaf("HostId", ids.host);
        writer.close("Error");
        Ok(writer.finish().into())
    }

    /// Any service will do for an error that has no members.
    fn writer(&self, place: Place, declared: bool) -> Result<Writer, NotInModel> {
        let any = self.service.or_else(|| crate::model::service("sts"));
        let service = any.ok_or_else(|| NotInModel::new("there are no models"))?;
        Ok(Writer::new(service, place, declared))
    }

    /// Code, message, members and details.
    fn inside(&self, writer: &mut Writer) -> Result<(), NotInModel> {
        let code = self.modelled.map_or(&*self.error.code, |modelled| modelled.error.code);
        writer.leaf("Code", code);
        if let Some(message) = &self.error.message {
            writer.leaf("Message", message);
        }
        self.members()?;
        if let Some(modelled) = self.modelled {
            writer
                .members(modelled.shape, &self.error.members, in_body)
                .map_err(NotInModel::new)?;
        }
        for (name, text) in &self.error.extras.details {
            writer.leaf(name, text);
        }
        Ok(())
    }

    fn headers(&self, protocol: Protocol, reply: &mut Response<Bytes>) -> Result<(), NotInModel> {
        if matches!(protocol, Protocol::Json | Protocol::RestJson) {
            set(reply.headers_mut(), HeaderName::from_static("x-amzn-errortype"), self.code());
        }
        if let (Some(service), Some(modelled)) = (self.service, self.modelled) {
            rest::write::headers(service, modelled.shape, &self.error.members, reply.headers_mut())
                .map_err(NotInModel::new)?;
        }
        for (name, text) in &self.error.extras.headers {
            set(reply.headers_mut(), name.clone(), text);
        }
        let compatible = self.service.is_some_and(|service| service.query_compatible);
        if compatible && matches!(protocol, Protocol::Json | Protocol::Cbor) {
            let blame = if self.error.sender_fault { "Sender" } else { "Receiver" };
            let value = format!("{};{blame}", self.query_code());
            set(reply.headers_mut(), HeaderName::from_static("x-amzn-query-error"), &value);
        }
        Ok(())
    }

    /// The code that the query API of the service had.
    fn query_code(&self) -> &str {
        match self.modelled {
            Some(modelled) => modelled.error.code,
            None => Common::query_code(&self.error.code).unwrap_or(&self.error.code),
        }
    }
}

fn in_body(member: &Member) -> bool {
    member.location == Location::Body
}

/// A text string of CBOR: RFC 8949, section 3.1, major type 3, with a length of four bytes.
fn cbor_text(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut bytes = vec![0x7a];
    bytes.extend(length.to_be_bytes());
    bytes.extend(text.as_bytes());
    bytes
}
