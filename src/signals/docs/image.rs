//! Which images of the documentation say in words what they show?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::document::{Document, Format, Image};
use crate::reading::passages::Passages;
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const IMAGES: Subject = Subject {
    name: "image",
    is: Words::new("image in the documentation", "Bild in der Dokumentation"),
    none: Words::new("no images in the documentation", "keine Bilder in der Dokumentation"),
    signals: &[
        Signal {
            name: "described",
            kind: Kind::YesNo,
            asks: Words::new("Does a text say what it shows?", "Sagt ein Text, was es zeigt?"),
        },
        Signal {
            name: "alternative",
            kind: Kind::Text,
            asks: Words::new(
                "What does its alternative text say? Empty where there is none.",
                "Was sagt sein Alternativtext? Leer, wenn es keinen gibt.",
            ),
        },
    ],
    look,
};

/// Words that stand where an alternative text should be.
const EMPTY: &[&str] = &[
    "",
    "image",
    "images",
    "img",
    "picture",
    "pic",
    "photo",
    "figure",
    "fig",
    "alt",
    "alt text",
    "alttext",
    "alternative text",
    "alternate text",
    "image alt text",
    "text",
    "image description",
    "description",
    "untitled",
    "drawing",
    "png",
    "jpg",
    "svg",
    "gif",
    "bild",
    "foto",
    "grafik",
    "abbildung",
    "alternativtext",
    "beschreibung",
    "imagen",
    "immagine",
    "afbeelding",
];
/// So many images of a document are looked at.
const IMAGES_OF_ONE: usize = 5_000;

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let mut seen = Vec::new();
    for document in readings.corpus().documents().filter(|document| document.format != Format::Html) {
        let mut passages = None;
        for image in document.images.iter().take(IMAGES_OF_ONE) {
            let passages = passages.get_or_insert_with(|| Passages::of(readings.repo, &document.path));
            let place = Place::span(&document.path, passages.span(image.line, &image.url));
            let alternative = image.alt.as_deref().unwrap_or_default();
            let described = is_described(image) || is_named_by_link(document, image);
            seen.push(
                Observation::new(place, image.url.as_str())
                    .with("described", described)
                    .with("alternative", alternative),
            );
        }
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

/// Whether its text says something. An empty `alt=""` in HTML says that the image is for decoration only.
fn is_described(image: &Image) -> bool {
    let Some(alt) = &image.alt else { return !is_empty(&image.title, &image.url) };
    alt.is_empty() || !is_empty(alt, &image.url) || !is_empty(&image.title, &image.url)
}

/// Whether a text says nothing of an image: a word for any image, the name of its file, its address.
fn is_empty(text: &str, url: &str) -> bool {
    let said = text.trim().to_lowercase();
    let letters = said.trim_matches(|c: char| !c.is_alphanumeric());
    let numbered = letters.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '_' | '.'));
    let file = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let is_code = |stem: &str| stem.contains('_') || stem.ends_with(|c: char| c.is_ascii_digit());
    EMPTY.contains(&letters)
        || EMPTY.contains(&numbered)
        || said == url.to_lowercase()
        || ["http://", "https://"].iter().any(|scheme| said.starts_with(scheme)) && !said.contains(' ')
        || said == file && file.contains('.')
        || said == stem && is_code(stem)
}

/// Whether the link around an image has words of its own.
fn is_named_by_link(document: &Document, image: &Image) -> bool {
    let before = document.links.partition_point(|link| link.line <= image.line);
    let links = document.links.get(..before).unwrap_or_default();
    let around = links.iter().rev().take(20).find(|link| link.image);
    image.linked && around.is_some_and(|link| !link.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_say_something_and_those_that_do_not() {
        for (text, yes) in [
            ("![](a.png)", false),
            ("![image](a.png)", false),
            ("![Image 3](a.png)", false),
            ("![Alt Text](a.png)", false),
            ("![a_1.png](x/a_1.png)", false),
            ("![a_1](x/a_1.png)", false),
            ("![https://x.eu/a.png](https://x.eu/a.png)", false),
            ("<img src=\"a.png\">", false),
            ("<img src=\"a.png\" alt=\"alt text\">", false),
            ("[![](b.svg)](https://x.eu)", false),
            ("![](a.png \"Trees by year\")", true),
            ("![Trees by year](a.png)", true),
            ("![Map](map.png)", true),
            ("![ARE3NA](are3na.png)", true),
            ("![[contrib.rocks](https://contrib.rocks)](a.png)", true),
            ("<img src=\"a.png\" alt=\"\">", true),
            ("<img src=\"a.png\" title=\"Trees\">", true),
            ("[![](b.svg) Build](https://x.eu)", true),
            ("[![Build](b.svg)](https://x.eu)", true),
        ] {
            let document = Document::read(&"a.md".into(), Format::Markdown, text);
            let described =
                document.images.iter().all(|image| is_described(image) || is_named_by_link(&document, image));
            assert!(!document.images.is_empty() && described == yes, "{text}");
        }
    }
}
