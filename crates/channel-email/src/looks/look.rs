//! The look of a brand's mail, and what may stand in it.

use base::Result;
use base::error::invalid;
use people::BrandId;
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

use super::facts;

base::id! {
    /// A brand's look as it was at some time: mail that went out keeps the one that it had.
    LookId
}

base::words! {
    /// Whose signature stands below what an agent writes.
    pub enum Whose {
        /// The agent's own, and the brand's where the agent has none.
        Agent = "agent",
        /// The brand's alone.
        Brand = "brand",
        /// The agent's, and the brand's below it.
        Both = "both",
    }
}

row! {
    /// What stands around every mail of a brand.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Look {
        pub id: LookId,
        pub brand_id: BrandId,
        /// HTML as it was written: it is made safe whenever it is used.
        pub header: String,
        pub footer: String,
        pub css: String,
        /// `#rrggbb`.
        pub accent: String,
        pub signature: String,
        pub whose: Whose,
        pub language: String,
        pub version: i64,
    }
}

/// A look as administrators write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailLook)]
pub struct Draft {
    /// HTML above every mail; `{{brand.name}}` and the like stand for what is known.
    pub header: String,
    /// HTML below every mail.
    pub footer: String,
    /// A style sheet of one's own: it is written into the elements that it is about.
    pub css: String,
    /// The colour of links and lines, as `#rrggbb`.
    pub accent: String,
    /// HTML of the brand's signature.
    pub signature: String,
    pub whose: Whose,
    /// `en`, `de` or `ar`: in which the house itself speaks in these mails.
    pub language: String,
}

impl Default for Draft {
    fn default() -> Draft {
        let empty = String::new;
        Draft {
            header: empty(),
            footer: empty(),
            css: empty(),
            accent: "#2f5bd7".to_owned(),
            signature: empty(),
            whose: Whose::Agent,
            language: "en".to_owned(),
        }
    }
}

/// Bytes of HTML: room for a picture of usual size inside of it.
const LONGEST: usize = 200 * 1024;

impl Draft {
    /// Refuses with the field that the sentence is about.
    pub fn check(&self) -> Result<()> {
        for (field, html) in
            [("header", &self.header), ("footer", &self.footer), ("signature", &self.signature)]
        {
            if html.len() > LONGEST {
                let sentence = "At most 200 kB can stand here. Use a smaller picture.";
                return Err(invalid("too_long", sentence).field(field));
            }
            facts::check(html, field)?;
        }
        if self.css.len() > markup::CSS_BYTES {
            return Err(invalid("too_long", "A style sheet has at most 32 kB.").field("css"));
        }
        let digits = self.accent.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(invalid("color_invalid", "Write a colour as in #2f5bd7.").field("accent"));
        }
        if !["en", "de", "ar"].contains(&self.language.as_str()) {
            return Err(invalid("language_unknown", "There are no words in this language.").field("language"));
        }
        Ok(())
    }

    pub fn look(&self, id: LookId, brand_id: BrandId, version: i64) -> Look {
        let clean = base::text::without_nul;
        Look {
            id,
            brand_id,
            header: clean(&self.header),
            footer: clean(&self.footer),
            css: clean(&self.css),
            accent: self.accent.clone(),
            signature: clean(&self.signature),
            whose: self.whose,
            language: self.language.clone(),
            version,
        }
    }
}

impl From<Look> for Draft {
    fn from(look: Look) -> Draft {
        Draft {
            header: look.header,
            footer: look.footer,
            css: look.css,
            accent: look.accent,
            signature: look.signature,
            whose: look.whose,
            language: look.language,
        }
    }
}
