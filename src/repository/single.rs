//! How is one file read that a person named on the command line?

use super::refusal::Refusal;
use super::safe_root::SafeRoot;
use crate::phrase::Phrase;
use std::path::Path;

/// The text of one file that the user named; links are followed where they stay in the file's folder.
///
/// # Errors
/// The reason, as the end of a sentence whose subject is the path, where it is missing, no regular file, larger than `limit` bytes, or binary.
pub fn text_of(path: &Path, limit: u64) -> Result<String, Phrase> {
    let name = path.file_name().ok_or_else(|| Phrase::new("is no file", "ist keine Datei"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let root = SafeRoot::open(folder).map_err(|error| {
        Phrase::new(
            "lies in a folder that cannot be opened: {why}",
            "liegt in einem Ordner, der sich nicht öffnen lässt: {why}",
        )
        .with("why", error.to_string())
    })?;
    let bytes = root.read(super::native::bytes_of(name), limit).map_err(|refusal: Refusal| refusal.phrase())?;
    super::decode::decode(bytes).ok_or_else(|| Phrase::new("is binary, not text", "ist binär und kein Text"))
}
