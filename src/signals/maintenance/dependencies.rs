//! Which installed packages of others are tracked?

use crate::reading::{Readings, dependencies};
use crate::signal::{Observation, Place};

pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let text = |file: &crate::repository::File| readings.repo.text_once(file).ok();
    dependencies::installed(readings.repo.files(), text)
        .into_iter()
        .map(|installed| {
            Observation::new(Place::file(&installed.folder), &installed.folder)
                .with("manager", installed.manager)
                .with("files", installed.files)
                .with("intended", installed.intended)
                .with("test-data", installed.test_data)
        })
        .collect()
}
