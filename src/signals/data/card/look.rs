//! Which cards of models and data sets are there, and what do they leave out?

use super::words;
use crate::reading::Readings;
use crate::reading::card::{self, Part};
use crate::signal::{Observation, Place, Span, Value};

/// The cards.
pub(super) fn cards(readings: &Readings<'_>) -> Vec<Observation> {
    let cards = card::cards(readings.repo, readings.corpus());
    let seen = cards.iter().map(|card| {
        let left_out: Vec<Part> = card.left_out().collect();
        let place = Place::span(&card.file.path, Span::on_line(card.line, 1, 1));
        Observation::new(place, card.file.path.untrusted())
            .with("of", card.of.name())
            .with("template", card.template)
            .with("left-out", Value::List(left_out.iter().map(|part| part.name().into()).collect()))
            .with("parts-left-out", left_out.len())
            .with("missing", words::listed(card.of, &left_out))
    });
    seen.collect()
}
