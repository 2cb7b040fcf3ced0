//! A real server on a port of its own, and clients that sign, or lie about it.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

use http::request::Parts;
use sekisho::serve::{Patience, Server, Settings};
use sekisho_wire::sigv4::{AmzDate, Chain, Credential, Dialect, Signer, sha256_hex};
use tokio::sync::oneshot;

use crate::wire::{Reply, Wire};

/// The bucket of every rig.
pub(crate) const BUCKET: &str = "door";

/// A folder of one test's own, gone with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sekisho-door-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running server.
pub(crate) struct Rig {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    key: (String, String),
    pub(crate) folder: Arc<Folder>,
}

/// What a server is told, but for its folder.
pub(crate) fn settings(data: &Path) -> Settings {
    Settings {
        data: data.to_owned(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        region: "us-east-1".to_owned(),
        accounts: vec!["tools=111111111111".parse().unwrap()],
        tells: false,
        tls: false,
        patience: Patience::default(),
    }
}

impl Rig {
    /// A server with a bucket.
    pub(crate) fn start() -> Self {
        Self::with(|_| ())
    }

    /// A server with a bucket, and other settings.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let rig = Self::bare(change);
        let made = rig.ask(&rig.call("s3", "PUT", &format!("/{BUCKET}")));
        assert_eq!(made.status, 200, "{}", made.text());
        rig
    }

    /// A server with nothing in it.
    pub(crate) fn bare(change: impl FnOnce(&mut Settings)) -> Self {
        Self::again(Arc::new(Folder::new()), change)
    }

    /// A server on a folder that another one had.
    pub(crate) fn again(folder: Arc<Folder>, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings(&folder.0);
        change(&mut settings);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread();
            let runtime = { runtime }.worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let server = Server::begin(&settings).await.unwrap();
                tell.send(server.address).unwrap();
                server.serve(async { drop(stopped.await) }).await;
            });
        });
        let address = told.recv().unwrap();
        let key = key_of(&folder.0, "tools");
        Self { address, stop: Some(stop), thread: Some(thread), key, folder }
    }

    /// A request to a service, to be signed by the administrator.
    pub(crate) fn call(&self, service: &str, method: &str, target: &str) -> Call {
        let (id, secret) = self.key.clone();
        Call::new(self.address, id, secret, service, method, target)
    }

    /// A call of the query protocol.
    pub(crate) fn query(&self, service: &str, form: &str) -> Call {
        let call = self.call(service, "POST", "/").body(form.as_bytes());
        call.header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
    }

    /// A call of the JSON protocol.
    pub(crate) fn json(&self, service: &str, target: &str, body: impl AsRef<[u8]>) -> Call {
        let call = self.call(service, "POST", "/").body(body.as_ref());
        call.header("x-amz-target", target).header("content-type", "application/x-amz-json-1.1")
    }

    /// Sends a request and takes the reply.
    pub(crate) fn ask(&self, call: &Call) -> Reply {
        self.ask_raw(&call.bytes())
    }

    /// Sends bytes and takes a reply.
    pub(crate) fn ask_raw(&self, bytes: &[u8]) -> Reply {
        let mut wire = Wire::to(self.address);
        wire.send(bytes);
        wire.reply()
    }

    /// Puts an object.
    pub(crate) fn put(&self, key: &str, body: &[u8]) -> Reply {
        self.ask(&self.call("s3", "PUT", &format!("/{BUCKET}/{key}")).body(body))
    }

    /// What a refused request must not change: the objects that are listed, and the files of bodies.
    pub(crate) fn state(&self) -> (String, BTreeSet<PathBuf>) {
        let target = format!("/{BUCKET}?list-type=2&max-keys=1000");
        let listed = self.ask(&self.call("s3", "GET", &target));
        assert_eq!(listed.status, 200, "the server goes on: {}", listed.text());
        let uploads = self.ask(&self.call("s3", "GET", &format!("/{BUCKET}?uploads")));
        (listed.text() + &uploads.text(), files(&self.folder.0.join("objects")))
    }

    /// Holds that a server is as it was. Files go a moment after the refusal.
    pub(crate) fn assert_unchanged(&self, before: &(String, BTreeSet<PathBuf>), by: &str) {
        let deadline = SystemTime::now() + std::time::Duration::from_secs(5);
        loop {
            let after = self.state();
            if after == *before {
                return;
            }
            assert!(SystemTime::now() < deadline, "{by} left {after:?} of {before:?}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking(), "the server panicked");
    }
}

/// The access key of an administrator, as the files for clients tell it.
pub(crate) fn key_of(data: &Path, profile: &str) -> (String, String) {
    let text = fs::read_to_string(data.join("aws/credentials")).unwrap();
    let section = text.split('[').find(|part| part.starts_with(&format!("{profile}]"))).unwrap();
    let value = |name: &str| {
        let line = section.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(" = ").to_owned()
    };
    (value("aws_access_key_id"), value("aws_secret_access_key"))
}

/// All files under a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { [path].into() }).collect()
}

/// The machine's time, in milliseconds.
pub(crate) fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// A request that will be signed, with what a liar changes before or after that.
#[derive(Clone)]
pub(crate) struct Call {
    host: String,
    method: String,
    target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) service: String,
    pub(crate) region: String,
    pub(crate) date_ms: i64,
    /// What is signed for the body, where it is not its hash.
    pub(crate) payload: Option<String>,
    /// What `Content-Length` says, where it is not the truth; empty: nothing.
    pub(crate) length: Option<String>,
    dialect: Dialect,
}

impl Call {
    fn new(
        address: SocketAddr,
        id: String,
        secret: String,
        service: &str,
        method: &str,
        target: &str,
    ) -> Self {
        let dialect = match service {
            "s3" => Dialect::S3,
            "sts" | "iam" => Dialect::Query,
            _ => Dialect::Json,
        };
        Self {
            host: address.to_string(),
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            id,
            secret,
            service: service.to_owned(),
            region: "us-east-1".to_owned(),
            date_ms: now_ms(),
            payload: None,
            length: None,
            dialect,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub(crate) fn payload(mut self, payload: &str) -> Self {
        self.payload = Some(payload.to_owned());
        self
    }

    pub(crate) fn length(mut self, length: &str) -> Self {
        self.length = Some(length.to_owned());
        self
    }

    /// Changes what is signed with.
    pub(crate) fn but(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The signed head, and from where the signatures of chunks go on.
    fn signed(&self) -> (Parts, Chain) {
        let request = http::Request::builder().method(&*self.method).uri(&*self.target);
        let headers = self.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        let request = headers.fold(request.header("host", &self.host), |request, (name, value)| {
            request.header(name, value)
        });
        let mut head = request.body(()).unwrap().into_parts().0;
        let date = AmzDate::at(self.date_ms).unwrap();
        let scope = Credential::new(&self.id, date.day(), &self.region, &self.service);
        let signer = Signer::new(&self.secret, scope, self.dialect);
        let payload = self.payload.clone().unwrap_or_else(|| sha256_hex(&self.body));
        let signature = signer.sign(&mut head, &date, &payload).unwrap();
        (head, signature.chain)
    }

    /// The bytes of the head.
    pub(crate) fn head(&self) -> Vec<u8> {
        let (head, _) = self.signed();
        self.write_head(&head)
    }

    fn write_head(&self, head: &Parts) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &head.headers {
            text.extend_from_slice(name.as_str().as_bytes());
            text.extend_from_slice(b": ");
            text.extend_from_slice(value.as_bytes());
            text.extend_from_slice(b"\r\n");
        }
        let length = self.length.clone().unwrap_or_else(|| self.body.len().to_string());
        if !length.is_empty() {
            text.extend_from_slice(format!("content-length: {length}\r\n").as_bytes());
        }
        text.extend_from_slice(b"\r\n");
        text
    }

    /// All bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.head(), self.body.clone()].concat()
    }

    /// All bytes, the body made once the head is signed: chunks hang on its signature.
    pub(crate) fn bytes_with(&self, body: impl FnOnce(Chain) -> Vec<u8>) -> Vec<u8> {
        let (head, chain) = self.signed();
        let body = body(chain);
        let told = Self { length: Some(body.len().to_string()), ..self.clone() };
        [told.write_head(&head), body].concat()
    }
}
