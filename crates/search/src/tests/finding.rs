//! What is found, what no longer is, and in which order.

use journal::Caller;

use super::{Library, library};
use crate::Query;
use crate::model::chapter::Chapter;

/// Entries whose ids are `step` apart, with words that every first, third… of them has, read page by page.
async fn all_are_found(library: &Library, step: i64) {
    let every = |n: i64, at: i64, word: &str| if at % n == 0 { format!(" {word}") } else { String::new() };
    let rates = [(1, "always"), (3, "often"), (40, "seldom"), (400, "rarely"), (1_450, "once")];
    for at in 1..=1_500 {
        let words: String = rates.iter().map(|(n, word)| every(*n, at, word)).collect();
        library.write(at * step, at, &words).await;
    }
    library.settle().await;
    for (n, word) in rates {
        let wanted: Vec<i64> = (1..=1_500).rev().filter(|at| at % n == 0).map(|at| at * step).collect();
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = library.ask_on(&format!("{word} "), before, 70).await;
            found.extend(page.hits.iter().map(|hit| hit.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(found, wanted, "{word}");
    }
    assert_eq!(library.ids("never ").await, [] as [i64; 0]);
}

testkit::both! { with library();
    async fn words_phrases_and_exclusions_are_found_newest_first(w: World) {
        let library = Library::of(&w);
        library.put(1, "The red shoe is broken").await;
        library.put(2, "A red hat, and a blue shoe").await;
        library.put(3, "Rückgabe der Schuhe").await;
        assert_eq!(library.ids("red shoe ").await, [2, 1]);
        assert_eq!(library.ids("\"red shoe\" ").await, [1]);
        assert_eq!(library.ids("red -hat ").await, [1]);
        assert_eq!(library.ids("ruckga").await, [3]);
        assert_eq!(library.ids("ruckga ").await, [] as [i64; 0], "a finished word is whole");
        assert_eq!(library.ids("title2").await, [2]);
        assert_eq!(library.ids("nothing").await, [] as [i64; 0]);
    }

    async fn an_index_that_was_lost_is_made_anew(w: World) {
        let library = Library::of(&w);
        for id in 1..=400 {
            library.write(id, id, "kettle").await;
        }
        library.settle().await;
        let lose = |cx: &mut journal::Cx<'_, '_>| {
            for id in 1..=400 {
                crate::store::delete_entry(cx, id)?;
            }
            Ok(())
        };
        library.house.write(Caller::system(), lose).await.expect("lost");
        assert_eq!(library.ids("kettle ").await.len(), 0);
        library.house.write(Caller::system(), crate::rebuild).await.expect("asked for");
        library.settle().await;
        let all: Vec<i64> = (301..=400).rev().collect();
        assert_eq!(library.ids("kettle ").await, all, "the newest hundred");
        assert_eq!(library.ask_on("kettle ", Some(2), 10).await.hits.len(), 1, "and the oldest");
    }

    async fn frequent_and_rare_words_are_found_to_the_last_entry(w: World) {
        all_are_found(&Library::of(&w), 1).await;
    }

    async fn words_of_many_years_are_found_to_the_last_entry(w: World) {
        all_are_found(&Library::of(&w), Chapter::SPAN / 9).await;
    }

    async fn scripts_without_spaces_are_found_inside(w: World) {
        let library = Library::of(&w);
        library.put(1, "私は東京都に住んでいます。返品したいです").await;
        library.put(2, "ฉันต้องการคืนสินค้า").await;
        library.put(3, "我想退货").await;
        library.put(4, "서울에서 주문했습니다").await;
        assert_eq!(library.ids("京都").await, [1]);
        assert_eq!(library.ids("返品 東京").await, [1]);
        assert_eq!(library.ids("東").await, [1]);
        assert_eq!(library.ids("都東").await, [] as [i64; 0]);
        assert_eq!(library.ids("คืนสินค้า").await, [2]);
        assert_eq!(library.ids("退货").await, [3]);
        assert_eq!(library.ids("서울").await, [4]);
    }

    async fn a_change_replaces_what_was_found_before(w: World) {
        let library = Library::of(&w);
        library.put(1, "alpha").await;
        library.put(1, "beta").await;
        assert_eq!(library.ids("alpha").await, [] as [i64; 0]);
        assert_eq!(library.ids("beta").await, [1]);
        library.shelf.0.lock().expect("nobody panics here").clear();
        library.house.write(Caller::system(), |cx| crate::put_later(cx, "text", 1)).await.expect("asked for");
        library.settle().await;
        assert_eq!(library.ids("beta").await, [] as [i64; 0], "a row that is gone is taken out");
    }

    async fn what_is_removed_is_gone_with_the_commit_and_stays_away(w: World) {
        let library = Library::of(&w);
        library.put(1, "secretword").await;
        library.write(1, 1, "secretword again").await;
        library.shelf.0.lock().expect("nobody panics here").clear();
        library.house.write(Caller::system(), |cx| crate::remove(cx, "text", 1)).await.expect("removed");
        // On SQLite also in the bytes of the index.
        let sql = (
            "SELECT (SELECT count(*) FROM search_words('secretword'))
                  + (SELECT count(*) FROM search_words_data WHERE instr(block, CAST('secretword' AS BLOB)) > 0)",
            "SELECT count(*) FROM search_entries WHERE folded::text LIKE '%secretword%'",
        );
        let (left,): (i64,) = library.house.db.read(move |tx| tx.one(sql, &[])).await.expect("reads");
        assert_eq!(left, 0);
        library.settle().await;
        assert_eq!(library.ids("secretword").await, [] as [i64; 0]);
    }

    async fn pages_follow_one_another_without_gap_or_double(w: World) {
        let library = Library::of(&w);
        for id in 1..=30 {
            library.write(id, id, "page").await;
        }
        library.settle().await;
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let found = library.ask_on("page", before, 7).await;
            seen.extend(found.hits.iter().map(|hit| hit.id));
            before = found.next;
            if before.is_none() { break }
        }
        assert_eq!(seen, (1..=30).rev().collect::<Vec<i64>>());
    }

    async fn hits_of_one_parent_are_one_and_hidden_ones_are_passed_over(w: World) {
        let library = Library::of(&w);
        for id in 1..=200 {
            library.write(id, id % 2, "word").await;
        }
        library.settle().await;
        let found = library.ask("word").await;
        assert_eq!(found.hits.iter().map(|hit| (hit.id, hit.parent)).collect::<Vec<_>>(), [(200, 0), (199, 1)]);
        let query = Query { text: "word".to_owned(), kind: Some("text"), before: None, most: 5 };
        let only_one = library.house.read(Caller::system(), move |cx| {
            crate::find(cx, &query, |_, hits| Ok(hits.iter().map(|hit| hit.id == 3).collect()))
        });
        let found = only_one.await.expect("finds");
        assert_eq!((found.hits.len(), found.hits[0].id, found.next), (1, 3, None));
        let other = Query { text: "word".to_owned(), kind: Some("other"), before: None, most: 5 };
        let none = library.house.read(Caller::system(), move |cx| {
            crate::find(cx, &other, |_, hits| Ok(vec![true; hits.len()]))
        });
        assert_eq!(none.await.expect("finds").hits, []);
    }

    async fn snippets_show_the_original_writing(w: World) {
        let library = Library::of(&w);
        library.put(1, "Die GRÖSSE passt nicht").await;
        let found = library.ask("große ").await;
        let drawn: String = found.hits[0].snippet.iter()
            .map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect();
        assert_eq!(drawn, "Die [GRÖSSE] passt nicht");
    }

    async fn a_text_of_any_size_can_be_indexed(w: World) {
        let library = Library::of(&w);
        let long: String = (0..200_000).map(|n| format!("w{n} ")).collect();
        library.put(1, &format!("{long} {} {}", "x".repeat(1_000_000), "東".repeat(200_000))).await;
        assert_eq!(library.ids("w15000").await, [1]);
        assert_eq!(library.ids("\"w15000 w15001\"").await, [1]);
        // As wide as words can be: PostgreSQL keeps no more than a megabyte of them in one entry.
        let wide: String = (0..16_000).map(|n| format!("{n:05}{} ", "я".repeat(59))).collect();
        library.put(2, &wide).await;
        library.put(3, "What comes after it").await;
        assert_eq!(library.ids("title2 ").await, [2]);
        assert_eq!(library.ids(&format!("05000{} ", "я".repeat(59))).await, [2]);
        assert_eq!(library.ids("comes ").await, [3]);
    }
}
