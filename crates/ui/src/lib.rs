//! The browser side inside the binary: the desk's files, ready to be served.
//!
//! **What.** `build.rs` builds `web/` when its sources changed and embeds the result.
//! **Owns** nothing. **Announces** nothing. **Hears** nothing. **Offers** [`asset`] and [`desk_page`].
//!
//! **Invariant:** no dependency, no HTTP; only the roof depends on this crate, so that other crates never need Node.

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    path: &'static str,
    /// The content as it is.
    pub bytes: &'static [u8],
    /// An opaque tag over the content, without quotes; the header adds them (RFC 9110, section 8.8.3).
    pub etag: &'static str,
    /// The media type with its charset.
    pub content_type: &'static str,
    /// The content compressed with Brotli (RFC 7932), where that pays.
    pub brotli: Option<&'static [u8]>,
    /// The name carries a hash of the content, so it may be kept for ever.
    pub immutable: bool,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Finds a file by its path, with or without a leading slash.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let path = path.strip_prefix('/').unwrap_or(path);
    ASSETS.iter().find(|asset| asset.path == path).copied()
}

/// The page that every address under `/desk` answers with.
#[must_use]
pub fn desk_page() -> Asset {
    asset("index.html").expect("the build embeds index.html or fails")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_page_is_html_and_must_be_asked_for_again() {
        let page = desk_page();
        assert!(page.content_type.starts_with("text/html"));
        assert!(!page.immutable);
        assert!(page.etag.len() == 16 && page.etag.bytes().all(|b| b.is_ascii_hexdigit()));
    }

    #[test]
    fn every_file_that_the_page_names_is_embedded() {
        let page = std::str::from_utf8(desk_page().bytes).expect("the page is UTF-8");
        for part in page.split('"').filter(|part| part.starts_with('/')) {
            assert!(asset(part).is_some(), "{part} is named by the page but not embedded");
        }
    }

    #[test]
    fn hashed_files_are_immutable_and_others_are_not() {
        for asset in ASSETS {
            assert_eq!(asset.immutable, asset.path.starts_with("assets/"), "{}", asset.path);
        }
    }

    #[test]
    fn a_path_outside_is_not_found() {
        assert!(asset("../Cargo.toml").is_none());
        assert!(asset("/assets/").is_none());
        assert!(asset("").is_none());
    }

    #[test]
    fn the_page_has_no_inline_script_or_style() {
        let page = std::str::from_utf8(desk_page().bytes).expect("the page is UTF-8");
        assert!(!page.contains("<style") && !page.contains(" style="));
        for script in page.split("<script").skip(1) {
            assert!(
                script.starts_with(" src=") || script.contains("\" src=") || script.contains(" src="),
                "{script}"
            );
        }
    }
}
