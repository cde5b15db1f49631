//! Which run is this? `run.json` of an output folder.

use super::files;
use crate::phrase::{Lang, Phrase};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The name and version of the format; a change that is not only an addition gets another number.
pub const SCHEMA: &str = "civiclint/run/1";

/// The name of the file.
pub const FILE: &str = "run.json";

/// A file of a dozen fields is never larger, in bytes.
const MOST: u64 = 1 << 20;

/// A run of `civiclint batch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// `civiclint/run/1`
    pub schema: String,
    /// the name of the run, in hexadecimal; another run has another name
    pub run: String,
    /// the version of civiclint that looked
    pub version: String,
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// the language that people read, `en` or `de`
    pub lang: String,
    /// a hash of the rules and of the policy, in hexadecimal
    pub rules: String,
    /// a hash of the whole list, in hexadecimal: the same for all shards
    pub list: String,
    /// what was asked: the name of a profile or policy
    pub profile: String,
    /// how many repositories the whole list names, of which a shard looks at a part
    pub repositories: usize,
    /// which part of the list this is; `None` for all of it
    pub shard: Option<Shard>,
    /// when it began, `2026-11-22T10:00:00Z`
    pub started: String,
    /// when it ended; `None` while it has not
    pub finished: Option<String>,
    /// whether every repository (of the shard) has its record
    pub complete: bool,
}

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// which part, from 1
    pub index: usize,
    /// of how many
    pub of: usize,
}

impl Run {
    /// Reads `run.json` of an output folder.
    ///
    /// # Errors
    /// Where there is none, or it is not one that this version understands.
    pub fn read(dir: &Path) -> Result<Self, Phrase> {
        let path = dir.join(FILE);
        if !path.exists() {
            let words = Phrase::new(
                "{dir} is no output folder of `civiclint batch`: there is no run.json in it",
                "{dir} ist kein Ausgabeordner von `civiclint batch`: run.json fehlt darin",
            );
            return Err(words.with("dir", files::shown(dir)));
        }
        Self::read_file(&path)
    }

    /// Reads a file in the format of `run.json`.
    ///
    /// # Errors
    /// As [`Run::read`].
    pub fn read_file(path: &Path) -> Result<Self, Phrase> {
        let bytes = files::read(path, MOST)?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| files::broken(path, &error))?;
        same_schema(path, value.get("schema").and_then(serde_json::Value::as_str), SCHEMA)?;
        let run: Self = serde_json::from_value(value).map_err(|error| files::broken(path, &error))?;
        let shard = run.shard.is_none_or(|shard| (1..=shard.of).contains(&shard.index));
        if run.as_of.parse::<jiff::civil::Date>().is_err() || !shard || !is_hex(&run.run) {
            return Err(files::broken(path, &"as_of, shard or run"));
        }
        Ok(run)
    }

    /// The text of `run.json`.
    pub fn render(&self) -> String {
        // A struct of texts and numbers has nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The language that people read.
    pub fn lang(&self) -> Lang {
        Lang::of_locale(&self.lang)
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.len() <= 128 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a file is in the format that this version reads.
pub(super) fn same_schema(path: &Path, found: Option<&str>, wanted: &'static str) -> Result<(), Phrase> {
    match found {
        Some(found) if found == wanted => Ok(()),
        Some(found) => Err(Phrase::new(
            "{path} is in the format {found}, and this version of civiclint reads {wanted}",
            "{path} hat das Format {found}, diese Version von civiclint liest {wanted}",
        )
        .with("path", files::shown(path))
        .with("found", found)
        .with("wanted", wanted)),
        None => Err(Phrase::new("{path} does not name its format", "{path} nennt sein Format nicht")
            .with("path", files::shown(path))),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::fs;

    /// A run of four repositories.
    pub(in crate::portfolio) fn example() -> Run {
        Run {
            schema: SCHEMA.to_owned(),
            run: "a1".to_owned(),
            version: "0.1.0".to_owned(),
            as_of: "2026-11-22".to_owned(),
            lang: "en".to_owned(),
            rules: "b2".to_owned(),
            list: "c3".to_owned(),
            profile: "civic".to_owned(),
            repositories: 4,
            shard: None,
            started: "2026-11-22T10:00:00Z".to_owned(),
            finished: Some("2026-11-22T11:00:00Z".to_owned()),
            complete: true,
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let run = Run { shard: Some(Shard { index: 1, of: 4 }), finished: None, ..example() };
        fs::write(folder.path().join(FILE), run.render()).expect("written");
        assert_eq!(Run::read(folder.path()), Ok(run));
    }

    #[test]
    fn what_is_no_run_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Run::read(folder.path()).is_err(), "nothing there");
        for bad in [
            "{".to_owned(),
            "{}".to_owned(),
            example().render().replace("run/1", "run/2"),
            example().render().replace("2026-11-22\"", "yesterday\""),
            example().render().replace("\"a1\"", "\"../x\""),
            Run { shard: Some(Shard { index: 5, of: 4 }), ..example() }.render(),
        ] {
            fs::write(folder.path().join(FILE), &bad).expect("written");
            assert!(Run::read(folder.path()).is_err(), "{bad}");
        }
    }
}
