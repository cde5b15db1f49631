//! What does an output folder hold? Its run, its records, and one result at a time.

use super::run::same_schema;
use super::{Record, RepositoryResult, Run, files, result};
use crate::phrase::Phrase;
use crate::rule::Level;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The name of the journal.
pub const JOURNAL: &str = "journal.jsonl";

/// The name of the folder of results.
pub const RESULTS: &str = "results";

/// A record is never larger, in bytes.
const MOST_LINE: u64 = 1 << 20;

/// A result is never larger, in bytes; see [`result::MOST_FINDINGS`].
const MOST_RESULT: u64 = 256 << 20;

/// An output folder of `civiclint batch`, complete or not.
#[derive(Debug)]
pub struct Stored {
    dir: PathBuf,
    run: Run,
    records: Vec<Record>,
}

impl Stored {
    /// Reads `run.json` and `journal.jsonl`. A last line that was torn off is left out, as its repository will be looked
    /// at again; of two records for the same place in the list the later one holds.
    ///
    /// # Errors
    /// Where either is missing or broken; the sentence names the file and the line.
    pub fn open(dir: &Path) -> Result<Self, Phrase> {
        let run = Run::read(dir)?;
        let path = dir.join(JOURNAL);
        let mut journal = BufReader::new(files::open(&path)?);
        let mut records = BTreeMap::new();
        let mut line = Vec::new();
        for number in 1_usize.. {
            line.clear();
            let read = journal.by_ref().take(MOST_LINE).read_until(b'\n', &mut line);
            if read.map_err(|error| files::unreadable(&path, &error))? == 0 {
                break;
            }
            let whole = line.last() == Some(&b'\n');
            match parse(&line) {
                Ok(record) => drop(records.insert(record.at, record)),
                Err(_) if !whole && (line.len() as u64) < MOST_LINE => break,
                Err(why) => {
                    let words =
                        Phrase::new("{path}, line {line}: {why}", "{path}, Zeile {line}: {why}").with("why", why);
                    return Err(words.with("path", files::shown(&path)).with("line", number.to_string()));
                }
            }
        }
        Ok(Self { dir: dir.to_owned(), run, records: records.into_values().collect() })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Which run it is.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The records, in the order of the list.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Where the result of a repository lies.
    pub fn result_path(&self, record: &Record) -> PathBuf {
        self.dir.join(RESULTS).join(format!("{}.json", record.key))
    }

    /// The result of a repository that somebody looked at.
    ///
    /// # Errors
    /// Where it is missing, too large, or not what this version understands.
    pub fn result(&self, record: &Record) -> Result<RepositoryResult, Phrase> {
        read_result(&self.result_path(record))
    }

    /// The result of a repository; `None` where nobody looked.
    ///
    /// # Errors
    /// As [`Stored::result`].
    pub fn seen(&self, record: &Record) -> Result<Option<RepositoryResult>, Phrase> {
        if record.status.is_seen() { self.result(record).map(Some) } else { Ok(None) }
    }
}

/// A file of the folder of results.
///
/// # Errors
/// As [`Stored::result`].
pub fn read_result(path: &Path) -> Result<RepositoryResult, Phrase> {
    let bytes = files::read(path, MOST_RESULT)?;
    let parsed: Result<RepositoryResult, _> = serde_json::from_slice(&bytes);
    let parsed = parsed.map_err(|error| {
        // A format that is another one is the better explanation.
        let value: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
        let schema = value.as_ref().and_then(|value| value.get("schema")?.as_str());
        same_schema(path, schema, result::SCHEMA).err().unwrap_or_else(|| files::broken(path, &error))
    })?;
    same_schema(path, Some(&parsed.schema), result::SCHEMA)?;
    Ok(parsed)
}

/// A line of the journal; the error is what a parser says of it.
fn parse(line: &[u8]) -> Result<Record, String> {
    let record: Record = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    if !is_safe(&record.key) {
        return Err("key".to_owned());
    }
    if record.level.as_deref().is_some_and(|name| level(name).is_none()) {
        return Err("level".to_owned());
    }
    Ok(record)
}

/// Whether a key can be the name of a file and stays in its folder, whoever wrote the journal.
fn is_safe(key: &str) -> bool {
    let letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'~'));
    letters && !key.is_empty() && !key.starts_with(['.', '-']) && key.len() <= 200
}

/// The level of that name.
pub fn level(name: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.name() == name)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::run::tests::example;
    use super::*;
    use crate::phrase::Lang;
    use crate::portfolio::{Counts, Status};
    use std::fs;

    /// A record of a repository at a place of the list.
    pub(in crate::portfolio) fn record(at: usize, status: Status, level: Option<&str>) -> Record {
        Record {
            repo: format!("https://code.example/group/r{at}"),
            at,
            key: format!("r{at}"),
            name: format!("group/r{at}"),
            owner: None,
            head: status.is_seen().then(|| format!("{at:040x}")),
            status,
            why: None,
            level: level.map(str::to_owned),
            counts: Counts::default(),
            kind: Some("software".to_owned()),
            licence: None,
            as_of: "2026-11-22".to_owned(),
            since: None,
            attempt: 1,
            wall_s: 0.5,
            rss_mib: None,
        }
    }

    fn line(record: &Record) -> String {
        serde_json::to_string(record).expect("JSON") + "\n"
    }

    fn opened(journal: &str) -> Result<Vec<usize>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("run.json"), example().render()).expect("written");
        fs::write(folder.path().join(JOURNAL), journal).expect("written");
        let stored = Stored::open(folder.path());
        stored
            .map(|stored| stored.records().iter().map(|record| record.at).collect())
            .map_err(|why| crate::output::encode::terminal(&why.message(Lang::En)))
    }

    #[test]
    fn records_are_in_the_order_of_the_list_and_a_torn_line_is_left_out() {
        let (a, b) = (line(&record(0, Status::Ok, None)), line(&record(1, Status::Timeout, None)));
        assert_eq!(opened(&format!("{b}{a}")), Ok(vec![0, 1]));
        assert_eq!(opened(&format!("{b}{}", a.trim_end())), Ok(vec![0, 1]), "whole but for the line break");
        assert_eq!(opened(&format!("{b}{a}{a}")), Ok(vec![0, 1]), "nothing is doubled");
        for torn in [&a[..a.len() / 2], "{", "\0\0\0"] {
            assert_eq!(opened(&format!("{b}{torn}")), Ok(vec![1]));
        }
        assert_eq!(opened(""), Ok(vec![]));
    }

    #[test]
    fn a_broken_line_is_told_by_its_number() {
        let good = line(&record(0, Status::Ok, Some("reusable")));
        for bad in [
            "{}\n".to_owned(),
            "\n".to_owned(),
            good.replace("\"r0\"", "\"../r0\""),
            good.replace("\"r0\"", "\".r0\""),
            good.replace("\"r0\"", "\"\""),
            good.replace("\"reusable\"", "\"golden\""),
            good.replace("\"ok\"", "\"fine\""),
            format!("\"{}\"\n", "x".repeat(2 << 20)),
        ] {
            let why = opened(&format!("{good}{bad}{good}")).expect_err(&bad);
            assert!(why.contains("journal.jsonl, line 2: "), "{why}");
        }
    }

    #[test]
    fn a_result_of_another_format_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("run.json"), example().render()).expect("written");
        let first = record(0, Status::Ok, None);
        fs::write(folder.path().join(JOURNAL), line(&first)).expect("written");
        fs::create_dir(folder.path().join(RESULTS)).expect("a folder");
        let stored = Stored::open(folder.path()).expect("a folder that can be read");
        let told = |text: &str| {
            fs::write(stored.result_path(&first), text).expect("written");
            let why = stored.result(&first).expect_err(text);
            crate::output::encode::terminal(&why.message(Lang::En))
        };
        assert!(told("{\"schema\":\"civiclint/result/2\"}").contains("civiclint/result/2"));
        assert!(told("{\"schema\":\"civiclint/result/1\"}").contains("is broken"));
        assert!(told("[[[").contains("does not name its format"));
        assert_eq!(stored.seen(&record(1, Status::Crashed, None)), Ok(None));
        assert!(stored.seen(&record(1, Status::Ok, None)).is_err(), "looked at, and its result is gone");
    }
}
