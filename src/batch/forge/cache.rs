//! What did a forge answer the last time? Kept with its ETag, so that it sends only what has changed (RFC 9110, 13.1.2).

use crate::batch::list::bounded;
use crate::output::write;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The form of what is kept.
const SCHEMA: &str = "civiclint/forge-answer/1";
/// So many answers are kept; where there are more, no further one is.
const MOST: usize = 2_000;

/// An answer as it is kept: all that is needed to go on as if it had just come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    schema: String,
    address: String,
    /// its ETag
    pub(super) etag: String,
    /// the body
    pub(super) body: String,
    /// its Link header
    pub(super) link: Option<String>,
    /// its X-Next-Page header
    pub(super) next_page: Option<String>,
    /// its X-Total-Count header
    pub(super) total: Option<String>,
}

/// A folder of answers. What one token may see is kept apart from what everybody may, and from other tokens.
pub(super) struct Cache<'a> {
    folder: &'a Path,
    most_bytes: u64,
    whose: String,
}

impl<'a> Cache<'a> {
    /// The answers to those who have this token, up to so many bytes each.
    pub(super) fn new(folder: &'a Path, most_bytes: u64, token: Option<&str>) -> Self {
        Self { folder, most_bytes, whose: token.map(|token| hash(&["token", token])).unwrap_or_default() }
    }

    /// What was answered at an address.
    pub(super) fn get(&self, address: &str) -> Option<Kept> {
        let most = self.most_bytes.saturating_mul(2);
        let bytes = bounded(&self.file(address), most).ok().filter(|bytes| bytes.len() as u64 <= most)?;
        let kept: Kept = serde_json::from_slice(&bytes).ok()?;
        (kept.schema == SCHEMA && kept.address == address && is_header(&kept.etag)).then_some(kept)
    }

    /// Keeps an answer. Where that fails the next one is sent in full, which is no harm.
    pub(super) fn put(&self, address: &str, etag: &str, body: &[u8], headers: [Option<String>; 3]) {
        let Ok(body) = std::str::from_utf8(body) else { return };
        if !is_header(etag) || fs::create_dir_all(self.folder).is_err() {
            return;
        }
        let file = self.file(address);
        if !file.exists() && fs::read_dir(self.folder).map_or(0, Iterator::count) >= MOST {
            return;
        }
        let [link, next_page, total] = headers;
        let kept = Kept {
            schema: SCHEMA.to_owned(),
            address: address.to_owned(),
            etag: etag.to_owned(),
            body: body.to_owned(),
            link,
            next_page,
            total,
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            let _ = write::to_file(&text, &file);
        }
    }

    fn file(&self, address: &str) -> PathBuf {
        self.folder.join(format!("{}.json", hash(&[address, &self.whose])))
    }
}

fn is_header(text: &str) -> bool {
    !text.is_empty() && text.len() <= 1_000 && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
