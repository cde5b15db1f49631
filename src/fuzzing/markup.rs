//! What must hold of HTML and Markdown that were made of foreign text?

use super::report::{self, LANGS};
use crate::output::{self, encode};
use crate::untrusted::Untrusted;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// Elements with the names of their attributes, and addresses.
type Ours = (BTreeSet<(String, String)>, BTreeSet<String>);

/// What the page of a report is made of when nothing in it is hostile.
static OURS: LazyLock<Ours> = LazyLock::new(|| {
    let many: Vec<u8> = (0..60).flat_map(|first| [&[first], &b"a/b c\xfe"[..]].concat()).collect();
    let mut ours = (BTreeSet::new(), BTreeSet::new());
    for data in [&many[..], b"", b"\0", b"\x01README.md\xfe\x02a\xfe\x03b"] {
        for lang in LANGS {
            for (name, attributes) in elements(&output::html::render(&report::of(data), lang)) {
                ours.0.insert((name.clone(), String::new()));
                for (key, value) in attributes {
                    ours.1.extend(leads(&key).then_some(value));
                    ours.0.insert((name.clone(), key));
                }
            }
        }
    }
    ours
});

/// Whether an attribute holds an address.
fn leads(key: &str) -> bool {
    matches!(key, "href" | "src" | "action" | "formaction" | "xlink:href" | "srcset" | "data" | "poster")
}

/// The elements of a page with their attributes, as a browser finds them.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let end = after.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>')).unwrap_or(after.len());
        let (name, mut inner) = after.split_at(end);
        let name = name.trim_matches('/').to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            inner = inner.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = inner.strip_prefix('>') {
                rest = after;
                break;
            }
            assert!(!inner.is_empty(), "an element without an end");
            let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '=' | '/'));
            let (key, after) = inner.split_at(end.unwrap_or(inner.len()));
            assert!(!key.is_empty(), "{name}: an attribute without a name");
            let (value, after) = match after.strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"').expect("a value with an end"),
                None => ("", after),
            };
            assert!(!after.starts_with('='), "{name}: a value without quotes");
            attributes.push((key.to_ascii_lowercase(), value.to_owned()));
            inner = after;
        }
        if name == "style" {
            rest = rest.split_once("</style>").map_or("", |(_, rest)| rest);
        }
        found.push((name, attributes));
    }
    found
}

/// The page of a report: no element, no attribute and no address but ours.
pub(super) fn html(_: &Path, data: &[u8]) {
    let report = report::of(data);
    for lang in LANGS {
        let page = output::html::render(&report, lang);
        for (name, attributes) in elements(&page) {
            assert!(OURS.0.contains(&(name.clone(), String::new())), "<{name}>");
            for (key, value) in attributes {
                assert!(OURS.0.contains(&(name.clone(), key.clone())), "<{name} {key}>");
                assert!(!leads(&key) || OURS.1.contains(&value), "<{name} {key}={value}>");
            }
        }
    }
}

/// What a reader of Markdown may make of foreign text between the words `before` and `after`: words and code.
fn only_words(line: &str, allowed: impl Fn(&Event<'_>) -> bool) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    for event in Parser::new_ext(line, options) {
        let plain = matches!(
            event,
            Event::Text(_) | Event::Code(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        );
        assert!(plain || allowed(&event), "{event:?} in {line:?}");
    }
}

fn of_table(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
            | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)
    )
}

fn of_list(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::List(None) | Tag::Item) | Event::End(TagEnd::List(false) | TagEnd::Item))
}

/// Cells, code, addresses and messages in Markdown: whatever they were made of, they are words, code, or the one link
/// to where they say.
pub(super) fn markdown(_: &Path, data: &[u8]) {
    let foreign = Untrusted::new(data);
    for cell in [encode::markdown_cell(&foreign), encode::markdown_code(&foreign)] {
        let table = format!("| a | b |\n|---|---|\n| {cell} | c |\n");
        only_words(&table, of_table);
        assert_eq!(cells(&table), 4, "{table:?}");
        only_words(&format!("- x {cell}: y"), of_list);
    }
    let address = encode::markdown_address(&foreign);
    only_words(&format!("| a |\n|---|\n| {address} |\n"), |event| {
        let web = |to: &str| ["https://", "http://", "ftp://"].iter().any(|scheme| to.starts_with(scheme));
        let link = match event {
            Event::Start(Tag::Link { dest_url, .. }) => web(dest_url),
            Event::End(TagEnd::Link) => true,
            _ => false,
        };
        link || of_table(event)
    });
    let message = report::message(data);
    only_words(&format!("- {}\n", encode::markdown_message(&message)), of_list);
    let report = report::of(data);
    for lang in LANGS {
        let page = output::markdown::render(&report, lang);
        assert!(page.len() < 65_536);
        for event in
            Parser::new_ext(&page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM)
        {
            let hostile = matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Image { .. } | Tag::Link { .. } | Tag::Strikethrough | Tag::HtmlBlock)
            );
            assert!(!hostile, "{event:?} in {page}");
        }
    }
}

fn cells(table: &str) -> usize {
    let events = Parser::new_ext(table, Options::ENABLE_TABLES);
    events.filter(|event| matches!(event, Event::Start(Tag::TableCell))).count()
}
