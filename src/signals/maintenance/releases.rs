//! Is there anything that others can refer to as a version, how old is it, and what was done since?

use super::activity::months_begun;
use crate::phrase::Phrase;
use crate::reading::version_tag::VersionTag;
use crate::reading::{Readings, rolling};
use crate::repository::{History, Span};
use crate::signal::{Reading, Value};
use std::sync::Arc;

/// How far back `months-since-version` and `commits-since-version` need the history.
pub(super) const SINCE_VERSION: Span = Span::Tag(is_version);

fn is_version(name: &str) -> bool {
    VersionTag::read(name).is_some()
}

/// How many tags are versions. None where tags may be missing is no answer; some are, however many are missing.
pub(super) fn version_tags(readings: &Readings<'_>) -> Reading {
    let tags = readings.repo.tag_names()?;
    let versions = tags.names.iter().filter(|name| is_version(&name.lossy())).count();
    match &tags.gap {
        Some(why) if versions == 0 => Err(why.clone()),
        _ => Ok(Value::from(versions)),
    }
}

/// How many commits there are, by whomever; no more are counted than a rule asks for.
pub(super) fn commits(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(readings.repo.history("commits-in-all")?.commits.len()))
}

/// How many months have begun since the newest tag that is a version.
pub(super) fn months_since_version(readings: &Readings<'_>) -> Reading {
    let (_, newest) = newest_version(readings, "months-since-version")?;
    months_begun(newest, readings.repo.as_of()).map(Value::Number).ok_or_else(|| {
        Phrase::new("the date of the newest version tag is no date", "das Datum des neuesten Versions-Tags ist keines")
    })
}

/// How many commits people have made since the newest tag that is a version; merges are left out.
pub(super) fn commits_since_version(readings: &Readings<'_>) -> Reading {
    let (history, _) = newest_version(readings, "commits-since-version")?;
    let work = history.commits.iter().filter(|commit| !commit.bot && commit.parents < 2);
    Ok(Value::from(work.count()))
}

/// What was done since the newest version tag, and when that was, in seconds since 1970.
fn newest_version(readings: &Readings<'_>, question: &'static str) -> Result<(Arc<History>, i64), Phrase> {
    let history = readings.repo.history(question)?;
    let versions = history.tags.iter().filter(|tag| is_version(&tag.name.lossy()));
    match versions.filter_map(|tag| tag.time).max() {
        Some(newest) => Ok((history, newest)),
        None => Err(readings
            .repo
            .tag_names()?
            .gap
            .clone()
            .unwrap_or_else(|| Phrase::new("no tag is a version", "kein Tag ist eine Version"))),
    }
}

/// Whether README or publiccode.yml says that there are no versions, because it is a service that is always up to date.
pub(super) fn rolling_service(readings: &Readings<'_>) -> Reading {
    if readings.corpus().readmes().any(rolling::is_said) {
        return Ok(true.into());
    }
    match readings.publiccode() {
        Some(Ok(publiccode)) => Ok(rolling::is_declared(publiccode).into()),
        // what cannot be read might have said it
        Some(Err(why)) => Err(why.clone()),
        None => Ok(false.into()),
    }
}
