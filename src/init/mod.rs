//! Which documents are missing, and what can already be said in them? `civiclint init`.
//!
//! Nothing is invented. What the repository says in public is repeated; what nobody can know from it is asked for by the
//! option that gives it, and until then the document counts as not complete and is not written.

mod citation;
mod clean;
mod data;
mod given;
mod known;
mod letters;
mod policy;
mod publiccode;
mod template;
mod there;
mod told;
mod yaml;

pub use given::{Contact, Given, KEYS, Key, key_named, licences, organisation};
pub use told::{Outcome, documents, summary};

use crate::judge::Answers;
use crate::output::sources::{SUBJECTS, Sources};
use crate::phrase::{Lang, Phrase, Words};
use crate::reading::Readings;
use crate::repository::{Folder, Span};
use crate::signal::Value;
use crate::untrusted::Untrusted;
use known::Known;
use std::collections::BTreeMap;

/// A document that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// civiclint.toml
    Policy,
    /// publiccode.yml
    Publiccode,
    /// CITATION.cff
    Citation,
    /// SECURITY.md
    Security,
    /// CONTRIBUTING.md
    Contributing,
    /// CODE_OF_CONDUCT.md
    Conduct,
    /// DATA.md
    Data,
}

impl Name {
    /// Every document, in the order in which they are made.
    pub const ALL: [Self; 7] =
        [Self::Policy, Self::Publiccode, Self::Citation, Self::Security, Self::Contributing, Self::Conduct, Self::Data];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Publiccode => "publiccode",
            Self::Citation => "citation",
            Self::Security => "security",
            Self::Contributing => "contributing",
            Self::Conduct => "conduct",
            Self::Data => "data",
        }
    }

    /// The file, at the root.
    pub fn path(self) -> &'static str {
        match self {
            Self::Policy => "civiclint.toml",
            Self::Publiccode => "publiccode.yml",
            Self::Citation => "CITATION.cff",
            Self::Security => "SECURITY.md",
            Self::Contributing => "CONTRIBUTING.md",
            Self::Conduct => "CODE_OF_CONDUCT.md",
            Self::Data => "DATA.md",
        }
    }

    /// What it is for, as the end of a line.
    fn purpose(self) -> Words {
        match self {
            Self::Policy => Words::new("what civiclint asks here", "was civiclint hier verlangt"),
            Self::Publiccode => Words::new("for catalogues of public software", "für Kataloge öffentlicher Software"),
            Self::Citation => Words::new("how to cite it", "wie man es zitiert"),
            Self::Security => Words::new("how to report a vulnerability", "wie man eine Schwachstelle meldet"),
            Self::Contributing => Words::new("how others can take part", "wie andere mitmachen können"),
            Self::Conduct => Words::new("how people treat each other", "wie man miteinander umgeht"),
            Self::Data => Words::new("where the data come from", "woher die Daten kommen"),
        }
    }
}

/// A value that somebody gave and that its document does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// the option
    pub option: String,
    /// what is wrong with its value
    pub why: Phrase,
}

/// What is wished.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// the language of documents; by the README where none is asked for
    pub lang: Option<Lang>,
    /// the language where the README does not tell
    pub locale: Lang,
    /// only these documents; empty means all
    pub only: Vec<Name>,
    /// the profile in the policy file
    pub profile: String,
    /// the approved licences in the policy file; none where nobody asked for it
    pub approved: Vec<String>,
    /// whom to write to
    pub contact: Option<Contact>,
    /// who is behind it
    pub organisation: Option<String>,
    /// what else was told
    pub given: Given,
}

/// A document, and what is to become of it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// which
    pub name: Name,
    /// what is to become of it
    pub state: State,
}

/// What is to become of a document.
#[derive(Clone, Debug)]
pub enum State {
    /// nothing is missing in this text
    Ready(String),
    /// in this text something is missing that somebody has to give
    Incomplete(String, Vec<Gap>),
    /// it is there already, here
    There(Vec<Untrusted>),
    /// it is there in other words, or not called for: why
    NotNeeded(Phrase),
}

/// Something that only a person can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// the option that gives it, as it is written
    pub option: String,
    /// what it is
    pub what: Phrase,
}

impl Gap {
    /// A key of `--set`.
    fn of(key: &'static str) -> Self {
        let takes = key_named(key).map(|key| key.takes).unwrap_or(Words::new("", ""));
        Self { option: format!("--set {key}=…"), what: Phrase::new(takes.en, takes.de) }
    }

    fn contact(what: Phrase) -> Self {
        Self { option: "--contact …".to_owned(), what }
    }

    fn organisation() -> Self {
        let what = Phrase::new("who is behind it, by name", "wer dahintersteht, mit Namen");
        Self { option: "--organisation …".to_owned(), what }
    }

    /// How it stands in a text that is not complete.
    fn mark(&self) -> String {
        format!("‹{}›", self.option)
    }
}

/// What would be written.
#[derive(Clone, Debug)]
pub struct Plan {
    /// the documents that were asked for, in the order of [`Name::ALL`]
    pub documents: Vec<Planned>,
    /// the language they are in
    pub lang: Lang,
    /// whether only some were asked for
    pub chosen: bool,
}

/// What a document is made of.
struct Desk<'d> {
    known: &'d Known,
    wishes: &'d Wishes,
    lang: Lang,
    /// the documents that will be there: for links from one to the other
    beside: BTreeMap<Name, String>,
}

/// The questions about the whole that decide whether a document is missing.
const ASKED: &[&str] =
    &["kind", "has-publiccode", "has-security-policy", "contributing-described", "has-code-of-conduct"];

/// Makes the plan. `folder` is where it will be written, where that is possible: a name that something has there,
/// ignored by git or not, is taken.
///
/// # Errors
/// Where a value that somebody gave is not what its document allows.
pub fn plan(readings: &Readings<'_>, folder: Option<&Folder>, wishes: &Wishes) -> Result<Plan, Refused> {
    readings.repo.expect_history(BTreeMap::from([(known::TAGS, Span::Tags)]));
    let answers = Answers::asked(readings, ASKED, SUBJECTS);
    let known = Known::of(readings, &wishes.given);
    let lang = wishes.lang.or(known.readme_lang).unwrap_or(wishes.locale);
    let wanted = |name: &Name| wishes.only.is_empty() || wishes.only.contains(name);
    let there: BTreeMap<Name, Vec<Untrusted>> = Name::ALL
        .into_iter()
        .map(|name| (name, there::paths(readings.repo, folder, name)))
        .filter(|(_, paths)| !paths.is_empty())
        .collect();
    let mut desk = Desk { known: &known, wishes, lang, beside: BTreeMap::new() };
    for (name, paths) in &there {
        if let Some(path) = paths.first().filter(|path| there::is_plain(path)) {
            desk.beside.insert(*name, path.lossy().into_owned());
        }
    }
    // Documents that link to others are made after them.
    let sources = Sources::of(&answers);
    let mut documents = Vec::new();
    for name in Name::ALL.into_iter().filter(wanted).filter(|name| *name != Name::Contributing) {
        documents.push(planned(name, &desk, &there, &answers, &sources)?);
    }
    if wanted(&Name::Contributing) {
        for document in &documents {
            if let State::Ready(_) = document.state {
                desk.beside.insert(document.name, document.name.path().to_owned());
            }
        }
        documents.push(planned(Name::Contributing, &desk, &there, &answers, &sources)?);
        documents.sort_by_key(|document| document.name);
    }
    Ok(Plan { documents, lang, chosen: !wishes.only.is_empty() })
}

fn planned(
    name: Name,
    desk: &Desk<'_>,
    there: &BTreeMap<Name, Vec<Untrusted>>,
    answers: &Answers,
    sources: &Sources,
) -> Result<Planned, Refused> {
    let state = match there.get(&name) {
        Some(paths) => State::There(paths.clone()),
        None => match unneeded(name, desk, answers) {
            Some(why) => State::NotNeeded(why),
            None => match name {
                Name::Policy => policy::make(desk),
                Name::Publiccode => publiccode::make(desk)?,
                Name::Citation => citation::make(desk),
                Name::Security => letters::security(desk),
                Name::Contributing => letters::contributing(desk),
                Name::Conduct => letters::conduct(desk),
                Name::Data => data::make(desk, sources.clone()),
            },
        },
    };
    Ok(Planned { name, state })
}

/// Why a document is not called for, where no file of its name is there; none where somebody names it.
fn unneeded(name: Name, desk: &Desk<'_>, answers: &Answers) -> Option<Phrase> {
    let yes = |signal: &str| matches!(answers.wholes().get(signal), Some(Ok(Value::YesNo(true))));
    let asked = desk.wishes.only.contains(&name);
    let software = desk.known.kind.is_none_or(|kind| kind.name() == "software");
    match name {
        Name::Publiccode if yes("has-publiccode") => {
            Some(Phrase::new("one lies in the tree already", "eine liegt schon im Dateibaum"))
        }
        Name::Security if yes("has-security-policy") => Some(Phrase::new(
            "another document says how to report a vulnerability",
            "ein anderes Dokument sagt, wie man eine Schwachstelle meldet",
        )),
        Name::Security if !software && !asked => Some(Phrase::new(
            "this is no software (--only security all the same)",
            "das ist keine Software (trotzdem: --only security)",
        )),
        Name::Contributing if yes("contributing-described") => {
            Some(Phrase::new("another document says how to take part", "ein anderes Dokument sagt, wie man mitmacht"))
        }
        Name::Conduct if yes("has-code-of-conduct") => Some(Phrase::new(
            "another document says it or links to it",
            "ein anderes Dokument sagt es oder verlinkt es",
        )),
        _ => None,
    }
}
