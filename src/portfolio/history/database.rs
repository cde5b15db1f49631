//! How is the file opened, and brought to this version?

use crate::phrase::Phrase;
use crate::portfolio::files;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// "civi": what tells our files from those of other programs (SQLite, `PRAGMA application_id`).
const APPLICATION: i64 = 0x6369_7669;

/// The step at place n makes version n + 1 of version n; version 0 is an empty file.
pub(super) const STEPS: &[&str] = &[include_str!("1.sql")];

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens the file for reading. `None` where there is none, or an empty one. One of an older version is brought to this
/// one, for which it must be writable.
pub(super) fn for_reading(path: &Path, steps: &[&str]) -> Result<Option<Connection>, Phrase> {
    if !is_there(path)? {
        return Ok(None);
    }
    let open = || {
        let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        protect(&database)?;
        Ok(database)
    };
    let database = open().map_err(|error| told(path, &error))?;
    match version(&database, path, steps.len())? {
        0 => Ok(None),
        old if old < steps.len() => {
            drop(database);
            let writable = for_writing(path, steps)?;
            writable.execute_batch("COMMIT").map_err(|error| told(path, &error))?;
            Ok(Some(writable))
        }
        _ => Ok(Some(database)),
    }
}

/// Opens the file for writing, makes it where there is none, begins a transaction and brings it to this version in it.
pub(super) fn for_writing(path: &Path, steps: &[&str]) -> Result<Connection, Phrase> {
    is_there(path)?;
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let database = Connection::open_with_flags(path, flags)?;
        protect(&database)?;
        Ok(database)
    };
    let database = open().map_err(|error| told(path, &error))?;
    version(&database, path, steps.len())?;
    let begin = || {
        // The result is the mode; it stays another one only where a second process has the file open.
        database.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))?;
        database.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE")?;
        database.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
    };
    if begin().map_err(|error| told(path, &error))? != "ok" {
        return Err(damaged(path));
    }
    // Again, within the transaction: another process may have been faster.
    let old = version(&database, path, steps.len())?;
    migrate(&database, old, steps).map_err(|error| told(path, &error))?;
    Ok(database)
}

fn is_there(path: &Path) -> Result<bool, Phrase> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => Ok(true),
        Ok(_) => Err(Phrase::new("{path} is no file", "{path} ist keine Datei").with("path", files::shown(path))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(files::unreadable(path, &error)),
    }
}

/// What a file holds must not make SQLite do more than read and write tables (sqlite.org/security.html).
fn protect(database: &Connection) -> rusqlite::Result<()> {
    database.busy_timeout(PATIENCE)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY")
}

/// The version of the file, 0 for an empty one.
fn version(database: &Connection, path: &Path, newest: usize) -> Result<usize, Phrase> {
    let number = |sql| database.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| told(path, &error));
    let version = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    if application == 0 && version == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0 {
        return Ok(0);
    }
    if application != APPLICATION {
        let words = Phrase::new(
            "{path} is a database of another program; nothing was changed. Move it away, or choose another folder",
            "{path} ist die Datenbank eines anderen Programms; nichts wurde geändert. Verschieben Sie sie oder wählen Sie einen anderen Ordner",
        );
        return Err(words.with("path", files::shown(path)));
    }
    match usize::try_from(version) {
        Ok(version) if (1..=newest).contains(&version) => Ok(version),
        _ => Err(Phrase::new(
            "{path} was written by a newer civiclint (version {version} of the format, this one knows {newest}); nothing was changed. Update civiclint",
            "{path} stammt von einem neueren civiclint (Version {version} des Formats, dieses hier kennt {newest}); nichts wurde geändert. Aktualisieren Sie civiclint",
        )
        .with("path", files::shown(path))
        .with("version", version.to_string())
        .with("newest", newest.to_string())),
    }
}

/// Takes the steps that are missing. Within a transaction of the caller's, where there is one.
fn migrate(database: &Connection, old: usize, steps: &[&str]) -> rusqlite::Result<()> {
    let missing = steps.get(old..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        database.execute_batch(step)?;
    }
    database.execute_batch(&format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION}", steps.len()))
}

fn damaged(path: &Path) -> Phrase {
    Phrase::new(
        "{path} is damaged; nothing was changed. Put a copy of it back, or move it away: the history then begins anew",
        "{path} ist beschädigt; nichts wurde geändert. Spielen Sie eine Kopie zurück oder verschieben Sie sie: Dann beginnt der Verlauf neu",
    )
    .with("path", files::shown(path))
}

/// What SQLite says, as a sentence about the file.
pub(super) fn told(path: &Path, error: &rusqlite::Error) -> Phrase {
    let phrase = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => return damaged(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Phrase::new(
            "{path} is in use by another process: {why}",
            "{path} wird von einem anderen Prozess benutzt: {why}",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Phrase::new(
            "{path} cannot be opened or may not be written to: {why}",
            "{path} lässt sich nicht öffnen oder nicht beschreiben: {why}",
        ),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Phrase::new(
            "{path} could not be written, and is as it was before: {why}",
            "{path} ließ sich nicht schreiben und ist wie zuvor: {why}",
        ),
        _ => Phrase::new("{path} could not be used: {why}", "{path} ließ sich nicht benutzen: {why}"),
    };
    phrase.with("path", files::shown(path)).with("why", error.to_string())
}
