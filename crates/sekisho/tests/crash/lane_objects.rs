//! A client's objects: small and large ones, versions, uploads in parts, copies, deletions.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::client::{Client, Reply, Trouble};
use crate::content::Content;
use crate::known::Known;
use crate::lane::Maker;
use crate::random::Random;

/// Keys in each bucket: few, so that they are overwritten all the time.
pub(crate) const KEYS: u64 = 5;
/// The shortest part that is not the last. Source: S3 User Guide, "Amazon S3 multipart upload limits".
const PART_BYTES: usize = 5 * 1024 * 1024;
/// Versions of a lane; when there are more, old ones are deleted.
const VERSIONS_MAX: usize = 12;
/// Uploads that are left open.
const UPLOADS_MAX: usize = 3;

/// The objects of one client.
pub(crate) struct Objects {
    plain: String,
    versioned: String,
    /// What `GetObject` answers, by path.
    current: BTreeMap<String, Known<Content>>,
    /// Versions whose ids were told, by path and id.
    versions: BTreeMap<(String, String), Known<Content>>,
    /// Uploads left open: path, id, and the entity tags of their parts.
    uploads: Vec<(String, String, Vec<String>)>,
}

/// The buckets of a lane: without and with versions.
pub(crate) fn buckets(lane: u64) -> [String; 2] {
    [format!("crash-{lane}"), format!("crash-{lane}-versions")]
}

impl Objects {
    pub(crate) fn new(lane: u64) -> Self {
        let [plain, versioned] = buckets(lane);
        let paths = [&plain, &versioned].into_iter().flat_map(|bucket| {
            (0..KEYS).map(move |key| (format!("/{bucket}/key-{key}"), Known::default()))
        });
        let current = paths.collect();
        Self { plain, versioned, current, versions: BTreeMap::new(), uploads: Vec::new() }
    }

    pub(crate) fn furnish(&self, client: &mut Client) -> Result<(), Trouble> {
        for bucket in [&self.plain, &self.versioned] {
            let made = client.s3("PUT", &format!("/{bucket}"), b"")?;
            if ![200, 409].contains(&made.status) {
                return Err(made.wrong("CreateBucket"));
            }
        }
        let on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        let path = format!("/{}?versioning=", self.versioned);
        client.s3("PUT", &path, on.as_bytes())?.must_be(200, "PutBucketVersioning")?;
        Ok(())
    }

    pub(crate) fn check(
        &mut self,
        client: &mut Client,
        random: &mut Random,
        all: bool,
    ) -> Result<(), Trouble> {
        for (path, known) in &mut self.current {
            if all || !known.is_settled() || random.once_in(3) {
                known.found(path, read(client, path)?)?;
            }
        }
        for ((path, id), known) in &mut self.versions {
            if all || !known.is_settled() || random.once_in(6) {
                let path = format!("{path}?versionId={id}");
                known.found(&path, read(client, &path)?)?;
            }
        }
        self.versions.retain(|_, known| known.told().is_some());
        for (path, id, tags) in &self.uploads {
            let listed = client.s3("GET", &format!("{path}?uploadId={id}"), b"")?;
            let listed = listed.must_be(200, "ListParts")?;
            let text = String::from_utf8_lossy(&listed.body).replace("&quot;", "\"");
            if let Some(lost) = tags.iter().find(|tag| !text.contains(tag.as_str())) {
                return Err(Trouble::Wrong(format!("the part {lost} of {path} is lost: {text}")));
            }
        }
        Ok(())
    }

    pub(crate) fn write(
        &mut self,
        client: &mut Client,
        random: &mut Random,
        maker: &mut Maker,
    ) -> Result<(), Trouble> {
        let bucket = if random.once_in(3) { &self.versioned } else { &self.plain };
        let path = format!("/{bucket}/key-{}", random.below(KEYS));
        match random.below(20) {
            0..=6 => self.put(client, &path, maker.content(random.len(0..20_000)), None),
            7..=10 => self.put(client, &path, maker.content(random.len(33_000..700_000)), None),
            11 => {
                let pause = Duration::from_millis(random.below(8));
                self.put(client, &path, maker.content(random.len(100_000..2_000_000)), Some(pause))
            }
            12..=14 => self.delete(client, &path),
            15 | 16 => {
                let from = format!("/{}/key-{}", self.plain, random.below(KEYS));
                self.copy(client, &from, &path)
            }
            17 => self.delete_version(client, random),
            _ => self.upload(client, &path, random, maker),
        }
    }

    fn put(
        &mut self,
        client: &mut Client,
        path: &str,
        content: Content,
        pause: Option<Duration>,
    ) -> Result<(), Trouble> {
        self.known(path).ask(Some(content));
        let reply = match pause {
            Some(pause) => client.slow_put(path, &content.bytes(), pause)?,
            None => client.s3("PUT", path, &content.bytes())?,
        };
        self.written(path, content, &reply.must_be(200, "PutObject")?);
        Ok(())
    }

    fn delete(&mut self, client: &mut Client, path: &str) -> Result<(), Trouble> {
        self.known(path).ask(None);
        client.s3("DELETE", path, b"")?.must_be(204, "DeleteObject")?;
        self.known(path).done();
        Ok(())
    }

    fn copy(&mut self, client: &mut Client, from: &str, to: &str) -> Result<(), Trouble> {
        let Some(content) = self.known(from).told().copied() else { return Ok(()) };
        if from == to {
            return Ok(());
        }
        self.known(to).ask(Some(content));
        let reply = client.s3_with("PUT", to, &[("x-amz-copy-source", from)], b"")?;
        self.written(to, content, &reply.must_be(200, "CopyObject")?);
        Ok(())
    }

    /// Deletes a version that is not its key's newest, once there are enough.
    fn delete_version(&mut self, client: &mut Client, random: &mut Random) -> Result<(), Trouble> {
        let newest: Vec<_> =
            self.current.values().filter_map(|known| known.told().copied()).collect();
        let old = |known: &&mut Known<Content>| !newest.iter().any(|one| Some(one) == known.told());
        let mut old: Vec<_> = self
            .versions
            .iter_mut()
            .filter_map(|(place, known)| Some((place, Some(known).filter(old)?)))
            .collect();
        if old.len() < VERSIONS_MAX {
            return Ok(());
        }
        let ((path, id), known) = old.swap_remove(random.len(0..old.len()));
        known.ask(None);
        let reply = client.s3("DELETE", &format!("{path}?versionId={id}"), b"")?;
        reply.must_be(204, "DeleteObject of a version")?;
        known.done();
        self.versions.retain(|_, known| known.told().is_some());
        Ok(())
    }

    /// An upload in one part or two, which may be left open.
    fn upload(
        &mut self,
        client: &mut Client,
        path: &str,
        random: &mut Random,
        maker: &mut Maker,
    ) -> Result<(), Trouble> {
        let begun = client.s3("POST", &format!("{path}?uploads="), b"")?;
        let id = begun.must_be(200, "CreateMultipartUpload")?.element("UploadId");
        let first = if random.once_in(8) { PART_BYTES } else { 0 };
        let content = maker.content(first + random.len(100..200_000));
        let bytes = content.bytes();
        let (one, two) = bytes.split_at(first);
        let mut tags = Vec::new();
        for part in [one, two].into_iter().filter(|part| !part.is_empty()) {
            let path = format!("{path}?partNumber={}&uploadId={id}", tags.len() + 1);
            let reply = client.s3("PUT", &path, part)?.must_be(200, "UploadPart")?;
            tags.push(reply.header("etag"));
        }
        if random.once_in(4) {
            if self.uploads.len() < UPLOADS_MAX {
                self.uploads.push((path.to_owned(), id, tags));
                return Ok(());
            }
            return self.abort(client, random);
        }
        self.complete(client, (path, &id), content, &tags)
    }

    fn complete(
        &mut self,
        client: &mut Client,
        (path, id): (&str, &str),
        content: Content,
        tags: &[String],
    ) -> Result<(), Trouble> {
        let part = |(place, tag): (usize, &String)| {
            format!("<Part><PartNumber>{}</PartNumber><ETag>{tag}</ETag></Part>", place + 1)
        };
        let parts: String = tags.iter().enumerate().map(part).collect();
        let list = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        self.known(path).ask(Some(content));
        let reply = client.s3("POST", &format!("{path}?uploadId={id}"), list.as_bytes())?;
        self.written(path, content, &reply.must_be(200, "CompleteMultipartUpload")?);
        Ok(())
    }

    fn abort(&mut self, client: &mut Client, random: &mut Random) -> Result<(), Trouble> {
        // Whether it is ended when nobody says so, nobody needs to know.
        let (path, id, _) = self.uploads.swap_remove(random.len(0..self.uploads.len()));
        let reply = client.s3("DELETE", &format!("{path}?uploadId={id}"), b"")?;
        reply.must_be(204, "AbortMultipartUpload")?;
        Ok(())
    }

    fn known(&mut self, path: &str) -> &mut Known<Content> {
        self.current.get_mut(path).unwrap()
    }

    fn written(&mut self, path: &str, content: Content, reply: &Reply) {
        self.known(path).done();
        let id = reply.header("x-amz-version-id");
        if !id.is_empty() {
            self.versions.insert((path.to_owned(), id), Known::is(content));
        }
    }
}

/// Reads an object, which must be a whole content or not there.
pub(crate) fn read(client: &mut Client, path: &str) -> Result<Option<Content>, Trouble> {
    let reply = client.s3("GET", path, b"")?;
    match reply.status {
        200 => {
            let read = Content::read(&reply.body);
            read.map(Some).map_err(|torn| Trouble::Wrong(format!("{path}: {torn}")))
        }
        404 => Ok(None),
        _ => Err(reply.wrong(path)),
    }
}
