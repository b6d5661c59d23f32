//! What a message goes out in, written out: pure.
//!
//! HTML: header, words, links to files, signature, what is quoted, footer. Plain text is of the same content, but what
//! stands below "-- " (RFC 3676 section 4.3) has to be the end, since mail programs grey it and leave it out of
//! answers: what is quoted stands above it.

use base::text::cut;

use super::facts::Facts;
use super::look::{Look, Whose};

/// What an agent or the house says, and what goes along.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    pub html: &'a str,
    pub text: &'a str,
    /// Earlier messages below the text, sanitised.
    pub quoted: Option<&'a str>,
    /// Links to files, as HTML and as text.
    pub links: Option<(&'a str, &'a str)>,
}

/// What stands around it.
#[derive(Clone, Debug, Default)]
pub struct Dress {
    pub look: Option<Look>,
    /// The own signature of the agent who writes, sanitised.
    pub own: Option<String>,
    pub facts: Facts,
}

/// A mail's body in both forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worn {
    /// A fragment, safe.
    pub html: String,
    pub text: String,
    /// Whose signature stands below it; none when there is none, or when the text ends with it already.
    pub signed: Option<Whose>,
}

impl Dress {
    pub fn wear(&self, said: Said<'_>) -> Worn {
        let header = self.fragment(|look| &look.header);
        let footer = self.fragment(|look| &look.footer);
        let (signature, signed) = self.signature(said.text);
        let text = self.text(said, &header, &signature, &footer);
        if header.is_empty() && footer.is_empty() && signature.is_empty() && !self.has_style() {
            return Worn { html: bare(said), text, signed };
        }
        let mut html = String::from("<div class=\"rapport_letter\">");
        put(&mut html, "rapport_header", &header);
        put(&mut html, "rapport_words", said.html);
        if let Some((links, _)) = said.links {
            html.push_str(links);
        }
        put(&mut html, "rapport_signature", &signature);
        if let Some(quoted) = said.quoted {
            html.push_str("<hr>");
            html.push_str(quoted);
        }
        put(&mut html, "rapport_footer", &footer);
        html.push_str("</div>");
        Worn { html: markup::inline(&html, &self.sheet()), text, signed }
    }

    fn fragment(&self, part: impl Fn(&Look) -> &String) -> String {
        let written = self.look.as_ref().map(part).map(String::as_str).unwrap_or_default();
        safe(&self.facts.fill(written))
    }

    /// The signature, unless the text ends with it: some agents write theirs by hand, some programs add one.
    fn signature(&self, text: &str) -> (String, Option<Whose>) {
        let own = safe(&self.facts.fill(self.own.as_deref().unwrap_or_default()));
        let brand = self.fragment(|look| &look.signature);
        let whose = self.look.as_ref().map_or(Whose::Agent, |look| look.whose);
        let (html, whose) = match (whose, own.is_empty(), brand.is_empty()) {
            (_, true, true) | (Whose::Brand, _, true) => return (String::new(), None),
            (Whose::Agent, false, _) | (Whose::Both, false, true) => (own, Whose::Agent),
            (Whose::Both, false, false) => (format!("{own}\n{brand}"), Whose::Both),
            (Whose::Agent | Whose::Both, true, false) | (Whose::Brand, _, false) => (brand, Whose::Brand),
        };
        match ends_with(text, &markup::html_to_text(&html)) {
            true => (String::new(), None),
            false => (html, Some(whose)),
        }
    }

    fn text(&self, said: Said<'_>, header: &str, signature: &str, footer: &str) -> String {
        let quoted = said.quoted.map(markup::html_to_text).unwrap_or_default();
        let above = markup::html_to_text(header);
        // A logo's other text says nothing that the sender's name does not.
        let above = if is_picture(&above) { String::new() } else { above };
        let links = said.links.map(|(_, text)| text).unwrap_or_default();
        let mut text = joined(&[&above, said.text, links, &quoted]);
        let below = joined(&[&markup::html_to_text(signature), &markup::html_to_text(footer)]);
        if !below.is_empty() {
            text.push_str("\n\n-- \n");
            text.push_str(&below);
        }
        text
    }

    fn has_style(&self) -> bool {
        self.look.as_ref().is_some_and(|look| !look.css.trim().is_empty())
    }

    /// The house's rules first, so that those of the brand outweigh them.
    fn sheet(&self) -> String {
        let accent = self.look.as_ref().map_or("#2f5bd7", |look| look.accent.as_str());
        let own = self.look.as_ref().map(|look| look.css.as_str()).unwrap_or_default();
        let house = format!(
            ".rapport_letter {{ font-family: 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 15px; \
             line-height: 1.5 }}\n.rapport_letter a {{ color: {accent} }}\n\
             .rapport_header {{ padding-bottom: 12px; margin-bottom: 18px; border-bottom: 2px solid {accent} }}\n\
             .rapport_signature {{ margin-top: 18px }}\n\
             .rapport_footer {{ margin-top: 22px; padding-top: 10px; border-top: 1px solid #c9ced6; \
             font-size: 12px; color: #5c6470 }}\n"
        );
        let own = if own.len() + house.len() > markup::CSS_BYTES { cut_rules(own, house.len()) } else { own };
        house + own
    }
}

/// A sheet has no more than the house takes; what is left ends with a whole rule.
fn cut_rules(css: &str, house: usize) -> &str {
    let kept = cut(css, markup::CSS_BYTES - house);
    &kept[..kept.rfind('}').map_or(0, |end| end + 1)]
}

/// Without anything around it, a mail looks as its reader's program likes it.
fn bare(said: Said<'_>) -> String {
    let links = said.links.map(|(html, _)| html).unwrap_or_default();
    match said.quoted {
        Some(quoted) => format!("{}{links}\n<hr>\n{quoted}", said.html),
        None => format!("{}{links}", said.html),
    }
}

/// Balanced for itself, so that it can't end what stands around it; empty when there is nothing to see.
fn safe(html: &str) -> String {
    let clean = markup::sanitise_letter(html);
    let seen = clean.contains("<img") || !markup::html_to_text(&clean).trim().is_empty();
    if seen { clean } else { String::new() }
}

fn put(html: &mut String, class: &str, part: &str) {
    if !part.is_empty() {
        html.push_str(&format!("<div class=\"{class}\" dir=\"auto\">{part}</div>"));
    }
}

fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> =
        parts.iter().map(|part| part.trim_matches('\n').trim_end()).filter(|part| !part.is_empty()).collect();
    filled.join("\n\n")
}

fn is_picture(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('[') && line.ends_with(']'))
}

/// Whether a text ends with another, however both are broken into lines.
fn ends_with(text: &str, end: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (text, end) = (words(text), words(end));
    !end.is_empty() && text.ends_with(&end)
}
