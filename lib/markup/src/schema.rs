//! Which elements and attributes are let through, and how elements nest.

/// How the parser treats an element (HTML standard, section 13.2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Closes an open paragraph and is closed by name.
    Block,
    /// Starts a list item, which ends the one before.
    Item,
    /// Reopened by the parser in every block until it is closed.
    Format,
    /// Opened and closed where it stands.
    Plain,
    Table,
    Row,
    Cell,
    Void,
}

/// A set of elements with their attributes.
pub(crate) struct Schema {
    /// The element as it is written, by its name in lower case.
    pub element: fn(&str) -> Option<(&'static str, Kind)>,
    /// Attributes that any of these elements may have; each value is checked in `attribute`.
    pub attributes: &'static [&'static str],
    /// What agents write, rather than foreign mail.
    pub own: bool,
    /// Pictures elsewhere keep their address: the mail is ours.
    pub remote: bool,
}

/// Mail of others: everything that carries meaning or a harmless look.
pub(crate) static MAIL: Schema = Schema {
    element: mail_element,
    attributes: &[
        "align",
        "alt",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "cite",
        "color",
        "colspan",
        "data-remote-src",
        "dir",
        "face",
        "height",
        "href",
        "lang",
        "nowrap",
        "rowspan",
        "size",
        "src",
        "start",
        "style",
        "title",
        "type",
        "valign",
        "value",
        "width",
    ],
    own: false,
    remote: false,
};

/// Mail of ours: as that of others, with names that a style sheet finds, and with pictures of our own servers.
pub(crate) static LETTER: Schema = Schema {
    element: mail_element,
    attributes: &[
        "align",
        "alt",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "class",
        "color",
        "colspan",
        "dir",
        "face",
        "height",
        "href",
        "id",
        "lang",
        "rowspan",
        "size",
        "src",
        "start",
        "style",
        "title",
        "type",
        "valign",
        "value",
        "width",
    ],
    own: false,
    remote: true,
};

/// What agents write.
pub(crate) static OWN: Schema = Schema {
    element: own_element,
    attributes: &["alt", "data-mention-id", "dir", "height", "href", "src", "start", "width"],
    own: true,
    remote: false,
};

/// Every element of foreign mail that is kept.
pub(crate) const MAIL_ELEMENTS: [(&str, Kind); 67] = [
    ("address", Kind::Block),
    ("article", Kind::Block),
    ("aside", Kind::Block),
    ("blockquote", Kind::Block),
    ("center", Kind::Block),
    ("details", Kind::Block),
    ("dir", Kind::Block),
    ("div", Kind::Block),
    ("dl", Kind::Block),
    ("figcaption", Kind::Block),
    ("figure", Kind::Block),
    ("footer", Kind::Block),
    ("h1", Kind::Block),
    ("h2", Kind::Block),
    ("h3", Kind::Block),
    ("h4", Kind::Block),
    ("h5", Kind::Block),
    ("h6", Kind::Block),
    ("header", Kind::Block),
    ("main", Kind::Block),
    ("menu", Kind::Block),
    ("nav", Kind::Block),
    ("ol", Kind::Block),
    ("p", Kind::Block),
    ("pre", Kind::Block),
    ("section", Kind::Block),
    ("summary", Kind::Block),
    ("ul", Kind::Block),
    ("dd", Kind::Item),
    ("dt", Kind::Item),
    ("li", Kind::Item),
    ("a", Kind::Format),
    ("b", Kind::Format),
    ("big", Kind::Format),
    ("code", Kind::Format),
    ("em", Kind::Format),
    ("font", Kind::Format),
    ("i", Kind::Format),
    ("s", Kind::Format),
    ("small", Kind::Format),
    ("strike", Kind::Format),
    ("strong", Kind::Format),
    ("tt", Kind::Format),
    ("u", Kind::Format),
    ("abbr", Kind::Plain),
    ("bdi", Kind::Plain),
    ("bdo", Kind::Plain),
    ("cite", Kind::Plain),
    ("del", Kind::Plain),
    ("ins", Kind::Plain),
    ("kbd", Kind::Plain),
    ("mark", Kind::Plain),
    ("q", Kind::Plain),
    ("samp", Kind::Plain),
    ("span", Kind::Plain),
    ("sub", Kind::Plain),
    ("sup", Kind::Plain),
    ("time", Kind::Plain),
    ("var", Kind::Plain),
    ("br", Kind::Void),
    ("hr", Kind::Void),
    ("img", Kind::Void),
    ("wbr", Kind::Void),
    ("table", Kind::Table),
    ("tr", Kind::Row),
    ("td", Kind::Cell),
    ("th", Kind::Cell),
];

fn mail_element(name: &str) -> Option<(&'static str, Kind)> {
    MAIL_ELEMENTS.into_iter().find(|(each, _)| *each == name)
}

/// Editors and pasted text write the old names; one form is kept.
fn own_element(name: &str) -> Option<(&'static str, Kind)> {
    let kept = match name {
        "b" => "strong",
        "i" => "em",
        "strike" | "del" => "s",
        "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "p",
        "tt" => "code",
        "p" | "br" | "strong" | "em" | "u" | "s" | "a" | "ul" | "ol" | "li" | "blockquote" | "pre"
        | "code" | "img" | "span" => name,
        _ => return None,
    };
    mail_element(kept)
}

/// Elements that go with all that is inside them.
pub(crate) fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "svg"
            | "math"
            | "select"
            | "template"
            | "object"
            | "applet"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "head"
    )
}

#[cfg(test)]
mod tests {
    use super::{LETTER, MAIL};

    /// What is kept of foreign mail was thought through attribute by attribute: mail of ours gets no further by itself.
    #[test]
    fn mail_of_ours_may_say_what_that_of_others_may_and_what_a_style_sheet_finds() {
        let more: Vec<&str> =
            LETTER.attributes.iter().copied().filter(|name| !MAIL.attributes.contains(name)).collect();
        assert_eq!(more, ["class", "id"]);
    }
}
