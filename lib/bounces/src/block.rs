//! Header blocks as they stand inside reports: fields, unfolded.

/// The fields of one block, names in lower case.
pub(crate) struct Block(Vec<(String, String)>);

impl Block {
    /// The first field of a name.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Blocks parted by empty lines (RFC 3464 section 2.1); lines that are no fields are passed over.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if !fields.is_empty() {
                all.push(Block(std::mem::take(&mut fields)));
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_graphic())
        {
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    all
}

/// The first block of a text: the header of a mail.
pub(crate) fn header(text: &str) -> Option<Block> {
    blocks(text).into_iter().next().filter(|block| !block.is_empty())
}

/// What stands behind the type of a field such as `rfc822; ann@a.example`.
pub(crate) fn typed(value: &str) -> (&str, &str) {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.trim().contains(' ') => (kind.trim(), rest.trim()),
        _ => ("", value.trim()),
    }
}
