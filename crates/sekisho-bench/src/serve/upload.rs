//! The ways in which clients send large bodies, ready to be sent: nothing is hashed or signed while
//! the clock runs.

use anyhow::Result;
use sekisho_wire::checksum::{Algorithm, Checksum, Hasher};

use super::client::{Ask, Client};

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The signature does not cover it.
    Unsigned,
    /// As botocore over HTTP: its SHA-256 is signed, its CRC-32 is in a header.
    Declared,
    /// As botocore over TLS: in chunks, with the CRC-32 behind them.
    Trailer,
    /// As the Java SDK over HTTP: in chunks that are signed.
    SignedChunks,
}

/// A request with a large body: one piece, again and again.
pub(super) struct Upload<'a> {
    head: Vec<u8>,
    /// What stands before each piece.
    before: Vec<Vec<u8>>,
    piece: &'a [u8],
    /// What stands behind each piece.
    behind: &'static [u8],
    last: Vec<u8>,
}

impl<'a> Upload<'a> {
    /// A put of `count` times `piece`.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub(super) fn new(
        client: &Client,
        path: &str,
        (sse, form): (&str, Form),
        (piece, count): (&'a [u8], usize),
    ) -> Result<Self> {
        let crc = || sum(Algorithm::Crc32, piece, count).base64();
        let mut upload = Self::framed(form, piece, count);
        let mut ask = Ask::s3("PUT", path, b"");
        ask.headers.push(("x-amz-server-side-encryption", sse.to_owned()));
        ask.body_bytes = Some(upload.body_bytes());
        let declared = form == Form::Declared;
        let sha256 = declared.then(|| hex(sum(Algorithm::Sha256, piece, count).bytes()));
        ask.payload = Some(match form {
            Form::Unsigned => "UNSIGNED-PAYLOAD",
            Form::Declared => sha256.as_deref().unwrap_or_default(),
            Form::Trailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Form::SignedChunks => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        });
        match form {
            Form::Unsigned => {}
            Form::Declared => ask.headers.push(("x-amz-checksum-crc32", crc())),
            Form::Trailer | Form::SignedChunks => {
                ask.headers.push(("content-encoding", "aws-chunked".to_owned()));
                let bytes = (piece.len() * count).to_string();
                ask.headers.push(("x-amz-decoded-content-length", bytes));
            }
        }
        if form == Form::Trailer {
            ask.headers.push(("x-amz-trailer", "x-amz-checksum-crc32".to_owned()));
            upload.last = trailer(&crc());
        }
        let (head, mut chain) = client.signed_with_chain(&ask)?;
        upload.head = head;
        if form == Form::SignedChunks {
            for before in &mut upload.before {
                *before = signed(piece.len(), &chain.sign_chunk(piece));
            }
            upload.last = [signed(0, &chain.sign_chunk(b"")), b"\r\n".to_vec()].concat();
        }
        Ok(upload)
    }

    /// The frame of a body, with blanks for what is not known yet, of the same lengths.
    fn framed(form: Form, piece: &'a [u8], count: usize) -> Self {
        let (bytes, blank) = (piece.len(), "0".repeat(64));
        let (before, last) = match form {
            Form::Unsigned | Form::Declared => (Vec::new(), Vec::new()),
            Form::Trailer => (format!("{bytes:x}\r\n").into_bytes(), trailer("AAAAAA==")),
            Form::SignedChunks => {
                (signed(bytes, &blank), [signed(0, &blank), b"\r\n".to_vec()].concat())
            }
        };
        let behind: &[u8] = if before.is_empty() { b"" } else { b"\r\n" };
        Self { head: Vec::new(), before: vec![before; count], piece, behind, last }
    }

    fn body_bytes(&self) -> usize {
        let before: usize = self.before.iter().map(Vec::len).sum();
        before + self.before.len() * (self.piece.len() + self.behind.len()) + self.last.len()
    }

    /// All that is to be sent, in its order.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &[u8]> {
        let pieces = self.before.iter().flat_map(|one| [one.as_slice(), self.piece, self.behind]);
        let all = std::iter::once(self.head.as_slice()).chain(pieces).chain([self.last.as_slice()]);
        all.filter(|bytes| !bytes.is_empty())
    }
}

/// The line before a signed chunk.
fn signed(bytes: usize, signature: &str) -> Vec<u8> {
    format!("{bytes:x};chunk-signature={signature}\r\n").into_bytes()
}

/// The end of a body with a trailer.
fn trailer(crc32: &str) -> Vec<u8> {
    format!("0\r\nx-amz-checksum-crc32:{crc32}\r\n\r\n").into_bytes()
}

fn sum(algorithm: Algorithm, piece: &[u8], count: usize) -> Checksum {
    let mut hasher = Hasher::new(algorithm);
    (0..count).for_each(|_| hasher.update(piece));
    hasher.finish()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::client::Key;

    #[test]
    fn a_body_has_the_length_that_its_head_says() {
        let key = Key { id: "AKIA1".to_owned(), secret: "s".to_owned() };
        let client = Client { address: "127.0.0.1:1".parse().unwrap(), key };
        for form in [Form::Unsigned, Form::Declared, Form::Trailer, Form::SignedChunks] {
            let upload =
                Upload::new(&client, "/b/k", ("AES256", form), (b"0123456789", 3)).unwrap();
            let head = String::from_utf8(upload.head.clone()).unwrap();
            let sent: usize = upload.in_order().skip(1).map(<[u8]>::len).sum();
            assert!(
                head.contains(&format!("content-length: {sent}\r\n")),
                "{form:?} {sent} {head}"
            );
        }
    }
}
