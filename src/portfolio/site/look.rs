//! May a page's style and script be used, and nothing else? Both, and the policy that names them by their hashes.

use crate::output::html::{CSS, base64};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The style of the report on one repository, and what a portfolio adds to it.
pub(super) static STYLE: LazyLock<String> = LazyLock::new(|| format!("{CSS}{}", include_str!("site.css")));

/// The one script: sorts, filters and searches a table that is there without it.
pub(super) const SCRIPT: &str = include_str!("site.js");

/// The content security policy of a page: its style, its script where it has one, and nothing from anywhere
/// (W3C, Content Security Policy Level 3, section 2.3.1).
pub(super) fn policy(scripted: bool) -> &'static str {
    static POLICIES: LazyLock<[String; 2]> = LazyLock::new(|| {
        let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
        let with = |script: &str| {
            let style = hash(&STYLE);
            format!(
                "default-src 'none'; style-src 'sha256-{style}';{script} img-src data:; base-uri 'none'; form-action 'none'"
            )
        };
        [with(""), with(&format!(" script-src 'sha256-{}';", hash(SCRIPT)))]
    });
    let [plain, with_script] = &*POLICIES;
    if scripted { with_script } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_stay_in_their_elements_and_load_nothing() {
        for text in [STYLE.as_str(), SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
            assert_eq!(crate::output::encode::guard(text), text, "a guard that changed it would change its hash");
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
        for word in ["innerHTML", "insertAdjacent", "eval(", "Function(", "document.write", "fetch(", "XMLHttp", "http"]
        {
            assert!(!SCRIPT.contains(word), "{word}");
        }
    }

    #[test]
    fn a_page_without_a_script_allows_none() {
        assert!(!policy(false).contains("script-src"));
        assert!(policy(true).contains("script-src 'sha256-"));
    }
}
