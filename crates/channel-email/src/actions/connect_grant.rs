//! Connects a mailbox by the access that its provider grants, and lets go of it again.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journal::{Action, Cx, Note, Risk, Workspace, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::fetch;
use crate::grants::{self, Trip};
use crate::jobs::Fetch;
use crate::model::GrantId;
use crate::oauth::{App, Apps, Provider, Said, secret_place};
use crate::store_grants::{self, Grant};

/// Says by which app the workspace is known at a provider.
pub struct SetApp;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetOauthAppInput)]
pub struct AppInput {
    pub provider: Provider,
    /// Empty forgets the app.
    pub client_id: String,
    /// The stored one is kept when this is absent.
    #[serde(default)]
    pub secret: Option<String>,
    /// The directory at Microsoft; `common` when absent.
    #[serde(default)]
    pub tenant: Option<String>,
}

impl Action for SetApp {
    const NAME: &'static str = "email.set_oauth_app";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = AppInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &AppInput) -> Result<()> {
        let mut apps: Apps = settings::get(cx)?;
        let client_id = input.client_id.trim().to_owned();
        if client_id.is_empty() {
            apps.put(input.provider, None);
            return settings::set(cx, &apps);
        }
        let before = apps.of(input.provider).filter(|app| app.client_id == client_id);
        let secret = match (&input.secret, before) {
            (Some(secret), _) if !secret.trim().is_empty() => {
                STANDARD.encode(cx.secrets().seal(&secret_place(input.provider), secret.trim().as_bytes())?)
            }
            (_, Some(before)) => before.secret.clone(),
            _ => return Err(invalid("oauth_secret_missing", "Enter the secret of the app.").field("secret")),
        };
        let tenant = input.tenant.as_deref().map(str::trim).filter(|tenant| !tenant.is_empty());
        let tenant = tenant.unwrap_or("common").to_owned();
        apps.put(input.provider, Some(App { client_id, secret, tenant }));
        settings::set(cx, &apps)
    }
}

/// Takes the code that a person brought back from the provider.
pub struct Connect;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailConnectGrantInput)]
pub struct Input {
    pub code: String,
    pub state: String,
    #[serde(skip)]
    #[schema(ignore)]
    pub agent: i64,
    #[serde(skip)]
    #[schema(ignore)]
    pub session: String,
    #[serde(skip)]
    #[schema(ignore)]
    pub granted: Option<Granted>,
}

/// What came of the code.
#[derive(Clone, Debug)]
pub struct Granted {
    provider: Provider,
    address: String,
    access: String,
    refresh: String,
    seconds: i64,
}

impl Action for Connect {
    const NAME: &'static str = "email.connect_grant";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Grant;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let trip = Trip::open(house, &input.state, input.agent, &input.session)?;
        let known = grants::known(house, trip.provider).await?;
        let refused = |why: String| invalid("oauth_refused", format!("The provider gave no access: {why}"));
        match grants::exchange(&known, &input.code, &grants::back(house), &trip.verifier).await? {
            Said::Tokens { access, refresh: Some(refresh), seconds } => {
                let (provider, address) = (trip.provider, trip.address);
                input.granted = Some(Granted { provider, address, access, refresh, seconds });
                Ok(())
            }
            Said::Tokens { .. } => Err(refused("it can't be renewed without you.".to_owned())),
            Said::Over(why) | Said::Other(why) => Err(refused(why)),
        }
    }

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Grant> {
        let missing = || invalid("not_prepared", "A mailbox can't be connected as part of another action.");
        let granted = input.granted.as_ref().ok_or_else(missing)?;
        let now = cx.now();
        let mut grant = match store_grants::find_grant_for(cx, granted.provider, &granted.address)? {
            Some(grant) => grant,
            None => Grant {
                id: cx.new_id(),
                provider: granted.provider,
                address: granted.address.clone(),
                refresh: None,
                access: None,
                access_until: now,
                trouble: None,
                created_at: now,
            },
        };
        let until = now.plus_seconds(granted.seconds);
        grants::fill(cx.secrets(), &mut grant, &granted.access, Some(&granted.refresh), until)?;
        store_grants::put_grant(cx, &grant)?;
        store_grants::revive_grant(cx, grant.id)?;
        // Mailboxes that waited for somebody to sign in again are fetched at once.
        for mailbox in fetch::store::list_granted(cx, grant.id)? {
            cx.sooner(&Fetch { mailbox })?;
        }
        cx.record(Note::new(events::GRANT_CONNECTED, "email_grant", grant.id.0))?;
        Ok(grant)
    }
}

/// Lets go of granted access. Accounts that used it wait for another login.
pub struct RemoveGrant;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailRemoveGrantInput)]
pub struct RemoveInput {
    pub id: GrantId,
}

impl Action for RemoveGrant {
    const NAME: &'static str = "email.remove_grant";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = RemoveInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &RemoveInput) -> Result<()> {
        let found = store_grants::find_grant(cx, input.id)?;
        let grant = found.ok_or_else(|| not_found("grant_not_found"))?;
        store_grants::remove_grant(cx, grant.id)?;
        cx.record(Note::new(events::GRANT_REMOVED, "email_grant", grant.id.0)).map(drop)
    }
}
