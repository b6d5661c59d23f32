//! The server loop: many connections, none of them for ever.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use base::Result;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::client::Peer;

/// A client that needs longer for its headers is no client of ours.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 100;
const LARGEST_HEAD: usize = 32 * 1024;
/// How long requests under way may go on after the end was asked for.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `shutdown` ends, then lets what is under way finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) -> Result<()> {
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
                drop(tokio::spawn(answer(stream, Peer(address), router.clone(), ended.clone())))
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

async fn answer(stream: TcpStream, peer: Peer, router: Router, mut ended: watch::Receiver<()>) {
    // Small answers must not wait for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_headers(MOST_HEADERS)
        .max_header_size(LARGEST_HEAD);
    let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => done,
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(e) = done {
        tracing::debug!(error = %e, "a connection ended early");
    }
}
