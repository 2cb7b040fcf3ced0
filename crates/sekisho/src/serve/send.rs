//! Sending a body: opened chunk by chunk while it goes out.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use sekisho_cloud::body::Opener;
use sekisho_cloud::stream::{Piece, Sending};
use tokio::sync::mpsc;

use super::answer::{ReplyBody, full};
use super::engine::Engine;
use super::holds::Held;

/// Opened chunks of 64 KiB that may wait for the client.
const CHUNKS_WAITING: usize = 8;

/// A reply of at most this many bytes is opened before it is sent, so that what is wrong with it can
/// still be said.
const AT_ONCE_BYTES_MAX: u64 = 64 * 1024;

/// The body of a reply; `held` keeps what it is made of until it is sent.
pub(super) async fn body(
    engine: &Arc<Engine>,
    sending: Sending,
    held: Option<Held>,
) -> io::Result<ReplyBody> {
    let engine = Arc::clone(engine);
    if sending.bytes() <= AT_ONCE_BYTES_MAX {
        let opened = move || {
            let mut all = Vec::new();
            open(&engine, &sending, &mut |bytes| {
                all.extend_from_slice(&bytes);
                Ok(())
            })?;
            drop(held);
            Ok::<_, io::Error>(all)
        };
        return Ok(full(tokio::task::block_in_place(opened)?));
    }
    let opened = opened(&engine, sending, held);
    let stream = futures_util::stream::unfold(opened, async |mut opened| {
        opened.recv().await.map(|piece| (piece.map(Frame::data), opened))
    });
    Ok(StreamBody::new(Box::pin(stream)).boxed())
}

/// A body piece by piece, opened on a thread of its own as it is taken. After an error comes nothing.
pub(super) fn opened(
    engine: &Arc<Engine>,
    sending: Sending,
    held: Option<Held>,
) -> mpsc::Receiver<io::Result<Bytes>> {
    let engine = Arc::clone(engine);
    let (pieces, opened) = mpsc::channel(CHUNKS_WAITING);
    tokio::task::spawn_blocking(move || {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let sent = open(&engine, &sending, &mut |bytes| {
            pieces.blocking_send(Ok(bytes)).map_err(|_| gone())
        });
        if let Err(error) = sent {
            // Who takes it is gone, or hears that the body ends here.
            let _ = pieces.blocking_send(Err(error));
        }
        drop(held);
    });
    opened
}

/// Opens all pieces of a body.
fn open(
    engine: &Engine,
    sending: &Sending,
    give: &mut dyn FnMut(Bytes) -> io::Result<()>,
) -> io::Result<()> {
    sending.pieces.iter().try_for_each(|piece| open_piece(engine, piece, give))
}

fn open_piece(
    engine: &Engine,
    piece: &Piece,
    give: &mut dyn FnMut(Bytes) -> io::Result<()>,
) -> io::Result<()> {
    if piece.bytes == 0 {
        return Ok(());
    }
    let reader = engine.store.body_reader(piece.body).map_err(io::Error::other)?;
    let opener = Opener::new(&piece.key, piece.body, piece.body_bytes).map_err(io::Error::other)?;
    let wanted = opener.pieces(piece.from, piece.from + piece.bytes);
    for part in wanted {
        let mut chunk = Vec::new();
        reader.chunk(part.index, &mut chunk).map_err(io::Error::other)?;
        opener.open(part.index, &mut chunk).map_err(io::Error::other)?;
        give(Bytes::from(chunk).slice(part.within))?;
    }
    Ok(())
}
