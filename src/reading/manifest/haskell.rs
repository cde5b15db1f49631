//! *.cabal: what does a Haskell package say of itself?
//!
//! Source: <https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html>.

use super::lenient::{Source, fields};
use super::{Ecosystem, Form, Manifest, Role, UrlKind};
use crate::phrase::Phrase;
use crate::repository::RepoPath;

/// Reads the fields of the package itself. From `cabal-version: 2.2` on `license` is an SPDX expression, before it one
/// of Cabal's own names.
pub(super) fn read(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Cabal);
    let mut version = String::new();
    let mut licence = None;
    // Components are headings without a colon; what is indented below them belongs to the field above.
    for field in fields(text, ':') {
        let value = source.located(field.value.clone());
        match field.key.as_str() {
            "cabal-version" => version = value.map(|one| one.value).unwrap_or_default(),
            "name" => manifest.name = value,
            "version" => manifest.version = value,
            "synopsis" => manifest.description = value,
            "license" => licence = value,
            "license-file" | "license-files" => {
                for file in value.iter().flat_map(|files| files.value.split([',', '\n']).map(|one| (one, files.span))) {
                    let stated = super::Located { value: file.0.trim().to_owned(), span: file.1 };
                    manifest.licence(Form::File, Some(stated).filter(|one| !one.value.is_empty()));
                }
            }
            "author" => manifest.person_line(Role::Author, value),
            "maintainer" => manifest.person_line(Role::Maintainer, value),
            "homepage" => manifest.url(UrlKind::Homepage, value),
            "bug-reports" => manifest.url(UrlKind::Issues, value),
            "category" => manifest.published = true,
            _ => {}
        }
    }
    if let Some(licence) = licence {
        let form = match licence.value.as_str() {
            "AllRightsReserved" | "NONE" => Form::Reserved,
            _ if is_spdx(&version) => Form::Expression,
            _ => Form::Name,
        };
        manifest.licence(form, Some(licence));
    }
    Ok(manifest)
}

fn is_spdx(version: &str) -> bool {
    let version = version.trim_start_matches(['>', '=', ' ']);
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= (2, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_by_version() {
        for (text, wanted) in [
            ("cabal-version: 3.0\nname: x\nlicense: BSD-3-Clause\n", Form::Expression),
            ("cabal-version: >=1.10\nname: x\nlicense:   BSD3\n", Form::Name),
            ("name: x\nlicense: GPL-3\n", Form::Name),
            ("cabal-version: 2.4\nlicense: NONE\n", Form::Reserved),
        ] {
            let read = read(&"x.cabal".into(), text).unwrap();
            assert_eq!(read.licences[0].form, wanted, "{text}");
        }
        let read = read(&"x.cabal".into(), "license-file: LICENSE\nlibrary\n  build-depends: base\n").unwrap();
        assert_eq!(read.licences[0].stated.value, "LICENSE");
    }
}
