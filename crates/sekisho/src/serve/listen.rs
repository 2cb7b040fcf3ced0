//! Sockets: connections are taken one by one, up to a bound, and let go when the server ends.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answer;
use super::caught::caught;
use super::door::{Connection, Door};
use super::tls::Tls;

/// Connections that are open at once; others wait in the system's queue.
pub(super) const CONNECTIONS_MAX: usize = 512;

/// The longest head of a request, in bytes: AWS's limit for presigned URLs and headers is 8 KiB each;
/// session tokens may be long. With it the bytes of a connection that nobody has asked for yet are
/// bounded.
const HEAD_BYTES_MAX: usize = 128 * 1024;

/// Serves until `ended` does.
pub(super) async fn serve(
    listener: TcpListener,
    door: Arc<Door>,
    tls: Option<Tls>,
    ended: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::pin!(ended);
    loop {
        // Nobody closes the semaphore, so there is always a place in the end.
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            () = &mut ended => break,
        };
        let Ok(place) = place else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: others will be closed.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (door, tls, watcher) = (Arc::clone(&door), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            let _ = connection(stream, peer, door, tls, watcher).await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(door.patience.end, graceful.shutdown()).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    door: Arc<Door>,
    tls: Option<Tls>,
    watcher: Watcher,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match tls {
        None => converse(stream, Connection { peer, tls: None }, door, watcher).await,
        Some(tls) => {
            let (stream, details) = tls.accept(stream, door.patience.handshake).await?;
            converse(stream, Connection { peer, tls: Some(details) }, door, watcher).await;
        }
    }
    Ok(())
}

async fn converse<S>(stream: S, connection: Connection, door: Arc<Door>, watcher: Watcher)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let head_time = door.patience.head;
    let service = service_fn(move |request| {
        let (door, connection) = (Arc::clone(&door), connection.clone());
        async move {
            let answered = caught(door.answer(&connection, request)).await;
            let failed = || {
                let why = "the server has failed on this request; why, it says on standard error\n";
                answer::status(StatusCode::INTERNAL_SERVER_ERROR, why)
            };
            Ok::<_, Infallible>(answered.unwrap_or_else(failed))
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_buf_size(HEAD_BYTES_MAX)
        // Who has said all may close its side, and is answered all the same.
        .half_close(true);
    let talk = http.serve_connection(TokioIo::new(stream), service);
    // How a connection ends is the client's affair.
    let _ = watcher.watch(talk).await;
}
