//! Sockets: connections are taken one by one, up to a bound, and let go when the server ends.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::door::{Connection, Door};

/// Connections that are open at once; others wait in the system's queue.
const CONNECTIONS_MAX: usize = 512;

/// The longest head of a request, in bytes: AWS's limit for presigned URLs and headers is 8 KiB each;
/// session tokens may be long.
const HEAD_BYTES_MAX: usize = 128 * 1024;

/// The longest that a client may take for a head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(20);

/// The longest that requests in progress are waited for at the end.
const END_TIME_MAX: Duration = Duration::from_secs(10);

/// Serves until `ended` does.
pub(super) async fn serve(listener: TcpListener, door: Arc<Door>, ended: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::pin!(ended);
    loop {
        // Nobody closes the semaphore, so there is always a place in the end.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: others will be closed.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (door, watcher) = (Arc::clone(&door), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            let _ = connection(stream, peer, door, watcher).await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(END_TIME_MAX, graceful.shutdown()).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    door: Arc<Door>,
    watcher: hyper_util::server::graceful::Watcher,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    converse(stream, Connection { peer, tls: None }, door, watcher).await;
    Ok(())
}

async fn converse<S>(
    stream: S,
    connection: Connection,
    door: Arc<Door>,
    watcher: hyper_util::server::graceful::Watcher,
) where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| {
        let (door, connection) = (Arc::clone(&door), connection.clone());
        async move { Ok::<_, Infallible>(door.answer(&connection, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME_MAX).max_buf_size(HEAD_BYTES_MAX);
    let talk = http.serve_connection(TokioIo::new(stream), service);
    // How a connection ends is the client's affair.
    let _ = watcher.watch(talk).await;
}
