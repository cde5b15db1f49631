//! Which class and marks does a path speak for?

use super::table::{TABLE, Table};
use super::{Class, Mark, Marks};
use crate::repository::path::RepoPath;

/// What the folders of a path say about the files in it; worked out once for a folder.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::repository) struct Folder {
    data: bool,
    data_set: bool,
    no_data: bool,
    translations: bool,
    documents: bool,
    models: bool,
    page_templates: bool,
    forge_templates: bool,
    programs: bool,
    test_of_code: bool,
    samples: bool,
    marks: Marks,
}

impl Folder {
    /// Reads the names of a folder and of those it lies in; the empty path is the root.
    pub(in crate::repository) fn of(path: &[u8]) -> Self {
        let table = &*TABLE;
        let mut folder = Self::default();
        if path.is_empty() {
            return folder;
        }
        let path = String::from_utf8_lossy(path).to_lowercase();
        let mut outer = "";
        let mut inside_program = false;
        for name in path.split('/') {
            let folders = &table.folders;
            folder.programs = folders.programs.has(name);
            folder.data |= folders.data.has(name) && !inside_program;
            folder.data_set |= folders.data_sets.has(name);
            folder.no_data |= folders.no_data.has(name);
            folder.translations |= folders.translations.has(name);
            folder.documents |= folders.documents.has(name);
            folder.models |= folders.models.has(name);
            folder.page_templates |= folders.page_templates.has(name);
            folder.forge_templates |= folders.forge_templates.has(name);
            folder.test_of_code |= table.test.code_folders.has(name);
            folder.mark(table, outer, name, inside_program);
            inside_program |= table.build_output.not_below.has(name);
            outer = name;
        }
        folder
    }

    fn mark(&mut self, table: &Table, outer: &str, name: &str, inside_program: bool) {
        let pair = |paths: &[(String, String)]| paths.iter().any(|(first, second)| first == outer && second == name);
        if table.vendored.folders.has(name) || pair(&table.vendored.paths) {
            self.marks.set(Mark::Vendored);
        }
        if table.generated.folders.has(name) {
            self.marks.set(Mark::Generated);
        }
        if table.test.folders.has(name) || self.test_of_code && table.test.below_code_folders.has(name) {
            self.marks.set(Mark::Test);
        }
        if table.example.not_below_data.has(name) && self.data {
            self.samples = true;
        } else if table.example.folders.has(name) {
            self.marks.set(Mark::Example);
        }
        let output = &table.build_output;
        if output.always.has(name) || output.folders.has(name) && !inside_program {
            self.marks.set(Mark::BuildOutput);
            self.marks.set(Mark::Generated);
        }
    }

    /// The class and marks of a file in this folder; `len` is its size where that is known.
    pub(in crate::repository) fn file(&self, path: &RepoPath, len: Option<u64>) -> (Class, Marks) {
        let cased = String::from_utf8_lossy(path.name());
        let name = Name::of(&cased);
        let class = self.class(&name, len);
        (class, self.marks_of(&name, &cased, class))
    }

    fn class(&self, name: &Name, len: Option<u64>) -> Class {
        let table = &*TABLE;
        let by_extension = table.extensions.get(&name.extension);
        if let Some(class) = table.names.get(&name.whole) {
            return class;
        }
        if self.forge_templates && by_extension == Some(Class::Documentation) {
            return Class::Configuration;
        }
        if self.translations && self.is_translation(name, by_extension) {
            return Class::Asset;
        }
        if table.stems.documentation.has(name.first_word())
            && (matches!(by_extension, None | Some(Class::Documentation)) || table.stems.before.has(&name.extension))
            && !table.perhaps_data.packed.has(&name.extension)
        {
            return Class::Documentation;
        }
        if name.extension == "pt" && self.page_templates {
            return Class::Source;
        }
        if self.models && table.perhaps_model.has(&name.extension) {
            return Class::Model;
        }
        if by_extension == Some(Class::Data) || self.data_set || self.is_data(name, len) {
            return Class::Data;
        }
        if self.documents && table.folders.documents_there.has(&name.extension) {
            return Class::Documentation;
        }
        by_extension.unwrap_or(match name.whole.as_bytes() {
            [b'.', ..] => Class::Configuration,
            _ if self.programs && name.extension.is_empty() => Class::Source,
            _ => Class::Asset,
        })
    }

    /// Whether a file in a folder of translations is one: data and settings are, code where it is called `de` or `pt-BR`.
    fn is_translation(&self, name: &Name, by_extension: Option<Class>) -> bool {
        if TABLE.folders.translated.has(&name.extension) {
            return true;
        }
        let (language, region) = name.stem().split_once(['-', '_']).unwrap_or((name.stem(), "xx"));
        let letters = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        by_extension == Some(Class::Source) && letters(language, 2..=2) && letters(region, 2..=4)
    }

    /// Whether folder, name or size speak for data where the extension leaves it open.
    fn is_data(&self, name: &Name, len: Option<u64>) -> bool {
        let perhaps = &TABLE.perhaps_data;
        if perhaps.packed.has(&name.extension) && TABLE.extensions.get(name.inner_extension()) == Some(Class::Data) {
            return true;
        }
        if self.no_data || self.translations {
            return false;
        }
        if self.data && perhaps.by_folder.has(&name.extension) {
            return true;
        }
        let mut words = name.words();
        let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
        let says_data = [first, last].iter().any(|word| perhaps.words.has(word));
        let named = perhaps.by_name.has(&name.extension) && says_data;
        let large = perhaps.by_size.has(&name.extension) && len.is_some_and(|len| len >= perhaps.bytes);
        (named || large) && !name.words().any(|word| perhaps.no_words.has(word))
    }

    fn marks_of(&self, name: &Name, cased: &str, class: Class) -> Marks {
        let table = &*TABLE;
        let mut marks = self.marks;
        if table.vendored.names.has(&name.whole) {
            marks.set(Mark::Vendored);
        }
        if table.generated.names.has(&name.whole) {
            marks.set(Mark::Generated);
        }
        if class == Class::Source
            && (self.test_of_code && !table.test.code_but.has(&name.extension)
                || table.test.names.has(&name.whole)
                || table.test.cased.has(cased))
        {
            marks.set(Mark::Test);
        }
        if self.samples && class != Class::Data
            || matches!(class, Class::Source | Class::Data) && table.example.names.has(&name.whole)
        {
            marks.set(Mark::Example);
        }
        marks
    }
}

/// A name in lower case, and where its last dot is.
struct Name {
    whole: String,
    extension: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let whole = name.to_lowercase();
        let extension = match whole.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_owned(),
            _ => String::new(),
        };
        Self { whole, extension }
    }

    /// The name up to its last dot.
    fn stem(&self) -> &str {
        match self.whole.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => &self.whole,
        }
    }

    /// What follows the last dot but one: `csv` of `trees.csv.gz`.
    fn inner_extension(&self) -> &str {
        self.stem().rsplit_once('.').map_or("", |(_, inner)| inner)
    }

    /// The name up to its first dot, hyphen or blank.
    fn first_word(&self) -> &str {
        self.whole.split(['.', '-', ' ']).next().unwrap_or_default()
    }

    /// The words of the stem that are no numbers.
    fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        let words = self.stem().split(|char: char| !char.is_alphanumeric());
        words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()))
    }
}
