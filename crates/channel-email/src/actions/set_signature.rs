//! Agents change what stands below their mail.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::events;
use crate::looks::facts;
use crate::looks::store::{Signature, find_signature, put_signature};

/// Bytes of HTML.
const LONGEST: usize = 20 * 1024;

pub struct SetSignature;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetSignatureInput)]
pub struct Input {
    /// As agents write; empty for none.
    pub html: String,
    /// What the caller saw; 0 where there was none.
    #[serde(default)]
    pub version: Option<i64>,
}

/// One's own signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OwnMailSignature)]
pub struct Shown {
    pub html: String,
    /// 0 where there never was one.
    pub version: i64,
}

/// The signature of the agent who acts.
pub fn show(cx: &mut Cx) -> Result<Shown> {
    let agent = people::acting_agent(cx)?;
    let found = find_signature(cx, agent)?;
    Ok(found.map_or(Shown { html: String::new(), version: 0 }, |one| Shown {
        html: one.html,
        version: one.version,
    }))
}

impl Action for SetSignature {
    const NAME: &'static str = "email.set_signature";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Shown;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Shown> {
        let agent_id = people::acting_agent(cx)?;
        let before = show(cx)?;
        if input.version.is_some_and(|seen| seen != before.version) {
            let sentence = "This signature was changed elsewhere meanwhile.";
            return Err(conflict("version_conflict", sentence).with_present(json!(before)));
        }
        let html = checked(&input.html)?;
        if html == before.html {
            return Ok(before);
        }
        let version = before.version + 1;
        put_signature(cx, &Signature { agent_id, html: html.clone(), version })?;
        cx.record(Note::new(events::SIGNATURE_SET, "agent", agent_id.0))?;
        cx.undoable::<SetSignature>(&Input { html: before.html, version: Some(version) })?;
        Ok(Shown { html, version })
    }
}

fn checked(html: &str) -> Result<String> {
    if html.len() > LONGEST {
        return Err(invalid("too_long", "A signature has at most 20 kB.").field("html"));
    }
    let html = markup::sanitise_own(&base::text::without_nul(html));
    facts::check(&html, "html")?;
    if html.contains("<img") {
        let sentence = "A signature of one's own is text. Pictures belong to the look of the brand.";
        return Err(invalid("signature_picture", sentence).field("html"));
    }
    match markup::html_to_text(&html).trim().is_empty() {
        true => Ok(String::new()),
        false => Ok(html),
    }
}
