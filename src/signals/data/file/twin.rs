//! Is the data of a vendor's format also there in an open one?

use super::described::Beside;
use super::group::Group;
use crate::reading::Readings;
use crate::reading::data_files;
use crate::repository::File;
use std::collections::BTreeSet;
use std::ops::Bound;

/// Files in open formats, by folder and by the beginning of their name.
pub(super) struct Twins<'t> {
    beside: &'t Beside<'t, 't>,
    here: BTreeSet<(Vec<u8>, String)>,
    anywhere: BTreeSet<String>,
}

impl<'t> Twins<'t> {
    /// Looks for files in open formats where one of the groups has a vendor's.
    pub(super) fn new(readings: &Readings<'_>, groups: &[Group<'_>], beside: &'t Beside<'t, 't>) -> Self {
        let mut twins = Self { beside, here: BTreeSet::new(), anywhere: BTreeSet::new() };
        if !groups.iter().any(|group| group.formats.iter().any(|one| data_files::is_of_one_vendor(one))) {
            return twins;
        }
        for file in readings.repo.files() {
            let name = file.path.name_lower();
            if data_files::is_open_format(&data_files::by_name(&name)) {
                let stem = stem(&name);
                if data_files::is_telling_name(&stem) {
                    twins.anywhere.insert(plain(&stem));
                }
                twins.here.insert((file.path.folder().to_vec(), stem));
            }
        }
        twins
    }

    /// The vendors' formats of the files in a group that have no twin.
    pub(super) fn without(&self, group: &Group<'_>) -> BTreeSet<String> {
        let alone = |file: &&File| {
            let format = data_files::by_name(&file.path.name_lower());
            (data_files::is_of_one_vendor(&format) && !self.has_twin(file)).then_some(format)
        };
        let found: BTreeSet<String> = group.files.iter().filter_map(alone).collect();
        if !found.is_empty() && self.beside.names_open_format(group) { BTreeSet::new() } else { found }
    }

    /// A file of the same name in an open format; in the same folder one for each sheet (`trees_2024.csv`) counts, too.
    fn has_twin(&self, file: &File) -> bool {
        let stem = stem(&file.path.name_lower());
        let folder = file.path.folder().to_vec();
        let from = (folder.clone(), stem.clone());
        let range = (Bound::Included(from), Bound::Unbounded);
        let sheets = self.here.range(range).take(50).any(|(other, name)| {
            let rest = name.strip_prefix(&stem).filter(|_| *other == folder);
            rest.is_some_and(|rest| rest.is_empty() || stem.len() > 2 && rest.starts_with(['_', '-', ' ', '.']))
        });
        sheets || self.anywhere.contains(&plain(&stem))
    }
}

/// The name without its endings.
fn stem(name: &str) -> String {
    let format = data_files::by_name(name);
    let end = name.rfind(&format!(".{format}")).unwrap_or(name.len());
    name.get(..end).unwrap_or_default().to_owned()
}

/// A name as people write it in many ways.
fn plain(stem: &str) -> String {
    stem.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, wanted) in [("trees.xlsx", "trees"), ("trees.v2.csv.gz", "trees.v2"), ("trees", "trees")] {
            assert_eq!(stem(name), wanted, "{name}");
        }
        assert_eq!(plain("street_trees-2024"), plain("street trees 2024"));
    }
}
