//! What is wrong in a list, and where?

use crate::phrase::{Lang, Message, Phrase, Piece};
use crate::untrusted::Untrusted;

/// Something that is wrong in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// the list, and the line of it from 1
    place: Option<(Untrusted, usize)>,
    why: Phrase,
}

impl Mistake {
    /// Something that is wrong in a line.
    pub(super) fn at(list: &Untrusted, line: usize, why: Phrase) -> Self {
        Self { place: Some((list.clone(), line)), why }
    }

    /// The sentence, after `LIST:LINE: ` where there is a line.
    pub fn message(&self, lang: Lang) -> Message {
        let why = self.why.message(lang);
        let Some((list, line)) = &self.place else { return why };
        let mut pieces = vec![Piece::Foreign(list.clone()), Piece::Own(format!(":{line}: "))];
        pieces.extend(why.0);
        Message(pieces)
    }
}

impl From<Phrase> for Mistake {
    fn from(why: Phrase) -> Self {
        Self { place: None, why }
    }
}
