//! Reading bodies: never more than a bound, never slower than a bound, whole or piece by piece.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout, timeout_at};

use super::Patience;

/// The longest body that is read whole, in bytes. The longest that AWS takes for what is served here
/// is S3's list of 10,000 parts, about 2 MB.
pub(super) const WHOLE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What all bodies that are read whole may take at a time, in KiB: 64 MiB. They are read before
/// anybody knows who sends them.
const ROOM_KIB: usize = 64 * 1024;

/// What is still read, and thrown away, of the body of a refused request, in bytes: a client that
/// writes before it listens hears the refusal then, and the connection goes on.
const DRAINED_BYTES_MAX: u64 = 1024 * 1024;

/// Why a body did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It is longer than is taken.
    TooLong,
    /// The client took too long.
    Slow,
    /// The connection ended in the middle.
    Cut,
    /// Others' bodies take up all the memory that there is for bodies.
    NoRoom,
}

/// The memory for bodies that are read whole.
pub(super) struct Room(Semaphore);

impl Room {
    pub(super) fn new() -> Self {
        Self(Semaphore::new(ROOM_KIB))
    }

    /// Room for so many bytes, until it is dropped.
    fn take(&self, bytes: usize) -> Result<SemaphorePermit<'_>, BodyError> {
        let kib = u32::try_from(bytes.div_ceil(1024)).map_err(|_| BodyError::TooLong)?;
        self.0.try_acquire_many(kib).map_err(|_| BodyError::NoRoom)
    }
}

/// The body of a request, as it comes.
pub(super) struct Inflow<'a> {
    body: Incoming,
    patience: &'a Patience,
    /// The client sends it only once it is told to go on.
    waits: bool,
    begun: bool,
    ended: bool,
    failed: bool,
    /// What its bytes take of the [`Room`].
    room: Option<SemaphorePermit<'a>>,
}

impl<'a> Inflow<'a> {
    pub(super) fn new(body: Incoming, headers: &HeaderMap, patience: &'a Patience) -> Self {
        let waits = headers.contains_key(http::header::EXPECT);
        Self { body, patience, waits, begun: false, ended: false, failed: false, room: None }
    }

    /// The next piece; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        self.begun = true;
        let next = next(&mut self.body, self.patience.silence).await;
        self.ended |= next == Ok(None);
        self.failed |= next.is_err();
        next
    }

    /// All of it, at most [`WHOLE_BYTES_MAX`] bytes. What it takes of the room is given back when
    /// this is dropped.
    pub(super) async fn whole(&mut self, room: &'a Room) -> Result<Bytes, BodyError> {
        let whole = timeout(self.patience.whole, self.gather(room)).await;
        let whole = whole.unwrap_or(Err(BodyError::Slow));
        self.failed |= whole.is_err();
        whole
    }

    async fn gather(&mut self, room: &'a Room) -> Result<Bytes, BodyError> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        self.hold(room, first.len())?;
        let Some(mut piece) = self.next().await? else { return Ok(first) };
        let mut all = first.to_vec();
        loop {
            self.hold(room, piece.len())?;
            if all.len() + piece.len() > WHOLE_BYTES_MAX {
                return Err(BodyError::TooLong);
            }
            all.extend_from_slice(&piece);
            match self.next().await? {
                Some(next) => piece = next,
                None => return Ok(all.into()),
            }
        }
    }

    fn hold(&mut self, room: &'a Room, bytes: usize) -> Result<(), BodyError> {
        let taken = room.take(bytes)?;
        match &mut self.room {
            Some(held) => held.merge(taken),
            None => self.room = Some(taken),
        }
        Ok(())
    }

    /// Reads what a refused request still sends, within bounds. Nothing is read of a body that the
    /// client holds back until it is told to go on: it is not told. Gives whether the end came.
    pub(super) async fn drain(&mut self) -> bool {
        self.ended |= self.body.is_end_stream();
        let held_back = self.waits && !self.begun;
        if held_back || self.failed || self.ended {
            return self.ended;
        }
        let end = Instant::now() + self.patience.silence;
        let mut drained = 0;
        while drained < DRAINED_BYTES_MAX
            && let Ok(Ok(Some(piece))) = timeout_at(end, self.next()).await
        {
            drained += piece.len() as u64;
        }
        self.ended
    }
}

async fn next(body: &mut Incoming, silence_max: Duration) -> Result<Option<Bytes>, BodyError> {
    loop {
        let frame = timeout(silence_max, body.frame()).await.map_err(|_| BodyError::Slow)?;
        match frame {
            None => return Ok(None),
            Some(Err(_)) => return Err(BodyError::Cut),
            // Trailers of HTTP itself mean nothing to AWS.
            Some(Ok(frame)) => match frame.into_data() {
                Ok(data) if data.is_empty() => {}
                Ok(data) => return Ok(Some(data)),
                Err(_) => {}
            },
        }
    }
}
