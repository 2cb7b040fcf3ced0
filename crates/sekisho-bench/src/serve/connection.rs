//! One kept-alive connection of the load generator: bytes that were signed before go out, a reply is
//! read. It does as little as can be done, because it shares the machine with the server.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

/// Longer than any call takes; a server that says nothing for so long has failed.
const SILENCE_MAX: Duration = Duration::from_secs(120);

/// A connection, with what was read and is not used up.
pub(super) struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A reply.
#[derive(Debug)]
pub(super) struct Reply {
    /// Its status.
    pub(super) status: u16,
    /// Its body.
    pub(super) body: Vec<u8>,
}

/// What the head of a reply says.
struct Head {
    status: u16,
    head_bytes: usize,
    body_bytes: usize,
    closes: bool,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub(super) fn open(address: SocketAddr) -> Result<Self> {
        let stream = connect(address).with_context(|| format!("cannot connect to {address}"))?;
        Ok(Self { address, stream, buffer: vec![0; 256 * 1024] })
    }

    /// Sends a request and reads the reply, whole.
    ///
    /// # Errors
    /// When the connection fails or the reply cannot be read.
    pub(super) fn call(&mut self, request: &[u8]) -> Result<Reply> {
        let mut body = Vec::new();
        let status = self.exchange(request, &mut |piece| body.extend_from_slice(piece))?;
        Ok(Reply { status, body })
    }

    /// Sends a request and reads the reply, of which nothing is kept. Gives its status.
    ///
    /// # Errors
    /// When the connection fails or the reply cannot be read.
    pub(super) fn call_and_forget(&mut self, request: &[u8]) -> Result<u16> {
        self.exchange(request, &mut |_| {})
    }

    fn exchange(&mut self, request: &[u8], take: &mut dyn FnMut(&[u8])) -> Result<u16> {
        self.stream.write_all(request).context("cannot send a request")?;
        self.reply(take)
    }

    /// Sends pieces one after the other, and reads the reply.
    ///
    /// # Errors
    /// When the connection fails, the reply cannot be read, or it is no success.
    pub(super) fn upload<'a>(&mut self, pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<()> {
        for piece in pieces {
            self.stream.write_all(piece).context("the server stopped taking the body")?;
        }
        let mut body = Vec::new();
        let status = self.reply(&mut |piece| body.extend_from_slice(piece))?;
        ensure!(status == 200, "the upload: {status} {}", String::from_utf8_lossy(&body));
        Ok(())
    }

    /// Sends a request and counts the bytes of the reply's body.
    ///
    /// # Errors
    /// When the connection fails, the reply cannot be read, or it is no success.
    pub(super) fn download(&mut self, request: &[u8]) -> Result<usize> {
        let mut bytes = 0;
        let status = self.exchange(request, &mut |piece| bytes += piece.len())?;
        ensure!(status == 200, "the download was answered with {status}");
        Ok(bytes)
    }

    fn reply(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<u16> {
        let (head, mut filled) = self.head()?;
        let end = head.head_bytes + head.body_bytes;
        take(self.buffer.get(head.head_bytes..filled.min(end)).unwrap_or_default());
        let mut left = end.saturating_sub(filled);
        while left > 0 {
            filled = self.stream.read(&mut self.buffer).context("a reply was cut short")?;
            ensure!(filled > 0, "a reply ended {left} bytes too early");
            take(self.buffer.get(..filled).unwrap_or_default());
            left = left.saturating_sub(filled);
        }
        if head.closes {
            self.stream = connect(self.address).context("cannot connect again")?;
        }
        Ok(head.status)
    }

    /// Reads until the head is there; with the bytes that are in the buffer.
    fn head(&mut self) -> Result<(Head, usize)> {
        let mut filled = 0;
        loop {
            let room = self.buffer.get_mut(filled..).filter(|room| !room.is_empty());
            let room = room.context("the head of a reply is too long")?;
            let read = self.stream.read(room).context("cannot read a reply")?;
            ensure!(read > 0, "the server closed the connection instead of a reply");
            filled += read;
            if let Some(head) = head(self.buffer.get(..filled).unwrap_or_default())? {
                return Ok((head, filled));
            }
        }
    }
}

fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(SILENCE_MAX))?;
    stream.set_write_timeout(Some(SILENCE_MAX))?;
    Ok(stream)
}

/// Reads a head; `None` while it is not whole.
fn head(bytes: &[u8]) -> Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(bytes.get(..end).unwrap_or_default());
    let text = text.context("the head of a reply is no text")?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let mut head = Head {
        status: status.context("a reply has no status")?,
        head_bytes: end + 4,
        body_bytes: 0,
        closes: text.starts_with("HTTP/1.0"),
    };
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") {
            head.body_bytes = value.trim().parse().context("a reply has no length")?;
        } else if name.eq_ignore_ascii_case("connection") {
            head.closes = value.eq_ignore_ascii_case("close");
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("a reply without a length: the load generator reads none such");
        }
    }
    Ok(Some(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_once_they_are_whole() {
        let text = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
        assert!(head(&text[..40]).unwrap().is_none());
        let head = head(text).unwrap().unwrap();
        assert_eq!((head.status, head.body_bytes, head.closes), (403, 5, true));
        assert_eq!(&text[head.head_bytes..], b"hello");
    }

    #[test]
    fn a_reply_of_unknown_length_is_refused() {
        assert!(head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
    }
}
