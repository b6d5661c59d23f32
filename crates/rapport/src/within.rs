//! What the command line can ask of one workspace.

use std::sync::Arc;

use base::Result;
use base::error::{internal, invalid, not_found};
use channel_email::actions::add_mailbox::{self, AddMailbox, RemoveInput, RemoveMailbox};
use channel_email::actions::set_outgoing::SetOutgoing;
use journal::{Caller, Workspace};
use people::actions::{ChangeAgent, CreateAgent, CreateToken, RevokeToken, input};
use people::{Agent, AgentView, TokenId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Staff are named by their address, as people know them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum Order {
    CreateUser { email: String, name: String, role: String, password: String },
    ListUsers,
    DeactivateUser { email: String },
    SetPassword { email: String, password: String },
    CreateToken { email: String, name: String },
    ListTokens { email: String },
    RevokeToken { id: i64 },
    AddMailbox { address: String, name: String },
    ListMailboxes,
    RemoveMailbox { address: String },
    TestMailbox { address: String },
    SetOutgoing { settings: Value },
}

/// What it answers is printed.
pub async fn carry_out(house: &Arc<Workspace>, order: Order) -> Result<Value> {
    let system = Caller::system();
    match order {
        Order::CreateUser { email, name, role, password } => {
            let input = input::CreateAgent::new(email, name, role, password);
            let made = house.act::<CreateAgent>(system, None, input).await?;
            Ok(json!({ "agent": made.output }))
        }
        Order::ListUsers => {
            let agents = house.read(system, people::agents).await?;
            Ok(json!(agents.into_iter().map(AgentView::from).collect::<Vec<_>>()))
        }
        Order::DeactivateUser { email } => {
            let agent_id = Some(agent(house, email).await?.id);
            let input = input::ChangeAgent { agent_id, active: Some(false), ..Default::default() };
            house.act::<ChangeAgent>(system, None, input).await?;
            Ok(Value::Null)
        }
        Order::SetPassword { email, password } => {
            let id = agent(house, email).await?.id;
            people::check_password(&password)?;
            let hash = hash(password).await?;
            house.write(system, move |cx| people::renew_password(cx, id, &hash)).await?;
            Ok(Value::Null)
        }
        Order::CreateToken { email, name } => {
            let id = agent(house, email).await?.id;
            let made =
                house.act::<CreateToken>(system, None, input::CreateToken::new(&name, Some(id))).await?;
            Ok(json!({ "token": made.output.token }))
        }
        Order::ListTokens { email } => {
            let id = agent(house, email).await?.id;
            Ok(json!(house.read(system, move |cx| people::tokens(cx, id)).await?))
        }
        Order::RevokeToken { id } => {
            house.act::<RevokeToken>(system, None, input::RevokeToken { token_id: TokenId(id) }).await?;
            Ok(Value::Null)
        }
        other => mail(house, other).await,
    }
}

async fn mail(house: &Arc<Workspace>, order: Order) -> Result<Value> {
    let system = Caller::system();
    match order {
        Order::AddMailbox { address, name } => {
            let input = add_mailbox::Input { address, name, brand_id: None, team_id: None };
            house.act::<AddMailbox>(system, None, input).await?;
            Ok(Value::Null)
        }
        Order::ListMailboxes => Ok(json!(channel_email::list_mailboxes(house).await?)),
        Order::RemoveMailbox { address } => {
            let wanted = base::text::fold(address.trim());
            let found = channel_email::list_mailboxes(house).await?;
            let found = found.into_iter().find(|mailbox| base::text::fold(&mailbox.address) == wanted);
            let id = found.ok_or_else(|| not_found("mailbox_not_found"))?.id;
            house.act::<RemoveMailbox>(system, None, RemoveInput { id }).await?;
            Ok(Value::Null)
        }
        Order::TestMailbox { address } => Ok(json!(channel_email::look(house, &address).await?)),
        Order::SetOutgoing { settings } => {
            let input =
                serde_json::from_value(settings).map_err(|e| invalid("outgoing_mail", e.to_string()))?;
            house.act::<SetOutgoing>(system, None, input).await?;
            Ok(Value::Null)
        }
        _ => Err(internal("not an order about mail")),
    }
}

async fn agent(house: &Workspace, email: String) -> Result<Agent> {
    let found = house.read(Caller::system(), move |cx| people::agents_by_email(cx, &email)).await?;
    found.ok_or_else(|| invalid("agent_not_found", "No member of staff has this address."))
}

/// Slow on purpose.
pub async fn hash(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || people::hash_password(&password)).await.map_err(internal)?
}
