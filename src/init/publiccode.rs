//! publiccode.yml 0.7.0: what is known, in its keys. <https://yml.publiccode.tools/>

use super::known::Someone;
use super::yaml::Yaml;
use super::{Desk, Gap, Refused, State};
use crate::phrase::Phrase;
use crate::reading::node;
use crate::reading::schema::{self, Flaw, PUBLICCODE};
use std::collections::BTreeSet;

const VERSION: &str = "0.7.0";

/// The keys of `--set` by the keys of the standard, where they are called otherwise.
const CALLED: &[(&str, &str)] = &[
    ("legal.license", "license"),
    ("maintenance.type", "maintenance"),
    ("maintenance.contractors.name", "contractor"),
    ("maintenance.contractors.until", "contractUntil"),
    ("organisation.uri", "organisation.uri"),
];

/// Makes it, and holds it against the standard: what was read and does not keep to it is left out again.
pub(super) fn make(desk: &Desk<'_>) -> Result<State, Refused> {
    let mut dropped = BTreeSet::new();
    loop {
        let writer = Writer { desk, dropped: &dropped, yaml: Yaml::default(), gaps: Vec::new() };
        let (text, gaps) = writer.write();
        let flaws = node::yaml(&text).map(|document| schema::check(&PUBLICCODE, &document).flaws).unwrap_or_default();
        let missing = |key: &str| gaps.iter().any(|(missing, _)| *missing == key);
        let new = flaws.iter().filter(|flaw| flaw.breaks).map(|flaw| (called(&flaw.key), flaw));
        let Some((key, flaw)) = new.into_iter().find(|(key, _)| !missing(key) && !dropped.contains(key)) else {
            let gaps: Vec<Gap> = gaps.into_iter().map(|(_, gap)| gap).collect();
            return Ok(if gaps.is_empty() { State::Ready(text) } else { State::Incomplete(text, gaps) });
        };
        refuse(desk, &key, flaw)?;
        dropped.insert(key);
    }
}

/// What somebody gave is not left out but told.
fn refuse(desk: &Desk<'_>, key: &str, flaw: &Flaw) -> Result<(), Refused> {
    if desk.wishes.given.has(key) {
        return Err(Refused { option: format!("--set {key}"), why: flaw.why.clone() });
    }
    Ok(())
}

/// A key of the standard as `--set` calls it: without numbers, languages and what it lies in.
fn called(key: &str) -> String {
    let bare: String =
        key.split('.').map(|part| part.split('[').next().unwrap_or_default()).collect::<Vec<_>>().join(".");
    let known = CALLED.iter().find(|(standard, _)| *standard == bare).map(|(_, ours)| *ours);
    known.unwrap_or_else(|| bare.rsplit('.').next().unwrap_or_default()).to_owned()
}

struct Writer<'w> {
    desk: &'w Desk<'w>,
    dropped: &'w BTreeSet<String>,
    yaml: Yaml,
    gaps: Vec<(&'static str, Gap)>,
}

impl Writer<'_> {
    fn write(mut self) -> (String, Vec<(&'static str, Gap)>) {
        let known = self.desk.known;
        let given = &self.desk.wishes.given;
        self.yaml.value("publiccodeYmlVersion", VERSION);
        self.value("name", known.name.clone());
        self.value("url", known.url.clone());
        self.optional("landingURL", known.landing_url.clone());
        if let Some((version, day)) = known.release.as_ref().filter(|_| !self.dropped.contains("softwareVersion")) {
            self.yaml.value("softwareVersion", version);
            self.yaml.value("releaseDate", day);
        }
        if let Some(uri) = given.one("organisation.uri") {
            let name = self.desk.wishes.organisation.clone();
            self.yaml.section("organisation", |yaml| {
                yaml.value("uri", &uri);
                if let Some(name) = &name {
                    yaml.value("name", name);
                }
            });
        }
        self.list(
            "platforms",
            Some(given.all("platforms")).filter(|all| !all.is_empty()).unwrap_or(known.platforms.clone()),
        );
        self.value("developmentStatus", given.one("developmentStatus"));
        self.value("softwareType", given.one("softwareType").or_else(|| known.software_type.map(str::to_owned)));
        self.description();
        let licence = self.known("license", known.licence.clone());
        self.yaml.section("legal", |yaml| yaml.value("license", &licence));
        self.maintenance();
        self.localisation();
        (self.yaml.finish(), self.gaps)
    }

    fn description(&mut self) {
        let known = self.desk.known;
        let language = known.language.unwrap_or(self.desk.lang.tag());
        let short = self.known("shortDescription", known.short.clone());
        let long = self.known("longDescription", known.long.clone());
        let features = self.known_list("features", known.features.clone());
        self.yaml.section("description", |yaml| {
            yaml.section(language, |yaml| {
                yaml.prose("shortDescription", &short);
                yaml.prose("longDescription", &long);
                yaml.list("features", &features);
            });
        });
    }

    fn maintenance(&mut self) {
        let given = &self.desk.wishes.given;
        let kind = self.known("maintenance", given.one("maintenance"));
        let contractor = (kind == "contract").then(|| {
            let name = self.known("contractor", given.one("contractor"));
            (name, self.known("contractUntil", given.one("contractUntil")))
        });
        let contacts = if matches!(kind.as_str(), "none" | "contract") { Vec::new() } else { self.contacts() };
        self.yaml.section("maintenance", |yaml| {
            yaml.value("type", &kind);
            if let Some((name, until)) = &contractor {
                yaml.section("contractors", |yaml| {
                    yaml.entry(&[("name", Some(name)), ("until", Some(until))]);
                });
            }
            if !contacts.is_empty() {
                yaml.section("contacts", |yaml| {
                    for one in &contacts {
                        yaml.entry(&[("name", Some(&one.name)), ("email", one.email.as_deref())]);
                    }
                });
            }
        });
    }

    /// Whom to ask: whoever was given, else whom manifests name as that.
    fn contacts(&mut self) -> Vec<Someone> {
        let wishes = self.desk.wishes;
        let mail = wishes.contact.as_ref().filter(|contact| contact.is_mail()).map(|contact| contact.address.clone());
        let name = wishes.contact.as_ref().and_then(|contact| contact.name.clone()).or(wishes.organisation.clone());
        match (name, mail) {
            (Some(name), email) => vec![Someone { name, email }],
            (None, Some(_)) => self.nobody(Gap::organisation()),
            (None, None) if !self.desk.known.contacts.is_empty() => self.desk.known.contacts.clone(),
            (None, None) => {
                let what = Phrase::new("who can be asked: \"NAME <ADDRESS>\"", "wen man fragen kann: „NAME <ADRESSE>“");
                self.nobody(Gap::contact(what))
            }
        }
    }

    fn nobody(&mut self, gap: Gap) -> Vec<Someone> {
        let mark = gap.mark();
        self.gaps.push(("contacts", gap));
        vec![Someone { name: mark, email: None }]
    }

    fn localisation(&mut self) {
        let given = &self.desk.wishes.given;
        let languages = Some(given.all("availableLanguages")).filter(|all| !all.is_empty());
        let translated = languages.is_none() && !self.desk.known.languages.is_empty();
        let languages = self.known_list("availableLanguages", languages.unwrap_or(self.desk.known.languages.clone()));
        let said = given.one("localisationReady").map(|value| match value.to_lowercase().as_str() {
            "yes" | "ja" | "true" => "true".to_owned(),
            "no" | "nein" | "false" => "false".to_owned(),
            _ => value,
        });
        // Whoever keeps translations in files of their own can add one.
        let ready = self.known("localisationReady", said.or_else(|| translated.then(|| "true".to_owned())));
        self.yaml.section("localisation", |yaml| {
            match ready.parse() {
                Ok(ready) => yaml.yes_no("localisationReady", ready),
                Err(_) => yaml.value("localisationReady", &ready),
            }
            yaml.list("availableLanguages", &languages);
        });
    }

    fn value(&mut self, key: &'static str, value: Option<String>) {
        let value = self.known(key, value);
        self.yaml.value(key, &value);
    }

    fn optional(&mut self, key: &'static str, value: Option<String>) {
        if let Some(value) = value.filter(|_| !self.dropped.contains(key)) {
            self.yaml.value(key, &value);
        }
    }

    fn list(&mut self, key: &'static str, values: Vec<String>) {
        let values = self.known_list(key, values);
        self.yaml.list(key, &values);
    }

    /// A value, or the mark of a gap that only a person can fill.
    fn known(&mut self, key: &'static str, value: Option<String>) -> String {
        value.filter(|_| !self.dropped.contains(key)).unwrap_or_else(|| {
            let gap = Gap::of(key);
            let mark = gap.mark();
            self.gaps.push((key, gap));
            mark
        })
    }

    fn known_list(&mut self, key: &'static str, values: Vec<String>) -> Vec<String> {
        if values.is_empty() || self.dropped.contains(key) { vec![self.known(key, None)] } else { values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_by_their_options() {
        for (key, option) in [
            ("developmentStatus", "developmentStatus"),
            ("platforms[2]", "platforms"),
            ("description.de.longDescription", "longDescription"),
            ("legal.license", "license"),
            ("maintenance.type", "maintenance"),
            ("maintenance.contacts", "contacts"),
            ("maintenance.contractors[0].until", "contractUntil"),
            ("localisation.availableLanguages[0]", "availableLanguages"),
        ] {
            assert_eq!(called(key), option, "{key}");
        }
    }
}
