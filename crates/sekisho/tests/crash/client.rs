//! A client of the server: one connection, requests signed as the SDKs sign them.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use sekisho_wire::sigv4::{AmzDate, Credential, Dialect, Signer, sha256_hex};
use serde_json::Value as Json;

const REGION: &str = "us-east-1";

/// Longer than the server may take for anything here.
const PATIENCE: Duration = Duration::from_secs(30);

/// An access key.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// How a call ended when it did not succeed.
#[derive(Debug)]
#[expect(dead_code, reason = "what it holds is shown where a test fails")]
pub(crate) enum Trouble {
    /// The server went away: it was killed, or something is wrong.
    Gone(io::Error),
    /// The server said what it should not have said.
    Wrong(String),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Gone(error)
    }
}

impl From<String> for Trouble {
    fn from(wrong: String) -> Self {
        Self::Wrong(wrong)
    }
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Refuses every status but this.
    pub(crate) fn must_be(self, status: u16, what: &str) -> Result<Self, Trouble> {
        if self.status == status { Ok(self) } else { Err(self.wrong(what)) }
    }

    pub(crate) fn wrong(&self, what: &str) -> Trouble {
        let body: String = String::from_utf8_lossy(&self.body).chars().take(600).collect();
        Trouble::Wrong(format!("{what} was answered with {}: {body}", self.status))
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|text| text.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The text of the first XML element of this name.
    pub(crate) fn element(&self, name: &str) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let after = text.split_once(&format!("<{name}>")).map(|(_, after)| after);
        let inside = after.and_then(|after| after.split_once("</")).map(|(inside, _)| inside);
        inside.unwrap_or_default().replace("&quot;", "\"")
    }
}

/// How a request is sent, and its answer read.
#[derive(Default)]
struct Manner<'a> {
    /// A pause after each piece of the body.
    pause: Option<Duration>,
    /// After so much of the body the client goes away.
    cut: Option<usize>,
    /// What is done between the answer's head and its body.
    between: Option<&'a mut dyn FnMut()>,
}

/// A client on one connection.
pub(crate) struct Client {
    address: SocketAddr,
    key: Key,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, key: &Key) -> Self {
        Self { address, key: key.clone(), connection: None }
    }

    /// A call of S3.
    pub(crate) fn s3(&mut self, method: &str, path: &str, body: &[u8]) -> Result<Reply, Trouble> {
        self.s3_with(method, path, &[], body)
    }

    pub(crate) fn s3_with(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&'static str, &str)],
        body: &[u8],
    ) -> Result<Reply, Trouble> {
        let head = self.head(method, path, headers);
        Ok(self.send(head, ("s3", Dialect::S3), body, Manner::default())?)
    }

    /// A `PutObject` whose body comes in pieces, with pauses between them.
    pub(crate) fn slow_put(
        &mut self,
        path: &str,
        body: &[u8],
        pause: Duration,
    ) -> Result<Reply, Trouble> {
        let pause = Some(pause);
        let head = self.head("PUT", path, &[]);
        Ok(self.send(head, ("s3", Dialect::S3), body, Manner { pause, ..Manner::default() })?)
    }

    /// A `PutObject` whose client goes away in the middle of the body.
    pub(crate) fn cut_put(&mut self, path: &str, body: &[u8]) {
        let head = self.head("PUT", path, &[]);
        let manner = Manner { cut: Some(body.len() / 2), ..Manner::default() };
        assert!(self.send(head, ("s3", Dialect::S3), body, manner).is_err());
    }

    /// A `GetObject` that takes its time between the answer's head and its body.
    pub(crate) fn get_late(
        &mut self,
        path: &str,
        between: &mut dyn FnMut(),
    ) -> Result<Reply, Trouble> {
        let head = self.head("GET", path, &[]);
        let manner = Manner { between: Some(between), ..Manner::default() };
        Ok(self.send(head, ("s3", Dialect::S3), b"", manner)?)
    }

    /// A call in awsJson 1.1. `Err` inside: the code of the fault.
    pub(crate) fn json(
        &mut self,
        service: &str,
        target: &str,
        input: &Json,
    ) -> Result<Result<Json, String>, Trouble> {
        let headers = [("x-amz-target", target), ("content-type", "application/x-amz-json-1.1")];
        let (head, body) = (self.head("POST", "/", &headers), input.to_string());
        let reply =
            self.send(head, (service, Dialect::Json), body.as_bytes(), Manner::default())?;
        let wrong = reply.wrong(target);
        let body: Json = match (reply.status, reply.body.as_slice()) {
            (200, []) => Json::Null,
            (200 | 400, body) => serde_json::from_slice(body).map_err(|_| wrong)?,
            _ => return Err(wrong),
        };
        let code = || body["__type"].as_str().unwrap_or_default().to_owned();
        Ok(if reply.status == 200 { Ok(body) } else { Err(code()) })
    }

    /// A call in the query protocol.
    pub(crate) fn query(
        &mut self,
        service: &str,
        action: &str,
        input: &[(&str, &str)],
    ) -> Result<Reply, Trouble> {
        let version = if service == "iam" { "2010-05-08" } else { "2011-06-15" };
        let pairs = [("Action", action), ("Version", version)];
        let pairs = pairs.iter().chain(input).map(|(name, value)| format!("{name}={value}"));
        let body = pairs.collect::<Vec<_>>().join("&");
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        let head = self.head("POST", "/", &[("content-type", form)]);
        Ok(self.send(head, (service, Dialect::Query), body.as_bytes(), Manner::default())?)
    }

    fn head(&self, method: &str, path: &str, headers: &[(&'static str, &str)]) -> Parts {
        let request = Request::builder().method(method).uri(path).body(()).unwrap();
        let mut head = request.into_parts().0;
        let host = self.address.to_string();
        for (name, value) in headers.iter().chain(&[("host", host.as_str())]) {
            let value = HeaderValue::from_str(value).unwrap();
            head.headers.insert(HeaderName::from_static(name), value);
        }
        head
    }

    fn send(
        &mut self,
        mut head: Parts,
        (service, dialect): (&str, Dialect),
        body: &[u8],
        manner: Manner<'_>,
    ) -> io::Result<Reply> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let date = AmzDate::at(i64::try_from(now).unwrap()).unwrap();
        let scope = Credential::new(&self.key.id, date.day(), REGION, service);
        let signer = Signer::new(&self.key.secret, scope, dialect);
        signer.sign(&mut head, &date, &sha256_hex(body)).unwrap();
        let outcome = self.exchange(&head, body, manner);
        if outcome.is_err() {
            self.connection = None;
        }
        outcome
    }

    fn exchange(&mut self, head: &Parts, body: &[u8], manner: Manner<'_>) -> io::Result<Reply> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                BufReader::new(stream)
            }
        };
        let connection = self.connection.insert(connection);
        let stream = connection.get_mut();
        let mut text = format!("{} {} HTTP/1.1\r\n", head.method, head.uri).into_bytes();
        for (name, value) in &head.headers {
            text.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        text.extend(format!("content-length: {}\r\n\r\n", body.len()).bytes());
        stream.write_all(&text)?;
        let pieces = if manner.pause.is_some() { 8 } else { 1 };
        let sent = body.get(..manner.cut.unwrap_or(body.len())).unwrap_or(body);
        for piece in sent.chunks(sent.len().div_ceil(pieces).max(1)) {
            stream.write_all(piece)?;
            std::thread::sleep(manner.pause.unwrap_or_default());
        }
        if manner.cut.is_some() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        read(connection, manner.between)
    }
}

/// Reads an answer, and does something between its head and its body.
fn read(
    connection: &mut BufReader<TcpStream>,
    between: Option<&mut dyn FnMut()>,
) -> io::Result<Reply> {
    let status = line(connection)?;
    let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("no status line"))?;
    let mut headers = HeaderMap::new();
    loop {
        let line = line(connection)?;
        let Some((name, value)) = line.split_once(": ") else { break };
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    if let Some(between) = between {
        between();
    }
    let mut body = Vec::new();
    let len = headers.get("content-length").and_then(|len| len.to_str().ok()?.parse().ok());
    if headers.get("transfer-encoding").is_some() {
        loop {
            let len = usize::from_str_radix(&line(connection)?, 16).map_err(io::Error::other)?;
            let from = body.len();
            body.resize(from + len, 0);
            connection.read_exact(&mut body[from..])?;
            line(connection)?;
            if len == 0 {
                break;
            }
        }
    } else if let Some(len) = len {
        body.resize(len, 0);
        connection.read_exact(&mut body)?;
    }
    Ok(Reply { status, headers, body })
}

fn line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}
