//! Does a machine build, test or check it, and are there tests at all?

use crate::phrase::Phrase;
use crate::reading::ci::StepKind;
use crate::reading::testing::{self, ByName};
use crate::reading::{Readings, language};
use crate::repository::{Class, File, FileKind, Mark};
use crate::signal::Reading;

pub(super) fn has_ci(readings: &Readings<'_>) -> Reading {
    let ci = readings.ci();
    if ci.steps().any(|(_, step)| step.kind.is_work()) {
        return Ok(true.into());
    }
    if let Some(why) = &ci.unread {
        return Err(why.clone());
    }
    match ci.steps().find(|(_, step)| step.kind == StepKind::Other) {
        Some((file, step)) => Err(Phrase::new(
            "whether `{step}` in {path} builds, tests or checks anything cannot be told",
            "ob `{step}` in {path} etwas baut, testet oder prüft, lässt sich nicht erkennen",
        )
        .with("step", first_line(&step.text.lossy()))
        .with("path", &file.path)),
        None => Ok(false.into()),
    }
}

/// The beginning of a command, for a message.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(80).collect()
}

pub(super) fn has_tests(readings: &Readings<'_>) -> Reading {
    let files = || readings.repo.files().iter().filter(|file| may_be_test(file));
    let by_name = files().any(|file| testing::by_name(&file.path) == ByName::Test);
    let found = by_name
        || readings.scans().iter().any(|scan| scan.tests)
        || readings.manifests().iter().any(testing::has_test_script)
        || testing::runs_in_ci(readings.ci())
        || files().any(|file| holds_test(readings, file));
    Ok(found.into())
}

/// Whether a file counts at all: tests of other people's code do not, nor empty files.
fn may_be_test(file: &File) -> bool {
    let foreign = [Mark::Vendored, Mark::BuildOutput].iter().any(|mark| file.marks.has(*mark));
    file.kind == FileKind::Regular && !foreign && file.len != Some(0)
}

/// Whether a file that must be read to tell declares a test.
fn holds_test(readings: &Readings<'_>, file: &File) -> bool {
    let named = file.class == Class::Source && testing::by_name(&file.path) == ByName::IfDeclared;
    if !named && !testing::is_build_file(&file.path) {
        return false;
    }
    let Ok(text) = readings.repo.text(file) else { return false };
    if named { testing::holds_test(language::of(&file.path), &text) } else { testing::builds_tests(&file.path, &text) }
}
