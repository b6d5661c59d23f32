//! Chapters: what PostgreSQL's index of words is cut into, by age.
//!
//! A GIN index reads all of a word's list whatever else is asked for, so with a word that many entries
//! have the cost of finding the newest would grow with the history. Therefore each word is stored with the
//! chapter that its entry stands in, and a look reads the lists of as many chapters as it needs. Which one
//! that is follows from the id alone: nothing has to be kept, and an entry never changes its chapter.

/// Ids count time, two to a microsecond (see `base::id`), so a chapter holds 12.7 days: at four million
/// entries in two years about 70,000. Shorter ones make rare words dearer, longer ones the usual words.
const BITS: u32 = 41;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chapter(i64);

impl Chapter {
    /// How many ids it spans.
    pub const SPAN: i64 = 1 << BITS;

    pub fn of(id: i64) -> Chapter {
        Chapter(id >> BITS)
    }

    /// The least id in it.
    pub fn first(self) -> i64 {
        self.0 << BITS
    }

    /// This one and the chapters before it, newest first, `most` in all.
    pub fn back(self, most: i64) -> impl Iterator<Item = Chapter> {
        (0..most).map(move |by| Chapter(self.0 - by))
    }

    /// A word as it stands in this chapter. It begins with a letter: nothing that PostgreSQL takes for a
    /// number. The sign behind the number ends it, so that no beginning of a word meets another chapter.
    pub fn word(self, word: &str) -> String {
        format!("c{}x{word}", self.0)
    }
}

/// Folded words of an entry as PostgreSQL stores them.
pub fn chaptered(id: i64, folded: &str) -> String {
    let chapter = Chapter::of(id);
    let words: Vec<String> = folded.split(' ').map(|word| chapter.word(word)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_stands_in_one_chapter_and_no_beginning_of_a_word_meets_another() {
        for id in [0, 1, Chapter::SPAN - 1, Chapter::SPAN, 117 * Chapter::SPAN + 5, i64::MAX] {
            let chapter = Chapter::of(id);
            assert!(chapter.first() <= id && id - chapter.first() < Chapter::SPAN, "{id}");
        }
        let (first, eleventh) = (Chapter::of(Chapter::SPAN), Chapter::of(11 * Chapter::SPAN));
        assert!(!eleventh.word("kettle").starts_with(&first.word("")));
        assert_eq!(
            chaptered(11 * Chapter::SPAN, "kind0text0 red kettle"),
            "c11xkind0text0 c11xred c11xkettle"
        );
        let back: Vec<Chapter> = eleventh.back(3).collect();
        assert_eq!(back.iter().map(|c| c.first() / Chapter::SPAN).collect::<Vec<i64>>(), [11, 10, 9]);
    }
}
