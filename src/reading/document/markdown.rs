//! What does a Markdown document say?
//!
//! CommonMark with GitHub's tables, task lists, footnotes and alerts; HTML inside it is read as HTML.

use super::builder::Builder;
use super::{ProseKind, html, plain};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Longer front matter is none.
const LONGEST_FRONT_MATTER: usize = 64 << 10;

/// Reads Markdown that starts at `base` of the source.
pub(super) fn read(builder: &mut Builder, text: &str, base: usize) {
    let front = front_matter(text);
    if let Some(fields) = text.get(..front).filter(|fields| !fields.is_empty()) {
        plain::fields(builder, fields, base);
    }
    let (text, base) = (text.get(front..).unwrap_or_default(), base + front);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut in_html = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let at = base + range.start;
        match event {
            Event::Start(Tag::HtmlBlock) => {
                in_html = true;
                html::read(builder, text.get(range).unwrap_or_default(), at);
            }
            Event::End(TagEnd::HtmlBlock) => in_html = false,
            _ if in_html => {}
            Event::Html(tag) | Event::InlineHtml(tag) => html::read(builder, &tag, at),
            Event::Start(tag) => start(builder, tag, at, text.get(range).unwrap_or_default()),
            Event::End(tag) => end(builder, tag),
            Event::Text(words) => builder.text(&words, at),
            Event::Code(words) => builder.inline_code(&words, at),
            Event::InlineMath(words) | Event::DisplayMath(words) => builder.inline_code(&words, at),
            Event::SoftBreak | Event::HardBreak => builder.soft_break(),
            Event::Rule => builder.end_block(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

fn start(builder: &mut Builder, tag: Tag<'_>, at: usize, source: &str) {
    match tag {
        Tag::Heading { level, id, .. } => builder.start_heading(level as u8, at, id.as_deref().unwrap_or_default()),
        Tag::Item => builder.enter(ProseKind::ListItem),
        Tag::TableCell => builder.enter(ProseKind::TableCell),
        Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
            // The code starts in the line after the fence.
            let fence = source.find('\n').map_or(0, |end| end + 1);
            builder.start_code(language.split([',', ' ']).next().unwrap_or_default(), at + fence);
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => builder.start_code("", at),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => builder.start_link(&format!("mailto:{dest_url}"), at),
        Tag::Link { dest_url, .. } => builder.start_link(&dest_url, at),
        Tag::Image { dest_url, title, .. } => builder.start_image(&dest_url, &title, at),
        Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::Table(_) => {
            builder.end_block();
        }
        _ => {}
    }
}

fn end(builder: &mut Builder, tag: TagEnd) {
    match tag {
        TagEnd::Heading(_) => builder.end_heading(),
        TagEnd::Item | TagEnd::TableCell => builder.leave(),
        TagEnd::CodeBlock => builder.end_code(),
        TagEnd::Link => builder.end_link(),
        TagEnd::Image => builder.end_image(),
        TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition => {
            builder.end_block();
        }
        _ => {}
    }
}

/// How long the front matter is: what stands between lines of `---` (YAML) or `+++` (TOML) at the very beginning.
fn front_matter(text: &str) -> usize {
    let fence = match text.get(..3) {
        Some(fence @ ("---" | "+++")) => fence,
        _ => return 0,
    };
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if at > LONGEST_FRONT_MATTER || number == 0 && line.trim_end() != fence {
            return 0;
        }
        at += line.len();
        if number > 0 && (line.trim_end() == fence || fence == "---" && line.trim_end() == "...") {
            // Two rules around a few words are no front matter: it has a key in every first line.
            let first = text.lines().nth(1).unwrap_or_default();
            return if number > 1 && first.contains([':', '=', '#']) { at } else { 0 };
        }
    }
    0
}
