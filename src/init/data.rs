//! Where do the data come from? The sources and models that no document names yet.

use super::{Desk, State};
use crate::output::sources::Sources;
use crate::phrase::Phrase;

const TEMPLATE: &str = include_str!("data.md");
const TEMPLATE_DE: &str = include_str!("data.de.md");

pub(super) fn make(desk: &Desk<'_>, sources: Sources) -> State {
    if sources.is_empty() {
        return State::NotNeeded(Phrase::new(
            "the code reads no data from elsewhere, as far as it can be told",
            "der Code liest keine Daten von anderswo, soweit es sich sagen lässt",
        ));
    }
    let open = sources.undocumented();
    if open.is_empty() {
        return State::NotNeeded(Phrase::new("documents name every data source", "Dokumente nennen alle Datenquellen"));
    }
    let head = desk.lang.pick(TEMPLATE, TEMPLATE_DE);
    State::Ready(format!("{}\n\n{}\n", head.trim(), open.markdown(desk.lang).trim_end()))
}
