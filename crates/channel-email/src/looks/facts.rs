//! What `{{brand.name}}` and the like stand for. Names only, no conditions and no loops: whatever stands there is one
//! replacement, so nothing has to be bounded but its length, and an unknown name is refused where it is written. The
//! form is that of template languages, so that what was written stays right should one come.

use std::collections::BTreeMap;

use base::Result;
use base::error::invalid;
use serde::{Deserialize, Serialize};

/// Every name that may stand there.
pub const NAMES: [&str; 5] =
    ["agent.name", "agent.first_name", "brand.name", "mailbox.address", "conversation.number"];

/// The values of one mail. What is missing stands for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts(pub BTreeMap<String, String>);

impl Facts {
    /// The HTML with every value in its place, escaped: a name can't become an element.
    pub fn fill(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        for (text, name) in pieces(html) {
            out.push_str(text);
            let value = name.and_then(|name| self.0.get(name.trim()));
            value.into_iter().flat_map(|value| value.chars()).for_each(|letter| match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                letter => out.push(letter),
            });
        }
        out
    }
}

/// Text, and the name that stands behind it.
fn pieces(html: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(html);
    std::iter::from_fn(move || {
        let all = rest.take()?;
        let found = all.split_once("{{").and_then(|(text, behind)| {
            let (name, behind) = behind.split_once("}}")?;
            Some((text, name, behind))
        });
        let Some((text, name, behind)) = found else { return Some((all, None)) };
        rest = Some(behind);
        Some((text, Some(name)))
    })
}

/// Refuses names that stand for nothing, such as a misspelt one.
pub fn check(html: &str, field: &'static str) -> Result<()> {
    let unknown = pieces(html).filter_map(|(_, name)| name).find(|name| !NAMES.contains(&name.trim()));
    match unknown {
        None => Ok(()),
        Some(name) => {
            let name = base::text::cut(name.trim(), 60);
            let sentence = format!("“{{{{{name}}}}}” stands for nothing. Known are {}.", NAMES.join(", "));
            Err(invalid("variable_unknown", sentence).field(field))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let known = [("agent.name", "Ann <b> & \"Co\""), ("brand.name", "{{agent.name}}")];
        Facts(known.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn names_stand_for_values_once_and_escaped() {
        let table = [
            ("<p>{{agent.name}}</p>", "<p>Ann &lt;b&gt; &amp; &quot;Co&quot;</p>"),
            ("{{ agent.name }}", "Ann &lt;b&gt; &amp; &quot;Co&quot;"),
            // A value is no template.
            ("{{brand.name}}!", "{{agent.name}}!"),
            ("{{conversation.number}}.", "."),
            ("a {{ b", "a {{ b"),
            ("p { color: red } }}", "p { color: red } }}"),
            ("", ""),
        ];
        for (html, expect) in table {
            assert_eq!(facts().fill(html), expect, "for {html:?}");
        }
    }

    #[test]
    fn what_stands_for_nothing_is_refused() {
        assert!(check("{{ brand.name }} {{agent.name}} {single}", "header").is_ok());
        let e = check("<p>{{agent.nme}}</p>", "header").expect_err("misspelt");
        assert!(e.code == "variable_unknown" && e.message.contains("“{{agent.nme}}”"), "{e:?}");
    }
}
