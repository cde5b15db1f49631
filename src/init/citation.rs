//! CITATION.cff 1.2.0: what is known, in its keys.
//! <https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md>

use super::yaml::Yaml;
use super::{Desk, Gap, State};
use crate::phrase::Words;
use crate::reading::kind::RepositoryKind;
use crate::reading::licence_text::expression;
use crate::reading::node;
use crate::reading::schema::{self, CITATION};

const VERSION: &str = "1.2.0";
const MESSAGE: Words = Words::new(
    "If you use this in your work, please cite it like this.",
    "Wenn Sie dies in Ihrer Arbeit verwenden, zitieren Sie es bitte so.",
);

/// What may be left out again, in this order, where the whole would break the standard.
const OPTIONAL: &[&str] = &["license", "version", "url", "repository-code", "abstract"];

pub(super) fn make(desk: &Desk<'_>) -> State {
    for kept in (0..=OPTIONAL.len()).rev() {
        let without = OPTIONAL.get(..OPTIONAL.len() - kept).unwrap_or_default();
        let (text, gaps) = write(desk, without);
        let holds = node::yaml(&text).is_ok_and(|document| schema::check(&CITATION, &document).flaws.is_empty());
        if holds || kept == 0 {
            return if gaps.is_empty() { State::Ready(text) } else { State::Incomplete(text, gaps) };
        }
    }
    State::Incomplete(String::new(), Vec::new())
}

fn write(desk: &Desk<'_>, without: &[&str]) -> (String, Vec<Gap>) {
    let known = desk.known;
    let with = |key: &str| !without.contains(&key);
    let mut gaps = Vec::new();
    let mut yaml = Yaml::default();
    yaml.value("cff-version", VERSION);
    yaml.value("message", MESSAGE.get(desk.lang));
    yaml.value(
        "title",
        &known.name.clone().unwrap_or_else(|| {
            let gap = Gap::of("name");
            let mark = gap.mark();
            gaps.push(gap);
            mark
        }),
    );
    yaml.value("type", if known.kind == Some(RepositoryKind::Data) { "dataset" } else { "software" });
    let mut names: Vec<String> = known.authors.iter().map(|author| author.name.clone()).collect();
    if names.is_empty() {
        names.extend(desk.wishes.organisation.clone());
    }
    if names.is_empty() {
        let gap = Gap::organisation();
        names.push(gap.mark());
        gaps.push(gap);
    }
    // A name alone does not tell family names from given ones; `name` keeps it as it is.
    yaml.section("authors", |yaml| {
        for name in &names {
            yaml.entry(&[("name", Some(name))]);
        }
    });
    if let Some(short) = known.short.as_ref().filter(|_| with("abstract")) {
        yaml.prose("abstract", short);
    }
    if let Some(url) = known.url.as_ref().filter(|_| with("repository-code")) {
        yaml.value("repository-code", url);
    }
    if let Some(url) = known.landing_url.as_ref().filter(|_| with("url")) {
        yaml.value("url", url);
    }
    match licences(known.licence.as_deref()).as_slice() {
        _ if !with("license") => {}
        [] => {}
        [one] => yaml.value("license", one),
        several => yaml.list("license", several),
    }
    if let Some((version, day)) = known.release.as_ref().filter(|_| with("version")) {
        yaml.value("version", version);
        yaml.value("date-released", day);
    }
    (yaml.finish(), gaps)
}

/// The ids of a licence, or of those that are offered: several mean that one may be chosen. What applies together, or
/// with an exception, cannot be said here.
fn licences(licence: Option<&str>) -> Vec<String> {
    let Some(licence) = licence else { return Vec::new() };
    let all: Vec<String> = expression::licences(licence).into_iter().collect();
    let plain = all.iter().all(|one| !one.contains([' ', '+', ':']) && !one.starts_with("LicenseRef-"));
    let together = licence.split([' ', '(', ')']).any(|word| word == "AND");
    if plain && !together { all } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_that_can_be_said() {
        for (licence, wanted) in [
            ("MIT", &["MIT"][..]),
            ("Apache-2.0 OR MIT", &["Apache-2.0", "MIT"]),
            ("MIT AND CC-BY-4.0", &[]),
            ("GPL-2.0-only WITH Classpath-exception-2.0", &[]),
            ("LicenseRef-Own", &[]),
        ] {
            assert_eq!(licences(Some(licence)), wanted, "{licence}");
        }
        assert!(licences(None).is_empty());
    }
}
