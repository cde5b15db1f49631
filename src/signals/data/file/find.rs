//! Which files are data?

use super::group::{Group, grouped};
use crate::reading::Readings;
use crate::reading::data_files::{self, HEAD, LONGEST_POINTER};
use crate::repository::{Class, File, FileKind};

/// So many first bytes of files are looked at in one repository; the others go by their names.
const MOST_HEADS: usize = 20_000;
/// Shorter JSON outside of the folders of data is no map.
const SHORTEST_MAP: u64 = 1024;
/// Sizes of pointers of Git LFS and git-annex.
const POINTERS: std::ops::RangeInclusive<u64> = 60..=220;

/// The data files without marks, similar ones of a folder together.
pub(in crate::signals::data) fn groups<'r>(readings: &Readings<'r>) -> Vec<Group<'r>> {
    grouped(data_files_of(readings))
}

/// The data files without marks, parts of sets and what only looks like data left out; each with its format. A pointer
/// counts as the file it stands for.
pub(in crate::signals::data) fn data_files_of<'r>(readings: &Readings<'r>) -> Vec<(&'r File, String)> {
    let mut heads = Heads { readings, left: MOST_HEADS };
    let marked = |file: &&File| file.marks.none() && file.kind != FileKind::Submodule;
    readings.repo.files().iter().filter(marked).filter_map(|file| Some((file, heads.format(file)?))).collect()
}

/// The size of the file that a pointer stands for; the file's own where it is none.
pub(super) fn bytes(readings: &Readings<'_>, file: &File) -> Option<u64> {
    let perhaps = file.len.is_some_and(|len| POINTERS.contains(&len))
        || file.path.extension() == "dvc" && file.len.is_some_and(|len| len < LONGEST_POINTER);
    let pointer = || data_files::pointer(&head(readings, file)?);
    perhaps.then(pointer).flatten().map_or(file.len, |pointer| pointer.bytes)
}

fn head(readings: &Readings<'_>, file: &File) -> Option<String> {
    readings.repo.head_text(file, HEAD).ok()
}

struct Heads<'h, 'r> {
    readings: &'h Readings<'r>,
    left: usize,
}

impl Heads<'_, '_> {
    fn bytes(&mut self, file: &File) -> Option<Vec<u8>> {
        self.left = self.left.checked_sub(1)?;
        self.readings.repo.head(file, HEAD).ok()
    }

    fn text(&mut self, file: &File) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        self.readings.repo.head_text(file, HEAD).ok()
    }

    /// The format of a data file; `None` where it is none.
    fn format(&mut self, file: &File) -> Option<String> {
        let end = file.path.extension();
        match file.class {
            Class::Data => {}
            // Maps lie where programs fetch them, under a name that says nothing.
            Class::Configuration if end == "json" && self.is_map(file) => return Some("geojson".to_owned()),
            // A timetable of public transport is data wherever it lies.
            Class::Asset if end == "zip" && self.by_content(file) == Some("gtfs") => return Some("gtfs".to_owned()),
            _ if end == "dvc" => return self.pointed_to(file),
            _ => return None,
        }
        let name = data_files::by_name(&file.path.name_lower());
        if self.is_something_else(file) || self.is_part_of_a_set(file, &end) {
            return None;
        }
        if matches!(end.as_str(), "json" | "jsonld") {
            let head = self.text(file).unwrap_or_default();
            return match data_files::is_no_data_json(&head) {
                true => None,
                false if data_files::is_map(&head) => Some("geojson".to_owned()),
                false => Some(name),
            };
        }
        let told = if data_files::is_open(&name) { self.by_content(file) } else { None };
        // Lists of a program, and what systems leave behind, are called like databases.
        (told.is_some() || name != "db" || self.left == 0).then(|| told.map_or(name, str::to_owned))
    }

    fn by_content(&mut self, file: &File) -> Option<&'static str> {
        data_files::by_content(&self.bytes(file)?)
    }

    fn is_map(&mut self, file: &File) -> bool {
        file.len.is_some_and(|len| len >= SHORTEST_MAP)
            && !is_something_else(file, file.len)
            && self.text(file).is_some_and(|head| data_files::is_map(&head))
    }

    fn is_something_else(&mut self, file: &File) -> bool {
        let pointer = file.len.is_some_and(|len| POINTERS.contains(&len))
            && is_something_else(file, file.len)
            && self.text(file).is_some_and(|head| data_files::pointer(&head).is_some());
        is_something_else(file, if pointer { None } else { file.len })
    }

    /// `.dbf` may be a table of its own; the other parts mean nothing alone.
    fn is_part_of_a_set(&self, file: &File, end: &str) -> bool {
        let Some(main) = data_files::set_of(end) else { return false };
        let stem = file.path.as_bytes().strip_suffix(end.as_bytes()).unwrap_or_default();
        end != "dbf" || self.readings.repo.file([stem, main.as_bytes()].concat()).is_some()
    }

    /// The format of the file a pointer of DVC stands for, where it is data.
    fn pointed_to(&mut self, file: &File) -> Option<String> {
        let format = data_files::by_name(&file.path.name_lower());
        let known = data_files::is_open_format(&format) || data_files::is_of_one_vendor(&format);
        let folder = || file.path.name_lower().split('.').next().is_some_and(data_files::is_data_folder);
        let short = file.len.is_some_and(|len| len < LONGEST_POINTER);
        let counts = short && (known || format == "dvc" && folder());
        (counts && data_files::pointer(&self.text(file)?).is_some()).then_some(format)
    }
}

fn is_something_else(file: &File, bytes: Option<u64>) -> bool {
    let lower = file.path.lower();
    let mut folders: Vec<String> = lower.split('/').map(str::to_owned).collect();
    let name = folders.pop().unwrap_or_default();
    data_files::is_no_data(&folders, &name, bytes) || data_files::is_description(&name)
}
