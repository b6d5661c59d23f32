//! Keeps granted access fresh: tokens are sealed at rest and renewed before they end.

use base::error::{internal, invalid, not_found, unavailable};
use base::secrets::new_token;
use base::{Result, Secrets, Time};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use journal::{Caller, Workspace, settings};
use serde::{Deserialize, Serialize};

use crate::model::GrantId;
use crate::oauth::{self, Apps, Endpoints, Provider, Said, form, read_answer, secret_place};
use crate::outward_post::post_form;
use crate::store_grants::{self, Grant};

/// Renewed this long before its end, so that no mail begins with a token that ends under way.
const BEFORE_SECONDS: i64 = 300;

/// Where providers are asked: at home, unless a test plays one.
#[derive(Default)]
pub struct Providers {
    base: Option<String>,
}

impl Providers {
    /// All providers stand at this address.
    #[cfg(test)]
    pub fn at(&mut self, base: String) {
        self.base = Some(base);
    }

    /// Where a test plays the provider, its mail servers stand anywhere.
    pub fn is_played(&self) -> bool {
        self.base.is_some()
    }
}

/// An app with its secret open.
pub struct Known {
    pub at: Endpoints,
    pub client_id: String,
    secret: String,
}

/// The app of a provider, ready to be asked.
pub async fn known(house: &Workspace, provider: Provider) -> Result<Known> {
    let apps: Apps = house.read(Caller::system(), settings::get).await?;
    let app = apps.of(provider).ok_or_else(|| {
        invalid("oauth_app_missing", "Enter the client id and secret of your app at this provider first.")
    })?;
    let sealed = STANDARD.decode(&app.secret).map_err(internal)?;
    let secret = house.secrets.open_sealed(&secret_place(provider), &sealed)?;
    let mut at = provider.endpoints(&app.tenant);
    let registry = house.registry();
    if let Some(base) = registry.socket::<Providers>().and_then(|providers| providers.base.clone()) {
        at.authorize = format!("{base}/authorize");
        at.token = format!("{base}/token");
    }
    let secret = String::from_utf8(secret).map_err(internal)?;
    Ok(Known { at, client_id: app.client_id.clone(), secret })
}

/// Tokens for a code that the person brought back (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
pub async fn exchange(known: &Known, code: &str, back: &str, verifier: &str) -> Result<Said> {
    let body = form(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", back),
        ("client_id", &known.client_id),
        ("client_secret", &known.secret),
        ("code_verifier", verifier),
    ]);
    let (status, said) = post_form(&known.at.token, &body).await?;
    Ok(read_answer(status, &said))
}

/// Binds a sealed token to its row.
pub fn place(id: GrantId, which: &str) -> String {
    format!("email_grants.{which}.{id}")
}

/// Whose mailbox it is, and a token that is good for a while. `anew` when the last one was refused.
pub async fn access(house: &Workspace, id: GrantId, anew: bool) -> Result<(String, String)> {
    let grant = get(house, id).await?;
    if let Some(token) = good(house, &grant)?.filter(|_| !anew) {
        return Ok((grant.address, token));
    }
    let address = grant.address.clone();
    if let Some(token) = renew(house, grant).await? {
        return Ok((address, token));
    }
    // Somebody has signed in again meanwhile, or renewed it before us: what stands there now is newer than ours.
    let grant = get(house, id).await?;
    match good(house, &grant)? {
        Some(token) => Ok((grant.address, token)),
        None if grant.trouble.is_some() => Err(over(&grant)),
        None => Err(unavailable("provider_refused", "The provider gave no access for now.")),
    }
}

async fn get(house: &Workspace, id: GrantId) -> Result<Grant> {
    let found = house.read(Caller::system(), move |cx| store_grants::find_grant(cx, id)).await?;
    found.ok_or_else(|| not_found("grant_not_found"))
}

/// The token that stands there, while it lasts.
fn good(house: &Workspace, grant: &Grant) -> Result<Option<String>> {
    let lasts = house.clock.now().plus_seconds(BEFORE_SECONDS) < grant.access_until;
    let Some(sealed) = grant.access.as_ref().filter(|_| lasts) else { return Ok(None) };
    let token = house.secrets.open_sealed(&place(grant.id, "access"), sealed)?;
    String::from_utf8(token).map(Some).map_err(internal)
}

/// A new token; `None` when the grant was changed while the provider was asked.
async fn renew(house: &Workspace, mut grant: Grant) -> Result<Option<String>> {
    let id = grant.id;
    let Some(used) = grant.refresh.clone() else { return Err(over(&grant)) };
    let refresh =
        String::from_utf8(house.secrets.open_sealed(&place(id, "refresh"), &used)?).map_err(internal)?;
    let known = known(house, grant.provider).await?;
    let body = form(&[
        ("grant_type", "refresh_token"),
        ("refresh_token", &refresh),
        ("client_id", &known.client_id),
        ("client_secret", &known.secret),
        ("scope", known.at.scope),
    ]);
    let (status, said) = post_form(&known.at.token, &body).await?;
    let came = match read_answer(status, &said) {
        Said::Tokens { access, refresh, seconds } => {
            let until = house.clock.now().plus_seconds(seconds);
            fill(&house.secrets, &mut grant, &access, refresh.as_deref(), until)?;
            Ok(access)
        }
        Said::Over(why) => {
            grant.trouble = Some(why);
            grant.access = None;
            Err(over(&grant))
        }
        Said::Other(why) => {
            return Err(unavailable("provider_refused", "The provider gave no access for now.").because(why));
        }
    };
    match house.write(Caller::system(), move |cx| store_grants::set_renewed(cx, &grant, &used)).await? {
        true => came.map(Some),
        false => Ok(None),
    }
}

/// Seals new tokens into their row. A provider that sends no new refresh token lets the old one stand.
pub fn fill(
    secrets: &Secrets,
    grant: &mut Grant,
    access: &str,
    refresh: Option<&str>,
    until: Time,
) -> Result<()> {
    grant.access = Some(secrets.seal(&place(grant.id, "access"), access.as_bytes())?);
    if let Some(refresh) = refresh {
        grant.refresh = Some(secrets.seal(&place(grant.id, "refresh"), refresh.as_bytes())?);
    }
    grant.access_until = until;
    grant.trouble = None;
    Ok(())
}

fn over(grant: &Grant) -> base::Error {
    let sentence = format!("Access to {} is over. Connect it again in the settings.", grant.address);
    unavailable("grant_over", sentence)
}

/// Where providers send people back to: the settings screen, which hands the code in with its own session.
pub fn back(house: &Workspace) -> String {
    format!("{}/desk/settings/email.access", house.public_url.trim_end_matches('/'))
}

/// What a person carries to the provider and back, sealed, so that it can be neither read nor made by others.
#[derive(Serialize, Deserialize)]
pub struct Trip {
    pub provider: Provider,
    pub address: String,
    pub verifier: String,
    /// Only the same agent in the same session may bring it back.
    pub agent: i64,
    pub session: String,
    pub until: Time,
}

const TRIP: &str = "email.oauth.state";
/// A person has this long to agree.
const TRIP_SECONDS: i64 = 900;

impl Trip {
    pub fn sealed(&self, house: &Workspace) -> Result<String> {
        let plain = serde_json::to_vec(self)?;
        Ok(URL_SAFE_NO_PAD.encode(house.secrets.seal(TRIP, &plain)?))
    }

    /// Refuses what was not begun here, by somebody else, or too long ago.
    pub fn open(house: &Workspace, state: &str, agent: i64, session: &str) -> Result<Trip> {
        let odd = || invalid("oauth_state", "This did not begin here, or too long ago. Begin again.");
        let sealed = URL_SAFE_NO_PAD.decode(state).map_err(|_| odd())?;
        let plain = house.secrets.open_sealed(TRIP, &sealed).map_err(|_| odd())?;
        let trip: Trip = serde_json::from_slice(&plain).map_err(|_| odd())?;
        let own = trip.agent == agent && trip.session == session && house.clock.now() < trip.until;
        if own { Ok(trip) } else { Err(odd()) }
    }
}

/// The address to which a person is sent to agree.
pub async fn begin(
    house: &Workspace,
    provider: Provider,
    address: String,
    agent: i64,
    session: String,
) -> Result<String> {
    let known = known(house, provider).await?;
    let until = house.clock.now().plus_seconds(TRIP_SECONDS);
    let trip = Trip { provider, address, verifier: new_token(), agent, session, until };
    let state = trip.sealed(house)?;
    Ok(oauth::authorize_url(&known.at, &known.client_id, &back(house), &state, &trip.verifier, &trip.address))
}
