//! The versions of a key: found, written, deleted.

use super::{Object, Piece, S3, Version, Versioning};
use crate::dice::Dice;
use crate::services::s3::order;
use crate::writes::BodyId;

/// What became of a key that was written or deleted.
#[derive(Debug)]
pub(crate) struct Written {
    /// The id as S3 shows it; `None` in a bucket that never kept versions.
    pub(crate) shown_id: Option<String>,
    /// Bodies that no row names any more.
    pub(crate) dropped: Vec<BodyId>,
}

impl S3 {
    /// The newest version of a key, delete markers too.
    pub(crate) fn newest(&self, bucket: &str, key: &str) -> Option<&Version> {
        self.versions.under(&order::of_key(bucket, key)).next().map(|(_, version)| version)
    }

    /// The newest version of a key, if it is an object.
    pub(crate) fn current(&self, bucket: &str, key: &str) -> Option<&Version> {
        self.newest(bucket, key).filter(|version| version.object.is_some())
    }

    /// The version of a key with an id as S3 shows it.
    pub(crate) fn version(&self, bucket: &str, key: &str, id: &str) -> Option<&Version> {
        if id == "null" {
            return self.null_version(bucket, key);
        }
        let version = self.versions.get(&order::row(bucket, key, id))?;
        (!version.null).then_some(version)
    }

    fn null_version(&self, bucket: &str, key: &str) -> Option<&Version> {
        let mut versions = self.versions.under(&order::of_key(bucket, key));
        versions.find(|(_, version)| version.null).map(|(_, version)| version)
    }

    /// Writes a version of a key (`None`: a delete marker). Where the bucket keeps no versions now, it
    /// takes the place of the null version.
    pub(crate) fn write_version(
        &mut self,
        place: (&str, &str),
        object: Option<Object>,
        now_ms: i64,
        dice: &mut Dice,
    ) -> Written {
        let (bucket, key) = place;
        let versioning = self.buckets.get(bucket).map_or(Versioning::Off, |one| one.versioning);
        let null = versioning != Versioning::Enabled;
        let newest = self.newest(bucket, key).map(|version| version.id.clone());
        let dropped = if null { self.drop_null(bucket, key) } else { Vec::new() };
        let id = order::version_id(now_ms, newest.as_deref(), dice);
        let version = Version { id, null, modified_ms: now_ms, object };
        let shown_id = (versioning != Versioning::Off).then(|| version.shown_id().to_owned());
        self.versions.put(order::row(bucket, key, &version.id), version);
        Written { shown_id, dropped }
    }

    /// Takes the null version away, if there is one.
    pub(crate) fn drop_null(&mut self, bucket: &str, key: &str) -> Vec<BodyId> {
        let id = self.null_version(bucket, key).map(|version| version.id.clone());
        id.map(|id| self.drop_version(bucket, key, &id)).unwrap_or_default()
    }

    /// Takes a version away; `id` is that of its row.
    pub(crate) fn drop_version(&mut self, bucket: &str, key: &str, id: &str) -> Vec<BodyId> {
        let version = self.versions.remove(&order::row(bucket, key, id));
        let pieces = version.and_then(|version| version.object).map(|object| object.pieces);
        self.release(&pieces.unwrap_or_default())
    }

    /// The bodies that rows name: of versions, and of parts of uploads that go on.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = BodyId> {
        let objects = self.versions.iter().filter_map(|(_, version)| version.object());
        let of_objects = objects.flat_map(|object| &object.pieces);
        let of_parts = self.parts.iter().flat_map(|(_, part)| &part.pieces);
        of_objects.chain(of_parts).map(|piece| piece.body)
    }

    /// Takes note that another row names these bodies.
    pub(crate) fn share(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            let name = hex::encode(piece.body.0);
            let others = self.shared.get(&name).copied().unwrap_or_default();
            self.shared.put(name, others + 1);
        }
    }

    /// Takes note that a row no longer names these bodies; what is given back no row names.
    pub(crate) fn release(&mut self, pieces: &[Piece]) -> Vec<BodyId> {
        pieces.iter().filter(|piece| self.is_last(piece.body)).map(|piece| piece.body).collect()
    }

    /// Whether a name of a body that goes is its last.
    fn is_last(&mut self, body: BodyId) -> bool {
        let name = hex::encode(body.0);
        match self.shared.get(&name).copied() {
            None => return true,
            Some(0 | 1) => drop(self.shared.remove(&name)),
            Some(others) => self.shared.put(name, others - 1),
        }
        false
    }
}
