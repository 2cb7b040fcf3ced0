//! `DeleteBucket`: one without objects, versions and delete markers. Uploads that go on in it go
//! with it. Source: S3 API Reference, "DeleteBucket" (which speaks of uploads for directory buckets
//! alone).

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use super::{fault, order};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucket`.
#[derive(Debug)]
pub struct DeleteBucket;

impl Operation for DeleteBucket {
    const NAME: &'static str = "s3:DeleteBucket";
    const ASKS: &'static [&'static str] = &["s3:DeleteBucket"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:DeleteBucket", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let s3 = act.read();
        let bucket = s3.bucket(&input.bucket)?;
        if s3.versions.under(&order::under(&bucket.name, "")).next().is_some() {
            return Err(fault::not_empty(bucket));
        }
        let s3 = act.state();
        let dropped = s3.abandon_uploads(&input.bucket);
        s3.remove_bucket(&input.bucket);
        dropped.into_iter().for_each(|body| act.drop_body(body));
        Ok(Nothing {})
    }
}

#[cfg(test)]
mod tests {
    use super::super::order::row;
    use super::super::state::{About, Bucket, Envelope, Part, Upload, Versioning, part_row};
    use super::super::testing::{Rig, bucket};
    use super::*;
    use crate::dice::Dice;

    const OWNER: &str = "111111111111";

    #[test]
    fn a_bucket_with_a_delete_marker_stays() {
        let mut rig = Rig::new();
        let bucket = Bucket { versioning: Versioning::Enabled, ..bucket() };
        rig.state().add_bucket(bucket);
        let mut dice = Dice::new(&[0; 32]);
        rig.state().write_version(("b-1", "a"), None, 0, &mut dice);
        let text = "The bucket you tried to delete is not empty. You must delete all versions in \
                    the bucket.";
        let fault = rig.refusal::<DeleteBucket>(OWNER).unwrap();
        assert_eq!((fault.code, fault.message.as_deref()), ("BucketNotEmpty", Some(text)));
        let id = rig.state().newest("b-1", "a").unwrap().id.clone();
        rig.state().drop_version("b-1", "a", &id);
        assert_eq!(rig.refusal::<DeleteBucket>(OWNER), None);
        assert!(rig.state().buckets.is_empty() && rig.state().owned.is_empty());
    }

    #[test]
    fn what_stands_in_a_bucket_with_a_longer_name_is_not_its_own() {
        let mut rig = Rig::new();
        rig.state().add_bucket(bucket());
        rig.state().write_version(("b-12", "a"), None, 0, &mut Dice::new(&[0; 32]));
        assert_eq!(rig.refusal::<DeleteBucket>(OWNER), None);
    }

    #[test]
    fn uploads_go_with_their_bucket() {
        let mut rig = Rig::new();
        rig.state().add_bucket(bucket());
        for (bucket, id) in [("b-1", "U1"), ("b-12", "U2")] {
            let upload = Upload {
                id: id.to_owned(),
                initiated_ms: 0,
                initiator: String::new(),
                about: About::default(),
                envelope: Envelope::Ours,
                sum: None,
                found: None,
            };
            let part = Part {
                number: 1,
                size: 0,
                etag: String::new(),
                sum: (String::new(), String::new()),
                modified_ms: 0,
                pieces: Vec::new(),
            };
            rig.state().uploads.put(row(bucket, "a", id), upload);
            rig.state().parts.put(part_row(id, 1), part);
        }
        assert_eq!(rig.refusal::<DeleteBucket>(OWNER), None);
        let left: Vec<_> = rig.state().parts.iter().map(|(row, _)| row.to_owned()).collect();
        assert_eq!(left, [part_row("U2", 1)]);
        assert_eq!(rig.state().uploads.len(), 1);
    }
}
