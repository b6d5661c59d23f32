//! Several SMTP accounts: which mail goes through which of them.

use serde_json::{Value, json};
use testkit::Client;

use super::desk::client;
use super::house::{House, add_mailbox, capabilities};
use super::server::{Does, Script, Step};

async fn add_account(admin: &mut Client, name: &str, port: u16) -> i64 {
    let input = json!({"name": name, "host": "localhost", "port": port, "security": "none", "username": "desk",
        "password": "correct horse"});
    let added = admin.post("/api/outgoing-accounts", input).await;
    assert_eq!(added.status, 201, "{added:?}");
    assert!(!String::from_utf8_lossy(&added.bytes).contains("horse"));
    added.json()["id"].as_i64().expect("an id")
}

async fn choose(admin: &mut Client, way: Value) {
    let chosen = admin.put("/api/outgoing-ways", way).await;
    assert_eq!(chosen.status, 204, "{chosen:?}");
}

fn count(script: &Script) -> usize {
    script.mails.lock().expect("whole").len()
}

testkit::both! { with capabilities();
    async fn mail_goes_through_the_account_of_its_mailbox_else_of_its_brand_else_the_usual_one(w: World) {
        let mut house = House::open(w).await;
        let usual = house.outgoing(Step::Never, Does::Closes).await;
        let (own, brands) = (Script::play(Step::Never, Does::Closes).await, Script::play(Step::Never, Does::Closes).await);
        let sales = add_mailbox(&house.world.house, house.owner, "sales@shop.example").await.expect("added");
        let brand = house.world.system(people::brand_default).await.expect("a brand").0;
        let mut admin = client(&mut house, "all");
        let path = format!("/api/mailboxes/{}", sales.id);
        let of_brand = json!({"name": "Sales", "brand_id": brand, "team_id": null});
        assert_eq!(admin.put(&path, of_brand).await.status, 200);

        for mailbox in ["support@shop.example", "sales@shop.example"] {
            let raw = format!("From: bo@b.example\r\nTo: {mailbox}\r\nSubject: {mailbox}\r\n\r\nHi\r\n");
            house.mail("bo@b.example", &[mailbox], &raw).await;
            house.rest().await;
        }
        let (support, sales_talk) = (house.thread(1).await.expect("one").0.id, house.thread(2).await.expect("two").0.id);
        house.answer(sales_talk, "<p>1</p>").await;
        assert_eq!((count(&usual), count(&brands), count(&own)), (1, 0, 0));

        let of_brands = add_account(&mut admin, "Brand", brands.port).await;
        choose(&mut admin, json!({"brand_id": brand, "account_id": of_brands})).await;
        house.answer(sales_talk, "<p>2</p>").await;
        house.answer(support, "<p>2</p>").await;
        assert_eq!((count(&usual), count(&brands), count(&own)), (2, 1, 0));
        assert!(brands.heard().contains(&"AUTH PLAIN AGRlc2sAY29ycmVjdCBob3JzZQ==".to_owned()));

        let of_sales = add_account(&mut admin, "Sales", own.port).await;
        choose(&mut admin, json!({"mailbox_id": sales.id, "account_id": of_sales})).await;
        house.answer(sales_talk, "<p>3</p>").await;
        assert_eq!((count(&usual), count(&brands), count(&own)), (2, 1, 1));

        assert_eq!(admin.delete(&format!("/api/outgoing-accounts/{of_sales}")).await.status, 204);
        house.answer(sales_talk, "<p>4</p>").await;
        assert_eq!((count(&usual), count(&brands), count(&own)), (2, 2, 1), "back to the brand's");
        let ways = admin.get("/api/outgoing-ways").await.json();
        assert_eq!(ways, json!({"mailboxes": [], "brands": [{"brand_id": brand, "account_id": of_brands}]}));
    }

    async fn an_account_keeps_its_password_until_its_server_changes(w: World) {
        let mut house = House::open(w).await;
        let script = Script::play(Step::Never, Does::Closes).await;
        let mut admin = client(&mut house, "all");
        let id = add_account(&mut admin, "Sales", script.port).await;
        let path = format!("/api/outgoing-accounts/{id}");
        let input = |host: &str| json!({"name": "Sales", "host": host, "port": script.port, "security": "none", "username": "desk"});
        assert_eq!(admin.put(&path, input("localhost")).await.json()["has_password"], true);
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "ann@a.example", "account_id": id})).await;
        assert_eq!(tried.json()["fate"], "taken", "{tried:?}");
        assert_eq!(admin.put(&path, input("127.0.0.1")).await.json()["has_password"], false);
        let mut stale = input("localhost");
        stale["version"] = json!(1);
        assert_eq!(admin.put(&path, stale).await.status, 409);
        let unknown = admin.post("/api/outgoing-mail/test", json!({"to": "ann@a.example", "account_id": 77})).await;
        assert_eq!(unknown.status, 404);
        let open = json!({"name": "x", "host": "smtp.example.com", "port": 25, "security": "none", "username": "a", "password": "b"});
        assert_eq!(admin.post("/api/outgoing-accounts", open).await.status, 400);
        assert_eq!(admin.put("/api/outgoing-ways", json!({"mailbox_id": 5, "account_id": id})).await.status, 404);
        let both = json!({"mailbox_id": house.mailbox.id, "brand_id": 1, "account_id": id});
        assert_eq!(admin.put("/api/outgoing-ways", both).await.status, 400);
    }
}
