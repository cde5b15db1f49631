//! Is there anything that others can refer to as a version, and how old is it?

use crate::reading::Readings;
use crate::reading::version_tag::VersionTag;
use crate::signal::{Reading, Value};

/// How many tags are versions. None where tags may be missing is no answer; some are, however many are missing.
pub(super) fn version_tags(readings: &Readings<'_>) -> Reading {
    let tags = readings.repo.tag_names()?;
    let versions = tags.names.iter().filter(|name| VersionTag::read(&name.lossy()).is_some()).count();
    match &tags.gap {
        Some(why) if versions == 0 => Err(why.clone()),
        _ => Ok(Value::from(versions)),
    }
}
