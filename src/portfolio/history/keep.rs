//! How is a run kept, one repository after the other?

use super::{FILE, database};
use crate::phrase::Phrase;
use crate::portfolio::summary::Upkeep;
use crate::portfolio::{Record, RepositoryResult, RuleResult, Run};
use rusqlite::{Connection, OptionalExtension, Statement, named_params, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Keeps one run: `feed` gives its repositories. Nothing is kept before it has given them all; where it fails, and
/// whenever the process is killed, the file is as it was before. A run that has been kept before is kept anew; where
/// nothing about it has changed, the file stays as it is, to the byte.
///
/// # Errors
/// Those of `feed`; where the file cannot be written, is damaged, or is not ours or of a newer version.
pub fn keep(dir: &Path, run: &Run, feed: impl FnOnce(&mut Keeper<'_>) -> Result<(), Phrase>) -> Result<(), Phrase> {
    let path = dir.join(FILE);
    let database = database::for_writing(&path, database::STEPS)?;
    let told = |error: rusqlite::Error| database::told(&path, &error);
    let (id, before) = begin(&database, run).map_err(told)?;
    let mut keeper = Keeper::new(&database, &path, id, run).map_err(told)?;
    feed(&mut keeper)?;
    let digest = keeper.digest();
    let end = || {
        if before.as_ref() == Some(&digest) {
            return database.execute_batch("ROLLBACK");
        }
        database.execute("UPDATE runs SET digest = ?1 WHERE id = ?2", params![digest, id])?;
        database.execute_batch("COMMIT")
    };
    end().map_err(told)
}

/// Takes the repositories of a run.
pub struct Keeper<'d> {
    database: &'d Connection,
    path: &'d Path,
    run: i64,
    digest: Sha256,
    rules: BTreeMap<(String, String, String), i64>,
    repository: Statement<'d>,
    verdict: Statement<'d>,
}

impl<'d> Keeper<'d> {
    fn new(database: &'d Connection, path: &'d Path, id: i64, run: &Run) -> rusqlite::Result<Self> {
        let mut digest = Sha256::new();
        for text in [&run.as_of, &run.version, &run.rules, &run.list, &run.profile] {
            digest.update(text.as_bytes());
            digest.update([0]);
        }
        let repository = database.prepare(
            "INSERT INTO repositories (run, at, repo, key, name, owner, head, status, why_en, why_de, level, kind,
               licence, upkeep, since, errors, warnings, notes, ok, skipped, waived, losses)
             VALUES (:run, :at, :repo, :key, :name, :owner, :head, :status, :why_en, :why_de, :level, :kind,
               :licence, :upkeep, :since, :errors, :warnings, :notes, :ok, :skipped, :waived, :losses)",
        )?;
        let verdict = database.prepare(
            "INSERT INTO verdicts (run, at, place, rule, verdict, number, waived, blocks)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        Ok(Self { database, path, run: id, digest, rules: BTreeMap::new(), repository, verdict })
    }

    /// Takes a repository, in the order of the list; the result of one that nobody looked at is `None`.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn add(&mut self, record: &Record, result: Option<&RepositoryResult>) -> Result<(), Phrase> {
        self.put(record, result).map_err(|error| database::told(self.path, &error))
    }

    fn put(&mut self, record: &Record, result: Option<&RepositoryResult>) -> rusqlite::Result<()> {
        let upkeep = result.map_or(Upkeep::CannotTell, Upkeep::of).name();
        let at = number(record.at);
        let counts = &record.counts;
        let counts =
            [counts.errors, counts.warnings, counts.notes, counts.ok, counts.skipped, counts.waived, counts.losses]
                .map(number);
        let [errors, warnings, notes, ok, skipped, waived, losses] = counts;
        let why = record.why.as_ref();
        let status = record.status.name();
        self.repository.execute(named_params! {
            ":run": self.run, ":at": at, ":repo": record.repo, ":key": record.key, ":name": record.name,
            ":owner": record.owner, ":head": record.head, ":status": status,
            ":why_en": why.map(|why| &why.en), ":why_de": why.map(|why| &why.de), ":level": record.level,
            ":kind": record.kind, ":licence": record.licence, ":upkeep": upkeep, ":since": record.since,
            ":errors": errors, ":warnings": warnings, ":notes": notes, ":ok": ok, ":skipped": skipped,
            ":waived": waived, ":losses": losses,
        })?;
        let texts = [Some(&record.repo), Some(&record.key), Some(&record.name), record.owner.as_ref()];
        let more = [&record.head, &record.level, &record.kind, &record.licence, &record.since].map(Option::as_ref);
        let reasons = [why.map(|why| &why.en), why.map(|why| &why.de)];
        for text in texts.into_iter().chain(more).chain(reasons) {
            // What is not there is not the same as an empty text.
            self.digest.update(text.map_or(&b"\x01"[..], |text| text.as_bytes()));
            self.digest.update([0]);
        }
        self.digest.update(format!("{at} {status} {upkeep} {counts:?}\0"));
        for (place, rule) in result.into_iter().flat_map(|result| &result.rules).enumerate() {
            self.put_rule(at, number(place), rule)?;
        }
        Ok(())
    }

    fn put_rule(&mut self, at: i64, place: i64, rule: &RuleResult) -> rusqlite::Result<()> {
        let id = self.rule(rule)?;
        let (found, waived) = (number(rule.number), number(rule.waived));
        self.verdict.execute(params![self.run, at, place, id, rule.verdict, found, waived, i64::from(rule.blocks)])?;
        for text in [&rule.id, &rule.level, &rule.severity, &rule.verdict] {
            self.digest.update(text.as_bytes());
            self.digest.update([0]);
        }
        self.digest.update(format!("{found} {waived} {}\0", rule.blocks));
        Ok(())
    }

    /// The number of a rule with this level and severity.
    fn rule(&mut self, rule: &RuleResult) -> rusqlite::Result<i64> {
        let name = (rule.id.clone(), rule.level.clone(), rule.severity.clone());
        if let Some(id) = self.rules.get(&name) {
            return Ok(*id);
        }
        let of = params![rule.id, rule.level, rule.severity];
        self.database
            .execute("INSERT INTO rules (rule, level, severity) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", of)?;
        let sql = "SELECT id FROM rules WHERE rule = ?1 AND level = ?2 AND severity = ?3";
        let id = self.database.query_row(sql, of, |row| row.get(0))?;
        self.rules.insert(name, id);
        Ok(id)
    }

    /// A hash of everything that was taken, in hexadecimal.
    fn digest(self) -> String {
        self.digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Numbers of findings are nowhere near the end of what SQLite holds.
fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Makes room for a run: its number, and the digest of what was there before.
fn begin(database: &Connection, run: &Run) -> rusqlite::Result<(i64, Option<String>)> {
    let before: Option<(i64, String)> = database
        .query_row("SELECT id, digest FROM runs WHERE run = ?1", [&run.run], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let values = named_params! {
        ":run": run.run, ":as_of": run.as_of, ":version": run.version, ":rules": run.rules, ":list": run.list,
        ":profile": run.profile, ":started": run.started, ":finished": run.finished,
        ":repositories": number(run.repositories),
    };
    if let Some((id, digest)) = before {
        database.execute("DELETE FROM repositories WHERE run = ?1", [id])?;
        database.execute(
            "UPDATE runs SET as_of = :as_of, version = :version, rules = :rules, list = :list, profile = :profile,
               started = :started, finished = :finished, repositories = :repositories WHERE run = :run",
            values,
        )?;
        return Ok((id, Some(digest)));
    }
    database.execute(
        "INSERT INTO runs (run, as_of, version, rules, list, profile, started, finished, repositories, digest)
         VALUES (:run, :as_of, :version, :rules, :list, :profile, :started, :finished, :repositories, '')",
        values,
    )?;
    Ok((database.last_insert_rowid(), None))
}
