//! To which hosts do code and configuration lead?

use crate::phrase::Words;
use crate::reading::{Readings, networks};
use crate::signal::{Kind, Observation, Place, Signal, Span, Subject, Value};
use std::collections::BTreeSet;

pub(super) const SUBJECT: Subject = Subject {
    name: "host",
    is: Words::new(
        "host that an address in code or configuration leads to",
        "Host, auf den eine Adresse in Code oder Konfiguration führt",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "zones",
            kind: Kind::List,
            asks: Words::new(
                "In which domains and private networks does it lie: `db.stadt.intern`, `stadt.intern`, `intern`; \
                 `10.1.7.5`, `10.0.0.0/8` …?",
                "In welchen Domains und privaten Netzen liegt er: `db.stadt.intern`, `stadt.intern`, `intern`; \
                 `10.1.7.5`, `10.0.0.0/8` …?",
            ),
        },
        Signal {
            name: "places",
            kind: Kind::Number,
            asks: Words::new(
                "In how many places of the file does it stand?",
                "An wie vielen Stellen der Datei steht er?",
            ),
        },
    ],
    look,
};

/// So many hosts of the public net are told; of private networks all are.
const PUBLIC: usize = 2_000;

/// The hosts of private networks once for every file, others once.
fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let mut public: BTreeSet<&str> = BTreeSet::new();
    for (file, scan) in readings.repo.files().iter().zip(readings.scans()) {
        let told: Vec<_> = scan
            .hosts
            .iter()
            .filter(|mention| {
                networks::is_private(&mention.host) || public.len() < PUBLIC && public.insert(&mention.host)
            })
            .collect();
        for mention in told {
            let span = Span::on_line(mention.line, mention.column, mention.end_column);
            let place = Place::span(&file.path, span);
            let zones = networks::zones(&mention.host).into_iter().map(Into::into).collect();
            let seen = Observation::new(place, mention.host.as_str())
                .with("zones", Value::List(zones))
                .with("places", mention.places);
            found.push(if mention.after_login { seen.not_quotable() } else { seen });
        }
    }
    found
}
