//! Which workspace is asked, and by whom.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base::error::{internal, unauthenticated};
use journal::{Action, Caller, Cx, Key, Workspace};

use crate::answer::Done;
use crate::client::Client;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::request::credentials;
use crate::sockets::{Credentials, Known, Pass};

/// Somebody who is known, in a workspace.
#[derive(Clone)]
pub struct At {
    pub house: Arc<Workspace>,
    pub caller: Caller,
    pub pass: Pass,
    pub client: Client,
    pub web: House,
    pub(crate) credentials: Credentials,
}

/// Anybody, in a workspace: for the few routes that need no login.
#[derive(Clone)]
pub struct Anyone {
    pub house: Arc<Workspace>,
    pub client: Client,
    pub web: House,
}

impl At {
    pub async fn act<A: Action>(&self, key: Option<Key>, input: A::Input) -> Result<Done<A::Output>> {
        Ok(self.house.act::<A>(self.caller.clone(), key, input).await?.into())
    }

    pub async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Cx<'_, '_>) -> base::Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.house.read(self.caller.clone(), body).await?)
    }

    pub async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Cx<'_, '_>) -> base::Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.house.write(self.caller.clone(), body).await?)
    }

    pub(crate) fn known(&self) -> Known {
        Known { caller: self.caller.clone(), pass: self.pass }
    }
}

impl FromRequestParts<House> for Anyone {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &House) -> Result<Anyone> {
        let client = client(parts)?;
        web.limits().strangers.knock(&client.limit_key())?;
        let house = web.by_host(&client.host).await?;
        Ok(Anyone { house, client, web: web.clone() })
    }
}

impl FromRequestParts<House> for At {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &House) -> Result<At> {
        let client = client(parts)?;
        let refuse = |code| -> Result<At> {
            // Guessing tokens is held back like any other knocking.
            web.limits().strangers.knock(&client.limit_key())?;
            Err(unauthenticated(code).into())
        };
        let Some(credentials) = credentials(&parts.headers) else { return refuse("sign_in_first") };
        let house = web.by_host(&client.host).await?;
        let Some(known) = web.authenticate().recognise(&house, &credentials).await? else {
            return refuse("session_ended");
        };
        web.limits().callers.knock(&format!("{}/{}", house.name, known.caller.key()))?;
        let Known { caller, pass } = known;
        Ok(At { house, caller, pass, client, web: web.clone(), credentials })
    }
}

fn client(parts: &Parts) -> Result<Client> {
    let client = parts.extensions.get::<Client>().cloned();
    client.ok_or_else(|| internal("the outermost layer is missing").into())
}
