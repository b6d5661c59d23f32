//! Letters to the staff go out in the reader's language, and say nothing when they can't.

use std::sync::Arc;

use people::{Letter, LetterKind, Postman};

use super::house::{House, capabilities};
use super::server::{Does, Step};
use crate::postman::Letters;

fn letter(kind: LetterKind, locale: &str) -> Letter {
    Letter {
        kind,
        to: "cy@c.example".into(),
        name: "Cy".into(),
        link: "http://desk.example/secret-link".into(),
        workspace: "Lumen Lamps".into(),
        locale: locale.into(),
    }
}

testkit::both! { with capabilities();
    async fn a_letter_speaks_the_language_of_its_reader(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let table = [("en", "Hello Cy"), ("de-AT", "Hallo Cy"), ("ar", "مرحبًا Cy"), ("xx", "Hello Cy")];
        for kind in [LetterKind::Invitation, LetterKind::PasswordReset] {
            for (locale, greeting) in table {
                Letters.send(&house.world.house, &letter(kind, locale)).await.expect("sent");
                let raw = script.mails.lock().expect("whole").pop().expect("a mail");
                let mail = mime::read(&raw, &mime::Limits::default());
                let text = mail.text.clone().expect("text");
                assert!(text.contains(greeting) && text.contains("http://desk.example/secret-link"), "{text}");
                assert!(mail.subject.contains("Lumen Lamps") && mime::automatic(&mail).is_some());
            }
        }
    }

    async fn a_letter_that_can_not_be_sent_waits_or_is_parked(w: World) {
        let house = House::open(w).await;
        let workspace: Arc<_> = house.world.house.clone();
        let unset = Letters.send(&workspace, &letter(LetterKind::Invitation, "en")).await.expect_err("not set up");
        assert_eq!(unset.kind, base::Kind::Unavailable);
        let table = [
            (Step::Mail, Does::Says("451 later"), Some(base::Kind::Unavailable)),
            (Step::FirstRcpt, Does::Says("550 no"), Some(base::Kind::Invalid)),
            (Step::Dot, Does::Closes, None),
        ];
        for (step, does, wanted) in table {
            house.outgoing(step, does).await;
            let sent = Letters.send(&workspace, &letter(LetterKind::Invitation, "en")).await;
            assert_eq!(sent.err().map(|e| e.kind), wanted, "{step:?}");
        }
    }
}
