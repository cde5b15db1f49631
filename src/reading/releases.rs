//! Which tags are releases, and which of them is the newest?

use super::version::Version;
use super::version_tag::VersionTag;
use crate::repository::History;
use crate::untrusted::Untrusted;
use std::cmp::Ordering;

/// A tag that is a release.
#[derive(Clone, Debug)]
pub struct Release {
    /// the tag
    pub name: Untrusted,
    /// the version
    pub version: Version,
    /// when the tagged commit was made, in seconds since 1970 UTC
    pub time: i64,
}

/// The releases of the whole, oldest first; of tags younger than what is looked at nothing is known there yet.
pub fn all(history: &History) -> Vec<Release> {
    const DAY: i64 = 86_400;
    let newest = history.commits.first().map_or(i64::MAX, |commit| commit.time);
    let mut releases: Vec<Release> = history
        .tags
        .iter()
        .filter_map(|tag| {
            let read = VersionTag::read(&tag.name.lossy()).filter(|read| read.package.is_none())?;
            let version = Some(read.version).filter(|version| !version.early)?;
            let time = tag.time.filter(|time| *time <= newest.saturating_add(DAY))?;
            Some(Release { name: tag.name.clone(), version, time })
        })
        .collect();
    releases.sort_by_key(|tag| tag.time);
    releases
}

/// The newest release, where it is also the one with the highest version: else there are lines side by side.
pub fn newest(releases: &[Release]) -> Option<&Release> {
    let newest = releases.last()?;
    let same_kind = releases.iter().filter(|tag| tag.version.is_date() == newest.version.is_date());
    let highest = same_kind.clone().all(|tag| tag.version.compare(&newest.version) != Some(Ordering::Greater));
    highest.then_some(newest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Tag;

    fn newest_of(tags: &[(&str, i64)]) -> Option<String> {
        let tags = tags.iter().map(|(name, time)| Tag { name: (*name).into(), time: Some(*time) }).collect();
        let releases = all(&History { tags, ..History::default() });
        newest(&releases).map(|release| release.name.lossy().into_owned())
    }

    #[test]
    fn the_newest_is_also_the_highest_and_no_package_nor_candidate() {
        assert_eq!(newest_of(&[("v1.0", 1), ("v1.1", 2), ("v2.0-rc1", 3), ("cli/v9", 4)]).as_deref(), Some("v1.1"));
        assert_eq!(newest_of(&[("v2.0", 1), ("v1.9.1", 2)]), None);
        assert_eq!(newest_of(&[("2024-01-01", 1), ("v1.0", 2)]).as_deref(), Some("v1.0"));
        assert_eq!(newest_of(&[]), None);
    }
}
