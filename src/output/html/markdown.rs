//! How does a rule's page look in the report? Its Markdown, as pieces of the page.
//!
//! Pages of rules only, never text from a repository. HTML in them is shown as text, pictures as their description, and
//! links lead to the web only: an administration's own pages cannot break the report either.

use super::flow::{Bit, Flow};
use crate::output::encode::plain;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The Markdown of a section.
pub(crate) fn flow(markdown: &str) -> Flow {
    let mut flow = Vec::new();
    let mut links = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let leads = ["https://", "http://"].iter().any(|scheme| dest_url.starts_with(scheme));
                links.push(leads);
                if leads {
                    flow.push(Bit::Link(plain(&dest_url)));
                }
            }
            Event::End(TagEnd::Link) => flow.extend(links.pop().filter(|leads| *leads).map(|_| Bit::Mark("</a>"))),
            Event::Start(tag) => flow.extend(mark(&tag).map(Bit::Mark)),
            Event::End(tag) => flow.extend(end(tag).map(Bit::Mark)),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => flow.push(Bit::Text(plain(&text))),
            Event::Code(text) => {
                flow.extend([Bit::Mark("<code>"), Bit::Text(plain(&text)), Bit::Mark("</code>")]);
            }
            Event::SoftBreak => flow.push(Bit::Text("\n".to_owned())),
            Event::HardBreak => flow.push(Bit::Mark("<br>")),
            Event::Rule => flow.push(Bit::Mark("<hr>")),
            _ => {}
        }
    }
    flow
}

fn mark(tag: &Tag<'_>) -> Option<&'static str> {
    Some(match tag {
        Tag::Paragraph | Tag::HtmlBlock => "<p>",
        // Below the heading of the rule, whatever the page says.
        Tag::Heading { .. } => "<h5>",
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::CodeBlock(_) => "<pre><code>",
        Tag::List(None) => "<ul>",
        Tag::List(Some(_)) => "<ol>",
        Tag::Item => "<li>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        _ => return None,
    })
}

fn end(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>",
        TagEnd::Heading(_) => "</h5>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::flow::tests::seen;
    use super::*;

    #[test]
    fn sections() {
        for (markdown, pieces) in [
            ("Do **this**\nnow, `so`.", "<p>{Do }<strong>{this}</strong>{\n}{now, }<code>{so}</code>{.}</p>"),
            ("- a\n- b", "<ul><li>{a}</li><li>{b}</li></ul>"),
            ("```sh\nnpm ci\n```", "<pre><code>{npm ci\n}</code></pre>"),
            ("See [it](https://example.org/?a=\"b).", "<p>{See }<a https://example.org/?a=\"b>{it}</a>{.}</p>"),
            ("[x](javascript:alert(1)) [y](y.md)", "<p>{x}{ }{y}</p>"),
            ("![a tree](https://example.org/tree.png)", "<p>{a tree}</p>"),
            ("<script>x</script>", "<p>{<script>x</script>}</p>"),
            ("a <b onclick=x>b</b>", "<p>{a }{<b onclick=x>}{b}{</b>}</p>"),
            ("# Big", "<h5>{Big}</h5>"),
        ] {
            assert_eq!(seen(&flow(markdown)), pieces, "{markdown}");
        }
    }

    #[test]
    fn every_mark_that_is_opened_is_closed() {
        let page =
            "1. a\n   > quote\n\n   ```\n   x\n   ```\n2. *b* **c** <i>d</i> [e](https://a) ![f](g)\n\n<div>\n\n***\n";
        let mut open = Vec::new();
        for bit in flow(page) {
            match bit {
                Bit::Mark(mark) => {
                    for tag in mark.split('<').filter(|tag| !tag.is_empty() && !matches!(*tag, "br>" | "hr>")) {
                        match tag.strip_prefix('/') {
                            Some(end) => assert_eq!(open.pop().as_deref(), Some(end)),
                            None => open.push(tag.to_owned()),
                        }
                    }
                }
                Bit::Link(_) => open.push("a>".to_owned()),
                Bit::Text(_) => {}
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}
