//! Where a body comes to rest: hashed, sealed chunk by chunk and written, never whole in memory.
//!
//! Small bodies are done at once. A larger one has a thread that seals and writes it, and one for each
//! digest: MD5, which S3's entity tags are made of, is five times slower than sealing, and one core
//! cannot do both in the time that it takes to receive the body.

use std::sync::Arc;

use bytes::Bytes;
use sekisho_cloud::body::{CHUNK_LEN, INLINE_LEN_MAX, SEALED_CHUNK_LEN, Sealer, sealed_len};
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_cloud::writes::BodyId;
use sekisho_wire::checksum::{Algorithm, Checksum, Hasher};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};

use super::engine::Engine;
use crate::store::BodyWriter;

/// Pieces that may wait for the threads: with hyper's buffers of at most 128 KiB, 1 MiB.
const PIECES_WAITING: usize = 8;

/// A body on its way.
pub(super) enum Rest {
    /// Small enough for the database.
    Here(Box<Here>),
    /// To be a file.
    There(There),
}

/// A body that is sealed, with its digests.
pub(super) struct Done {
    pub(super) bytes: u64,
    pub(super) checksums: Vec<Checksum>,
    /// The sealed bytes of a small body.
    pub(super) inline: Option<Bytes>,
    /// The file of a larger one, which has no place yet.
    file: Option<BodyWriter>,
}

/// A small body.
pub(super) struct Here {
    sealing: Sealing,
    sealed: Vec<u8>,
    digests: Vec<Hasher>,
}

/// A body that several threads work at. Each takes all pieces; `None` ends the body, and a channel that
/// closes without it gives the body up.
pub(super) struct There {
    pieces: Vec<mpsc::Sender<Option<Bytes>>>,
    sealing: JoinHandle<Result<(u64, BodyWriter), String>>,
    digests: Vec<JoinHandle<Checksum>>,
    _place: Option<OwnedSemaphorePermit>,
}

/// The sealing of one body.
struct Sealing {
    sealer: Sealer,
    /// What does not fill a chunk yet.
    chunk: Vec<u8>,
    bytes: u64,
}

/// What is done with a sealed chunk.
type Keep<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), String>;

impl Rest {
    /// Begins a body of so many bytes.
    pub(super) async fn begin(
        engine: &Arc<Engine>,
        receiving: &Receiving,
        bytes: u64,
        algorithms: &[Algorithm],
    ) -> Result<Self, String> {
        let sealing = Sealing::new(receiving)?;
        if sealed_len(bytes) <= INLINE_LEN_MAX as u64 {
            let digests = algorithms.iter().copied().map(Hasher::new).collect();
            return Ok(Self::Here(Box::new(Here { sealing, sealed: Vec::new(), digests })));
        }
        // Nobody closes the semaphore, so there is always a place in the end.
        let place = Arc::clone(&engine.large).acquire_owned().await.ok();
        let (engine, id) = (Arc::clone(engine), receiving.body);
        let (first, mut waiting) = mpsc::channel(PIECES_WAITING);
        let sealing = spawn_blocking(move || {
            let writer = engine.store.body_writer(id).map_err(|error| error.to_string())?;
            sealing.seal_all(&mut waiting, writer)
        });
        let (mut pieces, mut digests) = (vec![first], Vec::new());
        for algorithm in algorithms {
            let (sender, waiting) = mpsc::channel(PIECES_WAITING);
            let hasher = Hasher::new(*algorithm);
            digests.push(spawn_blocking(move || digest(hasher, waiting)));
            pieces.push(sender);
        }
        Ok(Self::There(There { pieces, sealing, digests, _place: place }))
    }

    /// Takes the next piece.
    pub(super) async fn push(&mut self, piece: Bytes) -> Result<(), String> {
        match self {
            Self::Here(here) => here.push(&piece),
            Self::There(there) => {
                there.push(Some(piece)).await;
                Ok(())
            }
        }
    }

    /// Ends the body.
    pub(super) async fn end(self) -> Result<Done, String> {
        match self {
            Self::Here(here) => here.end(),
            Self::There(there) => there.end().await,
        }
    }
}

impl Here {
    fn push(&mut self, piece: &[u8]) -> Result<(), String> {
        self.digests.iter_mut().for_each(|hasher| hasher.update(piece));
        let sealed = &mut self.sealed;
        self.sealing.push(piece, &mut |chunk| kept(sealed, chunk))
    }

    fn end(mut self) -> Result<Done, String> {
        let bytes = self.sealing.end(&mut |chunk| kept(&mut self.sealed, chunk))?;
        let checksums = self.digests.into_iter().map(Hasher::finish).collect();
        Ok(Done { bytes, checksums, inline: Some(self.sealed.into()), file: None })
    }
}

fn kept(sealed: &mut Vec<u8>, chunk: &[u8]) -> Result<(), String> {
    sealed.extend_from_slice(chunk);
    Ok(())
}

impl There {
    /// A thread that has ended early says why when it is asked for its result.
    async fn push(&mut self, piece: Option<Bytes>) {
        for thread in &self.pieces {
            let _ = thread.send(piece.clone()).await;
        }
    }

    async fn end(mut self) -> Result<Done, String> {
        self.push(None).await;
        let (bytes, file) = self.sealing.await.map_err(|error| error.to_string())??;
        let mut checksums = Vec::with_capacity(self.digests.len());
        for digest in self.digests {
            checksums.push(digest.await.map_err(|error| error.to_string())?);
        }
        Ok(Done { bytes, checksums, inline: None, file: Some(file) })
    }
}

/// Hashes all pieces. Of a body that is given up nobody asks for the digest.
fn digest(mut hasher: Hasher, mut pieces: mpsc::Receiver<Option<Bytes>>) -> Checksum {
    while let Some(Some(piece)) = pieces.blocking_recv() {
        hasher.update(&piece);
    }
    hasher.finish()
}

impl Sealing {
    fn new(receiving: &Receiving) -> Result<Self, String> {
        let sealer = Sealer::new(&receiving.key, receiving.body);
        let sealer = sealer.map_err(|error| error.to_string())?;
        Ok(Self { sealer, chunk: Vec::new(), bytes: 0 })
    }

    /// Takes all pieces, on a thread that may wait; what it has written is then on the disk.
    fn seal_all(
        mut self,
        pieces: &mut mpsc::Receiver<Option<Bytes>>,
        mut writer: BodyWriter,
    ) -> Result<(u64, BodyWriter), String> {
        self.chunk.reserve(SEALED_CHUNK_LEN);
        let mut keep = |sealed: &[u8]| writer.push(sealed).map_err(|error| error.to_string());
        loop {
            match pieces.blocking_recv() {
                Some(Some(piece)) => self.push(&piece, &mut keep)?,
                Some(None) => break,
                None => return Err("the body was given up".to_owned()),
            }
        }
        let bytes = self.end(&mut keep)?;
        writer.sync().map_err(|error| error.to_string())?;
        Ok((bytes, writer))
    }

    fn push(&mut self, mut piece: &[u8], keep: Keep<'_>) -> Result<(), String> {
        self.bytes += piece.len() as u64;
        while !piece.is_empty() {
            // Not sooner: the last chunk is sealed as such, even if it is full.
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
        keep(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }

    /// Seals the last chunk; with the bytes of the whole body.
    fn end(&mut self, keep: Keep<'_>) -> Result<u64, String> {
        self.seal(true, keep)?;
        Ok(self.bytes)
    }
}

impl Done {
    /// The checksum of an algorithm, if it was computed.
    pub(super) fn sum(&self, algorithm: Algorithm) -> Option<&Checksum> {
        self.checksums.iter().find(|one| one.algorithm() == algorithm)
    }

    /// Gives the file its place, once the body was found to be what was announced. A body that never
    /// comes here leaves nothing, and neither does one whose client goes away meanwhile.
    pub(super) async fn settle(&mut self, engine: &Arc<Engine>, id: BodyId) -> Result<(), String> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let (answer, settled) = oneshot::channel();
        let engine = Arc::clone(engine);
        spawn_blocking(move || {
            let finished = file.finish().map_err(|error| error.to_string());
            if let Err(Ok(())) = answer.send(finished) {
                engine.store.discard(id);
            }
        });
        settled.await.unwrap_or_else(|_| Err("the body was not written to its end".to_owned()))
    }

    /// What the engine is told of it.
    pub(super) fn received(self, receiving: Receiving) -> Received {
        Received {
            body: receiving.body,
            kept_key: receiving.kept_key,
            bytes: self.bytes,
            checksums: self.checksums,
            inline: self.inline,
        }
    }
}
