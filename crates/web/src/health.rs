//! What machines ask: alive, ready, how it goes.

use std::fmt::Write;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::error::{forbidden, unavailable};
use journal::lease::{self, MOST_SKEW_MILLIS};

use crate::client::Client;
use crate::failure::Result;
use crate::house::House;
use crate::request::At;

/// The process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The databases answer, the clocks agree, the node number is ours.
pub(crate) async fn readyz(State(house): State<House>) -> Result<&'static str> {
    if !house.node_held() {
        return Err(unavailable("node_lost", "Another process took over the number of this node.").into());
    }
    for workspace in house.workspaces() {
        let skew = lease::skew(&workspace.db, &workspace.clock).await?.unwrap_or(0);
        if skew.abs() > MOST_SKEW_MILLIS {
            let message = format!("The clock differs from the database's by {skew} ms.");
            return Err(unavailable("clock_skew", message).into());
        }
        workspace.last_seq().await?;
    }
    Ok("ready\n")
}

/// Numbers for Prometheus, for this machine itself and for tokens that may read them.
pub(crate) async fn metrics(State(house): State<House>, request: Request) -> Result<Response> {
    let (mut parts, _) = request.into_parts();
    // A proxy on this machine forwards for others: then only a token opens.
    let near = parts.extensions.get::<Client>().is_some_and(|c| c.ip.is_loopback());
    if !near || parts.headers.contains_key("x-forwarded-for") {
        let at = At::from_request_parts(&mut parts, &house).await?;
        if !at.caller.may("metrics.read") {
            return Err(forbidden("not_permitted", "Your role does not include “metrics.read”.").into());
        }
    }
    let mut text = house.metrics().map(|handle| handle.render()).unwrap_or_default();
    for workspace in house.workspaces() {
        let name = &workspace.name;
        let waiting = workspace.db.writes_waiting();
        let _ = writeln!(text, "rapport_writes_waiting{{workspace=\"{name}\"}} {waiting}");
        for (reaction, lag) in workspace.lag().await? {
            let labels = format!("workspace=\"{name}\",reaction=\"{reaction}\"");
            let _ = writeln!(text, "rapport_reaction_lag{{{labels}}} {lag}");
        }
    }
    let kind = [("content-type", "text/plain; version=0.0.4")];
    Ok((StatusCode::OK, kind, text).into_response())
}
