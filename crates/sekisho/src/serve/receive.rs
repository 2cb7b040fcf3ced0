//! Receiving a body: what its head announces is held against what comes. Hashing and sealing is `rest`'s.

use std::sync::Arc;

use http::HeaderMap;
use http::request::Parts;
use sekisho_cloud::stream::{Received, Receiving};
use sekisho_wire::checksum::{self, Algorithm, Checksum, Expected, Hasher};
use sekisho_wire::chunked::{Decoder, Event, Mode};
use sekisho_wire::sigv4::{Answer, Dialect, Payload, Verified};

use super::body::{BodyError, Inflow};
use super::caller::header;
use super::engine::Engine;
use super::holds::Held;
use super::rest::{Done, Rest};
use super::send;

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
    let algorithms = announced.algorithms(&receiving.checksums);
    let rest = Rest::begin(engine, &receiving, announced.bytes, &algorithms).await;
    let mut rest = rest.map_err(NotReceived::Failed)?;
    let trailer = transfer(&mut announced, body, &mut rest).await?;
    let mut done = rest.end().await.map_err(NotReceived::Failed)?;
    announced.check(&done, trailer.as_deref())?;
    done.settle(engine, receiving.body).await.map_err(NotReceived::Failed)?;
    // What was computed to check the signature alone is not the object's.
    let claimed = announced.expected.as_ref().map(Expected::algorithm);
    let kept = |of| receiving.checksums.contains(&of) || claimed == Some(of);
    done.checksums.retain(|one| kept(one.algorithm()));
    Ok(done.received(receiving))
}

/// Receives the body of a copy: opened where it rests, hashed, and sealed anew.
///
/// # Errors
/// When the disk fails, or what rests there was altered.
pub(super) async fn copy(
    engine: &Arc<Engine>,
    mut receiving: Receiving,
    held: Option<Held>,
) -> Result<Received, String> {
    let from = receiving.from.take().unwrap_or_default();
    let mut rest = Rest::begin(engine, &receiving, from.bytes(), &receiving.checksums).await?;
    let mut opened = send::opened(engine, from, held);
    while let Some(piece) = opened.recv().await {
        rest.push(piece.map_err(|error| error.to_string())?).await?;
    }
    let mut done = rest.end().await?;
    done.settle(engine, receiving.body).await?;
    Ok(done.received(receiving))
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
    /// What is to be computed, each once: what the object keeps, and what was claimed.
    fn algorithms(&self, kept: &[Algorithm]) -> Vec<Algorithm> {
        let claimed = self.expected.as_ref().map(Expected::algorithm);
        let md5 = self.md5.as_ref().map(|_| Algorithm::Md5);
        let signed = self.sha256.as_ref().map(|_| Algorithm::Sha256);
        let mut algorithms = kept.to_vec();
        for more in [claimed, md5, signed].into_iter().flatten() {
            if !algorithms.contains(&more) {
                algorithms.push(more);
            }
        }
        algorithms
    }

    /// Holds what came against what was said.
    fn check(&self, done: &Done, trailer: Option<&str>) -> Result<(), Answer> {
        if let Some(declared) = &self.sha256 {
            let computed = done.sum(Algorithm::Sha256).map(|sum| hex::encode(sum.bytes()));
            let computed = computed.unwrap_or_default();
            let payload = Payload::Declared(declared.clone());
            payload.check(&computed).map_err(|error| error.answer(Dialect::S3))?;
        }
        if let Some(md5) = &self.md5 {
            let computed = done.sum(Algorithm::Md5).ok_or_else(incomplete)?;
            md5.check(computed).map_err(|error| error.answer())?;
        }
        if let Some(expected) = &self.expected {
            let computed = done.sum(expected.algorithm()).ok_or_else(incomplete)?;
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
