//! Is a repository software, data or documentation?

use super::pass::FileScan;
use crate::phrase::Phrase;
use crate::repository::{Class, File};

/// What a repository mainly is; see the words of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryKind {
    /// a package manifest, or at least 300 lines of source that are more than helper scripts of a data set
    Software,
    /// mostly data files, at most helper scripts
    Data,
    /// prose or design only
    Documentation,
}

impl RepositoryKind {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Data => "data",
            Self::Documentation => "documentation",
        }
    }
}

/// So many lines of source make software, manifest or not.
const LINES_OF_SOFTWARE: u64 = 300;
/// Up to so many lines may be helper scripts where data files outnumber them.
const LINES_OF_HELPERS: u64 = 3_000;

/// Names of manifests that make a package or a program; a list of requirements alone does not.
const PACKAGE_MANIFESTS: &[&str] = &[
    "cargo.toml",
    "package.json",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "go.mod",
    "composer.json",
    "gemfile",
    "project.toml",
    "pubspec.yaml",
    "mix.exs",
    "cmakelists.txt",
    "meson.build",
    "platformio.ini",
    "package.swift",
    "build.sbt",
    "deno.json",
    "dub.json",
];

/// Extensions of manifests whose name is the package's.
const MANIFEST_ENDINGS: &[&str] = &["gemspec", "csproj", "fsproj", "vbproj", "sln", "cabal", "nimble"];

/// Tells the kind from the files and what one look at each told.
///
/// # Errors
/// Where there is too little to tell by.
pub fn kind(files: &[File], scans: &[FileScan]) -> Result<RepositoryKind, Phrase> {
    let mut lines = 0u64;
    let (mut source, mut data, mut documents, mut manifests) = (0u32, 0u32, 0u32, 0u32);
    for (file, scan) in files.iter().zip(scans) {
        if !file.marks.none() || scan.generated {
            continue;
        }
        lines += u64::from(scan.lines);
        match file.class {
            Class::Source => source += 1,
            Class::Data => data += 1,
            Class::Documentation => documents += 1,
            _ if is_package_manifest(file) => manifests += 1,
            _ => {}
        }
    }
    let data_leads = data > 0 && data >= 2 * source && lines < LINES_OF_HELPERS;
    match () {
        () if manifests == 0 && data_leads => Ok(RepositoryKind::Data),
        () if manifests > 0 || lines >= LINES_OF_SOFTWARE => Ok(RepositoryKind::Software),
        () if data > 0 && data >= source => Ok(RepositoryKind::Data),
        () if source == 0 && documents > 0 => Ok(RepositoryKind::Documentation),
        () => Err(Phrase::new(
            "there is too little here to tell software from data or documentation",
            "hier liegt zu wenig, um Software von Daten oder Dokumentation zu unterscheiden",
        )),
    }
}

/// Whether a file is the manifest of a package or program.
pub fn is_package_manifest(file: &File) -> bool {
    let name = file.path.name_lower();
    PACKAGE_MANIFESTS.contains(&name.as_str())
        || MANIFEST_ENDINGS.contains(&file.path.extension().as_str())
        || file.path.name() == b"DESCRIPTION"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{FileKind, Marks};

    fn tree(files: &[(&str, Class, u32)]) -> Option<&'static str> {
        let (files, scans): (Vec<_>, Vec<_>) = files
            .iter()
            .map(|(path, class, lines)| {
                let file = File {
                    path: (*path).into(),
                    class: *class,
                    marks: Marks::default(),
                    kind: FileKind::Regular,
                    len: None,
                };
                (file, FileScan { lines: *lines, ..FileScan::default() })
            })
            .unzip();
        kind(&files, &scans).ok().map(RepositoryKind::name)
    }

    #[test]
    fn kinds() {
        use Class::{Data, Documentation, Manifest, Source};
        for (files, wanted) in [
            (&[("package.json", Manifest, 0), ("a.csv", Data, 0), ("b.csv", Data, 0)][..], Some("software")),
            (&[("a.csv", Data, 0), ("b.csv", Data, 0), ("make.py", Source, 700)], Some("data")),
            (&[("requirements.txt", Manifest, 0), ("a.csv", Data, 0), ("make.py", Source, 80)], Some("data")),
            (&[("main.py", Source, 300)], Some("software")),
            (&[("a.csv", Data, 0), ("main.py", Source, 300)], Some("software")),
            (&[("a.csv", Data, 0), ("b.csv", Data, 0), ("main.py", Source, 9_000)], Some("software")),
            (&[("README.md", Documentation, 0)], Some("documentation")),
            (&[("README.md", Documentation, 0), ("main.py", Source, 20)], None),
            (&[], None),
        ] {
            assert_eq!(tree(files), wanted, "{files:?}");
        }
    }
}
