//! Does it say how to report a vulnerability?

use crate::reading::community::{self, Purpose};
use crate::reading::{Readings, security};
use crate::repository::{FileKind, Mark};
use crate::signal::Reading;

pub(super) fn has_policy(readings: &Readings<'_>) -> Reading {
    let repo = readings.repo;
    let foreign = [Mark::Vendored, Mark::Test, Mark::Example];
    let own = repo.files().iter().filter(|file| file.kind != FileKind::Submodule);
    let named = own
        .filter(|file| !foreign.iter().any(|mark| file.marks.has(*mark)))
        .filter_map(|file| Some((file, security::by_name(&file.path)?)));
    let mut unread = None;
    for (file, name) in named {
        match repo.text(file) {
            Ok(text) if security::is_policy(name, &text) => return Ok(true.into()),
            Ok(_) => {}
            Err(why) => {
                unread.get_or_insert(why);
            }
        }
    }
    let corpus = readings.corpus();
    let beside = [Purpose::Contributing, Purpose::Support]
        .into_iter()
        .flat_map(|purpose| community::files(repo, purpose))
        .filter_map(|file| corpus.document(&file.path));
    if corpus.readmes().chain(beside).any(|document| security::section(document).is_some()) {
        return Ok(true.into());
    }
    let mut forms =
        repo.files().iter().filter(|file| file.kind == FileKind::Regular && security::is_issue_form(&file.path));
    if forms.any(|file| repo.text(file).is_ok_and(|text| security::in_issue_form(&text))) {
        return Ok(true.into());
    }
    unread.map_or(Ok(false.into()), Err)
}
