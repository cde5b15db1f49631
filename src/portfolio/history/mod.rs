//! What did earlier runs find? `history.sqlite` of an output folder; docs/portfolio.md explains its tables.
//!
//! A run is kept in one transaction, with a rollback journal: whoever is killed leaves what was there before. What is
//! damaged, foreign or newer than this version is told and never touched.

mod database;
mod keep;
mod past;
#[cfg(test)]
mod tests;

pub use keep::{Keeper, keep};
pub use past::{kept, rows, trend};

use crate::phrase::Phrase;
use crate::portfolio::files;
use std::path::Path;

/// The name of the file.
pub const FILE: &str = "history.sqlite";

/// Copies a history into another folder, where it goes on.
///
/// # Errors
/// Where there is none, it cannot be read, or it cannot be written there.
pub fn adopt(old: &Path, dir: &Path) -> Result<(), Phrase> {
    // What a killed process left half done is undone by opening it.
    if database::for_reading(old, database::STEPS)?.is_none() {
        let words = Phrase::new("{path} is no history of earlier runs", "{path} ist kein Verlauf früherer Läufe");
        return Err(words.with("path", files::shown(old)));
    }
    let to = dir.join(FILE);
    let mut source = files::open(old)?;
    let target = std::fs::OpenOptions::new().write(true).create_new(true).open(&to);
    let copied = target.and_then(|mut target| std::io::copy(&mut source, &mut target));
    copied.map(drop).map_err(|error| files::unwritable(&to, &error))
}
