//! Which data files belong together?

use crate::repository::{File, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// So many files of one sort in a folder are reported as the folder.
const FOLDER: usize = 3;
/// So often folders of folders are taken together.
const HIGHEST: usize = 6;

/// Data files that are reported together.
#[derive(Debug)]
pub(in crate::signals::data) struct Group<'r> {
    /// the file, or the folder
    pub(in crate::signals::data) path: RepoPath,
    /// which of the two
    pub(in crate::signals::data) is_folder: bool,
    /// the formats
    pub(in crate::signals::data) formats: BTreeSet<String>,
    /// the files
    pub(in crate::signals::data) files: Vec<&'r File>,
}

/// Takes similar files of a folder together, and similar folders.
pub(in crate::signals::data) fn grouped(files: Vec<(&File, String)>) -> Vec<Group<'_>> {
    let mut by_folder: BTreeMap<(RepoPath, String), Vec<&File>> = BTreeMap::new();
    for (file, end) in files {
        by_folder.entry((RepoPath::new(without_numbers(file.path.folder())), end)).or_default().push(file);
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut single: Vec<(&File, String)> = Vec::new();
    let mut folders: BTreeMap<RepoPath, (BTreeSet<String>, Vec<&File>)> = BTreeMap::new();
    for ((folder, end), files) in by_folder {
        if files.len() >= FOLDER && !folder.as_bytes().is_empty() {
            let entry = folders.entry(folder).or_default();
            entry.0.insert(end);
            entry.1.extend(files);
        } else {
            single.extend(files.into_iter().map(|file| (file, end.clone())));
        }
    }
    for ((parent, _), files) in of_one_name(&mut single) {
        let entry = folders.entry(parent).or_default();
        for (file, end) in files {
            entry.0.insert(end);
            entry.1.push(file);
        }
    }
    groups.extend(single.into_iter().map(|(file, end)| Group {
        path: file.path.clone(),
        is_folder: false,
        formats: BTreeSet::from([end]),
        files: vec![file],
    }));
    for _ in 0..HIGHEST {
        if !rolled_up(&mut folders) {
            break;
        }
    }
    groups.extend(folders.into_iter().map(|(path, (formats, files))| Group { path, is_folder: true, formats, files }));
    groups
}

/// Files with their formats, by folder and name.
type ByName<'r> = BTreeMap<(RepoPath, Vec<u8>), Vec<(&'r File, String)>>;

/// Takes files of one name out that lie in three or more folders side by side, by the folder above them.
fn of_one_name<'r>(single: &mut Vec<(&'r File, String)>) -> ByName<'r> {
    let mut by_name: ByName<'_> = BTreeMap::new();
    for (file, end) in single.iter() {
        let folder = RepoPath::new(file.path.folder());
        if !folder.folder().is_empty() {
            let key = (RepoPath::new(folder.folder()), file.path.name().to_vec());
            by_name.entry(key).or_default().push((file, end.clone()));
        }
    }
    by_name.retain(|_, files| files.len() >= FOLDER);
    let taken: BTreeSet<&RepoPath> = by_name.values().flatten().map(|(file, _)| &file.path).collect();
    single.retain(|(file, _)| !taken.contains(&file.path));
    by_name
}

/// A folder without the numbers at its end: the years of `data/2020` and the rows of map tiles.
fn without_numbers(folder: &[u8]) -> &[u8] {
    let mut folder = folder;
    while let Some(slash) = folder.iter().rposition(|byte| *byte == b'/') {
        let last = folder.get(slash + 1..).unwrap_or_default();
        if last.is_empty() || !last.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_')) {
            break;
        }
        folder = folder.get(..slash).unwrap_or_default();
    }
    folder
}

/// Takes three or more folders of the same formats below one folder together; whether there were any.
fn rolled_up(folders: &mut BTreeMap<RepoPath, (BTreeSet<String>, Vec<&File>)>) -> bool {
    let mut below: BTreeMap<RepoPath, Vec<RepoPath>> = BTreeMap::new();
    for path in folders.keys().filter(|path| !path.at_root()) {
        below.entry(RepoPath::new(path.folder())).or_default().push(path.clone());
    }
    let mut changed = false;
    for (parent, children) in below {
        let same = children
            .iter()
            .filter_map(|path| folders.get(path).map(|(formats, _)| formats.clone()))
            .collect::<BTreeSet<_>>();
        if children.len() < FOLDER || same.len() != 1 {
            continue;
        }
        let taken: Vec<_> = children.iter().filter_map(|path| folders.remove(path)).collect();
        let entry = folders.entry(parent).or_default();
        for (formats, files) in taken {
            entry.0.extend(formats);
            entry.1.extend(files);
        }
        changed = true;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{Class, FileKind, Marks};

    fn file(path: &str) -> File {
        File { path: path.into(), class: Class::Data, marks: Marks::default(), kind: FileKind::Regular, len: Some(1) }
    }

    fn groups(paths: &[&str]) -> Vec<(String, usize)> {
        let files: Vec<File> = paths.iter().map(|path| file(path)).collect();
        let mut found: Vec<_> = grouped(files.iter().map(|file| (file, file.path.extension().into_string())).collect())
            .into_iter()
            .map(|group| (group.path.lossy().into_owned(), group.files.len()))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn similar_files_are_one_folder() {
        for (paths, wanted) in [
            (&["a.csv", "b.csv", "c.csv"][..], &[("a.csv", 1), ("b.csv", 1), ("c.csv", 1)][..]),
            (&["d/a.csv", "d/b.csv", "d/c.csv", "d/e.json"], &[("d", 3), ("d/e.json", 1)]),
            (&["d/2020/a.csv", "d/2021/a.csv", "d/2022/a.csv"], &[("d", 3)]),
            (&["r/x/raw.csv", "r/y/raw.csv", "r/z/raw.csv", "r/z/b.csv"], &[("r", 3), ("r/z/b.csv", 1)]),
            (&["t/10/1/1.pbf", "t/10/1/2.pbf", "t/11/3/4.pbf"], &[("t", 3)]),
            (
                &[
                    "d/x/1.csv",
                    "d/x/2.csv",
                    "d/x/3.csv",
                    "d/y/1.csv",
                    "d/y/2.csv",
                    "d/y/3.csv",
                    "d/z/1.csv",
                    "d/z/2.csv",
                    "d/z/3.csv",
                ],
                &[("d", 9)],
            ),
        ] {
            let wanted: Vec<_> = wanted.iter().map(|(path, count)| ((*path).to_owned(), *count)).collect();
            assert_eq!(groups(paths), wanted, "{paths:?}");
        }
    }
}
