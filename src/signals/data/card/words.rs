//! How are the parts of a card called by people?

use crate::phrase::{Lang, Phrase, Words};
use crate::reading::card::{Of, Part};
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// What a part is called.
fn name(of: Of, part: Part) -> Words {
    match (part, of) {
        (Part::IntendedUse, _) => Words::new("what it is meant for", "wofür es gedacht ist"),
        (Part::Limits, _) => {
            Words::new("what it is not meant for or where it fails", "wofür es nicht gedacht ist oder wo es versagt")
        }
        (Part::TrainingData, Of::Model) => Words::new("what it was trained with", "womit es trainiert wurde"),
        (Part::TrainingData, Of::DataSet) => Words::new("how the data were collected", "wie die Daten erhoben wurden"),
        (Part::Evaluation, _) => Words::new("how well it works", "wie gut es arbeitet"),
        (Part::Bias, _) => {
            Words::new("bias and whom it may put at a disadvantage", "Verzerrungen und wen sie benachteiligen können")
        }
        (Part::Licence, _) => Words::new("the licence", "die Lizenz"),
        (Part::Contact, _) => Words::new("whom to ask", "wen man fragen kann"),
    }
}

/// Lists of parts in words.
type Lists = BTreeMap<(Of, Vec<Part>), Words>;

/// The lists that were needed so far: there are at most 192 of them, as each is a choice of parts.
static LISTS: LazyLock<Mutex<Lists>> = LazyLock::new(Mutex::default);

/// The parts in words: "what it is meant for; the licence".
pub(super) fn listed(of: Of, parts: &[Part]) -> Phrase {
    let in_words = |lang: Lang| -> &'static str {
        parts.iter().map(|part| name(of, *part).get(lang)).collect::<Vec<_>>().join("; ").leak()
    };
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    let words = lists.entry((of, parts.to_vec())).or_insert_with(|| Words::new(in_words(Lang::En), in_words(Lang::De)));
    Phrase::new(words.en, words.de)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::Message;

    #[test]
    fn lists_of_parts() {
        let said = listed(Of::DataSet, &[Part::TrainingData, Part::Licence]);
        assert_eq!(said.message(Lang::En), Message::own("how the data were collected; the licence"));
        assert_eq!(said.message(Lang::De), Message::own("wie die Daten erhoben wurden; die Lizenz"));
        let model = listed(Of::Model, &[Part::TrainingData]);
        assert_eq!(model.message(Lang::En), Message::own("what it was trained with"));
    }
}
