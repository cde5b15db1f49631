//! Where is a licence given to the data, and to which files?

use super::described::{self, above, is_about_documents};
use super::group::Group;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::data_files::{self, Description};
use crate::reading::data_licences::{self, Licence, Said};
use crate::reading::document::{Document, Format};
use crate::reading::kind::RepositoryKind;
use crate::reading::licence_text::{self, Place as TextPlace};
use crate::reading::licensing::{is_licence_name, stated};
use crate::reading::{community, corpus, reuse};
use crate::repository::{File, FileKind, RepoPath};
use crate::signal::{Place, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Licence files of folders: so many are read, and none that is longer.
const MOST_FILES: usize = 100;
const LONGEST: u64 = 1 << 20;

/// A licence given to data.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// which; `None` where it is spoken of and none is named
    pub(super) licence: Option<Licence>,
    /// where
    pub(super) place: Place,
    /// the words there, where they have to be looked for in the line
    pub(super) words: Option<String>,
    /// whether it is given to data and not just to the repository, which happens to hold them
    pub(super) to_data: bool,
}

impl Given {
    /// `README.md:5`
    pub(super) fn at(&self) -> String {
        let path = self.place.path.as_ref().map(|path| path.lossy().into_owned()).unwrap_or_default();
        self.place.span.map_or(path.clone(), |span| format!("{path}:{}", span.line))
    }
}

/// All licences given to data.
pub(super) struct Licences {
    /// to whatever lies in a folder, or to everything where it is empty; in order of the folders
    folders: BTreeMap<Vec<u8>, Vec<Given>>,
    /// to single files, by path
    files: BTreeMap<Vec<u8>, Given>,
    descriptions: Vec<(Description, Vec<(Given, usize)>)>,
    /// why nobody can tell of files that are given none
    unknown: Option<Phrase>,
}

impl Licences {
    /// Reads all that may give one to the groups.
    pub(super) fn of(readings: &Readings<'_>, groups: &[Group<'_>]) -> Self {
        let mut licences =
            Self { folders: BTreeMap::new(), files: BTreeMap::new(), descriptions: Vec::new(), unknown: None };
        let mut folders = Folders::default();
        for file in groups.iter().flat_map(|group| &group.files) {
            if folders.own.insert(file.path.folder().to_vec()) {
                for folder in above(file.path.folder()) {
                    if !folders.all.insert(folder.to_vec()) {
                        break;
                    }
                }
            }
        }
        let kind = readings.kind().ok();
        licences.by_root(readings, kind);
        licences.by_folders(readings, &folders);
        licences.by_reuse(readings, groups);
        licences.by_descriptions(readings, kind);
        licences.by_sentences(readings, &folders, kind);
        let corpus = readings.corpus();
        if corpus.documents().next().is_none() && !corpus.unread().is_empty() {
            licences.unknown = Some(Phrase::new(
                "the only documents are in a format that is not read (PDF, office files)",
                "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
            ));
        }
        licences
    }

    /// What gives a file its licence, the nearest first.
    pub(super) fn given(&self, file: &File) -> Option<&Given> {
        let path = file.path.lossy();
        let path = path.strip_suffix(".dvc").unwrap_or(&path);
        let described = || {
            let names = |(description, given): &&(Description, Vec<(Given, usize)>)| {
                let beside = !description.names_files && file.path.folder().starts_with(description.path.folder());
                !given.is_empty() && (beside || description.names(path))
            };
            let (description, given) = self.descriptions.iter().find(names)?;
            let fits = |(_, at): &&(Given, usize)| {
                description.licences.get(*at).is_some_and(|one| description.gives(one, path))
            };
            given.iter().find(fits).map(|(given, _)| given)
        };
        let in_folder = || {
            let all = above(file.path.folder()).chain([&b""[..]]);
            all.filter_map(|folder| self.folders.get(folder)).flatten().next()
        };
        self.files.get(file.path.as_bytes()).or_else(described).or_else(in_folder)
    }

    /// Why nobody can tell of files that are given none.
    pub(super) fn unknown(&self) -> Option<&Phrase> {
        self.unknown.as_ref()
    }

    /// Every licence given to data, each place once.
    pub(super) fn statements(&self) -> Vec<&Given> {
        let described = self.descriptions.iter().flat_map(|(_, given)| given.iter().map(|(given, _)| given));
        let all = self.folders.values().flatten().chain(self.files.values()).chain(described);
        let mut all: Vec<&Given> = all.filter(|given| given.to_data && given.licence.is_some()).collect();
        all.sort_by(|a, b| a.place.cmp(&b.place));
        all.dedup_by(|a, b| a.place == b.place);
        all
    }

    fn give(&mut self, folder: &[u8], given: Given) {
        self.folders.entry(folder.to_vec()).or_default().push(given);
    }

    /// The licence of the repository where it is made for data or content, or where all there is are data.
    fn by_root(&mut self, readings: &Readings<'_>, kind: Option<RepositoryKind>) {
        for file in readings.licence_files().iter().filter(|file| file.at_root) {
            let of_data = file.part.as_deref().is_some_and(|part| {
                data_files::is_data_folder(part) || part.starts_with("content") || part == "inhalte"
            });
            let expression = file.expression();
            let made_for = expression.is_some_and(data_licences::is_for_data_or_content) && file.part.is_none();
            if of_data || made_for {
                let licence = expression.map(data_licences::of_expression);
                let place = Place::file(&file.path);
                self.give(b"", Given { licence, place, words: None, to_data: of_data });
            }
        }
        let Ok(whole) = &readings.licensing().licence else { return };
        let stated = || {
            let stated = stated::in_readme(readings.repo, Some(&whole.expression)).and_then(Result::ok);
            kind == Some(RepositoryKind::Data) && stated.is_some_and(|readme| readme.stated)
        };
        if data_licences::is_for_data_or_content(&whole.expression) || stated() {
            let place = whole.from.first().map(Place::file).unwrap_or_default();
            let licence = Some(data_licences::of_expression(&whole.expression));
            self.give(b"", Given { licence, place, words: None, to_data: false });
        }
    }

    /// Licence files below the root: in a folder of data, or made for data or content.
    fn by_folders(&mut self, readings: &Readings<'_>, folders: &Folders) {
        let repo = readings.repo;
        let packages: BTreeSet<&[u8]> = readings.manifests().iter().map(|one| one.path.folder()).collect();
        let named = repo.files().iter().filter(|file| {
            file.kind == FileKind::Regular
                && !file.path.at_root()
                && file.len.is_none_or(|len| len <= LONGEST)
                && folders.all.contains(file.path.folder())
                && is_licence_name(&String::from_utf8_lossy(file.path.name())).is_some()
        });
        for file in named.take(MOST_FILES) {
            let Ok(text) = repo.text_once(file) else { continue };
            let expression = licence_text::identify(&text, TextPlace::LicenceFile).expression;
            let folder = file.path.folder();
            let made_for = expression.as_deref().is_some_and(data_licences::is_for_data_or_content);
            let name =
                String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default()).to_lowercase();
            let holds_data =
                data_files::is_data_folder(&name) || !packages.contains(folder) && folders.own.contains(folder);
            if made_for || holds_data {
                let licence = expression.as_deref().map(data_licences::of_expression);
                self.give(folder, Given { licence, place: Place::file(&file.path), words: None, to_data: true });
            }
        }
    }

    /// What REUSE says of each file, where the repository follows it, and the `.license` files beside data.
    fn by_reuse(&mut self, readings: &Readings<'_>, groups: &[Group<'_>]) {
        let repo = readings.repo;
        let files = groups.iter().flat_map(|group| group.files.iter().copied());
        if !reuse::may_be_adopted(repo) {
            for file in files {
                let Some(sidecar) = repo.file([file.path.as_bytes(), b".license"].concat()) else { continue };
                let Ok(bytes) = repo.read(sidecar) else { continue };
                let stated = reuse::header(&bytes).expressions.into_iter().find(|one| one.expression.is_valid());
                let given = stated.map(|stated| expressed(&sidecar.path, &stated));
                self.files.extend(given.map(|given| (file.path.as_bytes().to_vec(), given)));
            }
            return;
        }
        match readings.reuse() {
            Err(broken) => self.unknown = Some(broken.why.clone()),
            Ok(all) => {
                for file in files {
                    let found = all.files.binary_search_by(|covered| covered.path.cmp(&file.path)).ok();
                    let told = found.and_then(|at| all.files.get(at)).and_then(|covered| covered.told.as_ref().ok());
                    let given = told.into_iter().flatten().find_map(|told| {
                        let stated = told.expressions().iter().find(|one| one.expression.is_valid())?;
                        Some(expressed(&told.source().path, stated))
                    });
                    self.files.extend(given.map(|given| (file.path.as_bytes().to_vec(), given)));
                }
            }
        }
    }

    fn by_descriptions(&mut self, readings: &Readings<'_>, kind: Option<RepositoryKind>) {
        let mut all = described::descriptions(readings);
        all.extend(described::cards(readings));
        if kind == Some(RepositoryKind::Data) {
            all.extend(described::citations(readings));
        }
        for description in all {
            let read = |(at, stated): (usize, &data_files::Stated)| {
                let licence = data_licences::of_value(&stated.value)?;
                let place = Place::span(&description.path, stated.span);
                Some((Given { licence: Some(licence), place, words: None, to_data: true }, at))
            };
            let given: Vec<(Given, usize)> = description.licences.iter().enumerate().filter_map(read).collect();
            self.descriptions.push((description, given));
        }
    }

    /// What documents say: those beside the data, and those that speak for the whole.
    fn by_sentences(&mut self, readings: &Readings<'_>, folders: &Folders, kind: Option<RepositoryKind>) {
        let speaks =
            |document: &&Document| document.format != Format::Fields && community::purpose(&document.path).is_none();
        let scope = |document: &Document| {
            let folder = document.path.folder();
            match folder.split(|byte| *byte == b'/').next().unwrap_or_default().to_ascii_lowercase().as_slice() {
                b"" | b".github" => Some(Vec::new()),
                _ if folders.all.contains(folder) => Some(folder.to_vec()),
                b"docs" | b"doc" | b"documentation" | b"dokumentation" | b"wiki" => Some(Vec::new()),
                _ => None,
            }
        };
        let documents: Vec<(&Document, Vec<u8>)> =
            readings.corpus().documents().filter(speaks).filter_map(|one| Some((one, scope(one)?))).collect();
        let said: Vec<Vec<Said>> =
            documents.par_iter().map(|(document, _)| data_licences::sentences(document)).collect();
        for ((document, folder), said) in documents.iter().zip(said) {
            let name = String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default());
            let beside = !folder.is_empty()
                && !is_about_documents(document)
                && (data_files::is_data_folder(&name.to_lowercase()) || folders.own.contains(folder));
            let whole = kind == Some(RepositoryKind::Data) && corpus::is_readme(&document.path);
            for one in said {
                let named = one.licence.is_some() && (beside || whole);
                // A document on something else may speak of anybody's data, and of the licence of code.
                let for_code = |one: &Licence| data_licences::is_for_code(&one.name);
                let introduces = described::introduces(&document.path);
                let speaks = introduces || one.licence.as_ref().is_some_and(|licence| !for_code(licence));
                if one.of_data && speaks || named {
                    let span = Span::on_line(one.line, 1, 1);
                    let to_data = one.of_data || beside && introduces;
                    let place = Place::span(&document.path, span);
                    self.give(folder, Given { licence: one.licence, place, words: Some(one.words), to_data });
                }
            }
        }
    }
}

/// Folders in which data lie.
#[derive(Default)]
struct Folders {
    /// in which a data file lies
    own: BTreeSet<Vec<u8>>,
    /// and those above
    all: BTreeSet<Vec<u8>>,
}

fn expressed(path: &RepoPath, stated: &reuse::Stated) -> Given {
    let place = stated.span.map_or_else(|| Place::file(path), |span| Place::span(path, span));
    let licence = Some(data_licences::of_expression(&stated.expression.text));
    Given { licence, place, words: None, to_data: true }
}
