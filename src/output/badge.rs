//! Which level does a README show? A badge, as a picture and as data for shields.io.

use super::serialise;
use crate::phrase::Lang;
use crate::report::Report;
use crate::rule::Level;
use serde::Serialize;

/// Colours with a contrast of at least 4.5 to white letters (WCAG 2.2, 1.4.3).
fn colour(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Sustained) => "#1b7a3d",
        Some(Level::Reusable) => "#00718a",
        Some(Level::Publishable) => "#8a5a00",
        None => "#5f6368",
    }
}

fn words(report: &Report, lang: Lang) -> &'static str {
    match report.level {
        Some(level) => level.title(lang),
        None => lang.pick("not yet publishable", "noch nicht veröffentlichbar"),
    }
}

/// What shields.io reads (<https://shields.io/badges/endpoint-badge>).
#[derive(Serialize)]
struct Endpoint {
    #[serde(rename = "schemaVersion")]
    schema_version: u8,
    label: &'static str,
    message: &'static str,
    color: &'static str,
}

/// The badge as data for shields.io, with a line break at its end.
pub fn endpoint(report: &Report, lang: Lang) -> String {
    serialise(&Endpoint {
        schema_version: 1,
        label: super::TOOL.name,
        message: words(report, lang),
        color: colour(report.level),
    })
}

/// Widths of letters in 11 px Verdana, roughly: narrow ones, wide ones, and the rest.
fn width(text: &str) -> u32 {
    let of = |letter: char| match letter {
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | ' ' | '.' => 5,
        'm' | 'w' => 10,
        _ => 7,
    };
    text.chars().map(of).sum()
}

/// The badge as a picture, with a line break at its end.
pub fn svg(report: &Report, lang: Lang) -> String {
    const EDGE: u32 = 6;
    let (label, message) = (super::TOOL.name, words(report, lang));
    let (left, right) = (width(label) + 2 * EDGE, width(message) + 2 * EDGE);
    let total = left + right;
    let text = |start: u32, space: u32, words: &str| {
        let length = space - 2 * EDGE;
        format!(r#"<text x="{}" y="14" textLength="{length}">{words}</text>"#, start + EDGE)
    };
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" aria-label="{label}: {message}">"#,
            "\n<title>{label}: {message}</title>\n",
            r#"<clipPath id="c"><rect width="{total}" height="20" rx="3"/></clipPath>"#,
            "\n<g clip-path=\"url(#c)\">",
            r##"<rect width="{left}" height="20" fill="#3c4043"/>"##,
            r#"<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>"#,
            "\n<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">{one}{two}</g>\n</svg>\n",
        ),
        total = total,
        left = left,
        right = right,
        label = label,
        message = message,
        colour = colour(report.level),
        one = text(0, left, label),
        two = text(left, right, message),
    )
}
