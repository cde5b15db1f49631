//! Is anybody named as responsible?

use crate::reading::community::{self, Purpose};
use crate::reading::manifest::Manifest;
use crate::reading::{Readings, lock, maintainers};
use crate::repository::{File, FileKind, Mark};
use crate::signal::Reading;

/// Whose documents may say who looks after it, besides READMEs.
const SPEAKING: [Purpose; 5] =
    [Purpose::Contributing, Purpose::Support, Purpose::Governance, Purpose::Security, Purpose::Owners];

pub(super) fn names_maintainer(readings: &Readings<'_>) -> Reading {
    let repo = readings.repo;
    let publiccode = readings.publiccode();
    if let Some(Ok(publiccode)) = publiccode
        && (publiccode.contacts.iter().any(maintainers::is_person)
            || publiccode.contractors.iter().any(maintainers::is_contractor))
    {
        return Ok(true.into());
    }
    let own = |manifest: &&Manifest| !lock::is_left_alone(&manifest.path);
    if readings.manifests().iter().filter(own).flat_map(|manifest| &manifest.people).any(maintainers::is_person) {
        return Ok(true.into());
    }
    let mut unread = publiccode.and_then(Result::err).cloned();
    let owners = community::files(repo, Purpose::Owners);
    let foreign = [Mark::Vendored, Mark::Test, Mark::Example, Mark::BuildOutput];
    let is_metadata = |file: &&File| {
        file.kind == FileKind::Regular
            && !foreign.iter().any(|mark| file.marks.has(*mark))
            && maintainers::may_name(&file.path.lower())
    };
    let files =
        owners.map(|file| (file, true)).chain(repo.files().iter().filter(is_metadata).map(|file| (file, false)));
    for (file, is_owners) in files {
        match repo.text(file) {
            Ok(text) if is_owners && maintainers::in_owners(&file.path.name_lower(), &text) => return Ok(true.into()),
            Ok(text) if !is_owners && maintainers::in_metadata(&file.path.lower(), &text) => return Ok(true.into()),
            Ok(_) => {}
            Err(why) => {
                unread.get_or_insert(why);
            }
        }
    }
    let corpus = readings.corpus();
    let beside = SPEAKING.into_iter().flat_map(|purpose| community::files(repo, purpose));
    let beside = beside.filter_map(|file| corpus.document(&file.path));
    if corpus.readmes().chain(beside).any(maintainers::in_document) {
        return Ok(true.into());
    }
    unread.map_or(Ok(false.into()), Err)
}
