//! Is a single text what its key asks for?

use super::flaw::{self, Named, Sort};
use super::kinds::Kind;
use super::table::{Field, Needed};
use super::{Checker, Holder};
use crate::reading::node::{Data, Node};
use regex::Regex;
use std::sync::LazyLock;

impl Checker<'_> {
    pub(super) fn text(&mut self, field: &'static Field, node: &Node, here: &Holder) {
        let span = self.place(node).or(here.span);
        if field.is == Some(Kind::YesNo) {
            if !self.is_yes_or_no(node) {
                self.tell(here.key.as_str(), span, flaw::wrong_sort(Sort::YesNo));
            }
            return;
        }
        let Some(text) = &self.as_text(field, node) else {
            // JSON-LD may say with an object what a text says as well.
            if !(self.schema.open && matches!(node.data, Data::Map(_) | Data::Null)) {
                self.tell(here.key.as_str(), span, flaw::wrong_sort(Sort::Text));
            }
            return;
        };
        if text.trim().is_empty() {
            let wanted = field.needed != Needed::No || !matches!(field.is, Some(Kind::Text | Kind::Path));
            let strict = !self.schema.lenient_text && !self.schema.open;
            if !field.may_be_empty && (wanted || strict) {
                self.tell(here.key.as_str(), span, flaw::empty());
            }
            return;
        }
        if let Some(list) = &field.words {
            let words = self.schema.words(list);
            if !words.iter().any(|word| word == text) {
                self.tell(here.key.as_str(), span, flaw::no_word(text, words));
            }
            return;
        }
        if let Some(why) = field.is.and_then(|kind| kind.refuses(text, self.schema.words("aliases"))) {
            self.tell(here.key.as_str(), span, why);
            return;
        }
        if field.is == Some(Kind::Path)
            && let Some(span) = span
        {
            let named = Named { key: here.key.clone(), span, value: text.trim().to_owned(), endings: &field.endings };
            self.checked.names.push(named);
        }
        if let (None, None) = (field.at_least, field.at_most) {
            return;
        }
        let length = characters(text);
        if let Some(least) = field.at_least.filter(|least| length < *least) {
            self.tell(here.key.as_str(), span, flaw::too_short(length, least));
        } else if let Some(most) = field.at_most.filter(|most| length > *most) {
            self.tell(here.key.as_str(), span, flaw::too_long(length, most));
        }
    }

    fn as_text(&self, field: &Field, node: &Node) -> Option<String> {
        match &node.data {
            Data::Text(text) => Some(text.clone()),
            Data::Number(number) => {
                let takes = matches!(field.is, Some(Kind::TextOrNumber | Kind::Date | Kind::DateOrTime | Kind::Month));
                (takes || self.schema.lenient_text).then(|| number.clone())
            }
            // `no` is a text in YAML 1.2, and means Norwegian; parsers of YAML 1.1 read it as false.
            Data::Bool(_) => {
                let takes = self.schema.lenient_text || self.is_old_bool(node);
                takes.then(|| self.document.written(node).trim().to_owned())
            }
            _ => None,
        }
    }

    /// Whether it says true or false as YAML 1.2 does; `yes` and `on` are of YAML 1.1.
    fn is_yes_or_no(&self, node: &Node) -> bool {
        matches!(node.data, Data::Bool(_)) && !self.is_old_bool(node)
    }

    fn is_old_bool(&self, node: &Node) -> bool {
        let written = self.document.written(node).trim();
        ["yes", "no", "on", "off", "y", "n"].iter().any(|old| written.eq_ignore_ascii_case(old))
    }
}

/// What belongs to the character before it: combining marks, joiners with what they join, skin tones.
static JOINED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\x{200d}.?|[\p{M}\x{1F3FB}-\x{1F3FF}]|\r\n").expect("tested"));

/// User-perceived characters, nearly as Unicode's annex 29 counts them; flags count twice.
fn characters(text: &str) -> usize {
    let joined: usize = JOINED.find_iter(text).map(|found| found.as_str().chars().count()).sum();
    let lines = text.matches("\r\n").count();
    text.chars().count().saturating_sub(joined) + lines
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn counts_what_people_see() {
        for (text, count) in [
            ("", 0),
            ("Straße", 6),
            ("a\u{308}b", 2),
            ("\u{1F466}\u{1F3FB}", 1),
            ("\u{1F468}\u{200d}\u{1F469}\u{200d}\u{1F466}", 1),
            ("a\r\nb\nc", 5),
        ] {
            assert_eq!(characters(text), count, "{text:?}");
        }
    }
}
