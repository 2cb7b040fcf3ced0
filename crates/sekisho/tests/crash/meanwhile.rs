//! What clients do to each other while the server runs: nothing is left of who goes away, and nobody
//! is cut off by who writes.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::content::Content;
use crate::disk;
use crate::rounds::Folder;
use crate::server::{self, Server};

/// The shortest part that is not the last.
const PART: usize = 5 * 1024 * 1024;

fn begin(folder: &Folder) -> (Server, Client) {
    let server = Server::start(&folder.0);
    let client = Client::new(server.address, &server::keys(&folder.0)[0].1);
    (server, client)
}

/// Files are removed a moment after it is known that they may.
fn wait_for_files(data: &Path, count: usize) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let files = disk::files(&data.join("objects"));
        if files.len() == count {
            return;
        }
        assert!(Instant::now() < until, "there should be {count} files: {files:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_body_that_comes_to_nothing_leaves_no_file() {
    let folder = Folder::new("meanwhile");
    let (server, mut client) = begin(&folder);
    client.s3("PUT", "/bucket", b"").unwrap().must_be(200, "CreateBucket").unwrap();
    let content = Content { number: 1, len: 1_000_000 };
    client.cut_put("/bucket/key", &content.bytes());
    wait_for_files(&folder.0, 0);
    let wrong = [("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==")];
    let refused = client.s3_with("PUT", "/bucket/key", &wrong, &content.bytes()).unwrap();
    assert_eq!((refused.status, refused.element("Code").as_str()), (400, "BadDigest"));
    wait_for_files(&folder.0, 0);
    for number in 2..5 {
        let content = Content { number, len: 1_000_000 };
        let put = client.s3("PUT", "/bucket/key", &content.bytes()).unwrap();
        put.must_be(200, "PutObject").unwrap();
    }
    wait_for_files(&folder.0, 1);
    server.terminate();
}

#[test]
fn a_reply_comes_whole_although_its_object_is_overwritten() {
    let folder = Folder::new("overwritten");
    let (server, mut client) = begin(&folder);
    client.s3("PUT", "/bucket", b"").unwrap().must_be(200, "CreateBucket").unwrap();
    let content = Content { number: 1, len: 5 * PART };
    let begun = client.s3("POST", "/bucket/key?uploads=", b"").unwrap();
    let id = begun.must_be(200, "CreateMultipartUpload").unwrap().element("UploadId");
    let mut parts = String::new();
    for (number, part) in (1..).zip(content.bytes().chunks(PART)) {
        let path = format!("/bucket/key?partNumber={number}&uploadId={id}");
        let tag = client.s3("PUT", &path, part).unwrap().header("etag");
        parts += &format!("<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>");
    }
    let list = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
    let done = client.s3("POST", &format!("/bucket/key?uploadId={id}"), list.as_bytes()).unwrap();
    done.must_be(200, "CompleteMultipartUpload").unwrap();
    let other = Content { number: 2, len: 100 };
    let mut writer = Client::new(server.address, &server::keys(&folder.0)[0].1);
    let mut overwrite = || {
        let put = writer.s3("PUT", "/bucket/key", &other.bytes()).unwrap();
        put.must_be(200, "PutObject").unwrap();
        std::thread::sleep(Duration::from_millis(200));
    };
    let read = client.get_late("/bucket/key", &mut overwrite).unwrap();
    assert_eq!(Content::read(&read.body), Ok(content));
    // Only then the old one goes.
    wait_for_files(&folder.0, 0);
    let read = client.s3("GET", "/bucket/key", b"").unwrap();
    assert_eq!(Content::read(&read.body), Ok(other));
    server.terminate();
}
