//! The timeline: newest first, in pages.

use base::{Ask, Time};
use people::Scope;
use serde_json::json;

use super::{house, make};

testkit::both! { with house();
    async fn entries_come_newest_first_in_pages(w: World) {
        let (ann, bo) = (make(&w, "Ann", &[]).await.id, make(&w, "Bo", &[]).await.id);
        w.system(move |cx| {
            // Two at the same time, and one that is put in later than it happened.
            for (at, number) in [(10, 1), (30, 2), (30, 3), (20, 4)] {
                crate::put_timeline(cx, ann, Time(at), "message", "message_received", json!({"conversation": number}))?;
            }
            crate::put_timeline(cx, bo, Time(99), "message", "message_received", json!({"conversation": 9}))
        }).await.expect("put");
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let ask = Ask { cursor, limit: Some(1) };
            let page = w.system(move |cx| crate::timeline(cx, &Scope::All, ann, &ask)).await.expect("read");
            seen.extend(page.items.iter().map(|entry| entry.link["conversation"].clone()));
            cursor = page.next;
            if cursor.is_none() { break }
        }
        assert_eq!(seen, [3, 2, 4, 1]);
        let hidden = w.system(move |cx| crate::timeline(cx, &Scope::None, ann, &Ask::default())).await;
        assert_eq!(hidden.expect_err("hidden").code, "customer_not_found");
    }
}
