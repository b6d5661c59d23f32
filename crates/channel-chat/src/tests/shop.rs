//! A shop with a widget, agents, a visitor's browser, and a mail server that keeps what it gets.

use std::sync::{Arc, Mutex, PoisonError};

use base::Result;
use conversations::actions::reply::{self, Reply};
use conversations::channel::{Channel, Channels, Delivering, Outcome, Outgoing};
use conversations::model::{ConversationId, MessageId, Party};
use conversations::viewers::Desks;
use journal::{Caller, Cx, Grants, Who, Workspace};
use people::actions::{CreateAgent, CreateToken, SetMembers, input};
use people::{AgentId, BrandId, TeamId};
use serde_json::{Value, json};
use testkit::{Client, Reply as Answer, World};
use web::{Capability, House, Limits, Parts};

use crate::actions::availability::{self, SetAvailability};
use crate::actions::take::{self, Take};
use crate::actions::widget::{Create, CreateInput};
use crate::limits::Doors;
use crate::lobby::Lobbies;
use crate::model::{Availability, ChatId, ChatRow, Standing, WidgetSettings, WidgetView};

/// What the mail server got; kept in the registry.
#[derive(Clone, Default)]
pub struct Post(Arc<Mutex<Vec<Outgoing>>>);

struct Mail(Post);

impl Channel for Mail {
    fn name(&self) -> &'static str {
        "email"
    }

    fn is_own(&self, _: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        Ok(address == "support@shop.example")
    }

    fn sender(&self, _: &mut Cx<'_, '_>, _: Option<&str>, _: Option<BrandId>) -> Result<Option<Party>> {
        Ok(Some(Party { name: "Shop".to_owned(), address: "support@shop.example".to_owned() }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        if address.contains('@') { Ok(()) } else { Err("An address has an @.".to_owned()) }
    }

    fn new_source_id(&self, message: MessageId, _: Option<&Party>) -> String {
        format!("{message}@shop.example")
    }

    fn deliver(&self, _: Arc<Workspace>, letter: Outgoing) -> Delivering {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
        Box::pin(async { Outcome::Delivered })
    }
}

pub fn house() -> Vec<Capability> {
    house_with(Doors::wide())
}

pub fn house_with(doors: Doors) -> Vec<Capability> {
    let post = Post::default();
    let mail = Capability::new("mail").plug(move |registry| {
        registry.fill::<Channels>().add(Mail(post.clone()));
        *registry.fill::<Post>() = post;
    });
    vec![
        search::capability(),
        people::capability(),
        customers::capability(),
        conversations::capability(),
        mail,
        crate::capability().plug(|registry| registry.fill::<Lobbies>().set_doors(doors)),
    ]
}

pub struct Shop {
    pub w: World,
    pub browser: Client,
    pub owner: AgentId,
    pub team: TeamId,
    pub widget: WidgetView,
}

impl Shop {
    pub async fn open(w: World) -> Shop {
        Shop::open_with(w, WidgetSettings::default()).await
    }

    pub async fn open_with(w: World, settings: WidgetSettings) -> Shop {
        let owner = w
            .system(|cx| people::found(cx, "Lumen Lamps", "ann@shop.example", "Ann Becker", "no password"))
            .await
            .expect("founded");
        let team = w.system(people::team_default).await.expect("asked").expect("a team");
        let settings = WidgetSettings { name: "Lumen Lamps".to_owned(), team_id: Some(team), ..settings };
        let input = CreateInput { settings, key: String::new() };
        let widget = w.house.act::<Create>(Caller::system(), None, input).await.expect("made").output;
        // As at the start of a server: reactions hear from now on.
        w.settle().await;
        let parts = Parts::new(Arc::new(people::Doorkeeper), Arc::new(Desks));
        let browser =
            w.client_of(House::new(Parts { limits: Limits::wide(), ..parts }).expect("plain parts"));
        Shop { w, browser, owner, team, widget }
    }

    /// One more agent of the shop's team, with the ordinary role.
    pub async fn hire(&self, name: &str) -> AgentId {
        let email = format!("{}@shop.example", name.to_lowercase());
        let mut new = input::CreateAgent::default();
        (new.email, new.name) = (email, name.to_owned());
        let house = &self.w.house;
        let agent = house.act::<CreateAgent>(Caller::system(), None, new).await.expect("hired").output;
        let team = self.team;
        let members = self.w.system(move |cx| {
            let mut all = vec![agent];
            all.extend(people::agents(cx)?.into_iter().map(|known| known.id));
            all.dedup();
            Ok(all)
        });
        let mut agent_ids = members.await.expect("reads");
        agent_ids.sort_unstable();
        agent_ids.dedup();
        let set = input::SetMembers { team_id: team, version: None, agent_ids };
        house.act::<SetMembers>(Caller::system(), None, set).await.expect("in the team");
        agent
    }

    pub async fn be(&self, agent: AgentId, state: Standing) -> Availability {
        let input = availability::Input { state };
        self.w.house.act::<SetAvailability>(caller(agent), None, input).await.expect("set").output
    }

    pub async fn take(&self, agent: AgentId, chat: ChatId) -> Result<ChatRow> {
        let acted = self.w.house.act::<Take>(caller(agent), None, take::Input { chat_id: chat }).await?;
        Ok(acted.output)
    }

    pub async fn answer(&self, agent: AgentId, conversation: ConversationId, text: &str) -> i64 {
        let input = serde_json::from_value::<reply::Input>(
            json!({"conversation_id": conversation, "html": format!("<p>{text}</p>"), "channel": "chat"}),
        );
        let input = input.expect("an input");
        let acted = self.w.house.act::<Reply>(caller(agent), None, input).await.expect("answered");
        self.w.settle().await;
        acted.output.id.0
    }

    /// The queue as this agent's desk begins with it.
    pub async fn queue(&self, agent: AgentId) -> Vec<ChatRow> {
        let shown = self.desk(agent, "/api/chat/desk").await;
        serde_json::from_value(shown["chats"].clone()).expect("rows")
    }

    pub async fn desk(&self, agent: AgentId, path: &str) -> Value {
        let token = self.token_of(agent).await;
        let mut desk = self.browser.stranger().with("authorization", &format!("Bearer {token}"));
        desk.get(path).await.expect(200)
    }

    pub async fn token_of(&self, agent: AgentId) -> String {
        let input = input::CreateToken::new("test", Some(agent));
        let made = self.w.house.act::<CreateToken>(Caller::system(), None, input).await.expect("a token");
        made.output.token
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/chat/{}/{rest}", self.widget.key)
    }

    pub async fn visitor(&self) -> Visitor {
        let session = self.browser.stranger().post(&self.path("session"), json!({})).await.expect(200);
        self.visitor_of(session["token"].as_str().expect("a token"))
    }

    pub fn visitor_of(&self, token: &str) -> Visitor {
        let browser = self.browser.stranger().with("authorization", &format!("Bearer {token}"));
        Visitor { browser, base: self.path(""), token: token.to_owned() }
    }

    pub fn post(&self) -> Vec<Outgoing> {
        let registry = self.w.house.registry();
        let post = registry.socket::<Post>().expect("plugged");
        post.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets time pass, with its jobs.
    pub async fn pass(&self, seconds: i64) {
        self.w.clock.advance(seconds * 1000);
        self.w.settle().await;
    }
}

pub fn caller(agent: AgentId) -> Caller {
    Caller { who: Who::Agent(agent.0), grants: Grants::All }
}

pub struct Visitor {
    pub browser: Client,
    base: String,
    pub token: String,
}

impl Visitor {
    pub async fn get(&mut self, rest: &str) -> Answer {
        self.browser.get(&format!("{}{rest}", self.base)).await
    }

    pub async fn post(&mut self, rest: &str, body: Value) -> Answer {
        self.browser.post(&format!("{}{rest}", self.base), body).await
    }

    pub async fn put(&mut self, rest: &str, body: Value) -> Answer {
        self.browser.put(&format!("{}{rest}", self.base), body).await
    }

    /// Answers what the server said of the message.
    pub async fn say(&mut self, text: &str) -> Value {
        self.post("messages", json!({"id": base::secrets::new_token(), "text": text})).await.expect(201)
    }

    pub async fn texts(&mut self) -> Vec<String> {
        let shown = self.get("messages?limit=100").await.expect(200);
        let messages = shown["messages"].as_array().expect("a list");
        messages.iter().map(|m| m["text"].as_str().expect("text").trim().to_owned()).collect()
    }
}

pub fn chat_of(said: &Value) -> ChatId {
    ChatId(said["chat"]["id"].as_i64().expect("a chat"))
}

impl Shop {
    pub async fn conversation(&self, chat: ChatId) -> ConversationId {
        let found = self.w.system(move |cx| crate::store::chats::find_chat(cx, chat)).await.expect("reads");
        found.expect("a chat").conversation_id
    }

    pub async fn chat(&self, chat: ChatId) -> crate::store::chats::Chat {
        let found = self.w.system(move |cx| crate::store::chats::find_chat(cx, chat)).await.expect("reads");
        found.expect("a chat")
    }
}
