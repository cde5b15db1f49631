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
    #[cfg(any(test, fuzzing))]
    pub(in crate::repository) fn file(&self, path: &RepoPath, len: Option<u64>) -> (Class, Marks) {
        self.next_file(path, len, &mut Endings::default())
    }

    /// The class and marks of one of many files in this folder, whose endings are kept for the next; `len` is its size
    /// where that is known.
    pub(in crate::repository) fn next_file(
        &self,
        path: &RepoPath,
        len: Option<u64>,
        endings: &mut Endings,
    ) -> (Class, Marks) {
        let cased = String::from_utf8_lossy(path.name());
        let name = Name::of(&cased);
        let ending = endings.of(&name.extension);
        let class = self.class(&name, ending, len);
        (class, self.marks_of(&name, &cased, class, ending))
    }

    fn class(&self, name: &Name, ending: &Ending, len: Option<u64>) -> Class {
        let table = &*TABLE;
        let by_extension = ending.class;
        if let Some(class) = table.names.get(&name.whole) {
            return class;
        }
        if self.forge_templates && by_extension == Some(Class::Documentation) {
            return Class::Configuration;
        }
        if self.translations && self.is_translation(name, ending) {
            return Class::Asset;
        }
        if table.stems.documentation.has(name.first_word())
            && (matches!(by_extension, None | Some(Class::Documentation)) || ending.before)
            && !ending.packed
        {
            return Class::Documentation;
        }
        if name.extension == "pt" && self.page_templates {
            return Class::Source;
        }
        if self.models && ending.model {
            return Class::Model;
        }
        if by_extension == Some(Class::Data) || self.data_set || self.is_data(name, ending, len) {
            return Class::Data;
        }
        if self.documents && ending.document {
            return Class::Documentation;
        }
        by_extension.unwrap_or(match name.whole.as_bytes() {
            [b'.', ..] => Class::Configuration,
            _ if self.programs && name.extension.is_empty() => Class::Source,
            _ => Class::Asset,
        })
    }

    /// Whether a file in a folder of translations is one: data and settings are, code where it is called `de` or `pt-BR`.
    fn is_translation(&self, name: &Name, ending: &Ending) -> bool {
        if ending.translated {
            return true;
        }
        let (language, region) = name.stem().split_once(['-', '_']).unwrap_or((name.stem(), "xx"));
        let letters = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        ending.class == Some(Class::Source) && letters(language, 2..=2) && letters(region, 2..=4)
    }

    /// Whether folder, name or size speak for data where the extension leaves it open.
    fn is_data(&self, name: &Name, ending: &Ending, len: Option<u64>) -> bool {
        let perhaps = &TABLE.perhaps_data;
        if ending.packed && TABLE.extensions.get(name.inner_extension()) == Some(Class::Data) {
            return true;
        }
        if self.no_data || self.translations {
            return false;
        }
        if self.data && ending.by_folder {
            return true;
        }
        if !ending.by_name && !ending.by_size {
            return false;
        }
        let mut words = name.words();
        let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
        let says_data = [first, last].iter().any(|word| perhaps.words.has(word));
        let named = ending.by_name && says_data;
        let large = ending.by_size && len.is_some_and(|len| len >= perhaps.bytes);
        (named || large) && !name.words().any(|word| perhaps.no_words.has(word))
    }

    fn marks_of(&self, name: &Name, cased: &str, class: Class, ending: &Ending) -> Marks {
        let table = &*TABLE;
        let mut marks = self.marks;
        if table.vendored.names.has(&name.whole) {
            marks.set(Mark::Vendored);
        }
        if table.generated.names.has(&name.whole) {
            marks.set(Mark::Generated);
        }
        if class == Class::Source
            && (self.test_of_code && !ending.no_code
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

/// What the table says of an extension.
#[derive(Clone, Debug, Default)]
struct Ending {
    extension: String,
    class: Option<Class>,
    before: bool,
    packed: bool,
    model: bool,
    document: bool,
    translated: bool,
    by_folder: bool,
    by_name: bool,
    by_size: bool,
    no_code: bool,
}

impl Ending {
    fn of(extension: &str) -> Self {
        let table = &*TABLE;
        Self {
            extension: extension.to_owned(),
            class: table.extensions.get(extension),
            before: table.stems.before.has(extension),
            packed: table.perhaps_data.packed.has(extension),
            model: table.perhaps_model.has(extension),
            document: table.folders.documents_there.has(extension),
            translated: table.folders.translated.has(extension),
            by_folder: table.perhaps_data.by_folder.has(extension),
            by_name: table.perhaps_data.by_name.has(extension),
            by_size: table.perhaps_data.by_size.has(extension),
            no_code: table.test.code_but.has(extension),
        }
    }
}

/// The endings of the files that were looked at last: most files of a folder share a few.
#[derive(Debug, Default)]
pub(in crate::repository) struct Endings(Vec<Ending>);

/// So many endings are kept.
const ENDINGS: usize = 8;

impl Endings {
    fn of(&mut self, extension: &str) -> &Ending {
        let known = self.0.iter().position(|ending| ending.extension == extension);
        let at = known.unwrap_or_else(|| {
            self.0.truncate(ENDINGS - 1);
            self.0.push(Ending::of(extension));
            self.0.len() - 1
        });
        &self.0[at]
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
