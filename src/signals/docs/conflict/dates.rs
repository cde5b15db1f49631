//! Is a date of release one of long ago, or before what it speaks of was made?

use super::Conflict;
use super::told::{Source, Told};
use super::versions::Tags;
use crate::phrase::Phrase;
use crate::reading::version::Version;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// So many days may lie between making and announcing a release.
const GRACE: i32 = 31;
/// More days than this are over a year.
const YEAR: i32 = 366;

pub(super) fn conflicts(told: &[Told], tags: &Tags) -> Vec<Conflict> {
    told.iter().filter_map(|one| conflict(one, tags)).collect()
}

fn conflict(one: &Told, tags: &Tags) -> Option<Conflict> {
    let stated = one.date.as_ref()?;
    let date: Date = stated.value.get(..10)?.parse().ok()?;
    let own = one.version.as_ref().and_then(|version| Version::read(&version.value));
    // a file that names its version speaks of that one; codemeta's date is that of any change
    let of_its_own = own.as_ref().filter(|_| one.source != Source::Codemeta).and_then(|version| tags.tag_of(version));
    let (tag, most) = match of_its_own {
        Some(tag) => (tag, GRACE),
        None => (tags.newest()?, YEAR),
    };
    let made = Timestamp::from_second(tag.time).ok()?.to_zoned(TimeZone::UTC).date();
    let days = date.until(made).ok()?.get_days();
    (days > most).then(|| {
        let why = Phrase::new("the tag {tag} is of {made}", "der Tag {tag} ist vom {made}")
            .with("tag", tag.name.clone())
            .with("made", made.to_string());
        Conflict::new(one, stated, "date", why)
    })
}
