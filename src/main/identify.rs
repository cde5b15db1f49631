//! `civiclint identify`: says which licence a text is.

use super::{Failure, error, lang, path, put, width};
use crate::cli::{FileKindArg, Identify, IdentifyFormat};
use civiclint::output;
use civiclint::phrase::{Lang, Phrase};
use civiclint::reading::licence_text::{self, Place};
use civiclint::repository;
use std::io;
use std::path::{Path, PathBuf};

/// Longer files are no licence texts and no headers.
const LARGEST_TEXT: u64 = 8 << 20;
/// The longest list of files.
const LARGEST_LIST: u64 = 64 << 20;

pub(crate) fn identify(args: &Identify) -> Result<u8, Failure> {
    use rayon::prelude::*;
    let lang = lang(args.lang);
    let mut files = args.files.clone();
    if let Some(list) = &args.files_from {
        files.extend(listed(list, lang)?);
    }
    let told: Vec<output::identify::Told> = files
        .par_iter()
        .map(|file| {
            let name = file.to_string_lossy();
            let place = match args.r#as {
                Some(FileKindArg::Licence) => Place::LicenceFile,
                Some(FileKindArg::Document) => Place::Document,
                Some(FileKindArg::Source) => Place::Source,
                None => licence_text::place_of(&name),
            };
            let text = repository::text_of(file, LARGEST_TEXT);
            output::identify::Told {
                path: path(file),
                identified: text.map(|text| licence_text::identify(&text, place)),
            }
        })
        .collect();
    let shown = match args.format {
        IdentifyFormat::Text => output::identify::text(&told, lang, width()),
        IdentifyFormat::Json => output::identify::json(&told, lang),
        IdentifyFormat::Tsv => output::identify::tsv(&told, lang),
    };
    put(&shown, None, lang)?;
    let unread = told.iter().any(|one| one.identified.is_err());
    let unnamed = told.iter().any(|one| one.identified.is_ok() && one.expression().is_none());
    Ok(if unnamed {
        1
    } else if unread {
        3
    } else {
        0
    })
}

/// The paths of a list, one a line.
fn listed(list: &Path, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = if list == Path::new("-") {
        io::stdin().lock().take(LARGEST_LIST).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(list).and_then(|file| file.take(LARGEST_LIST).read_to_end(&mut bytes))
    };
    read.map_err(|why| {
        let phrase =
            Phrase::new("the list {path} cannot be read: {why}", "die Liste {path} lässt sich nicht lesen: {why}");
        Failure::Use(error(&phrase.with("path", path(list)).with("why", why.to_string()), lang))
    })?;
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(repository::native::owned_path_of).collect())
}
