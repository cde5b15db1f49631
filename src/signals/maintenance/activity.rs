//! When did a person last work on it, and was it meant to end?

use crate::phrase::Phrase;
use crate::reading::{Readings, ended};
use crate::signal::{Reading, Value};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

pub(super) fn months_idle(readings: &Readings<'_>) -> Reading {
    let history = readings.repo.history("months-idle")?;
    let newest = history.commits.iter().filter(|commit| !commit.bot).map(|commit| commit.time).max();
    let Some(newest) = newest else {
        return Err(Phrase::new(
            "there is no commit by a person in the history that was read",
            "in der gelesenen Historie gibt es keinen Commit eines Menschen",
        ));
    };
    months_begun(newest, readings.repo.as_of()).map(Value::Number).ok_or_else(|| {
        Phrase::new("the date of the newest commit is no date", "das Datum des neuesten Commits ist keines")
    })
}

/// How many months have begun between a moment (seconds since 1970 UTC) and a day: 0 on the same day, 1 from the next
/// on, 12 after a year to the day, 13 a day later.
pub(super) fn months_begun(seconds: i64, until: Date) -> Option<i64> {
    let from = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date();
    if from >= until {
        return Some(0);
    }
    let span = from.until((Unit::Month, until)).ok()?;
    Some(i64::from(span.get_months()) + i64::from(span.get_days() > 0))
}

pub(super) fn ended_on_purpose(readings: &Readings<'_>) -> Reading {
    if let Some(publiccode) = readings.publiccode() {
        let status = publiccode.map_err(Clone::clone).map(|publiccode| publiccode.development_status.as_ref());
        if let Ok(Some(status)) = &status
            && status.value == "obsolete"
        {
            return Ok(true.into());
        }
        if readings.corpus().readmes().any(|readme| ended::says_ended(readme).is_some()) {
            return Ok(true.into());
        }
        // What cannot be read might have said it.
        return status.map(|_| false.into());
    }
    Ok(readings.corpus().readmes().any(|readme| ended::says_ended(readme).is_some()).into())
}

#[cfg(test)]
mod tests {
    use super::months_begun;
    use jiff::civil::date;

    #[test]
    fn months() {
        let day = 86_400;
        let noon =
            date(2026, 11, 22).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
        for (days_ago, months) in
            [(0, 0), (1, 1), (30, 1), (31, 1), (32, 2), (365, 12), (366, 13), (487, 16), (730, 24), (-3, 0)]
        {
            assert_eq!(months_begun(noon - days_ago * day, date(2026, 11, 22)), Some(months), "{days_ago}");
        }
        assert_eq!(months_begun(i64::MAX, date(2026, 11, 22)), None);
        assert_eq!(months_begun(i64::MIN, date(2026, 11, 22)), None);
    }
}
