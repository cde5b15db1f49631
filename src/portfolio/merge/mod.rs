//! How do the parts of a list become one portfolio again?
//!
//! The whole is made in a folder beside the one that is wanted, and gets its name when it is complete: there is never
//! half of it.

mod check;

use super::{Made, Record, Run, Stored, files, history, make, run, stored};
use crate::output::write::{self, Pieces};
use crate::phrase::{Lang, Phrase};
use crate::rule::Rule;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Merges the output folders of all shards of one run into `out`, which must not be there yet (or be empty), and makes
/// everything that a run over the whole list would have made. `old` is the history of earlier runs, which goes on.
///
/// # Errors
/// Where the shards are not all parts of one run, something cannot be read, or `out` cannot be written.
pub fn merge(shards: &[PathBuf], out: &Path, old: Option<&Path>, rules: &[Rule], lang: Lang) -> Result<Made, Phrase> {
    vacant(out)?;
    let shards: Vec<Stored> = shards.iter().map(|dir| Stored::open(dir)).collect::<Result<_, _>>()?;
    let whole = check::whole(&shards)?;
    let begun = Begun::beside(out)?;
    let run = run_of(&whole.shards);
    copy(&whole, &begun.dir)?;
    write::to_file(&run.render(), &begun.dir.join(run::FILE)).map_err(|failed| failed.why)?;
    if let Some(old) = old {
        history::adopt(old, &begun.dir)?;
    }
    let made = make(&begun.dir, rules, lang)?;
    begun.finish(out)?;
    Ok(made)
}

/// The run of the whole list. Its name follows from those of its parts, so that the same parts are the same run.
fn run_of(shards: &[&Stored]) -> Run {
    let mut digest = Sha256::new();
    for shard in shards {
        digest.update(shard.run().run.as_bytes());
        digest.update([0]);
    }
    let mut name = digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let runs = || shards.iter().map(|shard| shard.run());
    let length = runs().map(|run| run.run.len()).max().unwrap_or(name.len());
    name.truncate(length);
    let first = shards.iter().map(|shard| shard.run().clone()).next();
    Run {
        run: name,
        shard: None,
        started: runs().map(|run| run.started.clone()).min().unwrap_or_default(),
        finished: runs().filter_map(|run| run.finished.clone()).max(),
        ..first.unwrap_or_else(nothing)
    }
}

/// `check::whole` lets no merge of no shards pass.
fn nothing() -> Run {
    Run {
        schema: run::SCHEMA.to_owned(),
        run: String::new(),
        version: String::new(),
        as_of: String::new(),
        lang: String::new(),
        rules: String::new(),
        list: String::new(),
        profile: String::new(),
        repositories: 0,
        shard: None,
        started: String::new(),
        finished: None,
        complete: false,
    }
}

/// The journal in the order of the list, and the results.
fn copy(whole: &check::Whole<'_>, to: &Path) -> Result<(), Phrase> {
    let results = to.join(stored::RESULTS);
    fs::create_dir(&results).map_err(|error| files::unwritable(&results, &error))?;
    let mut journal = Pieces::begin(&to.join(stored::JOURNAL)).map_err(|failed| failed.why)?;
    for (shard, record) in &whole.records {
        // A struct of texts and numbers has nothing that JSON cannot say.
        let line = serde_json::to_string(record).unwrap_or_default() + "\n";
        journal.add(&line).map_err(|failed| failed.why)?;
        if record.status.is_seen() {
            let from = shard.result_path(record);
            copy_file(&from, &results)?;
            let sarif = from.with_file_name(format!("{}.sarif", record.key));
            if sarif.exists() {
                copy_file(&sarif, &results)?;
            }
        }
    }
    journal.finish().map_err(|failed| failed.why)
}

fn copy_file(from: &Path, folder: &Path) -> Result<(), Phrase> {
    let to = folder.join(from.file_name().unwrap_or_default());
    let mut source = files::open(from)?;
    let target = fs::OpenOptions::new().write(true).create_new(true).open(&to);
    let copied = target.and_then(|mut target| io::copy(&mut source, &mut target));
    copied.map(drop).map_err(|error| files::unwritable(&to, &error))
}

fn vacant(out: &Path) -> Result<(), Phrase> {
    let there = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(files::unreadable(out, &error)),
    };
    if there {
        let words = Phrase::new(
            "{out} is not empty. Name a new folder; `--history {out}/history.sqlite` takes the earlier runs along",
            "{out} ist nicht leer. Nennen Sie einen neuen Ordner; `--history {out}/history.sqlite` nimmt die früheren Läufe mit",
        );
        return Err(words.with("out", files::shown(out)));
    }
    Ok(())
}

/// A folder beside the one that is wanted; whoever drops it before [`Begun::finish`] removes it.
struct Begun {
    dir: PathBuf,
    done: bool,
}

impl Begun {
    fn beside(out: &Path) -> Result<Self, Phrase> {
        let name = out.file_name().ok_or_else(|| files::unwritable(out, &io::ErrorKind::InvalidInput.into()))?;
        let mut error = io::ErrorKind::AlreadyExists.into();
        for number in 0..100 {
            let mut other = OsString::from(".");
            other.push(name);
            other.push(format!(".{}.{number}.part", std::process::id()));
            let dir = out.with_file_name(other);
            match fs::create_dir(&dir) {
                Ok(()) => return Ok(Self { dir, done: false }),
                Err(found) if found.kind() == io::ErrorKind::AlreadyExists => error = found,
                Err(found) => return Err(files::unwritable(out, &found)),
            }
        }
        Err(files::unwritable(out, &error))
    }

    fn finish(mut self, out: &Path) -> Result<(), Phrase> {
        // Where it is there it is empty, and not every system renames over it.
        let _ = fs::remove_dir(out);
        fs::rename(&self.dir, out).map_err(|error| files::unwritable(out, &error))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.done {
            // The first error is the one to tell; a left-over has a name that nobody takes for a portfolio.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// A record, and the shard that has its result.
type From<'s> = (&'s Stored, &'s Record);
