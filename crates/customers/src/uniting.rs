//! What a merge takes over from the details of the merged customer, and how that is given back.

use serde::{Deserialize, Serialize};

use crate::model::{CustomerId, Details, checked_attributes, checked_note, checked_tags};

base::id! {
    /// One merge of two customers.
    MergeId
}

base::words! {
    /// How far a merge has come: large customers move some rows at a time.
    pub enum MergeState {
        Moving = "moving",
        Done = "done",
        Returning = "returning",
        Undone = "undone",
    }
}

/// What the kept customer got, by name only: the values still stand with the merged one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub name: bool,
    pub language: bool,
    pub time_zone: bool,
    pub preferred_channel: bool,
    pub note: bool,
    pub tags: Vec<String>,
    pub attributes: Vec<String>,
}

/// A merge as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Merge {
    pub id: MergeId,
    pub customer: CustomerId,
    pub into: CustomerId,
    pub state: MergeState,
    pub taken: Taken,
}

/// The kept one's own details stand; what it lacks comes from the merged one. What would go beyond the
/// limits stays behind, where it can still be read.
pub(crate) fn unite(kept: &Details, merged: &Details) -> (Details, Taken) {
    let (mut all, mut taken) = (kept.clone(), Taken::default());
    if all.name.is_empty() && !merged.name.is_empty() {
        (all.name, taken.name) = (merged.name.clone(), true);
    }
    taken.language = fill(&mut all.language, &merged.language);
    taken.time_zone = fill(&mut all.time_zone, &merged.time_zone);
    taken.preferred_channel = fill(&mut all.preferred_channel, &merged.preferred_channel);
    if !merged.note.is_empty() {
        let note =
            if kept.note.is_empty() { merged.note.clone() } else { kept.note.clone() + &below(merged) };
        if checked_note(&note).is_ok_and(|checked| checked == note) {
            (all.note, taken.note) = (note, true);
        }
    }
    for tag in merged.tags.iter().filter(|tag| !kept.tags.contains(tag)) {
        all.tags.push(tag.clone());
        if checked_tags(&all.tags).is_err() {
            all.tags.pop();
            break;
        }
        taken.tags.push(tag.clone());
    }
    for (name, value) in &merged.attributes {
        if kept.attributes.contains_key(name) {
            continue;
        }
        all.attributes.insert(name.clone(), value.clone());
        if checked_attributes(&all.attributes).is_err() {
            all.attributes.remove(name);
            break;
        }
        taken.attributes.push(name.clone());
    }
    (all, taken)
}

/// Takes out again what came from the merged one; what was written over meanwhile stays.
pub(crate) fn separate(kept: &Details, merged: &Details, taken: &Taken) -> Details {
    let mut own = kept.clone();
    if taken.name && own.name == merged.name {
        own.name = String::new();
    }
    empty(&mut own.language, &merged.language, taken.language);
    empty(&mut own.time_zone, &merged.time_zone, taken.time_zone);
    empty(&mut own.preferred_channel, &merged.preferred_channel, taken.preferred_channel);
    if taken.note {
        let rest = match own.note == merged.note {
            true => Some(String::new()),
            false => own.note.strip_suffix(&below(merged)).map(str::to_owned),
        };
        own.note = rest.unwrap_or(own.note);
    }
    own.tags.retain(|tag| !taken.tags.contains(tag));
    own.attributes.retain(|name, value| {
        !(taken.attributes.contains(name) && merged.attributes.get(name) == Some(&*value))
    });
    own
}

fn below(merged: &Details) -> String {
    format!("\n\n{}", merged.note)
}

fn fill(own: &mut Option<String>, other: &Option<String>) -> bool {
    let takes = own.is_none() && other.is_some();
    if takes {
        own.clone_from(other);
    }
    takes
}

fn empty(own: &mut Option<String>, other: &Option<String>, taken: bool) {
    if taken && own == other {
        *own = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    fn details() -> impl Strategy<Value = Details> {
        let code = || proptest::option::of("[a-c]{1,3}");
        let tags = proptest::collection::vec("[a-e]", 0..4);
        let attributes = proptest::collection::btree_map("[a-e]", "[a-c]{0,3}", 0..4);
        let note = prop_oneof![Just(String::new()), "[a-c]{1,5}", "[a-c]{1,3}\n\n[a-c]{1,3}"];
        ("[a-c]{0,2}", code(), code(), code(), note, tags, attributes).prop_map(
            |(name, language, time_zone, preferred_channel, note, tags, attributes)| Details {
                name,
                language,
                time_zone,
                preferred_channel,
                note,
                tags: checked_tags(&tags).expect("few and short"),
                attributes: Map::from_iter(attributes.into_iter().map(|(k, v)| (k, Value::String(v)))),
            },
        )
    }

    proptest! {
        #[test]
        fn what_was_united_is_separated_exactly(kept in details(), merged in details()) {
            let (all, taken) = unite(&kept, &merged);
            prop_assert_eq!(separate(&all, &merged, &taken), kept);
        }

        #[test]
        fn nothing_of_either_is_lost(kept in details(), merged in details()) {
            let (all, _) = unite(&kept, &merged);
            prop_assert!(all.note.contains(&kept.note) && all.note.contains(&merged.note));
            prop_assert!(kept.tags.iter().chain(&merged.tags).all(|tag| all.tags.contains(tag)));
            prop_assert!(kept.attributes.iter().all(|(k, v)| all.attributes.get(k) == Some(v)));
            prop_assert!(merged.attributes.keys().all(|k| all.attributes.contains_key(k)));
        }
    }

    #[test]
    fn what_goes_beyond_the_limits_stays_behind() {
        let long = |letter: &str| Details { note: letter.repeat(15_000), ..Details::default() };
        let (all, taken) = unite(&long("a"), &long("b"));
        assert_eq!((all.note.len(), taken.note), (15_000, false));
    }
}
