//! Conditional requests. Sources: S3 API Reference, `GetObject`; S3 User Guide, "Add preconditions to S3
//! operations with conditional requests"; what is said of dates and of several conditions is as
//! recorded.

use sekisho_wire::Millis;

use super::object_fault;
use super::state::Version;
use crate::ask::Ask;
use crate::fault::Fault;

/// The conditions of a read.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) is: Option<&'a str>,
    pub(super) is_not: Option<&'a str>,
    pub(super) changed_since: Option<Millis>,
    pub(super) unchanged_since: Option<Millis>,
}

/// Which condition does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    Match,
    NoneMatch,
    Modified,
    Unmodified,
}

impl Reading<'_> {
    /// Holds a version against the conditions of `GetObject` and `HeadObject`.
    ///
    /// # Errors
    /// When one does not hold: it is not what the client wants, or nothing new.
    pub(super) fn check(&self, etag: &str, modified_ms: i64, now_ms: i64) -> Result<(), Fault> {
        match self.broken(etag, modified_ms, now_ms) {
            None => Ok(()),
            Some(Broken::Match) => Err(object_fault::precondition("If-Match")),
            Some(Broken::Unmodified) => Err(object_fault::precondition("If-Unmodified-Since")),
            Some(Broken::NoneMatch | Broken::Modified) => {
                Err(object_fault::not_modified(etag, modified_ms))
            }
        }
    }

    /// Holds the source of a copy against its conditions, all of which refuse.
    ///
    /// # Errors
    /// When one does not hold.
    pub(super) fn check_source(&self, etag: &str, modified: i64, now: i64) -> Result<(), Fault> {
        let name = match self.broken(etag, modified, now) {
            None => return Ok(()),
            Some(Broken::Match) => "x-amz-copy-source-If-Match",
            Some(Broken::NoneMatch) => "x-amz-copy-source-If-None-Match",
            Some(Broken::Modified) => "x-amz-copy-source-If-Modified-Since",
            Some(Broken::Unmodified) => "x-amz-copy-source-If-Unmodified-Since",
        };
        Err(object_fault::precondition(name))
    }

    /// A condition on the entity tag stands before the one on the date.
    fn broken(&self, etag: &str, modified_ms: i64, now_ms: i64) -> Option<Broken> {
        let seconds = |ms: i64| ms.div_euclid(1000);
        let modified = seconds(modified_ms);
        match (self.is, self.unchanged_since) {
            (Some(wanted), _) if !matches(wanted, etag) => return Some(Broken::Match),
            (None, Some(since)) if seconds(since.0) < modified => return Some(Broken::Unmodified),
            _ => {}
        }
        match (self.is_not, self.changed_since) {
            (Some(known), _) => matches(known, etag).then_some(Broken::NoneMatch),
            (None, Some(since)) => {
                let is_past = seconds(since.0) <= seconds(now_ms);
                (is_past && seconds(since.0) >= modified).then_some(Broken::Modified)
            }
            (None, None) => None,
        }
    }
}

/// Whether a condition names an entity tag, with quotes or without.
pub(super) fn matches(condition: &str, etag: &str) -> bool {
    let mut named = condition.split(',').map(|one| unquoted(one.trim()));
    named.any(|one| one == "*" || one == etag)
}

/// An entity tag without its quotes.
pub(super) fn unquoted(etag: &str) -> &str {
    let inner = etag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(etag)
}

/// The conditions of a write.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Writing<'a> {
    pub(super) is: Option<&'a str>,
    pub(super) is_not: Option<&'a str>,
}

impl Writing<'_> {
    /// The condition keys of the headers.
    pub(super) fn keys<'v>(&self, ask: Ask<'v>) -> Ask<'v> {
        ask.with_some("s3:if-match", self.is).with_some("s3:if-none-match", self.is_not)
    }

    /// Holds what a key has now against the conditions. A delete marker is no object.
    ///
    /// # Errors
    /// When one does not hold, or S3 has no such condition.
    pub(super) fn check(&self, key: &str, current: Option<&Version>) -> Result<(), Fault> {
        self.are_served()?;
        let object = current.and_then(Version::object);
        if self.is_not.is_some() && object.is_some() {
            return Err(object_fault::precondition("If-None-Match"));
        }
        let Some(wanted) = self.is else { return Ok(()) };
        let object = object.ok_or_else(|| object_fault::no_key(key))?;
        let same = matches(wanted, &object.etag);
        if same { Ok(()) } else { Err(object_fault::precondition("If-Match")) }
    }

    /// S3 takes `*` for what must not be there, and an entity tag for what must.
    fn are_served(&self) -> Result<(), Fault> {
        match (self.is_not, self.is) {
            (Some(_), Some(_)) => Err(object_fault::several_conditions()),
            (Some(other), _) if other != "*" => Err(object_fault::not_implemented("If-None-Match")),
            (_, Some("*")) => Err(object_fault::not_implemented("If-Match")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODIFIED: i64 = 10_500;
    const NOW: i64 = 20_000;

    fn status(reading: &Reading<'_>) -> u16 {
        reading.check("e", MODIFIED, NOW).err().and_then(|fault| fault.status).unwrap_or(200)
    }

    #[test]
    fn the_table_of_reads_holds() {
        let at = |seconds: i64| Some(Millis(seconds * 1000));
        let none = Reading::default;
        for (expected, reading) in [
            (200, Reading { is: Some("\"e\""), ..none() }),
            (200, Reading { is: Some("e"), ..none() }),
            (200, Reading { is: Some("*"), ..none() }),
            (412, Reading { is: Some("f"), ..none() }),
            (304, Reading { is_not: Some("\"e\""), ..none() }),
            (200, Reading { is_not: Some("\"f\""), ..none() }),
            (412, Reading { unchanged_since: at(9), ..none() }),
            (200, Reading { unchanged_since: at(10), ..none() }),
            (304, Reading { changed_since: at(10), ..none() }),
            (200, Reading { changed_since: at(9), ..none() }),
            (200, Reading { changed_since: at(21), ..none() }),
            (200, Reading { is: Some("e"), unchanged_since: at(9), ..none() }),
            (304, Reading { is_not: Some("e"), changed_since: at(9), ..none() }),
            (200, Reading { is_not: Some("f"), changed_since: at(11), ..none() }),
        ] {
            assert_eq!(status(&reading), expected, "{reading:?}");
        }
    }

    #[test]
    fn writes_take_no_other_conditions_than_s3_has() {
        let code = |is, is_not| Writing { is, is_not }.check("k", None).unwrap_err().code;
        assert_eq!(code(None, Some("etag")), "NotImplemented");
        assert_eq!(code(Some("*"), None), "NotImplemented");
        assert_eq!(code(Some("etag"), None), "NoSuchKey");
        assert_eq!(Writing { is: None, is_not: Some("*") }.check("k", None), Ok(()));
    }
}
