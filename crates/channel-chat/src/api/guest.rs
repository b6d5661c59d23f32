//! Who asks on a visitor's side: the widget of the path and the holder of the token.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;
use base::error::{internal, not_found, unauthenticated};
use futures_util::StreamExt;
use journal::{Caller, Cx, Workspace};
use serde::de::DeserializeOwned;
use web::{Client, Failure, House, Json, Path, Result, Transfer};

use crate::actions::visitor::Guest;
use crate::lobby::Lobbies;
use crate::model::Widget;
use crate::store::widgets::find_widget_by_key;
use crate::token;

/// A widget that is on, in its workspace.
#[derive(Clone)]
pub struct Front {
    pub house: Arc<Workspace>,
    pub widget: Arc<Widget>,
    pub client: Client,
    pub web: House,
    pub locale: Option<String>,
    pub browser: String,
}

impl Front {
    /// Makes room for a file on its way in or out.
    pub async fn transfer(&self) -> Result<Transfer> {
        Ok(self.web.stranger_transfer(&self.client).await?)
    }

    pub async fn find(web: &House, client: Client, key: &str, headers: &HeaderMap) -> Result<Front> {
        web.limits().strangers.knock(&client.limit_key())?;
        let unknown = || not_found("chat_unknown");
        if key.len() > 64 {
            return Err(unknown().into());
        }
        let house = web.by_widget(key, &client.host).await.map_err(|_| unknown())?;
        let named = key.to_owned();
        let widget = house.read(Caller::system(), move |cx| find_widget_by_key(cx, &named)).await?;
        let widget = widget.filter(Widget::is_on).ok_or_else(unknown)?;
        let said = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Front {
            house,
            widget: Arc::new(widget),
            client,
            web: web.clone(),
            locale: language(said(ACCEPT_LANGUAGE)),
            browser: browser(said(USER_AGENT)),
        })
    }

    /// What is kept of a network address.
    pub fn network(&self) -> Vec<u8> {
        let address = self.client.limit_key().to_string();
        self.house.secrets.mac("chat-network", address.as_bytes())[..16].to_vec()
    }

    pub fn guest(&self, token: &str) -> Result<Guest> {
        let bearer = token::read(&self.house.secrets, self.widget.id, token, self.house.clock.now());
        let bearer = bearer.ok_or_else(|| unauthenticated("visitor_unknown"))?;
        Ok(Guest {
            widget: self.widget.clone(),
            bearer,
            network: self.network(),
            locale: self.locale.clone(),
            browser: self.browser.clone(),
        })
    }

    pub async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Cx<'_, '_>) -> base::Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.house.read(Caller::system(), body).await?)
    }

    pub async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Cx<'_, '_>) -> base::Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.house.write(Caller::system(), body).await?)
    }

    /// What this process allows strangers.
    pub fn lobbies<T>(&self, with: impl FnOnce(&Lobbies) -> base::Result<T>) -> Result<T> {
        let registry = self.house.registry();
        let lobbies = registry.socket::<Lobbies>().ok_or_else(|| internal("the lobby is missing"))?;
        Ok(with(lobbies)?)
    }
}

/// The first language that the browser asks for.
fn language(said: &str) -> Option<String> {
    let first = said.split([',', ';']).next().unwrap_or_default().trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    ((2..=35).contains(&first.len()) && first.chars().all(plain)).then(|| first.to_owned())
}

/// The browser and its system in a few words: agents need no more.
fn browser(said: &str) -> String {
    let has = |mark: &str| said.contains(mark);
    let name = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let first =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| has(mark)).map(|(_, name)| *name);
    [first(&name), first(&system)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A widget that is on, and whoever holds the token of the request.
pub struct Visiting {
    pub front: Front,
    pub guest: Guest,
}

fn client(parts: &Parts) -> Result<Client> {
    let client = parts.extensions.get::<Client>().cloned();
    client.ok_or_else(|| internal("the outermost layer is missing").into())
}

impl FromRequestParts<House> for Front {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &House) -> Result<Front> {
        let client = client(parts)?;
        let Path(named) =
            <Path<std::collections::HashMap<String, String>>>::from_request_parts(parts, web).await?;
        let key = named.get("key").cloned().unwrap_or_default();
        Front::find(web, client, &key, &parts.headers).await
    }
}

impl FromRequestParts<House> for Visiting {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &House) -> Result<Visiting> {
        let front = Front::from_request_parts(parts, web).await?;
        let said = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = said.strip_prefix("Bearer ").unwrap_or_default().trim();
        let guest = front.guest(token)?;
        Ok(Visiting { front, guest })
    }
}

/// Who sends something, and what. It is read to its end also when it is refused: a connection that was left in
/// the middle of a body can't be used again, and browsers find that out too late.
pub struct Sent<W, T>(pub W, pub T);

impl<W, T> FromRequest<House> for Sent<W, T>
where
    W: FromRequestParts<House, Rejection = Failure> + Send,
    T: DeserializeOwned,
{
    type Rejection = Failure;

    async fn from_request(request: Request, web: &House) -> Result<Sent<W, T>> {
        let (mut parts, body) = request.into_parts();
        let who = W::from_request_parts(&mut parts, web).await;
        let said = Json::<T>::from_request(Request::from_parts(parts, body), web).await;
        let (Json(said), who) = (said?, who?);
        Ok(Sent(who, said))
    }
}

/// As [`Sent`] for a file, whose bytes nobody keeps when it is refused.
pub struct Carried(pub Visiting, pub HeaderMap, pub Body);

impl FromRequest<House> for Carried {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &House) -> Result<Carried> {
        let (mut parts, body) = request.into_parts();
        let headers = parts.headers.clone();
        let who = match Visiting::from_request_parts(&mut parts, web).await {
            Ok(who) => who,
            Err(refused) => {
                let mut pieces = body.into_data_stream().take(MOST_PIECES);
                while pieces.next().await.is_some_and(|piece| piece.is_ok()) {}
                return Err(refused);
            }
        };
        Ok(Carried(who, headers, body))
    }
}

/// Of a refused file; whoever sends more loses the connection.
const MOST_PIECES: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_two_words() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
        assert_eq!((browser(firefox).as_str(), browser("").as_str()), ("Firefox, Linux", ""));
        assert_eq!(language("de-AT,de;q=0.9").as_deref(), Some("de-AT"));
        assert_eq!(language("*"), None);
    }
}
