//! The story of the demo, read from its text files: who wrote what, and when.
//!
//! A conversation begins with `== subject` and a line that says who it is about (`greta to support;
//! priority high; tags kettle warranty`). Its steps begin with a mark and a time:
//! `>>` a mail of a customer, `<<` an answer, `##` a note, `**` a change, `++` an unfinished answer.
//! Times are working days ago with the time of day (`-3 14:20`), or minutes ago (`25m`).

use base::Result;
use base::error::internal;

/// The files in which the story stands.
const FILES: [&str; 8] = [
    include_str!("../../demo/story/english.txt"),
    include_str!("../../demo/story/english_more.txt"),
    include_str!("../../demo/story/german.txt"),
    include_str!("../../demo/story/german_more.txt"),
    include_str!("../../demo/story/cafe.txt"),
    include_str!("../../demo/story/east.txt"),
    include_str!("../../demo/story/romance.txt"),
    include_str!("../../demo/story/today.txt"),
];

/// A conversation as it is told.
#[derive(Debug)]
pub struct Told {
    pub subject: &'static str,
    pub customer: &'static str,
    pub mailbox: &'static str,
    /// What the first agent who looks at it sets, such as `priority high`.
    pub traits: Vec<&'static str>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    WorkingDay { back: i64, hour: i8, minute: i8 },
    MinutesAgo(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Mail,
    Answer,
    Note,
    Change,
    Draft,
}

#[derive(Debug)]
pub struct Step {
    pub what: What,
    pub when: When,
    /// Key of the agent; empty where a customer writes.
    pub agent: &'static str,
    /// What else stands in the line of the mark.
    pub words: Vec<&'static str>,
    pub text: String,
}

impl Step {
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// What follows a word: `by max` gives `max`.
    pub fn after(&self, word: &str) -> Option<&'static str> {
        let at = self.words.iter().position(|w| *w == word)?;
        self.words.get(at + 1).copied()
    }

    /// All that follows any `word`: `cc a cc b` gives both.
    pub fn all_after<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        let pairs = self.words.iter().zip(self.words.iter().skip(1));
        pairs.filter(move |(first, _)| **first == word).map(|(_, second)| *second)
    }
}

pub fn read() -> Result<Vec<Told>> {
    let mut all = Vec::new();
    for file in FILES {
        read_file(file, &mut all)?;
    }
    Ok(all)
}

fn read_file(file: &'static str, all: &mut Vec<Told>) -> Result<()> {
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        if let Some(subject) = line.strip_prefix("== ") {
            let about = lines.next().unwrap_or_default();
            all.push(begin(subject, about)?);
            continue;
        }
        let Some(told) = all.last_mut() else { continue };
        if let Some(step) = step(line)? {
            told.steps.push(step);
        } else if let Some(step) = told.steps.last_mut() {
            step.text.push_str(line);
            step.text.push('\n');
        }
    }
    for step in all.iter_mut().flat_map(|told| &mut told.steps) {
        step.text = step.text.trim().to_owned();
    }
    Ok(())
}

fn begin(subject: &'static str, about: &'static str) -> Result<Told> {
    let mut parts = about.split(';').map(str::trim);
    let (customer, mailbox) = parts
        .next()
        .and_then(|who| who.split_once(" to "))
        .ok_or_else(|| internal(format!("“{subject}” does not say who wrote to which mailbox")))?;
    Ok(Told { subject, customer, mailbox, traits: parts.collect(), steps: Vec::new() })
}

fn step(line: &'static str) -> Result<Option<Step>> {
    let Some((mark, rest)) = line.split_once(' ') else { return Ok(None) };
    let what = match mark {
        ">>" => What::Mail,
        "<<" => What::Answer,
        "##" => What::Note,
        "**" => What::Change,
        "++" => What::Draft,
        _ => return Ok(None),
    };
    let mut words = rest.split_whitespace();
    let agent = if what == What::Mail { "" } else { words.next().unwrap_or_default() };
    let when = when(&mut words).ok_or_else(|| internal(format!("no time can be read in “{line}”")))?;
    Ok(Some(Step { what, when, agent, words: words.collect(), text: String::new() }))
}

fn when<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<When> {
    let first = words.next()?;
    if let Some(minutes) = first.strip_suffix('m') {
        return minutes.parse().ok().map(When::MinutesAgo);
    }
    let back = first.strip_prefix('-')?.parse().ok()?;
    let (hour, minute) = words.next()?.split_once(':')?;
    Some(When::WorkingDay { back, hour: hour.parse().ok()?, minute: minute.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::calendar::Calendar;
    use crate::demo::cast;
    use base::Time;

    #[test]
    fn everybody_in_the_story_is_known_and_time_moves_forward() {
        let now = Time::parse("2026-11-23T10:00:00Z").expect("a time");
        let calendar = Calendar::ending(now);
        let cast = cast::read().expect("the cast reads");
        let story = read().expect("the story reads");
        assert!(story.len() >= 105, "{} conversations", story.len());
        for told in &story {
            assert!(cast.find(told.customer).is_some(), "{} in “{}”", told.customer, told.subject);
            assert!(!told.steps.is_empty(), "{}", told.subject);
            let mut last = Time(0);
            for step in &told.steps {
                let at = calendar.time(step.when);
                assert!(at > last && at < now, "“{}” goes back at {:?}", told.subject, step.when);
                last = at;
                assert!(
                    step.what == What::Mail || cast::AGENTS.iter().any(|a| a.key == step.agent),
                    "{step:?}"
                );
                assert_eq!(step.text.is_empty(), step.what == What::Change, "“{}”: {step:?}", told.subject);
                for key in step.all_after("cc").chain(step.after("by")) {
                    assert!(cast.find(key).is_some(), "{key} in “{}”", told.subject);
                }
            }
        }
    }

    #[test]
    fn the_story_has_many_voices() {
        let cast = cast::read().expect("the cast reads");
        let story = read().expect("the story reads");
        for language in ["en", "de", "ar", "fr", "es", "ja", "tr", "pl"] {
            let told = |t: &&Told| cast.find(t.customer).is_some_and(|c| c.language == language);
            assert!(story.iter().filter(told).count() >= 3, "{language}");
        }
        let longest = story.iter().map(|t| t.steps.len()).max();
        assert!(longest >= Some(60), "one thread is very long");
    }
}
