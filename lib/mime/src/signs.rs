//! Reads the header fields by which machines give themselves away.

use crate::{field::Fields, mail::Signs, value};

/// What the header says of its maker; type and kind of report are added by whoever knows them.
pub(crate) fn signs(root: &Fields<'_>) -> Signs {
    let word = |name| root.first(name).map(value::word).filter(|word| !word.is_empty());
    Signs {
        auto_submitted: word("auto-submitted"),
        precedence: word("precedence").or_else(|| word("x-precedence")),
        list: root.has_any(&[
            "list-id",
            "list-post",
            "list-unsubscribe",
            "list-help",
            "list-owner",
            "x-mailing-list",
            "mailing-list",
        ]),
        list_addresses: list_addresses(root),
        return_path: root.first("return-path").map(value::path),
        response_suppress: root
            .first("x-auto-response-suppress")
            .map(value::text)
            .map(|text| text.to_lowercase()),
        autoreply: root.has_any(&[
            "x-autoreply",
            "x-autorespond",
            "x-autoresponse",
            "x-auto-reply-from",
            "x-mail-autoreply",
        ]),
        loops: root.all("x-loop").map(value::text).take(20).collect(),
        ..Signs::default()
    }
}

/// `List-Post: <mailto:dev@lists.example>` and `List-Id: Developers <dev.lists.example>`.
fn list_addresses(root: &Fields<'_>) -> Vec<String> {
    let inside = |text: String| {
        let (_, rest) = text.split_once('<')?;
        rest.split_once('>').map(|(inside, _)| inside.trim().to_owned())
    };
    let fits = |address: &String| address.contains('@') && address.len() <= 320;
    let posts = root.all("list-post").map(value::text).filter_map(inside).filter_map(|url| {
        let address = url.strip_prefix("mailto:").or_else(|| url.strip_prefix("MAILTO:"))?;
        address.split('?').next().map(str::to_owned)
    });
    let ids = root.all("list-id").map(value::text).filter_map(inside);
    let ids = ids.filter_map(|id| id.split_once('.').map(|(local, domain)| format!("{local}@{domain}")));
    posts.chain(ids).filter(fits).take(5).collect()
}
