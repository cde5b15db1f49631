//! What is known of earlier runs?

use super::{FILE, database};
use crate::phrase::Phrase;
use crate::portfolio::summary::{Row, Upkeep};
use crate::portfolio::{Both, Counts, Record, RepositoryResult, RuleResult, Status, TrendPoint, result, stored};
use crate::rule::Level;
use rusqlite::{Connection, OptionalExtension, Statement};
use std::path::Path;

/// What each day's last run found, the earliest day first; nothing where there is no history.
///
/// # Errors
/// Where the file is damaged, foreign, or of a newer version.
pub fn trend(dir: &Path) -> Result<Vec<TrendPoint>, Phrase> {
    points(
        dir,
        "SELECT id FROM runs AS run WHERE id = (SELECT max(id) FROM runs WHERE as_of = run.as_of) ORDER BY as_of",
    )
}

/// What every run found that was kept, by day and then in the order in which they were kept.
///
/// # Errors
/// As [`trend`].
pub fn kept(dir: &Path) -> Result<Vec<TrendPoint>, Phrase> {
    points(dir, "SELECT id FROM runs ORDER BY as_of, id")
}

fn points(dir: &Path, which: &str) -> Result<Vec<TrendPoint>, Phrase> {
    let path = dir.join(FILE);
    let Some(database) = database::for_reading(&path, database::STEPS)? else { return Ok(Vec::new()) };
    let all = || {
        let mut ids = database.prepare(which)?;
        let ids: Vec<i64> = ids.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        ids.into_iter().map(|id| point(&database, id)).collect::<rusqlite::Result<_>>()
    };
    all().map_err(|error| database::told(&path, &error))
}

fn point(database: &Connection, id: i64) -> rusqlite::Result<TrendPoint> {
    let mut point = database.prepare("SELECT run, as_of, version, rules, list FROM runs WHERE id = ?1")?.query_row(
        [id],
        |row| {
            Ok(TrendPoint {
                run: row.get(0)?,
                as_of: row.get(1)?,
                version: row.get(2)?,
                rules: row.get(3)?,
                list: row.get(4)?,
                repositories: 0,
                statuses: Status::ALL.into_iter().map(|status| (status, 0)).collect(),
                levels: [None].into_iter().chain(Level::ALL.map(Some)).map(|level| (level, 0)).collect(),
                errors: 0,
                warnings: 0,
                notes: 0,
            })
        },
    )?;
    let mut groups = database.prepare(
        "SELECT status, level, count(*), sum(errors), sum(warnings), sum(notes)
         FROM repositories WHERE run = ?1 GROUP BY status, level",
    )?;
    let mut groups = groups.query([id])?;
    while let Some(row) = groups.next()? {
        let Some(status) = status(&row.get::<_, String>(0)?) else { continue };
        let level = row.get::<_, Option<String>>(1)?.as_deref().and_then(stored::level);
        let number = |at: usize| row.get::<_, i64>(at).map(|number| usize::try_from(number).unwrap_or(0));
        let all = number(2)?;
        point.repositories += all;
        *point.statuses.entry(status).or_default() += all;
        if status.is_seen() {
            *point.levels.entry(level).or_default() += all;
        }
        point.errors += number(3)?;
        point.warnings += number(4)?;
        point.notes += number(5)?;
    }
    Ok(point)
}

fn status(name: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| status.name() == name)
}

/// The repositories of a run that was kept, by the name of the run, the beginning of it (6 letters or more), or its
/// day, of which the last run counts. What was found in them one by one is not kept.
///
/// # Errors
/// As [`trend`], and where there is no such run.
pub fn rows(dir: &Path, run: &str) -> Result<(TrendPoint, Vec<Row>), Phrase> {
    let path = dir.join(FILE);
    let none = || {
        let words = Phrase::new(
            "the history knows no run {run}; `civiclint portfolio runs` lists those it knows",
            "der Verlauf kennt keinen Lauf {run}; `civiclint portfolio runs` zeigt, welche er kennt",
        );
        words.with("run", run)
    };
    let database = database::for_reading(&path, database::STEPS)?.ok_or_else(none)?;
    let find = || {
        let sql = "SELECT max(id) FROM runs WHERE run = ?1 OR as_of = ?1
                   OR (length(?1) >= 6 AND substr(run, 1, length(?1)) = ?1)";
        let id: Option<Option<i64>> = database.query_row(sql, [run], |row| row.get(0)).optional()?;
        let Some(id) = id.flatten() else { return Ok(None) };
        let point = point(&database, id)?;
        let rows = repositories(&database, id, &point.as_of)?;
        Ok(Some((point, rows)))
    };
    find().map_err(|error| database::told(&path, &error))?.ok_or_else(none)
}

fn repositories(database: &Connection, id: i64, as_of: &str) -> rusqlite::Result<Vec<Row>> {
    let mut all = database.prepare(
        "SELECT at, repo, key, name, owner, head, status, why_en, why_de, level, kind, licence, upkeep, since,
           errors, warnings, notes, ok, skipped, waived, losses
         FROM repositories WHERE run = ?1 ORDER BY at",
    )?;
    let mut verdicts = database.prepare(
        "SELECT rules.rule, level, severity, verdict, number, waived, blocks
         FROM verdicts JOIN rules ON rules.id = verdicts.rule WHERE run = ?1 AND at = ?2 ORDER BY place",
    )?;
    let mut all = all.query([id])?;
    let mut rows = Vec::new();
    while let Some(row) = all.next()? {
        let number = |at: usize| row.get::<_, i64>(at).map(|number| usize::try_from(number).unwrap_or(0));
        let Some(status) = status(&row.get::<_, String>(6)?) else { continue };
        let why = match (row.get(7)?, row.get(8)?) {
            (Some(en), Some(de)) => Some(Both { en, de }),
            _ => None,
        };
        let record = Record {
            at: number(0)?,
            repo: row.get(1)?,
            key: row.get(2)?,
            name: row.get(3)?,
            owner: row.get(4)?,
            head: row.get(5)?,
            status,
            why,
            level: row.get(9)?,
            kind: row.get(10)?,
            licence: row.get(11)?,
            as_of: as_of.to_owned(),
            since: row.get(13)?,
            counts: Counts {
                errors: number(14)?,
                warnings: number(15)?,
                notes: number(16)?,
                ok: number(17)?,
                skipped: number(18)?,
                waived: number(19)?,
                losses: number(20)?,
            },
            attempt: 1,
            wall_s: 0.0,
            rss_mib: None,
        };
        let upkeep: String = row.get(12)?;
        let upkeep = Upkeep::ALL.into_iter().find(|known| known.name() == upkeep).unwrap_or(Upkeep::CannotTell);
        let result = match status.is_seen() {
            true => Some(result_of(&mut verdicts, id, row.get(0)?, &record)?),
            false => None,
        };
        rows.push(Row { upkeep, ..Row::of(&record, result.as_ref()) });
    }
    Ok(rows)
}

/// As much of a result as is kept.
fn result_of(verdicts: &mut Statement<'_>, run: i64, at: i64, record: &Record) -> rusqlite::Result<RepositoryResult> {
    let rules = verdicts.query_map([run, at], |row| {
        Ok(RuleResult {
            id: row.get(0)?,
            level: row.get(1)?,
            severity: row.get(2)?,
            verdict: row.get(3)?,
            number: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
            waived: usize::try_from(row.get::<_, i64>(5)?).unwrap_or(0),
            blocks: row.get::<_, i64>(6)? != 0,
            reason: None,
            findings: Vec::new(),
        })
    })?;
    Ok(RepositoryResult {
        schema: result::SCHEMA.to_owned(),
        version: String::new(),
        as_of: record.as_of.clone(),
        revision: record.head.clone(),
        kind: record.kind.clone(),
        licence: record.licence.clone(),
        shallow: false,
        level: record.level.clone(),
        profile: String::new(),
        counts: record.counts,
        rules: rules.collect::<Result<_, _>>()?,
        losses: Vec::new(),
        publiccode: None,
    })
}
