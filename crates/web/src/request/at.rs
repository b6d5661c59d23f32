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
use crate::transfer::Transfer;

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

    /// Makes room for a file on its way in or out; kept until it has arrived.
    pub async fn transfer(&self) -> Result<Transfer> {
        Ok(self.web.transfer(format!("{}/{}", self.house.name, self.caller.key())).await?)
    }

    pub(crate) fn known(&self) -> Known {
        Known { caller: self.caller.clone(), pass: self.pass }
    }
}

impl Anyone {
    /// Knocks at a door: attempts to sign in or to use a link from a mail. Counted by address and, where
    /// one is named, by account; here first, which costs nothing, then over all nodes.
    pub async fn knock(&self, account: Option<&str>) -> Result<()> {
        let (limits, address) = (self.web.limits(), self.client.limit_key());
        limits.doors.knock(&address)?;
        let account = account.map(base::text::fold);
        if let Some(account) = &account {
            limits.accounts.knock(&format!("{}/{account}", self.house.name))?;
        }
        self.house.throttle("doors", &address.to_string(), limits.doors.quota()).await?;
        if let Some(account) = &account {
            self.house.throttle("accounts", account, limits.accounts.quota()).await?;
        }
        Ok(())
    }

    /// As [`Anyone::knock`] for somebody who is known by a sign of its own, such as a browser: what
    /// strangers do, from the same address or to the same account, does not count.
    pub async fn knock_known(&self, sign: &str) -> Result<()> {
        let accounts = &self.web.limits().accounts;
        accounts.knock(&format!("{}/known/{sign}", self.house.name))?;
        Ok(self.house.throttle("known", sign, accounts.quota()).await?)
    }

    /// Counts what a stranger may do only so often, by address and over all nodes.
    pub async fn throttle(&self, bucket: &str, quota: journal::Quota) -> Result<()> {
        Ok(self.house.throttle(bucket, &self.client.limit_key().to_string(), quota).await?)
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
