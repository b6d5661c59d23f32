//! Widgets: how they are set, what is served for them, what robots meet.

use journal::Caller;
use serde_json::json;

use super::shop::{Shop, house, house_with};
use crate::actions::widget::{Change, ChangeInput, Named, Rekey, RekeyInput, Remove};
use crate::limits::Doors;
use crate::model::{Before, FieldKind, Form, FormField, WidgetSettings};

testkit::both! { with house();
    async fn a_widget_is_changed_removed_and_brought_back(w: World) {
        let shop = Shop::open(w).await;
        let house = &shop.w.house;
        let settings = WidgetSettings { color: "#ffe800".into(), ..shop.widget.settings.clone() };
        let change = ChangeInput { id: shop.widget.id, settings, version: Some(1) };
        let changed = house.act::<Change>(Caller::system(), None, change.clone()).await.expect("changed");
        assert_eq!(changed.output.version, 2);
        let late = house.act::<Change>(Caller::system(), None, change).await.expect_err("seen before");
        assert_eq!(late.code, "version_conflict");
        let loader = shop.browser.stranger().get(&format!("/widget.js?key={}", shop.widget.key)).await;
        let text = String::from_utf8(loader.bytes.clone()).expect("text");
        assert!(text.contains("\"color\":\"#ffe800\"") && text.contains("\"ink\":\"#000000\""), "{text}");
        assert_eq!(loader.headers["access-control-allow-origin"], "*");

        let removed = house.act::<Remove>(Caller::system(), None, Named { id: shop.widget.id }).await.expect("removed");
        assert_eq!(shop.browser.stranger().post(&shop.path("session"), json!({})).await.code(404), "chat_unknown");
        house.undo(Caller::system(), removed.undo.expect("a way back")).await.expect("undone");
        shop.visitor().await;
        let rekeyed = house.act::<Rekey>(Caller::system(), None, RekeyInput { id: shop.widget.id, key: String::new() }).await;
        assert_ne!(rekeyed.expect("rekeyed").output.key, shop.widget.key);
        assert_eq!(shop.browser.stranger().get(&format!("/chat/{}", shop.widget.key)).await.code(404), "chat_unknown");
    }

    async fn the_frame_may_stand_only_where_the_settings_allow(w: World) {
        let settings = WidgetSettings { origins: vec!["https://lamps.example".into()], ..WidgetSettings::default() };
        let shop = Shop::open_with(w, settings).await;
        let frame = shop.browser.stranger().get(&format!("/chat/{}", shop.widget.key)).await;
        let policy = frame.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.ends_with("frame-ancestors 'self' https://lamps.example"), "{policy}");
        assert!(policy.contains("default-src 'none'") && !frame.headers.contains_key("set-cookie"));
        let page = String::from_utf8(frame.bytes).expect("text");
        assert!(page.contains("id=\"config\"") && page.contains(&format!("/api/chat/{}", shop.widget.key)), "{page}");
    }

    async fn a_required_form_comes_first(w: World) {
        let field = FormField { name: "email".into(), label: "E-mail".into(), kind: FieldKind::Email, required: true, options: vec![] };
        let form = Form { before: Before::Required, fields: vec![field] };
        let shop = Shop::open_with(w, WidgetSettings { form, ..WidgetSettings::default() }).await;
        let mut visitor = shop.visitor().await;
        let body = json!({"id": base::secrets::new_token(), "text": "Hello"});
        assert_eq!(visitor.post("messages", body.clone()).await.code(400), "form_missing");
        let mut filled = body;
        filled["email"] = json!("mia@sommer.example");
        visitor.post("messages", filled).await.expect(201);
    }

    async fn an_idle_visitor_costs_no_row(w: World) {
        let shop = Shop::open(w).await;
        for _ in 0..5 {
            let mut visitor = shop.visitor().await;
            visitor.get("messages").await.expect(200);
        }
        let count = |table: &'static str| shop.w.system(move |cx| cx.one::<(i64,)>(format!("SELECT count(*) FROM {table}"), store::p![]));
        assert_eq!(count("chat_visitors").await.expect("reads").0, 0);
        assert_eq!(count("customers").await.expect("reads").0, 0);
    }

    async fn the_team_s_hours_are_told_honestly(w: World) {
        let shop = Shop::open(w).await;
        let schedule = json!({"zone": "UTC", "week": [[], [{"from": "10:00:00", "to": "17:00:00"}], [], [], [], [], []], "holidays": []});
        let input = people::actions::input::SetHours { team_id: shop.team, schedule: serde_json::from_value(schedule).expect("hours"), version: None };
        shop.w.house.act::<people::actions::SetHours>(Caller::system(), None, input).await.expect("set");
        let session = shop.visitor().await.post("session", json!({})).await.expect(200);
        let state = &session["state"];
        assert_eq!((&state["open"], &state["back_at"]), (&json!(false), &json!("2026-03-03T10:00:00.000Z")));
    }
}

testkit::both! { with house_with(Doors::usual());
    async fn robots_are_held_back_and_told(w: World) {
        let shop = Shop::open(w).await;
        let mut codes = Vec::new();
        for _ in 0..120 {
            codes.push(shop.browser.stranger().post(&shop.path("session"), json!({})).await.status.as_u16());
        }
        assert!(codes[..100].iter().all(|code| *code == 200) && codes[100..].iter().all(|code| *code == 429));
        let mut begun = 0;
        for n in 0..30 {
            let token = crate::token::anonymous(&shop.w.house.secrets, shop.widget.id);
            let body = json!({"id": format!("robot-{n:04}"), "text": "Hello"});
            let answer = shop.visitor_of(&token).post("messages", body).await;
            begun += u32::from(answer.status.as_u16() == 201);
        }
        assert_eq!(begun, 10, "new conversations of one address have an end");
    }
}
