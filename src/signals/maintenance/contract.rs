//! Does a contract on maintenance still run?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::manifest::{Contractor, Publiccode};
use crate::signal::{Kind, Observation, Place, Signal, Subject};
use jiff::civil::Date;

pub(super) const CONTRACT: Subject = Subject {
    name: "maintenance-contract",
    is: Words::new("contract on maintenance in publiccode.yml", "Wartungsvertrag in publiccode.yml"),
    none: Words::new(
        "no publiccode.yml that says maintenance is by contract",
        "keine publiccode.yml, nach der die Wartung auf einem Vertrag beruht",
    ),
    signals: &[
        Signal {
            name: "expired",
            kind: Kind::YesNo,
            asks: Words::new(
                "Was its last day before the day of the scan?",
                "Lag sein letzter Tag vor dem Tag der Untersuchung?",
            ),
        },
        Signal {
            name: "until",
            kind: Kind::Text,
            asks: Words::new("Which is its last day?", "Welcher ist sein letzter Tag?"),
        },
    ],
    look,
};

/// Of several contracts the one that ends last: as long as one runs, somebody is there.
fn look(readings: &Readings<'_>) -> Vec<Observation> {
    match readings.publiccode() {
        Some(Ok(publiccode)) => last(publiccode, readings.repo.as_of()).into_iter().collect(),
        Some(Err(why)) => {
            let unknown = Observation::new(Place::default(), "publiccode.yml");
            vec![unknown.with_reading("expired", Err(why.clone())).with_reading("until", Err(why.clone()))]
        }
        None => Vec::new(),
    }
}

fn last(publiccode: &Publiccode, as_of: Date) -> Option<Observation> {
    publiccode.maintenance.as_ref().filter(|kind| kind.value == "contract")?;
    let day = |contractor: &Contractor| contractor.until.as_ref().and_then(|until| until.value.parse::<Date>().ok());
    let contracts = publiccode.contractors.iter();
    let last = contracts.filter(|one| one.until.is_some()).max_by_key(|one| (day(one).is_none(), day(one)))?;
    let until = last.until.as_ref()?;
    let expired = day(last).map(|day| (day < as_of).into()).ok_or_else(|| {
        Phrase::new(
            "the end of the contract, {until}, is no date (year-month-day)",
            "das Ende des Vertrags, {until}, ist kein Datum (Jahr-Monat-Tag)",
        )
        .with("until", until.value.as_str())
    });
    let called = last.name.as_ref().map_or("", |name| name.value.as_str());
    let seen = Observation::new(Place::span(&publiccode.path, until.span), called);
    Some(seen.with_reading("expired", expired).with("until", until.value.as_str()))
}
