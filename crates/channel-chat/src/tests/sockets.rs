//! Sockets of visitors and desks over a real connection.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use testkit::Client;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::shop::{Shop, caller, chat_of, house};
use crate::actions::ban::{self, Ban};
use crate::model::Standing;

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn open(address: SocketAddr, path: &str, bearer: Option<&str>) -> Socket {
        let mut request = format!("ws://{address}{path}").into_client_request().expect("a request");
        if let Some(bearer) = bearer {
            let value = format!("Bearer {bearer}").parse().expect("a header");
            request.headers_mut().insert("authorization", value);
        }
        Socket(tokio_tungstenite::connect_async(request).await.expect("upgraded").0)
    }

    async fn visitor(address: SocketAddr, shop: &Shop, token: &str, cursor: Value) -> Socket {
        let mut socket = Socket::open(address, &shop.path("live"), None).await;
        socket.say(json!({"type": "hello", "token": token, "cursor": cursor})).await;
        socket
    }

    async fn say(&mut self, value: Value) {
        self.0.send(Message::Text(value.to_string().into())).await.expect("sent");
    }

    /// The next frame of this kind; others are passed over.
    async fn next(&mut self, kind: &str) -> Value {
        let wait = async {
            loop {
                let message = self.0.next().await.expect("still open").expect("a frame");
                let Message::Text(text) = message else { continue };
                let value: Value = serde_json::from_str(&text).expect("JSON");
                if value["type"] == kind {
                    return value;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait)
            .await
            .unwrap_or_else(|_| panic!("no frame {kind}"))
    }
}

async fn serve(browser: &Client) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(web::serve(listener, browser.router.clone(), std::future::pending()));
    address
}

testkit::both! { with house();
    async fn a_socket_tells_each_line_once_also_after_a_break(w: World) {
        let shop = Shop::open(w).await;
        let address = serve(&shop.browser).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let mut socket = Socket::visitor(address, &shop, &visitor.token, Value::Null).await;
        assert_eq!(socket.next("hello").await["cursor"], 0);
        let said = visitor.say("Hello").await;
        shop.w.settle().await;
        assert_eq!(socket.next("message").await["message"]["id"], said["message"]["id"]);
        let conversation = shop.conversation(chat_of(&said)).await;
        shop.answer(shop.owner, conversation, "One").await;
        let one = socket.next("message").await;
        assert_eq!((&one["message"]["text"], &one["cursor"]), (&json!("One"), &json!(2)));
        drop(socket);
        shop.answer(shop.owner, conversation, "Two").await;
        shop.answer(shop.owner, conversation, "Three").await;
        let mut again = Socket::visitor(address, &shop, &visitor.token, json!(2)).await;
        assert_eq!(again.next("hello").await["chat"]["state"], "taken");
        assert_eq!(again.next("message").await["message"]["text"], "Two");
        assert_eq!(again.next("message").await["message"]["text"], "Three");
        let mut ahead = Socket::visitor(address, &shop, &visitor.token, json!(99)).await;
        ahead.next("resync").await;
    }

    async fn typing_and_reading_are_told_both_ways(w: World) {
        let shop = Shop::open(w).await;
        let address = serve(&shop.browser).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        let (chat, conversation) = (chat_of(&said), shop.conversation(chat_of(&said)).await);
        let mut socket = Socket::visitor(address, &shop, &visitor.token, json!(1)).await;
        socket.next("hello").await;
        let token = shop.token_of(shop.owner).await;
        let mut desk = Socket::open(address, "/api/live", Some(&token)).await;
        desk.next("hello").await;
        desk.say(json!({"type": "here", "conversation_id": conversation})).await;
        desk.next("presence").await;

        socket.say(json!({"type": "typing", "on": true})).await;
        assert_eq!(desk.next("aside").await["what"], json!({"type": "chat_typing", "on": true}));
        let mut browser = shop.browser.stranger().with("authorization", &format!("Bearer {token}"));
        browser.post(&format!("/api/chats/{chat}/typing"), json!({"on": true})).await.expect(204);
        assert_eq!(socket.next("typing").await, json!({"type": "typing", "on": true, "name": "Ann Becker"}));

        shop.take(shop.owner, chat).await.expect("taken");
        shop.w.settle().await;
        assert_eq!(desk.next("chat").await["chat"]["taker_id"], shop.owner.0);
        assert_eq!(socket.next("chat").await["chat"]["agent"]["name"], "Ann Becker");
        let answer = shop.answer(shop.owner, conversation, "One").await;
        socket.next("message").await;
        socket.say(json!({"type": "read", "message_id": answer})).await;
        assert_eq!(desk.next("aside").await["what"], json!({"type": "chat_read", "message_id": answer}));
        let own = &said["message"]["id"];
        browser.post(&format!("/api/chats/{chat}/seen"), json!({"message_id": own})).await.expect(204);
        assert_eq!(socket.next("read").await["agent_read"], *own);
    }

    async fn a_banned_visitor_s_socket_is_closed_and_a_foreign_token_opens_none(w: World) {
        let shop = Shop::open(w).await;
        let address = serve(&shop.browser).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut forged = Socket::visitor(address, &shop, "vAAAA", Value::Null).await;
        assert_eq!(forged.next("bye").await["reason"], "visitor_unknown");
        let mut visitor = shop.visitor().await;
        let conversation = shop.conversation(chat_of(&visitor.say("Pills").await)).await;
        let mut socket = Socket::visitor(address, &shop, &visitor.token, Value::Null).await;
        socket.next("hello").await;
        let token = shop.token_of(shop.owner).await;
        let mut desk = shop.browser.stranger().with("authorization", &format!("Bearer {token}"));
        let path = format!("/api/conversations/{conversation}/chat/ban");
        desk.put(&path, json!({"address": false})).await.expect(204);
        assert_eq!(socket.next("bye").await["reason"], "visitor_banned");
        let input = ban::Input { conversation_id: Some(conversation), address: false };
        shop.w.house.act::<Ban>(caller(shop.owner), None, input).await.expect("banned already");
    }

    async fn the_widget_hears_when_somebody_comes_and_goes(w: World) {
        let shop = Shop::open(w).await;
        let address = serve(&shop.browser).await;
        let visitor = shop.visitor().await;
        let mut socket = Socket::visitor(address, &shop, &visitor.token, Value::Null).await;
        assert_eq!(socket.next("hello").await["state"]["mode"], "offline");
        shop.be(shop.owner, Standing::Available).await;
        shop.w.settle().await;
        loop {
            if socket.next("state").await["state"]["mode"] == "chat" {
                break;
            }
        }
    }
}
