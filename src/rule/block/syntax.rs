//! Why is a block, or a policy, no TOML, said in words of our own?

use crate::phrase::Phrase;
use crate::rule::Wrong;
use crate::rule::desk::Desk;
use std::ops::Range;

/// Refuses a block that cannot be parsed. The commonest reasons are said in our words; of the others the parser's own
/// are shown.
pub(crate) fn refuse(desk: &mut Desk, block: &Range<usize>, error: &toml::de::Error) {
    let span = error.span().unwrap_or_default();
    let mut span = block.start + span.start..block.start + span.end;
    if span.is_empty() {
        let rest = desk.slice(span.start..block.end);
        let letter = rest.chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
        span.end = span.start + letter;
    }
    let (reason, help) = said(error.message());
    desk.refuse(Wrong::Toml, span, reason, help);
}

fn said(message: &str) -> (Phrase, Option<Phrase>) {
    let first = message.lines().next().unwrap_or_default();
    let first = first.split(", expected ").next().unwrap_or_default();
    let reason = match first {
        "string values must be quoted" => Phrase::new("a text stands in quotes", "Ein Text steht in Anführungszeichen"),
        "invalid basic string" | "invalid literal string" => {
            Phrase::new("this text is not closed", "Dieser Text ist nicht abgeschlossen")
        }
        "duplicate key" => Phrase::new("this word stands here twice", "Dieses Wort steht hier zweimal"),
        "key with no value" | "missing value for key" | "missing value" => {
            Phrase::new("a word, `=` and a value belong together", "Ein Wort, `=` und ein Wert gehören zusammen")
        }
        "missing comma between array elements" | "missing comma between key-value pairs" => Phrase::new(
            "a comma is missing before this, or a bracket is not closed",
            "Davor fehlt ein Komma, oder eine Klammer ist nicht geschlossen",
        ),
        "missing escaped value" => Phrase::new(
            "between double quotes `\\` is a sign of its own",
            "Zwischen doppelten Anführungszeichen hat `\\` eine eigene Bedeutung",
        ),
        "unclosed array" | "unclosed inline table" | "unclosed table" | "unclosed array table" => {
            Phrase::new("this bracket is not closed", "Diese Klammer ist nicht geschlossen")
        }
        "unexpected key or value" => {
            Phrase::new("nothing follows a value on its line", "Nach einem Wert folgt in der Zeile nichts mehr")
        }
        _ => Phrase::new("this is no TOML: {why}", "Das ist kein TOML: {why}").with("why", first),
    };
    let help = match first {
        "string values must be quoted" => Some(Phrase::new(
            "only numbers, `true` and `false` stand without",
            "Nur Zahlen, `true` und `false` stehen ohne",
        )),
        "invalid basic string" => {
            Some(Phrase::new("a text ends with `\"` on its line", "Ein Text endet in seiner Zeile mit `\"`"))
        }
        "missing escaped value" => Some(Phrase::new(
            "patterns are best written between single quotes: '\\d+'",
            "Muster schreibt man am besten zwischen einfachen Anführungszeichen: '\\d+'",
        )),
        _ => None,
    };
    (reason, help)
}
