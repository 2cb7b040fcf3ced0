//! What a request's headers say of checksums, held against S3's rules.

use http::HeaderMap;

use super::{Algorithm, Checksum, ChecksumError, Kind};

/// The checksum that a body is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// This one.
    Given(Checksum),
    /// One of this algorithm, in a trailer.
    Trailer(Algorithm),
}

impl Expected {
    /// The algorithm to hash the body with.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Given(checksum) => checksum.algorithm(),
            Self::Trailer(algorithm) => *algorithm,
        }
    }

    /// Holds the body's checksum against the one expected, given what the trailer said if there was one.
    ///
    /// # Errors
    /// The trailer's value cannot be read, or the checksums differ.
    pub fn check(&self, trailer: Option<&str>, computed: &Checksum) -> Result<(), ChecksumError> {
        match self {
            Self::Given(declared) => declared.check(computed),
            Self::Trailer(algorithm) => {
                let header = algorithm.header();
                let declared = Checksum::read(*algorithm, trailer.unwrap_or_default());
                declared.ok_or(ChecksumError::Value { header, trailer: true })?.check(computed)
            }
        }
    }
}

const PREFIX: &str = "x-amz-checksum-";

/// The headers of that prefix that hold no checksum.
const OTHERS: [&str; 3] =
    ["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"];

/// The one checksum that the headers of an upload declare, if they do.
///
/// # Errors
/// There are several, or one that cannot be read, or the headers contradict each other.
pub fn expected(headers: &HeaderMap) -> Result<Option<Expected>, ChecksumError> {
    let given = given(headers)?;
    let trailer = trailer(headers)?;
    let expected = match (given, trailer) {
        (Some(_), Some(_)) => return Err(ChecksumError::Several),
        (Some(checksum), None) => Some(Expected::Given(checksum)),
        (None, trailer) => trailer.map(Expected::Trailer),
    };
    let Some(named) = headers.get("x-amz-sdk-checksum-algorithm") else { return Ok(expected) };
    let header = "x-amz-sdk-checksum-algorithm";
    let invalid = ChecksumError::Value { header, trailer: false };
    let named = named.to_str().ok().and_then(Algorithm::of_name).ok_or(invalid.clone())?;
    match &expected {
        None => Err(ChecksumError::NotDeclared),
        Some(expected) if expected.algorithm() != named => Err(invalid),
        Some(_) => Ok(expected),
    }
}

/// The only `x-amz-checksum-<algorithm>` header.
fn given(headers: &HeaderMap) -> Result<Option<Checksum>, ChecksumError> {
    let mut sums = headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with(PREFIX) && !OTHERS.contains(&name.as_str()));
    let (name, value) = match (sums.next(), sums.next()) {
        (None, _) => return Ok(None),
        (Some(_), Some(_)) => return Err(ChecksumError::Several),
        (Some(only), None) => only,
    };
    let unknown = || ChecksumError::Unknown { header: name.as_str().to_owned() };
    let algorithm = Algorithm::of_header(name.as_str()).ok_or_else(unknown)?;
    let checksum = value.to_str().ok().and_then(|text| Checksum::read(algorithm, text));
    let invalid = ChecksumError::Value { header: algorithm.header(), trailer: false };
    checksum.ok_or(invalid).map(Some)
}

/// The checksum that `x-amz-trailer` announces. Other trailers are not ours to judge.
fn trailer(headers: &HeaderMap) -> Result<Option<Algorithm>, ChecksumError> {
    let Some(value) = headers.get("x-amz-trailer") else { return Ok(None) };
    let text = value.to_str().map_err(|_| ChecksumError::TrailerName)?.to_ascii_lowercase();
    let mut names = text.split(',').map(str::trim).filter(|name| name.starts_with(PREFIX));
    match (names.next(), names.next()) {
        (Some(_), Some(_)) => Err(ChecksumError::Several),
        (Some(name), None) => {
            Algorithm::of_header(name).map(Some).ok_or(ChecksumError::TrailerName)
        }
        (None, _) => Err(ChecksumError::TrailerName),
    }
}

/// `Content-MD5`, which may stand beside any other checksum.
///
/// # Errors
/// It cannot be read.
pub fn content_md5(headers: &HeaderMap) -> Result<Option<Checksum>, ChecksumError> {
    let Some(value) = headers.get("content-md5") else { return Ok(None) };
    let text = String::from_utf8_lossy(value.as_bytes());
    let checksum = Checksum::read(Algorithm::Md5, &text);
    checksum.map(Some).ok_or_else(|| ChecksumError::Md5 { given: text.into_owned() })
}

/// What `CreateMultipartUpload` asks for: `x-amz-checksum-algorithm` and `x-amz-checksum-type`.
///
/// # Errors
/// There is no such algorithm or type, or the two do not go together.
pub fn kind(headers: &HeaderMap) -> Result<Option<(Algorithm, Kind)>, ChecksumError> {
    let text = |name| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let named = match text("x-amz-checksum-type") {
        None => None,
        Some(named) => Some(kind_of_name(&named)?),
    };
    let Some(algorithm) = text("x-amz-checksum-algorithm") else {
        return if named.is_some() { Err(ChecksumError::KindAlone) } else { Ok(None) };
    };
    let unknown = || ChecksumError::Algorithm { given: algorithm.to_string() };
    let algorithm = Algorithm::of_name(&algorithm).ok_or_else(unknown)?;
    let Some(kind) = named.or(algorithm.default_kind()) else { return Err(unknown()) };
    match algorithm.allows(kind) {
        true => Ok(Some((algorithm, kind))),
        false => Err(ChecksumError::Kind { algorithm, kind }),
    }
}

fn kind_of_name(name: &str) -> Result<Kind, ChecksumError> {
    let header = "x-amz-checksum-type";
    [Kind::Composite, Kind::FullObject]
        .into_iter()
        .find(|kind| kind.name().eq_ignore_ascii_case(name))
        .ok_or(ChecksumError::Value { header, trailer: false })
}
