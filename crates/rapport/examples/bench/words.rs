//! A language of our own: words in several scripts, few of them frequent and most of them rare.

/// Different words.
pub const WORDS: usize = 30_000;

/// Random numbers that are the same in each run (the generator SplitMix64, by Sebastiano Vigna).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    pub fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }
}

pub struct Words {
    words: Vec<String>,
    /// For each rank, the share of all words up to it.
    shares: Vec<f64>,
}

impl Words {
    /// By Zipf's law, flattened at the top as in natural languages (Mandelbrot): the first word is about
    /// every thirtieth, the thousandth about one in ten thousand.
    pub fn new() -> Words {
        let mut shares: Vec<f64> = Vec::with_capacity(WORDS);
        let mut sum = 0.0;
        for rank in 0..WORDS {
            sum += 1.0 / (rank as f64 + 2.7);
            shares.push(sum);
        }
        shares.iter_mut().for_each(|share| *share /= sum);
        Words { words: (0..WORDS).map(written).collect(), shares }
    }

    pub fn at(&self, rank: usize) -> &str {
        &self.words[rank.min(WORDS - 1)]
    }

    pub fn pick(&self, dice: &mut Dice) -> &str {
        let share = dice.share();
        self.at(self.shares.partition_point(|upto| *upto < share))
    }

    /// Sentences of about a dozen words.
    pub fn text(&self, dice: &mut Dice, count: usize) -> String {
        let mut text = String::with_capacity(count * 8);
        for n in 0..count {
            if n > 0 {
                text.push_str(if n % 12 == 0 { ". " } else { " " });
            }
            text.push_str(self.pick(dice));
        }
        text
    }
}

/// Consonants and vowels of one script.
struct Script {
    heads: &'static [&'static str],
    tails: &'static [&'static str],
}

const LATIN: Script = Script {
    heads: &["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "br", "tr", "kl", "sch"],
    tails: &["a", "e", "i", "o", "u", "en", "er", "al", "on", "is"],
};
const GERMAN: Script = Script {
    heads: &["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "w", "z", "st", "pf"],
    tails: &["ä", "ö", "ü", "äß", "öl", "ün", "é", "ei", "au", "or"],
};
const CYRILLIC: Script = Script {
    heads: &["б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ш"],
    tails: &["а", "е", "и", "о", "у", "ы", "я", "ов", "ен", "ий"],
};
const ARABIC: Script = Script {
    heads: &["ب", "ت", "ج", "د", "ر", "س", "ش", "ع", "ف", "ق", "ك", "ل", "م", "ن"],
    tails: &["ا", "و", "ي", "ار", "ين", "ول", "ه", "اب"],
};
const JAPANESE: Script = Script {
    heads: &["東", "京", "都", "山", "川", "水", "火", "金", "土", "日", "本", "人", "大", "小", "中"],
    tails: &["語", "会", "社", "車", "店", "道", "国", "学", "校", "電"],
};

fn written(rank: usize) -> String {
    let script = match rank % 10 {
        6 => &GERMAN,
        7 => &CYRILLIC,
        8 => &ARABIC,
        9 => &JAPANESE,
        _ => &LATIN,
    };
    let mut left = rank;
    let mut word = String::new();
    loop {
        word.push_str(script.heads[left % script.heads.len()]);
        left /= script.heads.len();
        word.push_str(script.tails[left % script.tails.len()]);
        left /= script.tails.len();
        if left == 0 {
            return word;
        }
    }
}
