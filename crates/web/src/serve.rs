//! The server loop: many connections, none of them for ever.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use base::Result;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::client::Peer;
use crate::handshake::{Agreed, Gate, Stream};

/// A client that needs longer for its headers is no client of ours.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 100;
const LARGEST_HEAD: usize = 32 * 1024;
/// Requests that one connection of HTTP/2 may have under way.
const MOST_AT_ONCE: u32 = 128;
/// What is kept for each of them while its reader is slow.
const HELD_EACH: usize = 64 * 1024;
/// Whoever does not answer a ping of HTTP/2 so soon is gone.
const PING_EVERY: Duration = Duration::from_secs(30);
const PONG_WITHIN: Duration = Duration::from_secs(20);
/// How long requests under way may go on after the end was asked for.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `shutdown` ends, then lets what is under way finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) -> Result<()> {
    accept(listener, None, router, shutdown).await
}

/// The same over TLS. Which certificate is shown, and whether HTTP/2 is offered, stands in `tls`.
pub async fn serve_tls(
    listener: TcpListener,
    tls: Arc<ServerConfig>,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> Result<()> {
    accept(listener, Some(Gate::new(tls)), router, shutdown).await
}

async fn accept(
    listener: TcpListener,
    gate: Option<Gate>,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> Result<()> {
    // Each connection holds a receiver: they hear of the end, and are gone when none is left.
    let (end, ended) = watch::channel(());
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let peer = Peer { address, secure: gate.is_some() };
                let service = Service { router: router.clone(), peer, ended: ended.clone() };
                drop(tokio::spawn(begin(stream, gate.clone(), service)));
            }
            // Out of files, or the client is gone already: neither ends the server.
            Err(e) => {
                tracing::warn!(error = %e, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop((listener, ended));
    let _ = end.send(());
    if tokio::time::timeout(FAREWELL, end.closed()).await.is_err() {
        tracing::info!("some connections were still open at the end");
    }
    Ok(())
}

/// What answers the requests of one connection.
struct Service {
    router: Router,
    peer: Peer,
    ended: watch::Receiver<()>,
}

async fn begin(stream: TcpStream, gate: Option<Gate>, mut service: Service) {
    // Small answers must not wait for more.
    let _ = stream.set_nodelay(true);
    let Some(gate) = gate else { return service.http1(stream).await };
    let shaken = tokio::select! {
        shaken = gate.shake(stream, service.peer.address.ip()) => shaken,
        _ = service.ended.changed() => return,
    };
    match shaken {
        Ok(Agreed::Http1(stream)) => service.http1(stream).await,
        Ok(Agreed::Http2(stream)) => service.http2(stream).await,
        Err(e) => tracing::debug!(error = %e, "an encrypted connection did not come about"),
    }
}

/// Drives a connection to its end, or from the server's end on to the end of what is under way.
macro_rules! drive {
    ($connection:expr, $ended:expr) => {{
        let connection = $connection;
        tokio::pin!(connection);
        let done = tokio::select! {
            done = connection.as_mut() => done,
            _ = $ended.changed() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(e) = done {
            tracing::debug!(error = %e, "a connection ended early");
        }
    }};
}

impl Service {
    async fn http1(self, stream: impl Stream + 'static) {
        let Service { router, peer, mut ended } = self;
        let service = service_fn(move |request| router.clone().oneshot(with_peer(request, peer)));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADERS_WITHIN)
            .max_headers(MOST_HEADERS)
            .max_header_size(LARGEST_HEAD);
        drive!(http.serve_connection(TokioIo::new(stream), service).with_upgrades(), ended);
    }

    async fn http2(self, stream: impl Stream + 'static) {
        let Service { router, peer, mut ended } = self;
        let service = service_fn(move |request| router.clone().oneshot(with_peer(request, peer)));
        let mut http = http2::Builder::new(TokioExecutor::new());
        http.timer(TokioTimer::new())
            .max_concurrent_streams(MOST_AT_ONCE)
            .max_header_list_size(LARGEST_HEAD as u32)
            .max_send_buf_size(HELD_EACH)
            .keep_alive_interval(PING_EVERY)
            .keep_alive_timeout(PONG_WITHIN);
        drive!(http.serve_connection(TokioIo::new(stream), service), ended);
    }
}

fn with_peer(request: hyper::Request<Incoming>, peer: Peer) -> Request {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    request
}
