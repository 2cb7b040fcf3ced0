//! Bodies on their way in and out.

use sekisho_wire::checksum::{Algorithm, Checksum};
use zeroize::Zeroizing;

use super::range::Bytes;
use super::seals::{Kept, Opened, Origin};
use super::state::{About, Envelope, Object, Part, Piece, S3, Sum, Version};
use super::sums;
use crate::act::Act;
use crate::body::DataKey;
use crate::dice::Dice;
use crate::fault::Fault;
use crate::stream::{self, Received, Receiving, Sending};
use crate::writes::BodyId;

/// The longest body of one request. Source: S3 User Guide, "Amazon S3 multipart upload limits" and
/// "Uploading objects".
pub(super) const BODY_BYTES_MAX: u64 = 5 * 1024 * 1024 * 1024;

/// Where a body is to rest.
pub(super) struct Target<'a> {
    /// The ARN of the object that it is of.
    pub(super) arn: &'a str,
    /// Under what its key is sealed.
    pub(super) envelope: Envelope,
    pub(super) opened: &'a Opened,
    /// The checksum that is kept of it.
    pub(super) sum: Algorithm,
}

/// What a copy is made of.
pub(super) struct Original {
    /// The bytes.
    pub(super) bytes: Sending,
    /// Whose they are.
    pub(super) of: Origin,
}

/// What has come for an operation: a body, the envelope that was made for it, and where it rests.
pub(super) struct Arrived {
    pub(super) received: Received,
    pub(super) envelope: Envelope,
    pub(super) piece: Piece,
    /// What it was copied from.
    pub(super) origin: Option<Origin>,
}

/// Says how a body is to be received: with the request, or as a copy.
///
/// # Errors
/// Only where the cipher refuses.
pub(super) fn receiving(
    to: Target<'_>,
    original: Option<Original>,
    act: &mut Act<'_, S3>,
) -> Result<Receiving, Fault> {
    let body = BodyId(act.dice().bytes());
    let key = DataKey::new(Zeroizing::new(act.dice().bytes()));
    let checksums = match &to.envelope {
        Envelope::Ours => vec![to.sum, Algorithm::Md5],
        Envelope::Kms { .. } => vec![to.sum],
    };
    let sealed = to.opened.seal(to.arn, body, &key, act)?;
    let (from, origin) = original.map(|one| (one.bytes, one.of)).unzip();
    let kept = Kept { envelope: to.envelope, key: sealed, origin };
    let kept_key = serde_json::to_vec(&kept).map_err(|error| Fault::internal(&error))?;
    Ok(Receiving { from, body, key, kept_key, checksums, bytes_max: BODY_BYTES_MAX })
}

/// What was received; `None` where the operation wanted no body.
///
/// # Errors
/// When the shell brought another key than it was given.
pub(super) fn arrived(act: &mut Act<'_, S3>) -> Result<Option<Arrived>, Fault> {
    let Some(received) = act.received() else { return Ok(None) };
    let kept: Kept =
        serde_json::from_slice(&received.kept_key).map_err(|error| Fault::internal(&error))?;
    let piece = Piece {
        body: received.body,
        key: kept.key,
        body_bytes: received.bytes,
        from: 0,
        bytes: received.bytes,
    };
    Ok(Some(Arrived { received, envelope: kept.envelope, piece, origin: kept.origin }))
}

/// What was received.
///
/// # Errors
/// When the shell brought no body, or another key than it was given.
pub(super) fn received(act: &mut Act<'_, S3>) -> Result<Arrived, Fault> {
    arrived(act)?.ok_or_else(|| Fault::internal(&"no body was received"))
}

impl Arrived {
    /// Whether it was copied from this version.
    pub(super) fn is_of(&self, version: &Version) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.id == version.id)
    }

    /// The checksum to keep.
    ///
    /// # Errors
    /// When the shell did not compute it.
    pub(super) fn sum(&self, wanted: Algorithm) -> Result<Checksum, Fault> {
        let sum = sums::kept(&self.received, wanted);
        sum.ok_or_else(|| Fault::internal(&"no checksum was computed"))
    }

    /// The object that it is.
    ///
    /// # Errors
    /// When the shell did not compute the checksums.
    pub(super) fn object(
        self,
        about: About,
        wanted: Algorithm,
        act: &mut Act<'_, S3>,
    ) -> Result<Object, Fault> {
        Ok(Object {
            size: self.received.bytes,
            etag: etag(&self.received, &self.envelope, act)?,
            about,
            sum: Sum::whole(&self.sum(wanted)?),
            envelope: self.envelope,
            pieces: vec![self.piece],
            parts: Vec::new(),
            upload: None,
        })
    }

    /// The part of an upload that it is.
    ///
    /// # Errors
    /// When the shell did not compute the checksums.
    pub(super) fn part(
        self,
        number: i64,
        wanted: Algorithm,
        act: &mut Act<'_, S3>,
    ) -> Result<Part, Fault> {
        let sum = self.sum(wanted)?;
        Ok(Part {
            number,
            size: self.received.bytes,
            etag: etag(&self.received, &self.envelope, act)?,
            sum: (sum.algorithm().name().to_owned(), sum.base64()),
            modified_ms: act.now_ms(),
            pieces: vec![self.piece],
        })
    }
}

/// The entity tag of a body: its MD5, or digits that say nothing where KMS is used. Source: S3 API
/// Reference, "Object" (ETag).
///
/// # Errors
/// When the shell brought no MD5 though one was to be computed.
pub(super) fn etag(
    received: &Received,
    envelope: &Envelope,
    act: &mut Act<'_, S3>,
) -> Result<String, Fault> {
    match envelope {
        Envelope::Ours => {
            let md5 = received.sum(Algorithm::Md5).map(|md5| hex::encode(md5.bytes()));
            md5.ok_or_else(|| Fault::internal(&"no MD5 was computed"))
        }
        Envelope::Kms { .. } => Ok(act.dice().hex(32)),
    }
}

/// The pieces of an object that hold these bytes.
pub(super) fn cut(pieces: &[Piece], wanted: Bytes) -> Vec<Piece> {
    let end = wanted.from.saturating_add(wanted.count);
    let mut at = 0;
    let mut cut = Vec::new();
    for piece in pieces {
        let (from, to) = (wanted.from.max(at), end.min(at + piece.bytes));
        if from < to {
            let from_body = piece.from + (from - at);
            cut.push(Piece { from: from_body, bytes: to - from, ..piece.clone() });
        }
        at += piece.bytes;
    }
    cut
}

/// Bytes of an object, for a reply or a copy.
///
/// # Errors
/// When the key of a body was tampered with.
pub(super) fn sending(
    arn: &str,
    object: &Object,
    wanted: Bytes,
    opened: &Opened,
    act: &mut Act<'_, S3>,
) -> Result<Sending, Fault> {
    let mut pieces = Vec::new();
    for piece in cut(&object.pieces, wanted) {
        let key = opened.open(arn, &piece, act)?;
        let Piece { body, body_bytes, from, bytes, .. } = piece;
        pieces.push(stream::Piece { body, key, body_bytes, from, bytes });
    }
    Ok(Sending { pieces })
}

/// The same pieces with their keys sealed for another object, which names their bodies too.
///
/// # Errors
/// When the key of a body was tampered with.
pub(super) fn share(
    pieces: &[Piece],
    (from_arn, from): (&str, &Opened),
    (to_arn, to): (&str, &Opened),
    act: &mut Act<'_, S3>,
) -> Result<Vec<Piece>, Fault> {
    let mut shared = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let key = from.open(from_arn, piece, act)?;
        let key = to.seal(to_arn, piece.body, &key, act)?;
        shared.push(Piece { key, ..piece.clone() });
    }
    act.state().share(&shared);
    Ok(shared)
}

/// Writes an object; with the id of its version as a `PutObject` shows it: a version `null` is not
/// shown to its writer (observed).
pub(super) fn keep(place: (&str, &str), object: Object, act: &mut Act<'_, S3>) -> Option<String> {
    let written = write(place, Some(object), act);
    written.filter(|id| id != "null")
}

/// Writes an object or a delete marker; with the id of its version.
pub(super) fn write(
    place: (&str, &str),
    object: Option<Object>,
    act: &mut Act<'_, S3>,
) -> Option<String> {
    let (now_ms, mut dice) = (act.now_ms(), Dice::new(&act.dice().bytes()));
    let written = act.state().write_version(place, object, now_ms, &mut dice);
    drop_all(written.dropped, act);
    written.shown_id
}

/// Lets go of bodies that no row names any more.
pub(super) fn drop_all(bodies: Vec<BodyId>, act: &mut Act<'_, S3>) {
    bodies.into_iter().for_each(|body| act.drop_body(body));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Sealed;

    #[test]
    fn a_range_is_cut_across_pieces() {
        let piece = |body: u8, from, bytes| Piece {
            body: BodyId([body; 16]),
            key: Sealed::from_bytes(Vec::new()),
            body_bytes: 100,
            from,
            bytes,
        };
        let pieces = [piece(1, 0, 10), piece(2, 50, 5), piece(3, 0, 10)];
        let cut = |from, count| {
            let cut = cut(&pieces, Bytes { from, count });
            cut.iter().map(|one| (one.body.0[0], one.from, one.bytes)).collect::<Vec<_>>()
        };
        assert_eq!(cut(0, 25), [(1, 0, 10), (2, 50, 5), (3, 0, 10)]);
        assert_eq!(cut(9, 3), [(1, 9, 1), (2, 50, 2)]);
        assert_eq!(cut(12, 2), [(2, 52, 2)]);
        assert_eq!(cut(15, 0), []);
    }
}
