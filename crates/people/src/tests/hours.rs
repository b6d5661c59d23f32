//! The hours in which teams are at work.

use serde_json::json;

use super::{founded, parts, sign_in};

testkit::both! { with parts();
    async fn hours_are_set_seen_and_taken_back(w: World) {
        let mut ann = founded(&w).await;
        sign_in(&mut ann, "ann@lantern.example").await;
        let team = ann.get("/api/teams").await.expect(200)[0]["id"].clone();
        let path = format!("/api/teams/{team}/hours");
        let before = ann.get(&path).await.expect(200);
        assert_eq!((&before["schedule"], &before["open"]), (&json!(null), &json!(true)));
        let week = json!([[{"from": "08:00:00", "to": "12:00:00"}], [], [], [], [], [], []]);
        let schedule = |zone: &str| json!({"schedule": {"zone": zone, "week": week, "holidays": []}});
        let set = ann.put(&path, schedule("UTC")).await;
        assert_eq!(set.expect(200)["open"], true, "it is Monday, nine o'clock");
        let undo = set.headers["rapport-undo"].to_str().expect("a number").to_owned();
        w.clock.advance(4 * 3_600_000);
        let later = ann.get(&path).await.expect(200);
        assert_eq!((&later["open"], &later["next_open"]), (&json!(false), &json!("2026-03-09T08:00:00.000Z")));
        assert_eq!(ann.put(&path, schedule("Nowhere/Else")).await.code(400), "schedule_invalid");
        assert_eq!(ann.get("/api/teams/12/hours").await.code(404), "team_not_found");
        ann.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
        assert_eq!(ann.get(&path).await.expect(200)["schedule"], json!(null));
    }
}
