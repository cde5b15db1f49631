//! What do the entries of a list come to? Each is placed, one that is there already is left out, mistakes are kept.

use super::location::{Wrong, https, location, same_place};
use super::{Group, List, Mistake};
use crate::batch::{Listed, Location};
use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// So many mistakes of a list are told.
const MISTAKES: usize = 20;
/// So many entries that were left out are told one by one.
const TOLD: usize = 20;
/// The longest name or owner that is kept, in characters.
const LONGEST: usize = 200;

/// An entry as it is written.
pub(super) struct Entry<'a> {
    /// where it is
    pub(super) address: &'a str,
    /// what it is called
    pub(super) name: Option<&'a str>,
    /// whose it is
    pub(super) owner: Option<&'a str>,
}

/// What has been read so far.
pub(super) struct Gather {
    list: Untrusted,
    most: usize,
    listed: Vec<Listed>,
    groups: Vec<Group>,
    /// where each place was named first: the line
    places: BTreeMap<String, usize>,
    twice: Vec<Phrase>,
    twice_more: usize,
    upgraded: usize,
    mistakes: Vec<Mistake>,
    mistakes_more: usize,
    told: Vec<Phrase>,
    told_more: usize,
}

impl Gather {
    /// Nothing yet; the list is called `list` and may have so many entries.
    pub(super) fn new(list: Untrusted, most: usize) -> Self {
        Self {
            list,
            most,
            listed: Vec::new(),
            groups: Vec::new(),
            places: BTreeMap::new(),
            twice: Vec::new(),
            twice_more: 0,
            upgraded: 0,
            mistakes: Vec::new(),
            mistakes_more: 0,
            told: Vec::new(),
            told_more: 0,
        }
    }

    /// One more repository.
    pub(super) fn add(&mut self, line: usize, entry: Entry<'_>) {
        if self.listed.len() >= self.most {
            return self.wrong(line, Phrase::new("the list is too long", "die Liste ist zu lang"));
        }
        match location(entry.address) {
            Ok(location) => {
                if matches!(location, Location::Remote(_)) && has_scheme(entry.address, "http") {
                    self.upgraded += 1;
                }
                if let Some(first) = self.places.get(&same_place(&location)).copied() {
                    return self.twice(line, first, entry.address);
                }
                self.places.insert(same_place(&location), line);
                self.listed.push(Listed {
                    repo: entry.address.to_owned(),
                    location,
                    name: entry.name.and_then(short),
                    owner: entry.owner.and_then(short),
                });
            }
            Err(wrong) => self.wrong(line, wrong.why(entry.address)),
        }
    }

    /// One more group, whose repositories a forge knows.
    pub(super) fn add_group(&mut self, line: usize, address: &str, owner: Option<&str>) {
        let at = match location(address) {
            Ok(Location::Remote(at)) if has_scheme(&at, "https") => at,
            // An organisation is what is wanted here.
            Err(Wrong::Organisation) => https(address),
            Ok(_) => {
                let why = Phrase::new(
                    "{address} is no address of a group; it has to begin with https://",
                    "{address} ist keine Adresse einer Gruppe; sie muss mit https:// beginnen",
                );
                return self.wrong(line, why.with("address", address));
            }
            Err(wrong) => return self.wrong(line, wrong.why(address)),
        };
        let place = format!("group {}", same_place(&Location::Remote(at.clone())));
        if let Some(first) = self.places.get(&place).copied() {
            return self.twice(line, first, address);
        }
        self.places.insert(place, line);
        self.groups.push(Group { address: at, owner: owner.and_then(short) });
    }

    fn twice(&mut self, line: usize, first: usize, address: &str) {
        if self.twice.len() >= TOLD {
            self.twice_more += 1;
            return;
        }
        let phrase = Phrase::new(
            "{list}:{line}: {address} stands in line {first} already and is looked at once",
            "{list}:{line}: {address} steht schon in Zeile {first} und wird einmal angesehen",
        );
        let phrase = phrase.with("list", self.list.clone()).with("line", line.to_string());
        self.twice.push(phrase.with("address", address).with("first", first.to_string()));
    }

    /// Something is wrong in a line.
    pub(super) fn wrong(&mut self, line: usize, why: Phrase) {
        if self.mistakes.len() >= MISTAKES {
            self.mistakes_more += 1;
            return;
        }
        self.mistakes.push(Mistake::at(&self.list, line, why));
    }

    /// Something that is no mistake, and that should be known.
    pub(super) fn tell(&mut self, what: Phrase) {
        if self.told.len() < TOLD {
            self.told.push(what);
        } else {
            self.told_more += 1;
        }
    }

    /// The list, or all that is wrong in it.
    pub(super) fn finish(mut self) -> Result<List, Vec<Mistake>> {
        if self.mistakes_more > 0 {
            self.mistakes.push(
                Phrase::new("and {more} more mistakes", "und {more} weitere Fehler")
                    .with("more", self.mistakes_more.to_string())
                    .into(),
            );
        }
        if !self.mistakes.is_empty() {
            return Err(self.mistakes);
        }
        if self.listed.is_empty() && self.groups.is_empty() {
            let phrase = Phrase::new("{list} names no repository", "{list} nennt kein Repository");
            return Err(vec![phrase.with("list", self.list).into()]);
        }
        let mut told = self.told;
        if self.told_more > 0 {
            let phrase = Phrase::new("and {number} more of this kind", "und {number} weitere dieser Art");
            told.push(phrase.with("number", self.told_more.to_string()));
        }
        if self.upgraded > 0 {
            let phrase = Phrase::new(
                "addresses with http:// are asked over https:// ({number} of them)",
                "Adressen mit http:// werden über https:// angefragt ({number} davon)",
            );
            told.push(phrase.with("number", self.upgraded.to_string()));
        }
        told.extend(self.twice);
        if self.twice_more > 0 {
            let phrase = Phrase::new(
                "{number} more entries stand in the list twice and are looked at once",
                "{number} weitere Einträge stehen doppelt in der Liste und werden einmal angesehen",
            );
            told.push(phrase.with("number", self.twice_more.to_string()));
        }
        Ok(List { listed: self.listed, groups: self.groups, told })
    }
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.trim().split_once("://").is_some_and(|(found, _)| found.eq_ignore_ascii_case(scheme))
}

/// A name for people: on one line, of a bearable length, `None` where nothing is left.
pub(super) fn short(name: &str) -> Option<String> {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(LONGEST).collect();
    (!name.is_empty()).then_some(name)
}
