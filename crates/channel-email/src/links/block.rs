//! How a mail names the files that did not fit into it.

use super::make::Linked;
use crate::looks::words::{link_until, links_title};

/// As HTML and as text; `None` where nothing goes as a link. `address` makes the address of a link.
pub fn block(links: &[Linked], address: impl Fn(&Linked) -> String) -> Option<(String, String)> {
    let language = &links.first()?.link.language;
    let title = links_title(language);
    let mut html = format!("<div class=\"rapport_files\"><p><strong>{title}</strong></p><ul>");
    let mut text = format!("{title}:\n");
    for linked in links {
        let (name, url) = (&linked.file.name, address(linked));
        let until = link_until(language, linked.file.size, linked.link.expires_at);
        html.push_str(&format!(
            "<li><a href=\"{}\">{}</a> ({})</li>",
            escaped(&url),
            escaped(name),
            escaped(&until)
        ));
        text.push_str(&format!("\n{name} ({until})\n{url}\n"));
    }
    html.push_str("</ul></div>");
    Some((html, text.trim_end().to_owned()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
