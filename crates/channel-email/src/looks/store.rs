//! All SQL of looks and signatures.

use base::Result;
use conversations::model::MessageId;
use journal::Cx;
use people::{AgentId, BrandId};
use store::{p, row};

use super::look::{Look, LookId};

const COLUMNS: &str = "id, brand_id, header, footer, css, accent, signature, whose, language, version";

/// The present look of a brand.
pub fn find_look(cx: &mut Cx, brand: BrandId) -> Result<Option<Look>> {
    let sql = format!("SELECT {COLUMNS} FROM email_looks WHERE brand_id = $1 ORDER BY version DESC LIMIT 1");
    cx.opt(sql, p![brand])
}

pub fn get_look(cx: &mut Cx, id: LookId) -> Result<Look> {
    cx.one(format!("SELECT {COLUMNS} FROM email_looks WHERE id = $1"), p![id])
}

/// Looks are never changed, since mail that went out names them.
pub fn insert_look(cx: &mut Cx, look: &Look) -> Result<()> {
    cx.exec(
        "INSERT INTO email_looks (id, brand_id, header, footer, css, accent, signature, whose, language, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        p![
            look.id,
            look.brand_id,
            look.header,
            look.footer,
            look.css,
            look.accent,
            look.signature,
            look.whose,
            look.language,
            look.version
        ],
    )
    .map(drop)
}

row! {
    /// An agent's own signature.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Signature {
        pub agent_id: AgentId,
        /// Sanitised.
        pub html: String,
        pub version: i64,
    }
}

pub fn find_signature(cx: &mut Cx, agent: AgentId) -> Result<Option<Signature>> {
    cx.opt("SELECT agent_id, html, version FROM email_signatures WHERE agent_id = $1", p![agent])
}

pub fn put_signature(cx: &mut Cx, one: &Signature) -> Result<()> {
    cx.exec(
        "INSERT INTO email_signatures (agent_id, html, version) VALUES ($1, $2, $3)
         ON CONFLICT (agent_id) DO UPDATE SET html = excluded.html, version = excluded.version",
        p![one.agent_id, one.html, one.version],
    )
    .map(drop)
}

row! {
    /// What a message goes out in: fixed with its first try, so that what is sent again is the same.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Kept {
        pub message_id: MessageId,
        pub look_id: Option<LookId>,
        /// The agent's own signature as it was.
        pub signature: Option<String>,
        pub facts: serde_json::Value,
    }
}

pub fn find_kept(cx: &mut Cx, message: MessageId) -> Result<Option<Kept>> {
    cx.opt(
        "SELECT message_id, look_id, signature, facts FROM email_dresses WHERE message_id = $1",
        p![message],
    )
}

pub fn insert_kept(cx: &mut Cx, kept: &Kept) -> Result<()> {
    cx.exec(
        "INSERT INTO email_dresses (message_id, look_id, signature, facts) VALUES ($1, $2, $3, $4)
         ON CONFLICT (message_id) DO NOTHING",
        p![kept.message_id, kept.look_id, kept.signature, kept.facts],
    )
    .map(drop)
}
