//! The decoder: a small machine that is fed whatever arrives.

use aws_lc_rs::digest::Context;
use bytes::Bytes;

use super::{
    ChunkError,
    line::{Line, take_end},
    trailers::{Trailer, Trailers},
};
use crate::sigv4::{Chain, Evidence, Payload, Verified};

/// The least that a chunk may have unless it is the last, as S3 says in `InvalidChunkSizeError`. It
/// also keeps hostile bodies from being all framing.
const MIN_CHUNK: u64 = 8192;

/// The most digits of a chunk's size: 16 would fill 64 bits, and what they say is held against the
/// declared length at once.
const MAX_DIGITS: usize = 15;

/// How a body is signed.
#[derive(Debug)]
pub enum Mode {
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, and the same with `-TRAILER`.
    Signed {
        /// The chain that began with the signature of the head.
        chain: Box<Chain>,
        /// Whose key, and the head's canonical request, for refusals.
        caller: (String, Vec<u8>),
        /// Whether trailers follow.
        trailer: bool,
    },
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`.
    Unsigned,
}

impl Mode {
    /// The mode of a request whose head is verified; `None` if its body is not in chunks.
    pub fn of(verified: &Verified) -> Option<Self> {
        match verified.payload {
            Payload::UnsignedTrailer => Some(Self::Unsigned),
            Payload::Signed { trailer } => Some(Self::Signed {
                chain: Box::new(verified.chain.clone()),
                caller: (
                    verified.credential.access_key_id.clone(),
                    verified.canonical_request.clone(),
                ),
                trailer,
            }),
            Payload::Computed | Payload::Declared(_) | Payload::Unsigned => None,
        }
    }

    /// Whether trailers follow the last chunk.
    fn has_trailers(&self) -> bool {
        matches!(self, Self::Unsigned | Self::Signed { trailer: true, .. })
    }
}

/// What a body turned out to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The next data. Not to be believed before [`Event::End`].
    Data(Bytes),
    /// A trailer.
    Trailer {
        /// Its name, in lower case.
        name: String,
        /// Its value.
        value: String,
    },
    /// The body is complete, and every signature is right.
    End,
}

/// A decoder of one body.
#[derive(Debug)]
pub struct Decoder {
    mode: Mode,
    state: State,
    line: Line,
    trailers: Trailers,
    expected: u64,
    provided: u64,
    chunks: u64,
    last: u64,
}

/// What is awaited.
#[derive(Debug)]
enum State {
    Head,
    Data { left: u64, signed: Option<Signed> },
    DataEnd { done: usize, signed: Option<Signed> },
    Trailers,
    Ended,
    Failed,
}

/// The signature that a chunk came with, and the hash of its data so far.
struct Signed {
    signature: String,
    hash: Context,
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.signature)
    }
}

impl Decoder {
    /// A decoder for a body of `length` bytes (`x-amz-decoded-content-length`), followed by the
    /// trailers that `x-amz-trailer` names.
    ///
    /// # Errors
    /// There are trailers where none can follow, or far too many.
    pub fn new(mode: Mode, length: u64, trailers: &str) -> Result<Self, ChunkError> {
        let trailers = Trailers::named(trailers)?;
        if !mode.has_trailers() && !trailers.is_complete() {
            return Err(ChunkError::Trailer);
        }
        let (state, line) = (State::Head, Line::default());
        Ok(Self { mode, state, line, trailers, expected: length, provided: 0, chunks: 0, last: 0 })
    }

    /// Takes from the input as far as the next event; `None` if all of it is used up and there is none.
    ///
    /// # Errors
    /// The body is refused. Every later call is refused too.
    pub fn push(&mut self, input: &mut Bytes) -> Result<Option<Event>, ChunkError> {
        while !input.is_empty() || matches!(self.state, State::Data { left: 0, .. }) {
            match self.step(input) {
                Ok(None) => {}
                other => return other,
            }
        }
        Ok(None)
    }

    /// To be called when the input has ended.
    ///
    /// # Errors
    /// The body is not complete.
    pub fn finish(&self) -> Result<(), ChunkError> {
        if matches!(self.state, State::Ended) { Ok(()) } else { Err(ChunkError::Incomplete) }
    }

    /// One move of the machine. The state is taken out, so that an error leaves [`State::Failed`].
    fn step(&mut self, input: &mut Bytes) -> Result<Option<Event>, ChunkError> {
        let (state, event) = match std::mem::replace(&mut self.state, State::Failed) {
            State::Head => match self.line.take(input)? {
                None => (State::Head, None),
                Some(line) => (self.head(&line)?, None),
            },
            State::Data { left: 0, signed } => (State::DataEnd { done: 0, signed }, None),
            State::Data { left, signed } => self.data(input, left, signed),
            State::DataEnd { mut done, signed } => match take_end(input, &mut done)? {
                false => (State::DataEnd { done, signed }, None),
                true => {
                    self.verify_chunk(signed)?;
                    (State::Head, None)
                }
            },
            State::Trailers => match self.line.take(input)? {
                None => (State::Trailers, None),
                Some(line) => self.trailer(&line)?,
            },
            // Nothing may follow the end; after a failure nothing is read.
            State::Ended => return Err(ChunkError::Trailer),
            State::Failed => return Err(ChunkError::Incomplete),
        };
        self.state = state;
        Ok(event)
    }

    /// A chunk's head: `10000;chunk-signature=..`.
    fn head(&mut self, line: &[u8]) -> Result<State, ChunkError> {
        let line = std::str::from_utf8(line).map_err(|_| ChunkError::Incomplete)?;
        let (digits, signature) = match (line.split_once(";chunk-signature="), &self.mode) {
            (Some((digits, signature)), Mode::Signed { .. }) => (digits, Some(signature)),
            (None, Mode::Unsigned) => (line, None),
            (Some(_), Mode::Unsigned) | (None, Mode::Signed { .. }) => {
                return Err(ChunkError::Incomplete);
            }
        };
        let size = size(digits)?;
        self.admit(size)?;
        let signed = signature
            .map(|signature| Signed { signature: signature.to_owned(), hash: Chain::hasher() });
        if size > 0 {
            return Ok(State::Data { left: size, signed });
        }
        self.verify_chunk(signed)?;
        Ok(State::Trailers)
    }

    /// Counts a chunk, and holds its size against the rules.
    fn admit(&mut self, size: u64) -> Result<(), ChunkError> {
        self.chunks += 1;
        if size > 0 && self.chunks > 1 && self.last < MIN_CHUNK {
            return Err(ChunkError::Small { chunk: self.chunks, size: self.last });
        }
        self.last = size;
        self.provided = self.provided.saturating_add(size);
        let (expected, provided) = (self.expected, self.provided);
        if provided > expected || (size == 0 && provided < expected) {
            return Err(ChunkError::Length { expected, provided });
        }
        Ok(())
    }

    fn data(
        &mut self,
        input: &mut Bytes,
        left: u64,
        mut signed: Option<Signed>,
    ) -> (State, Option<Event>) {
        let length = usize::try_from(left).map_or(input.len(), |left| left.min(input.len()));
        let data = input.split_to(length);
        if let Some(signed) = &mut signed {
            signed.hash.update(&data);
        }
        let left = left.saturating_sub(u64::try_from(length).unwrap_or(u64::MAX));
        (State::Data { left, signed }, Some(Event::Data(data)))
    }

    fn verify_chunk(&mut self, signed: Option<Signed>) -> Result<(), ChunkError> {
        let (Mode::Signed { chain, caller, .. }, Some(Signed { signature, hash })) =
            (&mut self.mode, signed)
        else {
            return Ok(());
        };
        let accepted = chain.accept_chunk(hash, &signature);
        accepted.map_err(|text| mismatch(caller, text, signature))
    }

    /// A trailer, or the empty line that ends the body.
    fn trailer(&mut self, line: &[u8]) -> Result<(State, Option<Event>), ChunkError> {
        if line.is_empty() {
            self.verify_trailers()?;
            return Ok((State::Ended, Some(Event::End)));
        }
        if !self.mode.has_trailers() {
            return Err(ChunkError::Trailer);
        }
        match self.trailers.read(line)? {
            Trailer::Field(name, value) => {
                Ok((State::Trailers, Some(Event::Trailer { name, value })))
            }
            Trailer::Signature => Ok((State::Trailers, None)),
        }
    }

    fn verify_trailers(&mut self) -> Result<(), ChunkError> {
        if !self.trailers.is_complete() {
            return Err(ChunkError::Trailer);
        }
        let (text, signature) = self.trailers.signed();
        match (&mut self.mode, signature) {
            (Mode::Signed { trailer: true, chain, caller }, Some(signature)) => {
                let accepted = chain.accept_trailers(text, signature);
                accepted.map_err(|text| mismatch(caller, text, signature.to_owned()))
            }
            (Mode::Signed { trailer: false, .. } | Mode::Unsigned, None) => Ok(()),
            (Mode::Signed { trailer: true, .. }, None) | (_, Some(_)) => Err(ChunkError::Trailer),
        }
    }
}

/// A size in hexadecimal, and nothing around it.
fn size(digits: &str) -> Result<u64, ChunkError> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if digits.is_empty() || digits.len() > MAX_DIGITS || !plain {
        return Err(ChunkError::Incomplete);
    }
    u64::from_str_radix(digits, 16).map_err(|_| ChunkError::Incomplete)
}

/// S3 shows the chunk's string to sign beside the head's canonical request.
fn mismatch(caller: &(String, Vec<u8>), string_to_sign: String, provided: String) -> ChunkError {
    let (access_key_id, canonical_request) = caller.clone();
    ChunkError::Mismatch(Box::new(Evidence {
        access_key_id,
        string_to_sign,
        provided,
        canonical_request,
    }))
}
