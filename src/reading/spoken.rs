//! In which human language is a document written?

use super::document::{Document, ProseKind, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static WORDS: LazyLock<BTreeMap<String, BTreeSet<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("spoken.toml")).expect("the table is part of the program and tested"));

/// Fewer words tell nothing.
const FEWEST: usize = 20;
/// So many words are looked at.
const MOST: usize = 20_000;

/// The language of a document's prose (ISO 639-1); `None` where it is too short, mixed, or in a language not in the table.
pub fn of(document: &Document) -> Option<&'static str> {
    let prose = document.prose.iter().filter(|prose| prose.kind != ProseKind::Field);
    let mut all = 0;
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, word) in prose.flat_map(|prose| tokens(&prose.text)).take(MOST) {
        all += 1;
        for (language, _) in WORDS.iter().filter(|(_, words)| words.contains(&word)) {
            *counts.entry(language).or_default() += 1;
        }
    }
    let mut counts: Vec<(usize, &str)> = counts.into_iter().map(|(language, count)| (count, language)).collect();
    counts.sort_by(|a, b| b.cmp(a));
    let (best, language) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    // A tenth of all words are such small ones in any of these languages.
    (all >= FEWEST && best * 10 >= all && best * 3 >= second * 4).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn languages_of_documents() {
        for (text, wanted) in [
            (
                "Gießplan shows which of the young trees in the town need water this week. It reads the list of trees that \
                 the parks office publishes, and it draws a map.",
                Some("en"),
            ),
            (
                "Gießplan zeigt, welche der jungen Bäume in der Stadt diese Woche Wasser brauchen. Die Liste der Bäume wird \
                 vom Grünflächenamt veröffentlicht, und wer gegossen hat, trägt es auf der Karte ein.",
                Some("de"),
            ),
            (
                "Cette carte montre les jeunes arbres de la ville qui ont besoin d'eau. Elle est faite pour les voisins et \
                 les services des espaces verts qui arrosent avec vous dans les rues.",
                Some("fr"),
            ),
            (
                "Ta mapa pokazuje, które młode drzewa w mieście potrzebują wody w tym tygodniu. Jest to lista drzew, która \
                 jest publikowana przez urząd, i nie jest to wszystko, co się na niej pokazuje.",
                Some("pl"),
            ),
            ("The map of trees.", None),
            (
                "Kartta näyttää, mitkä nuoret puut tarvitsevat vettä tällä viikolla kaupungissa. Luettelo puista julkaistaan \
              joka vuosi, ja naapurit voivat merkitä kartalle, kun he ovat kastelleet puun kadullaan.",
                None,
            ),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(of(&document), wanted, "{text}");
        }
    }
}
