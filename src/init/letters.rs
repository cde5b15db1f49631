//! SECURITY, CONTRIBUTING, CODE_OF_CONDUCT: what do they say here?

use super::template::{Values, fill};
use super::{Contact, Desk, Gap, Name, State};
use crate::output::encode::markdown_cell;
use crate::phrase::Phrase;
use crate::untrusted::Untrusted;

/// A template in English and in German.
struct Letter(&'static str, &'static str);

const SECURITY: Letter = Letter(include_str!("security.md"), include_str!("security.de.md"));
const CONTRIBUTING: Letter = Letter(include_str!("contributing.md"), include_str!("contributing.de.md"));
const CONDUCT: Letter = Letter(include_str!("conduct.md"), include_str!("conduct.de.md"));

pub(super) fn security(desk: &Desk<'_>) -> State {
    let what = Phrase::new(
        "whom to tell of a vulnerability: an e-mail address or a web page",
        "wer von einer Schwachstelle erfahren soll: E-Mail-Adresse oder Web-Seite",
    );
    addressed(desk, &SECURITY, "securityContact", what)
}

pub(super) fn conduct(desk: &Desk<'_>) -> State {
    let what = Phrase::new(
        "whom to tell of misconduct: an e-mail address or a web page",
        "wer von Fehlverhalten erfahren soll: E-Mail-Adresse oder Web-Seite",
    );
    addressed(desk, &CONDUCT, "conductContact", what)
}

pub(super) fn contributing(desk: &Desk<'_>) -> State {
    let mut values = values(desk);
    let mut gaps = Vec::new();
    if let Some(issues) = &desk.known.issues {
        values.insert("issues", issues.clone());
    } else {
        let what = Phrase::new(
            "where questions go: an e-mail address or a web page",
            "wohin mit Fragen: E-Mail-Adresse oder Web-Seite",
        );
        gaps.extend(contact(&mut values, desk.wishes.contact.as_ref(), what));
    }
    for (place, name) in [("security", Name::Security), ("conduct", Name::Conduct)] {
        if let Some(path) = desk.beside.get(&name) {
            values.insert(place, path.clone());
        }
    }
    if !desk.known.commands.is_empty() {
        values.insert("commands", desk.known.commands.join("\n"));
    }
    if let Some(licence) = &desk.known.licence {
        values.insert("licence", markdown_cell(&Untrusted::from(licence.as_str())));
    }
    if desk.known.merges == Some(true) {
        values.insert("merges", String::new());
    }
    finished(desk, &CONTRIBUTING, &values, gaps)
}

/// A letter that says whom to write to.
fn addressed(desk: &Desk<'_>, letter: &Letter, key: &str, what: Phrase) -> State {
    let mut values = values(desk);
    let own = desk.wishes.given.one(key).and_then(|text| Contact::read(&text).ok());
    let gap = contact(&mut values, own.as_ref().or(desk.wishes.contact.as_ref()), what);
    finished(desk, letter, &values, gap.into_iter().collect())
}

fn finished(desk: &Desk<'_>, letter: &Letter, values: &Values, gaps: Vec<Gap>) -> State {
    let text = fill(desk.lang.pick(letter.0, letter.1), values);
    if gaps.is_empty() { State::Ready(text) } else { State::Incomplete(text, gaps) }
}

fn values(desk: &Desk<'_>) -> Values {
    let name = desk.known.name.as_ref().map(|name| ("name", markdown_cell(&Untrusted::from(name.as_str()))));
    name.into_iter().collect()
}

/// Puts in whom to write to, or a mark where that is missing.
fn contact(values: &mut Values, contact: Option<&Contact>, what: Phrase) -> Option<Gap> {
    let gap = match contact {
        Some(contact) => {
            values.insert(if contact.is_mail() { "mail" } else { "page" }, format!("<{}>", contact.address));
            if let Some(name) = &contact.name {
                values.insert("who", markdown_cell(&Untrusted::from(name.as_str())));
            }
            return None;
        }
        None => Gap::contact(what),
    };
    values.insert("mail", gap.mark());
    Some(gap)
}
