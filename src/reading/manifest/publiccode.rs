//! publiccode.yml, as <https://yml.publiccode.tools/> has it: what other rooms ask of it.

use super::{Form, Licence, Person, Role};
use crate::phrase::Phrase;
use crate::reading::node::{Document, Located, Node, yaml};
use crate::repository::RepoPath;

/// What publiccode.yml says. All texts are foreign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publiccode {
    /// where it lies
    pub path: RepoPath,
    /// `name`
    pub name: Option<Located>,
    /// `url`: the address of the repository
    pub url: Option<Located>,
    /// `landingURL`
    pub landing_url: Option<Located>,
    /// `releaseDate`
    pub release_date: Option<Located>,
    /// `softwareVersion`
    pub software_version: Option<Located>,
    /// `developmentStatus`: `concept`, `development`, `beta`, `stable`, `obsolete`
    pub development_status: Option<Located>,
    /// `legal.license`
    pub licence: Option<Located>,
    /// `maintenance.type`: `internal`, `contract`, `community`, `none`
    pub maintenance: Option<Located>,
    /// `maintenance.contacts`
    pub contacts: Vec<Person>,
    /// `maintenance.contractors`
    pub contractors: Vec<Contractor>,
    /// `usedBy`
    pub used_by: Vec<Located>,
    /// `roadmap`
    pub roadmap: Option<Located>,
    /// `description.<language>`: the language and every text below it (`shortDescription`, `documentation`, …)
    pub descriptions: Vec<Description>,
}

/// Somebody who is paid to maintain the software.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contractor {
    /// their name
    pub name: Option<Located>,
    /// `until`: the last day of the contract
    pub until: Option<Located>,
    /// their e-mail address
    pub email: Option<Located>,
}

/// What is said in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// the language tag
    pub language: String,
    /// keys and texts
    pub texts: Vec<(String, Located)>,
}

/// Reads publiccode.yml; keys that are missing or of another type are left out.
///
/// # Errors
/// Where the document cannot be parsed at all.
pub fn publiccode(path: &RepoPath, text: &str) -> Result<Publiccode, Phrase> {
    let document = yaml(text)?;
    let root = &document.root;
    let list = |path: &[&str]| root.walk(path).map(Node::list_or_one).unwrap_or_default();
    let part = |node: &Node, key: &str| node.get(key).and_then(|value| document.located(value));
    Ok(Publiccode {
        path: path.clone(),
        name: document.at(&["name"]),
        url: document.at(&["url"]),
        landing_url: document.at(&["landingURL"]),
        release_date: document.at(&["releaseDate"]),
        software_version: document.at(&["softwareVersion"]),
        development_status: document.at(&["developmentStatus"]),
        licence: document.at(&["legal", "license"]),
        maintenance: document.at(&["maintenance", "type"]),
        contacts: list(&["maintenance", "contacts"])
            .iter()
            .map(|one| Person { role: Role::Contact, name: part(one, "name"), email: part(one, "email") })
            .collect(),
        contractors: list(&["maintenance", "contractors"])
            .iter()
            .map(|one| Contractor { name: part(one, "name"), until: part(one, "until"), email: part(one, "email") })
            .collect(),
        used_by: list(&["usedBy"]).iter().filter_map(|one| document.located(one)).collect(),
        roadmap: document.at(&["roadmap"]),
        descriptions: root
            .get("description")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| Description { language: entry.key.clone(), texts: texts(&document, &entry.value) })
            .collect(),
    })
}

fn texts(document: &Document<'_>, description: &Node) -> Vec<(String, Located)> {
    let mut texts = Vec::new();
    for entry in description.entries() {
        for value in entry.value.list_or_one() {
            texts.extend(document.located(value).map(|text| (entry.key.clone(), text)));
        }
    }
    texts
}

impl Publiccode {
    /// What it says of the licence, in the form manifests have.
    pub fn licence_statement(&self) -> Option<Licence> {
        self.licence.clone().map(|stated| Licence { form: Form::Expression, stated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_rooms_ask() {
        let text = "publiccodeYmlVersion: '0.5'\nname: Amt\nurl: https://example.org/amt\ndevelopmentStatus: stable\n\
                    legal:\n  license: EUPL-1.2\nmaintenance:\n  type: contract\n  contractors:\n    - name: Firma\n      until: 2027-01-31\n  \
                    contacts:\n    - name: Ada\n      email: ada@example.org\nusedBy: [Stadt A]\ndescription:\n  de:\n    shortDescription: Kurz\n    features: [eins]\n";
        let read = publiccode(&"publiccode.yml".into(), text).unwrap();
        assert_eq!(read.licence.as_ref().map(|l| (l.value.as_str(), l.span.line)), Some(("EUPL-1.2", 6)));
        assert_eq!(read.contacts[0].email.as_ref().unwrap().value, "ada@example.org");
        assert_eq!(read.contractors[0].until.as_ref().unwrap().value, "2027-01-31");
        assert_eq!(read.descriptions[0].texts.len(), 2);
        assert_eq!(read.used_by.len(), 1);
    }

    #[test]
    fn wrong_types_are_left_out() {
        let read = publiccode(
            &"publiccode.yml".into(),
            "name: [1]\nlegal: EUPL\nmaintenance:\n  contacts: nobody\ndescription: x\n",
        );
        let read = read.unwrap();
        assert_eq!((read.name, read.licence), (None, None));
        assert!(publiccode(&"publiccode.yml".into(), "a: [").is_err());
    }
}
