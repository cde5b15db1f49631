//! Does a table look as if it were about private persons?
//!
//! Two kinds of evidence that do not depend on each other are needed, both by the header and by the cells of a column;
//! what shows that the persons are made up, public or named for their credit is told beside it. No cell of a table
//! gets out of here, only the names of columns whose headers are in the table of words.

mod ids;
mod values;
mod words;

use super::table::{Column, Table};
use std::collections::BTreeSet;
use words::{Beside, Holds, WORDS, beside, fold, has_any, holds};

/// So many rows are needed: fewer are a form or an entry of contact.
const ROWS: usize = 3;
/// Who was born before is not looked for.
const FIRST_YEAR: u32 = 1920;
/// Nobody was born after; a bound for what is no date of birth.
const LAST_YEAR: u32 = 2100;

/// What a table holds of persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// the kinds of evidence: `names`, `e-mail`, `phone`, `birth-date`, `iban`, `national-id`, `address`
    pub kinds: BTreeSet<&'static str>,
    /// the headers that show it, in the order of the columns; foreign, but words of the table
    pub columns: Vec<String>,
    /// whether the persons are made up
    pub synthetic: bool,
    /// whether they are named to give them credit
    pub attribution: bool,
    /// whether they hold a public office or are known to the public
    pub public_role: bool,
    /// whether they lived long ago
    pub historical: bool,
}

/// A text for comparing: small letters without accents (ä is ae), one blank between words, camelCase told apart.
pub fn folded(text: &str) -> String {
    fold(text)
}

/// Whether the header of a column is one that tables of persons, offices and places have.
pub fn is_known(header: &str) -> bool {
    holds(header).is_some() || !beside(header).is_empty()
}

/// What a table holds of persons; nothing where it is not at least names or identity numbers with one more kind.
/// `path` is where it lies.
pub fn look(table: &Table, path: &str) -> Option<Evidence> {
    let mut seen = Seen { table, columns: Vec::new(), organisation: false, evidence: Evidence::default() };
    for column in &table.columns {
        if let Some(holds) = holds(&column.name) {
            seen.columns.push((holds, column));
        }
    }
    if seen.columns.len() < 2 {
        return None;
    }
    seen.signs(path);
    seen.kinds();
    let Seen { mut evidence, .. } = seen;
    let order = |name: &String| table.names().position(|other| other == name);
    evidence.columns.sort_by_key(order);
    evidence.columns.dedup();
    (evidence.kinds.len() > 1).then_some(evidence)
}

struct Seen<'t> {
    table: &'t Table,
    columns: Vec<(Holds, &'t Column)>,
    organisation: bool,
    evidence: Evidence,
}

impl<'t> Seen<'t> {
    /// The columns that hold something by their header, of which most cells fit.
    fn fitting(&self, kind: Holds, fits: impl Fn(&str) -> bool) -> Option<&'t Column> {
        let of_kind = self.columns.iter().filter(|(holds, _)| *holds == kind).map(|(_, column)| *column);
        of_kind.into_iter().find(|column| {
            let filled: Vec<&String> = column.values.iter().filter(|value| !is_blank(value)).collect();
            let good = filled.iter().filter(|value| fits(value)).count();
            good >= ROWS && good * 10 >= filled.len() * 8
        })
    }

    fn tell(&mut self, kind: &'static str, columns: &[&Column]) {
        self.evidence.kinds.insert(kind);
        self.evidence.columns.extend(columns.iter().map(|column| column.name.clone()));
    }

    /// What shows that the table is of others than private persons.
    fn signs(&mut self, path: &str) {
        for name in self.table.names() {
            for sign in beside(name) {
                match sign {
                    Beside::Attribution => self.evidence.attribution = true,
                    Beside::PublicRole => self.evidence.public_role = true,
                    Beside::Historical => self.evidence.historical = true,
                    Beside::Organisation => self.organisation = true,
                }
            }
        }
        let path = fold(path);
        self.evidence.synthetic |= has_any(&path, &WORDS.synthetic.paths);
        self.evidence.attribution |= has_any(&path, &WORDS.credit.paths);
        let values = self.columns.iter().flat_map(|(_, column)| &column.values);
        let made_up = |value: &&String| {
            let domain = values::email(value).map(|(_, domain)| domain);
            domain.is_some_and(|domain| values::is_made_up(&domain)) || has_any(&fold(value), &WORDS.synthetic.values)
        };
        let made_up = values.filter(made_up).count();
        self.evidence.synthetic |= made_up > 1 || made_up > 0 && self.table.rows < 10;
    }

    fn kinds(&mut self) {
        let given = self.fitting(Holds::GivenName, values::is_one_name);
        let family = self.fitting(Holds::FamilyName, values::is_one_name);
        let full = self.fitting(Holds::FullName, values::is_full_name);
        let only = self.fitting(Holds::Name, values::is_full_name);
        let beside_given = given.and_then(|_| self.fitting(Holds::Name, values::is_one_name));
        let names: Vec<&Column> = match (given, family.or(beside_given), full, only) {
            (Some(given), Some(family), ..) => vec![given, family],
            (_, _, Some(full), _) => vec![full],
            // a name of whatever it is: of a person only where something else says so
            (_, _, None, Some(only)) => vec![only],
            _ => Vec::new(),
        };
        let certain = names.len() == 2 || full.is_some();
        let names = if is_varied(&names) { names } else { Vec::new() };
        let private_mail = self.email(&names);
        self.birth_date(certain);
        if let Some(column) = self.fitting(Holds::Iban, ids::is_iban) {
            self.tell("iban", &[column]);
        }
        if let Some(column) = self.fitting(Holds::NationalId, ids::is_national_id) {
            self.tell("national-id", &[column]);
        }
        if certain && !names.is_empty() && !self.organisation {
            if let Some(column) = self.fitting(Holds::Phone, values::is_phone) {
                self.tell("phone", &[column]);
            }
            let post_code = self.columns.iter().find(|(holds, _)| *holds == Holds::PostCode).map(|(_, column)| *column);
            let street = self.fitting(Holds::Street, values::is_house);
            if let (Some(street), Some(post_code)) = (street, post_code) {
                self.tell("address", &[street, post_code]);
            }
        }
        if !names.is_empty() {
            self.tell("names", &names);
        } else if !private_mail && !self.evidence.kinds.contains("national-id") {
            self.evidence.kinds.clear();
        }
    }

    /// Addresses for e-mail of persons: of a service for private persons, or with the name of the row in it; whether
    /// they are all of the former sort. Those of an organisation's staff do not count.
    fn email(&mut self, names: &[&Column]) -> bool {
        let Some(column) = self.fitting(Holds::Email, |cell| values::email(cell).is_some()) else { return false };
        let (mut all, mut private, mut named) = (0usize, 0usize, 0usize);
        for (row, cell) in column.values.iter().enumerate() {
            let Some((mailbox, domain)) = values::email(cell) else { continue };
            all += 1;
            if values::is_office(&mailbox) {
                continue;
            }
            let mailbox = fold(&mailbox);
            let mut words = names
                .iter()
                .filter_map(|name| name.values.get(row))
                .flat_map(|name| fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>());
            private += usize::from(values::is_private(&domain));
            named += usize::from(words.any(|word| word.len() > 2 && mailbox.contains(&word)));
        }
        let most = |count: usize| count >= ROWS && count * 2 >= all;
        let is_person = most(private) || most(named) && !self.organisation;
        if is_person {
            self.tell("e-mail", &[column]);
        }
        most(private)
    }

    fn birth_date(&mut self, certain: bool) {
        let Some(column) = self.fitting(Holds::BirthDate, |cell| values::year(cell).is_some()) else { return };
        let years: Vec<u32> = column.values.iter().filter_map(|cell| values::year(cell)).collect();
        let living = years.iter().filter(|year| (FIRST_YEAR..LAST_YEAR).contains(*year)).count();
        if living * 10 >= years.len() * 8 {
            // beside names of whatever it is, a birthday may be that of somebody famous
            if certain || self.evidence.kinds.contains("e-mail") || self.names_of_columns(Holds::NationalId) {
                self.tell("birth-date", &[column]);
            }
        } else {
            self.evidence.historical = true;
        }
    }

    fn names_of_columns(&self, kind: Holds) -> bool {
        self.columns.iter().any(|(holds, _)| *holds == kind)
    }
}

/// Whether the rows name many: a table of one person's doings, or of a few roles, is something else.
fn is_varied(names: &[&Column]) -> bool {
    let rows = names.first().map_or(0, |name| name.values.len());
    let row = |at: usize| names.iter().filter_map(|name| name.values.get(at)).cloned().collect::<Vec<_>>().join(" ");
    let filled: Vec<String> = (0..rows).map(row).filter(|name| !is_blank(name)).collect();
    filled.iter().collect::<BTreeSet<_>>().len() * 10 >= filled.len() * 6
}

fn is_blank(cell: &str) -> bool {
    cell.is_empty() || matches!(cell, " " | "-" | "NA" | "N/A" | "NULL" | "null" | "None" | "nan" | "NaN")
}

#[cfg(test)]
mod tests;
