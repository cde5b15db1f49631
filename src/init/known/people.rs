//! Who wrote it and who can be asked, by what is published already?

use crate::init::clean;
use crate::reading::Readings;
use crate::reading::contact::mail_address;
use crate::reading::maintainers;
use crate::reading::manifest::{Ecosystem, Manifest, Person, Role};

/// Somebody who is named in a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::init) struct Someone {
    pub(in crate::init) name: String,
    pub(in crate::init) email: Option<String>,
}

/// So many people are named.
const MOST: usize = 20;

/// The authors; where none are named as such, the maintainers.
pub(super) fn authors(manifests: &[&Manifest]) -> Vec<Someone> {
    let named =
        |role: Role| distinct(manifests.iter().flat_map(|manifest| people(manifest)).filter(|one| one.0 == role));
    let authors = named(Role::Author);
    if authors.is_empty() { named(Role::Maintainer) } else { authors }
}

/// Those who are named as maintainers or as contact.
pub(super) fn contacts(readings: &Readings<'_>, manifests: &[&Manifest]) -> Vec<Someone> {
    let publiccode = readings.publiccode().and_then(Result::ok);
    let published = publiccode.iter().flat_map(|one| &one.contacts).flat_map(|person| one(person, false));
    let named = manifests.iter().flat_map(|manifest| people(manifest)).filter(|one| one.0 != Role::Author);
    distinct(published.chain(named))
}

fn people(manifest: &Manifest) -> Vec<(Role, Someone)> {
    let lists = manifest.ecosystem == Ecosystem::R;
    manifest.people.iter().take(MOST * 2).flat_map(|person| one(person, lists)).collect()
}

/// A person; of a field that lists several with their parts in brackets (R: `Ada Example [aut, cre]`), each.
fn one(person: &Person, lists: bool) -> Vec<(Role, Someone)> {
    let email = person.email.as_ref().and_then(|email| mail_address(&email.value).filter(|mail| clean::is_mail(mail)));
    let name = person.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let bare = if lists { without_brackets(&name) } else { name };
    let names: Vec<&str> = if lists { bare.split(',').collect() } else { vec![&bare] };
    let several = names.len() > 1;
    names
        .into_iter()
        .filter_map(|name| {
            let name = clean::line(name, 100)
                .filter(|name| maintainers::is_somebody(name) && !name.contains(['@', '<', '{']))?;
            Some((person.role, Someone { name, email: email.filter(|_| !several).map(str::to_owned) }))
        })
        .collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| {
            depth += usize::from(matches!(c, '[' | '(' | '<'));
            let out = depth == 0;
            depth = depth.saturating_sub(usize::from(matches!(c, ']' | ')' | '>')));
            out
        })
        .collect()
}

fn distinct(people: impl Iterator<Item = (Role, Someone)>) -> Vec<Someone> {
    let mut all: Vec<Someone> = Vec::new();
    for (_, person) in people {
        if let Some(other) = all.iter_mut().find(|other| other.name.to_lowercase() == person.name.to_lowercase()) {
            other.email = other.email.take().or(person.email);
        } else if all.len() < MOST {
            all.push(person);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::manifest::read;

    #[test]
    fn people_of_manifests() {
        let npm = r#"{"author": "Ada Muster <ada@stadt-muster.de>", "contributors": ["ada muster", "Bo Beispiel", "Your Name"], "maintainers": ["Parks office <trees@stadt-muster.de>"]}"#;
        let npm = read(&"package.json".into(), npm).expect("JSON");
        let names = |people: Vec<Someone>| people.into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(authors(&[&npm])), ["Ada Muster", "Bo Beispiel"]);
        let r = "Package: baum\nVersion: 1\nAuthor: Ada Muster [aut, cre], Bo Beispiel [ctb] (<https://orcid.org/0>)\nMaintainer: Ada Muster <ada@stadt-muster.de>\n";
        let r = read(&"DESCRIPTION".into(), r).expect("fields");
        assert_eq!(names(authors(&[&r])), ["Ada Muster", "Bo Beispiel"]);
        let hostile = r#"{"author": "x\": y\nurl: <script> {a}"}"#;
        let hostile = read(&"package.json".into(), hostile).expect("JSON");
        assert!(authors(&[&hostile]).iter().all(|one| !one.name.contains(['\n', '<', '{'])));
    }
}
