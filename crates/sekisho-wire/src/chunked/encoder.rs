//! The client's side: a body put into chunks.

use crate::sigv4::Chain;

/// An encoder of one body, with a chain if its chunks are signed.
#[derive(Debug)]
pub struct Encoder {
    chain: Option<Chain>,
}

impl Encoder {
    /// An encoder; the chain is that of the head's signature.
    pub fn new(chain: Option<Chain>) -> Self {
        Self { chain }
    }

    /// A chunk. S3 wants all but the last to have 8,192 bytes or more; an empty one ends the body's data.
    pub fn chunk(&mut self, data: &[u8]) -> Vec<u8> {
        let mut out = format!("{:x}", data.len()).into_bytes();
        if let Some(chain) = &mut self.chain {
            out.extend_from_slice(b";chunk-signature=");
            out.extend_from_slice(chain.sign_chunk(data).as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        if !data.is_empty() {
            out.extend_from_slice(data);
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    /// The end after the empty chunk: the trailers, their signature if there are any, an empty line.
    pub fn end(&mut self, trailers: &[(&str, &str)]) -> Vec<u8> {
        let lines = |end| trailers.iter().map(move |(name, value)| format!("{name}:{value}{end}"));
        let mut out: String = lines("\r\n").collect();
        if let Some(chain) = self.chain.as_mut().filter(|_| !trailers.is_empty()) {
            let signature = chain.sign_trailers(lines("\n").collect::<String>().as_bytes());
            out += &format!("x-amz-trailer-signature:{signature}\r\n");
        }
        out += "\r\n";
        out.into_bytes()
    }
}
