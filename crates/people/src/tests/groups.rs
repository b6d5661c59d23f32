//! Teams and brands: other names, put away and brought back, and who is with them.

use serde_json::{Value, json};
use testkit::both;

use super::{founded, parts, sign_in, with_agent};
use crate::model::{AgentId, BrandId, Scope};

both! { with parts();

async fn a_team_is_renamed_and_archived_and_undo_takes_it_back(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let team = ann.post("/api/teams", json!({"name": "Returns"})).await.expect(201);
    let path = format!("/api/teams/{}", team["id"]);
    let renamed = ann.patch(&path, json!({"name": "Repairs"})).await.expect(200);
    assert_eq!((renamed["name"].as_str(), renamed["version"].as_i64()), (Some("Repairs"), Some(2)));
    assert_eq!(ann.patch(&path, json!({"name": "support"})).await.code(409), "team_exists");
    ann.patch(&path, json!({"name": "REPAIRS"})).await.expect(200);
    let stale = ann.clone().with("if-match", "\"2\"").patch(&path, json!({"archived": true})).await;
    assert_eq!(stale.code(409), "version_conflict");
    let archived = ann.patch(&path, json!({"archived": true})).await;
    assert_eq!(archived.expect(200)["archived"], true);
    for listed in [ann.get("/api/session").await.expect(200)["teams"].clone(), ann.get("/api/teams").await.expect(200)] {
        let of_mine = |t: &&Value| t["id"] == team["id"];
        assert_eq!(listed.as_array().expect("teams").iter().find(of_mine).expect("still listed")["archived"], true);
    }
    let undo = archived.headers["rapport-undo"].to_str().expect("ASCII").to_owned();
    ann.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
    assert_eq!(ann.get(&path).await.expect(200)["archived"], false);
    assert_eq!(ann.get("/api/teams/7").await.code(404), "team_not_found");
    assert_eq!(ann.patch("/api/teams/7", json!({})).await.code(404), "team_not_found");
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    assert_eq!(bo.patch(&path, json!({"name": "Bo"})).await.code(403), "not_permitted");
}

async fn the_usual_brand_stays_and_others_can_be_archived(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    let usual = format!("/api/brands/{}", boot["brands"][0]["id"]);
    assert_eq!(ann.patch(&usual, json!({"archived": true})).await.code(409), "brand_usual");
    assert_eq!(ann.patch(&usual, json!({"name": "Loom"})).await.expect(200)["name"], "Loom");
    let brand = ann.post("/api/brands", json!({"name": "Lantern"})).await.expect(201);
    let path = format!("/api/brands/{}", brand["id"]);
    assert_eq!(ann.patch(&path, json!({"name": " LOOM"})).await.code(409), "brand_exists");
    assert_eq!(ann.patch(&path, json!({"archived": true})).await.expect(200)["archived"], true);
    let shown = ann.get(&path).await;
    assert_eq!(shown.expect(200)["archived"], true);
    assert_eq!(shown.headers["etag"], "\"2\"");
    assert_eq!(ann.patch(&path, json!({"archived": false})).await.expect(200)["archived"], false);
}

async fn who_is_with_a_brand_sees_it_alone(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    ann.post("/api/roles", json!({"name": "branded", "grants": [], "reach": "brands"})).await.expect(201);
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "branded").await;
    let id = bo.get("/api/session").await.expect(200)["agent"]["id"].as_i64().expect("an id");
    let brand = boot["brands"][0]["id"].as_i64().expect("an id");
    let path = format!("/api/brands/{brand}/members");
    let reply = ann.put(&path, json!({"agent_ids": [id, id]})).await;
    assert_eq!(reply.expect(200)["agent_ids"], json!([id]));
    let scope = || w.house.read(journal::Caller::agent(id, []), crate::scope);
    let agent = AgentId(id);
    let seen = Scope::Brands { agent, brands: vec![BrandId(brand)] };
    assert_eq!(scope().await.expect("reads"), seen);
    assert_eq!(ann.get(&path).await.headers["etag"], "\"2\"");
    let stale = ann.clone().with("if-match", "\"1\"").put(&path, json!({"agent_ids": []})).await;
    assert_eq!(stale.code(409), "version_conflict");
    assert_eq!(ann.put(&path, json!({"agent_ids": [7]})).await.code(404), "agent_not_found");
    let undo = reply.headers["rapport-undo"].to_str().expect("ASCII").to_owned();
    ann.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
    assert_eq!(scope().await.expect("reads"), Scope::Brands { agent, brands: vec![] });
    assert_eq!(ann.get("/api/brands/7/members").await.code(404), "brand_not_found");
}

}
