//! Receiving a body: verified, hashed, sealed chunk by chunk and put to rest, never whole in memory.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use sekisho_cloud::body::{CHUNK_LEN, INLINE_LEN_MAX, Sealer, sealed_len};
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_wire::checksum::{self, Algorithm, Checksum, Expected, Hasher};
use sekisho_wire::chunked::{Decoder, Event, Mode};
use sekisho_wire::sigv4::{Answer, Dialect, Payload, Verified};
use tokio::sync::{mpsc, oneshot};

use super::body::{BodyError, Inflow};
use super::caller::header;
use super::engine::Engine;
use super::send;
use crate::store::BodyWriter;

/// Pieces that may wait for the sealing thread: with hyper's buffers of at most 512 KiB, 4 MiB.
const PIECES_WAITING: usize = 8;

/// S3's words for a body that is shorter than it was said to be.
pub(super) const INCOMPLETE: &str =
    "You did not provide the number of bytes specified by the Content-Length HTTP header";

/// S3's words for a body that does not come.
pub(super) const TIMED_OUT: &str = "Your socket connection to the server was not read from or written to \
     within the timeout period. Idle connections will be closed.";

/// Why a body was not received.
pub(super) enum NotReceived {
    /// AWS's answer.
    Refused(Answer),
    /// The disk failed.
    Failed(String),
}

impl From<Answer> for NotReceived {
    fn from(answer: Answer) -> Self {
        Self::Refused(answer)
    }
}

/// What the headers say that the body will be.
struct Announced {
    bytes: u64,
    decoder: Option<Decoder>,
    expected: Option<Expected>,
    md5: Option<Checksum>,
    sha256: Option<String>,
}

/// Receives the body of a request.
pub(super) async fn receive(
    engine: &Arc<Engine>,
    head: &Parts,
    verified: Option<&Verified>,
    receiving: Receiving,
    body: &mut Inflow<'_>,
) -> Result<Received, NotReceived> {
    let mut announced = announced(head, verified, &receiving)?;
    let mut algorithms = receiving.checksums.clone();
    if let Some(claimed) = announced.expected.as_ref().map(Expected::algorithm)
        && !algorithms.contains(&claimed)
    {
        algorithms.push(claimed);
    }
    let (bytes, hashes) = (announced.bytes, announced.sha256.is_some());
    let rest = Rest::begin(engine, &receiving, bytes, &algorithms, hashes);
    let mut rest = rest.map_err(NotReceived::Failed)?;
    let trailer = transfer(&mut announced, body, &mut rest).await?;
    let done = rest.end().await.map_err(NotReceived::Failed)?;
    if let Err(refused) = announced.check(&done, trailer.as_deref()) {
        if done.inline.is_none() {
            engine.store.discard(receiving.body);
        }
        return Err(refused.into());
    }
    Ok(done.received(receiving))
}

/// Receives the body of a copy: opened where it rests, hashed, and sealed anew.
///
/// # Errors
/// When the disk fails, or what rests there was altered.
pub(super) async fn copy(
    engine: &Arc<Engine>,
    mut receiving: Receiving,
) -> Result<Received, String> {
    let (engine, from) = (Arc::clone(engine), receiving.from.take().unwrap_or_default());
    let copied = tokio::task::spawn_blocking(move || {
        let mut work = Work::new(&receiving, &receiving.checksums, false)?;
        work.keeps = sealed_len(from.bytes()) <= INLINE_LEN_MAX as u64;
        let writer = (!work.keeps).then(|| engine.store.body_writer(receiving.body)).transpose();
        let mut writer = writer.map_err(|error| error.to_string())?;
        let mut keep = |sealed: &[u8]| match &mut writer {
            Some(writer) => writer.push(sealed).map_err(|error| error.to_string()),
            None => Ok(()),
        };
        let mut push = |bytes: Bytes| work.push(&bytes, &mut keep).map_err(io::Error::other);
        send::open(&engine, &from, &mut push).map_err(|error| error.to_string())?;
        let done = work.end(&mut keep)?;
        writer.map_or(Ok(()), BodyWriter::finish).map_err(|error| error.to_string())?;
        Ok(done.received(receiving))
    });
    copied.await.map_err(|error| error.to_string())?
}

fn announced(
    head: &Parts,
    verified: Option<&Verified>,
    receiving: &Receiving,
) -> Result<Announced, NotReceived> {
    let mode = verified.and_then(Mode::of);
    let name = if mode.is_some() { "x-amz-decoded-content-length" } else { "content-length" };
    let bytes = header(head, name).and_then(|text| text.parse::<u64>().ok());
    let bytes = bytes.ok_or_else(|| without_length(head))?;
    if bytes > receiving.bytes_max {
        return Err(too_large(bytes, receiving.bytes_max).into());
    }
    let trailers = header(head, "x-amz-trailer").unwrap_or_default();
    let decoder = mode.map(|mode| Decoder::new(mode, bytes, &trailers)).transpose();
    let (expected, md5) = claims(&head.headers)?;
    let sha256 = verified.and_then(|verified| match &verified.payload {
        Payload::Declared(hash) => Some(hash.clone()),
        _ => None,
    });
    Ok(Announced {
        bytes,
        decoder: decoder.map_err(|error| error.answer())?,
        expected,
        md5,
        sha256,
    })
}

/// The checksums that the headers claim.
pub(super) fn claims(headers: &HeaderMap) -> Result<(Option<Expected>, Option<Checksum>), Answer> {
    let expected = checksum::expected(headers).map_err(|error| error.answer())?;
    let md5 = checksum::content_md5(headers).map_err(|error| error.answer())?;
    Ok((expected, md5))
}

/// A body whose length nobody says. S3 does not take HTTP's own chunks, and says that first.
fn without_length(head: &Parts) -> Answer {
    if head.headers.contains_key(http::header::TRANSFER_ENCODING) {
        return Answer {
            status: 501,
            code: "NotImplemented",
            message: "A header you provided implies functionality that is not implemented"
                .to_owned(),
            details: vec![("Header", "Transfer-Encoding".to_owned())],
        };
    }
    Answer {
        status: 411,
        code: "MissingContentLength",
        message: "You must provide the Content-Length HTTP header.".to_owned(),
        details: Vec::new(),
    }
}

fn too_large(proposed: u64, max: u64) -> Answer {
    Answer {
        status: 400,
        code: "EntityTooLarge",
        message: "Your proposed upload exceeds the maximum allowed size".to_owned(),
        details: vec![("ProposedSize", proposed.to_string()), ("MaxSizeAllowed", max.to_string())],
    }
}

fn incomplete() -> Answer {
    Answer {
        status: 400,
        code: "IncompleteBody",
        message: INCOMPLETE.to_owned(),
        details: Vec::new(),
    }
}

fn timed_out() -> Answer {
    Answer {
        status: 400,
        code: "RequestTimeout",
        message: TIMED_OUT.to_owned(),
        details: Vec::new(),
    }
}

/// Moves the body to where it rests. Gives the checksum that stood in a trailer.
async fn transfer(
    announced: &mut Announced,
    body: &mut Inflow<'_>,
    rest: &mut Rest,
) -> Result<Option<String>, NotReceived> {
    let (mut taken, mut trailer) = (0, None);
    loop {
        let piece = body.next().await.map_err(|error| match error {
            BodyError::Slow => timed_out(),
            BodyError::TooLong | BodyError::Cut | BodyError::NoRoom => incomplete(),
        })?;
        let Some(mut piece) = piece else { break };
        let Some(decoder) = &mut announced.decoder else {
            taken += piece.len() as u64;
            rest.push(piece).await.map_err(NotReceived::Failed)?;
            continue;
        };
        while let Some(event) = decoder.push(&mut piece).map_err(|error| error.answer())? {
            match event {
                Event::Data(data) => {
                    taken += data.len() as u64;
                    rest.push(data).await.map_err(NotReceived::Failed)?;
                }
                Event::Trailer { name, value } => {
                    if Algorithm::of_header(&name).is_some() {
                        trailer = Some(value);
                    }
                }
                Event::End => {}
            }
        }
    }
    if let Some(decoder) = &announced.decoder {
        decoder.finish().map_err(|error| error.answer())?;
    }
    if taken == announced.bytes { Ok(trailer) } else { Err(incomplete().into()) }
}

impl Announced {
    /// Holds what came against what was said.
    fn check(&self, done: &Done, trailer: Option<&str>) -> Result<(), Answer> {
        if let Some(declared) = &self.sha256 {
            let computed = done.sha256.clone().unwrap_or_default();
            let payload = Payload::Declared(declared.clone());
            payload.check(&computed).map_err(|error| error.answer(Dialect::S3))?;
        }
        if let Some(md5) = &self.md5 {
            md5.check(&done.md5).map_err(|error| error.answer())?;
        }
        if let Some(expected) = &self.expected {
            let computed =
                done.checksums.iter().find(|one| one.algorithm() == expected.algorithm());
            let computed = computed.ok_or_else(incomplete)?;
            expected.check(trailer, computed).map_err(|error| error.answer())?;
        }
        Ok(())
    }
}

/// Checks the checksums of a body that was read whole.
pub(super) fn check_whole(headers: &HeaderMap, body: &[u8]) -> Result<(), Answer> {
    let (expected, md5) = claims(headers)?;
    if let Some(md5) = md5 {
        md5.check(&Hasher::sum(Algorithm::Md5, body)).map_err(|error| error.answer())?;
    }
    if let Some(expected @ Expected::Given(_)) = expected {
        let computed = Hasher::sum(expected.algorithm(), body);
        expected.check(None, &computed).map_err(|error| error.answer())?;
    }
    Ok(())
}

/// Where a body comes to rest: small ones here, others on a thread that may wait for the disk.
enum Rest {
    Here(Box<Work>),
    There { pieces: mpsc::Sender<Came>, ended: oneshot::Receiver<Result<Done, String>> },
}

/// What comes of a body. Where nothing comes any more and `All` has not come, it was given up.
enum Came {
    Piece(Bytes),
    All,
}

impl Rest {
    fn begin(
        engine: &Arc<Engine>,
        receiving: &Receiving,
        bytes: u64,
        algorithms: &[Algorithm],
        hashes: bool,
    ) -> Result<Self, String> {
        let inline = sealed_len(bytes) <= INLINE_LEN_MAX as u64;
        let work = Work::new(receiving, algorithms, hashes)?;
        if inline {
            return Ok(Self::Here(Box::new(work)));
        }
        let (engine, id) = (Arc::clone(engine), receiving.body);
        let (pieces, waiting) = mpsc::channel(PIECES_WAITING);
        let (answer, ended) = oneshot::channel();
        tokio::task::spawn_blocking(move || {
            let writer = engine.store.body_writer(id).map_err(|error| error.to_string());
            let done = writer.and_then(|writer| work.there(waiting, writer));
            if let Err(Ok(_)) = answer.send(done) {
                // The client went away while the disk was waited for.
                engine.store.discard(id);
            }
        });
        Ok(Self::There { pieces, ended })
    }

    async fn push(&mut self, piece: Bytes) -> Result<(), String> {
        match self {
            Self::Here(work) => work.push(&piece, &mut |_| Ok(())),
            // The thread has ended early; why, it says when it is asked for its result.
            Self::There { pieces, .. } => {
                let _ = pieces.send(Came::Piece(piece)).await;
                Ok(())
            }
        }
    }

    async fn end(self) -> Result<Done, String> {
        match self {
            Self::Here(work) => work.end(&mut |_| Ok(())),
            Self::There { pieces, ended } => {
                let _ = pieces.send(Came::All).await;
                ended.await.map_err(|_| "the body was not written to its end".to_owned())?
            }
        }
    }
}

/// The hashing and sealing of one body.
struct Work {
    sealer: Sealer,
    /// What does not fill a chunk yet.
    chunk: Vec<u8>,
    /// The sealed chunks, where they are few.
    sealed: Vec<u8>,
    keeps: bool,
    bytes: u64,
    md5: Hasher,
    sha256: Option<Hasher>,
    checksums: Vec<Hasher>,
}

/// A body that is sealed, with its digests.
struct Done {
    bytes: u64,
    md5: Checksum,
    sha256: Option<String>,
    checksums: Vec<Checksum>,
    inline: Option<Bytes>,
}

/// What is done with a sealed chunk.
type Keep<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), String>;

impl Work {
    fn new(receiving: &Receiving, algorithms: &[Algorithm], hashes: bool) -> Result<Self, String> {
        let sealer = Sealer::new(&receiving.key, receiving.body);
        Ok(Self {
            sealer: sealer.map_err(|error| error.to_string())?,
            chunk: Vec::with_capacity(CHUNK_LEN),
            sealed: Vec::new(),
            keeps: true,
            bytes: 0,
            md5: Hasher::new(Algorithm::Md5),
            sha256: hashes.then(|| Hasher::new(Algorithm::Sha256)),
            checksums: algorithms.iter().copied().map(Hasher::new).collect(),
        })
    }

    /// Takes all pieces, on a thread that may wait.
    fn there(
        mut self,
        mut pieces: mpsc::Receiver<Came>,
        mut writer: BodyWriter,
    ) -> Result<Done, String> {
        self.keeps = false;
        let mut keep = |sealed: &[u8]| writer.push(sealed).map_err(|error| error.to_string());
        loop {
            match pieces.blocking_recv() {
                Some(Came::Piece(piece)) => self.push(&piece, &mut keep)?,
                Some(Came::All) => break,
                // What there is of it goes with its writer.
                None => return Err("the body did not come to its end".to_owned()),
            }
        }
        let done = self.end(&mut keep)?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(done)
    }

    fn push(&mut self, mut piece: &[u8], keep: Keep<'_>) -> Result<(), String> {
        self.bytes += piece.len() as u64;
        self.md5.update(piece);
        self.sha256.iter_mut().chain(&mut self.checksums).for_each(|hasher| hasher.update(piece));
        while !piece.is_empty() {
            if self.chunk.len() == CHUNK_LEN {
                self.seal(false, keep)?;
            }
            let room = CHUNK_LEN - self.chunk.len();
            let (now, later) = piece.split_at(room.min(piece.len()));
            self.chunk.extend_from_slice(now);
            piece = later;
        }
        Ok(())
    }

    fn seal(&mut self, is_last: bool, keep: Keep<'_>) -> Result<(), String> {
        self.sealer.seal(&mut self.chunk, is_last).map_err(|error| error.to_string())?;
        if self.keeps {
            self.sealed.extend_from_slice(&self.chunk);
        }
        keep(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }

    fn end(mut self, keep: Keep<'_>) -> Result<Done, String> {
        self.seal(true, keep)?;
        let hex = |hasher: Hasher| {
            hasher.finish().bytes().iter().map(|byte| format!("{byte:02x}")).collect()
        };
        Ok(Done {
            bytes: self.bytes,
            md5: self.md5.finish(),
            sha256: self.sha256.map(hex),
            checksums: self.checksums.into_iter().map(Hasher::finish).collect(),
            inline: self.keeps.then(|| self.sealed.into()),
        })
    }
}

impl Done {
    fn received(self, receiving: Receiving) -> Received {
        let md5 = self.md5.bytes().try_into().unwrap_or_default();
        Received {
            body: receiving.body,
            kept_key: receiving.kept_key,
            bytes: self.bytes,
            md5,
            checksums: self.checksums,
            inline: self.inline,
        }
    }
}
