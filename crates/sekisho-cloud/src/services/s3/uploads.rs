//! Uploads that go on: found, asked about, ended.

use super::bodies::drop_all;
use super::state::{Bucket, Object, Part, S3, SumOf, Upload, part_row};
use super::{ask, object_fault, order};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use sekisho_wire::checksum::{Algorithm, Kind};

/// The most parts of an upload. Source: S3 User Guide, "Amazon S3 multipart upload limits".
pub(super) const PARTS_MAX: i64 = 10_000;

/// Which upload a request means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) bucket: &'a str,
    pub(super) key: &'a str,
    pub(super) upload: &'a str,
    pub(super) owner: Option<&'a str>,
}

impl Place<'_> {
    pub(super) fn row(&self) -> String {
        order::row(self.bucket, self.key, self.upload)
    }

    /// The upload.
    ///
    /// # Errors
    /// When it does not go on.
    pub(super) fn upload<'s>(&self, state: &'s S3) -> Result<&'s Upload, Fault> {
        state.uploads.get(&self.row()).ok_or_else(|| object_fault::no_upload(self.upload))
    }

    /// A permission on the object.
    ///
    /// # Errors
    /// When there is no such bucket.
    pub(super) fn asks<'v>(
        &self,
        action: &'static str,
        view: &View<'v, S3>,
    ) -> Result<Vec<Ask<'v>>, Fault> {
        let bucket = ask::bucket(self.bucket, self.owner, view)?;
        Ok(vec![self.ask(action, bucket, view)])
    }

    /// A permission on the object, for which who began the upload needs no more than to write it.
    ///
    /// # Errors
    /// When there is no such bucket.
    pub(super) fn asks_of_initiator<'v>(
        &self,
        action: &'static str,
        view: &View<'v, S3>,
    ) -> Result<Vec<Ask<'v>>, Fault> {
        let bucket = ask::bucket(self.bucket, self.owner, view)?;
        let caller = view.principal().caller.to_string();
        let began = self.upload(view.state()).is_ok_and(|upload| upload.initiator == caller);
        let wanted = self.ask(action, bucket, view);
        let write = self.ask("s3:PutObject", bucket, view);
        let by_default = began && !view.may(&wanted) && !view.forbids(&wanted);
        Ok(vec![if by_default && view.may(&write) { write } else { wanted }])
    }

    fn ask<'v>(&self, action: &'static str, bucket: &Bucket, view: &View<'v, S3>) -> Ask<'v> {
        ask::on_object(action, bucket, self.key, view)
    }
}

/// Refuses what is no part's number.
///
/// # Errors
/// When it is none.
pub(super) fn check_number(number: i64) -> Result<(), Fault> {
    let fits = (1..=PARTS_MAX).contains(&number);
    if fits { Ok(()) } else { Err(object_fault::part_number(number)) }
}

/// Puts a part; one with the same number is gone.
pub(super) fn put_part(upload: &str, part: Part, act: &mut Act<'_, S3>) {
    let row = part_row(upload, part.number);
    let before = act.state().parts.remove(&row);
    let dropped = act.state().release(&before.map(|part| part.pieces).unwrap_or_default());
    drop_all(dropped, act);
    act.state().parts.put(row, part);
}

/// Ends an upload with all its parts.
pub(super) fn end(place: &Place<'_>, act: &mut Act<'_, S3>) {
    let dropped = act.state().abandon_upload(&place.row());
    drop_all(dropped, act);
}

/// Ends an upload whose parts an object now has; those that it did not take go.
pub(super) fn end_with(place: &Place<'_>, object: &Object, act: &mut Act<'_, S3>) {
    let taken: Vec<i64> = object.parts.iter().map(|part| part.number).collect();
    let is_taken = |number| taken.binary_search(&number).is_ok();
    let dropped = act.state().end_upload(&place.row(), is_taken);
    drop_all(dropped, act);
}

impl Upload {
    /// The algorithm of the checksum that it was begun with.
    pub(super) fn algorithm(&self) -> Option<Algorithm> {
        self.sum.as_ref().and_then(|sum| Algorithm::of_name(&sum.algorithm))
    }
}

impl SumOf {
    /// The checksum that an upload is to have.
    ///
    /// # Errors
    /// When there is none of this algorithm and kind.
    pub(super) fn wished(name: Option<&str>, kind: Option<&str>) -> Result<Option<Self>, Fault> {
        use super::fault::invalid_request;
        let Some(name) = name else {
            let text = "The x-amz-checksum-type header can only be used with the \
                        x-amz-checksum-algorithm header.";
            return if kind.is_some() { Err(invalid_request(text)) } else { Ok(None) };
        };
        let algorithm = Algorithm::of_name(name).ok_or_else(|| {
            Fault::not_served(&format!("the checksum algorithm `{name}` is not served"))
        })?;
        let kind = match kind {
            Some("COMPOSITE") => Some(Kind::Composite),
            Some(_) => Some(Kind::FullObject),
            None => algorithm.default_kind(),
        };
        let kind = kind.unwrap_or(Kind::FullObject);
        if !algorithm.allows(kind) {
            let (kind, name) = (kind.name(), name.to_lowercase());
            let text = format!(
                "The {kind} checksum type cannot be used with the {name} checksum algorithm."
            );
            return Err(invalid_request(text));
        }
        let is_composite = kind == Kind::Composite;
        Ok(Some(Self { algorithm: algorithm.name().to_owned(), is_composite }))
    }

    /// `COMPOSITE` or `FULL_OBJECT`.
    pub(super) fn kind(&self) -> &'static str {
        if self.is_composite { "COMPOSITE" } else { "FULL_OBJECT" }
    }
}
