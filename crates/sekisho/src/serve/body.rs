//! Reading bodies: never more than a bound, never slower than a bound, whole or piece by piece.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::timeout;

/// The longest body that is read whole, in bytes. The longest that AWS takes for what is served here
/// is S3's list of 10,000 parts, about 2 MB.
pub(super) const WHOLE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The longest that a client may be silent in the middle of a body.
const SILENCE_MAX: Duration = Duration::from_secs(20);

/// Why a body did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It is longer than is taken.
    TooLong,
    /// The client was silent for too long.
    Slow,
    /// The connection ended in the middle.
    Cut,
}

/// The next piece of a body; `None` at its end.
pub(super) async fn next(body: &mut Incoming) -> Result<Option<Bytes>, BodyError> {
    loop {
        let frame = timeout(SILENCE_MAX, body.frame()).await.map_err(|_| BodyError::Slow)?;
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

/// A whole body of at most [`WHOLE_BYTES_MAX`] bytes.
pub(super) async fn whole(body: &mut Incoming) -> Result<Bytes, BodyError> {
    let Some(first) = next(body).await? else { return Ok(Bytes::new()) };
    let Some(second) = next(body).await? else { return Ok(first) };
    let mut all = [first, second].concat();
    while all.len() <= WHOLE_BYTES_MAX {
        match next(body).await? {
            Some(piece) => all.extend_from_slice(&piece),
            None => return Ok(all.into()),
        }
    }
    Err(BodyError::TooLong)
}
