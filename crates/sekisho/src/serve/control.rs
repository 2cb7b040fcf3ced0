//! The owner's own line to a running server: a Unix socket in the data folder, which nobody else can
//! open. `sekisho clock` speaks on it.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};

use super::engine::Engine;

/// The longest line that is taken, in bytes.
const LINE_BYTES_MAX: u64 = 4 * 1024;

/// What the owner wants.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Wish {
    /// Move the engine's clock forward by so many milliseconds; 0: only tell the time.
    AdvanceMs(u64),
}

/// What the server says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The engine's time, in milliseconds since 1970.
    NowMs(i64),
    /// Why not.
    Refused(String),
}

/// The server's end of the line.
pub(super) struct Control {
    listener: UnixListener,
    engine: Arc<Engine>,
}

/// The socket in a data folder.
fn socket(data: &Path) -> PathBuf {
    data.join("control.sock")
}

impl Control {
    pub(super) fn open(data: &Path, engine: Arc<Engine>) -> io::Result<Self> {
        let path = socket(data);
        // Whoever holds the store's lock is the only server here: a socket that is there is dead.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener, engine })
    }

    pub(super) async fn serve(self) {
        while let Ok((stream, _)) = self.listener.accept().await {
            let engine = Arc::clone(&self.engine);
            // A client that goes away early has nothing to be told.
            tokio::spawn(async move { converse(stream, &engine).await });
        }
    }
}

async fn converse(stream: UnixStream, engine: &Engine) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(LINE_BYTES_MAX)).read_line(&mut line).await?;
    let told = match serde_json::from_str(&line) {
        Ok(Wish::AdvanceMs(0)) => Told::NowMs(engine.now_ms()),
        Ok(Wish::AdvanceMs(by)) => {
            let by = i64::try_from(by).unwrap_or(i64::MAX);
            match engine.advance(by).await {
                Ok(now_ms) => Told::NowMs(now_ms),
                Err(failed) => Told::Refused(failed.to_string()),
            }
        }
        Err(error) => Told::Refused(error.to_string()),
    };
    write.write_all(format!("{}\n", serde_json::to_string(&told)?).as_bytes()).await
}

/// Tells a running server a wish.
///
/// # Errors
/// When there is no server, or it does not answer.
pub fn ask(data: &Path, wish: &Wish) -> io::Result<Told> {
    use std::io::{BufRead as _, Write as _};
    let mut stream = std::os::unix::net::UnixStream::connect(socket(data))?;
    stream.write_all(format!("{}\n", serde_json::to_string(wish)?).as_bytes())?;
    let mut line = String::new();
    io::BufReader::new(stream).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}
