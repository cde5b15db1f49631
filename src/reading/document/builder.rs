//! How does a document grow while its source is read from top to bottom?

use super::lines::LineIndex;
use super::slug::Slugs;
use super::{CodeBlock, Document, Format, Heading, Image, Link, LinkBy, Prose, ProseKind, words};
use crate::repository::RepoPath;

/// Longer headings are text that somebody forgot to close a tag in.
const LONGEST_HEADING: usize = 400;

/// Takes what readers of formats meet, in order, and makes a [`Document`] of it.
pub(super) struct Builder {
    document: Document,
    index: LineIndex,
    run: Option<Prose>,
    heading: Option<Heading>,
    link: Option<OpenLink>,
    /// while an image is open its text is the alternative text
    image: Option<Image>,
    code: Option<CodeBlock>,
    kinds: Vec<ProseKind>,
    slugs: Slugs,
    /// the tags of HTML that are open, as far as they matter
    pub(super) html: super::html::State,
}

struct OpenLink {
    link: Link,
    /// where the link starts in the prose that is open
    from: usize,
}

impl Builder {
    /// Nothing read yet.
    pub(super) fn new(path: RepoPath, format: Format, text: &str) -> Self {
        let index = LineIndex::new(text);
        let document = Document {
            path,
            format,
            headings: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            code_blocks: Vec::new(),
            prose: Vec::new(),
            anchors: Vec::new(),
            lines: index.count(),
            cut: false,
        };
        Self {
            document,
            index,
            run: None,
            heading: None,
            link: None,
            image: None,
            code: None,
            kinds: Vec::new(),
            slugs: Slugs::default(),
            html: super::html::State::default(),
        }
    }

    /// Ends what is open and hands the document out.
    pub(super) fn finish(mut self, cut: bool) -> Document {
        self.end_block();
        self.end_heading();
        self.end_code();
        let mut document = self.document;
        document.cut = cut;
        document.links.sort_by_key(|link| link.line);
        document.images.sort_by_key(|image| image.line);
        document.prose.sort_by_key(|prose| prose.line);
        document
    }

    /// From here on prose is of this kind, until [`Builder::leave`].
    pub(super) fn enter(&mut self, kind: ProseKind) {
        self.end_block();
        self.kinds.push(kind);
    }

    /// Prose is again of the kind it was before the last [`Builder::enter`].
    pub(super) fn leave(&mut self) {
        self.end_block();
        self.kinds.pop();
    }

    /// Text that people read, at an offset of the source.
    pub(super) fn text(&mut self, text: &str, offset: usize) {
        self.push(text, offset, false);
    }

    /// Inline code.
    pub(super) fn inline_code(&mut self, text: &str, offset: usize) {
        self.push(text, offset, true);
    }

    /// Text of one or more lines of the source; indentation goes, line ends stay.
    pub(super) fn flow(&mut self, text: &str, offset: usize, is_code: bool) {
        let mut start = offset;
        for line in text.split_inclusive('\n') {
            let inner = line.trim_matches(['\n', '\r', '\t', ' ']);
            if !inner.is_empty() {
                let indent = line.len() - line.trim_start().len();
                // One space is left where the line goes on after or before markup.
                if start == offset && indent > 0 {
                    self.push(" ", start, false);
                }
                self.push(inner, start + indent, is_code);
                if line.ends_with([' ', '\t']) {
                    self.push(" ", start, false);
                }
            } else if !line.contains('\n') {
                self.push(" ", start, false);
            }
            if line.ends_with('\n') {
                self.soft_break();
            }
            start += line.len();
        }
    }

    /// A line of the source ends inside a block.
    pub(super) fn soft_break(&mut self) {
        let gap = |text: &mut String, with: char| {
            if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                text.push(with);
            }
        };
        if let Some(image) = &mut self.image {
            gap(image.alt.get_or_insert_default(), ' ');
            return;
        }
        if let Some(code) = &mut self.code {
            code.text.push('\n');
            return;
        }
        if let Some(link) = &mut self.link {
            gap(&mut link.link.text, ' ');
        }
        if let Some(heading) = &mut self.heading {
            gap(&mut heading.text, ' ');
        } else if let Some(run) = &mut self.run {
            gap(&mut run.text, '\n');
        }
    }

    fn push(&mut self, text: &str, offset: usize, is_code: bool) {
        if text.is_empty() {
            return;
        }
        if let Some(image) = &mut self.image {
            image.alt.get_or_insert_default().push_str(text);
            return;
        }
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        if let Some(link) = &mut self.link {
            link.link.text.push_str(text);
        }
        if self.heading.as_ref().is_some_and(|heading| heading.text.len() > LONGEST_HEADING) {
            self.end_heading();
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            return;
        }
        let line = self.index.line(offset);
        let text = if self.run.is_none() { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        let kind = self.kinds.last().copied().unwrap_or(ProseKind::Paragraph);
        let run = self.run.get_or_insert_with(|| Prose {
            kind,
            line,
            text: String::new(),
            code: Vec::new(),
            linked: Vec::new(),
            starts: Vec::new(),
        });
        let from = run.text.len();
        if run.starts.last().is_none_or(|(_, last)| *last != line) {
            run.starts.push((from, line));
        }
        run.text.push_str(text);
        if is_code {
            run.code.push(from..run.text.len());
        }
    }

    /// A paragraph, list item or cell ends here; a link that is still open goes on in the next one.
    pub(super) fn end_block(&mut self) {
        if let Some(mut run) = self.run.take() {
            if let Some(link) = &mut self.link {
                run.linked.push(link.from.min(run.text.len())..run.text.len());
                link.from = 0;
            }
            run.text.truncate(run.text.trim_end().len());
            let len = run.text.len();
            for range in run.linked.iter_mut().chain(&mut run.code) {
                range.end = range.end.min(len);
            }
            run.linked.retain(|range| !range.is_empty());
            run.code.retain(|range| !range.is_empty());
            self.bare_addresses(&mut run);
            if !run.text.is_empty() {
                self.document.prose.push(run);
            }
        }
    }

    /// Finds addresses that stand in prose without markup, as forges turn them into links.
    fn bare_addresses(&mut self, run: &mut Prose) {
        if run.kind != ProseKind::Field && memchr::memmem::find(run.text.as_bytes(), b"://").is_none() {
            return;
        }
        let mut found = Vec::new();
        for (offset, word) in words::split(&run.text) {
            let Some(scheme) = word.find("://") else { continue };
            let before = word.get(..scheme).unwrap_or_default();
            let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '+').map_or(0, |at| at + 1);
            // The last character before the scheme may be longer than a byte.
            let start = (start..=scheme).find(|at| word.is_char_boundary(*at)).unwrap_or(scheme);
            let Some(url) = word.get(start..).map(address) else { continue };
            let at = offset + start;
            if url.len() > scheme - start + 3 && !run.is_linked(at) && !run.is_code(at) {
                found.push((at..at + url.len(), url.to_owned()));
            }
        }
        for (range, url) in found {
            let line = run.line_at(range.start);
            self.document.links.push(Link { text: url.clone(), url, line, image: false, by: LinkBy::Address });
            run.linked.push(range);
        }
        run.linked.sort_by_key(|range| range.start);
    }

    /// A heading starts.
    pub(super) fn start_heading(&mut self, level: u8, offset: usize, anchor: &str) {
        self.end_block();
        self.end_heading();
        let line = self.index.line(offset);
        self.heading = Some(Heading { level: level.clamp(1, 6), text: String::new(), line, anchor: anchor.to_owned() });
    }

    /// The heading that is open, if any, ends.
    pub(super) fn end_heading(&mut self) {
        let Some(mut heading) = self.heading.take() else { return };
        heading.text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if heading.text.is_empty() {
            return;
        }
        if heading.anchor.is_empty() {
            heading.anchor = self.slugs.next(&heading.text);
        }
        self.document.headings.push(heading);
    }

    /// A heading whose text is known.
    pub(super) fn heading(&mut self, level: u8, text: &str, offset: usize) {
        self.start_heading(level, offset, "");
        self.text(text, offset);
        self.end_heading();
    }

    /// A link starts.
    pub(super) fn start_link(&mut self, url: &str, offset: usize) {
        self.end_link();
        let line = self.index.line(offset);
        let from = self.run.as_ref().map_or(0, |run| run.text.len());
        let link = Link { url: url.trim().to_owned(), text: String::new(), line, image: false, by: LinkBy::Address };
        self.link = Some(OpenLink { link, from });
    }

    /// How the link that is open names what it leads to.
    pub(super) fn link_by(&mut self, by: LinkBy) {
        if let Some(link) = &mut self.link {
            link.link.by = by;
        }
    }

    /// The link that is open, if any, ends.
    pub(super) fn end_link(&mut self) {
        let Some(OpenLink { mut link, from }) = self.link.take() else { return };
        if let Some(run) = &mut self.run
            && self.heading.is_none()
            && from < run.text.len()
        {
            run.linked.push(from..run.text.len());
        }
        link.text.truncate(link.text.trim_end().len());
        if !link.url.is_empty() {
            self.document.links.push(link);
        }
    }

    /// A link whose text is known.
    pub(super) fn link(&mut self, url: &str, text: &str, offset: usize) {
        self.start_link(url, offset);
        self.text(text, offset);
        self.end_link();
    }

    /// An image starts; text up to [`Builder::end_image`] is its alternative text.
    pub(super) fn start_image(&mut self, url: &str, title: &str, offset: usize) {
        self.end_image();
        let line = self.index.line(offset);
        let linked = self.link.is_some();
        if let Some(link) = &mut self.link {
            link.link.image = true;
        }
        self.image = Some(Image { url: url.trim().to_owned(), alt: None, title: title.to_owned(), line, linked });
    }

    /// The image that is open, if any, ends.
    pub(super) fn end_image(&mut self) {
        if let Some(image) = self.image.take() {
            self.document.images.push(image);
        }
    }

    /// An image with all that is known of it.
    pub(super) fn image(&mut self, url: &str, alt: Option<&str>, title: &str, offset: usize) {
        self.start_image(url, title, offset);
        if let Some(image) = &mut self.image {
            image.alt = alt.map(str::to_owned);
        }
        self.end_image();
    }

    /// A block of code starts; text up to [`Builder::end_code`] is code.
    pub(super) fn start_code(&mut self, language: &str, offset: usize) {
        self.end_block();
        self.end_heading();
        self.end_code();
        let line = self.index.line(offset);
        self.code = Some(CodeBlock { language: language.to_lowercase(), text: String::new(), line });
    }

    /// The block of code that is open, if any, ends.
    pub(super) fn end_code(&mut self) {
        if let Some(code) = self.code.take()
            && !code.text.trim().is_empty()
        {
            self.document.code_blocks.push(code);
        }
    }

    /// A block of code whose text is known.
    pub(super) fn code(&mut self, language: &str, text: &str, offset: usize) {
        self.start_code(language, offset);
        self.text(text, offset);
        self.end_code();
    }

    /// An identifier that links may lead to.
    pub(super) fn anchor(&mut self, id: &str) {
        if !id.is_empty() {
            self.document.anchors.push(id.to_owned());
        }
    }

    /// Whether a block of code is open.
    pub(super) fn in_code(&self) -> bool {
        self.code.is_some()
    }
}

/// An address without the punctuation of the sentence around it.
fn address(text: &str) -> &str {
    let end = text.find(['<', '>', '"', '`', '|', '\'', '\\', '^', '{', '}', '„', '“', '”', '»', '«', '…']);
    let mut url = end.and_then(|end| text.get(..end)).unwrap_or(text);
    // A closing bracket belongs to the address only where the address opens one.
    let mut too_many = url.matches(')').count().saturating_sub(url.matches('(').count());
    loop {
        url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~', ']']);
        match url.strip_suffix(')') {
            Some(inner) if too_many > 0 => {
                too_many -= 1;
                url = inner;
            }
            _ => return url,
        }
    }
}

#[cfg(test)]
mod tests;
