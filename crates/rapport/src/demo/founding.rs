//! The day before the story: the company, its agents, mailboxes and the customers it knows already.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use base::Result;
use channel_chat::actions::widget::{Create, CreateInput};
use channel_chat::model::{WidgetId, WidgetSettings};
use channel_email::actions::{add_mailbox, set_outgoing};
use channel_email::smtp::client::Security;
use conversations::settings::Rules;
use customers::actions::{create, create_company::CreateCompany};
use customers::{CompanyDetails, IdentityKind, NewIdentity};
use journal::{Caller, Workspace, settings};
use people::actions::{CreateAgent, CreateTeam, input};
use people::{AgentId, TeamId};
use serde_json::json;

use super::calendar::ZONE;
use super::cast::{AGENTS, Actor, COMPANY, Cast, MAILBOXES, PASSWORD};

/// Whom the steps of the story can name.
pub struct Staff {
    pub agents: HashMap<&'static str, AgentId>,
    pub support: TeamId,
    pub repairs: TeamId,
}

pub async fn found(house: &Arc<Workspace>, cast: &Cast) -> Result<Staff> {
    let staff = hire(house).await?;
    for mailbox in &MAILBOXES {
        let team = if mailbox.key == "service" { staff.repairs } else { staff.support };
        let input = add_mailbox::Input {
            address: mailbox.address.to_owned(),
            name: mailbox.name.to_owned(),
            brand_id: None,
            team_id: Some(team),
        };
        house.act::<add_mailbox::AddMailbox>(Caller::system(), None, input).await?;
    }
    open_chat(house, staff.support).await?;
    welcome(house, cast).await?;
    hold_answers(house, 0).await?;
    Ok(staff)
}

async fn hire(house: &Arc<Workspace>) -> Result<Staff> {
    let system = Caller::system;
    let hash = tokio::task::spawn_blocking(|| people::hash_password(PASSWORD));
    let hash = hash.await.map_err(base::error::internal)??;
    let owner = &AGENTS[0];
    let first = house.write(system(), move |cx| {
        settings::set(cx, &people::Profile::default())?;
        let first = people::found(cx, COMPANY, owner.email, owner.name, &hash)?;
        let profile =
            people::Profile { name: COMPANY.to_owned(), time_zone: ZONE.to_owned(), ..Default::default() };
        settings::set(cx, &profile)?;
        let support = people::team_default(cx)?;
        Ok((first, support.ok_or_else(|| base::error::internal("a workspace begins with a team"))?))
    });
    let (first, support) = first.await?;
    let named = input::CreateTeam { name: "Service & repairs".to_owned() };
    let repairs = house.act::<CreateTeam>(system(), None, named).await?.output.id;
    let mut agents = HashMap::from([(owner.key, first)]);
    for actor in &AGENTS[1..] {
        let id = house.act::<CreateAgent>(system(), None, contract(actor, support, repairs)).await?.output;
        agents.insert(actor.key, id);
    }
    Ok(Staff { agents, support, repairs })
}

fn contract(actor: &Actor, support: TeamId, repairs: TeamId) -> input::CreateAgent {
    let teams = [(actor.support, support), (actor.repairs, repairs)];
    let mut contract = input::CreateAgent::default();
    contract.email = actor.email.to_owned();
    contract.name = actor.name.to_owned();
    contract.role = Some(actor.role.to_owned());
    contract.team_ids = teams.into_iter().filter(|(in_it, _)| *in_it).map(|(_, team)| team).collect();
    contract.locale = actor.locale.map(str::to_owned);
    contract.time_zone = Some(ZONE.to_owned());
    contract.password = Some(PASSWORD.to_owned());
    contract
}

/// The widget that stands on the shop's pages.
async fn open_chat(house: &Arc<Workspace>, team: TeamId) -> Result<()> {
    let settings = WidgetSettings {
        name: COMPANY.to_owned(),
        team_id: Some(team),
        color: "#7a4a21".to_owned(),
        greeting: "Hello! Ask us anything about coffee, grinders and kettles.".to_owned(),
        offline_text: "Nobody is here just now. Leave us a message, we answer by mail.".to_owned(),
        ..WidgetSettings::default()
    };
    let input = CreateInput { settings, key: String::new() };
    house.act::<Create>(Caller::system(), None, input).await.map(drop)
}

/// The key of the widget that stands on the shop's pages.
pub async fn widget(house: &Arc<Workspace>) -> Result<String> {
    let found = house
        .read(Caller::system(), |cx| channel_chat::store::widgets::list_widgets(cx, WidgetId(0), 1))
        .await?;
    found
        .into_iter()
        .next()
        .map(|widget| widget.key)
        .ok_or_else(|| base::error::internal("the demo has a widget"))
}

/// Companies first: whoever has an address of their domains belongs to them.
async fn welcome(house: &Arc<Workspace>, cast: &Cast) -> Result<()> {
    for company in &cast.companies {
        let details = CompanyDetails {
            name: company.name.to_owned(),
            domains: vec![company.domain.to_owned()],
            note: company.note.to_owned(),
        };
        house.act::<CreateCompany>(Caller::system(), None, details).await?;
    }
    for customer in cast.customers.iter().filter(|customer| customer.is_known_before()) {
        let attributes = customer.attributes.iter();
        let input = create::Input {
            name: customer.name.to_owned(),
            language: Some(customer.language.to_owned()),
            note: customer.note.to_owned(),
            tags: customer.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            attributes: attributes.map(|(name, value)| ((*name).to_owned(), json!(value))).collect(),
            identities: vec![NewIdentity {
                kind: IdentityKind::Email,
                value: customer.address.to_owned(),
                verified: true,
                primary: true,
            }],
            ..create::Input::default()
        };
        house.act::<create::Create>(Caller::system(), None, input).await?;
    }
    Ok(())
}

/// How long answers wait before they go out: not at all while the story is told.
pub async fn hold_answers(house: &Arc<Workspace>, seconds: i64) -> Result<()> {
    let rules = Rules { undo_send_seconds: seconds, ..Rules::default() };
    house.write(Caller::system(), move |cx| settings::set(cx, &rules)).await
}

/// All mail of the demo goes to the catcher.
pub async fn send_through(house: &Arc<Workspace>, server: SocketAddr) -> Result<()> {
    let input = set_outgoing::Input {
        host: server.ip().to_string(),
        port: server.port(),
        security: Security::None,
        username: None,
        password: None,
        from: None,
        trusted_certificate: None,
        grant_id: None,
    };
    house.act::<set_outgoing::SetOutgoing>(Caller::system(), None, input).await.map(drop)
}
