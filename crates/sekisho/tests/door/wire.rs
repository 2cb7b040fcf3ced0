//! A client that says exactly what it is told to: bytes out, replies in.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// The longest that any answer is waited for.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// A reply.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    /// 0: the connection ended without a reply.
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &'_ str| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
        let line = self.head.lines().find(|line| of(line).as_deref() == Some(name))?;
        Some(line.split_once(':')?.1.trim())
    }

    /// The error's code, in whatever form the protocol has it; empty where there is none.
    pub(crate) fn code(&self) -> String {
        let text = self.text();
        let between = |from: &str, to: &str| {
            let rest = &text[text.find(from)? + from.len()..];
            Some(rest[..rest.find(to)?].to_owned())
        };
        let after_hash = |code: String| code.rsplit('#').next().unwrap().to_owned();
        let header = || self.header("x-amzn-errortype").map(str::to_owned);
        let found = between("<Code>", "</Code>")
            .or_else(|| between("\"__type\":\"", "\"").map(after_hash))
            .or_else(header)
            .or_else(|| cbor_text(&self.body, "__type").map(after_hash));
        found.unwrap_or_default()
    }
}

/// The text under a key of a CBOR map: the key, then major type 3 with a length in up to four bytes.
fn cbor_text(body: &[u8], key: &str) -> Option<String> {
    let rest = &body[find(body, key.as_bytes())? + key.len()..];
    let bytes = match rest.first()? & 0x1f {
        24 => 1,
        25 => 2,
        26 => 4,
        _ => 0,
    };
    let short = usize::from(rest[0] & 0x1f);
    let long = rest[1..=bytes].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let length = if bytes == 0 { short } else { long };
    String::from_utf8(rest[bytes + 1..][..length].to_vec()).ok()
}

/// A connection.
pub(crate) struct Wire<S = TcpStream> {
    pub(crate) stream: S,
    /// What has been read and not yet taken.
    read: Vec<u8>,
}

impl Wire {
    pub(crate) fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(WAIT_MAX)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::new() }
    }

    /// Says that nothing more will come.
    pub(crate) fn done(&self) {
        // The other side may be gone already.
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

impl<S: Read + Write> Wire<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self { stream, read: Vec::new() }
    }

    /// Sends bytes; a server that has heard enough may have closed the connection.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).and_then(|()| self.stream.flush());
    }

    /// The next reply.
    pub(crate) fn reply(&mut self) -> Reply {
        self.reply_to("GET")
    }

    /// The next reply; one to `HEAD` has no body.
    pub(crate) fn reply_to(&mut self, method: &str) -> Reply {
        let Some(end) = self.read_until(|read| find(read, b"\r\n\r\n").map(|at| at + 4)) else {
            assert!(
                self.read.is_empty(),
                "half a reply: {:?}",
                String::from_utf8_lossy(&self.read)
            );
            return Reply::default();
        };
        let head = String::from_utf8(self.read.drain(..end).collect()).unwrap();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut reply = Reply { status, head, body: Vec::new() };
        if !matches!(status, 100 | 204 | 304) && method != "HEAD" {
            reply.body = self.body(&reply);
        }
        reply
    }

    fn body(&mut self, reply: &Reply) -> Vec<u8> {
        if let Some(length) = reply.header("content-length") {
            let length: usize = length.parse().unwrap();
            self.read_until(|read| (read.len() >= length).then_some(length)).expect("a whole body");
            return self.read.drain(..length).collect();
        }
        assert_ne!(reply.header("transfer-encoding"), Some("chunked"), "all errors have a length");
        self.rest()
    }

    fn read_until(&mut self, enough: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
        loop {
            if let Some(end) = enough(&self.read) {
                return Some(end);
            }
            let mut piece = [0; 16 * 1024];
            match self.stream.read(&mut piece) {
                Ok(0) => return None,
                Ok(length) => self.read.extend_from_slice(&piece[..length]),
                Err(error) if ended(&error) => return None,
                Err(error) => panic!("no reply and no end: {error}"),
            }
        }
    }

    /// All that comes until the server closes.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let all = self.read_until(|_| None);
        assert!(all.is_none());
        std::mem::take(&mut self.read)
    }

    /// Whether the server has closed the connection, or does so now.
    pub(crate) fn is_closed(&mut self) -> bool {
        self.rest().is_empty()
    }
}

fn ended(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
